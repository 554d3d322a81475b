/*
 * Tallies: exact counts, sums and means over a group of projects.
 *
 * A sum is kept apart for each number of decimals, in 128 bits, so that adding is fast, cannot overflow, and
 * gives the same whatever the order; it is brought together, checked and rounded when it is asked for.
 */
#ifndef TALLY_H
#define TALLY_H

#include "figures.h"
#include "ratings.h"

struct exact_sum {
    uint64_t count;
    fraction_int by_scale[DECIMAL_MAX_SCALE + 1];
    struct fraction rest; /* of what has a divisor; a denominator of 0: nothing yet */
};

void sum_add(struct exact_sum *sum, struct figure figure);

/* Each dies when the value cannot be reckoned exactly, naming WHAT. */
struct fraction sum_total(const struct exact_sum *sum, const char *what);

/* The mean; false when nothing was added. */
bool sum_mean(const struct exact_sum *sum, const char *what, struct fraction *mean);

/* What is known of one project when it is tallied. */
struct tallied {
    bool in_details;
    struct figure progress;
    struct figure
        whole; /* what is set against the share of time: progress, or where that is the year's alone, that
                            of the whole project */
    struct figure money[MONEY_KINDS];
    struct rated rated;
    size_t rating;
};

struct tally {
    uint64_t projects;
    uint64_t with_details;
    uint64_t states[FIGURE_STATES]; /* of the progress */
    struct exact_sum progress;      /* with dashes as 0 where they count so */
    struct exact_sum money[MONEY_KINDS];
    struct exact_sum base[MONEY_KINDS]; /* the allocation of the projects that state contract, disbursement */
    struct exact_sum part[MONEY_KINDS]; /* and what they state */
    struct fraction weighted;           /* progress times allocation, where both are known */
    struct fraction weights;
    struct exact_sum compared; /* what is set against the share of time, where a gap is known */
    int64_t expected;          /* hundredths, of the same projects */
    uint64_t ratings[RATINGS_MAX];
};

/* How to tally. */
struct tally_rule {
    bool dash_is_zero;
    bool by_budget; /* means weighted by allocation */
    bool detail;    /* rates, ratings and spreads too */
};

/* Whether a figure takes part in means: a number, and a dash if it counts as 0. */
bool tally_counts(const struct tally_rule *rule, struct figure figure);

void tally_start(struct tally *tally);
void tally_add(struct tally *tally, const struct tally_rule *rule, const struct tallied *project);

/* Adds what OTHER counted. */
void tally_merge(struct tally *tally, const struct tally *other);

/* The mean progress; false when no project has a figure. */
bool tally_progress(const struct tally *tally, const struct tally_rule *rule, struct fraction *mean);

/* Mean share of time passed and mean gap of the projects that have both; false when there are none. */
bool tally_plan(const struct tally *tally, struct fraction *expected, struct fraction *gap);

/* The share of KIND in the allocation of the projects that state both, in percent; false when none does. */
bool tally_rate(const struct tally *tally, int kind, struct fraction *rate);

#endif
