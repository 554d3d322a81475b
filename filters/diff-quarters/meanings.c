/* The rules of meanings.csv; see meanings.h. */
#include "meanings.h"

#include <stdlib.h>

#include "date.h"
#include "decimal.h"
#include "diagnostics.h"

struct meanings {
    struct meaning *rules;
    size_t count;
    size_t cap;
};

static const char *const condition_names[] = {
    [CONDITION_DIFFERS] = "differs",
    [CONDITION_REACHES] = "reaches",
    [CONDITION_STARTS] = "starts",
    [CONDITION_RISES] = "rises",
    [CONDITION_FALLS] = "falls",
    [CONDITION_LATER] = "later",
    [CONDITION_EARLIER] = "earlier",
    [CONDITION_UNCHANGED] = "unchanged",
    [CONDITION_NEW_YEAR] = "new-year",
    [CONDITION_ROW_ADDED] = "row-added",
    [CONDITION_ROW_REMOVED] = "row-removed",
    [CONDITION_PROJECT_ADDED] = "project-added",
    [CONDITION_PROJECT_REMOVED] = "project-removed",
    [CONDITION_DETAILS_ADDED] = "details-added",
    [CONDITION_DETAILS_REMOVED] = "details-removed",
    [CONDITION_COLUMN_ADDED] = "column-added",
    [CONDITION_COLUMN_DROPPED] = "column-dropped",
};

static enum condition find_condition(struct text name, const char *file, uint64_t line) {
    for (size_t i = 0; i < sizeof condition_names / sizeof *condition_names; i++) {
        if (text_equal(name, text_of(condition_names[i])))
            return (enum condition)i;
    }
    die_at(file, line, "there is no condition '%.*s'", (int)name.len, name.data);
}

struct meanings *meanings_open(struct profile *profile) {
    struct meanings *meanings = memory_zeroed(1, sizeof *meanings);
    struct table_reader *reader = profile_table(profile, "meanings.csv");
    size_t table = table_require_column(reader, "table");
    size_t field = table_require_column(reader, "field");
    size_t condition = table_require_column(reader, "condition");
    size_t old_values = table_require_column(reader, "old");
    size_t new_values = table_require_column(reader, "new");
    size_t name = table_require_column(reader, "meaning");
    size_t english = table_require_column(reader, "english");
    size_t thai = table_require_column(reader, "thai");
    struct table_row row;
    while (table_read(reader, &row)) {
        meanings->rules =
            memory_reserve(meanings->rules, &meanings->cap, meanings->count + 1, sizeof *meanings->rules);
        meanings->rules[meanings->count++] = (struct meaning){
            .table = text_copy(row.fields[table]),
            .field = text_copy(row.fields[field]),
            .condition = find_condition(row.fields[condition], table_name(reader), row.line),
            .old_values = text_copy(row.fields[old_values]),
            .new_values = text_copy(row.fields[new_values]),
            .name = text_copy(row.fields[name]),
            .english = text_copy(row.fields[english]),
            .thai = text_copy(row.fields[thai]),
        };
    }
    table_close(reader);
    return meanings;
}

void meanings_free(struct meanings *meanings) {
    if (meanings == NULL)
        return;
    for (size_t i = 0; i < meanings->count; i++) {
        struct meaning *rule = &meanings->rules[i];
        free(rule->table);
        free(rule->field);
        free(rule->old_values);
        free(rule->new_values);
        free(rule->name);
        free(rule->english);
        free(rule->thai);
    }
    free(meanings->rules);
    free(meanings);
}

/* Whether VALUE is in the list of VALUES; an empty list holds every value. */
static bool is_listed(const char *values, struct text value) {
    struct text rest = text_of(values);
    if (rest.len == 0)
        return true;
    struct text piece;
    while (text_next_piece(&rest, '|', &piece)) {
        if (text_equal(piece, TEXT("(empty)")) ? value.len == 0 : text_equal(piece, value))
            return true;
    }
    return false;
}

/* -1, 0 or 1 as B is below, equal to or above A; false when one is no number. */
static bool numbers_compare(struct text a, struct text b, int *order) {
    struct decimal x;
    struct decimal y;
    if (!decimal_parse(a, &x) || !decimal_parse(b, &y))
        return false;
    *order = decimal_compare(y, x);
    return true;
}

bool field_is_end(struct text field) {
    return text_equal(field, TEXT("end")) || text_equal(field, TEXT("period_end"));
}

bool dates_compare(struct text old, struct text new, bool at_end, int64_t *days) {
    struct date a;
    struct date b;
    if (!date_parse(old, &a) || !date_parse(new, &b))
        return false;
    *days = at_end ? date_days(date_last_day(b)) - date_days(date_last_day(a))
                   : date_days(date_first_day(b)) - date_days(date_first_day(a));
    return true;
}

static bool applies(const struct meaning *rule, const char *table, struct text field) {
    return (rule->table[0] == '\0' || table[0] == '\0' || text_equal(text_of(rule->table), text_of(table))) &&
           text_equal(text_of(rule->field), field);
}

static bool holds(const struct meaning *rule, struct text field, struct text old, struct text new,
                  struct period_change period) {
    int order;
    int64_t days;
    bool listed = is_listed(rule->old_values, old) && is_listed(rule->new_values, new);
    switch (rule->condition) {
    case CONDITION_DIFFERS:
        return listed;
    case CONDITION_REACHES:
        return listed && !is_listed(rule->new_values, old);
    case CONDITION_STARTS:
        return is_listed(rule->old_values, old) && numbers_compare(TEXT("0"), new, &order) && order > 0;
    case CONDITION_RISES:
        return listed && numbers_compare(old, new, &order) && order > 0;
    case CONDITION_FALLS:
        return listed && numbers_compare(old, new, &order) && order < 0;
    case CONDITION_LATER:
        return listed && dates_compare(old, new, field_is_end(field), &days) && days > 0;
    case CONDITION_EARLIER:
        return listed && dates_compare(old, new, field_is_end(field), &days) && days < 0;
    case CONDITION_NEW_YEAR:
        return listed && period.new_year;
    default:
        return false;
    }
}

const struct meaning *meaning_of_values(const struct meanings *meanings, const char *table, struct text field,
                                        struct text old, struct text new, struct period_change period) {
    for (size_t i = 0; i < meanings->count; i++) {
        const struct meaning *rule = &meanings->rules[i];
        if (applies(rule, table, field) && holds(rule, field, old, new, period))
            return rule;
    }
    return NULL;
}

const struct meaning *meaning_of_unchanged(const struct meanings *meanings, const char *table,
                                           struct text field, struct text value,
                                           struct period_change period) {
    int order;
    if (!period.moved || !numbers_compare(value, TEXT("100"), &order) || order <= 0)
        return NULL;
    for (size_t i = 0; i < meanings->count; i++) {
        const struct meaning *rule = &meanings->rules[i];
        if (rule->condition == CONDITION_UNCHANGED && applies(rule, table, field))
            return rule;
    }
    return NULL;
}

bool meaning_watches(const struct meanings *meanings, const char *table, struct text field) {
    for (size_t i = 0; i < meanings->count; i++) {
        if (meanings->rules[i].condition == CONDITION_UNCHANGED && applies(&meanings->rules[i], table, field))
            return true;
    }
    return false;
}

const struct meaning *meaning_of_event(const struct meanings *meanings, const char *table,
                                       enum condition condition) {
    for (size_t i = 0; i < meanings->count; i++) {
        const struct meaning *rule = &meanings->rules[i];
        if (rule->condition == condition &&
            (rule->table[0] == '\0' || text_equal(text_of(rule->table), text_of(table))))
            return rule;
    }
    return NULL;
}
