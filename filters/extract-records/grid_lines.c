/* The first pass over a section: its lines to rows of cells, or lines of text; see grid_internal.h. */
#include <string.h>

#include "grid_internal.h"
#include "markup.h"

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
        struct text cell = grid_raw_cell(reading, row, i);
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

/* Whether ROW has one of the steps by which an indicator is measured and says something of it: it is no indicator. */
static bool is_valued_step(const struct reading *reading, const struct raw_row *row) {
    return grid_is_step(reading, &reading->grid->layouts[reading->grid->tables - 1],
                        grid_raw_cell(reading, row, 0)) &&
           grid_filled_cell(reading, row, 1) < row->count;
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
        item_number(reading, grid_raw_cell(reading, last, 0)) !=
            item_number(reading, grid_raw_cell(reading, row, 0)))
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
        struct text cell = grid_raw_cell(reading, row, i);
        if (cell.len > MAX_HEADER_CELL || text_find_digit(cell, 0) < cell.len || text_equal(cell, TEXT("-")))
            return false;
        cells += cell.len > 0;
    }
    size_t table = reading->grid->tables - 1;
    for (size_t i = reading->row_count; i-- > 0 && reading->rows[i].table == table; rows++) {
        if (item_number(reading, grid_raw_cell(reading, &reading->rows[i], 0)) == 0)
            return false;
    }
    return rows > 0 && cells > 1 && grid_raw_cell(reading, row, 0).len > 0 &&
           !grid_is_item(reading, grid_raw_cell(reading, row, 0));
}

static void read_row(struct reading *reading, struct text line, uint64_t number) {
    struct raw_row row = {.line = number, .first = reading->range_count};
    row.count = split_cells(reading, line);
    bool parted = reading->in_table && number > reading->table_line + 1;
    if (reading->in_table)
        reading->table_line = number;
    if (reading->in_table && is_dash_line(reading, &row))
        return;
    if (grid_take_header(reading, &row))
        return;
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
        int above = item_number(reading, grid_raw_cell(reading, &reading->rows[i], 0));
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
    if (is_untabbed_row(reading, grid_range_text(reading, (struct range){start, grid->bytes.len - start}),
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

void grid_take_line(struct reading *reading, struct text line, uint64_t number) {
    struct text row = markup_row(&reading->grid->row, line);
    if (row.data != NULL && strcmp(reading->kind, GRID_LINES) == 0)
        read_row_as_line(reading, row, number);
    else if (row.data != NULL)
        read_row(reading, row, number);
    else if (is_bare_label(reading, line, number))
        read_row(reading, line, number);
    else
        read_text_line(reading, line, number);
}
