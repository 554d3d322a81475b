/*
 * The rows of the tables that projects' figures stand in, as they are stated: of projects.csv, summary.csv
 * and report.csv, or of pieces, which hold what is needed of any of them.
 */
#ifndef PIECES_H
#define PIECES_H

#include "input.h"
#include "table.h"

enum row_kind { ROW_DETAIL, ROW_SUMMARY, ROW_REPORT, ROW_KINDS };

/* What is taken of a row, whatever its kind. Of a report's row, the key is the ministry's code. */
enum {
    FIELD_KEY,
    FIELD_STRATEGY,
    FIELD_NUMBER,
    FIELD_AGENCY,
    FIELD_AGENCY_TEXT,
    FIELD_PROGRESS,
    FIELD_PROGRESS_YEAR,
    FIELD_ALLOCATED,
    FIELD_CONTRACTED,
    FIELD_DISBURSED,
    FIELD_START,
    FIELD_END,
    FIELD_LINE,
    FIELDS
};

struct stated {
    enum row_kind kind;
    const struct text *fields; /* empty where the table has no such column */
    const char *file;
    uint64_t row_line; /* of the file */
};

/* What is called back. */
struct pieces_calls {
    /* Once, unless the table is of pieces: of which kind it is. May be NULL. */
    void (*table)(enum row_kind kind, void *context);
    /* For each row. */
    void (*row)(const struct stated *stated, void *context);
};

/* Reads a table, told by its columns; what is none of the four dies, and with PIECES_ONLY what is no piece.
   PATH and OPTIONS as for input_open(). */
void pieces_read(const char *path, const struct input_options *options, bool pieces_only,
                 const struct pieces_calls *calls, void *context);

/* The columns of a piece. */
#define PIECES_COLUMNS (FIELDS + 1)
extern const char *const pieces_columns[PIECES_COLUMNS];

/* Writes the rows of a table as a piece; what is a piece is written as it was. */
void pieces_write(const char *path, const struct input_options *options, struct table_writer *writer);

#endif
