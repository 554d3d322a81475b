/*
 * Comparing two states of one table: what changed in rows that belong together (partners.h), which came and which went.
 *
 * The columns that only say where a row stands (lines of the report, the place in a list) are not compared.
 */
#ifndef COMPARISON_H
#define COMPARISON_H

#include "changes.h"
#include "forms.h"
#include "pattern.h"
#include "rows.h"
#include "similarity.h"

struct tolerance {
    struct text field;
    struct text amount;
};

/* A column that the command line names. */
struct named_column {
    const char *option;
    struct text name;
    bool found; /* in a table that is compared */
};

struct comparison {
    const struct meanings *meanings;
    struct changes *changes;
    struct similarity *similarity;
    const struct pattern *list_lead; /* what numbers a row in front of its text: 1. 2) กิจกรรมที่ 3; NULL for
                                        rows that have keys */
    struct period_change period;
    struct text period_end;  /* of the later version; empty: not known */
    unsigned key_floor;      /* the least score at which rows with keys are held to be the same */
    unsigned text_floor;     /* the same for rows beneath a project */
    const struct text *only; /* fields to compare; none: all */
    size_t only_count;
    const struct text *ignored;
    size_t ignored_count;
    const struct tolerance *tolerances;
    size_t tolerance_count;
    struct named_column *named; /* all that are named */
    size_t named_count;
};

/* The least score for rows with keys, and for those beneath a project, where a few words less prove the same.
 */
#define COMPARISON_KEY_FLOOR 7500U
#define COMPARISON_TEXT_FLOOR 6000U

/* A row, wherever its fields are kept. */
struct row_view {
    const struct text *fields;
    uint64_t line; /* of the CSV file */
};

/* One column of the table, in both states. */
struct column_pair {
    struct text name;
    size_t old; /* or TABLE_NO_COLUMN */
    size_t new;
    bool compared;
    bool watched; /* that it does not change may mean something */
    bool marked;  /* a list mark in front is not compared */
    const struct text *tolerance;
};

/* Where the columns of a form stand in one state; TABLE_NO_COLUMN where it has none. */
struct form_columns {
    size_t keys[FORM_COLUMNS];
    size_t key_count;
    size_t parent;
    size_t text;
    size_t same;
    size_t n;
    size_t line;
    size_t agency;
};

/* The comparison of one table. */
struct table_comparison {
    struct comparison *comparison;
    const struct table_form *form;
    const char *rules; /* the table whose rules in meanings.csv hold; empty: that of no table alone */
    unsigned rank;     /* of the table, for the order of changes */
    struct form_columns old_columns;
    struct form_columns new_columns;
    size_t old_column_count;
    size_t new_column_count;
    struct column_pair *columns;
    size_t column_count;
    struct buffer scratch;
};

/* Begins: pairs the columns and lists those that came or went. A key column that one state has not ends the
   program. OLD and NEW need only the columns and the path of a table. */
struct table_comparison *comparison_start(struct comparison *comparison, const struct table_form *form,
                                          unsigned rank, const struct rows *old, const struct rows *new);
void comparison_end(struct table_comparison *table);

/* Notes which of the named columns the table has, in either state. */
void comparison_note_columns(struct table_comparison *table);

/* Appends the key of a row as it stands in key_old and key_new: a project's S3.P07, else the key's fields
   joined by `/`. Rows beneath a project have the key of that. */
void comparison_key(const struct table_comparison *table, const struct form_columns *columns,
                    const struct text *fields, struct buffer *key);

/* Lists what changed from OLD to NEW, which are the same thing. SCORE is 0 where the key says so, else how
   alike they are. */
void comparison_pair(struct table_comparison *table, struct row_view old, struct row_view new,
                     struct text key_old, struct text key_new, unsigned score);

/* Lists a row that is in one state only; the other is all zero. KEY_OLD and KEY_NEW are of the row or of the
   project above it. */
void comparison_single(struct table_comparison *table, struct row_view old, struct row_view new,
                       struct text key_old, struct text key_new, const struct meaning *meaning);

/* Appends VALUE in the form in which values are compared: white space, digits, and the blanks beside Thai letters. */
void comparison_fold_text(struct text value, struct buffer *buffer);

/* The same for the value of COLUMN, which may have a list mark in front. */
void comparison_fold(const struct table_comparison *table, const struct column_pair *column,
                     struct text value, struct buffer *buffer);

/* Whether the rows of the table may have list marks in front of their texts. */
bool comparison_has_list_marks(const struct table_comparison *table);

/* TEXT without the list mark in front: when a row goes, those behind it get other numbers. */
struct text comparison_bare_text(const struct table_comparison *table, struct text text);

/* The field of a row in COLUMN; empty where that is TABLE_NO_COLUMN. */
struct text comparison_field(struct row_view row, size_t column);

/* Whether the rows OLD and NEW are equal in the form's column `same`; they are where a state has no such column. */
bool comparison_same(const struct table_comparison *table, const struct text *old, const struct text *new);

/* How many compared columns say the same in the rows OLD and NEW. */
unsigned comparison_agreeing(const struct table_comparison *table, const struct text *old,
                             const struct text *new);

/* How many compared columns have a value in OLD or NEW. */
unsigned comparison_stated(const struct table_comparison *table, const struct text *old,
                           const struct text *new);

/* Whether two rows beneath a project say the same in all compared columns but the text, and enough of it: two
   values, or the one that there is, that are more than a dash. One in four may differ, as the operator of a target
   does that is read from the end of the KPI. */
bool comparison_all_but_text(const struct table_comparison *table, const struct text *old,
                             const struct text *new);

/* Whether two rows have the same key, and one by which they can be told. */
bool comparison_same_key(const struct table_comparison *table, const struct text *old,
                         const struct text *new);

/* Whether a row has no key by which it can be told: an unnumbered project. */
bool comparison_keyless(const struct table_comparison *table, const struct form_columns *columns,
                        const struct text *fields);

/* The number in the text of a column; 0 where there is none. */
uint64_t comparison_number(struct text text);

/* The line of the report that a row's changes are listed with, or that of the CSV file where the table has no such
   column. */
uint64_t comparison_line(const struct form_columns *columns, struct row_view row);

/* Appends the row as a JSON object, empty fields left out. IS_NEW says which state it is of. */
void comparison_json(const struct table_comparison *table, const struct text *fields, bool is_new,
                     struct buffer *json);

/* Whether COLUMN, which held OLD under KEY_OLD, is to hold EXPECTED under KEY_NEW: it held what it must by its key.
   What is printed at a heading (28 for 68) may have been misread before. Appends to EXPECTED. */
bool comparison_leads(const struct table_form *form, struct text column, struct text key_old, struct text old,
                      struct text key_new, struct buffer *expected);

#endif
