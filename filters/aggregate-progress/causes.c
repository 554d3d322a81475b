/*
 * Causes; see causes.h.
 *
 * A reading is one way to count. The base reading gave the computed figure; each other differs from it in one
 * or two of the ways below. Then single projects are left out, counted twice, brought in from elsewhere, or
 * taken with another of their figures. At last a slip of the pen is tried.
 */
#include "causes.h"

#include <stdlib.h>
#include <string.h>

#include "diagnostics.h"

enum agency_source { AGENCY_SECTION, AGENCY_SUMMARY, AGENCY_PRINTED };
enum subs_rule { SUBS_LEFT_OUT, SUBS_TOO, SUBS_INSTEAD };
enum presence { PRESENT_ANYWHERE, PRESENT_IN_DETAILS, PRESENT_IN_SUMMARY };

struct reading {
    bool dash_is_zero;
    enum progress_source source;
    enum agency_source agency;
    bool unnumbered;
    enum subs_rule subs;
    enum presence presence;
    bool reporting_only; /* count those that have a figure */
    bool over_projects;  /* the ministry's mean is that of all projects */
};

/* One of the ways: makes READING differ and says how. False where it does not differ from the base. */
struct way {
    const char *says;
    bool (*change)(struct reading *reading);
};

static bool change_dash(struct reading *reading) {
    reading->dash_is_zero = !reading->dash_is_zero;
    return true;
}

static bool set_source(struct reading *reading, enum progress_source source) {
    if (reading->source == source)
        return false;
    reading->source = source;
    return true;
}

static bool source_detail(struct reading *reading) {
    return set_source(reading, PROGRESS_DETAIL);
}

static bool source_year(struct reading *reading) {
    return set_source(reading, PROGRESS_YEAR);
}

static bool source_summary(struct reading *reading) {
    return reading->source != PROGRESS_EITHER && set_source(reading, PROGRESS_SUMMARY);
}

static bool agency_summary(struct reading *reading) {
    reading->agency = AGENCY_SUMMARY;
    return true;
}

static bool agency_printed(struct reading *reading) {
    reading->agency = AGENCY_PRINTED;
    return true;
}

static bool unnumbered_too(struct reading *reading) {
    reading->unnumbered = true;
    return true;
}

static bool subs_too(struct reading *reading) {
    reading->subs = SUBS_TOO;
    return true;
}

static bool subs_instead(struct reading *reading) {
    reading->subs = SUBS_INSTEAD;
    return true;
}

static bool details_only(struct reading *reading) {
    reading->presence = PRESENT_IN_DETAILS;
    return true;
}

static bool summary_only(struct reading *reading) {
    reading->presence = PRESENT_IN_SUMMARY;
    return true;
}

static bool reporting_only(struct reading *reading) {
    reading->reporting_only = true;
    return true;
}

static bool over_projects(struct reading *reading) {
    reading->over_projects = true;
    return true;
}

static const struct way ways[] = {
    {"a dash counted the other way in the mean", change_dash},
    {"progress taken from the summary tables", source_summary},
    {"progress taken from the details", source_detail},
    {"progress of the fiscal year taken from the details", source_year},
    {"agencies taken from the summary rows", agency_summary},
    {"agencies taken from the abbreviations printed in the summary rows", agency_printed},
    {"unnumbered projects counted", unnumbered_too},
    {"sub-projects counted besides their projects", subs_too},
    {"sub-projects counted instead of their projects", subs_instead},
    {"projects without details left out", details_only},
    {"projects without a row in the summary left out", summary_only},
    {"only projects that report counted", reporting_only},
    {"the mean taken over all projects, not over the strategies' means", over_projects},
};
#define WAYS (sizeof ways / sizeof *ways)

/* What a reading counts: the projects of the suspect's scope, and means for each strategy. */
struct count {
    const struct figures *figures;
    const struct suspect *suspect;
    struct reading reading;
    uint64_t projects;
    struct exact_sum sum;
    struct exact_sum *strategies; /* for the ministry's mean; else NULL */
    size_t strategy_count;
};

static uint32_t agency_of(const struct project *project, enum agency_source source) {
    return source == AGENCY_SECTION   ? project->agency
           : source == AGENCY_SUMMARY ? project->agency_summary
                                      : project->agency_printed;
}

/* Whether the project belongs to the suspect's scope. */
static bool in_scope(const struct suspect *suspect, const struct project *project,
                     enum agency_source source) {
    switch (suspect->scope) {
    case SUSPECT_STRATEGY:
        return project->strategy == suspect->number;
    case SUSPECT_AGENCY:
        return agency_of(project, source) == suspect->number;
    default:
        return true;
    }
}

/* Whether a project (or, with SUB, a sub-project) counts in a reading. */
static bool counts_in(const struct reading *reading, const struct suspect *suspect,
                      const struct project *project, bool sub, bool has_subs, struct figure progress) {
    if (sub ? reading->subs == SUBS_LEFT_OUT : reading->subs == SUBS_INSTEAD && has_subs)
        return false;
    return in_scope(suspect, project, reading->agency) && (project->number != 0 || reading->unnumbered) &&
           (reading->presence != PRESENT_IN_DETAILS || project->in_details) &&
           (reading->presence != PRESENT_IN_SUMMARY || project->in_summary) &&
           (!reading->reporting_only || progress.state == FIGURE_NUMBER);
}

/* Number I of a family's projects and sub-projects, with its progress in a reading. */
static const struct project *member(const struct family *family, size_t i, const struct reading *reading,
                                    bool *sub, struct figure *progress) {
    *sub = i >= family->main_count;
    if (*sub) {
        const struct project *project = &family->subs[i - family->main_count];
        *progress = project_progress(project, reading->source);
        return project;
    }
    *progress = family_progress(family, i, reading->source, reading->dash_is_zero);
    return &family->mains[i];
}

static void count_family(struct count *count, const struct family *family) {
    const struct reading *reading = &count->reading;
    struct tally_rule rule = {.dash_is_zero = reading->dash_is_zero};
    for (size_t i = 0; i < family->main_count + family->sub_count; i++) {
        bool sub;
        struct figure progress;
        const struct project *project = member(family, i, reading, &sub, &progress);
        if (!counts_in(reading, count->suspect, project, sub, family->sub_count > 0, progress))
            continue;
        count->projects++;
        if (!tally_counts(&rule, progress))
            continue;
        sum_add(&count->sum, progress);
        if (count->strategies != NULL && project->strategy != 0)
            sum_add(&count->strategies[project->strategy], progress);
    }
}

static void count_all(struct count *count) {
    struct figures_cursor cursor = {0};
    struct family family;
    while (figures_next(count->figures, &cursor, &family))
        count_family(count, &family);
    figures_end(&cursor);
}

/* The mean of what was counted; false when there is none. */
static bool count_mean(const struct count *count, struct fraction *mean) {
    if (count->strategies == NULL || count->reading.over_projects)
        return sum_mean(&count->sum, "a mean", mean);
    struct fraction sum = FRACTION_ZERO;
    fraction_int means = 0;
    for (size_t i = 0; i < count->strategy_count; i++) {
        struct fraction one;
        if (!sum_mean(&count->strategies[i], "a mean", &one))
            continue;
        if (!fraction_add(sum, one, &sum))
            return false;
        means++;
    }
    return fraction_divide(sum, (struct fraction){means, 1}, mean);
}

/* How a declared figure fits a count and a mean. */
enum fit { FIT_NONE, FIT_EXACT, FIT_CUT, FIT_SHORT };

static enum fit fit_mean(const struct declared *declared, bool has_mean, struct fraction mean) {
    struct decimal value;
    if (!declared->has_progress)
        return FIT_EXACT;
    if (!has_mean)
        return FIT_NONE;
    if (declared_agrees(declared->progress, mean))
        return FIT_EXACT;
    if (fraction_cut(mean, declared_places(declared->progress), &value) &&
        decimal_compare(value, declared->progress) == 0)
        return FIT_CUT;
    if (declared->progress.scale < 2 && fraction_round(mean, declared->progress.scale, &value) &&
        decimal_compare(value, declared->progress) == 0)
        return FIT_SHORT;
    return FIT_NONE;
}

static enum fit fit_count(const struct declared *declared, const struct count *count) {
    struct fraction mean;
    if (declared->has_count && declared->count != count->projects)
        return FIT_NONE;
    bool has_mean = count_mean(count, &mean);
    return fit_mean(declared, has_mean, mean);
}

static const char *fit_says(enum fit fit) {
    return fit == FIT_CUT     ? "the mean cut, not rounded"
           : fit == FIT_SHORT ? "the mean rounded to fewer places"
                              : "";
}

static struct count count_start(const struct figures *figures, const struct suspect *suspect,
                                struct reading reading, size_t strategies) {
    struct count count = {.figures = figures, .suspect = suspect, .reading = reading};
    if (suspect->scope == SUSPECT_MINISTRY) {
        count.strategies = memory_zeroed(strategies, sizeof *count.strategies);
        count.strategy_count = strategies;
    }
    return count;
}

static enum fit try_reading(struct figures *figures, const struct suspect *suspect, struct reading reading) {
    struct count count = count_start(figures, suspect, reading, names_count(figures_strategies(figures)));
    count_all(&count);
    enum fit fit = fit_count(suspect->declared, &count);
    free(count.strategies);
    return fit;
}

/* Appends WORDS, parted from what stands there by SEPARATOR. */
static void say(struct buffer *cause, const char *separator, const char *words) {
    if (words[0] == '\0')
        return;
    if (cause->len > 0)
        buffer_append_text(cause, text_of(separator));
    buffer_append_text(cause, text_of(words));
}

static struct reading base_reading(const struct suspect *suspect) {
    struct reading reading = {0};
    reading.dash_is_zero = suspect->rule.dash_is_zero;
    reading.source = suspect->source;
    return reading;
}

/* The projects that explain a disagreement: the first few by name, the others by their number. */
struct explained {
    struct buffer text;
    uint64_t count;
};

#define MAX_NAMED 3

static void explain(struct explained *explained, const struct figures *figures,
                    const struct project *project) {
    if (explained->count++ >= MAX_NAMED)
        return;
    if (explained->text.len > 0)
        buffer_append_text(&explained->text, TEXT(", "));
    figures_append_key(figures, project, &explained->text);
    uint64_t lines[] = {project->line_summary, project->line_details};
    const char *before = " (line ";
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        if (lines[i] == 0)
            continue;
        buffer_append_text(&explained->text, text_of(before));
        buffer_append_number(&explained->text, lines[i]);
        before = ", ";
    }
    if (before[0] == ',')
        buffer_append_char(&explained->text, ')');
}

static void append_explained(struct buffer *cause, const struct explained *explained) {
    buffer_append_text(cause, buffer_text(&explained->text));
    if (explained->count > MAX_NAMED)
        buffer_printf(cause, " and %llu more", (unsigned long long)(explained->count - MAX_NAMED));
}

/* Whether what a project adds differs between two readings. */
static bool adds_otherwise(const struct family *family, size_t i, const struct suspect *suspect,
                           const struct reading *one, const struct reading *other) {
    bool sub;
    struct figure figures[2];
    bool counted[2];
    const struct reading *readings[2] = {one, other};
    for (size_t j = 0; j < 2; j++) {
        const struct project *project = member(family, i, readings[j], &sub, &figures[j]);
        counted[j] = counts_in(readings[j], suspect, project, sub, family->sub_count > 0, figures[j]);
    }
    if (!counted[0] || !counted[1])
        return counted[0] != counted[1];
    return figures[0].state != figures[1].state ||
           (figures[0].state == FIGURE_NUMBER && figure_compare(figures[0], figures[1]) != 0) ||
           (figures[0].state == FIGURE_DASH && one->dash_is_zero != other->dash_is_zero);
}

/* Appends, in brackets, the projects for which OTHER reading makes a difference. */
static void name_projects(struct figures *figures, const struct suspect *suspect, const struct reading *other,
                          struct buffer *cause) {
    struct reading base = base_reading(suspect);
    struct explained explained = {0};
    struct figures_cursor cursor = {0};
    struct family family;
    while (figures_next(figures, &cursor, &family)) {
        for (size_t i = 0; i < family.main_count + family.sub_count; i++) {
            bool sub;
            struct figure progress;
            if (adds_otherwise(&family, i, suspect, &base, other))
                explain(&explained, figures, member(&family, i, &base, &sub, &progress));
        }
    }
    figures_end(&cursor);
    if (explained.count > 0) {
        buffer_append_text(cause, TEXT(": "));
        append_explained(cause, &explained);
    }
    buffer_free(&explained.text);
}

/* Readings that differ in no way (only in the rounding) or in one. */
static bool try_one_way(struct figures *figures, const struct suspect *suspect, struct buffer *cause) {
    struct reading base = base_reading(suspect);
    enum fit fit = try_reading(figures, suspect, base);
    if (fit != FIT_NONE) {
        say(cause, "", fit_says(fit));
        return cause->len > 0;
    }
    for (size_t i = 0; i < WAYS; i++) {
        struct reading reading = base;
        if (!ways[i].change(&reading) || try_reading(figures, suspect, reading) != FIT_EXACT)
            continue;
        say(cause, "; or ", ways[i].says);
        name_projects(figures, suspect, &reading, cause);
    }
    return cause->len > 0;
}

static bool try_two_ways(struct figures *figures, const struct suspect *suspect, struct buffer *cause) {
    for (size_t i = 0; i < WAYS; i++) {
        for (size_t j = i; j < WAYS; j++) {
            struct reading reading = base_reading(suspect);
            if (!ways[i].change(&reading) || (j > i && !ways[j].change(&reading)))
                continue;
            enum fit fit = try_reading(figures, suspect, reading);
            if (fit == FIT_NONE || (i == j && fit == FIT_EXACT))
                continue;
            say(cause, "", ways[i].says);
            say(cause, " and ", j > i ? ways[j].says : "");
            say(cause, " and ", fit_says(fit));
            return true;
        }
    }
    return false;
}

/* A search among single projects: the mean of the base reading with one figure taken out or put in. */
struct search {
    const struct figures *figures;
    const struct suspect *suspect;
    const struct count *base;
    struct explained found; /* the projects that fit the way tried now */
};

/* Whether the declared figure comes out when OUT is taken out of the count and IN is put in (NULL: none). */
static bool fits_changed(const struct search *search, const struct figure *out, const struct figure *in) {
    const struct declared *declared = search->suspect->declared;
    struct tally_rule rule = {.dash_is_zero = search->base->reading.dash_is_zero};
    uint64_t projects = search->base->projects + (in != NULL) - (out != NULL);
    if (declared->has_count && declared->count != projects)
        return false;
    struct exact_sum sum = search->base->sum;
    if (in != NULL && tally_counts(&rule, *in))
        sum_add(&sum, *in);
    if (out != NULL && tally_counts(&rule, *out)) {
        struct figure negative = *out;
        negative.units = -negative.units;
        sum_add(&sum, negative);
        sum.count -= 2;
    }
    struct fraction mean;
    bool has_mean = sum_mean(&sum, "a mean", &mean);
    return fit_mean(declared, has_mean, mean) == FIT_EXACT;
}

/* Each returns whether the project explains the disagreement in one way. */
static bool left_out(const struct search *search, const struct project *project, struct figure progress,
                     bool inside) {
    (void)project;
    return inside && fits_changed(search, &progress, NULL);
}

static bool counted_twice(const struct search *search, const struct project *project, struct figure progress,
                          bool inside) {
    (void)project;
    return inside && fits_changed(search, NULL, &progress);
}

static bool from_elsewhere(const struct search *search, const struct project *project, struct figure progress,
                           bool inside) {
    (void)project;
    return !inside && fits_changed(search, NULL, &progress);
}

static bool other_figure(const struct search *search, const struct project *project, struct figure progress,
                         bool inside) {
    const struct figure others[] = {project->summary, project->total, project->year};
    for (size_t i = 0; inside && i < sizeof others / sizeof *others; i++) {
        if (others[i].state == FIGURE_NUMBER &&
            (progress.state != FIGURE_NUMBER || figure_compare(others[i], progress) != 0) &&
            fits_changed(search, &progress, &others[i]))
            return true;
    }
    return false;
}

static const struct {
    const char *says;
    bool (*fits)(const struct search *search, const struct project *project, struct figure progress,
                 bool inside);
} slips[] = {
    {"a project left out", left_out},
    {"a project counted twice", counted_twice},
    {"a project of elsewhere counted here", from_elsewhere},
    {"a project counted with another of its figures", other_figure},
};

static void search_slip(struct search *search, size_t slip) {
    struct figures_cursor cursor = {0};
    struct family family;
    search->found.count = 0;
    buffer_clear(&search->found.text);
    const struct reading *reading = &search->base->reading;
    while (figures_next(search->figures, &cursor, &family)) {
        for (size_t i = 0; i < family.main_count; i++) {
            const struct project *project = &family.mains[i];
            struct figure progress = family_progress(&family, i, reading->source, reading->dash_is_zero);
            bool inside = project->number != 0 && in_scope(search->suspect, project, reading->agency);
            if (slips[slip].fits(search, project, progress, inside))
                explain(&search->found, search->figures, project);
        }
    }
    figures_end(&cursor);
}

static bool try_single_projects(struct figures *figures, const struct suspect *suspect,
                                struct buffer *cause) {
    if (suspect->scope == SUSPECT_MINISTRY)
        return false; /* its mean is not that of its projects */
    struct count base = count_start(figures, suspect, base_reading(suspect), 0);
    count_all(&base);
    struct search search = {.figures = figures, .suspect = suspect, .base = &base};
    for (size_t slip = 0; slip < sizeof slips / sizeof *slips; slip++) {
        search_slip(&search, slip);
        if (search.found.count == 0)
            continue;
        say(cause, "; or ", slips[slip].says);
        buffer_append_text(cause, search.found.count > 1 ? TEXT(": one of ") : TEXT(": "));
        append_explained(cause, &search.found);
    }
    buffer_free(&search.found.text);
    return cause->len > 0;
}

/* Whether two texts differ in one character, or in two neighbours that have changed places. */
static bool slip_of_pen(const char *a, const char *b) {
    size_t len = strlen(a);
    size_t first = 0;
    if (strlen(b) != len)
        return false;
    while (first < len && a[first] == b[first])
        first++;
    if (first == len)
        return false;
    if (strcmp(a + first + 1, b + first + 1) == 0)
        return true;
    return first + 1 < len && a[first] == b[first + 1] && a[first + 1] == b[first] &&
           strcmp(a + first + 2, b + first + 2) == 0;
}

static void try_misprint(struct figures *figures, const struct suspect *suspect, struct buffer *cause) {
    const struct declared *declared = suspect->declared;
    struct count base =
        count_start(figures, suspect, base_reading(suspect), names_count(figures_strategies(figures)));
    count_all(&base);
    struct fraction mean;
    struct decimal rounded;
    int places = declared_places(declared->progress);
    bool has_mean = count_mean(&base, &mean) && fraction_round(mean, places, &rounded);
    free(base.strategies);
    bool count_agrees = !declared->has_count || declared->count == base.projects;
    if (fit_mean(declared, has_mean, mean) == FIT_EXACT) {
        say(cause, "", "the mean agrees, the count alone does not");
        return;
    }
    char computed[DECIMAL_TEXT];
    char stated[DECIMAL_TEXT];
    if (!has_mean || !count_agrees)
        return;
    decimal_format_fixed(rounded, places, computed);
    decimal_format_fixed(declared->progress, places, stated);
    if (slip_of_pen(computed, stated))
        say(cause, "", "a misprint: a digit differs, or two have changed places");
}

void causes_find(struct figures *figures, const struct suspect *suspect, struct buffer *cause) {
    if (suspect->scope == SUSPECT_EMPTY) {
        say(cause, "", "no project belongs to it");
        return;
    }
    if (suspect->scope == SUSPECT_NOTHING || suspect->rule.by_budget)
        return; /* what a report declares is never weighted */
    if (!try_one_way(figures, suspect, cause) && !try_single_projects(figures, suspect, cause) &&
        !try_two_ways(figures, suspect, cause))
        try_misprint(figures, suspect, cause);
}
