/*
 * Surveys: all projects tallied at once for the whole, by strategy, by agency, and by both.
 */
#ifndef SURVEY_H
#define SURVEY_H

#include "figures.h"
#include "ratings.h"
#include "tally.h"

struct survey_settings {
    struct tally_rule rule;
    enum progress_source source;
    int32_t as_of; /* the period's last day, or DAY_UNKNOWN */
};

/* The ends and the middle of a group's figures. */
struct spread {
    uint64_t seen; /* 0: there are none */
    struct figure minimum;
    struct figure median[2]; /* the two in the middle, or the one twice */
    struct figure maximum;
};

struct group {
    struct tally tally;
    struct spread spread;
};

struct survey;

/* Goes through all numbered projects. FIGURES (finished) and RATINGS must outlive the survey; doubts about
   single projects go to standard error. The caller frees with survey_free(). */
struct survey *survey_new(struct figures *figures, const struct ratings *ratings,
                          const struct survey_settings *settings);

const struct group *survey_all(const struct survey *survey);

/* The groups of one strategy, one agency (by the numbers of their names). */
const struct group *survey_strategy(const struct survey *survey, uint32_t strategy);
const struct group *survey_agency(const struct survey *survey, uint32_t agency);

/* Of a strategy and an agency: the I-th in the order of their names, with the numbers of these; NULL behind
   the last. */
const struct group *survey_crossed(const struct survey *survey, size_t i, uint32_t *strategy,
                                   uint32_t *agency);

/* Whether any project has sub-projects. */
bool survey_has_subs(const struct survey *survey);

/* The mean of the strategies' means; where means are weighted by budget, that of all projects. False when
   there is none. */
bool survey_ministry(const struct survey *survey, struct fraction *mean);

/* One project of a family as it was tallied: the main one number I, or a sub-project. */
struct tallied survey_main(const struct survey *survey, const struct family *family, size_t i);
struct tallied survey_sub(const struct survey *survey, const struct project *sub);

/* Fills GROUP with the sub-projects of a family. */
void survey_parts(const struct survey *survey, const struct family *family, struct group *group);

/* Rounds to hundredths; dies where that does not fit. */
int64_t survey_hundredths(struct fraction value);

void survey_free(struct survey *survey);

#endif
