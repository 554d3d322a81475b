/* Rules on dates: of projects and of their activities. */
#include "check.h"

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

/* A year that is far from the report's is told once for each date. */
static void check_year(struct check *check, size_t project, enum table table, uint64_t n, uint64_t line,
                       const char *field, const struct day *day) {
    const struct dataset *data = check->data;
    if (data->fiscal_year == 0 || !day->known)
        return;
    int64_t distance = day->date.year + DATE_BUDDHIST_ERA - data->fiscal_year;
    if (distance >= -rule_whole_threshold(check->rules, RULE_YEAR_FAR_FROM_REPORT, "before") &&
        distance <= rule_whole_threshold(check->rules, RULE_YEAR_FAR_FROM_REPORT, "after"))
        return;
    struct buffer year = {0};
    buffer_append_number(&year, (uint64_t)data->fiscal_year);
    struct fault fault = check_fault(check, RULE_YEAR_FAR_FROM_REPORT, project, table, n, field, line);
    fault.observed = day->text;
    fault.expected = buffer_text(&year);
    fault.arguments[0] = (struct fault_argument){"title", check_title(check, table, field)};
    check_tell(check, &fault);
    buffer_free(&year);
}

static void check_kpi_years(struct check *check, enum table table, const struct indicator *rows,
                            size_t count) {
    for (size_t i = 0; i < count; i++) {
        struct amount year = amount_read(rows[i].year);
        if (year.kind != VALUE_NUMBER || year.number.scale > 0)
            continue;
        struct day day = {true, {(int)(year.number.units - DATE_BUDDHIST_ERA), 0, 0}, rows[i].year};
        check_year(check, rows[i].project, table, rows[i].n, rows[i].line, "year", &day);
    }
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
}
