/* A project's time, activities and money; see records_section.h. */
#include "records_section.h"

static void tell_period(struct records *records, const struct project_record *project, const char *table,
                        uint64_t n, uint64_t line, const struct period *period, struct text text) {
    struct finding_place place =
        records_place(SEVERITY_ERROR, "date-impossible", project, table, n, n > 0 ? "period" : "start", line);
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

static bool same_number(struct text text, struct decimal value) {
    struct decimal other;
    return decimal_parse(text, &other) && decimal_compare(other, value) == 0;
}

/* Whether PERIOD, that of line I, is years alone that head the dates of the next line. */
static bool heads_dates(struct records *records, const struct period *period, const struct grid *grid,
                        size_t i) {
    struct period next;
    struct misspelling misspelling; /* told where that line is read */
    if (!period->years_alone || i + 1 >= grid->line_count)
        return false;
    calendar_read(records->calendar,
                  spelling_mend(records->spelling, "date", grid->lines[i + 1].text, &misspelling), &next);
    return next.ranges > 0 && !next.years_alone && next.start.year <= period->end.year &&
           (next.end.year == 0 || next.end.year >= period->start.year);
}

void records_read_plan_project(struct records *records, struct project_record *project,
                               const struct section_row *row) {
    records_read_section(records, "", row, NULL);
    const struct grid *grid = &records->grid;
    const struct pattern *days = profile_pattern(records->options.profile, "duration-days");
    const struct pattern *like = profile_pattern(records->options.profile, "duration-like");
    const struct pattern *remark = profile_pattern(records->options.profile, "plan-remark");
    const struct grid_line *open = NULL; /* the first line with one end of the period alone */
    size_t open_count = 0;
    struct match match;
    for (size_t i = 0; i < grid->line_count; i++) {
        const struct grid_line *line = &grid->lines[i];
        struct period period;
        struct finding_place here =
            records_place(SEVERITY_NOTE, "", project, "projects", 0, "start", line->line);
        calendar_read(records->calendar, records_mend(records, here, "date", line->text), &period);
        if (heads_dates(records, &period, grid, i))
            continue;
        if (period.open && open_count++ == 0)
            open = line;
        period.open = false;
        tell_period(records, project, "projects", 0, line->line, &period, line->text);
        if (period.ranges > 0 && pattern_match(remark, line->text, 0, NULL)) {
            struct finding_place doubt = records_place(SEVERITY_WARNING, "period-doubtful", project,
                                                       "projects", 0, "start", line->line);
            records_find(records, &doubt, line->text, (struct text){0},
                         "dates of something else, or of an earlier plan, may stand among those of the plan");
        }
        period_join(&project->period, &period);
        struct decimal value;
        bool read =
            pattern_match(days, line->text, 0, &match) && decimal_parse(match_group(&match, "days"), &value);
        bool other = read && project->duration_days.len > 0;
        if (read && !other)
            decimal_append(&project->duration_days, value);
        struct finding_place length = records_place(SEVERITY_WARNING, "duration-unread", project, "projects",
                                                    0, "duration_days", line->line);
        if (!read && pattern_match(like, line->text, 0, NULL))
            records_find(records, &length, line->text, (struct text){0},
                         "a number of days stands here that cannot be read");
        if (other && !same_number(buffer_text(&project->duration_days), value))
            records_find(records, &length, line->text, buffer_text(&project->duration_days),
                         "another number of days stands here; the first is taken");
    }
    /* The two ends may stand on two lines. */
    project->period.open = open_count > 0 && (open_count != 2 || project->period.start.year == 0 ||
                                              project->period.end.year == 0);
    if (project->period.open)
        tell_period(records, project, "projects", 0, open->line, &(struct period){.open = true}, open->text);
    struct finding_place place =
        records_place(SEVERITY_NOTE, "period-unread", project, "projects", 0, "start", row->line_first);
    if (project->period.ranges == 0 && grid->line_count > 0) {
        place.line = grid->lines[0].line;
        records_find(records, &place, grid->lines[0].text, (struct text){0}, "the plan names no dates");
    }
}

/* A second column of periods is not read; where it says something else, that is told. */
static void tell_second_period(struct records *records, const struct project_record *project,
                               const struct grid_row *row) {
    const struct grid_layout *layout = grid_layout(&records->grid, row);
    size_t first = records_column_of(layout, GRID_PERIOD);
    for (size_t column = first + 1; column < layout->count; column++) {
        struct text cell = grid_cell(&records->grid, row, column);
        if (layout->columns[column].role != GRID_PERIOD || cell.len == 0 ||
            text_equal(cell, grid_cell(&records->grid, row, first)))
            continue;
        struct finding_place place = records_place(SEVERITY_WARNING, "period-columns", project, "activities",
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
        records_place(SEVERITY_NOTE, "", project, "activities", project->activities, "period", row->line);
    calendar_read(records->calendar, records_mend(records, here, "date", period_text), &period);
    tell_period(records, project, "activities", project->activities, row->line, &period, period_text);
    if (period.ranges == 0 && !period.impossible && !period.doubtful && period_text.len > 0 &&
        !text_equal(period_text, TEXT("-"))) {
        struct finding_place place = records_place(SEVERITY_NOTE, "period-unread", project, "activities",
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

/* Where the section's own heading is lost with the page before, its first row may be the rest of one that stood
   there. */
static void tell_first_row(struct records *records, const struct project_record *project,
                           const struct grid_row *row) {
    const struct pattern *label = profile_pattern(records->options.profile, "activity-label");
    struct text name = grid_cell(&records->grid, row, 0);
    if (pattern_match(label, name, 0, NULL))
        return;
    struct finding_place place = records_place(SEVERITY_NOTE, "row-cut", project, "activities",
                                               project->activities, "activity", row->line);
    records_find(
        records, &place, name, (struct text){0},
        "the section begins without its heading, and this row without a number: it may be the rest of "
        "a row that stood on a lost page");
}

void records_read_activities(struct records *records, struct project_record *project,
                             const struct section_row *section) {
    records_read_section(records, "plan_activities", section, NULL);
    const struct grid *grid = &records->grid;
    records_tell_grid(records, project, "activities");
    if (grid->tables > 0 && grid->row_count == 0) {
        struct finding_place place = records_place(SEVERITY_WARNING, "table-empty", project, "activities", 0,
                                                   "activity", grid->layouts[0].line);
        records_find(records, &place, (struct text){0}, (struct text){0},
                     "the table has a header and no row; its rows may be lost");
    }
    for (size_t i = 0; i < grid->row_count; i++) {
        const struct grid_row *row = &grid->rows[i];
        project->activities++;
        name_list_add(&records->activity_names, grid_cell(grid, row, 0));
        records_tell_row(records, project, "activities", project->activities, row, "activity");
        if (i == 0 && !section->headed)
            tell_first_row(records, project, row);
        put_activity(records, project, row,
                     grid_cell(grid, row, records_column_of(grid_layout(grid, row), GRID_PERIOD)));
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
        records_place(SEVERITY_WARNING, "amount-summed", project, "projects", 0, field, item->line);
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

void records_read_budget(struct records *records, struct project_record *project,
                         const struct section_row *row) {
    static const char *const fields[MONEY_ITEMS] = {"budget_allocated", "budget_contracted",
                                                    "budget_disbursed"};
    struct budget_item items[MONEY_ITEMS];
    records_read_section(records, GRID_LINES, row, NULL);
    uint64_t loose = budgets_read(records->budgets, &records->grid, items);
    struct finding_place place =
        records_place(SEVERITY_WARNING, "amount-unread", project, "projects", 0, fields[0], loose);
    if (loose > 0)
        records_find(records, &place, (struct text){0}, (struct text){0},
                     "an amount stands here of which it is not said what it is; it is not read");
    for (size_t i = 0; i < MONEY_ITEMS; i++) {
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
