/*
 * Joining two tables by key while both are read.
 *
 * The tables are read side by side. A row waits in memory until its partner comes; of rows that have met only
 * the key is kept, to know it if it comes again. So rows in about the same order cost little memory, and rows
 * in any order no more than the smaller table.
 */
#ifndef JOIN_H
#define JOIN_H

#include "ahead.h"
#include "rows.h"

/* Two columns that are compared. */
struct join_columns {
    size_t old;
    size_t new;
};

struct join {
    struct table_reader *readers[2]; /* the old table and the new one */
    key_maker *make_key;
    const void *contexts[2]; /* for make_key */
    const struct join_columns *compared;
    size_t compared_count;
    /* Called for two rows of one KEY of which a compared column is not the same byte for byte. False: they are
       not one thing after all, and both go to the rows left. */
    bool (*pair)(void *context, const struct text *old, uint64_t line_old, const struct text *new,
                 uint64_t line_new, struct text key);
    void *context;
};

/* Joins. The rows without a partner are added to LEFT[0] and LEFT[1], which have the tables' columns. A key that
   stands twice in a table ends the program with both lines. */
void join_tables(const struct join *join, struct rows *const left[2]);

#endif
