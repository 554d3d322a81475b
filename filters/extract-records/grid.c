/*
 * Tables in a section's text; see grid.h.
 *
 * Two passes: the first splits lines into cells and knows headers, the second joins what a page cut and tells labels.
 * Cells are kept as offsets into one buffer while it grows, and become texts at the end.
 */
#include "grid.h"

#include <stdlib.h>
#include <string.h>

#include "diagnostics.h"
#include "letters.h"
#include "markup.h"

/* More names than any project has rows: beyond that they are not looked at, since each costs time at each page
   break. */
enum { MAX_NAMES = 500 };

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

static struct text range_text(const struct reading *reading, struct range range) {
    return (struct text){reading->grid->bytes.data + range.start, range.len};
}

static struct text raw_cell(const struct reading *reading, const struct raw_row *row, size_t column) {
    if (column >= row->count)
        return TEXT("");
    return range_text(reading, reading->ranges[row->first + column]);
}

/* Splits LINE into cells at the end of the ranges; returns how many. */
static size_t split_cells(struct reading *reading, struct text line) {
    size_t count = 0;
    struct text cell;
    while (text_next_piece(&line, '\t', &cell)) {
        size_t start = reading->grid->bytes.len;
        markup_plain(&reading->grid->bytes, cell, false);
        reading->ranges = memory_reserve(reading->ranges, &reading->range_cap, reading->range_count + 1,
                                         sizeof *reading->ranges);
        reading->ranges[reading->range_count++] = (struct range){start, reading->grid->bytes.len - start};
        count++;
    }
    return count;
}

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
    if (role_of(reading, raw_cell(reading, row, 0), true) != GRID_NAME)
        return false;
    for (size_t i = 1; i < row->count; i++) {
        if (role_of(reading, raw_cell(reading, row, i), false) != GRID_OTHER)
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
        struct text cell = raw_cell(reading, row, i);
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
        struct text cell = raw_cell(reading, row, i);
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

/* The next cell of ROW at or after AT that is not blank; row->count when there is none. */
static size_t filled_cell(const struct reading *reading, const struct raw_row *row, size_t at) {
    while (at < row->count && raw_cell(reading, row, at).len == 0)
        at++;
    return at;
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
    size_t i = filled_cell(reading, a, 0);
    size_t j = filled_cell(reading, b, 0);
    while (i < a->count || j < b->count) {
        if (!names_same(reading, raw_cell(reading, a, i), raw_cell(reading, b, j), i == 0))
            return false;
        i = filled_cell(reading, a, i + 1);
        j = filled_cell(reading, b, j + 1);
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
    if (raw_cell(reading, row, 0).len > 0)
        return false;
    for (size_t i = 1; i < row->count; i++) {
        struct text cell = raw_cell(reading, row, i);
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
        year = year_in(reading->reader, raw_cell(reading, row, (*at)++));
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
    reading->second_header = false;
    reading->two_lines = true;
}

/* Whether NAME, in a table of LAYOUT, is one of the steps by which an indicator is measured. */
static bool is_step(const struct reading *reading, const struct grid_layout *layout, struct text name) {
    for (size_t i = 1; i < layout->count; i++) {
        if (layout->columns[i].role == GRID_TARGET)
            return pattern_match(reading->reader->step, name, 0, NULL);
    }
    return false;
}

static void keep_row(struct reading *reading, struct raw_row row) {
    reading->rows =
        memory_reserve(reading->rows, &reading->row_cap, reading->row_count + 1, sizeof *reading->rows);
    row.table = reading->grid->tables - 1;
    row.after_break = reading->after_break;
    reading->after_break = false;
    reading->rows[reading->row_count++] = row;
}

static bool is_dash_line(const struct reading *reading, const struct raw_row *row) {
    for (size_t i = 0; i < row->count; i++) {
        struct text cell = raw_cell(reading, row, i);
        if (cell.len < 2)
            return false;
        for (size_t j = 0; j < cell.len; j++) {
            if (cell.data[j] != '-' && cell.data[j] != ':')
                return false;
        }
    }
    return true;
}

/* A table goes on over a line that is left out, such as a blank one. */
enum { TABLE_GAP = 2 };

/* Keeps LINE, whose text is that of RANGE, as one that is no row. */
static void keep_line(struct reading *reading, struct range range, struct grid_line line) {
    struct grid *grid = reading->grid;
    grid->lines = memory_reserve(grid->lines, &grid->line_cap, grid->line_count + 1, sizeof *grid->lines);
    reading->line_ranges = memory_reserve(reading->line_ranges, &reading->line_cap, grid->line_count + 1,
                                          sizeof *reading->line_ranges);
    reading->line_ranges[grid->line_count] = range;
    grid->lines[grid->line_count++] = line;
}

/* Keeps the cells of ROW, which is in no known table, as a line of text. */
static void keep_as_text(struct reading *reading, const struct raw_row *row) {
    struct buffer *bytes = &reading->grid->bytes;
    size_t start = bytes->len;
    for (size_t i = 0; i < row->count; i++) {
        struct range cell = reading->ranges[row->first + i];
        buffer_reserve(bytes, cell.len + 1);
        if (cell.len > 0 && bytes->len > start)
            buffer_append_char(bytes, ' ');
        buffer_append(bytes, bytes->data + cell.start, cell.len);
    }
    if (bytes->len > start)
        keep_line(reading, (struct range){start, bytes->len - start},
                  (struct grid_line){.line = row->line, .row = true});
}

bool grid_keeps_as_text(const char *kind) {
    return strcmp(kind, "activity_results") == 0 || strcmp(kind, "obstacles") == 0;
}

static void ignore_row(struct reading *reading, const struct raw_row *row) {
    struct grid *grid = reading->grid;
    uint64_t line = row->line;
    if (grid_keeps_as_text(reading->kind) && !is_dash_line(reading, row))
        keep_as_text(reading, row);
    if (grid->ignored_count == 0 || line > reading->last_ignored + TABLE_GAP) {
        grid->ignored =
            memory_reserve(grid->ignored, &grid->ignored_cap, grid->ignored_count + 1, sizeof *grid->ignored);
        grid->ignored[grid->ignored_count++] = line;
    }
    reading->last_ignored = line;
}

/* Leaves out ROW's first cell where it is one of a column that only numbers the rows, before that of their names. */
static void drop_number_column(struct reading *reading, struct raw_row *row) {
    bool numbers =
        row->count > 2 && pattern_match(reading->reader->number_column, raw_cell(reading, row, 0), 0, NULL);
    struct raw_row rest = {.line = row->line, .first = row->first + 1, .count = row->count - 1};
    if (numbers && !is_header(reading, row) && is_header(reading, &rest))
        reading->numbered_table = true;
    else if (reading->numbered_table && is_header(reading, row))
        reading->numbered_table = false;
    if (reading->numbered_table && row->count > 1)
        *row = rest;
}

/* Whether ROW has one of the steps by which an indicator is measured and says something of it: it is no indicator. */
static bool is_valued_step(const struct reading *reading, const struct raw_row *row) {
    return is_step(reading, &reading->grid->layouts[reading->grid->tables - 1], raw_cell(reading, row, 0)) &&
           filled_cell(reading, row, 1) < row->count;
}

static bool is_item(const struct reading *reading, struct text cell) {
    return pattern_match(reading->reader->item, cell, 0, NULL);
}

/* The number of a row with NAME, which is a numbered item; 0 when it is none. */
static int item_number(const struct reading *reading, struct text name) {
    struct match match;
    if (!pattern_match(reading->reader->item, name, 0, &match))
        return 0;
    size_t digit = text_find_digit(name, 0);
    size_t end = digit;
    while (end < name.len && char_is_digit(name.data[end]))
        end++;
    bool near = digit <= match.end + 1 && end - digit <= 2;
    return near ? text_number((struct text){name.data + digit, end - digit}) : 0;
}

/* The line without tabs above ROW, which was taken for a row, is none where ROW has its number: it is of the cell above
   it, or something else. */
static void give_back_untabbed(struct reading *reading, const struct raw_row *row) {
    const struct raw_row *last = reading->row_count > 0 ? &reading->rows[reading->row_count - 1] : NULL;
    if (last == NULL || !last->untabbed || last->line + 1 != row->line ||
        item_number(reading, raw_cell(reading, last, 0)) != item_number(reading, raw_cell(reading, row, 0)))
        return;
    keep_line(reading, reading->ranges[last->first], (struct grid_line){.line = last->line, .touches = true});
    reading->row_count--;
}

/* Whether ROW, parted from the table above, seems to be the header of another one: all its cells are words, without a
   number, and it is no item where all rows above are. */
static bool is_other_header(const struct reading *reading, const struct raw_row *row) {
    size_t rows = 0;
    size_t cells = 0;
    for (size_t i = 0; i < row->count; i++) {
        struct text cell = raw_cell(reading, row, i);
        if (cell.len > MAX_HEADER_CELL || text_find_digit(cell, 0) < cell.len || text_equal(cell, TEXT("-")))
            return false;
        cells += cell.len > 0;
    }
    size_t table = reading->grid->tables - 1;
    for (size_t i = reading->row_count; i-- > 0 && reading->rows[i].table == table; rows++) {
        if (item_number(reading, raw_cell(reading, &reading->rows[i], 0)) == 0)
            return false;
    }
    return rows > 0 && cells > 1 && raw_cell(reading, row, 0).len > 0 &&
           !is_item(reading, raw_cell(reading, row, 0));
}

static void read_row(struct reading *reading, struct text line, uint64_t number, struct raw_row *header) {
    struct raw_row row = {.line = number, .first = reading->range_count};
    row.count = split_cells(reading, line);
    bool parted = reading->in_table && number > reading->table_line + 1;
    if (reading->in_table)
        reading->table_line = number;
    reading->word = (struct text){0};
    if (reading->in_table && is_dash_line(reading, &row))
        return;
    drop_number_column(reading, &row);
    if (is_header(reading, &row)) {
        bool again = reading->in_table && same_cells(reading, &row, header);
        if (!again) {
            take_header(reading, &row);
            *header = row;
        }
        reading->repeated = row;
        reading->in_table = true;
        reading->table_line = number;
        reading->after_break = again;
        reading->second_header = !again || reading->two_lines;
        reading->two_lines = again && reading->two_lines;
        return;
    }
    if (reading->second_header && is_second_header(reading, &row)) {
        read_second_header(reading, &row);
        return;
    }
    reading->second_header = false;
    if (reading->in_table && (pattern_match(reading->reader->other_table, line, 0, NULL) ||
                              (parted && is_other_header(reading, &row))))
        reading->in_table = false;
    if (!reading->in_table || is_valued_step(reading, &row)) {
        ignore_row(reading, &row);
        return;
    }
    struct grid *grid = reading->grid;
    if (grid->line_count > 0 && grid->lines[grid->line_count - 1].line + 1 == number)
        grid->lines[grid->line_count - 1].touches = true;
    give_back_untabbed(reading, &row);
    keep_row(reading, row);
}

/* Whether LINE is none of the text: a rule, or a page's number. A number alone may be something else; it is kept in
   mind. */
static bool is_between_pages(struct reading *reading, struct text line, uint64_t number) {
    if (pattern_match(reading->reader->page_mark, line, 0, NULL))
        return true;
    if (!pattern_match(reading->reader->page_number, line, 0, NULL))
        return false;
    if (reading->grid->page_line == 0)
        reading->grid->page_line = number;
    return true;
}

/* Whether the line NAME, directly beneath a row or a header of a project's table, is its next row, which has lost its
   tabs: its number is the next one. */
static bool is_untabbed_row(const struct reading *reading, struct text name, uint64_t line) {
    if (!reading->in_table || reading->table_line + 1 != line || strcmp(reading->kind, "summary") == 0 ||
        strcmp(reading->kind, "strategy_kpis") == 0)
        return false;
    int number = item_number(reading, name);
    size_t table = reading->grid->tables - 1;
    for (size_t i = reading->row_count; i-- > 0 && reading->rows[i].table == table;) {
        int above = item_number(reading, raw_cell(reading, &reading->rows[i], 0));
        if (above > 0)
            return number == above + 1;
    }
    return number == 1;
}

/* Keeps the line whose text ends the grid's bytes, from START on, as a row of one cell. */
static void keep_untabbed_row(struct reading *reading, size_t start, uint64_t line) {
    reading->ranges = memory_reserve(reading->ranges, &reading->range_cap, reading->range_count + 1,
                                     sizeof *reading->ranges);
    keep_row(reading,
             (struct raw_row){.line = line, .first = reading->range_count, .count = 1, .untabbed = true});
    reading->ranges[reading->range_count++] = (struct range){start, reading->grid->bytes.len - start};
    reading->table_line = line;
    reading->second_header = false;
}

static void read_text_line(struct reading *reading, struct text line, uint64_t number) {
    struct grid *grid = reading->grid;
    enum form form = markup_form(line);
    if (is_between_pages(reading, text_trim(line), number))
        return;
    if (form == FORM_MARKDOWN) {
        while (line.len > 0 && (line.data[0] == '#' || line.data[0] == ' '))
            line = text_skip(line, 1);
    }
    struct match match;
    struct text body = text_trim(line);
    bool list = pattern_match(reading->reader->list_mark, body, 0, &match);
    if (list)
        body = text_skip(body, match.end);
    size_t start = grid->bytes.len;
    markup_plain(&grid->bytes, body, false);
    if (is_untabbed_row(reading, range_text(reading, (struct range){start, grid->bytes.len - start}),
                        number)) {
        keep_untabbed_row(reading, start, number);
        return;
    }
    keep_line(reading, (struct range){start, grid->bytes.len - start},
              (struct grid_line){.line = number,
                                 .touches = reading->table_line > 0 && reading->table_line + 1 == number,
                                 .bold = form == FORM_BOLD,
                                 .list = list});
}

/* Whether LINE, which has no tab, is a label between the rows of a table, or beneath its header. */
static bool is_bare_label(struct reading *reading, struct text line, uint64_t number) {
    struct buffer *bytes = &reading->grid->bytes;
    size_t start = bytes->len;
    if (!reading->in_table || reading->table_line + 1 != number)
        return false;
    markup_plain(bytes, line, false);
    struct text plain = {bytes->data + start, bytes->len - start};
    bool label = pattern_match(reading->reader->label, plain, 0, NULL);
    bytes->len = start;
    return label;
}

/* A row of which each cell goes on with what the one before says. */
static void read_row_as_line(struct reading *reading, struct text row, uint64_t number) {
    struct buffer *line = &reading->grid->line;
    bool rule = true;
    buffer_clear(line);
    buffer_append_text(line, row);
    for (size_t i = 0; i < line->len; i++) {
        if (line->data[i] == '\t')
            line->data[i] = ' ';
        rule &= strchr("-: ", line->data[i]) != NULL;
    }
    if (!rule)
        read_text_line(reading, buffer_text(line), number);
}

/* Second pass */

static bool blank_from(const struct reading *reading, const struct raw_row *row, size_t column) {
    for (size_t i = column; i < row->count && i < reading->layout->count; i++) {
        if (raw_cell(reading, row, i).len > 0)
            return false;
    }
    return true;
}

/* Whether the letters in the reader's first place are those of a known name, but for one in twelve. */
static bool is_known(struct reading *reading) {
    if (reading->names == NULL || reading->names->count > MAX_NAMES)
        return false;
    size_t bound = reading->reader->a.count / 12;
    for (size_t i = 0; i < reading->names->count; i++) {
        letters_of(&reading->reader->b, reading->names->names[i]);
        if (letters_distance(&reading->reader->a, &reading->reader->b, bound) <= bound)
            return true;
    }
    return false;
}

static bool is_known_name(struct reading *reading, struct text cell) {
    letters_of(&reading->reader->a, cell);
    return is_known(reading);
}

/* Whether A and B put together are a known name. */
static bool is_known_joint(struct reading *reading, struct text a, struct text b) {
    struct buffer joint = {0};
    buffer_append_text(&joint, a);
    buffer_append_text(&joint, b);
    letters_of(&reading->reader->a, buffer_text(&joint));
    buffer_free(&joint);
    return is_known(reading);
}

enum cut { CUT_NO, CUT_YES, CUT_PERHAPS };

/* Whether a cell of the row, whose cells are CELLS, ends where no text ends: with a dash, or with a word that asks for
   more. */
static bool is_open(const struct reading *reading, const struct range *cells) {
    for (size_t i = 0; i < reading->layout->count; i++) {
        if (pattern_match(reading->reader->open, range_text(reading, cells[i]), 0, NULL))
            return true;
    }
    return false;
}

/* Whether ROW, the first one after a page break, is the rest of the row above, whose cells are ABOVE. */
static enum cut is_rest(struct reading *reading, const struct raw_row *row, const struct range *above) {
    struct text name = raw_cell(reading, row, 0);
    struct text above_name = range_text(reading, above[0]);
    if (pattern_match(reading->reader->sub_item, name, 0, NULL) && blank_from(reading, row, 1))
        return CUT_YES;
    if (is_step(reading, reading->layout, name))
        return CUT_PERHAPS;
    if (is_known_name(reading, name) || pattern_match(reading->reader->label_lead, name, 0, NULL))
        return CUT_NO;
    if (is_known_joint(reading, above_name, name))
        return CUT_YES;
    bool above_item = is_item(reading, above_name);
    bool rest_blank = blank_from(reading, row, 1);
    if (is_item(reading, name)) {
        /* A dash beneath a number is within that item; a number, or a dash beneath a dash, begins its own. */
        if (above_item)
            return name.data[0] == '-' && above_name.data[0] != '-' && !reading->dash_rows ? CUT_YES : CUT_NO;
        bool above_stands = pattern_match(reading->reader->label, above_name, 0, NULL) ||
                            pattern_match(reading->reader->sub_item, above_name, 0, NULL);
        bool numbered = char_is_digit(name.data[0]);
        return rest_blank && numbered && !above_stands ? CUT_PERHAPS : CUT_NO;
    }
    if (above_item && is_open(reading, above))
        return CUT_YES;
    if (rest_blank)
        return reading->bare_rows ? CUT_NO : above_item && reading->all_items ? CUT_YES : CUT_PERHAPS;
    return above_item && reading->all_items ? CUT_PERHAPS : CUT_NO;
}

/* Whether ROW, which no page break parts from the row above, is the rest of that all the same: a numbered row whose
   cell asks for more, or a step of its indicator. */
static enum cut is_wrapped(const struct reading *reading, const struct raw_row *row,
                           const struct range *above) {
    struct text name = raw_cell(reading, row, 0);
    if (is_step(reading, reading->layout, name))
        return CUT_PERHAPS;
    bool wrapped =
        !is_item(reading, name) && is_item(reading, range_text(reading, above[0])) && is_open(reading, above);
    return wrapped ? CUT_PERHAPS : CUT_NO;
}

/* Appends the cells of ROW to those of the grid's last row, with a blank between the pieces. The joined cells are
   written anew. */
static void join_row(struct reading *reading, struct range *cells, const struct raw_row *row) {
    struct buffer *bytes = &reading->grid->bytes;
    for (size_t i = 0; i < reading->layout->count && i < row->count; i++) {
        struct range more = reading->ranges[row->first + i];
        if (more.len == 0)
            continue;
        if (cells[i].len == 0) {
            cells[i] = more;
            continue;
        }
        bool at_end = cells[i].start + cells[i].len == bytes->len;
        size_t start = at_end ? cells[i].start : bytes->len;
        buffer_reserve(bytes, cells[i].len + more.len + 1);
        if (!at_end)
            buffer_append(bytes, bytes->data + cells[i].start, cells[i].len);
        buffer_append_char(bytes, ' ');
        buffer_append(bytes, bytes->data + more.start, more.len);
        cells[i] = (struct range){start, bytes->len - start};
    }
}

/* Whether a blank first cell means the rest of the row above. In a table of targets it may be a further target of the
   same indicator: then it is the rest only after a page break, or where the target is blank too. In a summary table a
   row with progress of its own is a sub-project. */
static bool continues(const struct reading *reading, const struct raw_row *row) {
    if (reading->layout->count < 2)
        return true;
    if (reading->layout->columns[1].role == GRID_TARGET)
        return row->after_break || raw_cell(reading, row, 1).len == 0;
    if (reading->layout->columns[1].role == GRID_TITLE)
        return raw_cell(reading, row, reading->layout->count - 1).len == 0;
    return true;
}

/* Gives the last row the name of the nearest row above that has one. */
static void repeat_name(const struct grid *grid, struct range *cells) {
    const struct grid_row *last = &grid->rows[grid->row_count - 1];
    for (size_t i = grid->row_count - 1; i-- > 0 && grid->rows[i].table == last->table;) {
        if (grid->rows[i].label || cells[grid->rows[i].first_cell].len == 0)
            continue;
        cells[last->first_cell] = cells[grid->rows[i].first_cell];
        return;
    }
}

/* How many cells ROW has up to the last that is not blank. */
static size_t filled_width(const struct reading *reading, const struct raw_row *row) {
    size_t width = row->count;
    while (width > 0 && raw_cell(reading, row, width - 1).len == 0)
        width--;
    return width;
}

/* Drops the one column without a header, when no row of the table that begins at the raw row FIRST has a cell for it:
   a tab too many stands in the header. */
static void drop_blank_column(struct reading *reading, size_t first) {
    struct grid_layout *layout = &reading->grid->layouts[reading->rows[first].table];
    size_t widest = 0;
    for (size_t i = first; i < reading->row_count && reading->rows[i].table == reading->rows[first].table;
         i++) {
        size_t width = filled_width(reading, &reading->rows[i]);
        widest = width > widest ? width : widest;
    }
    size_t blank = 0;
    size_t blanks = 0;
    for (size_t i = 1; i < layout->count; i++) {
        if (layout->columns[i].blank) {
            blank = i;
            blanks++;
        }
    }
    if (blanks != 1 || widest + 1 != layout->count)
        return;
    layout->count--;
    for (size_t i = blank; i < layout->count; i++)
        layout->columns[i] = layout->columns[i + 1];
}

/* Surveys the table that begins at the raw row FIRST, for is_rest(). */
static void survey_table(struct reading *reading, size_t first) {
    reading->layout = &reading->grid->layouts[reading->rows[first].table];
    reading->all_items = true;
    reading->bare_rows = false;
    reading->dash_rows = false;
    for (size_t i = first; i < reading->row_count && reading->rows[i].table == reading->rows[first].table;
         i++) {
        const struct raw_row *row = &reading->rows[i];
        struct text name = raw_cell(reading, row, 0);
        if (row->after_break || name.len == 0 || pattern_match(reading->reader->label, name, 0, NULL))
            continue;
        bool item = is_item(reading, name);
        reading->all_items &= item;
        reading->dash_rows |= item && name.data[0] == '-';
        reading->bare_rows |= !item && blank_from(reading, row, 1);
    }
}

struct building {
    struct range *cells;
    size_t count;
    size_t cap;
};

/* How many cells ROW has, those at its end that are blank and beyond the header left out. */
static size_t printed_cells(const struct reading *reading, const struct raw_row *row) {
    size_t count = row->count;
    while (count > reading->layout->count && raw_cell(reading, row, count - 1).len == 0)
        count--;
    return count;
}

/* Whether ROW has as many blank cells as it has cells too many: without them the others fit the header. */
static bool has_cells_to_spare(const struct reading *reading, const struct raw_row *row) {
    size_t count = printed_cells(reading, row);
    size_t blank = 0;
    for (size_t i = 1; i < count; i++)
        blank += raw_cell(reading, row, i).len == 0;
    return count > reading->layout->count && blank == count - reading->layout->count;
}

/* Where what seems to be the second cell begins in CELL, of a row of the table that has lost its tab; 0: nowhere, or
   the table has more columns than two. */
static size_t second_cell(const struct reading *reading, struct text cell) {
    const struct grid_reader *reader = reading->reader;
    enum grid_role role = reading->layout->count == 2 ? reading->layout->columns[1].role : GRID_OTHER;
    const struct pattern *tail = role == GRID_PERIOD   ? reader->period_tail
                                 : role == GRID_TARGET ? reader->target_tail
                                 : role == GRID_RESULT ? reader->result_tail
                                                       : NULL;
    struct match match;
    if (tail == NULL || !pattern_match(tail, cell, 0, &match))
        return 0;
    return (size_t)(match_group(&match, "tail").data - cell.data);
}

/* Parts the cell of the last row, which has lost its tabs. */
static void part_row(const struct reading *reading, struct range *cells) {
    size_t at = second_cell(reading, range_text(reading, cells[0]));
    if (at == 0)
        return;
    struct text name = text_trim(range_text(reading, (struct range){cells[0].start, at}));
    cells[1] = (struct range){cells[0].start + at, cells[0].len - at};
    cells[0].len = name.len;
}

static struct grid_row *add_row(struct reading *reading, struct building *building,
                                const struct raw_row *raw) {
    struct grid *grid = reading->grid;
    size_t columns = reading->layout->count;
    building->cells =
        memory_reserve(building->cells, &building->cap, building->count + columns, sizeof *building->cells);
    grid->rows = memory_reserve(grid->rows, &grid->row_cap, grid->row_count + 1, sizeof *grid->rows);
    struct grid_row *row = &grid->rows[grid->row_count++];
    *row = (struct grid_row){
        .line = raw->line,
        .first_cell = building->count,
        .cells = columns,
        .table = raw->table,
        .printed = printed_cells(reading, raw),
        .shifted = has_cells_to_spare(reading, raw),
        .untabbed = raw->untabbed,
    };
    size_t from = 0;
    for (size_t i = 0; i < columns; i++, from++) {
        while (row->shifted && i > 0 && from < raw->count && raw_cell(reading, raw, from).len == 0)
            from++;
        building->cells[building->count++] =
            from < raw->count ? reading->ranges[raw->first + from] : (struct range){0, 0};
    }
    if (row->untabbed)
        part_row(reading, building->cells + row->first_cell);
    return row;
}

/* Takes RAW as the rest of ROW, the last one. */
static void continue_row(struct reading *reading, struct building *building, struct grid_row *row,
                         const struct raw_row *raw) {
    size_t printed = printed_cells(reading, raw);
    join_row(reading, building->cells + row->first_cell, raw);
    row->joined = true;
    if (printed != row->cells)
        row->printed = printed;
}

/* Whether ROW, whose name is blank, has a cell that the row above, whose cells are ABOVE, has too: then its own name
   may be lost. */
static bool overlaps(const struct reading *reading, const struct raw_row *row, const struct range *above) {
    for (size_t i = 1; i < reading->layout->count; i++) {
        if (above[i].len > 0 && raw_cell(reading, row, i).len > 0)
            return true;
    }
    return false;
}

/* The first column of ROW, which stands behind a page break beneath the row whose cells are ABOVE, where a list stands
   in both cells and something before the list's first item in this one: the rest of the cell above, as it may be. 0:
   none. */
static size_t tail_column(const struct reading *reading, const struct raw_row *row,
                          const struct range *above) {
    const struct pattern *first = reading->reader->list_first;
    struct match match;
    for (size_t i = 1; i < reading->layout->count; i++) {
        bool list_above = pattern_match(first, range_text(reading, above[i]), 0, &match) && match.start == 0;
        if (list_above && pattern_match(first, raw_cell(reading, row, i), 0, &match) && match.start > 0)
            return i;
    }
    return 0;
}

/* Whether RAW, whose name has no number, is the rest of LAST, a line without tabs directly above it: a line break stands
   in its name. */
static bool goes_on_untabbed(const struct reading *reading, const struct building *building,
                             const struct grid_row *last, const struct raw_row *raw) {
    struct text name = raw_cell(reading, raw, 0);
    return last->untabbed && last->line + 1 == raw->line && !raw->untabbed &&
           building->cells[last->first_cell + 1].len == 0 && !is_item(reading, name) &&
           !pattern_match(reading->reader->label, name, 0, NULL) && !blank_from(reading, raw, 1);
}

static void build_row(struct reading *reading, struct building *building, size_t index) {
    struct grid *grid = reading->grid;
    const struct raw_row *raw = &reading->rows[index];
    struct text name = raw_cell(reading, raw, 0);
    if (blank_from(reading, raw, 0))
        return;
    struct grid_row *last = grid->row_count > 0 ? &grid->rows[grid->row_count - 1] : NULL;
    if (last != NULL && last->table != raw->table)
        last = NULL;
    if (last != NULL && name.len == 0 && !last->untabbed) {
        if (continues(reading, raw)) {
            last->doubtful |= !raw->after_break && overlaps(reading, raw, building->cells + last->first_cell);
            continue_row(reading, building, last, raw);
            return;
        }
        struct grid_row *row = add_row(reading, building, raw);
        if (reading->layout->columns[1].role == GRID_TARGET)
            repeat_name(grid, building->cells);
        row->repeated = true;
        return;
    }
    size_t tail = 0;
    if (last != NULL && goes_on_untabbed(reading, building, last, raw)) {
        continue_row(reading, building, last, raw);
        last->doubtful = true;
        last->untabbed = false;
        last->printed = last->cells;
        return;
    }
    if (last != NULL) {
        const struct range *above = building->cells + last->first_cell;
        enum cut cut = raw->after_break ? is_rest(reading, raw, above) : is_wrapped(reading, raw, above);
        if (cut != CUT_NO) {
            continue_row(reading, building, last, raw);
            last->doubtful |= cut == CUT_PERHAPS;
            return;
        }
        tail = raw->after_break ? tail_column(reading, raw, above) : 0;
    }
    struct grid_row *row = add_row(reading, building, raw);
    row->tail = tail;
    row->label = name.len > 0 && blank_from(reading, raw, 1) && !raw->untabbed;
}

/* Whether the row at INDEX, which has nothing but a name, and the next one are both numbered: then it is one of a
   list, its other cells blank. */
static bool is_numbered_like_next(const struct reading *reading, const struct building *building,
                                  size_t index) {
    const struct grid_row *rows = reading->grid->rows;
    struct text name = range_text(reading, building->cells[rows[index].first_cell]);
    struct text next = range_text(reading, building->cells[rows[index + 1].first_cell]);
    return char_is_digit(name.data[0]) && is_item(reading, name) && is_item(reading, next) &&
           char_is_digit(next.data[0]);
}

/* A label has rows beneath it: one that has none is a row of its own. */
static void settle_labels(struct reading *reading, const struct building *building) {
    struct grid *grid = reading->grid;
    bool rows_beneath = false;
    for (size_t i = grid->row_count; i-- > 0;) {
        struct grid_row *row = &grid->rows[i];
        if (i + 1 < grid->row_count && grid->rows[i + 1].table != row->table)
            rows_beneath = false;
        if (row->label)
            row->label = rows_beneath && !is_numbered_like_next(reading, building, i);
        if (!row->label)
            rows_beneath = true;
    }
}

static void make_texts(struct reading *reading, const struct building *building) {
    struct grid *grid = reading->grid;
    grid->cells = memory_reserve(grid->cells, &grid->cell_cap, building->count, sizeof *grid->cells);
    grid->cell_count = building->count;
    for (size_t i = 0; i < building->count; i++)
        grid->cells[i] = range_text(reading, building->cells[i]);
    for (size_t i = 0; i < grid->line_count; i++)
        grid->lines[i].text = range_text(reading, reading->line_ranges[i]);
    for (size_t i = 0; i < grid->tables; i++)
        grid->layouts[i].misspelt.data = grid->bytes.data + grid->layouts[i].misspelt_start;
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
    struct raw_row header = {0};
    struct text line;
    for (uint64_t number = first_line; text_next_line(&text, &line); number++) {
        if (text_trim(line).len == 0)
            continue;
        struct text row = markup_row(&grid->row, line);
        if (row.data != NULL && strcmp(kind, GRID_LINES) == 0)
            read_row_as_line(&reading, row, number);
        else if (row.data != NULL)
            read_row(&reading, row, number, &header);
        else if (is_bare_label(&reading, line, number))
            read_row(&reading, line, number, &header);
        else
            read_text_line(&reading, line, number);
    }
    struct building building = {0};
    building.cells = memory_reserve(NULL, &building.cap, 1, sizeof *building.cells);
    for (size_t i = 0; i < reading.row_count; i++) {
        if (i == 0 || reading.rows[i].table != reading.rows[i - 1].table) {
            drop_blank_column(&reading, i);
            survey_table(&reading, i);
        }
        build_row(&reading, &building, i);
    }
    settle_labels(&reading, &building);
    make_texts(&reading, &building);
    free(building.cells);
    free(reading.ranges);
    free(reading.rows);
    free(reading.line_ranges);
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
