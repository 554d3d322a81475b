/* Surveys; see survey.h. */
#include "survey.h"

#include <stdlib.h>
#include <string.h>

#include "diagnostics.h"
#include "order.h"

/* Projects are tallied once, by strategy and agency both; all other groups are made of these cells. */
struct cell {
    uint32_t strategy;
    uint32_t agency;
    struct group group;
};

/* A figure with the cell that it belongs to, for the spreads. */
struct placed {
    struct figure progress;
    uint32_t cell;
};

struct survey {
    struct figures *figures;
    const struct ratings *ratings;
    struct survey_settings settings;
    struct group all;
    struct group *strategies;
    struct group *agencies;
    struct cell *cells;
    size_t cell_count;
    size_t cell_cap;
    uint32_t *slots; /* an open hash table: a cell's place + 1; 0 is free */
    size_t slot_count;
    uint32_t *order; /* the cells' places, by strategy and agency */
    struct placed *placed;
    size_t placed_count;
    size_t placed_cap;
    bool has_subs;
    uint64_t doubts;
};

#define MAX_DOUBTS 20

/* Says something about a project, but does not drown the reader. */
static void doubt(struct survey *survey, const struct project *project, const char *message) {
    if (survey->doubts++ >= MAX_DOUBTS)
        return;
    struct buffer key = {0};
    figures_append_key(survey->figures, project, &key);
    diagnose(SEVERITY_WARNING, NULL, 0, "%.*s: %s", (int)key.len, key.data, message);
    buffer_free(&key);
}

/* The share of the days from START to END that had passed at the end of AS_OF, in hundredths of a percent. */
static int64_t share_passed(int32_t start, int32_t end, int32_t as_of) {
    if (as_of == DAY_UNKNOWN || start == DAY_UNKNOWN || end == DAY_UNKNOWN)
        return RATINGS_UNKNOWN;
    int64_t days = (int64_t)end - start + 1;
    int64_t passed = (int64_t)as_of - start + 1;
    if (days <= 0)
        return RATINGS_UNKNOWN;
    if (passed <= 0)
        return 0;
    return passed >= days ? 10000 : (20000 * passed + days) / (2 * days);
}

int64_t survey_hundredths(struct fraction value) {
    struct decimal rounded;
    bool fits = fraction_round(value, 2, &rounded);
    for (int scale = rounded.scale; fits && scale < 2; scale++)
        fits = !__builtin_mul_overflow(rounded.units, 10, &rounded.units);
    if (!fits)
        die("overflow: a progress is too large to be compared with a plan");
    return rounded.units;
}

static int64_t figure_hundredths(struct figure figure) {
    if (figure.divisor == 1 && figure.scale <= 2 && figure.units > -1000000000 && figure.units < 1000000000)
        return figure.units * (figure.scale == 0 ? 100 : figure.scale == 1 ? 10 : 1);
    return survey_hundredths(figure_fraction(figure));
}

/* Sets progress against plan, and rates it. */
static void rate(const struct survey *survey, struct tallied *project, int32_t start, int32_t end) {
    struct rated *rated = &project->rated;
    *rated =
        (struct rated){RATINGS_UNKNOWN, share_passed(start, end, survey->settings.as_of), RATINGS_UNKNOWN};
    if (project->progress.state == FIGURE_NUMBER) {
        rated->progress = figure_hundredths(project->progress);
        if (rated->expected != RATINGS_UNKNOWN)
            rated->gap = figure_hundredths(project->whole) - rated->expected;
    }
    project->rating = survey->settings.rule.detail ? ratings_rate(survey->ratings, *rated) : 0;
}

/* The share of time is that of the whole project, and what a summary table states is of the fiscal year: what the
   project's own section states of the whole is set against it. */
static bool is_of_year(const struct survey *survey, const struct project *project) {
    return survey->settings.source == PROGRESS_EITHER && project->in_summary && project->in_details;
}

struct tallied survey_main(const struct survey *survey, const struct family *family, size_t i) {
    const struct survey_settings *settings = &survey->settings;
    struct tallied project = {0};
    int32_t start;
    int32_t end;
    project.in_details = family->mains[i].in_details;
    project.progress = family_progress(family, i, settings->source, settings->rule.dash_is_zero);
    project.whole = project.progress;
    if (is_of_year(survey, &family->mains[i])) {
        struct figure whole = family_progress(family, i, PROGRESS_WHOLE, settings->rule.dash_is_zero);
        if (whole.state == FIGURE_NUMBER)
            project.whole = whole;
    }
    for (int kind = 0; kind < MONEY_KINDS; kind++)
        project.money[kind] = family_money(family, i, kind);
    family_days(family, i, &start, &end);
    rate(survey, &project, start, end);
    return project;
}

struct tallied survey_sub(const struct survey *survey, const struct project *sub) {
    struct tallied project = {0};
    project.in_details = sub->in_details;
    project.progress = project_progress(sub, survey->settings.source);
    project.whole =
        is_of_year(survey, sub) && sub->total.state == FIGURE_NUMBER ? sub->total : project.progress;
    memcpy(project.money, sub->money, sizeof project.money);
    rate(survey, &project, sub->start, sub->end);
    return project;
}

static size_t slot_of(const struct survey *survey, uint32_t strategy, uint32_t agency) {
    uint64_t key = (uint64_t)strategy << 32 | agency;
    size_t mask = survey->slot_count - 1;
    size_t slot = (size_t)(key * 0x9E3779B97F4A7C15 >> 32) & mask;
    while (survey->slots[slot] != 0) {
        const struct cell *cell = &survey->cells[survey->slots[slot] - 1];
        if (cell->strategy == strategy && cell->agency == agency)
            break;
        slot = (slot + 1) & mask;
    }
    return slot;
}

static void build_slots(struct survey *survey, size_t slot_count) {
    free(survey->slots);
    survey->slots = memory_zeroed(slot_count, sizeof *survey->slots);
    survey->slot_count = slot_count;
    for (size_t i = 0; i < survey->cell_count; i++)
        survey->slots[slot_of(survey, survey->cells[i].strategy, survey->cells[i].agency)] = (uint32_t)i + 1;
}

/* The place of the cell for a strategy and an agency, a new one where there is none. */
static uint32_t cell_of(struct survey *survey, uint32_t strategy, uint32_t agency) {
    size_t slot = slot_of(survey, strategy, agency);
    if (survey->slots[slot] != 0)
        return survey->slots[slot] - 1;
    survey->cells =
        memory_reserve(survey->cells, &survey->cell_cap, survey->cell_count + 1, sizeof *survey->cells);
    struct cell *cell = &survey->cells[survey->cell_count++];
    memset(cell, 0, sizeof *cell);
    cell->strategy = strategy;
    cell->agency = agency;
    tally_start(&cell->group.tally);
    survey->slots[slot] = (uint32_t)survey->cell_count;
    if (survey->cell_count * 2 > survey->slot_count)
        build_slots(survey, survey->slot_count * 2);
    return (uint32_t)survey->cell_count - 1;
}

static void survey_project(struct survey *survey, const struct family *family, size_t i) {
    const struct survey_settings *settings = &survey->settings;
    const struct project *project = &family->mains[i];
    struct tallied tallied = survey_main(survey, family, i);
    uint32_t cell = cell_of(survey, project->strategy, project->agency);
    tally_add(&survey->cells[cell].group.tally, &settings->rule, &tallied);
    if (settings->rule.detail && tally_counts(&settings->rule, tallied.progress)) {
        survey->placed = memory_reserve(survey->placed, &survey->placed_cap, survey->placed_count + 1,
                                        sizeof *survey->placed);
        survey->placed[survey->placed_count++] = (struct placed){tallied.progress, cell};
    }
}

/* Says what is odd about the rows of one number. */
static void doubt_family(struct survey *survey, const struct family *family) {
    if (family->main_count == 0) {
        doubt(survey, &family->subs[0],
              "the project that this is a part of stands nowhere: it is not counted");
        return;
    }
    const struct project *project = &family->mains[0];
    if (project->number == 0)
        return;
    if (family->main_count > 1)
        doubt(survey, project, "stands in a table more than once: every row is counted");
    if (!project->in_summary && figures_summarized(survey->figures, project->strategy))
        doubt(survey, project, "has details, but no row in the summary table");
}

static int compare_placed(const void *a, const void *b) {
    const struct placed *left = a;
    const struct placed *right = b;
    return figure_compare(left->progress, right->progress);
}

/* Takes a group's next figure; they come in rising order. */
static void spread_take(struct group *group, struct figure figure) {
    struct spread *spread = &group->spread;
    uint64_t count = group->tally.progress.count;
    uint64_t at = spread->seen++;
    figure.state = FIGURE_NUMBER; /* a dash that counts is 0 */
    if (at == 0)
        spread->minimum = figure;
    if (at == (count - 1) / 2)
        spread->median[0] = figure;
    if (at == count / 2)
        spread->median[1] = figure;
    spread->maximum = figure;
}

static void find_spreads(struct survey *survey) {
    if (survey->placed_count > 0)
        qsort(survey->placed, survey->placed_count, sizeof *survey->placed, compare_placed);
    for (size_t i = 0; i < survey->placed_count; i++) {
        const struct placed *placed = &survey->placed[i];
        struct cell *cell = &survey->cells[placed->cell];
        spread_take(&survey->all, placed->progress);
        spread_take(&survey->strategies[cell->strategy], placed->progress);
        spread_take(&survey->agencies[cell->agency], placed->progress);
        spread_take(&cell->group, placed->progress);
    }
}

/* Puts the cells in order. */
static void order_cells(struct survey *survey) {
    struct order_key *keys = memory_resize(NULL, survey->cell_count, sizeof *keys);
    survey->order = memory_resize(NULL, survey->cell_count, sizeof *survey->order);
    for (size_t i = 0; i < survey->cell_count; i++)
        keys[i] = (struct order_key){{survey->cells[i].strategy, survey->cells[i].agency, 0}, (uint32_t)i};
    order_sort(keys, survey->cell_count);
    for (size_t i = 0; i < survey->cell_count; i++)
        survey->order[i] = keys[i].index;
    free(keys);
}

/* Makes the groups of the cells. */
static void merge_cells(struct survey *survey) {
    order_cells(survey);
    for (size_t i = 0; i < survey->cell_count; i++) {
        const struct cell *cell = &survey->cells[survey->order[i]];
        tally_merge(&survey->all.tally, &cell->group.tally);
        tally_merge(&survey->strategies[cell->strategy].tally, &cell->group.tally);
        tally_merge(&survey->agencies[cell->agency].tally, &cell->group.tally);
    }
}

void survey_parts(const struct survey *survey, const struct family *family, struct group *group) {
    const struct tally_rule *rule = &survey->settings.rule;
    struct placed *placed = memory_zeroed(family->sub_count, sizeof *placed);
    size_t count = 0;
    *group = (struct group){0};
    tally_start(&group->tally);
    for (size_t i = 0; i < family->sub_count; i++) {
        struct tallied sub = survey_sub(survey, &family->subs[i]);
        tally_add(&group->tally, rule, &sub);
        if (tally_counts(rule, sub.progress))
            placed[count++].progress = sub.progress;
    }
    if (count > 1)
        qsort(placed, count, sizeof *placed, compare_placed);
    for (size_t i = 0; i < count; i++)
        spread_take(group, placed[i].progress);
    free(placed);
}

/* Groups for all names. */
static struct group *groups_for(const struct names *names) {
    struct group *groups = memory_zeroed(names_count(names), sizeof *groups);
    for (size_t i = 0; i < names_count(names); i++)
        tally_start(&groups[i].tally);
    return groups;
}

struct survey *survey_new(struct figures *figures, const struct ratings *ratings,
                          const struct survey_settings *settings) {
    struct survey *survey = memory_zeroed(1, sizeof *survey);
    survey->figures = figures;
    survey->ratings = ratings;
    survey->settings = *settings;
    build_slots(survey, 64);
    survey->strategies = groups_for(figures_strategies(figures));
    survey->agencies = groups_for(figures_agencies(figures));
    tally_start(&survey->all.tally);

    struct figures_cursor cursor = {0};
    struct family family;
    while (figures_next(figures, &cursor, &family)) {
        doubt_family(survey, &family);
        survey->has_subs |= family.sub_count > 0;
        for (size_t i = 0; i < family.main_count; i++) {
            if (family.mains[i].number != 0)
                survey_project(survey, &family, i);
        }
    }
    figures_end(&cursor);
    merge_cells(survey);
    find_spreads(survey);
    if (survey->doubts > MAX_DOUBTS)
        diagnose(SEVERITY_WARNING, NULL, 0, "%llu more doubts of these kinds",
                 (unsigned long long)(survey->doubts - MAX_DOUBTS));
    return survey;
}

const struct group *survey_all(const struct survey *survey) {
    return &survey->all;
}

const struct group *survey_strategy(const struct survey *survey, uint32_t strategy) {
    return &survey->strategies[strategy];
}

const struct group *survey_agency(const struct survey *survey, uint32_t agency) {
    return &survey->agencies[agency];
}

const struct group *survey_crossed(const struct survey *survey, size_t i, uint32_t *strategy,
                                   uint32_t *agency) {
    if (i >= survey->cell_count)
        return NULL;
    const struct cell *cell = &survey->cells[survey->order[i]];
    *strategy = cell->strategy;
    *agency = cell->agency;
    return &cell->group;
}

bool survey_has_subs(const struct survey *survey) {
    return survey->has_subs;
}

bool survey_ministry(const struct survey *survey, struct fraction *mean) {
    const struct tally_rule *rule = &survey->settings.rule;
    if (rule->by_budget)
        return tally_progress(&survey->all.tally, rule, mean);
    struct fraction sum = FRACTION_ZERO;
    fraction_int count = 0;
    for (size_t i = 1; i < names_count(figures_strategies(survey->figures)); i++) {
        struct fraction one;
        if (!tally_progress(&survey->strategies[i].tally, rule, &one))
            continue;
        if (!fraction_add(sum, one, &sum))
            die("overflow: the mean of the strategies' means cannot be reckoned exactly in 128 bits");
        count++;
    }
    return fraction_divide(sum, (struct fraction){count, 1}, mean);
}

void survey_free(struct survey *survey) {
    free(survey->strategies);
    free(survey->agencies);
    free(survey->cells);
    free(survey->slots);
    free(survey->order);
    free(survey->placed);
    free(survey);
}
