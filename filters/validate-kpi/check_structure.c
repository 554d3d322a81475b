/* Rules on structure: what the tables count, state and name against what they list. */
#include <stdlib.h>

#include "check.h"
#include "check_rows.h"

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

/* The text may count all rows of the plan, or only those that have a period: the others are headings. */
static void check_activities_stated(struct check *check, size_t index) {
    const struct dataset *data = check->data;
    const struct project *project = &data->projects[index];
    struct span span = project->rows[TABLE_ACTIVITIES];
    if (data->tables[TABLE_ACTIVITIES] == NULL || project->activities_stated.kind != VALUE_NUMBER)
        return;
    int64_t dated = 0;
    int64_t plain = 0;
    for (size_t i = span.first; i < span.first + span.count; i++) {
        bool has_period = data->items[TABLE_ACTIVITIES][i].period.len > 0;
        dated += has_period;
        plain += !has_period;
    }
    int64_t stated = project->activities_stated.number.units;
    if (stated == dated || stated == dated + plain || (plain > 0 && stated == plain))
        return;
    struct fault fault =
        check_project_fault(check, RULE_ACTIVITIES_STATED_DIFFER, index, "activities_stated");
    fault.observed = project->activities_stated.text;
    fault.expected = check_number_text(check, decimal_of(dated + plain));
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
    if (project->summary != SIZE_MAX || !has_summary(check->data, project->strategy))
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

/* How agencies are called: a row of the profile's agencies.csv. */
struct calling {
    struct text code;
    struct text kind;
    struct text name;
};

struct callings {
    struct calling *items;
    size_t count;
    size_t cap;
};

static void read_callings(struct check *check, struct callings *callings) {
    char *path = profile_find(check->profile, "agencies.csv");
    if (path == NULL)
        return;
    free(path);
    struct table_reader *reader = profile_table(check->profile, "agencies.csv");
    size_t code = table_require_column(reader, "code");
    size_t kind = table_require_column(reader, "kind");
    size_t name = table_require_column(reader, "name");
    struct table_row row;
    while (table_read(reader, &row)) {
        callings->items =
            memory_reserve(callings->items, &callings->cap, callings->count + 1, sizeof *callings->items);
        callings->items[callings->count++] = (struct calling){
            arena_copy(&check->arena, row.fields[code]),
            arena_copy(&check->arena, row.fields[kind]),
            arena_copy(&check->arena, row.fields[name]),
        };
    }
    table_close(reader);
}

/* Whether NAME stands in TEXT, not as the tail of a longer word. */
static bool is_called(struct text text, struct text name) {
    for (size_t at = 0; name.len > 0 && (at = text_find(text, name, at)) != SIZE_MAX; at++) {
        if (at == 0 || (unsigned char)text.data[at - 1] < 0x80)
            return true;
    }
    return false;
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
        if (!is_called(text, calling->name))
            continue;
        if (text_equal(calling->kind, TEXT("garbled")))
            misprint = misprint.len > 0 ? misprint : calling->name;
        else if (text_equal(calling->code, code))
            right = true;
        else
            other = true;
    }
    if (right && misprint.len == 0)
        return;
    if (!right && other) {
        fault.rule = RULE_AGENCY_DIFFERS;
        fault.field = "agency";
        misprint = text;
    }
    fault.observed = misprint.len > 0 ? misprint : text;
    fault.expected = code;
    check_tell(check, &fault);
}

static void check_callings(struct check *check) {
    const struct dataset *data = check->data;
    struct callings callings = {0};
    read_callings(check, &callings);
    for (size_t i = 0; i < data->project_count; i++) {
        const struct project *project = &data->projects[i];
        struct fault fault = check_project_fault(check, RULE_AGENCY_GARBLED, i, "agency_text");
        check_calling(check, &callings, project->agency, project->agency_text, fault);
    }
    for (size_t i = 0; i < data->summary_count; i++) {
        const struct summary_row *row = &data->summary[i];
        if (agency_differs(data, row))
            continue; /* told already */
        struct fault fault =
            check_fault(check, RULE_AGENCY_GARBLED, NO_PROJECT, TABLE_SUMMARY, 0, "agency_text", row->line);
        fault.key = row->key;
        fault.agency = row->agency;
        check_calling(check, &callings, row->agency, row->agency_text, fault);
    }
    free(callings.items);
}

/* A sub-row's number has a point; its parent speaks for it when that is missing too. */
static bool parent_is_missing(const struct dataset *data, const struct summary_row *row) {
    size_t point = text_find(row->number, TEXT("."), 0);
    if (point == SIZE_MAX)
        return false;
    size_t cut = row->key.len - (row->number.len - point);
    return dataset_project(data, (struct text){row->key.data, cut}) == NO_PROJECT;
}

static void check_details(struct check *check, const struct summary_row *row) {
    if (row->total || row->project != NO_PROJECT || text_equal(row->number, TEXT("-")) ||
        parent_is_missing(check->data, row))
        return;
    struct fault fault =
        check_fault(check, RULE_DETAILS_MISSING, NO_PROJECT, TABLE_SUMMARY, 0, "number", row->line);
    fault.key = row->key;
    fault.agency = row->agency;
    fault.observed = row->title;
    check_tell(check, &fault);
}

/* The projects that a declared figure is about: how many, and their mean. */
struct figure {
    int64_t count;
    bool known; /* there is a mean */
    struct decimal mean;
};

/* Digits behind the point of a mean that goes into another one. */
#define MEAN_DIGITS 8

static bool is_counted(const struct dataset *data, const struct summary_row *row, struct text strategy,
                       struct text agency, bool by_details) {
    struct text owner = row->agency;
    if (by_details && row->project != NO_PROJECT)
        owner = data->projects[row->project].agency;
    return !row->total && text_find(row->number, TEXT("."), 0) == SIZE_MAX &&
           !text_equal(row->number, TEXT("-")) &&
           (strategy.len == 0 || text_equal(row->strategy, strategy)) &&
           (agency.len == 0 || text_equal(owner, agency));
}

/* Numbered projects of the summary tables, a strategy's or an agency's where one is named; whose a project is, is
   read from its summary row or from its details. A progress that is no number counts as 0. */
static struct figure figure_of(const struct dataset *data, struct text strategy, struct text agency,
                               bool by_details) {
    struct figure figure = {0, true, {0, 0}};
    struct decimal sum = decimal_of(0);
    for (size_t i = 0; i < data->summary_count; i++) {
        const struct summary_row *row = &data->summary[i];
        if (!is_counted(data, row, strategy, agency, by_details))
            continue;
        figure.count++;
        if (row->progress.kind == VALUE_NUMBER)
            figure.known = figure.known && decimal_add(sum, row->progress.number, &sum);
    }
    figure.known = figure.known && decimal_divide(sum, decimal_of(figure.count), MEAN_DIGITS, &figure.mean);
    return figure;
}

/* The ministry's mean is the mean of its strategies' means. */
static struct figure ministry_figure(const struct dataset *data) {
    struct text none = {NULL, 0};
    struct figure figure = figure_of(data, none, none, false);
    struct decimal sum = decimal_of(0);
    int64_t strategies = 0;
    for (size_t i = 0; i < data->summary_count; i++) {
        struct text strategy = data->summary[i].strategy;
        bool first = true;
        for (size_t j = 0; j < i && first; j++)
            first = !text_equal(data->summary[j].strategy, strategy);
        if (!first)
            continue;
        struct figure part = figure_of(data, strategy, none, false);
        figure.known = figure.known && part.known && decimal_add(sum, part.mean, &sum);
        strategies++;
    }
    figure.known = figure.known && decimal_divide(sum, decimal_of(strategies), MEAN_DIGITS, &figure.mean);
    return figure;
}

static void tell_declared(struct check *check, const struct declared_row *declared, enum rule rule,
                          const char *field, struct text observed, struct text expected) {
    static const char *const ministry[] = {"the ministry (กระทรวง) ", "กระทรวง "};
    static const char *const strategy[] = {"strategy (ยุทธศาสตร์) ", "ยุทธศาสตร์ที่ "};
    static const char *const agency[] = {"the agency (หน่วยงาน) ", "หน่วยงาน "};
    bool of_strategy = text_equal(declared->scope, TEXT("strategy"));
    bool of_agency = text_equal(declared->scope, TEXT("agency"));
    struct buffer name = {0};
    struct buffer key = {0};
    buffer_printf(&name, "%s%.*s",
                  (of_strategy ? strategy
                   : of_agency ? agency
                               : ministry)[check->language],
                  (int)declared->name.len, declared->name.data);
    if (of_strategy)
        append_summary_key(&key, declared->name, TEXT(""));
    struct fault fault = check_fault(check, rule, NO_PROJECT, TABLE_DECLARED, 0, field, declared->line);
    fault.key = buffer_text(&key);
    if (of_agency)
        fault.agency = declared->name;
    fault.observed = observed;
    fault.expected = expected;
    fault.arguments[0] = (struct fault_argument){"name", buffer_text(&name)};
    check_tell(check, &fault);
    buffer_free(&name);
    buffer_free(&key);
}

static bool is_near(const struct figure *figure, struct decimal stated, struct decimal tolerance) {
    struct decimal difference;
    if (!figure->known || !decimal_subtract(decimal_round(figure->mean, 2), stated, &difference))
        return false;
    if (difference.units < 0)
        difference.units = -difference.units;
    return decimal_compare(difference, tolerance) <= 0;
}

/* A declared count and mean against the summary tables. An agency's projects may be counted either way. */
static void check_declared(struct check *check, const struct declared_row *declared) {
    const struct dataset *data = check->data;
    struct text none = {NULL, 0};
    struct figure summary;
    struct figure details;
    if (text_equal(declared->scope, TEXT("strategy"))) {
        summary = details = figure_of(data, declared->name, none, false);
    } else if (text_equal(declared->scope, TEXT("agency"))) {
        summary = figure_of(data, none, declared->name, false);
        details = figure_of(data, none, declared->name, true);
    } else {
        summary = details = ministry_figure(data);
    }
    struct decimal stated = declared->count.number;
    if (declared->count.kind == VALUE_NUMBER && decimal_compare(stated, decimal_of(summary.count)) != 0 &&
        decimal_compare(stated, decimal_of(details.count)) != 0)
        tell_declared(check, declared, RULE_PROJECTS_STATED, "count", declared->count.text,
                      check_number_text(check, decimal_of(summary.count)));
    struct decimal tolerance = rule_threshold(check->rules, RULE_MEAN_STATED, "percent");
    struct decimal mean = declared->progress.number;
    if (declared->progress.kind == VALUE_NUMBER && summary.known && !is_near(&summary, mean, tolerance) &&
        !is_near(&details, mean, tolerance))
        tell_declared(check, declared, RULE_MEAN_STATED, "progress", declared->progress.text,
                      check_number_text(check, decimal_round(summary.mean, 2)));
}

void check_structure(struct check *check) {
    const struct dataset *data = check->data;
    for (size_t i = 0; i < data->project_count; i++) {
        const struct project *project = &data->projects[i];
        check_rows_of(check, i, TABLE_OBJECTIVES, &project->objective_count);
        check_rows_of(check, i, TABLE_KPIS, &project->kpi_count);
        check_rows_of(check, i, TABLE_RESULTS, &project->result_count);
        check_rows_of(check, i, TABLE_ACTIVITIES, &project->activity_count);
        check_number(check, i);
        check_activities_stated(check, i);
        check_summary_row(check, i);
        check_agency(check, i);
    }
    check_callings(check);
    struct keyset *seen = keyset_new();
    for (size_t i = 0; i < data->summary_count; i++) {
        check_summary_number(check, &data->summary[i], seen);
        check_details(check, &data->summary[i]);
    }
    keyset_free(seen);
    for (size_t i = 0; i < data->declared_count && data->summary_count > 0; i++)
        check_declared(check, &data->declared[i]);
}
