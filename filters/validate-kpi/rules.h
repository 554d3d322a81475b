/*
 * The rules of validation: which there are, and what the profile says of each.
 *
 * The profile's rules.csv has the columns rule,state,severity,thresholds,pattern,message,message_th with one row
 * for every rule below. A profile may have rule-changes.csv with the same columns besides: a row there changes
 * what it does not leave empty. `state` is on or off; `thresholds` holds name=number pairs, separated by blanks;
 * `pattern` is for rules that look for words; in the messages {name} stands for a value of the finding.
 */
#ifndef RULES_H
#define RULES_H

#include "buffer.h"
#include "decimal.h"
#include "diagnostics.h"
#include "pattern.h"
#include "profile.h"

enum rule {
    /* One table against its schema. */
    RULE_COLUMN_MISSING,
    RULE_VALUE_MISSING,
    RULE_WRONG_TYPE,
    RULE_WRONG_FORM,
    RULE_WRONG_LENGTH,
    RULE_UNKNOWN_VALUE,
    RULE_UNKNOWN_CODE,
    RULE_OUT_OF_RANGE,
    RULE_NOT_A_NUMBER,
    RULE_NOT_A_DATE,
    RULE_IMPOSSIBLE_DATE,
    RULE_DUPLICATE_KEY,
    /* Tables against each other. */
    RULE_TABLE_MISSING,
    RULE_UNKNOWN_REFERENCE,
    RULE_ROWS_DIFFER,
    /* Dates. */
    RULE_END_BEFORE_START,
    RULE_PART_ENDS_BEFORE_START,
    RULE_LENGTH_DIFFERS,
    RULE_ACTIVITY_OUTSIDE_PROJECT,
    RULE_PROJECT_OUTSIDE_YEAR,
    RULE_YEAR_FAR_FROM_REPORT,
    /* Money. */
    RULE_CONTRACT_ABOVE_ALLOCATION,
    RULE_CONTRACT_ABOVE_YEAR,
    RULE_DISBURSED_ABOVE_CONTRACT,
    RULE_DISBURSED_ABOVE_ALLOCATION,
    RULE_DISBURSED_ABOVE_YEAR,
    RULE_UNIT_IN_DOUBT,
    RULE_YEARLY_AMOUNTS_DIFFER,
    RULE_AMOUNT_IN_WORDS_DIFFERS,
    /* Progress. */
    RULE_PROGRESS_DIFFERS,
    RULE_TOTAL_AGAINST_YEAR,
    RULE_COMPLETE_WITHOUT_RESULT,
    RULE_PROGRESS_BEFORE_START,
    RULE_PARENT_MEAN_DIFFERS,
    /* KPIs. */
    RULE_KPI_WITHOUT_RESULT,
    RULE_RESULT_WITHOUT_KPI,
    RULE_RESULTS_MISSING,
    RULE_KPIS_MISSING,
    RULE_RESULT_TWICE,
    RULE_TARGET_DIFFERS,
    RULE_TARGET_BLANK,
    RULE_YEARS_DIFFER,
    RULE_KPI_YEARS_DIFFER,
    RULE_YEAR_MISSING,
    RULE_YEARS_APART,
    RULE_UNIT_DIFFERS,
    RULE_UNIT_MISSPELT,
    RULE_UNIT_MISSING,
    RULE_PERCENT_IN_DOUBT,
    RULE_TARGET_MISSED,
    RULE_RESULT_BLANK,
    RULE_TARGET_WITHOUT_NUMBER,
    RULE_TARGET_WITHOUT_UNIT,
    RULE_KPI_TWICE,
    RULE_KPI_WEIGHT,
    RULE_TEXT_OF_ANOTHER_PROJECT,
    RULE_TEXT_IN_TWO_PROJECTS,
    /* Structure. */
    RULE_SECTION_MISSING,
    RULE_SECTION_TWICE,
    RULE_SECTION_BLANK,
    RULE_SECTION_OUT_OF_ORDER,
    RULE_NUMBER_MISPRINTED,
    RULE_NUMBER_MISSING,
    RULE_PROJECT_OUT_OF_ORDER,
    RULE_TITLE_DIFFERS,
    RULE_ACTIVITIES_STATED_DIFFER,
    RULE_ACTIVITIES_REPORTED_DIFFER,
    RULE_ACTIVITY_BLANK,
    RULE_PERIOD_BLANK,
    RULE_CELLS_EXCHANGED,
    RULE_ROW_MISNUMBERED,
    RULE_ROW_UNNUMBERED,
    RULE_ROW_TWICE,
    RULE_DETAILS_MISSING,
    RULE_SUMMARY_ROW_MISSING,
    RULE_SUMMARY_NUMBER_TWICE,
    RULE_AGENCY_DIFFERS,
    RULE_AGENCY_GARBLED,
    RULE_PROJECTS_STATED,
    RULE_MEAN_STATED,
    /* Text. */
    RULE_FOREIGN_LETTERS,
    RULE_REPLACEMENT_CHARACTER,
    RULE_UNBALANCED_MARKS,
    RULE_CUT_WORD,
    /* About the list of findings itself. */
    RULE_FINDINGS_NOT_LISTED,
    RULE_COUNT,
};

enum language { LANGUAGE_EN, LANGUAGE_TH, LANGUAGE_COUNT };

struct rules;

/* Reads the profile's rules; what is wrong in them is status 2 with file and line. The caller frees. */
struct rules *rules_open(struct profile *profile);

/* The rule's name as in findings.csv; lives for ever. */
const char *rule_name(enum rule rule);

bool rule_is_on(const struct rules *rules, enum rule rule);
enum severity rule_severity(const struct rules *rules, enum rule rule);

/* Lives as long as the rules. */
const char *rule_message(const struct rules *rules, enum rule rule, enum language language);

/* The threshold NAME of a rule; dies when rules.csv has none. */
struct decimal rule_threshold(const struct rules *rules, enum rule rule, const char *name);

/* The same, as a whole number. */
int64_t rule_whole_threshold(const struct rules *rules, enum rule rule, const char *name);

/* The rule's pattern, compiled; dies when rules.csv has none. Lives as long as the rules. */
const struct pattern *rule_pattern(struct rules *rules, enum rule rule);

void rules_free(struct rules *rules);

#endif
