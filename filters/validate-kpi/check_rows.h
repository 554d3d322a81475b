/*
 * The rows of one table against its schema, one after the other: memory does not grow with the rows, unique keys
 * aside.
 */
#ifndef CHECK_ROWS_H
#define CHECK_ROWS_H

#include "faults.h"
#include "schema.h"

struct row_checker;

/* Whose finding and where, as far as a row of the table tells it. */
struct row_place {
    struct text key;
    struct text agency;
    uint64_t n;
    uint64_t line;    /* of the report */
    const char *file; /* of the CSV; NULL: not told */
    uint64_t file_line;
};

/* A checker of rows with the given COLUMNS, which need live only during the call; so need FILE, the table's
   name for diagnostics. A column that the schema requires and that is missing ends the program with status 2;
   another one is a finding. SCHEMA, PROFILE and FAULTS must outlive it. FILE_LINES: findings tell the line of
   the CSV. */
struct row_checker *row_checker_open(const struct schema *schema, struct profile *profile,
                                     struct faults *faults, enum language language, const char *file,
                                     bool file_lines, const struct text *columns, size_t count);

/* Checks a row with as many FIELDS as there are columns; adds what it finds to the faults. Returns whether the
   row is good: without a finding of severity error. When it is not, the rules broken are appended to REASONS
   (which may be NULL), each as `rule: column`, separated by `; `. */
bool row_check(struct row_checker *checker, const struct text *fields, uint64_t file_line,
               struct buffer *reasons);

/* Looks ahead at a row that is to be checked soon; rows must be checked in the order in which they were announced.
   At most RAW_ROWS_BATCH rows may be ahead. */
void row_expect(struct row_checker *checker, const struct text *fields);

/* The place of the row checked last; lives until the next row_check(). */
const struct row_place *row_checker_place(struct row_checker *checker);

/* The name of a column for people: with the Thai name in brackets, or the Thai name alone. Appended to TITLE. */
void append_title(struct buffer *title, const struct schema_field *field, enum language language);

/* Appends the key of a summary row: S3.P07 for strategy 3 and number 7, S3.P00 for `-`, S3 for `total`. */
void append_summary_key(struct buffer *key, struct text strategy, struct text number);

/* How to find on which line of the report the value in a column of the row being checked stands, where that is
   not the row's own line: LINE_OF is called with CONTEXT and the column's name. */
void row_checker_set_lines(struct row_checker *checker, uint64_t (*line_of)(void *context, const char *field),
                           void *context);

/* The rows that follow stand in FILE, a table with the same columns; it need live only during the call. */
void row_checker_set_file(struct row_checker *checker, const char *file);

void row_checker_free(struct row_checker *checker);

#endif
