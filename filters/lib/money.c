/* Amounts of money as they are printed; see money.h. */
#include "money.h"

#include <stdlib.h>

#include "diagnostics.h"

struct label {
    enum money_label kind;
    struct pattern *pattern;
};

struct unit {
    char *name;
    struct decimal factor; /* baht */
};

struct money {
    struct profile *profile;
    struct label *labels; /* NULL until a line's label is asked for: patterns cost */
    size_t label_count;
    size_t label_cap;
    struct unit *units;
    size_t unit_count;
    size_t unit_cap;
    const struct pattern *last_comma;
    struct buffer digits;
};

static enum money_label parse_label(struct text name) {
    static const char *const names[] = {
        [MONEY_ALLOCATED] = "allocated", [MONEY_CONTRACTED] = "contracted", [MONEY_DISBURSED] = "disbursed",
        [MONEY_YEARLY] = "yearly",       [MONEY_TOTAL] = "total",           [MONEY_NOTE] = "note",
        [MONEY_OTHER] = "other",         [MONEY_HEADING] = "heading",
    };
    for (int kind = 0; kind < MONEY_NO_LABEL; kind++) {
        if (text_equal(name, text_of(names[kind])))
            return (enum money_label)kind;
    }
    return MONEY_NO_LABEL;
}

static void read_labels(struct money *money) {
    struct table_reader *reader = profile_table(money->profile, "budget.csv");
    size_t kind_at = table_require_column(reader, "kind");
    size_t pattern_at = table_require_column(reader, "pattern");
    struct table_row row;
    while (table_read(reader, &row)) {
        money->labels =
            memory_reserve(money->labels, &money->label_cap, money->label_count + 1, sizeof *money->labels);
        struct label *label = &money->labels[money->label_count++];
        label->kind = parse_label(row.fields[kind_at]);
        if (label->kind == MONEY_NO_LABEL)
            die_at(table_name(reader), row.line, "'%.*s' is no kind of a budget's line",
                   (int)row.fields[kind_at].len, row.fields[kind_at].data);
        label->pattern = pattern_compile(row.fields[pattern_at], table_name(reader), row.line);
    }
    table_close(reader);
}

static void read_units(struct money *money) {
    struct table_reader *reader = profile_table(money->profile, "money.csv");
    size_t name_at = table_require_column(reader, "unit");
    size_t factor_at = table_require_column(reader, "baht");
    struct table_row row;
    while (table_read(reader, &row)) {
        money->units =
            memory_reserve(money->units, &money->unit_cap, money->unit_count + 1, sizeof *money->units);
        struct unit *unit = &money->units[money->unit_count++];
        unit->name = text_copy(row.fields[name_at]);
        if (!decimal_parse(row.fields[factor_at], &unit->factor))
            die_at(table_name(reader), row.line, "'%.*s' is no number", (int)row.fields[factor_at].len,
                   row.fields[factor_at].data);
    }
    table_close(reader);
}

struct money *money_open(struct profile *profile) {
    struct money *money = memory_zeroed(1, sizeof *money);
    money->profile = profile;
    read_units(money);
    money->last_comma = profile_pattern(profile, "money-comma-for-point");
    return money;
}

void money_close(struct money *money) {
    for (size_t i = 0; i < money->label_count; i++)
        pattern_free(money->labels[i].pattern);
    for (size_t i = 0; i < money->unit_count; i++)
        free(money->units[i].name);
    free(money->labels);
    free(money->units);
    buffer_free(&money->digits);
    free(money);
}

enum money_label money_label(struct money *money, struct text line, size_t *end) {
    struct match match;
    if (money->labels == NULL)
        read_labels(money);
    for (size_t i = 0; money->labels != NULL && i < money->label_count; i++) {
        if (!pattern_match(money->labels[i].pattern, line, 0, &match))
            continue;
        if (end != NULL)
            *end = match.end;
        return money->labels[i].kind;
    }
    return MONEY_NO_LABEL;
}

const struct decimal *money_factor(const struct money *money, struct text unit) {
    for (size_t i = 0; i < money->unit_count; i++) {
        if (text_equal(unit, text_of(money->units[i].name)))
            return &money->units[i].factor;
    }
    return NULL;
}

/* Reads the whole and the part of MATCH, with a point between them. */
static bool read_pointed(struct money *money, const struct match *match, struct decimal *number) {
    buffer_clear(&money->digits);
    buffer_append_text(&money->digits, match_group(match, "whole"));
    buffer_append_char(&money->digits, '.');
    buffer_append_text(&money->digits, match_group(match, "part"));
    return decimal_parse(buffer_text(&money->digits), number);
}

bool money_digits(struct money *money, struct text digits, struct decimal *number, bool *comma) {
    struct match match;
    if (decimal_parse(digits, number))
        return true;
    if (!pattern_match(money->last_comma, digits, 0, &match) || !read_pointed(money, &match, number))
        return false;
    if (comma != NULL)
        *comma = true;
    return true;
}

bool money_read(struct money *money, struct text digits, struct text unit, struct decimal *baht) {
    const struct decimal *factor = money_factor(money, unit);
    return money_digits(money, digits, baht, NULL) &&
           (factor == NULL || decimal_multiply(*baht, *factor, baht));
}
