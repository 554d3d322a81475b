/* Tallies; see tally.h. */
#include "tally.h"

#include <string.h>

#include "diagnostics.h"

static _Noreturn void die_overflow(const char *what) {
    die("overflow: %s cannot be reckoned exactly in 128 bits", what);
}

void sum_add(struct exact_sum *sum, struct figure figure) {
    sum->count++;
    if (figure.divisor == 1) {
        sum->by_scale[figure.scale] += figure.units;
        return;
    }
    if (sum->rest.denominator == 0)
        sum->rest = FRACTION_ZERO;
    if (!fraction_add(sum->rest, figure_fraction(figure), &sum->rest))
        die_overflow("a sum of means");
}

struct fraction sum_total(const struct exact_sum *sum, const char *what) {
    struct fraction total = {0, 1};
    int last = DECIMAL_MAX_SCALE;
    while (last > 0 && sum->by_scale[last] == 0)
        last--;
    for (int scale = 0; scale <= last; scale++) {
        fraction_int units;
        if (__builtin_mul_overflow(total.numerator, scale > 0 ? 10 : 1, &units) ||
            __builtin_add_overflow(units, sum->by_scale[scale], &total.numerator))
            die_overflow(what);
    }
    total.denominator = fraction_power(last);
    if (sum->rest.denominator != 0 && !fraction_add(total, sum->rest, &total))
        die_overflow(what);
    return total;
}

bool sum_mean(const struct exact_sum *sum, const char *what, struct fraction *mean) {
    if (sum->count == 0)
        return false;
    if (!fraction_divide(sum_total(sum, what), (struct fraction){(fraction_int)sum->count, 1}, mean))
        die_overflow(what);
    return true;
}

void tally_start(struct tally *tally) {
    memset(tally, 0, sizeof *tally);
    tally->weighted = FRACTION_ZERO;
    tally->weights = FRACTION_ZERO;
}

/* A dash that counts: nothing was spent, nothing is done. */
static const struct figure zero = {0, 1, 0, FIGURE_NUMBER};

bool tally_counts(const struct tally_rule *rule, struct figure figure) {
    return figure.state == FIGURE_NUMBER || (figure.state == FIGURE_DASH && rule->dash_is_zero);
}

static void add_money(struct tally *tally, const struct tally_rule *rule, const struct tallied *project) {
    const struct figure *money = project->money;
    for (int kind = 0; kind < MONEY_KINDS; kind++) {
        if (money[kind].state == FIGURE_NUMBER)
            sum_add(&tally->money[kind], money[kind]);
        if (rule->detail && kind != MONEY_ALLOCATED && money[MONEY_ALLOCATED].state == FIGURE_NUMBER &&
            tally_counts(rule, money[kind])) {
            sum_add(&tally->base[kind], money[MONEY_ALLOCATED]);
            sum_add(&tally->part[kind], money[kind].state == FIGURE_NUMBER ? money[kind] : zero);
        }
    }
}

static void add_weighted(struct tally *tally, struct figure progress, struct figure allocated) {
    struct fraction product = {0, fraction_power(progress.scale + allocated.scale) * progress.divisor};
    if (__builtin_mul_overflow((fraction_int)progress.units, (fraction_int)allocated.units,
                               &product.numerator) ||
        !fraction_add(tally->weighted, product, &tally->weighted) ||
        !fraction_add(tally->weights, figure_fraction(allocated), &tally->weights))
        die_overflow("the mean weighted by budget");
}

void tally_add(struct tally *tally, const struct tally_rule *rule, const struct tallied *project) {
    tally->projects++;
    tally->with_details += project->in_details;
    tally->states[project->progress.state]++;
    tally->ratings[project->rating]++;
    if (tally_counts(rule, project->progress)) {
        struct figure progress = project->progress.state == FIGURE_NUMBER ? project->progress : zero;
        sum_add(&tally->progress, progress);
        if (rule->by_budget && project->money[MONEY_ALLOCATED].state == FIGURE_NUMBER)
            add_weighted(tally, progress, project->money[MONEY_ALLOCATED]);
    }
    add_money(tally, rule, project);
    if (project->rated.gap != RATINGS_UNKNOWN) {
        sum_add(&tally->compared, project->whole);
        tally->expected += project->rated.expected;
    }
}

static void sum_merge(struct exact_sum *sum, const struct exact_sum *other) {
    sum->count += other->count;
    for (int scale = 0; scale <= DECIMAL_MAX_SCALE; scale++)
        sum->by_scale[scale] += other->by_scale[scale];
    if (other->rest.denominator == 0)
        return;
    if (sum->rest.denominator == 0)
        sum->rest = FRACTION_ZERO;
    if (!fraction_add(sum->rest, other->rest, &sum->rest))
        die_overflow("a sum of means");
}

void tally_merge(struct tally *tally, const struct tally *other) {
    tally->projects += other->projects;
    tally->with_details += other->with_details;
    for (int state = 0; state < FIGURE_STATES; state++)
        tally->states[state] += other->states[state];
    for (int rating = 0; rating < RATINGS_MAX; rating++)
        tally->ratings[rating] += other->ratings[rating];
    sum_merge(&tally->progress, &other->progress);
    sum_merge(&tally->compared, &other->compared);
    tally->expected += other->expected;
    for (int kind = 0; kind < MONEY_KINDS; kind++) {
        sum_merge(&tally->money[kind], &other->money[kind]);
        sum_merge(&tally->base[kind], &other->base[kind]);
        sum_merge(&tally->part[kind], &other->part[kind]);
    }
    if (!fraction_add(tally->weighted, other->weighted, &tally->weighted) ||
        !fraction_add(tally->weights, other->weights, &tally->weights))
        die_overflow("the mean weighted by budget");
}

bool tally_progress(const struct tally *tally, const struct tally_rule *rule, struct fraction *mean) {
    if (!rule->by_budget)
        return sum_mean(&tally->progress, "the mean progress", mean);
    if (tally->weights.numerator == 0)
        return false;
    if (!fraction_divide(tally->weighted, tally->weights, mean))
        die_overflow("the mean weighted by budget");
    return true;
}

bool tally_plan(const struct tally *tally, struct fraction *expected, struct fraction *gap) {
    struct fraction progress;
    if (!sum_mean(&tally->compared, "the mean gap", &progress))
        return false;
    *expected = (struct fraction){tally->expected, (fraction_int)tally->compared.count * 100};
    if (!fraction_subtract(progress, *expected, gap))
        die_overflow("the mean gap");
    return true;
}

bool tally_rate(const struct tally *tally, int kind, struct fraction *rate) {
    struct fraction base = sum_total(&tally->base[kind], "the money allocated");
    struct fraction part = sum_total(&tally->part[kind], "the money spent");
    if (base.numerator == 0)
        return false;
    if (__builtin_mul_overflow(part.numerator, 100, &part.numerator) || !fraction_divide(part, base, rate))
        die_overflow("a rate");
    return true;
}
