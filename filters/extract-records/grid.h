/*
 * Grids: the tables in a section's text, with what pages cut put together again.
 *
 * A row is a line with tabs, or of a Markdown table. A table begins with a header that the profile knows; the header
 * stands again after a page break, and the row beneath it may be the rest of the row above the break. Which columns
 * mean what, and for which year, is read from the header.
 */
#ifndef GRID_H
#define GRID_H

#include "buffer.h"
#include "profile.h"
#include "spelling.h"

#define GRID_MAX_COLUMNS 32

/* The kind of a section whose tables are read as lines: what stands in a cell goes on with the cell before. */
#define GRID_LINES "lines"

enum grid_role {
    GRID_OTHER, /* a column that is not asked for */
    GRID_NAME,  /* the indicator or activity: always the first */
    GRID_TARGET,
    GRID_RESULT,
    GRID_PERIOD,
    GRID_OWNER,
    GRID_NOTE,
    GRID_TITLE,
    GRID_AGENCY,
    GRID_PROGRESS,
    GRID_UNIT, /* of the targets and results beside it */
};

struct grid_column {
    enum grid_role role;
    int year; /* of the Buddhist era; 0: the header names none */
    /* Its header is blank; it is taken as the column to its left, but for the second, which is of no role. */
    bool blank;
};

/* The columns of a table. */
struct grid_layout {
    struct grid_column columns[GRID_MAX_COLUMNS];
    size_t count;
    uint64_t line;         /* of its header */
    bool years_unsure;     /* a column's header names several years */
    bool years_unknown;    /* a column of targets or results stands beneath a header that names no year */
    bool year_unread;      /* a column is not read whose header is no word that is known and has digits */
    size_t misspelt_start; /* in the grid's bytes */
    struct text misspelt;  /* a word of the header as printed, which is read as WORD; none: WORD is empty */
    struct text word;      /* of the spelling */
};

struct grid_row {
    uint64_t line;
    size_t first_cell; /* in the grid's cells */
    size_t cells;      /* as many as the table has columns */
    size_t table;      /* which table of the section, from 0 */
    bool label;        /* a group: only its first cell is filled, and rows stand beneath it */
    bool repeated;     /* the first cell was blank, and is that of the row above */
    bool joined;       /* a page break cut it; it was put together */
    bool doubtful;     /* whether it was cut is not certain */
    /* How many cells it has; where it has another number than the header, cells may be in wrong columns. */
    size_t printed;
    bool shifted;  /* blank cells were left out, so that the others fit */
    bool untabbed; /* it has lost its tabs; its second cell, if there is one, is what seems to be it */
    /* A column whose cell begins with what may be the rest of the cell above the page break; 0: none. */
    size_t tail;
};

/* A line of the section that is no row. */
struct grid_line {
    uint64_t line;
    struct text text; /* normalized, without marks; lives as long as the grid is not read again */
    bool touches;     /* a row of a table stands directly above or beneath it, or a header directly above */
    bool bold;        /* wholly in bold print */
    bool list;        /* a list's item, its dash dropped */
    bool row;         /* a row of a table that is not known, in a section of prose */
};

struct grid {
    struct grid_row *rows;
    size_t row_count;
    size_t row_cap;
    struct grid_layout *layouts; /* of the section's tables, in order */
    size_t tables;
    size_t layout_cap;
    struct grid_line *lines;
    size_t line_count;
    size_t line_cap;
    uint64_t *ignored; /* the first line of each table that is not known */
    size_t ignored_count;
    size_t ignored_cap;
    uint64_t page_line; /* the first line with nothing but a number, which is left out as a page's; 0: none */

    struct text *cells;
    size_t cell_count;
    size_t cell_cap;
    struct buffer bytes; /* of cells and lines */
    struct buffer row;   /* a Markdown row with tabs between its cells */
    struct buffer line;  /* a row that is read as a line */
};

struct grid_reader;

/* SPELLING must live as long as the reader. The caller closes. */
struct grid_reader *grid_reader_open(struct profile *profile, struct spelling *spelling);
void grid_reader_close(struct grid_reader *reader);

/* What tells a row that begins anew from the rest of a row that was cut: names that a row may bear (the plan's
   activities, the KPI table's indicators). NAMES may be NULL. */
struct grid_names {
    const struct text *names;
    size_t count;
};

/* Reads TEXT, normalized, whose first line is FIRST_LINE of the report, for tables of KIND: the name of a group of
   rows in the profile's columns.csv (kpis, results, plan_activities, activity_results, strategy_kpis, summary). GRID
   is emptied first. */
void grid_read(struct grid_reader *reader, struct grid *grid, const char *kind, struct text text,
               uint64_t first_line, const struct grid_names *names);

/* Whether the rows of a table whose header is not known are lines of the section's text, where KIND is read. */
bool grid_keeps_as_text(const char *kind);

/* The text of a row's cell; empty when the row has fewer. */
struct text grid_cell(const struct grid *grid, const struct grid_row *row, size_t column);

/* Whether COLUMN has a header of its own, or at least a value in ROW. */
bool grid_has_column(const struct grid *grid, const struct grid_row *row, size_t column);

/* The columns of the row's table. */
const struct grid_layout *grid_layout(const struct grid *grid, const struct grid_row *row);

void grid_free(struct grid *grid);

#endif
