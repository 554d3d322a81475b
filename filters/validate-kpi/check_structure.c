/* Rules on structure: what the tables count, state and name against what they list. */
#include "callings.h"
#include "check_rows.h"
#include "letters.h"

static size_t distinct_n(const struct dataset *data, enum table table, struct span span) {
    size_t count = 0;
    uint64_t last = 0;
    for (size_t i = span.first; i < span.first + span.count; i++) {
        uint64_t n = table == TABLE_KPIS      ? data->kpis[i].n
                     : table == TABLE_RESULTS ? data->results[i].n
                                              : data->items[table][i].n;
        count += i == span.first || n != last;
        last = n;
    }
    return count;
}

static void check_rows_of(struct check *check, size_t index, enum table table, const struct amount *stated) {
    const struct dataset *data = check->data;
    const struct project *project = &data->projects[index];
    if (data->tables[table] == NULL || stated->kind != VALUE_NUMBER)
        return;
    struct decimal rows = decimal_of((int64_t)distinct_n(data, table, project->rows[table]));
    if (decimal_compare(rows, stated->number) == 0)
        return;
    const char *field = tables_name(table);
    struct fault fault = check_project_fault(check, RULE_ROWS_DIFFER, index, field);
    fault.observed = check_number_text(check, rows);
    fault.expected = stated->text;
    fault.arguments[0] = (struct fault_argument){"title", check_title(check, TABLE_PROJECTS, field)};
    check_tell(check, &fault);
}

/* The heading of a part (54.A1) prints the part's own number alone, or its whole number. */
static bool is_number_of(struct text printed, struct text number) {
    if (text_equal(printed, number))
        return true;
    size_t part = text_find(number, TEXT(".A"), 0);
    return part != SIZE_MAX && text_equal(printed, text_skip(number, part + 2));
}

static void check_number(struct check *check, size_t index) {
    const struct project *project = &check->data->projects[index];
    struct text printed = text_trim(project->number_printed);
    while (printed.len > 0 && printed.data[printed.len - 1] == '.')
        printed.len--;
    bool unnumbered = text_equal(project->number, TEXT("0")) || project->number.len == 0;
    if (printed.len == 0 || unnumbered || is_number_of(printed, project->number))
        return;
    struct fault fault = check_project_fault(check, RULE_NUMBER_MISPRINTED, index, "number_printed");
    fault.observed = project->number_printed;
    fault.expected = project->number;
    check_tell(check, &fault);
}

/* How many activities a plan has, by how one counts. */
struct plan_count {
    int64_t rows;
    int64_t dated;    /* rows with a period: the others are headings */
    int64_t labelled; /* rows that say they are an activity: the others are its years or its steps */
    int64_t numbered;
    int64_t lists;  /* how often the numbers begin with 1 */
    int64_t headed; /* lists beneath a row with a period and no number: its steps */
};

/* Those of TABLE, the plan or the details, in which a result stands for a period. */
static struct plan_count count_plan(struct check *check, enum table table, struct span span) {
    const struct pattern *label = profile_pattern(check->profile, "activity-label");
    const struct pattern *item = profile_pattern(check->profile, "objective-item");
    struct plan_count count = {0};
    bool head = false; /* the row above has a period and no number */
    for (size_t i = span.first; i < span.first + span.count; i++) {
        const struct item *activity = &check->data->items[table][i];
        struct match match;
        bool dated = activity->period.len > 0 || activity->result.len > 0;
        bool numbered = pattern_match(item, activity->text, 0, &match);
        bool first = numbered && count_read(match_group(&match, "number")) == 1;
        count.rows++;
        count.dated += dated;
        count.labelled += pattern_match(label, activity->text, 0, NULL);
        count.numbered += numbered;
        count.lists += first;
        count.headed += first && head;
        head = dated && !numbered;
    }
    return count;
}

/* Whether one can count so many activities in the plan: all rows, those with a period, those that are labelled, one
   list's numbers, or the rows above the lists. */
static bool is_count_of(const struct plan_count *count, int64_t stated) {
    return stated == count->rows || stated == count->dated ||
           (count->labelled > 0 && stated == count->labelled) ||
           (count->lists == 1 && stated == count->numbered) ||
           (count->headed > 0 && count->headed == count->lists && stated == count->headed);
}

/* How many one would say there are. */
static int64_t best_count(const struct plan_count *count) {
    return count->labelled > 0 ? count->labelled : count->dated > 0 ? count->dated : count->rows;
}

static void check_activities_stated(struct check *check, size_t index) {
    const struct dataset *data = check->data;
    const struct project *project = &data->projects[index];
    if (data->tables[TABLE_ACTIVITIES] == NULL || project->activities_stated.kind != VALUE_NUMBER)
        return;
    struct plan_count count = count_plan(check, TABLE_ACTIVITIES, project->rows[TABLE_ACTIVITIES]);
    if (is_count_of(&count, project->activities_stated.number.units))
        return;
    struct fault fault =
        check_project_fault(check, RULE_ACTIVITIES_STATED_DIFFER, index, "activities_stated");
    fault.observed = project->activities_stated.text;
    fault.expected = check_number_text(check, decimal_of(best_count(&count)));
    check_tell(check, &fault);
}

/* Whether one can count as many activities in the details as in the plan. */
static bool count_alike(const struct plan_count *plan, const struct plan_count *details) {
    const int64_t counts[] = {details->rows, details->dated, details->labelled, details->numbered,
                              details->headed};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        if (counts[i] > 0 && is_count_of(details, counts[i]) && is_count_of(plan, counts[i]))
            return true;
    }
    return plan->numbered > 0 && plan->numbered == details->numbered;
}

/* The details against the plan. Where they have as many as the text states, the plan is told to differ from that. */
static void check_activities_reported(struct check *check, size_t index) {
    const struct dataset *data = check->data;
    const struct project *project = &data->projects[index];
    struct span planned = project->rows[TABLE_ACTIVITIES];
    struct span reported = project->rows[TABLE_ACTIVITY_RESULTS];
    const struct amount *stated = &project->activities_stated;
    if (planned.count == 0 || reported.count == 0)
        return;
    struct plan_count plan = count_plan(check, TABLE_ACTIVITIES, planned);
    struct plan_count details = count_plan(check, TABLE_ACTIVITY_RESULTS, reported);
    if (count_alike(&plan, &details) ||
        (stated->kind == VALUE_NUMBER && is_count_of(&details, stated->number.units)))
        return;
    struct fault fault = check_fault(check, RULE_ACTIVITIES_REPORTED_DIFFER, index, TABLE_ACTIVITY_RESULTS, 0,
                                     "activity", places_line(check->places, index, "activities_stated"));
    fault.observed = check_number_text(check, decimal_of(best_count(&details)));
    fault.expected = check_number_text(check, decimal_of(best_count(&plan)));
    check_tell(check, &fault);
}

static bool has_summary(const struct dataset *data, struct text strategy) {
    for (size_t i = 0; i < data->summary_count; i++) {
        if (text_equal(data->summary[i].strategy, strategy))
            return true;
    }
    return false;
}

static void check_summary_row(struct check *check, size_t index) {
    const struct project *project = &check->data->projects[index];
    bool again = dataset_project(check->data, project->key) != index;
    if (project->summary != SIZE_MAX || again || !has_summary(check->data, project->strategy))
        return;
    struct fault fault = check_project_fault(check, RULE_SUMMARY_ROW_MISSING, index, "number");
    fault.observed = project->title;
    check_tell(check, &fault);
}

/* Whether a row of the summary gives its project another agency than the details do. */
static bool agency_differs(const struct dataset *data, const struct summary_row *row) {
    return row->project != NO_PROJECT && row->agency.len > 0 && data->projects[row->project].agency.len > 0 &&
           !text_equal(row->agency, data->projects[row->project].agency);
}

/* The line on which the details of the row's project name the agency; of a row without details its own. */
static struct text agency_line(struct check *check, const struct summary_row *row) {
    return check_line_text(
        check, row->project != NO_PROJECT ? places_line(check->places, row->project, "agency") : row->line);
}

static void check_agency(struct check *check, size_t index) {
    const struct dataset *data = check->data;
    const struct project *project = &data->projects[index];
    if (project->summary == SIZE_MAX || !agency_differs(data, &data->summary[project->summary]))
        return;
    const struct summary_row *row = &data->summary[project->summary];
    struct fault fault =
        check_fault(check, RULE_AGENCY_DIFFERS, index, TABLE_SUMMARY, 0, "agency", row->line);
    fault.observed = row->agency;
    fault.expected = project->agency;
    fault.arguments[0] = (struct fault_argument){"line", agency_line(check, row)};
    check_tell(check, &fault);
}

/* A project with its number, the last one above that has one. */
struct numbered {
    struct text strategy;
    uint64_t number; /* 0: none yet */
};

/* A project whose number comes before that of the project above it in the report. */
static void check_order(struct check *check, size_t index, struct numbered *last) {
    const struct project *project = &check->data->projects[index];
    if (project->parent != NO_PROJECT || text_find(project->number, TEXT("."), 0) != SIZE_MAX)
        return;
    uint64_t before = text_equal(last->strategy, project->strategy) ? last->number : 0;
    *last = (struct numbered){project->strategy, count_read(project->number)};
    if (last->number >= before || last->number == 0)
        return;
    struct fault fault = check_project_fault(check, RULE_PROJECT_OUT_OF_ORDER, index, "number");
    fault.observed = project->number;
    fault.expected = check_number_text(check, decimal_of((int64_t)before));
    check_tell(check, &fault);
}

/* The two titles of a project, which may differ in words, but not be those of two projects. */
static void check_title_alike(struct check *check, size_t index) {
    const struct dataset *data = check->data;
    const struct project *project = &data->projects[index];
    if (project->summary == SIZE_MAX)
        return;
    const struct summary_row *row = &data->summary[project->summary];
    struct letters title = {0};
    struct letters summary = {0};
    letters_of(&title, project->title);
    letters_of(&summary, row->title);
    int64_t least = rule_whole_threshold(check->rules, RULE_TITLE_DIFFERS, "percent");
    bool differ = title.count > 0 && summary.count > 0 && letters_similarity(&title, &summary) < (int)least;
    letters_free(&title);
    letters_free(&summary);
    if (!differ)
        return;
    struct fault fault = check_fault(check, RULE_TITLE_DIFFERS, index, TABLE_SUMMARY, 0, "title", row->line);
    fault.observed = row->title;
    fault.expected = project->title;
    fault.arguments[0] = (struct fault_argument){"line", check_line_text(check, project->line)};
    check_tell(check, &fault);
}

/* Two rows of a strategy's summary table with one number. */
static void check_summary_number(struct check *check, const struct summary_row *row, struct keyset *seen) {
    uint64_t first;
    if (text_equal(row->number, TEXT("-")) || keyset_add(seen, row->key, row->line, &first))
        return;
    struct fault fault =
        check_fault(check, RULE_SUMMARY_NUMBER_TWICE, NO_PROJECT, TABLE_SUMMARY, 0, "number", row->line);
    fault.key = row->key;
    fault.agency = row->agency;
    fault.observed = row->number;
    fault.expected = check_number_text(check, decimal_of((int64_t)first));
    check_tell(check, &fault);
}

/* The code of an agency against the text that it was read from, or overruled: the text may name another agency by
   its right name, or this one by a misprint, known or not. FAULT says where. */
static void check_calling(struct check *check, const struct callings *callings, struct text code,
                          struct text text, struct fault fault) {
    bool right = false;
    bool other = false;
    struct text misprint = {NULL, 0};
    if (code.len == 0 || text.len == 0 || callings->count == 0)
        return;
    for (size_t i = 0; i < callings->count; i++) {
        const struct calling *calling = &callings->items[i];
        if (!calling_stands_in(calling, text))
            continue;
        if (calling->garbled)
            misprint = misprint.len > 0 ? misprint : calling->name;
        else if (text_equal(calling->code, code))
            right = true;
        else
            other = true;
    }
    if (right && misprint.len == 0)
        misprint = callings_misprint(callings, code, text);
    if (right && misprint.len == 0)
        return;
    if (!right && other) {
        fault.rule = RULE_AGENCY_DIFFERS;
        fault.field = "agency";
        misprint = text;
    } else if (misprint.len == 0 && !callings_are_like(callings, code, text)) {
        return;
    }
    fault.observed = misprint.len > 0 ? misprint : text;
    fault.expected = code;
    check_tell(check, &fault);
}

static void check_callings(struct check *check, const struct callings *callings) {
    const struct dataset *data = check->data;
    for (size_t i = 0; i < data->project_count; i++) {
        const struct project *project = &data->projects[i];
        struct fault fault = check_project_fault(check, RULE_AGENCY_GARBLED, i, "agency_text");
        fault.arguments[0] = (struct fault_argument){"line", check_line_text(check, fault.line)};
        check_calling(check, callings, project->agency, project->agency_text, fault);
    }
    for (size_t i = 0; i < data->summary_count; i++) {
        const struct summary_row *row = &data->summary[i];
        if (agency_differs(data, row))
            continue; /* told already */
        struct fault fault =
            check_fault(check, RULE_AGENCY_GARBLED, NO_PROJECT, TABLE_SUMMARY, 0, "agency_text", row->line);
        fault.key = row->key;
        fault.agency = row->agency;
        fault.arguments[0] = (struct fault_argument){"line", agency_line(check, row)};
        check_calling(check, callings, row->agency, row->agency_text, fault);
    }
}

/* A sub-row's number has a point; its parent speaks for it when that is missing too. */
static bool parent_is_missing(const struct dataset *data, const struct summary_row *row) {
    size_t point = text_find(row->number, TEXT("."), 0);
    if (point == SIZE_MAX || row->key.len == 0)
        return false;
    size_t cut = row->key.len - (row->number.len - point);
    return dataset_project(data, (struct text){row->key.data, cut}) == NO_PROJECT;
}

static void check_details(struct check *check, const struct summary_row *row) {
    if (row->total || row->project != NO_PROJECT || parent_is_missing(check->data, row))
        return;
    struct fault fault =
        check_fault(check, RULE_DETAILS_MISSING, NO_PROJECT, TABLE_SUMMARY, 0, "number", row->line);
    fault.key = row->key;
    fault.agency = row->agency;
    fault.observed = row->title;
    check_tell(check, &fault);
}

void check_structure(struct check *check) {
    const struct dataset *data = check->data;
    struct numbered last = {0};
    for (size_t i = 0; i < data->project_count; i++) {
        const struct project *project = &data->projects[i];
        check_rows_of(check, i, TABLE_OBJECTIVES, &project->objective_count);
        check_rows_of(check, i, TABLE_KPIS, &project->kpi_count);
        check_rows_of(check, i, TABLE_RESULTS, &project->result_count);
        check_rows_of(check, i, TABLE_ACTIVITIES, &project->activity_count);
        check_number(check, i);
        check_order(check, i, &last);
        check_activities_stated(check, i);
        check_activities_reported(check, i);
        check_summary_row(check, i);
        check_agency(check, i);
        check_title_alike(check, i);
    }
    struct callings callings = {0};
    callings_read(&callings, check);
    check_callings(check, &callings);
    check_figures(check, &callings);
    callings_free(&callings);
    struct keyset *seen = keyset_new();
    for (size_t i = 0; i < data->summary_count; i++) {
        check_summary_number(check, &data->summary[i], seen);
        check_details(check, &data->summary[i]);
    }
    keyset_free(seen);
}
