/* Rules on progress: the summary table against the details, the whole against the year, parts against the whole. */
#include "check.h"

static bool same_number(const struct amount *a, const struct amount *b) {
    return a->kind == VALUE_NUMBER && b->kind == VALUE_NUMBER && decimal_compare(a->number, b->number) == 0;
}

static bool is_zero(const struct amount *amount) {
    return amount->kind == VALUE_NUMBER && amount->number.units == 0;
}

/* Whether two figures may stand for one: equal numbers, or a dash for a dash, a zero or nothing. */
static bool agree(const struct amount *summary, const struct amount *detail) {
    if (summary->kind == VALUE_TEXT || detail->kind == VALUE_TEXT)
        return text_equal(summary->text, detail->text);
    bool nothing = summary->kind != VALUE_NUMBER || is_zero(summary);
    return same_number(summary, detail) || (nothing && (detail->kind != VALUE_NUMBER || is_zero(detail)));
}

/* The summary table prints the progress of the whole or that of the year. */
static void check_summary(struct check *check, size_t index) {
    const struct dataset *data = check->data;
    const struct project *project = &data->projects[index];
    const struct amount *total = &project->progress_total;
    const struct amount *year = &project->progress_year;
    if (project->summary == SIZE_MAX || (total->kind == VALUE_NOTHING && year->kind == VALUE_NOTHING))
        return;
    const struct summary_row *row = &data->summary[project->summary];
    bool known = row->progress.kind == VALUE_NUMBER || row->progress.kind == VALUE_DASH;
    if (!known || agree(&row->progress, total) || agree(&row->progress, year))
        return;
    struct buffer details = {0};
    buffer_append_text(&details, total->text);
    if (year->kind != VALUE_NOTHING && !text_equal(total->text, year->text))
        buffer_printf(&details, "%s%.*s", details.len > 0 ? " / " : "", (int)year->text.len, year->text.data);
    struct fault fault =
        check_fault(check, RULE_PROGRESS_DIFFERS, index, TABLE_SUMMARY, 0, "progress", row->line);
    fault.observed = row->progress.text;
    fault.expected = buffer_text(&details);
    const char *field = total->kind != VALUE_NOTHING ? "progress_total" : "progress_year";
    fault.arguments[0] =
        (struct fault_argument){"line", check_line_text(check, places_line(check->places, index, field))};
    check_tell(check, &fault);
    buffer_free(&details);
}

/* Whether the project began in the report's fiscal year or later. One that ends before it starts has no such time. */
static bool starts_within_year(const struct dataset *data, const struct project *project) {
    return data->fiscal_year != 0 && project->start.known &&
           !ends_before_start(&project->start, &project->end) &&
           day_earliest(&project->start) >= date_days(data->year_start);
}

static bool within_year(const struct dataset *data, const struct project *project) {
    return starts_within_year(data, project) && project->end.known &&
           day_latest(&project->end) <= date_days(data->year_end);
}

static bool is_complete(const struct amount *progress) {
    return progress->kind == VALUE_NUMBER && decimal_compare(progress->number, decimal_of(100)) == 0;
}

bool project_is_complete(const struct project *project) {
    return is_complete(&project->progress_total);
}

static void check_year(struct check *check, size_t index) {
    static const char *const one_year[] = {"but the whole project lies within this year",
                                           "แต่โครงการอยู่ภายในปีงบประมาณนี้ทั้งหมด"};
    static const char *const complete[] = {"but a complete project has nothing left to do this year",
                                           "แต่โครงการที่แล้วเสร็จย่อมไม่มีงานค้างในปีงบประมาณนี้"};
    static const char *const begun[] = {"but the project began this year, so its work so far is this year's",
                                        "แต่โครงการเริ่มในปีงบประมาณนี้ ผลงานทั้งหมดจึงเป็นของปีนี้"};
    const struct project *project = &check->data->projects[index];
    const struct amount *total = &project->progress_total;
    const struct amount *year = &project->progress_year;
    if (total->kind != VALUE_NUMBER || year->kind != VALUE_NUMBER || same_number(total, year))
        return;
    bool within = within_year(check->data, project);
    /* All work so far is the year's, and is a smaller share of the whole than of the year. */
    bool above = starts_within_year(check->data, project) && decimal_compare(total->number, year->number) > 0;
    if (!within && !above && !is_complete(total))
        return;
    struct fault fault = check_project_fault(check, RULE_TOTAL_AGAINST_YEAR, index, "progress_year");
    fault.observed = total->text;
    fault.expected = year->text;
    fault.arguments[0] =
        (struct fault_argument){"why", text_of((within               ? one_year
                                                : is_complete(total) ? complete
                                                                     : begun)[check->language])};
    check_tell(check, &fault);
}

static void check_complete(struct check *check, size_t index) {
    static const char *const blank[] = {"blank", "เว้นว่าง"};
    const struct dataset *data = check->data;
    const struct project *project = &data->projects[index];
    if (!project_is_complete(project))
        return;
    struct span span = project->rows[TABLE_RESULTS];
    for (size_t i = span.first; i < span.first + span.count; i++) {
        const struct indicator *result = &data->results[i];
        struct amount year = amount_read(result->year);
        bool later = data->fiscal_year != 0 && year.kind == VALUE_NUMBER &&
                     decimal_compare(year.number, decimal_of(data->fiscal_year)) > 0;
        bool open = text_equal(result->status, TEXT("pending")) || text_equal(result->status, TEXT("none"));
        if (later || !open)
            continue;
        struct fault fault = check_fault(check, RULE_COMPLETE_WITHOUT_RESULT, index, TABLE_RESULTS, result->n,
                                         "result", result->line);
        fault.observed = result->result.len > 0 ? result->result : text_of(blank[check->language]);
        check_tell(check, &fault);
    }
}

static void check_start(struct check *check, size_t index) {
    const struct dataset *data = check->data;
    const struct project *project = &data->projects[index];
    const struct amount *progress =
        amount_is_positive(&project->progress_year) ? &project->progress_year : &project->progress_total;
    if (!amount_is_positive(progress) || !project->start.known || !data->period_end.known ||
        ends_before_start(&project->start, &project->end) ||
        day_earliest(&project->start) <= day_latest(&data->period_end))
        return;
    struct fault fault =
        check_project_fault(check, RULE_PROGRESS_BEFORE_START, index,
                            progress == &project->progress_year ? "progress_year" : "progress_total");
    fault.observed = progress->text;
    fault.expected = data->period_end.text;
    fault.arguments[0] = (struct fault_argument){"start", project->start.text};
    check_tell(check, &fault);
}

/* The parent's number with a point behind it, before the number of a row of the summary: a sub-row. */
static bool is_part_of(const struct summary_row *row, const struct summary_row *parent) {
    return text_equal(row->strategy, parent->strategy) && text_starts(row->number, parent->number) &&
           row->number.len > parent->number.len && row->number.data[parent->number.len] == '.';
}

static void check_mean(struct check *check, const struct summary_row *parent, struct decimal tolerance) {
    const struct dataset *data = check->data;
    struct decimal sum = decimal_of(0);
    int64_t count = 0;
    for (const struct summary_row *row = parent + 1;
         row < data->summary + data->summary_count && is_part_of(row, parent); row++) {
        if (row->progress.kind == VALUE_NOTHING || row->progress.kind == VALUE_TEXT)
            return; /* a part that states nothing: there is no mean */
        count++;
        if (row->progress.kind == VALUE_NUMBER && !decimal_add(sum, row->progress.number, &sum))
            return;
    }
    struct decimal mean;
    struct decimal difference;
    if (count == 0 || parent->progress.kind != VALUE_NUMBER ||
        !decimal_divide(sum, decimal_of(count), 2, &mean) ||
        !decimal_subtract(mean, parent->progress.number, &difference))
        return;
    if (difference.units < 0)
        difference.units = -difference.units;
    if (decimal_compare(difference, tolerance) <= 0)
        return;
    struct fault fault = check_fault(check, RULE_PARENT_MEAN_DIFFERS, parent->project, TABLE_SUMMARY, 0,
                                     "progress", parent->line);
    fault.key = parent->key;
    fault.agency = parent->agency;
    fault.observed = parent->progress.text;
    fault.expected = check_number_text(check, mean);
    fault.arguments[0] = (struct fault_argument){"count", check_number_text(check, decimal_of(count))};
    check_tell(check, &fault);
}

void check_progress(struct check *check) {
    const struct dataset *data = check->data;
    struct decimal tolerance = rule_threshold(check->rules, RULE_PARENT_MEAN_DIFFERS, "percent");
    for (size_t i = 0; i < data->project_count; i++) {
        check_summary(check, i);
        check_year(check, i);
        check_complete(check, i);
        check_start(check, i);
    }
    for (size_t i = 0; i < data->summary_count; i++) {
        if (!data->summary[i].total)
            check_mean(check, &data->summary[i], tolerance);
    }
}
