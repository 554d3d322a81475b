/* Rules on dates: of projects and of their activities. */
#include "check.h"

#include "check_rows.h"

bool ends_before_start(const struct day *start, const struct day *end) {
    return start->known && end->known && day_latest(end) < day_earliest(start);
}

static void tell_end_before_start(struct check *check, size_t project, enum table table, uint64_t n,
                                  uint64_t line, const struct day *start, const struct day *end) {
    struct fault fault = check_fault(check, RULE_END_BEFORE_START, project, table, n, "end", line);
    fault.observed = end->text;
    fault.expected = start->text;
    fault.arguments[0] = (struct fault_argument){"start", start->text};
    fault.arguments[1] = (struct fault_argument){"end", end->text};
    check_tell(check, &fault);
}

static void check_length(struct check *check, size_t index, int64_t tolerance) {
    static const char *const unit[] = {"days", "วัน"};
    const struct project *project = &check->data->projects[index];
    if (project->duration.kind != VALUE_NUMBER || project->duration.number.scale > 0 ||
        !project->start.known || !project->end.known)
        return;
    /* A length counts the last day or not; a date without a day leaves room. */
    int64_t least = day_earliest(&project->end) - day_latest(&project->start);
    int64_t most = day_latest(&project->end) - day_earliest(&project->start) + 1;
    int64_t stated = project->duration.number.units;
    if (most < 1 || (stated >= least - tolerance && stated <= most + tolerance))
        return;
    struct buffer days = {0};
    if (most - least > 1)
        buffer_printf(&days, "%lld–%lld", (long long)(least > 0 ? least : 0), (long long)most);
    else
        buffer_printf(&days, "%lld", (long long)most);
    struct fault fault = check_project_fault(check, RULE_LENGTH_DIFFERS, index, "duration_days");
    fault.observed = project->duration.text;
    fault.expected = buffer_text(&days);
    fault.arguments[0] = (struct fault_argument){"start", project->start.text};
    fault.arguments[1] = (struct fault_argument){"end", project->end.text};
    struct buffer length = {0};
    buffer_printf(&length, "%.*s %s", (int)project->duration.text.len, project->duration.text.data,
                  unit[check->language]);
    fault.arguments[2] = (struct fault_argument){"length", buffer_text(&length)};
    check_tell(check, &fault);
    buffer_free(&length);
    buffer_free(&days);
}

static bool ends_before_year(const struct dataset *data, const struct project *project) {
    return data->fiscal_year != 0 && project->end.known &&
           day_latest(&project->end) < date_days(data->year_start);
}

static bool starts_after_year(const struct dataset *data, const struct project *project) {
    return data->fiscal_year != 0 && project->start.known &&
           day_earliest(&project->start) > date_days(data->year_end);
}

bool project_is_outside_year(const struct dataset *data, size_t index) {
    const struct project *project = &data->projects[index];
    return ends_before_year(data, project) || starts_after_year(data, project);
}

static void check_fiscal_year(struct check *check, size_t index) {
    const struct dataset *data = check->data;
    const struct project *project = &data->projects[index];
    if (ends_before_start(&project->start, &project->end) || !project_is_outside_year(data, index) ||
        check->carried[index])
        return;
    struct buffer year = {0};
    buffer_append_number(&year, (uint64_t)data->fiscal_year);
    struct fault fault = check_project_fault(check, RULE_PROJECT_OUTSIDE_YEAR, index,
                                             ends_before_year(data, project) ? "end" : "start");
    fault.observed = check_range_text(check, &project->start, &project->end);
    fault.expected = buffer_text(&year);
    check_tell(check, &fault);
    buffer_free(&year);
}

/* Whether YEAR, of the Buddhist era, is far from the report's. */
static bool is_far(struct check *check, int64_t year) {
    int64_t distance = year - check->data->fiscal_year;
    return check->data->fiscal_year != 0 &&
           (distance < -rule_whole_threshold(check->rules, RULE_YEAR_FAR_FROM_REPORT, "before") ||
            distance > rule_whole_threshold(check->rules, RULE_YEAR_FAR_FROM_REPORT, "after"));
}

/* FAULT has its place; what it is about is PRINTED, in a column of TABLE. */
static void tell_far(struct check *check, struct fault *fault, enum table table, struct text printed) {
    fault->observed = printed;
    fault->expected = check_number_text(check, decimal_of(check->data->fiscal_year));
    fault->arguments[0] = (struct fault_argument){"title", check_title(check, table, fault->field)};
    check_tell(check, fault);
}

/* A year that is far from the report's is told once for each date. */
static void check_year(struct check *check, size_t project, enum table table, uint64_t n, uint64_t line,
                       const char *field, const struct day *day) {
    struct fault fault = check_fault(check, RULE_YEAR_FAR_FROM_REPORT, project, table, n, field, line);
    if (day->known && is_far(check, day->date.year + DATE_BUDDHIST_ERA))
        tell_far(check, &fault, table, day->text);
}

/* Whether a year of a table's header is far from the report's. */
static bool is_far_text(struct check *check, struct text text) {
    struct amount year = amount_read(text);
    return year.kind == VALUE_NUMBER && year.number.scale == 0 && is_far(check, year.number.units);
}

static void check_kpi_years(struct check *check, enum table table, const struct indicator *rows,
                            size_t count) {
    for (size_t i = 0; i < count; i++) {
        struct fault fault = check_fault(check, RULE_YEAR_FAR_FROM_REPORT, rows[i].project, table, rows[i].n,
                                         "year", rows[i].line);
        if (is_far_text(check, rows[i].year))
            tell_far(check, &fault, table, rows[i].year);
    }
}

static void check_strategy_years(struct check *check) {
    const struct rows *rows = check->data->tables[TABLE_STRATEGY_KPIS];
    struct buffer key = {0};
    for (size_t i = 0; rows != NULL && i < rows->count; i++) {
        struct text year = rows_field(rows, i, rows_column(rows, "year"));
        if (!is_far_text(check, year))
            continue;
        struct fault fault = check_fault(check, RULE_YEAR_FAR_FROM_REPORT, NO_PROJECT, TABLE_STRATEGY_KPIS,
                                         count_read(rows_field(rows, i, rows_column(rows, "n"))), "year",
                                         count_read(rows_field(rows, i, rows_column(rows, "line"))));
        buffer_clear(&key);
        append_summary_key(&key, rows_field(rows, i, rows_column(rows, "strategy")), TEXT(""));
        fault.key = buffer_text(&key);
        tell_far(check, &fault, TABLE_STRATEGY_KPIS, year);
    }
    buffer_free(&key);
}

static bool is_outside(const struct project *project, const struct item *activity, int64_t days) {
    if (project->start.known) {
        int64_t first = day_earliest(&project->start) - days;
        if ((activity->start.known && day_latest(&activity->start) < first) ||
            (activity->end.known && day_latest(&activity->end) < first))
            return true;
    }
    if (project->end.known) {
        int64_t last = day_latest(&project->end) + days;
        if ((activity->start.known && day_earliest(&activity->start) > last) ||
            (activity->end.known && day_earliest(&activity->end) > last))
            return true;
    }
    return false;
}

bool activity_is_outside(const struct check *check, const struct item *activity) {
    if (activity->project == NO_PROJECT)
        return false;
    const struct project *project = &check->data->projects[activity->project];
    /* A project that ends before it starts has no inside; an activity that does so is told of for that. */
    if (ends_before_start(&project->start, &project->end) ||
        ends_before_start(&activity->start, &activity->end))
        return false;
    return is_outside(project, activity,
                      rule_whole_threshold(check->rules, RULE_ACTIVITY_OUTSIDE_PROJECT, "days"));
}

static void check_activity(struct check *check, const struct item *activity) {
    if (ends_before_start(&activity->start, &activity->end))
        tell_end_before_start(check, activity->project, TABLE_ACTIVITIES, activity->n, activity->line,
                              &activity->start, &activity->end);
    check_year(check, activity->project, TABLE_ACTIVITIES, activity->n, activity->line, "start",
               &activity->start);
    check_year(check, activity->project, TABLE_ACTIVITIES, activity->n, activity->line, "end",
               &activity->end);
    if (!activity_is_outside(check, activity))
        return;
    const struct project *project = &check->data->projects[activity->project];
    struct fault fault = check_fault(check, RULE_ACTIVITY_OUTSIDE_PROJECT, activity->project,
                                     TABLE_ACTIVITIES, activity->n, "period", activity->line);
    fault.observed = check_range_text(check, &activity->start, &activity->end);
    fault.expected = check_range_text(check, &project->start, &project->end);
    check_tell(check, &fault);
}

void check_dates(struct check *check) {
    const struct dataset *data = check->data;
    int64_t tolerance = rule_whole_threshold(check->rules, RULE_LENGTH_DIFFERS, "days");
    for (size_t i = 0; i < data->project_count; i++) {
        const struct project *project = &data->projects[i];
        if (ends_before_start(&project->start, &project->end))
            tell_end_before_start(check, i, TABLE_PROJECTS, 0, places_line(check->places, i, "end"),
                                  &project->start, &project->end);
        check_length(check, i, tolerance);
        check_fiscal_year(check, i);
        check_year(check, i, TABLE_PROJECTS, 0, places_line(check->places, i, "start"), "start",
                   &project->start);
        check_year(check, i, TABLE_PROJECTS, 0, places_line(check->places, i, "end"), "end", &project->end);
    }
    for (size_t i = 0; i < data->item_counts[TABLE_ACTIVITIES]; i++)
        check_activity(check, &data->items[TABLE_ACTIVITIES][i]);
    check_kpi_years(check, TABLE_KPIS, data->kpis, data->kpi_count);
    check_kpi_years(check, TABLE_RESULTS, data->results, data->result_count);
    check_strategy_years(check);
}
