/*
 * A table that is read ahead by a thread of its own, in batches of rows, with each row's key.
 *
 * Parsing costs more than anything that is done with the rows, so two tables are read side by side.
 */
#ifndef AHEAD_H
#define AHEAD_H

#include "buffer.h"
#include "table.h"

/* Rows in memory of their own: the fields of all rows end to end, and the keys likewise. */
struct batch {
    size_t count;
    size_t column_count;
    struct buffer bytes;
    uint32_t *ends; /* for each field, where it ends in bytes */
    struct buffer keys;
    uint32_t *key_ends;
    uint32_t *hashes; /* of the keys */
    uint32_t *lines;  /* of the CSV file */
    bool *keyless;    /* rows that cannot be told by a key */
};

/* Appends the key of a row to KEY; false for a row that has none. Called by the reading thread. */
typedef bool key_maker(const void *context, const struct text *fields, struct buffer *key);

struct ahead;

/* Reads READER, which belongs to it until ahead_close(). KEY and CONTEXT give the rows' keys. */
struct ahead *ahead_open(struct table_reader *reader, key_maker *key, const void *context);

/* The next rows, which live until the next call; NULL at the end. */
const struct batch *ahead_next(struct ahead *ahead);

/* Ends the reading; the reader is the caller's again. */
void ahead_close(struct ahead *ahead);

/* Where the row of a batch begins, and its fields. */
struct text batch_row(const struct batch *batch, size_t row);
struct text batch_field(const struct batch *batch, size_t row, size_t column);
struct text batch_key(const struct batch *batch, size_t row);

#endif
