/*
 * The list of changes: changes.csv of DESIGN.md.
 */
#ifndef CHANGES_H
#define CHANGES_H

#include "arena.h"
#include "meanings.h"

/* In the order in which they stand where key and row are the same. */
enum change_kind {
    CHANGE_REMOVED,    /* the row went; `old` is the row as a JSON object */
    CHANGE_ADDED,      /* the row came; `new` is the row as a JSON object */
    CHANGE_RENUMBERED, /* the same project under another key */
    CHANGE_MOVED,      /* the same project in another strategy or with another agency */
    CHANGE_RETITLED,   /* the same project with another title */
    CHANGE_CHANGED,    /* a field's value */
    CHANGE_UNCHANGED,  /* no change, and that means something */
    CHANGE_KINDS,
};

struct change {
    enum change_kind kind;
    bool is_column;      /* of the whole column FIELD, which came or went: of no row */
    struct text key_old; /* both may be empty: a row's key can be blank */
    struct text key_new;
    struct text title; /* what names the row: a project's title, a KPI, an activity */
    const char *table; /* lives longer than the list */
    unsigned table_rank;
    struct text n;
    struct text field;
    struct text old;
    struct text new;
    struct text delta;
    const struct meaning *meaning; /* or NULL */
    uint64_t line_old;             /* 0: none */
    uint64_t line_new;
    size_t sequence; /* set by changes_add() */
};

#define CHANGES_COLUMNS 13
extern const char *const changes_columns[CHANGES_COLUMNS];

/* What a project is called, for those who read the list. */
struct change_title {
    struct text key_old;
    struct text key_new;
    struct text title;
};

/* All zero is an empty list. */
struct changes {
    struct change *items;
    size_t count;
    size_t cap;
    struct change_title *titles;
    size_t title_count;
    size_t title_cap;
    struct arena arena;
};

const char *change_kind_name(enum change_kind kind);

/* Adds a copy of CHANGE; its texts are copied too. */
void changes_add(struct changes *changes, const struct change *change);

/* Notes a project's title; the texts are copied. */
void changes_add_title(struct changes *changes, struct text key_old, struct text key_new, struct text title);

/* The title noted for the project of these keys, or NULL. The list must have been sorted. */
const struct text *changes_title(const struct changes *changes, struct text key_old, struct text key_new);

/* Sorts by key (the new one where there is one) in natural order, then by table and place. */
void changes_sort(struct changes *changes);

/* Whether any of them is a change: a CHANGE_UNCHANGED is none. */
bool changes_differ(const struct changes *changes);

/* Writes changes.csv to PATH. */
void changes_write(const struct changes *changes, const char *path, bool compress, bool bom);

void changes_free(struct changes *changes);

/* By how much FIELD went from OLD to NEW: `-2.5` for numbers, `-1500000 (-12.00%)` for amounts of money,
   `92 days` for dates; nothing for anything else. Appends to BUFFER. */
void change_delta(struct buffer *buffer, struct text field, struct text old, struct text new);

/* Whether a column of this name holds amounts of money. */
bool change_is_amount(struct text field);

/* Whether both are numbers that lie no more than TOLERANCE apart, or dates no more than so many days. */
bool change_within(struct text field, struct text old, struct text new, struct text tolerance);

#endif
