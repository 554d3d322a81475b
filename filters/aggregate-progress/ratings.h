/*
 * Ratings of progress against plan, by the thresholds in the profile's ratings.csv.
 *
 * The file's columns are rating, progress_min, progress_max, expected_min, expected_max, gap_min, gap_max:
 * the first row whose bounds (all inclusive; a blank is none) hold gives the rating. A bound on a figure that
 * is not known does not hold; where no row holds the rating is `unknown`.
 */
#ifndef RATINGS_H
#define RATINGS_H

#include "profile.h"

/* Hundredths of a percent or of a point; RATINGS_UNKNOWN where the figure is not known. */
#define RATINGS_UNKNOWN INT64_MIN
struct rated {
    int64_t progress;
    int64_t expected; /* share of the planned time that has passed */
    int64_t gap;      /* progress less expected */
};

struct ratings;

/* More ratings than this the file may not name. */
#define RATINGS_MAX 32

/* Reads the profile's thresholds; dies when they are missing or malformed. The caller frees. */
struct ratings *ratings_open(struct profile *profile);

/* How many ratings there are, `unknown` among them. */
size_t ratings_count(const struct ratings *ratings);

/* The rating's name; it lives as long as the ratings. `unknown` is the last. */
const char *ratings_name(const struct ratings *ratings, size_t rating);

size_t ratings_rate(const struct ratings *ratings, struct rated rated);

void ratings_free(struct ratings *ratings);

#endif
