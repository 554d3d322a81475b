/* The rules of validation; see rules.h. */
#include "rules.h"

#include <stdlib.h>
#include <string.h>

#include "table.h"

static const char *const names[RULE_COUNT] = {
    [RULE_COLUMN_MISSING] = "column-missing",
    [RULE_VALUE_MISSING] = "value-missing",
    [RULE_WRONG_TYPE] = "wrong-type",
    [RULE_WRONG_FORM] = "wrong-form",
    [RULE_WRONG_LENGTH] = "wrong-length",
    [RULE_UNKNOWN_VALUE] = "unknown-value",
    [RULE_UNKNOWN_CODE] = "unknown-code",
    [RULE_OUT_OF_RANGE] = "out-of-range",
    [RULE_NOT_A_NUMBER] = "not-a-number",
    [RULE_NOT_A_DATE] = "not-a-date",
    [RULE_IMPOSSIBLE_DATE] = "impossible-date",
    [RULE_DUPLICATE_KEY] = "duplicate-key",
    [RULE_TABLE_MISSING] = "table-missing",
    [RULE_UNKNOWN_REFERENCE] = "unknown-reference",
    [RULE_ROWS_DIFFER] = "rows-differ",
    [RULE_END_BEFORE_START] = "end-before-start",
    [RULE_PART_ENDS_BEFORE_START] = "part-ends-before-start",
    [RULE_LENGTH_DIFFERS] = "length-differs",
    [RULE_ACTIVITY_OUTSIDE_PROJECT] = "activity-outside-project",
    [RULE_PROJECT_OUTSIDE_YEAR] = "project-outside-year",
    [RULE_YEAR_FAR_FROM_REPORT] = "year-far-from-report",
    [RULE_CONTRACT_ABOVE_ALLOCATION] = "contract-above-allocation",
    [RULE_CONTRACT_ABOVE_YEAR] = "contract-above-year",
    [RULE_DISBURSED_ABOVE_CONTRACT] = "disbursed-above-contract",
    [RULE_DISBURSED_ABOVE_ALLOCATION] = "disbursed-above-allocation",
    [RULE_DISBURSED_ABOVE_YEAR] = "disbursed-above-year",
    [RULE_UNIT_IN_DOUBT] = "unit-in-doubt",
    [RULE_YEARLY_AMOUNTS_DIFFER] = "yearly-amounts-differ",
    [RULE_AMOUNT_IN_WORDS_DIFFERS] = "amount-in-words-differs",
    [RULE_PROGRESS_DIFFERS] = "progress-differs",
    [RULE_TOTAL_AGAINST_YEAR] = "total-against-year",
    [RULE_COMPLETE_WITHOUT_RESULT] = "complete-without-result",
    [RULE_PROGRESS_BEFORE_START] = "progress-before-start",
    [RULE_PARENT_MEAN_DIFFERS] = "parent-mean-differs",
    [RULE_KPI_WITHOUT_RESULT] = "kpi-without-result",
    [RULE_RESULT_WITHOUT_KPI] = "result-without-kpi",
    [RULE_RESULTS_MISSING] = "results-missing",
    [RULE_KPIS_MISSING] = "kpis-missing",
    [RULE_RESULT_TWICE] = "result-twice",
    [RULE_TARGET_DIFFERS] = "target-differs",
    [RULE_TARGET_BLANK] = "target-blank",
    [RULE_YEARS_DIFFER] = "years-differ",
    [RULE_KPI_YEARS_DIFFER] = "kpi-years-differ",
    [RULE_YEAR_MISSING] = "year-missing",
    [RULE_YEARS_APART] = "years-apart",
    [RULE_UNIT_DIFFERS] = "unit-differs",
    [RULE_UNIT_MISSPELT] = "unit-misspelt",
    [RULE_UNIT_MISSING] = "unit-missing",
    [RULE_PERCENT_IN_DOUBT] = "percent-in-doubt",
    [RULE_TARGET_MISSED] = "target-missed",
    [RULE_RESULT_BLANK] = "result-blank",
    [RULE_TARGET_WITHOUT_NUMBER] = "target-without-number",
    [RULE_TARGET_WITHOUT_UNIT] = "target-without-unit",
    [RULE_KPI_TWICE] = "kpi-twice",
    [RULE_KPI_WEIGHT] = "kpi-weight",
    [RULE_TEXT_IN_TWO_PROJECTS] = "text-in-two-projects",
    [RULE_TEXT_OF_ANOTHER_PROJECT] = "text-of-another-project",
    [RULE_SECTION_MISSING] = "section-missing",
    [RULE_SECTION_TWICE] = "section-twice",
    [RULE_SECTION_BLANK] = "section-blank",
    [RULE_SECTION_OUT_OF_ORDER] = "section-out-of-order",
    [RULE_NUMBER_MISPRINTED] = "number-misprinted",
    [RULE_NUMBER_MISSING] = "number-missing",
    [RULE_ROW_MISNUMBERED] = "row-misnumbered",
    [RULE_ROW_UNNUMBERED] = "row-unnumbered",
    [RULE_ROW_TWICE] = "row-twice",
    [RULE_PROJECT_OUT_OF_ORDER] = "project-out-of-order",
    [RULE_TITLE_DIFFERS] = "title-differs",
    [RULE_ACTIVITIES_STATED_DIFFER] = "activities-stated-differ",
    [RULE_ACTIVITIES_REPORTED_DIFFER] = "activities-reported-differ",
    [RULE_ACTIVITY_BLANK] = "activity-blank",
    [RULE_PERIOD_BLANK] = "period-blank",
    [RULE_CELLS_EXCHANGED] = "cells-exchanged",
    [RULE_DETAILS_MISSING] = "details-missing",
    [RULE_SUMMARY_NUMBER_TWICE] = "summary-number-twice",
    [RULE_SUMMARY_ROW_MISSING] = "summary-row-missing",
    [RULE_AGENCY_DIFFERS] = "agency-differs",
    [RULE_AGENCY_GARBLED] = "agency-garbled",
    [RULE_PROJECTS_STATED] = "projects-stated",
    [RULE_MEAN_STATED] = "mean-stated",
    [RULE_FOREIGN_LETTERS] = "foreign-letters",
    [RULE_REPLACEMENT_CHARACTER] = "replacement-character",
    [RULE_UNBALANCED_MARKS] = "unbalanced-marks",
    [RULE_CUT_WORD] = "cut-word",
    [RULE_FINDINGS_NOT_LISTED] = "findings-not-listed",
};

enum column { RULE, STATE, SEVERITY, THRESHOLDS, PATTERN, MESSAGE, MESSAGE_TH, COLUMN_COUNT };

static const char *const columns[COLUMN_COUNT] = {"rule",    "state",   "severity",  "thresholds",
                                                  "pattern", "message", "message_th"};

struct entry {
    bool known; /* rules.csv has it */
    bool on;
    enum severity severity;
    char *thresholds;
    char *pattern_text; /* NULL: none */
    struct pattern *pattern;
    char *messages[LANGUAGE_COUNT];
    char *file; /* where it stands */
    uint64_t line;
};

struct rules {
    struct entry entries[RULE_COUNT];
};

static enum rule find_rule(struct text name, const char *file, uint64_t line) {
    for (int rule = 0; rule < RULE_COUNT; rule++) {
        if (text_equal(text_of(names[rule]), name))
            return (enum rule)rule;
    }
    die_at(file, line, "there is no rule '%.*s'", (int)name.len, name.data);
}

static void set_state(struct entry *entry, struct text state, const char *file, uint64_t line) {
    entry->on = text_equal(state, TEXT("on"));
    if (!entry->on && !text_equal(state, TEXT("off")))
        die_at(file, line, "state: expected on or off, not '%.*s'", (int)state.len, state.data);
}

static void set_severity(struct entry *entry, struct text severity, const char *file, uint64_t line) {
    for (int i = SEVERITY_NOTE; i <= SEVERITY_ERROR; i++) {
        if (text_equal(text_of(severity_name((enum severity)i)), severity)) {
            entry->severity = (enum severity)i;
            return;
        }
    }
    die_at(file, line, "severity: expected error, warning or note, not '%.*s'", (int)severity.len,
           severity.data);
}

static void replace(char **string, struct text text) {
    free(*string);
    *string = text_copy(text);
}

/* Takes a row's values; an empty one changes nothing. */
static void take_row(struct entry *entry, const struct text *values, const char *file, uint64_t line) {
    if (values[STATE].len > 0)
        set_state(entry, values[STATE], file, line);
    if (values[SEVERITY].len > 0)
        set_severity(entry, values[SEVERITY], file, line);
    if (values[THRESHOLDS].len > 0)
        replace(&entry->thresholds, values[THRESHOLDS]);
    if (values[PATTERN].len > 0)
        replace(&entry->pattern_text, values[PATTERN]);
    if (values[MESSAGE].len > 0)
        replace(&entry->messages[LANGUAGE_EN], values[MESSAGE]);
    if (values[MESSAGE_TH].len > 0)
        replace(&entry->messages[LANGUAGE_TH], values[MESSAGE_TH]);
    replace(&entry->file, text_of(file));
    entry->line = line;
}

static void read_rows(struct rules *rules, struct profile *profile, const char *name, bool changes) {
    struct table_reader *reader = profile_table(profile, name);
    size_t places[COLUMN_COUNT];
    for (int i = 0; i < COLUMN_COUNT; i++)
        places[i] = table_require_column(reader, columns[i]);
    bool seen[RULE_COUNT] = {false};
    struct table_row row;
    while (table_read(reader, &row)) {
        struct text values[COLUMN_COUNT];
        for (int i = 0; i < COLUMN_COUNT; i++) {
            values[i] = row.fields[places[i]];
            if (!changes && values[i].len == 0 && i != THRESHOLDS && i != PATTERN)
                die_at(table_name(reader), row.line, "the column '%s' is empty", columns[i]);
        }
        enum rule rule = find_rule(values[RULE], table_name(reader), row.line);
        if (seen[rule])
            die_at(table_name(reader), row.line, "the rule '%s' stands here twice", names[rule]);
        seen[rule] = true;
        rules->entries[rule].known = true;
        take_row(&rules->entries[rule], values, table_name(reader), row.line);
    }
    for (int rule = 0; rule < RULE_COUNT; rule++) {
        if (!rules->entries[rule].known)
            die_at(table_name(reader), 0, "the rule '%s' is missing", names[rule]);
    }
    table_close(reader);
}

struct rules *rules_open(struct profile *profile) {
    struct rules *rules = memory_zeroed(1, sizeof *rules);
    read_rows(rules, profile, "rules.csv", false);
    char *changes = profile_find(profile, "rule-changes.csv");
    if (changes != NULL)
        read_rows(rules, profile, "rule-changes.csv", true);
    free(changes);
    return rules;
}

const char *rule_name(enum rule rule) {
    return names[rule];
}

bool rule_is_on(const struct rules *rules, enum rule rule) {
    return rules->entries[rule].on;
}

enum severity rule_severity(const struct rules *rules, enum rule rule) {
    return rules->entries[rule].severity;
}

const char *rule_message(const struct rules *rules, enum rule rule, enum language language) {
    return rules->entries[rule].messages[language];
}

struct decimal rule_threshold(const struct rules *rules, enum rule rule, const char *name) {
    const struct entry *entry = &rules->entries[rule];
    struct text rest = text_of(entry->thresholds);
    struct text piece;
    while (text_next_piece(&rest, ' ', &piece)) {
        size_t equals = text_find(piece, TEXT("="), 0);
        struct decimal value;
        if (piece.len == 0)
            continue;
        if (equals == SIZE_MAX || !decimal_parse(text_skip(piece, equals + 1), &value))
            die_at(entry->file, entry->line, "thresholds: expected name=number, not '%.*s'", (int)piece.len,
                   piece.data);
        if (text_equal((struct text){piece.data, equals}, text_of(name)))
            return value;
    }
    die_at(entry->file, entry->line, "thresholds: '%s' is missing", name);
}

int64_t rule_whole_threshold(const struct rules *rules, enum rule rule, const char *name) {
    struct decimal value = rule_threshold(rules, rule, name);
    if (value.scale > 0)
        die_at(rules->entries[rule].file, rules->entries[rule].line,
               "thresholds: expected a whole number as '%s'", name);
    return value.units;
}

const struct pattern *rule_pattern(struct rules *rules, enum rule rule) {
    struct entry *entry = &rules->entries[rule];
    if (entry->pattern_text == NULL)
        die_at(entry->file, entry->line, "the rule '%s' needs a pattern", names[rule]);
    if (entry->pattern == NULL)
        entry->pattern = pattern_compile(text_of(entry->pattern_text), entry->file, entry->line);
    return entry->pattern;
}

void rules_free(struct rules *rules) {
    for (int rule = 0; rule < RULE_COUNT; rule++) {
        struct entry *entry = &rules->entries[rule];
        free(entry->thresholds);
        free(entry->pattern_text);
        if (entry->pattern != NULL)
            pattern_free(entry->pattern);
        for (int i = 0; i < LANGUAGE_COUNT; i++)
            free(entry->messages[i]);
        free(entry->file);
    }
    free(rules);
}
