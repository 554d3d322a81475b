/*
 * What a change means: the rules of the profile's meanings.csv.
 *
 * Columns: table,field,condition,old,new,meaning,english,thai. The first rule that holds gives the meaning.
 * `old` and `new` are lists of values parted by `|`, with `(empty)` for an empty one; an empty list is any
 * value. The conditions:
 *
 *   differs      old and new are in their lists
 *   reaches      the same, and the old value was not in the list of the new
 *   starts       the old value is in its list, the new one a number above 0
 *   rises falls  both are numbers
 *   later earlier  both are dates
 *   unchanged    the value is the same number, below 100, though the period moved on
 *   new-year     the two versions are of different fiscal years
 *   row-added row-removed          the row came or went, and its project did not
 *   project-added project-removed  the project came or went, and is not in the other version's summary
 *   details-added details-removed  the same, and it is (or there is no summary to say)
 *   column-added column-dropped
 */
#ifndef MEANINGS_H
#define MEANINGS_H

#include "profile.h"

enum condition {
    CONDITION_DIFFERS,
    CONDITION_REACHES,
    CONDITION_STARTS,
    CONDITION_RISES,
    CONDITION_FALLS,
    CONDITION_LATER,
    CONDITION_EARLIER,
    CONDITION_UNCHANGED,
    CONDITION_NEW_YEAR,
    CONDITION_ROW_ADDED,
    CONDITION_ROW_REMOVED,
    CONDITION_PROJECT_ADDED,
    CONDITION_PROJECT_REMOVED,
    CONDITION_DETAILS_ADDED,
    CONDITION_DETAILS_REMOVED,
    CONDITION_COLUMN_ADDED,
    CONDITION_COLUMN_DROPPED,
};

struct meaning {
    char *table; /* empty: any */
    char *field;
    enum condition condition;
    char *old_values;
    char *new_values;
    char *name;
    char *english; /* for a reader */
    char *thai;
};

/* How the two versions lie to each other. */
struct period_change {
    bool moved;    /* their periods end on different days */
    bool new_year; /* they are of different fiscal years */
};

struct meanings;

struct meanings *meanings_open(struct profile *profile);
void meanings_free(struct meanings *meanings);

/* What it means that FIELD of TABLE (empty: unknown) went from OLD to NEW; NULL when no rule says. */
const struct meaning *meaning_of_values(const struct meanings *meanings, const char *table, struct text field,
                                        struct text old, struct text new, struct period_change period);

/* What it means that FIELD has VALUE in both; NULL when no rule says. */
const struct meaning *meaning_of_unchanged(const struct meanings *meanings, const char *table,
                                           struct text field, struct text value, struct period_change period);

/* What CONDITION, one that asks for no value, means in TABLE. */
const struct meaning *meaning_of_event(const struct meanings *meanings, const char *table,
                                       enum condition condition);

/* Whether a rule of condition `unchanged` is there for the field. */
bool meaning_watches(const struct meanings *meanings, const char *table, struct text field);

/* Negative, 0 or positive; false when one of them is no date. AT_END takes the last day of what is meant. */
bool dates_compare(struct text old, struct text new, bool at_end, int64_t *days);

/* Whether a field of this name holds the end of something, so that 2024-09 means its last day. */
bool field_is_end(struct text field);

#endif
