/*
 * Tables in a section's text; see grid.h.
 *
 * Two passes: the first (grid_lines.c) splits lines into cells and knows headers (grid_header.c), the second (grid_rows.c)
 * joins what a page cut and tells labels. Cells are kept as offsets into one buffer while it grows, and become texts at the
 * end.
 */
#include <stdlib.h>
#include <string.h>

#include "diagnostics.h"
#include "grid_internal.h"

static enum grid_role parse_role(struct table_reader *table, const struct table_row *row, size_t column) {
    static const char *const roles[] = {"other", "name",  "target", "result",   "period", "owner",
                                        "note",  "title", "agency", "progress", "unit"};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        if (text_equal(row->fields[column], text_of(roles[i])))
            return (enum grid_role)i;
    }
    die_at(table_name(table), row->line, "'%.*s' is no role of a column", (int)row->fields[column].len,
           row->fields[column].data);
}

struct grid_reader *grid_reader_open(struct profile *profile, struct spelling *spelling) {
    struct grid_reader *reader = memory_zeroed(1, sizeof *reader);
    reader->spelling = spelling;
    struct table_reader *table = profile_table(profile, "columns.csv");
    size_t kind_at = table_require_column(table, "table");
    size_t role_at = table_require_column(table, "role");
    size_t pattern_at = table_require_column(table, "pattern");
    struct table_row row;
    while (table_read(table, &row)) {
        reader->columns =
            memory_reserve(reader->columns, &reader->cap, reader->count + 1, sizeof *reader->columns);
        struct known_column *known = &reader->columns[reader->count++];
        *known = (struct known_column){
            .kind = text_copy(row.fields[kind_at]),
            .role = parse_role(table, &row, role_at),
            .pattern = pattern_compile(row.fields[pattern_at], table_name(table), row.line),
        };
        known->first = known->role == GRID_NAME;
    }
    table_close(table);
    reader->year = profile_pattern(profile, "column-year");
    reader->item = profile_pattern(profile, "row-item");
    reader->sub_item = profile_pattern(profile, "row-sub-item");
    reader->label = profile_pattern(profile, "row-label");
    reader->label_lead = profile_pattern(profile, "row-label-lead");
    reader->number_column = profile_pattern(profile, "row-number-column");
    reader->other_table = profile_pattern(profile, "table-other");
    reader->step = profile_pattern(profile, "row-step");
    reader->list_mark = profile_pattern(profile, "list-mark");
    reader->list_first = profile_pattern(profile, "list-first");
    reader->open = profile_pattern(profile, "cell-open");
    reader->period_tail = profile_pattern(profile, "row-tail-period");
    reader->target_tail = profile_pattern(profile, "row-tail-target");
    reader->result_tail = profile_pattern(profile, "row-tail-result");
    reader->page_mark = profile_pattern(profile, "page-mark");
    reader->page_number = profile_pattern(profile, "page-number");
    return reader;
}

void grid_reader_close(struct grid_reader *reader) {
    for (size_t i = 0; i < reader->count; i++) {
        free(reader->columns[i].kind);
        pattern_free(reader->columns[i].pattern);
    }
    free(reader->columns);
    letters_free(&reader->a);
    letters_free(&reader->b);
    free(reader);
}

bool grid_is_item(const struct reading *reading, struct text name) {
    return pattern_match(reading->reader->item, name, 0, NULL);
}

bool grid_is_step(const struct reading *reading, const struct grid_layout *layout, struct text name) {
    for (size_t i = 1; i < layout->count; i++) {
        if (layout->columns[i].role == GRID_TARGET)
            return pattern_match(reading->reader->step, name, 0, NULL);
    }
    return false;
}

void grid_read(struct grid_reader *reader, struct grid *grid, const char *kind, struct text text,
               uint64_t first_line, const struct grid_names *names) {
    struct reading reading = {.reader = reader, .grid = grid, .kind = kind, .names = names};
    grid->row_count = 0;
    grid->tables = 0;
    grid->line_count = 0;
    grid->ignored_count = 0;
    grid->page_line = 0;
    buffer_clear(&grid->bytes);
    buffer_reserve(&grid->bytes, 1);

    reading.line_ranges = memory_reserve(NULL, &reading.line_cap, 1, sizeof *reading.line_ranges);
    struct text line;
    for (uint64_t number = first_line; text_next_line(&text, &line); number++) {
        if (text_trim(line).len > 0)
            grid_take_line(&reading, line, number);
    }
    grid_build(&reading);
    free(reading.ranges);
    free(reading.rows);
    free(reading.line_ranges);
}

bool grid_keeps_as_text(const char *kind) {
    return strcmp(kind, "activity_results") == 0 || strcmp(kind, "obstacles") == 0;
}

struct text grid_cell(const struct grid *grid, const struct grid_row *row, size_t column) {
    return column < row->cells ? grid->cells[row->first_cell + column] : TEXT("");
}

bool grid_has_column(const struct grid *grid, const struct grid_row *row, size_t column) {
    return !grid_layout(grid, row)->columns[column].blank || grid_cell(grid, row, column).len > 0;
}

const struct grid_layout *grid_layout(const struct grid *grid, const struct grid_row *row) {
    return &grid->layouts[row->table];
}

void grid_free(struct grid *grid) {
    free(grid->layouts);
    free(grid->rows);
    free(grid->lines);
    free(grid->ignored);
    free(grid->cells);
    buffer_free(&grid->bytes);
    buffer_free(&grid->row);
    buffer_free(&grid->line);
    *grid = (struct grid){0};
}
