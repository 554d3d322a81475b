/*
 * The rows of sections.csv, read as a stream, since it holds the whole report.
 */
#ifndef SECTION_ROWS_H
#define SECTION_ROWS_H

#include "dataset.h"
#include "section.h"

/* A row; its texts live until the next section_rows_read(). */
struct section_row {
    struct text key;
    struct text section;
    struct text form;
    struct text heading;
    struct text text;
    uint64_t line;
    uint64_t line_last;
    size_t project; /* or NO_PROJECT */
};

struct section_rows;

/* NULL where there is no sections.csv. DATA must outlive it. The caller closes. */
struct section_rows *section_rows_open(const struct dataset *data);

/* The next row; false at the end. */
bool section_rows_read(struct section_rows *rows, struct section_row *row);

/* The columns as they stand, for the schema, and those of the row read last. */
const struct text *section_rows_columns(const struct section_rows *rows, size_t *count);
const struct table_row *section_rows_raw(const struct section_rows *rows);

/* Whether the table has the sections' text. */
bool section_rows_have_text(const struct section_rows *rows);

void section_rows_close(struct section_rows *rows);

/* Which of a project's ten sections is called SECTION, SECTIONS_OF_PROJECT for another. */
size_t section_place(struct text section);

#endif
