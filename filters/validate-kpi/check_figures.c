/* Rules on declared figures: counts and means that the report states itself, against the rows of its summary tables. */
#include <stdlib.h>

#include "callings.h"
#include "check_rows.h"

/* The projects that a declared figure is about: how many, and their mean. */
struct figure {
    int64_t count;
    bool known; /* there is a mean */
    struct decimal mean;
};

/* Digits behind the point of a mean that goes into another one. */
#define MEAN_DIGITS 8

static bool is_counted(const struct summary_row *row, struct text owner, struct text strategy,
                       struct text agency) {
    return !row->total && text_find(row->number, TEXT("."), 0) == SIZE_MAX &&
           !text_equal(row->number, TEXT("-")) &&
           (strategy.len == 0 || text_equal(row->strategy, strategy)) &&
           (agency.len == 0 || text_equal(owner, agency));
}

/* Numbered projects of the summary tables, a strategy's or an agency's where one is named; OWNERS says of each row
   whose it is (NULL: as the table has it). A dash for a progress counts as 0 in the mean, as it does in the ministry's
   own; what is blank or text does not count there. */
static struct figure figure_of(const struct dataset *data, struct text strategy, struct text agency,
                               const struct text *owners) {
    struct figure figure = {0, true, {0, 0}};
    struct decimal sum = decimal_of(0);
    int64_t measured = 0;
    for (size_t i = 0; i < data->summary_count; i++) {
        const struct summary_row *row = &data->summary[i];
        if (!is_counted(row, owners != NULL ? owners[i] : row->agency, strategy, agency))
            continue;
        figure.count++;
        measured += row->progress.kind == VALUE_NUMBER || row->progress.kind == VALUE_DASH;
        if (row->progress.kind == VALUE_NUMBER)
            figure.known = figure.known && decimal_add(sum, row->progress.number, &sum);
    }
    figure.known =
        figure.known && measured > 0 && decimal_divide(sum, decimal_of(measured), MEAN_DIGITS, &figure.mean);
    return figure;
}

/* The ministry's mean is the mean of the means of its strategies, those that have one. */
static struct figure ministry_figure(const struct dataset *data) {
    struct text none = {NULL, 0};
    struct figure figure = figure_of(data, none, none, NULL);
    struct decimal sum = decimal_of(0);
    int64_t strategies = 0;
    for (size_t i = 0; i < data->summary_count; i++) {
        struct text strategy = data->summary[i].strategy;
        bool first = true;
        for (size_t j = 0; j < i && first; j++)
            first = !text_equal(data->summary[j].strategy, strategy);
        if (!first)
            continue;
        struct figure part = figure_of(data, strategy, none, NULL);
        if (!part.known)
            continue;
        figure.known = figure.known && decimal_add(sum, part.mean, &sum);
        strategies++;
    }
    figure.known = figure.known && strategies > 0 &&
                   decimal_divide(sum, decimal_of(strategies), MEAN_DIGITS, &figure.mean);
    return figure;
}

static void tell_declared(struct check *check, enum table table, const struct declared_row *declared,
                          enum rule rule, const char *field, struct text observed, struct text expected) {
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
    struct fault fault = check_fault(check, rule, NO_PROJECT, table, 0, field, declared->line);
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

/* Whose each row of the summary tables is: as the table has it, as the details have it, as the row's own text has
   it. */
struct owners {
    struct text *summary;
    struct text *details;
    struct text *printed;
};

static struct text printed_owner(const struct callings *callings, const struct summary_row *row) {
    for (size_t i = 0; i < callings->count; i++) {
        const struct calling *calling = &callings->items[i];
        if (!calling->garbled && calling_stands_in(calling, row->agency_text))
            return calling->code;
    }
    return row->agency;
}

static struct owners find_owners(const struct dataset *data, const struct callings *callings) {
    struct owners owners = {memory_zeroed(data->summary_count, sizeof(struct text)),
                            memory_zeroed(data->summary_count, sizeof(struct text)),
                            memory_zeroed(data->summary_count, sizeof(struct text))};
    for (size_t i = 0; i < data->summary_count; i++) {
        const struct summary_row *row = &data->summary[i];
        owners.summary[i] = row->agency;
        owners.details[i] =
            row->project != NO_PROJECT ? data->projects[row->project].agency : owners.summary[i];
        owners.printed[i] = printed_owner(callings, row);
    }
    return owners;
}

static void free_owners(struct owners *owners) {
    free(owners->summary);
    free(owners->details);
    free(owners->printed);
}

/* What a declared row has right, as far as it states it. */
struct verdict {
    bool count;
    bool mean;
};

static struct verdict judge(const struct declared_row *declared, const struct figure *figure,
                            struct decimal tolerance) {
    return (struct verdict){
        declared->count.kind != VALUE_NUMBER ||
            decimal_compare(declared->count.number, decimal_of(figure->count)) == 0,
        declared->progress.kind != VALUE_NUMBER || is_near(figure, declared->progress.number, tolerance),
    };
}

/* Whether count and mean are right together when one row that two agencies are named for is the other one's: that
   row's agency is told of, and the declared figures are not at fault. */
static bool is_right_but_for_one(const struct dataset *data, const struct declared_row *declared,
                                 const struct owners *owners, struct decimal tolerance) {
    struct text none = {NULL, 0};
    bool right = false;
    for (size_t i = 0; i < data->summary_count && !right; i++) {
        struct text details = owners->details[i];
        struct text printed = owners->printed[i];
        bool concerned = text_equal(details, declared->name) || text_equal(printed, declared->name);
        if (!concerned || text_equal(details, printed))
            continue;
        owners->details[i] = printed;
        struct figure figure = figure_of(data, none, declared->name, owners->details);
        struct verdict verdict = judge(declared, &figure, tolerance);
        right = verdict.count && verdict.mean;
        owners->details[i] = details;
    }
    return right;
}

static struct verdict judge_agency(const struct dataset *data, const struct declared_row *declared,
                                   const struct owners *owners, struct decimal tolerance) {
    struct text none = {NULL, 0};
    const struct text *const readings[] = {owners->summary, owners->details, owners->printed};
    struct verdict verdict = {false, false};
    for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) {
        struct figure figure = figure_of(data, none, declared->name, readings[i]);
        struct verdict here = judge(declared, &figure, tolerance);
        verdict.count |= here.count;
        verdict.mean |= here.mean;
    }
    if ((!verdict.count || !verdict.mean) && is_right_but_for_one(data, declared, owners, tolerance))
        return (struct verdict){true, true};
    return verdict;
}

/* A declared count and mean against the summary tables. An agency's projects may be counted in several ways. */
static void check_declared(struct check *check, const struct declared_row *declared, enum table table,
                           const struct owners *owners) {
    const struct dataset *data = check->data;
    struct text none = {NULL, 0};
    struct decimal tolerance = rule_threshold(check->rules, RULE_MEAN_STATED, "percent");
    bool of_agency = text_equal(declared->scope, TEXT("agency"));
    struct figure figure = of_agency ? figure_of(data, none, declared->name, NULL)
                           : text_equal(declared->scope, TEXT("strategy"))
                               ? figure_of(data, declared->name, none, NULL)
                               : ministry_figure(data);
    struct verdict verdict =
        of_agency ? judge_agency(data, declared, owners, tolerance) : judge(declared, &figure, tolerance);
    if (!verdict.count)
        tell_declared(check, table, declared, RULE_PROJECTS_STATED, "count", declared->count.text,
                      check_number_text(check, decimal_of(figure.count)));
    if (!verdict.mean && figure.known)
        tell_declared(check, table, declared, RULE_MEAN_STATED, "progress", declared->progress.text,
                      check_number_text(check, decimal_round(figure.mean, 2)));
}

/* The last row of a summary table states the mean of those above it. */
static void check_total(struct check *check, const struct summary_row *row, const struct owners *owners) {
    struct declared_row stated = {
        .scope = TEXT("strategy"), .name = row->strategy, .progress = row->progress, .line = row->line};
    check_declared(check, &stated, TABLE_SUMMARY, owners);
}

void check_figures(struct check *check, const struct callings *callings) {
    const struct dataset *data = check->data;
    struct owners owners = find_owners(data, callings);
    for (size_t i = 0; i < data->declared_count && data->summary_count > 0; i++)
        check_declared(check, &data->declared[i], TABLE_DECLARED, &owners);
    for (size_t i = 0; i < data->summary_count; i++) {
        if (data->summary[i].total)
            check_total(check, &data->summary[i], &owners);
    }
    free_owners(&owners);
}
