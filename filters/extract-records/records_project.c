/* Rows from a project's sections; see records.h. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "records_internal.h"
#include "utf8.h"

/* Where the line with the text's first letters begins, in bytes; the lines above it are counted in LINE. */
static size_t first_line(struct text text, uint64_t *line) {
    struct text rest = text;
    struct text first;
    size_t at = 0;
    while (text_next_line(&rest, &first) && text_trim(first).len == 0) {
        at = (size_t)(rest.data - text.data);
        ++*line;
    }
    return at;
}

/* TEXT, of which the first lines are HEADING's further ones: without them. */
static struct text behind_heading(struct records *records, const struct section_row *row, struct text text,
                                  uint64_t *line) {
    struct text rest = text;
    struct text raw;
    (void)text_next_line(&rest, &raw);
    headings_look(records->headings, raw, &records->looked);
    if (text_equal(buffer_text(&records->looked.text), row->heading))
        return rest;
    uint64_t next_line = *line;
    struct text next = text_skip(rest, first_line(rest, &next_line));
    (void)text_next_line(&next, &raw);
    headings_look(records->headings, raw, &records->looked);
    struct text second = buffer_text(&records->looked.text);
    if (second.len == 0 || row->heading.len <= second.len ||
        !text_equal(text_skip(row->heading, row->heading.len - second.len), second))
        return rest;
    *line = next_line + 1;
    return next;
}

/* TEXT, of a section without a line for its heading: without the heading's words, where it begins with them. */
static struct text behind_lead(struct records *records, const struct section_row *row, struct text text,
                               uint64_t *line) {
    uint64_t number = *line;
    struct text rest = text_skip(text, first_line(text, &number));
    struct text raw;
    if (!text_next_line(&rest, &raw))
        return text;
    headings_look(records->headings, raw, &records->looked);
    const struct printed_line *looked = &records->looked;
    if (!looked->leads || looked->lead != row->section)
        return text;
    *line = number;
    buffer_clear(&records->body);
    buffer_append_text(&records->body, text_skip(buffer_text(&looked->text), looked->behind));
    buffer_append_char(&records->body, '\n');
    buffer_append_text(&records->body, rest);
    return buffer_text(&records->body);
}

/* The section's text without its heading; a value behind the heading's colon or its words stays. It lives until the next section. */
static struct text body_of(struct records *records, const struct section_row *row, uint64_t *line) {
    struct text text = row->text;
    *line = row->line_first;
    if (!row->headed)
        return behind_lead(records, row, text, line);
    struct text first = text;
    struct text raw;
    (void)text_next_line(&first, &raw);
    size_t colon = text_find(row->heading, TEXT(":"), 0);
    size_t in_line = text_find(raw, TEXT(":"), 0);
    if (colon != SIZE_MAX && in_line != SIZE_MAX && text_trim(text_skip(row->heading, colon + 1)).len > 0)
        return text_skip(text, in_line + 1);
    ++*line;
    return behind_heading(records, row, text, line);
}

static void read_grid(struct records *records, const char *kind, const struct section_row *row,
                      const struct grid_names *names) {
    uint64_t line;
    struct text body = body_of(records, row, &line);
    grid_read(records->grids, &records->grid, kind, body, line, names);
}

static struct finding_place place_of(enum severity severity, const char *rule,
                                     const struct project_record *project, const char *table, uint64_t n,
                                     const char *field, uint64_t line) {
    return (struct finding_place){severity, rule, project->key, table, n, field, line};
}

/* Appends TEXT, with a blank before it where something stands already. */
static void append_part(struct buffer *buffer, struct text text) {
    if (text.len == 0)
        return;
    if (buffer->len > 0)
        buffer_append_char(buffer, ' ');
    buffer_append_text(buffer, text);
}

/* Joins the section's lines, with a blank between them. */
static void append_lines(struct buffer *buffer, const struct grid *grid) {
    for (size_t i = 0; i < grid->line_count; i++)
        append_part(buffer, grid->lines[i].text);
}

/* Title */

static void read_title(struct records *records, struct project_record *project,
                       const struct section_row *row) {
    struct project_heading heading;
    if (!headings_project_text(records->headings, row->heading, &heading))
        return;
    buffer_append_text(&project->number_printed, heading.printed);
    buffer_append_text(&project->title, text_trim(heading.title));
}

/* Agency */

static void read_agency(struct records *records, struct project_record *project,
                        const struct section_row *row) {
    struct agency_match match;
    read_grid(records, "", row, NULL);
    append_lines(&project->agency_text, &records->grid);
    struct text text = buffer_text(&project->agency_text);
    if (text.len == 0)
        return;
    agencies_find(records->agencies, text, &match);
    project->agency = match.code;
    project->agency_line = records->grid.line_count > 0 ? records->grid.lines[0].line : row->line_first;
    struct finding_place place =
        place_of(SEVERITY_WARNING, "agency-unknown", project, "projects", 0, "agency", project->agency_line);
    if (match.code.len == 0) {
        records_find(records, &place, text, (struct text){0}, "no agency that is known is named here");
    } else if (match.other.len > 0) {
        place.rule = "agency-contradiction";
        records_find(records, &place, text, match.code,
                     "the agency's name and its abbreviation are of two agencies; the name counts");
    } else if (match.garbled) {
        place.rule = "agency-garbled";
        place.severity = SEVERITY_NOTE;
        records_find(records, &place, text, match.code,
                     "the agency is known by a misprinted abbreviation only");
    }
}

/* Objectives */

static void put_objective(struct records *records, struct project_record *project, struct text objective,
                          uint64_t line) {
    struct table_writer *writer = records_writer(records, TABLE_OBJECTIVES);
    project->objectives++;
    if (writer == NULL)
        return;
    table_put(writer, records_key_text(records, project->key));
    table_put_number(writer, project->objectives);
    table_put(writer, objective);
    table_put_number(writer, line);
    table_end_row(writer);
}

/* How a section's items are told apart. */
enum item_form { ITEMS_NUMBERED, ITEMS_DASHED, ITEMS_PARAGRAPHS, ITEMS_ONE };

/* Numbered items, where there are any; else dashes from the first line on, or paragraphs. Dashes beneath a first sentence are parts of it. */
static enum item_form item_form_of(const struct grid *grid, const struct pattern *item) {
    bool dashes = false;
    for (size_t i = 0; i < grid->line_count; i++) {
        struct match match;
        if (pattern_match(item, grid->lines[i].text, 0, &match) && match_group(&match, "style").len > 0)
            return ITEMS_NUMBERED;
        dashes |= grid->lines[i].list;
    }
    if (grid->line_count > 0 && grid->lines[0].list)
        return ITEMS_DASHED;
    return dashes ? ITEMS_ONE : ITEMS_PARAGRAPHS;
}

/* The items that a section has had so far. */
struct items {
    uint64_t begun;
    char sign;       /* behind the first one's number; NUL before it */
    uint64_t inside; /* the number of the last item of a list within an item */
    uint64_t last;   /* the number of the last item */
    bool
        doubtful; /* the last line may begin an item, though it is not taken so, or a number before it is skipped */
};

/* Whether LINE begins the next item. Items with another sign behind their number than the first's are items of a list within an item; one
   without a sign counts when its number is the next. */
static bool begins_numbered_item(const struct pattern *item, const struct pattern *garbled, struct text line,
                                 struct items *items) {
    struct match match;
    items->doubtful = pattern_match(garbled, line, 0, NULL);
    if (!pattern_match(item, line, 0, &match))
        return false;
    struct text sign = match_group(&match, "style");
    uint64_t number = (uint64_t)text_number(match_group(&match, "number"));
    if (sign.len == 0 && number == items->begun + 1)
        items->last = number;
    if (sign.len == 0)
        return number == items->begun + 1;
    if (items->sign == '\0')
        items->sign = sign.data[0];
    if (items->sign == sign.data[0]) {
        items->inside = 0;
        items->doubtful = items->begun > 0 && number > items->last + 1;
        items->last = number;
        return true;
    }
    items->doubtful = number > 1 && number == items->begun + 1 && number != items->inside + 1;
    items->inside = number;
    return false;
}

/* Whether the number of the item behind the last one stands within LINE, with its sign: two items on one line. */
static bool holds_next_item(const struct items *items, struct text line) {
    char next[32];
    if (items->sign == '\0')
        return false;
    int length = snprintf(next, sizeof next, " %" PRIu64 "%c", items->last + 1, items->sign);
    struct text behind = line;
    for (;;) {
        size_t at = text_find(behind, (struct text){next, (size_t)length}, 0);
        if (at == SIZE_MAX)
            return false;
        behind = text_skip(behind, at + (size_t)length);
        if (behind.len == 0 || behind.data[0] < '0' || behind.data[0] > '9')
            return true;
    }
}

static void tell_objective(struct records *records, const struct project_record *project,
                           const struct grid_line *line) {
    struct finding_place place = place_of(SEVERITY_WARNING, "objective-doubtful", project, "objectives",
                                          project->objectives + 1, "objective", line->line);
    records_find(
        records, &place, line->text, (struct text){0},
        "this line may begin or hold another objective, or be a heading, or the number before it is skipped; "
        "what stands here or above may be two objectives");
}

static void read_objectives(struct records *records, struct project_record *project,
                            const struct section_row *row) {
    read_grid(records, "", row, NULL);
    const struct grid *grid = &records->grid;
    const struct pattern *item = profile_pattern(records->options.profile, "objective-item");
    const struct pattern *garbled = profile_pattern(records->options.profile, "objective-garbled");
    const struct pattern *opens = profile_pattern(records->options.profile, "objective-opening");
    enum item_form form = item_form_of(grid, item);
    struct buffer objective = {0};
    uint64_t first = 0;
    uint64_t before = 0;
    struct items items = {0};
    for (size_t i = 0; i < grid->line_count; i++) {
        const struct grid_line *line = &grid->lines[i];
        bool begins = form == ITEMS_NUMBERED ? begins_numbered_item(item, garbled, line->text, &items)
                      : form == ITEMS_DASHED ? line->list
                                             : form == ITEMS_PARAGRAPHS && line->line > before + 1;
        items.begun += begins;
        bool opening =
            form == ITEMS_NUMBERED && line->line > before + 1 && pattern_match(opens, line->text, 0, NULL);
        bool heading = line->bold && !pattern_match(item, line->text, 0, NULL);
        if (holds_next_item(&items, line->text) ||
            (objective.len > 0 && (items.doubtful || (!begins && (heading || opening)))))
            tell_objective(records, project, line);
        if (begins && objective.len > 0) {
            put_objective(records, project, buffer_text(&objective), first);
            buffer_clear(&objective);
        }
        if (objective.len == 0)
            first = line->line;
        append_part(&objective, line->text);
        before = line->line;
    }
    if (objective.len > 0)
        put_objective(records, project, buffer_text(&objective), first);
    buffer_free(&objective);
}

/* KPIs and results */

/* Tells of LINE, of a section that has a table, when it may be a row that lost its tab, or a part of a row that was parted: it is
   numbered as rows are, or touches one. */
static void tell_line(struct records *records, const struct project_record *project, const char *table,
                      const struct grid_line *line) {
    const struct pattern *item = profile_pattern(records->options.profile, "row-numbered");
    struct finding_place place = place_of(SEVERITY_WARNING, "line-unread", project, table, 0, "", line->line);
    if (pattern_match(item, line->text, 0, NULL) || line->touches)
        records_find(records, &place, line->text, (struct text){0},
                     "this line of the table's section may be a row that lost its tab, or a part of one; it "
                     "is not read");
}

static void tell_lines(struct records *records, const struct project_record *project, const char *table) {
    const struct grid *grid = &records->grid;
    uint64_t first = grid->tables > 0 ? grid->layouts[0].line : 0;
    for (size_t i = 0; i < grid->line_count; i++) {
        if (grid->lines[i].line > first)
            tell_line(records, project, table, &grid->lines[i]);
    }
}

static void tell_grid(struct records *records, const struct project_record *project, const char *table) {
    records_tell_unread(records, project->key, table);
    tell_lines(records, project, table);
}

static void tell_row(struct records *records, const struct project_record *project, const char *table,
                     uint64_t n, const struct grid_row *row, const char *field) {
    struct finding_place place = place_of(SEVERITY_NOTE, "row-joined", project, table, n, field, row->line);
    records_tell_shape(records, place, row);
    if (row->doubtful)
        records_find(records, &place, grid_cell(&records->grid, row, 0), (struct text){0},
                     "this row was cut, as it seems; the row beneath it, or beneath the page break, was "
                     "taken as its rest");
}

static void put_quantity(struct table_writer *writer, const struct quantity *quantity) {
    char text[DECIMAL_TEXT];
    table_put_string(writer, quantity->has_value ? decimal_format(quantity->value, text) : "");
}

static void tell_several(struct records *records, struct finding_place place, struct text text) {
    place.rule = "several-numbers";
    records_find(records, &place, text, (struct text){0},
                 "the cell holds several numbers; none is taken as its value");
}

/* Tells what makes the value of a target doubtful. */
static void tell_target(struct records *records, struct finding_place place, const struct quantity *target,
                        struct text text) {
    place.severity = SEVERITY_NOTE;
    if (target->several)
        tell_several(records, place, text);
    place.rule = "target-each";
    if (target->each)
        records_find(records, &place, text, (struct text){0},
                     "the number is for each of something; what the target is in all is not said here");
}

static size_t column_of(const struct grid_layout *layout, enum grid_role role) {
    for (size_t i = 1; i < layout->count; i++) {
        if (layout->columns[i].role == role)
            return i;
    }
    return GRID_MAX_COLUMNS;
}

static int year_of(const struct records *records, const struct grid_column *column) {
    return column->year > 0 ? column->year : records->fiscal_year;
}

static void put_row_head(struct records *records, struct table_writer *writer,
                         const struct project_record *project, struct text group, uint64_t n, struct text kpi,
                         int year) {
    table_put(writer, records_key_text(records, project->key));
    table_put(writer, group);
    table_put_number(writer, n);
    table_put(writer, kpi);
    records_put_year(writer, year);
}

enum cell { CELL_KPI, CELL_TARGET, CELL_RESULT };

/* The cell TEXT with its misspelt words put right, until the next cell of the same kind; a finding tells of the first. */
static struct text meant_cell(struct records *records, const struct finding_place *place, enum cell cell,
                              const char *field, struct text text) {
    struct buffer *buffer = &records->meant[cell];
    struct finding_place here = *place;
    here.field = field;
    struct text meant = records_mend(records, here, "quantity", text);
    if (meant.data == text.data)
        return text;
    buffer_clear(buffer);
    buffer_append_text(buffer, meant);
    return buffer_text(buffer);
}

static void put_kpi(struct records *records, struct project_record *project, struct text group,
                    const struct grid_row *row, size_t column) {
    struct table_writer *writer = records_writer(records, TABLE_KPIS);
    struct text kpi = grid_cell(&records->grid, row, 0);
    struct text target = grid_cell(&records->grid, row, column);
    struct quantity quantity;
    struct finding_place place =
        place_of(SEVERITY_NOTE, "", project, "kpis", project->kpis, "target", row->line);
    quantities_read_target(records->quantities, meant_cell(records, &place, CELL_KPI, "kpi", kpi),
                           meant_cell(records, &place, CELL_TARGET, "target", target), &quantity);
    tell_target(records, place, &quantity, target);
    if (writer == NULL)
        return;
    put_row_head(records, writer, project, group, project->kpis, kpi,
                 year_of(records, &grid_layout(&records->grid, row)->columns[column]));
    table_put(writer, target);
    put_quantity(writer, &quantity);
    table_put(writer, quantity.unit);
    table_put_string(writer, quantity.op);
    table_put_number(writer, row->line);
    table_end_row(writer);
}

static bool is_blank_row(const struct grid *grid, const struct grid_row *row) {
    for (size_t i = 0; i < row->cells; i++) {
        if (grid_cell(grid, row, i).len > 0)
            return false;
    }
    return true;
}

/* A page that is lost can bring a plan's activities into the table of indicators: such a row is named. */
static void tell_foreign_row(struct records *records, const struct project_record *project,
                             const struct grid_row *row) {
    const struct pattern *label = profile_pattern(records->options.profile, "activity-label");
    struct period period;
    struct text name = grid_cell(&records->grid, row, 0);
    if (!pattern_match(label, name, 0, NULL))
        return;
    calendar_read(records->calendar, grid_cell(&records->grid, row, 1), &period);
    if (period.ranges == 0)
        return;
    struct finding_place place =
        place_of(SEVERITY_WARNING, "row-foreign", project, "kpis", project->kpis, "kpi", row->line);
    records_find(records, &place, name, (struct text){0},
                 "this row is one of the plan's activities, as it seems, and no indicator");
}

/* Puts the rows of one indicator; its number is counted already. */
typedef void put_indicator(struct records *records, struct project_record *project, struct text group,
                           const struct grid_row *row);

/* Walks the indicators of the table that was read: labels become the group of those beneath them, COUNT counts the others. */
static void walk_indicators(struct records *records, struct project_record *project, const char *table,
                            uint64_t *count, put_indicator *put) {
    const struct grid *grid = &records->grid;
    struct text group = TEXT("");
    size_t in_table = 0;
    tell_grid(records, project, table);
    for (size_t i = 0; i < grid->row_count; i++) {
        const struct grid_row *row = &grid->rows[i];
        if (row->table != in_table)
            group = TEXT("");
        in_table = row->table;
        if (row->label) {
            group = grid_cell(grid, row, 0);
            continue;
        }
        if (is_blank_row(grid, row))
            continue;
        ++*count;
        tell_row(records, project, table, *count, row, "kpi");
        put(records, project, group, row);
    }
}

static void put_kpis(struct records *records, struct project_record *project, struct text group,
                     const struct grid_row *row) {
    const struct grid *grid = &records->grid;
    name_list_add(&records->kpi_names, grid_cell(grid, row, 0));
    tell_foreign_row(records, project, row);
    const struct grid_layout *layout = grid_layout(grid, row);
    for (size_t column = 1; column < layout->count; column++) {
        if (layout->columns[column].role == GRID_TARGET && grid_has_column(grid, row, column))
            put_kpi(records, project, group, row, column);
    }
}

static void read_kpis(struct records *records, struct project_record *project,
                      const struct section_row *section) {
    read_grid(records, "kpis", section, NULL);
    walk_indicators(records, project, "kpis", &project->kpis, put_kpis);
}

/* Tells what makes the value or the status of a result doubtful. PLACE is that of its target. */
static void tell_result(struct records *records, struct finding_place place, const struct quantity *target,
                        struct text text, const struct quantity *result) {
    place.rule = "operator-unknown";
    if (target->unknown_op)
        records_find(
            records, &place, text, (struct text){0},
            "the target's words are none of not less than, not more than, more than; the status is unknown");
    place.field = "result";
    if (result->several)
        tell_several(records, place, text);
    place.rule = "result-unit";
    if (target->has_value && result->has_value && target->unit.len > 0 && result->unit.len > 0 &&
        !quantities_same_unit(target->unit, result->unit))
        records_find(
            records, &place, result->unit, target->unit,
            "the result is printed in another unit than the target, whose unit the column unit holds");
    place.rule = "result-in-prose";
    if (result->has_value && !quantities_is_plain_result(records->quantities, target, result))
        records_find(
            records, &place, text, (struct text){0},
            "the number stands within a sentence and may be something else than the result; the status "
            "is unknown");
}

static void put_result(struct records *records, struct project_record *project, struct text group,
                       const struct grid_row *row, size_t target_column, size_t result_column) {
    struct table_writer *writer = records_writer(records, TABLE_RESULTS);
    const struct grid_column *columns = grid_layout(&records->grid, row)->columns;
    const struct grid_column *column =
        columns[result_column].year > 0 ? &columns[result_column] : &columns[target_column];
    struct text kpi = grid_cell(&records->grid, row, 0);
    struct text target_text = target_column > 0 ? grid_cell(&records->grid, row, target_column) : TEXT("");
    struct text result_text = grid_cell(&records->grid, row, result_column);
    struct quantity target;
    struct quantity result;
    struct finding_place place =
        place_of(SEVERITY_NOTE, "", project, "results", project->results, "target", row->line);
    struct text target_meant = meant_cell(records, &place, CELL_TARGET, "target", target_text);
    struct text result_meant = meant_cell(records, &place, CELL_RESULT, "result", result_text);
    quantities_read_target(records->quantities, meant_cell(records, &place, CELL_KPI, "kpi", kpi),
                           target_meant, &target);
    quantities_read_result(records->quantities, result_meant, &target, &result);
    tell_target(records, place, &target, target_text);
    tell_result(records, place, &target, result_text, &result);
    if (writer == NULL)
        return;
    const char *status = quantities_status(records->quantities, target_meant, &target, result_meant, &result);
    put_row_head(records, writer, project, group, project->results, kpi, year_of(records, column));
    table_put(writer, target_text);
    table_put(writer, result_text);
    put_quantity(writer, &target);
    put_quantity(writer, &result);
    table_put(writer, target.unit.len > 0 ? target.unit : result.unit);
    table_put_string(writer, status);
    table_put_number(writer, row->line);
    table_end_row(writer);
}

/* The target of a result stands to its left, or, in a table that is the other way about, to its right. */
static void put_results(struct records *records, struct project_record *project, struct text group,
                        const struct grid_row *row) {
    const struct grid_layout *layout = grid_layout(&records->grid, row);
    size_t target = column_of(layout, GRID_TARGET);
    if (target == GRID_MAX_COLUMNS)
        target = 0;
    for (size_t column = 1; column < layout->count; column++) {
        if (!grid_has_column(&records->grid, row, column))
            continue;
        if (layout->columns[column].role == GRID_TARGET)
            target = column;
        if (layout->columns[column].role == GRID_RESULT)
            put_result(records, project, group, row, target, column);
    }
}

/* Whether the table has a column of results for the year of its column of targets TARGET. */
static bool has_result_column(const struct grid_layout *layout, size_t target) {
    for (size_t i = 1; i < layout->count; i++) {
        int year = layout->columns[i].year;
        if (layout->columns[i].role == GRID_RESULT && (year == 0 || year == layout->columns[target].year))
            return true;
    }
    return false;
}

/* Targets whose results have no column are not in the table of results. */
static void tell_targets_alone(struct records *records, const struct project_record *project) {
    const struct grid *grid = &records->grid;
    for (size_t i = 0; i < grid->tables; i++) {
        const struct grid_layout *layout = &grid->layouts[i];
        struct finding_place place =
            place_of(SEVERITY_WARNING, "column-unread", project, "results", 0, "result", layout->line);
        for (size_t column = 1; column < layout->count; column++) {
            if (layout->columns[column].role != GRID_TARGET || layout->columns[column].blank ||
                has_result_column(layout, column))
                continue;
            records_find(
                records, &place, (struct text){0}, (struct text){0},
                "the table has a column of targets and none of their results; its rows are not read whole");
            break;
        }
    }
}

static void read_results(struct records *records, struct project_record *project,
                         const struct section_row *section) {
    struct grid_names names = {name_list_texts(&records->kpi_names), records->kpi_names.count};
    read_grid(records, "results", section, &names);
    tell_targets_alone(records, project);
    walk_indicators(records, project, "results", &project->results, put_results);
}

/* Periods */

static void tell_period(struct records *records, const struct project_record *project, const char *table,
                        uint64_t n, uint64_t line, const struct period *period, struct text text) {
    struct finding_place place =
        place_of(SEVERITY_ERROR, "date-impossible", project, table, n, n > 0 ? "period" : "start", line);
    if (period->impossible)
        records_find(records, &place, text, (struct text){0},
                     "a date stands here that cannot be; it is left out");
    place.severity = SEVERITY_NOTE;
    place.rule = "period-open";
    if (period->open)
        records_find(records, &place, text, (struct text){0},
                     "only one end of the period is printed; the other is left out");
    place.severity = SEVERITY_WARNING;
    place.rule = "date-unread";
    if (period->doubtful)
        records_find(
            records, &place, text, (struct text){0},
            "a date stands here without a year, or with letters among its digits; it cannot be read whole");
}

static void read_plan_project(struct records *records, struct project_record *project,
                              const struct section_row *row) {
    read_grid(records, "", row, NULL);
    const struct grid *grid = &records->grid;
    const struct pattern *days = profile_pattern(records->options.profile, "duration-days");
    const struct pattern *like = profile_pattern(records->options.profile, "duration-like");
    const struct pattern *remark = profile_pattern(records->options.profile, "plan-remark");
    struct match match;
    for (size_t i = 0; i < grid->line_count; i++) {
        const struct grid_line *line = &grid->lines[i];
        struct period period;
        struct finding_place here = place_of(SEVERITY_NOTE, "", project, "projects", 0, "start", line->line);
        calendar_read(records->calendar, records_mend(records, here, "date", line->text), &period);
        tell_period(records, project, "projects", 0, line->line, &period, line->text);
        if (period.ranges > 0 && pattern_match(remark, line->text, 0, NULL)) {
            struct finding_place doubt =
                place_of(SEVERITY_WARNING, "period-doubtful", project, "projects", 0, "start", line->line);
            records_find(records, &doubt, line->text, (struct text){0},
                         "dates of something else, or of an earlier plan, may stand among those of the plan");
        }
        period_join(&project->period, &period);
        struct decimal value;
        bool read =
            pattern_match(days, line->text, 0, &match) && decimal_parse(match_group(&match, "days"), &value);
        if (read && project->duration_days.len == 0)
            decimal_append(&project->duration_days, value);
        struct finding_place length = place_of(SEVERITY_WARNING, "duration-unread", project, "projects", 0,
                                               "duration_days", line->line);
        if (!read && pattern_match(like, line->text, 0, NULL))
            records_find(records, &length, line->text, (struct text){0},
                         "a number of days stands here that cannot be read");
    }
    struct finding_place place =
        place_of(SEVERITY_NOTE, "period-unread", project, "projects", 0, "start", row->line_first);
    if (project->period.ranges == 0 && grid->line_count > 0) {
        place.line = grid->lines[0].line;
        records_find(records, &place, grid->lines[0].text, (struct text){0}, "the plan names no dates");
    }
}

/* A second column of periods is not read; where it says something else, that is told. */
static void tell_second_period(struct records *records, const struct project_record *project,
                               const struct grid_row *row) {
    const struct grid_layout *layout = grid_layout(&records->grid, row);
    size_t first = column_of(layout, GRID_PERIOD);
    for (size_t column = first + 1; column < layout->count; column++) {
        struct text cell = grid_cell(&records->grid, row, column);
        if (layout->columns[column].role != GRID_PERIOD || cell.len == 0 ||
            text_equal(cell, grid_cell(&records->grid, row, first)))
            continue;
        struct finding_place place = place_of(SEVERITY_WARNING, "period-columns", project, "activities",
                                              project->activities, "period", row->line);
        records_find(
            records, &place, cell, grid_cell(&records->grid, row, first),
            "the table has a second column of periods, and it says something else; the first is taken");
    }
}

static void put_activity(struct records *records, struct project_record *project, const struct grid_row *row,
                         struct text period_text) {
    struct table_writer *writer = records_writer(records, TABLE_ACTIVITIES);
    struct text activity = grid_cell(&records->grid, row, 0);
    struct period period;
    struct finding_place here =
        place_of(SEVERITY_NOTE, "", project, "activities", project->activities, "period", row->line);
    calendar_read(records->calendar, records_mend(records, here, "date", period_text), &period);
    tell_period(records, project, "activities", project->activities, row->line, &period, period_text);
    if (period.ranges == 0 && !period.impossible && !period.doubtful && period_text.len > 0 &&
        !text_equal(period_text, TEXT("-"))) {
        struct finding_place place = place_of(SEVERITY_NOTE, "period-unread", project, "activities",
                                              project->activities, "period", row->line);
        records_find(records, &place, period_text, (struct text){0}, "the activity's period names no dates");
    }
    if (writer == NULL)
        return;
    char start[DATE_TEXT];
    char end[DATE_TEXT];
    table_put(writer, records_key_text(records, project->key));
    table_put_number(writer, project->activities);
    table_put(writer, activity);
    table_put(writer, period_text);
    table_put_string(writer, date_format(period.start, start));
    table_put_string(writer, date_format(period.end, end));
    table_put_number(writer, row->line);
    table_end_row(writer);
}

/* Where the section's own heading is lost with the page before, its first row may be the rest of one that stood there. */
static void tell_first_row(struct records *records, const struct project_record *project,
                           const struct grid_row *row) {
    const struct pattern *label = profile_pattern(records->options.profile, "activity-label");
    struct text name = grid_cell(&records->grid, row, 0);
    if (pattern_match(label, name, 0, NULL))
        return;
    struct finding_place place =
        place_of(SEVERITY_NOTE, "row-cut", project, "activities", project->activities, "activity", row->line);
    records_find(
        records, &place, name, (struct text){0},
        "the section begins without its heading, and this row without a number: it may be the rest of "
        "a row that stood on a lost page");
}

static void read_activities(struct records *records, struct project_record *project,
                            const struct section_row *section) {
    read_grid(records, "plan_activities", section, NULL);
    const struct grid *grid = &records->grid;
    tell_grid(records, project, "activities");
    for (size_t i = 0; i < grid->row_count; i++) {
        const struct grid_row *row = &grid->rows[i];
        project->activities++;
        name_list_add(&records->activity_names, grid_cell(grid, row, 0));
        tell_row(records, project, "activities", project->activities, row, "activity");
        if (i == 0 && !section->headed)
            tell_first_row(records, project, row);
        put_activity(records, project, row,
                     grid_cell(grid, row, column_of(grid_layout(grid, row), GRID_PERIOD)));
        tell_second_period(records, project, row);
    }
}

/* Budget */

static void tell_budget(struct records *records, const struct project_record *project, const char *field,
                        const struct budget_item *item) {
    struct text observed = item->text;
    struct buffer amount = {0};
    if (item->state == BUDGET_AMOUNT) {
        decimal_append(&amount, item->amount);
        observed = buffer_text(&amount);
    }
    struct finding_place place =
        place_of(SEVERITY_WARNING, "amount-summed", project, "projects", 0, field, item->line);
    if (item->summed)
        records_find(records, &place, observed, (struct text){0},
                     "several amounts are printed without a total; this is their sum");
    place.rule = "amount-unit";
    if (item->unit_doubtful)
        records_find(records, &place, observed, (struct text){0},
                     "million baht (ล้านบาท) is printed, but the amount is surely in baht; it is taken so");
    if (item->large)
        records_find(records, &place, observed, (struct text){0},
                     "a thousand million baht or more, and no point: it may be lost, or baht be meant");
    place.rule = "amount-comma";
    if (item->point_doubtful)
        records_find(records, &place, observed, (struct text){0},
                     "a point stands where a comma belongs between thousands; it is read as one");
    if (item->comma_doubtful)
        records_find(records, &place, observed, (struct text){0},
                     "a comma stands where the decimal point belongs; it is read as one");
    if (item->misspelling.word.len > 0) {
        struct finding_place misspelt = place;
        misspelt.line = item->misspelt_line;
        records_tell_spelling(records, misspelt, &item->misspelling);
    }
    place.rule = "amount-unread";
    if (item->state == BUDGET_TEXT)
        records_find(records, &place, observed, (struct text){0},
                     "no amount is printed here; the text is kept as it stands");
    place.rule = "amount-in-remark";
    place.line = item->noted_line;
    if (item->noted_line > 0 && item->state == BUDGET_NOT_STATED)
        records_find(records, &place, (struct text){0}, (struct text){0},
                     "an item stands behind a remark, where it may be of another year; it is not read");
    place.line = item->line;
    place.rule = "amount-overflow";
    place.severity = SEVERITY_ERROR;
    if (item->overflow)
        records_find(records, &place, observed, (struct text){0}, "the amount is too large to be true");
    buffer_free(&amount);
}

static void read_budget(struct records *records, struct project_record *project,
                        const struct section_row *row) {
    static const char *const fields[BUDGET_KINDS] = {"budget_allocated", "budget_contracted",
                                                     "budget_disbursed"};
    struct budget_item items[BUDGET_KINDS];
    read_grid(records, "", row, NULL);
    uint64_t loose = budgets_read(records->budgets, &records->grid, items);
    struct finding_place place =
        place_of(SEVERITY_WARNING, "amount-unread", project, "projects", 0, fields[0], loose);
    if (loose > 0)
        records_find(records, &place, (struct text){0}, (struct text){0},
                     "an amount stands here of which it is not said what it is; it is not read");
    for (size_t i = 0; i < BUDGET_KINDS; i++) {
        struct buffer *field = &project->budget[i];
        buffer_clear(field);
        if (items[i].state == BUDGET_AMOUNT && !items[i].overflow)
            decimal_append(field, items[i].amount);
        else if (items[i].state == BUDGET_DASH)
            buffer_append_char(field, '-');
        else if (items[i].state == BUDGET_TEXT)
            buffer_append_text(field, items[i].text);
        tell_budget(records, project, fields[i], &items[i]);
    }
}

/* Activity results */

struct activity_result {
    struct buffer activity;
    struct buffer result;
    uint64_t line;
};

/* Bytes of a line in which its first words are looked for when they are misspelt. */
enum { MAX_LEAD = 90 };

struct activity_results {
    struct activity_result *items;
    size_t count;
    size_t cap;
};

static struct activity_result *add_activity_result(struct activity_results *list, uint64_t line) {
    list->items = memory_reserve(list->items, &list->cap, list->count + 1, sizeof *list->items);
    struct activity_result *item = &list->items[list->count++];
    *item = (struct activity_result){.line = line};
    return item;
}

/* The first LEN bytes of LINE, or one or two less where that would part a letter. */
static struct text beginning_of(struct text line, size_t len) {
    if (line.len <= len)
        return line;
    while (len > 0 && ((unsigned char)line.data[len] & 0xC0) == 0x80)
        len--;
    return (struct text){line.data, len};
}

/* How many bytes at the beginning of LINE are what PATTERN asks for, though its words may be misspelt: then there is a finding.
   0: they are something else. */
static size_t length_of_lead(struct records *records, const struct project_record *project,
                             const struct pattern *pattern, const struct grid_line *line) {
    struct misspelling misspelling;
    struct match match;
    if (pattern_match(pattern, line->text, 0, &match) && match.start == 0)
        return match.end;
    struct text beginning = beginning_of(line->text, MAX_LEAD);
    struct text mended = spelling_mend(records->spelling, "activity", beginning, &misspelling);
    if (misspelling.word.len == 0 || !pattern_match(pattern, mended, 0, &match) || match.start > 0 ||
        mended.len - match.end >= beginning.len)
        return 0;
    records_tell_spelling(records,
                          place_of(SEVERITY_NOTE, "", project, "activity_results", 0, "activity", line->line),
                          &misspelling);
    return beginning.len - (mended.len - match.end);
}

/* Takes LINE into the activity's ITEM: the label's text, then, behind the words «has the result», the result's. */
static void take_result_line(struct records *records, const struct project_record *project,
                             struct activity_result *item, const struct grid_line *line, bool *in_result) {
    const struct pattern *lead = profile_pattern(records->options.profile, "activity-result-lead");
    struct text text = line->text;
    struct match match;
    size_t length;
    if (!*in_result && pattern_match(lead, text, 0, &match)) {
        append_part(&item->activity, text_trim((struct text){text.data, match.start}));
        text = text_skip(text, match.end);
        *in_result = true;
    } else if (!*in_result && (length = length_of_lead(records, project, lead, line)) > 0) {
        text = text_skip(text, length);
        *in_result = true;
    }
    append_part(*in_result ? &item->result : &item->activity, text_trim(text));
}

/* Takes the number of activities that LINE states, whose words may be misspelt; false when it states none. */
static bool take_stated(struct records *records, struct project_record *project,
                        const struct grid_line *line) {
    const struct pattern *stated = profile_pattern(records->options.profile, "activities-stated");
    struct misspelling misspelling = {0};
    struct match match;
    if (!pattern_match(stated, line->text, 0, &match)) {
        struct text mended = spelling_mend(records->spelling, "stated", line->text, &misspelling);
        if (misspelling.word.len == 0 || !pattern_match(stated, mended, 0, &match))
            return false;
    }
    struct finding_place place =
        place_of(SEVERITY_NOTE, "", project, "projects", 0, "activities_stated", line->line);
    if (misspelling.word.len > 0)
        records_tell_spelling(records, place, &misspelling);
    buffer_clear(&project->activities_stated);
    buffer_append_text(&project->activities_stated, match_group(&match, "count"));
    return true;
}

/* A line that belongs to no activity: it may be a part of a row, or seem to state how many activities there are. */
static void tell_left_out(struct records *records, const struct project_record *project,
                          const struct grid_line *line) {
    const struct grid *grid = &records->grid;
    struct finding_place beneath =
        place_of(SEVERITY_WARNING, "line-unread", project, "activity_results", 0, "result", line->line);
    if (grid->row_count > 0 && (line->line > grid->rows[0].line || line->touches))
        records_find(
            records, &beneath, line->text, (struct text){0},
            "this line stands beside or beneath the table and may be of one of its activities; it is "
            "not read");
    struct finding_place place =
        place_of(SEVERITY_WARNING, "line-unread", project, "projects", 0, "activities_stated", line->line);
    if (pattern_match(profile_pattern(records->options.profile, "activities-stated-like"), line->text, 0,
                      NULL))
        records_find(records, &place, line->text, (struct text){0},
                     "this line seems to state a number of activities; it is not read");
}

/* Whether the words that begin an activity's result stand somewhere in the section. */
static bool has_result_leads(const struct records *records) {
    const struct pattern *lead = profile_pattern(records->options.profile, "activity-result-lead");
    for (size_t i = 0; i < records->grid.line_count; i++) {
        if (pattern_match(lead, records->grid.lines[i].text, 0, NULL))
            return true;
    }
    return false;
}

static void tell_result_lead_lost(struct records *records, const struct project_record *project, uint64_t n,
                                  const struct grid_line *line) {
    struct finding_place place =
        place_of(SEVERITY_NOTE, "result-lead-lost", project, "activity_results", n, "result", line->line);
    records_find(
        records, &place, line->text, (struct text){0},
        "the words that begin a result stand nowhere in the section; the list beneath the activity is "
        "taken as its result");
}

/* Activities as paragraphs: each begins with a label («activity 1 …»); without labels, numbered items are they. */
static void read_result_lines(struct records *records, struct project_record *project,
                              struct activity_results *list) {
    const struct grid *grid = &records->grid;
    struct profile *profile = records->options.profile;
    const struct pattern *label = profile_pattern(profile, "activity-label");
    const struct pattern *item_label = profile_pattern(profile, "objective-item");
    bool labelled = false;
    bool numbered = false;
    for (size_t i = 0; i < grid->line_count; i++) {
        labelled |= pattern_match(label, grid->lines[i].text, 0, NULL);
        numbered |= i == 0 && pattern_match(item_label, grid->lines[i].text, 0, NULL);
    }
    uint64_t table_line = grid->row_count > 0 ? grid->rows[0].line : UINT64_MAX;
    bool leads = has_result_leads(records);
    bool open = false;
    bool in_result = false;
    for (size_t i = 0; i < grid->line_count; i++) {
        const struct grid_line *line = &grid->lines[i];
        if (take_stated(records, project, line))
            continue;
        if (labelled ? length_of_lead(records, project, label, line) > 0
                     : numbered && pattern_match(item_label, line->text, 0, NULL)) {
            (void)add_activity_result(list, line->line);
            if (line->touches)
                tell_line(records, project, "activity_results", line);
            open = true;
            in_result = false;
        }
        if (!open && !labelled && !numbered && grid->row_count == 0) {
            (void)add_activity_result(list, grid->lines[i].line);
            open = true;
            in_result = true;
        }
        /* What follows a table belongs to none of the activities above it. */
        if (open && list->items[list->count - 1].line < table_line && grid->lines[i].line > table_line)
            open = false;
        if (open && !in_result && !leads && line->list && line->line > list->items[list->count - 1].line) {
            tell_result_lead_lost(records, project, list->count, line);
            in_result = true;
        }
        if (open)
            take_result_line(records, project, &list->items[list->count - 1], line, &in_result);
        else
            tell_left_out(records, project, line);
    }
}

static int by_line(const void *a, const void *b) {
    const struct activity_result *x = a;
    const struct activity_result *y = b;
    return (x->line > y->line) - (x->line < y->line);
}

static void write_activity_results(struct records *records, const struct project_record *project,
                                   const struct activity_results *list) {
    struct table_writer *writer = records_writer(records, TABLE_ACTIVITY_RESULTS);
    for (size_t i = 0; i < list->count && writer != NULL; i++) {
        table_put(writer, records_key_text(records, project->key));
        table_put_number(writer, i + 1);
        table_put(writer, buffer_text(&list->items[i].activity));
        table_put(writer, buffer_text(&list->items[i].result));
        table_put_number(writer, list->items[i].line);
        table_end_row(writer);
    }
}

static void read_activity_results(struct records *records, struct project_record *project,
                                  const struct section_row *section) {
    struct grid_names names = {name_list_texts(&records->activity_names), records->activity_names.count};
    read_grid(records, "activity_results", section, &names);
    const struct grid *grid = &records->grid;
    struct activity_results list = {0};
    records_tell_unread(records, project->key, "activity_results");
    for (size_t i = 0; i < grid->row_count; i++) {
        const struct grid_row *row = &grid->rows[i];
        struct activity_result *item = add_activity_result(&list, row->line);
        buffer_append_text(&item->activity, grid_cell(grid, row, 0));
        buffer_append_text(&item->result,
                           grid_cell(grid, row, column_of(grid_layout(grid, row), GRID_RESULT)));
        tell_row(records, project, "activity_results", list.count, row, "activity");
    }
    read_result_lines(records, project, &list);
    if (list.count > 0)
        qsort(list.items, list.count, sizeof *list.items, by_line);
    write_activity_results(records, project, &list);
    for (size_t i = 0; i < list.count; i++) {
        buffer_free(&list.items[i].activity);
        buffer_free(&list.items[i].result);
    }
    free(list.items);
}

/* Obstacles and progress */

/* Whether TEXT says that there are no obstacles; its words may be misspelt. */
static bool says_none(struct records *records, const struct project_record *project, struct text text,
                      uint64_t line) {
    const struct pattern *none = profile_pattern(records->options.profile, "obstacles-none");
    struct misspelling misspelling;
    if (pattern_match(none, text, 0, NULL))
        return true;
    if (text.len > MAX_LEAD)
        return false;
    struct text mended = spelling_mend(records->spelling, "obstacles", text, &misspelling);
    if (misspelling.word.len == 0 || !pattern_match(none, mended, 0, NULL))
        return false;
    if (records->grid.line_count > 0)
        line = records->grid.lines[0].line;
    records_tell_spelling(records, place_of(SEVERITY_NOTE, "", project, "projects", 0, "obstacles", line),
                          &misspelling);
    return true;
}

static void read_obstacles(struct records *records, struct project_record *project,
                           const struct section_row *row) {
    struct buffer text = {0};
    read_grid(records, "", row, NULL);
    const struct grid *grid = &records->grid;
    append_lines(&text, grid);
    bool none = says_none(records, project, buffer_text(&text), row->line_first);
    if (text.len > 0)
        project->obstacles = none ? "none" : "present";
    else if (grid->ignored_count > 0)
        project->obstacles = "present";
    struct table_writer *writer = records_writer(records, TABLE_OBSTACLES);
    struct finding_place place = place_of(SEVERITY_NOTE, "obstacles-unclear", project, "projects", 0,
                                          "obstacles", grid->line_count > 0 ? grid->lines[0].line : 0);
    if (!none && text.len <= MAX_LEAD &&
        pattern_match(profile_pattern(records->options.profile, "obstacles-none-like"), buffer_text(&text), 0,
                      NULL))
        records_find(records, &place, buffer_text(&text), (struct text){0},
                     "this may say that there are no obstacles; it is taken as one");
    if (text.len > 0 && !none && writer != NULL) {
        table_put(writer, records_key_text(records, project->key));
        table_put(writer, buffer_text(&text));
        table_put_number(writer, grid->lines[0].line);
        table_end_row(writer);
    }
    buffer_free(&text);
}

static void set_percent(const struct pattern *dash, struct buffer *field, struct text printed) {
    struct decimal value;
    buffer_clear(field);
    if (decimal_parse(printed, &value))
        decimal_append(field, value);
    else if (pattern_match(dash, printed, 0, NULL))
        buffer_append_char(field, '-');
    else
        buffer_append_text(field, printed);
}

static void tell_progress_year(struct records *records, const struct project_record *project, uint64_t line,
                               const struct match *match) {
    struct text digits = match_group(match, "year");
    char expected[12];
    if (records->fiscal_year == 0)
        return;
    int length = snprintf(expected, sizeof expected, "%d", records->fiscal_year);
    struct text year = {expected, (size_t)length};
    if (text_equal(digits, year))
        return;
    struct finding_place place =
        place_of(SEVERITY_WARNING, "progress-year", project, "projects", 0, "progress_year", line);
    records_find(
        records, &place, digits, year,
        "the progress is stated for another year, or the year is cut off; it is taken as this fiscal year's");
}

/* One of the two figures of progress. */
struct figure {
    const char *pattern; /* names of the profile's patterns: the figure, and the words that name it */
    const char *words;
    const char *field;
    uint64_t line; /* where the words stand */
};

/* The line where the words of FIGURE stand, the last one; that of the section's first line where a page or a misprint parts them. */
static uint64_t line_of_figure(const struct records *records, const struct figure *figure,
                               const struct section_row *row) {
    const struct pattern *words = profile_pattern(records->options.profile, figure->words);
    const struct grid *grid = &records->grid;
    for (size_t i = grid->line_count; i-- > 0;) {
        if (pattern_match(words, grid->lines[i].text, 0, NULL))
            return grid->lines[i].line;
    }
    return grid->line_count > 0 ? grid->lines[0].line : row->line_first;
}

/* Reads FIGURE from all that the section says, in TEXT, into VALUE. Where its words stand and no figure can be read, and where two different
   ones are stated, there is a finding. Gives the last match. */
static bool read_figure(struct records *records, const struct project_record *project, struct text text,
                        const struct figure *figure, struct buffer *value, struct match *match) {
    struct profile *profile = records->options.profile;
    const struct pattern *dash = profile_pattern(profile, "quantity-blank");
    struct buffer other = {0};
    struct match next;
    bool read = false;
    for (size_t at = 0; pattern_match(profile_pattern(profile, figure->pattern), text, at, &next);
         at = next.end) {
        /* A sign or a word between «percent» and the number makes it another number. */
        if (match_group(&next, "between").len > 0)
            continue;
        if (!read)
            *match = next;
        set_percent(dash, read ? &other : value, match_group(&next, "percent"));
        struct finding_place place = place_of(SEVERITY_WARNING, "progress-contradiction", project, "projects",
                                              0, figure->field, figure->line);
        if (read && !text_equal(buffer_text(&other), buffer_text(value)))
            records_find(records, &place, buffer_text(&other), buffer_text(value),
                         "two different figures are stated; the first is taken");
        read = true;
    }
    buffer_free(&other);
    struct finding_place place =
        place_of(SEVERITY_WARNING, "progress-unread", project, "projects", 0, figure->field, figure->line);
    if (!read && pattern_match(profile_pattern(profile, figure->words), text, 0, NULL))
        records_find(records, &place, text, (struct text){0},
                     "a figure is named here, but it cannot be read");
    return read;
}

/* Where one figure was read and another stands beside it without the words that would name it, that may be the MISSING one. */
static void tell_other_figure(struct records *records, struct finding_place place, struct text text,
                              const struct figure *missing) {
    struct profile *profile = records->options.profile;
    const struct pattern *number = profile_pattern(profile, "progress-figure");
    struct match match;
    size_t count = 0;
    if (pattern_match(profile_pattern(profile, missing->words), text, 0, NULL))
        return;
    for (size_t at = 0; pattern_match(number, text, at, &match); at = match.end)
        count++;
    place.rule = "progress-unread";
    place.field = missing->field;
    if (count > 1)
        records_find(records, &place, text, (struct text){0},
                     "another figure stands here of which it is not known what it is; it is not read");
}

static void read_progress(struct records *records, struct project_record *project,
                          const struct section_row *row) {
    struct buffer said = {0};
    struct match match;
    read_grid(records, "", row, NULL);
    append_lines(&said, &records->grid);
    uint64_t line = records->grid.line_count > 0 ? records->grid.lines[0].line : row->line_first;
    struct finding_place place = place_of(SEVERITY_NOTE, "", project, "projects", 0, "progress_total", line);
    struct text text = records_mend(records, place, "progress", buffer_text(&said));
    struct figure of_total = {"progress-total", "progress-total-words", "progress_total", 0};
    struct figure of_year = {"progress-year", "progress-year-words", "progress_year", 0};
    of_total.line = line_of_figure(records, &of_total, row);
    of_year.line = line_of_figure(records, &of_year, row);
    bool total = read_figure(records, project, text, &of_total, &project->progress_total, &match);
    bool year = read_figure(records, project, text, &of_year, &project->progress_year, &match);
    if (year)
        tell_progress_year(records, project, of_year.line, &match);
    place.severity = SEVERITY_WARNING;
    if (total != year)
        tell_other_figure(records, place, text, total ? &of_year : &of_total);
    place.rule = "progress-unclear";
    struct profile *profile = records->options.profile;
    if (!total && !year && !pattern_match(profile_pattern(profile, of_total.words), text, 0, NULL) &&
        !pattern_match(profile_pattern(profile, of_year.words), text, 0, NULL) &&
        pattern_match(profile_pattern(profile, "progress-bare"), text, 0, &match)) {
        set_percent(profile_pattern(profile, "quantity-blank"), &project->progress_total,
                    match_group(&match, "percent"));
        records_find(records, &place, text, (struct text){0},
                     "it is not said whether this is the progress of the whole project or of the year; it is "
                     "taken as the whole's");
    }
    place.rule = "progress-unread";
    if (project->progress_total.len == 0 && project->progress_year.len == 0)
        records_find(records, &place, (struct text){0}, (struct text){0}, "no progress can be read here");
    buffer_free(&said);
}

/* Whether the section's form is a table: its reader tells itself what it did not read. */
static bool has_table(enum section section) {
    return section == SECTION_KPIS || section == SECTION_PLAN_ACTIVITIES || section == SECTION_RESULTS ||
           section == SECTION_ACTIVITY_RESULTS;
}

void records_project_section(struct records *records, struct project_record *project,
                             const struct section_row *row) {
    static void (*const readers[SECTIONS_OF_PROJECT])(struct records *, struct project_record *,
                                                      const struct section_row *) = {
        [SECTION_AGENCY] = read_agency,
        [SECTION_OBJECTIVES] = read_objectives,
        [SECTION_KPIS] = read_kpis,
        [SECTION_PLAN_PROJECT] = read_plan_project,
        [SECTION_PLAN_ACTIVITIES] = read_activities,
        [SECTION_BUDGET] = read_budget,
        [SECTION_RESULTS] = read_results,
        [SECTION_ACTIVITY_RESULTS] = read_activity_results,
        [SECTION_OBSTACLES] = read_obstacles,
        [SECTION_PROGRESS] = read_progress,
    };
    if (row->section == SECTION_PROJECT) {
        read_title(records, project, row);
    } else if (row->section < SECTIONS_OF_PROJECT) {
        project->sections[row->section] = true;
        readers[row->section](records, project, row);
        if (!has_table(row->section))
            records_tell_unread(records, project->key, section_name(row->section));
    }
}
