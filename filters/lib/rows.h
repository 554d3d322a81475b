/*
 * Tables that are held in memory whole, and the order and sameness of their values.
 */
#ifndef ROWS_H
#define ROWS_H

#include "arena.h"
#include "table.h"

struct rows {
    char *path;
    struct text *columns;
    size_t column_count;
    struct text *fields; /* COUNT rows of COLUMN_COUNT fields */
    uint64_t *lines;     /* of the CSV file */
    size_t count;
    size_t field_cap;
    size_t line_cap;
    struct arena arena;
};

/* An empty table with the given columns; PATH is its name for diagnostics. The caller frees. */
struct rows *rows_create(const char *path, const struct text *columns, size_t column_count);

/* The table in the file PATH. The caller frees. */
struct rows *rows_load(const char *path, const struct input_options *options);

/* Adds a row of COLUMN_COUNT fields, which are copied. */
void rows_add(struct rows *rows, const struct text *fields, uint64_t line);

const struct text *rows_fields(const struct rows *rows, size_t row);

/* The place of the column NAME, or TABLE_NO_COLUMN. */
size_t rows_column(const struct rows *rows, const char *name);

/* The field of ROW in COLUMN; empty for TABLE_NO_COLUMN. */
struct text rows_field(const struct rows *rows, size_t row, size_t column);

void rows_free(struct rows *rows);

/* Whether A and B say the same: alike but for white space, the script of the digits, and forms of Thai that
   normalize-thai makes one. */
bool value_same(struct text a, struct text b);

/* Puts TEXT in the form in which value_same() compares. */
void value_fold(struct buffer *buffer, struct text text);

/* Whether value_fold() would leave TEXT as it is; false where that is not sure. */
bool value_is_folded(struct text text);

/* The order of people: S1.P9 before S1.P10. Texts that differ never compare as 0. */
int text_compare_natural(struct text a, struct text b);

#endif
