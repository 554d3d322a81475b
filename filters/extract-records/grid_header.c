/* Headers of tables: which columns they name, and of which years; see grid_internal.h. */
#include <string.h>

#include "grid_internal.h"

static enum grid_role known_role(struct reading *reading, struct text cell, bool first) {
    for (size_t i = 0; i < reading->reader->count; i++) {
        const struct known_column *known = &reading->reader->columns[i];
        if (strcmp(known->kind, reading->kind) == 0 && known->first == first &&
            pattern_match(known->pattern, cell, 0, NULL))
            return known->role;
    }
    return GRID_OTHER;
}

/* The role of a header's CELL, whose words may be misspelt; the first word that is so is kept for the header. */
static enum grid_role role_of(struct reading *reading, struct text cell, bool first) {
    enum grid_role role = known_role(reading, cell, first);
    if (role != GRID_OTHER || cell.len == 0 || cell.len > MAX_HEADER_CELL)
        return role;
    struct misspelling misspelling;
    struct text mended = spelling_mend(reading->reader->spelling, "header", cell, &misspelling);
    role = misspelling.word.len > 0 ? known_role(reading, mended, first) : GRID_OTHER;
    if (role != GRID_OTHER && reading->word.len == 0) {
        reading->misspelt = (struct range){(size_t)(misspelling.printed.data - reading->grid->bytes.data),
                                           misspelling.printed.len};
        reading->word = misspelling.word;
    }
    return role;
}

/* Whether the header's cell names several years, so that none can be the column's. */
static bool has_several_years(struct grid_reader *reader, struct text cell) {
    struct match first;
    struct match next;
    return pattern_match(reader->year, cell, 0, &first) &&
           pattern_match(reader->year, cell, first.end, &next) &&
           !text_equal(match_group(&first, "year"), match_group(&next, "year"));
}

static int year_in(struct grid_reader *reader, struct text cell) {
    struct match match;
    if (!pattern_match(reader->year, cell, 0, &match) || has_several_years(reader, cell))
        return 0;
    struct text digits = match_group(&match, "year");
    int year = 0;
    for (size_t i = 0; i < digits.len; i++)
        year = year * 10 + (digits.data[i] - '0');
    return digits.len == 2 ? 2500 + year : year;
}

/* Whether ROW is the first line of a known header: its first cell names the rows, and another cell a column or a
   year. */
static bool is_header(struct reading *reading, const struct raw_row *row) {
    if (role_of(reading, grid_raw_cell(reading, row, 0), true) != GRID_NAME)
        return false;
    for (size_t i = 1; i < row->count; i++) {
        if (role_of(reading, grid_raw_cell(reading, row, i), false) != GRID_OTHER)
            return true;
    }
    return false;
}

/* Keeps the misspelt word of the header's line that was read, if there is one. */
static void keep_misspelling(const struct reading *reading, struct grid_layout *layout) {
    if (reading->word.len == 0)
        return;
    layout->misspelt = (struct text){NULL, reading->misspelt.len};
    layout->misspelt_start = reading->misspelt.start;
    layout->word = reading->word;
}

/* Takes the columns from a header's first line: roles and years; a blank cell goes on with what stands to its left. */
static void take_header(struct reading *reading, const struct raw_row *row) {
    struct grid *grid = reading->grid;
    grid->layouts = memory_reserve(grid->layouts, &grid->layout_cap, grid->tables + 1, sizeof *grid->layouts);
    struct grid_layout *layout = &grid->layouts[grid->tables++];
    *layout = (struct grid_layout){.line = row->line};
    layout->count = row->count < GRID_MAX_COLUMNS ? row->count : GRID_MAX_COLUMNS;
    for (size_t i = 0; i < layout->count; i++) {
        struct text cell = grid_raw_cell(reading, row, i);
        struct grid_column *column = &layout->columns[i];
        *column = (struct grid_column){.role = i == 0 ? GRID_NAME : role_of(reading, cell, false),
                                       .year = year_in(reading->reader, cell)};
        if (cell.len == 0 && i > 1)
            *column = layout->columns[i - 1];
        column->blank = cell.len == 0;
        layout->years_unsure |= has_several_years(reading->reader, cell);
    }
    keep_misspelling(reading, layout);
}

/* Takes the heading CELL, of a header's second line, for COLUMN; false where it names neither a year nor a column that
   is known. */
static bool take_heading(struct reading *reading, struct text cell, struct grid_column *column) {
    int year = year_in(reading->reader, cell);
    enum grid_role role = role_of(reading, cell, false);
    if (year > 0)
        column->year = year;
    if (year > 0 || role != GRID_OTHER)
        column->blank = false;
    if (role != GRID_OTHER && cell.len > 0 && (year == 0 || column->role == GRID_OTHER))
        column->role = role;
    return cell.len == 0 || year > 0 || role != GRID_OTHER;
}

/* Whether a column of ROLE has a heading that is known, or needs none. */
static bool has_known(const struct grid_layout *layout, const bool *unknown, enum grid_role role) {
    for (size_t i = 1; i < layout->count; i++) {
        if (layout->columns[i].role == role && !unknown[i])
            return true;
    }
    return false;
}

/* A column whose heading, in a header's second line, is not known is none that is asked for, unless all columns that
   the first line makes the same are so; the year of such targets is not known. One with DIGITS may be a year. */
static void settle_headings(struct grid_layout *layout, const bool *unknown, const bool *digits) {
    struct grid_layout taken = *layout;
    for (size_t i = 1; i < layout->count; i++) {
        struct grid_column *column = &layout->columns[i];
        if (!unknown[i])
            continue;
        column->blank = false;
        if (has_known(&taken, unknown, column->role)) {
            layout->year_unread |= digits[i];
            column->role = GRID_OTHER;
        } else
            layout->years_unknown |= column->role == GRID_TARGET && column->year == 0;
    }
}

static void take_second_header(struct reading *reading, const struct raw_row *row) {
    struct grid_layout *layout = &reading->grid->layouts[reading->grid->tables - 1];
    bool unknown[GRID_MAX_COLUMNS] = {false};
    bool digits[GRID_MAX_COLUMNS] = {false};
    for (size_t i = 1; i < row->count && i < GRID_MAX_COLUMNS; i++) {
        struct text cell = grid_raw_cell(reading, row, i);
        struct grid_column *column = &layout->columns[i];
        if (i >= layout->count) {
            *column = i > 1 ? layout->columns[i - 1] : (struct grid_column){0};
            column->blank = true;
            layout->count = i + 1;
        }
        unknown[i] = !take_heading(reading, cell, column);
        digits[i] = text_find_digit(cell, 0) < cell.len;
        layout->years_unsure |= has_several_years(reading->reader, cell);
    }
    settle_headings(layout, unknown, digits);
    keep_misspelling(reading, layout);
}

/* Whether two cells of headers, the FIRST ones or others, name the same: the same role, or the same but for OCR. */
static bool names_same(struct reading *reading, struct text a, struct text b, bool first) {
    if (year_in(reading->reader, a) != year_in(reading->reader, b))
        return false;
    enum grid_role role = known_role(reading, a, first);
    if (a.len > 0 && b.len > 0 && role != GRID_OTHER && role == known_role(reading, b, first))
        return true;
    letters_of(&reading->reader->a, a);
    letters_of(&reading->reader->b, b);
    return letters_distance(&reading->reader->a, &reading->reader->b, 2) <= 2;
}

/* Whether the two headers are the same but for OCR and the choice of words, and for blank cells. */
static bool same_cells(struct reading *reading, const struct raw_row *a, const struct raw_row *b) {
    size_t i = grid_filled_cell(reading, a, 0);
    size_t j = grid_filled_cell(reading, b, 0);
    while (i < a->count || j < b->count) {
        if (!names_same(reading, grid_raw_cell(reading, a, i), grid_raw_cell(reading, b, j), i == 0))
            return false;
        i = grid_filled_cell(reading, a, i + 1);
        j = grid_filled_cell(reading, b, j + 1);
    }
    return true;
}

/* Whether the header's CELL is nothing but a year, or names a column. */
static bool is_known_heading(struct reading *reading, struct text cell) {
    struct match match;
    if (pattern_match(reading->reader->year, cell, 0, &match) && match.end - match.start == cell.len)
        return true;
    return role_of(reading, cell, false) != GRID_OTHER;
}

/* Whether a column of the last header has no words above it: a second line is to give them. */
static bool has_blank_column(const struct reading *reading) {
    const struct grid_layout *layout = &reading->grid->layouts[reading->grid->tables - 1];
    for (size_t i = 1; i < layout->count; i++) {
        if (layout->columns[i].blank)
            return true;
    }
    return false;
}

/* Whether ROW is the second line of a header: its first cell is blank, the others are years or names of columns. At
   the table's beginning, where there is no row that it could go on with, other words may stand among those, or where a
   column still lacks its words; behind a page break, where they did so before. */
static bool is_second_header(struct reading *reading, const struct raw_row *row) {
    bool known = false;
    bool other = false;
    if (grid_raw_cell(reading, row, 0).len > 0)
        return false;
    for (size_t i = 1; i < row->count; i++) {
        struct text cell = grid_raw_cell(reading, row, i);
        if (cell.len == 0)
            continue;
        if (is_known_heading(reading, cell))
            known = true;
        else
            other = true;
    }
    if (!other)
        return known;
    if (reading->after_break)
        return same_cells(reading, row, &reading->second);
    return known || has_blank_column(reading);
}

/* The year of the next cell of ROW at or after *AT that names one, *AT moved behind it; 0 when there is none. */
static int next_year(const struct reading *reading, const struct raw_row *row, size_t *at) {
    int year = 0;
    while (year == 0 && *at < row->count)
        year = year_in(reading->reader, grid_raw_cell(reading, row, (*at)++));
    return year;
}

/* Whether the two lines name other years. */
static bool has_other_years(const struct reading *reading, const struct raw_row *a, const struct raw_row *b) {
    size_t i = 0;
    size_t j = 0;
    int year;
    do {
        year = next_year(reading, a, &i);
        if (year != next_year(reading, b, &j))
            return true;
    } while (year != 0);
    return false;
}

/* The second line of a header. A header that stands again with other years is that of another table. */
static void read_second_header(struct reading *reading, const struct raw_row *row) {
    if (reading->after_break && has_other_years(reading, row, &reading->second)) {
        take_header(reading, &reading->repeated);
        reading->after_break = false;
    }
    if (!reading->after_break) {
        take_second_header(reading, row);
        reading->second = *row;
    }
    reading->two_lines = true;
}

/* Leaves out ROW's first cell where it is one of a column that only numbers the rows, before that of their names. */
static void drop_number_column(struct reading *reading, struct raw_row *row) {
    bool numbers = row->count > 2 &&
                   pattern_match(reading->reader->number_column, grid_raw_cell(reading, row, 0), 0, NULL);
    struct raw_row rest = {.line = row->line, .first = row->first + 1, .count = row->count - 1};
    if (numbers && !is_header(reading, row) && is_header(reading, &rest))
        reading->numbered_table = true;
    else if (reading->numbered_table && is_header(reading, row))
        reading->numbered_table = false;
    if (reading->numbered_table && row->count > 1)
        *row = rest;
}

/* Begins the table of ROW, its header, or goes on with the one whose header stands again. */
static void read_header(struct reading *reading, const struct raw_row *row) {
    bool again = reading->in_table && same_cells(reading, row, &reading->header);
    if (!again) {
        take_header(reading, row);
        reading->header = *row;
    }
    reading->repeated = *row;
    reading->in_table = true;
    reading->table_line = row->line;
    reading->after_break = again;
    reading->second_header = !again || reading->two_lines;
    reading->two_lines = again && reading->two_lines;
}

bool grid_take_header(struct reading *reading, struct raw_row *row) {
    reading->word = (struct text){0};
    drop_number_column(reading, row);
    if (is_header(reading, row)) {
        read_header(reading, row);
        return true;
    }
    bool second = reading->second_header && is_second_header(reading, row);
    if (second)
        read_second_header(reading, row);
    reading->second_header = false;
    return second;
}
