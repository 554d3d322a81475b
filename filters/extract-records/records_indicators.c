/* Rows of KPIs and of their results; see records_section.h. */
#include "records_section.h"

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

/* What stands in the row's column of units, where the table has one. */
static struct text unit_beside(const struct grid *grid, const struct grid_row *row) {
    size_t column = records_column_of(grid_layout(grid, row), GRID_UNIT);
    return column < GRID_MAX_COLUMNS ? grid_cell(grid, row, column) : TEXT("");
}

enum cell { CELL_KPI, CELL_TARGET, CELL_RESULT };

/* The cell TEXT with its misspelt words put right, until the next cell of the same kind; a finding tells of the
   first. */
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
        records_place(SEVERITY_NOTE, "", project, "kpis", project->kpis, "target", row->line);
    quantities_read_target(records->quantities, meant_cell(records, &place, CELL_KPI, "kpi", kpi),
                           meant_cell(records, &place, CELL_TARGET, "target", target), &quantity);
    if (quantity.has_value && quantity.unit.len == 0)
        quantity.unit = unit_beside(&records->grid, row);
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
        records_place(SEVERITY_WARNING, "row-foreign", project, "kpis", project->kpis, "kpi", row->line);
    records_find(records, &place, name, (struct text){0},
                 "this row is one of the plan's activities, as it seems, and no indicator");
}

/* Puts the rows of one indicator; its number is counted already. */
typedef void put_indicator(struct records *records, struct project_record *project, struct text group,
                           const struct grid_row *row);

/* Whether ROW has the number behind that of the label GROUP, and its sign: it is beside the label, not beneath it. */
static bool is_beside(const struct records *records, struct text group, struct text row) {
    const struct pattern *item = profile_pattern(records->options.profile, "objective-item");
    struct match label;
    struct match match;
    return pattern_match(item, group, 0, &label) && pattern_match(item, row, 0, &match) &&
           match_group(&label, "style").len > 0 &&
           text_equal(match_group(&label, "style"), match_group(&match, "style")) &&
           match_group(&label, "open").len == match_group(&match, "open").len &&
           text_number(match_group(&match, "number")) == text_number(match_group(&label, "number")) + 1;
}

/* The label above indicators. One that the form does not know, with a list beneath it, ends with the list: then the one
   above it goes on. */
struct group {
    struct text label;
    struct text above;
    char
        list; /* what begins the rows of the list beneath the label; NUL: nothing, ' ': no row stands there yet */
};

static const struct group NO_GROUP = {.label = {"", 0}, .above = {"", 0}};

/* What begins the name of a list's row: a dash, or '.' for a number with a part (1.1); NUL: neither. */
static char list_of(const struct records *records, struct text name) {
    struct profile *profile = records->options.profile;
    if (pattern_match(profile_pattern(profile, "row-sub-item"), name, 0, NULL))
        return '.';
    return pattern_match(profile_pattern(profile, "list-mark"), name, 0, NULL) ? '-' : '\0';
}

static void open_group(const struct records *records, struct group *group, struct text label) {
    bool known = pattern_match(profile_pattern(records->options.profile, "row-label"), label, 0, NULL);
    group->label = label;
    group->above = known ? label : group->above;
    group->list = known ? '\0' : ' ';
}

/* The label above the row NAME. */
static struct text group_of(const struct records *records, struct group *group, struct text name) {
    if (group->list == ' ')
        group->list = list_of(records, name);
    if (is_beside(records, group->label, name) ||
        (group->list != '\0' && list_of(records, name) != group->list)) {
        group->label = group->above;
        group->list = '\0';
    }
    return group->label;
}

/* Walks the indicators of the table that was read: labels become the group of those beneath them, COUNT counts the
   others. */
static void walk_indicators(struct records *records, struct project_record *project, const char *table,
                            uint64_t *count, put_indicator *put) {
    const struct grid *grid = &records->grid;
    struct group group = NO_GROUP;
    size_t in_table = 0;
    records_tell_grid(records, project, table);
    for (size_t i = 0; i < grid->row_count; i++) {
        const struct grid_row *row = &grid->rows[i];
        struct text name = grid_cell(grid, row, 0);
        if (row->table != in_table)
            group = NO_GROUP;
        in_table = row->table;
        if (row->label) {
            open_group(records, &group, name);
            continue;
        }
        if (is_blank_row(grid, row))
            continue;
        ++*count;
        records_tell_row(records, project, table, *count, row, "kpi");
        put(records, project, group_of(records, &group, grid_cell(grid, row, 0)), row);
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

void records_read_kpis(struct records *records, struct project_record *project,
                       const struct section_row *section) {
    records_read_section(records, "kpis", section, NULL);
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
        !quantities_same_unit(records->quantities, target->unit, result->unit))
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
        records_place(SEVERITY_NOTE, "", project, "results", project->results, "target", row->line);
    struct text target_meant = meant_cell(records, &place, CELL_TARGET, "target", target_text);
    struct text result_meant = meant_cell(records, &place, CELL_RESULT, "result", result_text);
    quantities_read_target(records->quantities, meant_cell(records, &place, CELL_KPI, "kpi", kpi),
                           target_meant, &target);
    if (target.has_value && target.unit.len == 0)
        target.unit = unit_beside(&records->grid, row);
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

/* Whether the two columns may be of one year. */
static bool same_year(const struct grid_layout *layout, size_t a, size_t b) {
    int year = layout->columns[a].year;
    int other = layout->columns[b].year;
    return year == 0 || other == 0 || year == other;
}

/* The column of the targets that the column RESULT has results of, where the last one to its left is LEFT, 0 for none:
   that, or, in a table that is the other way about, one to its right; 0: its year has none. */
static size_t target_of(const struct grid_layout *layout, size_t left, size_t result) {
    if (left > 0 && same_year(layout, left, result))
        return left;
    for (size_t i = 1; i < layout->count; i++) {
        if (layout->columns[i].role == GRID_TARGET && same_year(layout, i, result))
            return i;
    }
    return 0;
}

static void put_results(struct records *records, struct project_record *project, struct text group,
                        const struct grid_row *row) {
    const struct grid_layout *layout = grid_layout(&records->grid, row);
    size_t left = 0;
    for (size_t column = 1; column < layout->count; column++) {
        if (!grid_has_column(&records->grid, row, column))
            continue;
        if (layout->columns[column].role == GRID_TARGET)
            left = column;
        if (layout->columns[column].role == GRID_RESULT)
            put_result(records, project, group, row, target_of(layout, left, column), column);
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
            records_place(SEVERITY_WARNING, "column-unread", project, "results", 0, "result", layout->line);
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

/* A cell beneath no name of a column is in no row: it may be the result of a part of the year. */
static void tell_nameless_columns(struct records *records, const struct project_record *project) {
    const struct grid *grid = &records->grid;
    size_t told = SIZE_MAX;
    for (size_t i = 0; i < grid->row_count; i++) {
        const struct grid_row *row = &grid->rows[i];
        const struct grid_layout *layout = grid_layout(grid, row);
        for (size_t column = 1; column < layout->count && row->table != told; column++) {
            if (!layout->columns[column].blank || layout->columns[column].role == GRID_RESULT ||
                grid_cell(grid, row, column).len == 0)
                continue;
            struct finding_place place =
                records_place(SEVERITY_WARNING, "column-unread", project, "results", 0, "result", row->line);
            records_find(records, &place, grid_cell(grid, row, column), (struct text){0},
                         "the table has a column without a name; what stands in it is not read");
            told = row->table;
        }
    }
}

void records_read_results(struct records *records, struct project_record *project,
                          const struct section_row *section) {
    struct grid_names names = {name_list_texts(&records->kpi_names), records->kpi_names.count};
    records_read_section(records, "results", section, &names);
    tell_targets_alone(records, project);
    tell_nameless_columns(records, project);
    walk_indicators(records, project, "results", &project->results, put_results);
}
