/* The second pass over a section: what a page cut is put together, and labels are told; see grid_internal.h. */
#include <stdlib.h>

#include "grid_internal.h"

/* More names than any project has rows: beyond that they are not looked at, since each costs time at each page
   break. */
enum { MAX_NAMES = 500 };

static bool blank_from(const struct reading *reading, const struct raw_row *row, size_t column) {
    for (size_t i = column; i < row->count && i < reading->layout->count; i++) {
        if (grid_raw_cell(reading, row, i).len > 0)
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
        if (pattern_match(reading->reader->open, grid_range_text(reading, cells[i]), 0, NULL))
            return true;
    }
    return false;
}

/* Whether ROW, the first one after a page break, is the rest of the row above, whose cells are ABOVE. */
static enum cut is_rest(struct reading *reading, const struct raw_row *row, const struct range *above) {
    struct text name = grid_raw_cell(reading, row, 0);
    struct text above_name = grid_range_text(reading, above[0]);
    if (pattern_match(reading->reader->sub_item, name, 0, NULL) && blank_from(reading, row, 1))
        return CUT_YES;
    if (grid_is_step(reading, reading->layout, name))
        return CUT_PERHAPS;
    if (is_known_name(reading, name) || pattern_match(reading->reader->label_lead, name, 0, NULL))
        return CUT_NO;
    if (is_known_joint(reading, above_name, name))
        return CUT_YES;
    bool above_item = grid_is_item(reading, above_name);
    bool rest_blank = blank_from(reading, row, 1);
    if (grid_is_item(reading, name)) {
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
    struct text name = grid_raw_cell(reading, row, 0);
    if (grid_is_step(reading, reading->layout, name))
        return CUT_PERHAPS;
    bool wrapped = !grid_is_item(reading, name) &&
                   grid_is_item(reading, grid_range_text(reading, above[0])) && is_open(reading, above);
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
        return row->after_break || grid_raw_cell(reading, row, 1).len == 0;
    if (reading->layout->columns[1].role == GRID_TITLE)
        return grid_raw_cell(reading, row, reading->layout->count - 1).len == 0;
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
    while (width > 0 && grid_raw_cell(reading, row, width - 1).len == 0)
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
        struct text name = grid_raw_cell(reading, row, 0);
        if (row->after_break || name.len == 0 || pattern_match(reading->reader->label, name, 0, NULL))
            continue;
        bool item = grid_is_item(reading, name);
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
    while (count > reading->layout->count && grid_raw_cell(reading, row, count - 1).len == 0)
        count--;
    return count;
}

/* Whether ROW has as many blank cells as it has cells too many: without them the others fit the header. */
static bool has_cells_to_spare(const struct reading *reading, const struct raw_row *row) {
    size_t count = printed_cells(reading, row);
    size_t blank = 0;
    for (size_t i = 1; i < count; i++)
        blank += grid_raw_cell(reading, row, i).len == 0;
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
    size_t at = second_cell(reading, grid_range_text(reading, cells[0]));
    if (at == 0)
        return;
    struct text name = text_trim(grid_range_text(reading, (struct range){cells[0].start, at}));
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
        while (row->shifted && i > 0 && from < raw->count && grid_raw_cell(reading, raw, from).len == 0)
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
        if (above[i].len > 0 && grid_raw_cell(reading, row, i).len > 0)
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
        bool list_above =
            pattern_match(first, grid_range_text(reading, above[i]), 0, &match) && match.start == 0;
        if (list_above && pattern_match(first, grid_raw_cell(reading, row, i), 0, &match) && match.start > 0)
            return i;
    }
    return 0;
}

/* Whether RAW, whose name has no number, is the rest of LAST, a line without tabs directly above it: a line break stands
   in its name. */
static bool goes_on_untabbed(const struct reading *reading, const struct building *building,
                             const struct grid_row *last, const struct raw_row *raw) {
    struct text name = grid_raw_cell(reading, raw, 0);
    return last->untabbed && last->line + 1 == raw->line && !raw->untabbed &&
           building->cells[last->first_cell + 1].len == 0 && !grid_is_item(reading, name) &&
           !pattern_match(reading->reader->label, name, 0, NULL) && !blank_from(reading, raw, 1);
}

static void build_row(struct reading *reading, struct building *building, size_t index) {
    struct grid *grid = reading->grid;
    const struct raw_row *raw = &reading->rows[index];
    struct text name = grid_raw_cell(reading, raw, 0);
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
    struct text name = grid_range_text(reading, building->cells[rows[index].first_cell]);
    struct text next = grid_range_text(reading, building->cells[rows[index + 1].first_cell]);
    return char_is_digit(name.data[0]) && grid_is_item(reading, name) && grid_is_item(reading, next) &&
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
        grid->cells[i] = grid_range_text(reading, building->cells[i]);
    for (size_t i = 0; i < grid->line_count; i++)
        grid->lines[i].text = grid_range_text(reading, reading->line_ranges[i]);
    for (size_t i = 0; i < grid->tables; i++)
        grid->layouts[i].misspelt.data = grid->bytes.data + grid->layouts[i].misspelt_start;
}

void grid_build(struct reading *reading) {
    struct building building = {0};
    building.cells = memory_reserve(NULL, &building.cap, 1, sizeof *building.cells);
    for (size_t i = 0; i < reading->row_count; i++) {
        if (i == 0 || reading->rows[i].table != reading->rows[i - 1].table) {
            drop_blank_column(reading, i);
            survey_table(reading, i);
        }
        build_row(reading, &building, i);
    }
    settle_labels(reading, &building);
    make_texts(reading, &building);
    free(building.cells);
}
