/*
 * Tables as CSV: reading over libcsv with columns by name, and writing.
 *
 * The form is RFC 4180 in UTF-8 with a header line (DESIGN.md, «CSV»). A row with too few or too many fields,
 * a header with a name twice, a missing column that was asked for: each ends the program with status 2, the
 * file and the line.
 */
#ifndef TABLE_H
#define TABLE_H

#include "buffer.h"
#include "input.h"
#include "output.h"

/* What table_column() returns for a name that the header has not. */
#define TABLE_NO_COLUMN SIZE_MAX

struct table_reader;

/* A row; its fields live until the next table_read(). */
struct table_row {
    const struct text *fields;
    size_t count;  /* always that of the header */
    uint64_t line; /* the line of the CSV file on which the row begins, from 1 */
};

/* Opens PATH (`-` or NULL: standard input) and reads the header. OPTIONS as for input_open(), or NULL. An
   empty file dies: even a table without rows has a header. */
struct table_reader *table_open(const char *path, const struct input_options *options);

/* The next row; false at the end. */
bool table_read(struct table_reader *reader, struct table_row *row);

/* The header's names, in order; they live as long as the reader. */
const struct text *table_columns(const struct table_reader *reader, size_t *count);

/* The place of the column NAME, or TABLE_NO_COLUMN. */
size_t table_column(const struct table_reader *reader, const char *name);

/* The same for a column that must be there; dies when it is not. */
size_t table_require_column(const struct table_reader *reader, const char *name);

/* The name for diagnostics. */
const char *table_name(const struct table_reader *reader);

void table_close(struct table_reader *reader);

struct table_writer;

/* Writes to PATH as output_open() does, with the header of COUNT names. BOM puts a byte order mark first, for
   spreadsheets. */
struct table_writer *table_create(const char *path, bool compress, bool bom, const char *const *columns,
                                  size_t count);

/* The same with names as texts. */
struct table_writer *table_create_like(const char *path, bool compress, bool bom, const struct text *columns,
                                       size_t count);

/* Appends FIELD to a ROW, in quotation marks where it needs them. */
void table_append_field(struct buffer *row, struct text field);

/* Puts the row's next field, in the order of the header. */
void table_put(struct table_writer *writer, struct text field);
void table_put_string(struct table_writer *writer, const char *field);
void table_put_number(struct table_writer *writer, uint64_t number);

/* Ends the row; it must have as many fields as the header (an assertion: a fault of the program, not of the
 * data). */
void table_end_row(struct table_writer *writer);

/* Closes and gives the file its name; dies when it could not be written. */
void table_finish(struct table_writer *writer);

#endif
