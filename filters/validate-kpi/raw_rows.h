/*
 * CSV rows together with their bytes: for a filter that hands rows on as they stand.
 *
 * Reads over libcsv as table.h does and holds to the same form (DESIGN.md, «CSV»), but is fed line by line, so
 * that the bytes of each row are known. What table.h refuses ends the program here too; so does a carriage
 * return outside quotes that is not part of a line end. Rows are given out a few at a time, so that who reads
 * them can look ahead.
 */
#ifndef RAW_ROWS_H
#define RAW_ROWS_H

#include "input.h"

struct raw_rows;

/* The most rows of a batch. */
#define RAW_ROWS_BATCH 64

struct raw_row {
    const struct text *fields; /* as many as the header has */
    size_t count;
    struct text raw; /* the row's bytes as they stand, but with LF as its line end */
    uint64_t line;   /* the line of the file on which the row begins, from 1 */
};

/* Opens PATH (`-` or NULL: standard input) and reads the header, from which a byte order mark is dropped.
   OPTIONS as for input_open(), or NULL. An empty file dies. */
struct raw_rows *raw_rows_open(const char *path, const struct input_options *options);

/* The header; lives as long as the rows. */
const struct raw_row *raw_rows_header(const struct raw_rows *rows);

/* The next rows, at most RAW_ROWS_BATCH; they live until the next call. Returns how many, 0 at the end. Dies at a
   row that has not as many fields as the header. */
size_t raw_rows_read(struct raw_rows *rows, const struct raw_row **batch);

/* The name for diagnostics. */
const char *raw_rows_name(const struct raw_rows *rows);

void raw_rows_close(struct raw_rows *rows);

#endif
