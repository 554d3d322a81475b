/*
 * What the parts of the grid share: grid.c (the reader, and what others ask of a grid), grid_header.c (headers of tables),
 * grid_lines.c (the first pass: lines to rows), grid_rows.c (the second pass: what a page cut put together). See grid.h.
 */
#ifndef GRID_INTERNAL_H
#define GRID_INTERNAL_H

#include "grid.h"
#include "letters.h"

/* Bytes; a longer cell is none of a header. */
enum { MAX_HEADER_CELL = 120 };

/* A column's header in the profile. */
struct known_column {
    char *kind;
    enum grid_role role;
    bool first; /* it stands in the first column */
    struct pattern *pattern;
};

struct grid_reader {
    struct spelling *spelling;
    struct known_column *columns;
    size_t count;
    size_t cap;
    const struct pattern *year;
    const struct pattern *item;
    const struct pattern *sub_item;
    const struct pattern *label;
    const struct pattern *label_lead;
    const struct pattern *number_column; /* the header of a column that only numbers the rows */
    const struct pattern *other_table;   /* the header of a table of something else */
    const struct pattern *step;          /* one of the steps by which the indicator above is measured */
    const struct pattern *list_mark;
    const struct pattern *list_first; /* the mark of a list's first item */
    const struct pattern *open;
    const struct pattern *period_tail; /* what ends a line as a period does, behind a name */
    const struct pattern *target_tail;
    const struct pattern *result_tail;
    const struct pattern *page_mark;
    const struct pattern *page_number;
    struct letters a;
    struct letters b;
};

/* A row while the table is being read: cells as ranges of the grid's bytes. */
struct range {
    size_t start;
    size_t len;
};

struct raw_row {
    uint64_t line;
    size_t first;
    size_t count;
    size_t table;
    bool after_break;
    bool untabbed; /* it stands on a line without tabs */
};

struct reading {
    struct grid_reader *reader;
    struct grid *grid;
    const char *kind;
    const struct grid_names *names;
    struct range *ranges;
    size_t range_count;
    size_t range_cap;
    struct raw_row *rows;
    size_t row_count;
    size_t row_cap;
    struct range *line_ranges;
    size_t line_cap;
    bool in_table;
    bool second_header; /* the last line was a header's first line, and a second may follow */
    bool two_lines;     /* the header of this table has a second line */
    bool after_break;
    struct raw_row header;            /* the first line of the last table's header */
    struct raw_row second;            /* the second line of this table's header */
    struct raw_row repeated;          /* the first line of the last header, which may be the table's again */
    const struct grid_layout *layout; /* of the table being built */
    uint64_t table_line;              /* the last one that was a row or a header */
    struct range misspelt;            /* a misspelt word of the last header, and what it is read as */
    struct text word;
    bool all_items;        /* of the table being built: all rows that stand free of page breaks are items */
    bool bare_rows;        /* some of them have nothing but a name, and are no items */
    bool dash_rows;        /* some of them are items with a dash */
    uint64_t last_ignored; /* the last row that is in no known table */
    bool numbered_table;   /* its first column is left out */
};

/* The bytes of RANGE as a text, until more are added. */
static inline struct text grid_range_text(const struct reading *reading, struct range range) {
    return (struct text){reading->grid->bytes.data + range.start, range.len};
}

/* The text of a cell of ROW, until more bytes are added; empty where it has fewer. */
static inline struct text grid_raw_cell(const struct reading *reading, const struct raw_row *row,
                                        size_t column) {
    return column < row->count ? grid_range_text(reading, reading->ranges[row->first + column]) : TEXT("");
}

/* The next cell of ROW at or after AT that is not blank; row->count when there is none. */
static inline size_t grid_filled_cell(const struct reading *reading, const struct raw_row *row, size_t at) {
    while (at < row->count && grid_raw_cell(reading, row, at).len == 0)
        at++;
    return at;
}

/* Whether a row with such a name is one of a list: it has a number, or a dash. */
bool grid_is_item(const struct reading *reading, struct text name);

/* Whether NAME, in a table of LAYOUT, is one of the steps by which an indicator is measured. */
bool grid_is_step(const struct reading *reading, const struct grid_layout *layout, struct text name);

/* Takes ROW where it is a line of a header, and returns whether it is: it begins a table, or says more of the one that was
   begun, or is its header again behind a page break. A first cell that only numbers the rows is dropped from ROW. */
bool grid_take_header(struct reading *reading, struct raw_row *row);

/* First pass: takes a LINE of the section, not blank, with its NUMBER in the report. */
void grid_take_line(struct reading *reading, struct text line, uint64_t number);

/* Second pass, when all lines are taken: makes the grid's rows, and the texts of its cells and lines. */
void grid_build(struct reading *reading);

#endif
