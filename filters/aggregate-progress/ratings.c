/* Ratings by thresholds; see ratings.h. */
#include "ratings.h"

#include <stdlib.h>

#include "decimal.h"
#include "diagnostics.h"

enum { BOUND_PROGRESS, BOUND_EXPECTED, BOUND_GAP, BOUNDS };

struct rule {
    size_t rating;
    int64_t min[BOUNDS]; /* RATINGS_UNKNOWN: no bound */
    int64_t max[BOUNDS];
};

struct ratings {
    char **names; /* each once, in the order of the file; then `unknown` */
    size_t name_count;
    size_t name_cap;
    struct rule *rules;
    size_t rule_count;
    size_t rule_cap;
};

static size_t name_rating(struct ratings *ratings, struct text name) {
    for (size_t i = 0; i < ratings->name_count; i++) {
        if (text_equal(text_of(ratings->names[i]), name))
            return i;
    }
    if (ratings->name_count == RATINGS_MAX)
        die("ratings.csv: more than %d ratings", RATINGS_MAX);
    ratings->names =
        memory_reserve(ratings->names, &ratings->name_cap, ratings->name_count + 1, sizeof *ratings->names);
    ratings->names[ratings->name_count] = text_copy(name);
    return ratings->name_count++;
}

static int64_t parse_bound(struct text text, const char *file, uint64_t line) {
    struct decimal value;
    struct decimal hundredths;
    if (text.len == 0)
        return RATINGS_UNKNOWN;
    if (!decimal_parse(text, &value) || !decimal_multiply(value, decimal_of(100), &hundredths) ||
        hundredths.scale > 0)
        die_at(file, line, "'%.*s' is no bound: a number with at most two decimals", (int)text.len,
               text.data);
    return hundredths.units;
}

struct ratings *ratings_open(struct profile *profile) {
    static const char *const minima[BOUNDS] = {"progress_min", "expected_min", "gap_min"};
    static const char *const maxima[BOUNDS] = {"progress_max", "expected_max", "gap_max"};
    struct ratings *ratings = memory_zeroed(1, sizeof *ratings);
    struct table_reader *reader = profile_table(profile, "ratings.csv");
    size_t name_at = table_require_column(reader, "rating");
    size_t min_at[BOUNDS];
    size_t max_at[BOUNDS];
    for (int i = 0; i < BOUNDS; i++) {
        min_at[i] = table_require_column(reader, minima[i]);
        max_at[i] = table_require_column(reader, maxima[i]);
    }
    struct table_row row;
    while (table_read(reader, &row)) {
        struct rule rule = {.rating = name_rating(ratings, row.fields[name_at])};
        for (int i = 0; i < BOUNDS; i++) {
            rule.min[i] = parse_bound(row.fields[min_at[i]], table_name(reader), row.line);
            rule.max[i] = parse_bound(row.fields[max_at[i]], table_name(reader), row.line);
        }
        ratings->rules = memory_reserve(ratings->rules, &ratings->rule_cap, ratings->rule_count + 1,
                                        sizeof *ratings->rules);
        ratings->rules[ratings->rule_count++] = rule;
    }
    table_close(reader);
    name_rating(ratings, TEXT("unknown"));
    return ratings;
}

size_t ratings_count(const struct ratings *ratings) {
    return ratings->name_count;
}

const char *ratings_name(const struct ratings *ratings, size_t rating) {
    return ratings->names[rating];
}

static bool holds(const struct rule *rule, int bound, int64_t figure) {
    if (rule->min[bound] == RATINGS_UNKNOWN && rule->max[bound] == RATINGS_UNKNOWN)
        return true;
    return figure != RATINGS_UNKNOWN && (rule->min[bound] == RATINGS_UNKNOWN || figure >= rule->min[bound]) &&
           (rule->max[bound] == RATINGS_UNKNOWN || figure <= rule->max[bound]);
}

size_t ratings_rate(const struct ratings *ratings, struct rated rated) {
    for (size_t i = 0; i < ratings->rule_count; i++) {
        const struct rule *rule = &ratings->rules[i];
        if (holds(rule, BOUND_PROGRESS, rated.progress) && holds(rule, BOUND_EXPECTED, rated.expected) &&
            holds(rule, BOUND_GAP, rated.gap))
            return rule->rating;
    }
    return ratings->name_count - 1;
}

void ratings_free(struct ratings *ratings) {
    for (size_t i = 0; i < ratings->name_count; i++)
        free(ratings->names[i]);
    free(ratings->names);
    free(ratings->rules);
    free(ratings);
}
