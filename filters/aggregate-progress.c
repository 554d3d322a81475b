/*
 * aggregate-progress: means and sums over projects, and the report's own figures set against them.
 *
 * Reads projects.csv, summary.csv and report.csv (any of them, told apart by their columns) and, with
 * --declared, declared.csv; knows its thresholds from the profile's ratings.csv. Writes aggregates.csv: a row
 * for the ministry, all projects, each strategy, each agency and each project that has sub-projects.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "causes.h"
#include "date.h"
#include "declared.h"
#include "diagnostics.h"
#include "options.h"
#include "pieces.h"
#include "survey.h"

static const char usage[] =
    "Usage: aggregate-progress [OPTION]... [FILE]...\n"
    "Counts, means and sums over the projects of projects.csv and summary.csv (either may be missing), by\n"
    "ministry, strategy, agency and parent project, as aggregates.csv. FILEs are told apart by their "
    "columns;\n"
    "report.csv among them tells the period. Without FILE, or where it is -, read standard input.\n"
    "\n"
    "      --declared FILE      set the report's own figures (declared.csv) against the computed ones\n"
    "      --from summary|detail  take progress from the summary tables, or from the projects' own "
    "sections;\n"
    "                           default: from the summary where the project has a row there\n"
    "      --missing zero|skip  count a dash as 0 in means (default), or not at all\n"
    "      --weight equal|budget  weigh projects alike (default), or by the budget allocated to them\n"
    "  -g, --group GROUPING     rows by strategy,agency or by project too; may be given twice\n"
    "      --detail             more columns: why figures lack, spread, rates, ratings, causes\n"
    "      --as-of DATE         the period's last day, instead of that of report.csv\n"
    "      --partial            write a piece: what is needed of the FILEs, to be merged later\n"
    "      --merge              the FILEs are pieces\n"
    "  -o, --output FILE        write to FILE\n"
    "  -z, --gzip               compress the output\n"
    "      --bom                begin with a byte order mark, for spreadsheets\n"
    "  -p, --profile DIR        the profile\n"
    "      --invalid replace    go on where the input is not UTF-8\n"
    "      --encoding tis-620   the input's encoding\n"
    "      --max-bytes N, --max-line N  limits of an input's size\n"
    "      --help, --version\n"
    "\n"
    "Exit status: 0 done; 1 done, and a declared figure disagrees; 2 trouble.\n";

struct settings {
    struct survey_settings survey;
    bool by_strategy_and_agency;
    bool by_project;
    bool partial;
    bool merge;
    const char *declared;
    struct common_options common;
};

static const char *const plain_columns[] = {
    "scope",     "name",     "projects", "reported", "progress",          "allocated",         "contracted",
    "disbursed", "expected", "gap",      "rating",   "declared_projects", "declared_progress", "agrees",
};
static const char *const detail_columns[] = {
    "with_details", "not_handed_in", "blank",           "dash",           "text",     "minimum",
    "median",       "maximum",       "contracted_rate", "disbursed_rate", "compared",
};
static const char *const cause_columns[] = {"difference_projects", "difference_progress", "cause"};
#define PLAIN_COLUMNS (sizeof plain_columns / sizeof *plain_columns)
#define DETAIL_COLUMNS (sizeof detail_columns / sizeof *detail_columns)
#define CAUSE_COLUMNS (sizeof cause_columns / sizeof *cause_columns)

/* A row of aggregates.csv. */
struct line {
    const char *scope;
    struct text name;
    const struct group *group;
    bool has_progress;
    struct fraction progress;
    const struct tallied *project;   /* where the row is of a single one; else NULL */
    const struct declared *declared; /* the first stands in the row; NULL: nothing is declared */
    size_t declared_count;
    enum suspect_scope suspected; /* where to look for causes */
    uint32_t number;              /* of the strategy or the agency */
};

/* How a row's declared figures stand to the computed ones. */
struct comparison {
    bool known;  /* something is declared */
    bool agrees; /* all of it */
    struct buffer cause;
};

struct work {
    const struct settings *settings;
    struct figures *figures;
    struct ratings *ratings;
    struct survey *survey;
    struct declarations declarations;
    struct declared *found; /* what is declared for the row at hand */
    size_t found_count;
    size_t found_cap;
    struct table_writer *writer;
    bool disagreed;
    uint64_t searched; /* projects that were gone over in search of causes */
};

static void put_fraction(struct table_writer *writer, bool known, struct fraction value, const char *what) {
    struct decimal rounded;
    char text[DECIMAL_TEXT];
    if (!known) {
        table_put(writer, TEXT(""));
        return;
    }
    if (!fraction_round(value, 2, &rounded))
        die("overflow: %s does not fit 64 bits", what);
    table_put_string(writer, decimal_format(rounded, text));
}

/* A sum as exact as it is: nothing is rounded. */
static void put_sum(struct table_writer *writer, const struct exact_sum *sum, const char *what) {
    struct decimal value;
    char text[DECIMAL_TEXT];
    if (sum->count == 0) {
        table_put(writer, TEXT(""));
        return;
    }
    if (!fraction_round(sum_total(sum, what), DECIMAL_MAX_SCALE, &value))
        die("overflow: %s does not fit 64 bits", what);
    table_put_string(writer, decimal_format(value, text));
}

/* A single figure, as exact as it is stated; empty where it is no number. */
static void put_figure(struct table_writer *writer, struct figure figure) {
    char text[DECIMAL_TEXT];
    if (figure.state == FIGURE_NUMBER && figure.divisor == 1)
        table_put_string(writer, decimal_format((struct decimal){figure.units, figure.scale}, text));
    else
        put_fraction(writer, figure.state == FIGURE_NUMBER, figure_fraction(figure), "a figure");
}

/* `75 projects, 48.2%`; what is not known is left out. */
static void append_figures(struct buffer *message, bool has_count, uint64_t count, bool has_progress,
                           struct decimal progress) {
    char text[DECIMAL_TEXT];
    if (has_count)
        buffer_printf(message, " %llu projects", (unsigned long long)count);
    if (has_count && has_progress)
        buffer_append_char(message, ',');
    if (has_progress)
        buffer_printf(message, " %s%%", decimal_format(progress, text));
}

/* Says where a declared figure stands, what it is, what was computed, and why they differ. */
static void diagnose_difference(const struct line *line, const struct declared *declared,
                                const struct buffer *cause) {
    struct buffer message = {0};
    struct decimal computed = {0, 0};
    bool has_computed =
        line->has_progress && fraction_round(line->progress, declared_places(declared->progress), &computed);
    buffer_printf(&message, "%s %.*s: declared", line->scope, (int)line->name.len, line->name.data);
    append_figures(&message, declared->has_count, declared->count, declared->has_progress,
                   declared->progress);
    if (declared->line > 0)
        buffer_printf(&message, " (line %llu of the report)", (unsigned long long)declared->line);
    buffer_append_text(&message, TEXT(", computed"));
    append_figures(&message, true, line->group->tally.projects, has_computed, computed);
    if (cause->len > 0)
        buffer_printf(&message, "; likely cause: %.*s", (int)cause->len, cause->data);
    diagnose(SEVERITY_WARNING, declared->file, declared->row_line, "%.*s", (int)message.len, message.data);
    buffer_free(&message);
}

/* Looking for causes takes some hundred passes over all projects: past this many it is left, and so it is when
   all searches together have gone over so many. */
#define MAX_SUSPECTED 20000
#define MAX_SEARCHED 1000000

/* Whether there is to be one search more. */
static bool may_search(struct work *work) {
    uint64_t projects = survey_all(work->survey)->tally.projects;
    if (projects > MAX_SUSPECTED)
        return false;
    bool before = work->searched <= MAX_SEARCHED;
    work->searched += projects;
    if (before && work->searched > MAX_SEARCHED)
        diagnose(SEVERITY_NOTE, NULL, 0,
                 "so many declared figures disagree that no more causes are looked for");
    return work->searched <= MAX_SEARCHED;
}

static void find_cause(struct work *work, const struct line *line, const struct declared *declared,
                       struct buffer *cause) {
    bool costly = line->suspected != SUSPECT_NOTHING && line->suspected != SUSPECT_EMPTY;
    if (costly && !may_search(work))
        return;
    struct suspect suspect = {declared, line->suspected, line->number, work->settings->survey.rule,
                              work->settings->survey.source};
    causes_find(work->figures, &suspect, cause);
}

static bool line_agrees(const struct line *line, const struct declared *declared) {
    return (!declared->has_count || declared->count == line->group->tally.projects) &&
           (!declared->has_progress ||
            (line->has_progress && declared_agrees(declared->progress, line->progress)));
}

/* Sets all that is declared for the line against the computed figures. The cause is that of the first which
   differs; the caller frees it. */
static struct comparison compare(struct work *work, const struct line *line) {
    struct comparison comparison = {.known = line->declared_count > 0, .agrees = true};
    for (size_t i = 0; i < line->declared_count; i++) {
        const struct declared *declared = &line->declared[i];
        if (line_agrees(line, declared) || (i > 0 && declared_repeats(line->declared, declared)))
            continue;
        struct buffer cause = {0};
        find_cause(work, line, declared, &cause);
        diagnose_difference(line, declared, &cause);
        if (comparison.agrees)
            comparison.cause = cause;
        else
            buffer_free(&cause);
        comparison.agrees = false;
    }
    work->disagreed |= !comparison.agrees;
    return comparison;
}

static void put_plan(const struct work *work, const struct line *line) {
    struct table_writer *writer = work->writer;
    struct fraction expected;
    struct fraction gap;
    struct rated rated = {RATINGS_UNKNOWN, RATINGS_UNKNOWN, RATINGS_UNKNOWN};
    if (line->project != NULL)
        rated = line->project->rated;
    else if (line->has_progress)
        rated.progress = survey_hundredths(line->progress);
    bool known = tally_plan(&line->group->tally, &expected, &gap);
    if (line->project != NULL && rated.expected != RATINGS_UNKNOWN) {
        expected = (struct fraction){rated.expected, 100};
        put_fraction(writer, true, expected, "a share of time");
    } else {
        put_fraction(writer, known, expected, "a share of time");
    }
    put_fraction(writer, known, gap, "a gap");
    if (known && line->project == NULL) {
        rated.expected = survey_hundredths(expected);
        rated.gap = survey_hundredths(gap);
    }
    table_put_string(writer, ratings_name(work->ratings, ratings_rate(work->ratings, rated)));
}

static void put_declared(const struct work *work, const struct declared *declared,
                         const struct comparison *comparison) {
    struct table_writer *writer = work->writer;
    char text[DECIMAL_TEXT];
    if (declared != NULL && declared->has_count)
        table_put_number(writer, declared->count);
    else
        table_put(writer, TEXT(""));
    if (declared != NULL && declared->has_progress)
        table_put_string(writer, decimal_format(declared->progress, text));
    else
        table_put(writer, TEXT(""));
    table_put_string(writer, !comparison->known ? "" : comparison->agrees ? "yes" : "no");
}

static void put_spread(const struct work *work, const struct spread *spread) {
    struct fraction median = FRACTION_ZERO;
    struct fraction low = FRACTION_ZERO;
    struct fraction high = FRACTION_ZERO;
    bool known = spread->seen > 0;
    if (known) {
        low = figure_fraction(spread->minimum);
        high = figure_fraction(spread->maximum);
        if (!fraction_add(figure_fraction(spread->median[0]), figure_fraction(spread->median[1]), &median) ||
            !fraction_divide(median, (struct fraction){2, 1}, &median))
            die("overflow: a median cannot be reckoned exactly in 128 bits");
    }
    put_fraction(work->writer, known, low, "a minimum");
    put_fraction(work->writer, known, median, "a median");
    put_fraction(work->writer, known, high, "a maximum");
}

static void put_detail(const struct work *work, const struct group *group) {
    static const enum figure_state lacking[] = {FIGURE_ABSENT, FIGURE_BLANK, FIGURE_DASH, FIGURE_TEXT};
    const struct tally *tally = &group->tally;
    table_put_number(work->writer, tally->with_details);
    for (size_t i = 0; i < sizeof lacking / sizeof *lacking; i++)
        table_put_number(work->writer, tally->states[lacking[i]]);
    put_spread(work, &group->spread);
    for (int kind = MONEY_CONTRACTED; kind < MONEY_KINDS; kind++) {
        struct fraction rate = FRACTION_ZERO;
        bool known = tally_rate(tally, kind, &rate);
        put_fraction(work->writer, known, rate, "a rate");
    }
    table_put_number(work->writer, tally->compared.count);
    for (size_t i = 0; i < ratings_count(work->ratings); i++)
        table_put_number(work->writer, tally->ratings[i]);
}

/* Computed less declared, and why. */
static void put_difference(const struct work *work, const struct line *line,
                           const struct comparison *comparison) {
    const struct declared *declared = line->declared;
    struct table_writer *writer = work->writer;
    struct decimal rounded;
    struct decimal difference = {0, 0};
    char text[DECIMAL_TEXT];
    if (declared != NULL && declared->has_count) {
        difference = decimal_of((int64_t)line->group->tally.projects - (int64_t)declared->count);
        table_put_string(writer, decimal_format(difference, text));
    } else {
        table_put(writer, TEXT(""));
    }
    if (declared != NULL && declared->has_progress && line->has_progress &&
        fraction_round(line->progress, declared_places(declared->progress), &rounded) &&
        decimal_subtract(rounded, declared->progress, &difference))
        table_put_string(writer, decimal_format(difference, text));
    else
        table_put(writer, TEXT(""));
    table_put(writer, buffer_text(&comparison->cause));
}

static void write_line(struct work *work, const struct line *line) {
    const struct tally *tally = &line->group->tally;
    struct comparison comparison = compare(work, line);
    table_put_string(work->writer, line->scope);
    table_put(work->writer, line->name);
    table_put_number(work->writer, tally->projects);
    table_put_number(work->writer, tally->states[FIGURE_NUMBER]);
    if (line->project != NULL)
        put_figure(work->writer, line->project->progress);
    else
        put_fraction(work->writer, line->has_progress, line->progress, "a mean");
    for (int kind = 0; kind < MONEY_KINDS; kind++) {
        if (line->project != NULL)
            put_figure(work->writer, line->project->money[kind]);
        else
            put_sum(work->writer, &tally->money[kind], "a sum of money");
    }
    put_plan(work, line);
    put_declared(work, line->declared, &comparison);
    if (work->settings->survey.rule.detail) {
        put_detail(work, line->group);
        put_difference(work, line, &comparison);
    }
    table_end_row(work->writer);
    buffer_free(&comparison.cause);
}

static void add_found(struct work *work, struct declared declared) {
    work->found = memory_reserve(work->found, &work->found_cap, work->found_count + 1, sizeof *work->found);
    work->found[work->found_count++] = declared;
}

/* Finds all that declared.csv has for the line. */
static void find_declared(struct work *work, const struct line *line) {
    work->found_count = 0;
    for (size_t i = 0; i < work->declarations.count; i++) {
        struct declared *declared = &work->declarations.items[i];
        if (strcmp(declared->scope, line->scope) != 0 || !text_equal(text_of(declared->name), line->name))
            continue;
        declared->taken = true;
        add_found(work, *declared);
    }
}

/* Writes the line with what was found for it. */
static void write_found(struct work *work, struct line line) {
    line.declared = work->found_count > 0 ? work->found : NULL;
    line.declared_count = work->found_count;
    write_line(work, &line);
}

static void write_declared(struct work *work, struct line line) {
    find_declared(work, &line);
    write_found(work, line);
}

static struct line line_of(const struct work *work, const char *scope, struct text name,
                           const struct group *group) {
    struct line line = {.scope = scope, .name = name, .group = group, .suspected = SUSPECT_NOTHING};
    line.has_progress = tally_progress(&group->tally, &work->settings->survey.rule, &line.progress);
    return line;
}

static void write_ministry(struct work *work) {
    struct text name = figures_ministry(work->figures);
    const struct declared *declared = declarations_first(&work->declarations, "ministry");
    if (name.len == 0 && declared != NULL)
        name = text_of(declared->name);
    struct line line = line_of(work, "ministry", name, survey_all(work->survey));
    line.has_progress = survey_ministry(work->survey, &line.progress);
    line.suspected = SUSPECT_MINISTRY;
    write_declared(work, line);
    line = line_of(work, "projects", name, survey_all(work->survey));
    line.suspected = SUSPECT_PROJECTS;
    write_declared(work, line);
}

/* The total row of the summary table is a declared figure too: it stands in the row where declared.csv has
   nothing else for the strategy. */
static void write_strategy(struct work *work, uint32_t strategy) {
    struct text name = names_text(figures_strategies(work->figures), strategy);
    struct line line = line_of(work, "strategy", name, survey_strategy(work->survey, strategy));
    line.suspected = SUSPECT_STRATEGY;
    line.number = strategy;
    find_declared(work, &line);
    size_t count;
    const struct stated_total *totals = figures_totals(work->figures, &count);
    for (size_t i = 0; i < count; i++) {
        const struct stated_total *total = &totals[i];
        if (total->strategy == strategy && total->progress.state == FIGURE_NUMBER)
            add_found(work, (struct declared){.has_progress = true,
                                              .progress = {total->progress.units, total->progress.scale},
                                              .line = total->line,
                                              .file = total->file,
                                              .row_line = total->row_line});
    }
    write_found(work, line);
}

static void write_groups(struct work *work) {
    const struct names *strategies = figures_strategies(work->figures);
    const struct names *agencies = figures_agencies(work->figures);
    write_ministry(work);
    for (uint32_t i = 0; i < names_count(strategies); i++) {
        if (survey_strategy(work->survey, i)->tally.projects > 0)
            write_strategy(work, i);
    }
    for (uint32_t i = 0; i < names_count(agencies); i++) {
        const struct group *group = survey_agency(work->survey, i);
        struct line line = line_of(work, "agency", names_text(agencies, i), group);
        line.suspected = SUSPECT_AGENCY;
        line.number = i;
        if (group->tally.projects > 0)
            write_declared(work, line);
    }
}

/* Each agency within each strategy, called 3/NSO. */
static void write_crossed(struct work *work) {
    struct buffer name = {0};
    uint32_t strategy;
    uint32_t agency;
    const struct group *group;
    for (size_t i = 0; (group = survey_crossed(work->survey, i, &strategy, &agency)) != NULL; i++) {
        buffer_clear(&name);
        buffer_append_text(&name, names_text(figures_strategies(work->figures), strategy));
        buffer_append_char(&name, '/');
        buffer_append_text(&name, names_text(figures_agencies(work->figures), agency));
        struct line line = line_of(work, "strategy-agency", buffer_text(&name), group);
        write_line(work, &line);
    }
    buffer_free(&name);
}

/* What is declared of a strategy or an agency that no project names. */
static void write_rest(struct work *work) {
    struct group *empty = memory_zeroed(1, sizeof *empty);
    tally_start(&empty->tally);
    for (size_t i = 0; i < work->declarations.count; i++) {
        const struct declared *declared = &work->declarations.items[i];
        struct line line = line_of(work, declared->scope, text_of(declared->name), empty);
        line.suspected = SUSPECT_EMPTY;
        if (!declared->taken)
            write_declared(work, line);
    }
    free(empty);
}

/* A project with sub-projects: their mean, and what is stated for the whole of it. */
static void write_parent(struct work *work, const struct family *family) {
    struct group *group = memory_zeroed(1, sizeof *group);
    struct buffer key = {0};
    survey_parts(work->survey, family, group);
    struct project parent = family->main_count > 0 ? family->mains[0] : family->subs[0];
    parent.sub = 0;
    figures_append_key(work->figures, &parent, &key);
    struct line line = line_of(work, "parent", buffer_text(&key), group);
    struct declared declared = {.has_progress = true};
    struct figure stated = {0};
    if (family->main_count > 0)
        stated = project_progress(&parent, work->settings->survey.source);
    declared.progress = (struct decimal){stated.units, stated.scale};
    declared.line = parent.in_summary ? parent.line_summary : parent.line_details;
    if (stated.state == FIGURE_NUMBER && line.has_progress)
        line.declared = &declared;
    line.declared_count = line.declared != NULL;
    write_line(work, &line);
    buffer_free(&key);
    free(group);
}

static void write_parents(struct work *work) {
    struct figures_cursor cursor = {0};
    struct family family;
    while (survey_has_subs(work->survey) && figures_next(work->figures, &cursor, &family)) {
        if (family.sub_count > 0)
            write_parent(work, &family);
    }
    figures_end(&cursor);
}

static void write_project(struct work *work, const struct project *project, const struct tallied *tallied) {
    struct group *group = memory_zeroed(1, sizeof *group);
    struct buffer key = {0};
    tally_start(&group->tally);
    tally_add(&group->tally, &work->settings->survey.rule, tallied);
    figures_append_key(work->figures, project, &key);
    struct line line = line_of(work, "project", buffer_text(&key), group);
    line.project = tallied;
    write_line(work, &line);
    buffer_free(&key);
    free(group);
}

/* Projects and their sub-projects, unnumbered ones too. */
static void write_projects(struct work *work) {
    struct figures_cursor cursor = {0};
    struct family family;
    while (work->settings->by_project && figures_next(work->figures, &cursor, &family)) {
        for (size_t i = 0; i < family.main_count; i++) {
            struct tallied project = survey_main(work->survey, &family, i);
            write_project(work, &family.mains[i], &project);
        }
        for (size_t i = 0; i < family.sub_count; i++) {
            struct tallied project = survey_sub(work->survey, &family.subs[i]);
            write_project(work, &family.subs[i], &project);
        }
    }
    figures_end(&cursor);
}

static struct table_writer *create_table(const struct work *work) {
    const struct settings *settings = work->settings;
    const char *columns[PLAIN_COLUMNS + DETAIL_COLUMNS + RATINGS_MAX + CAUSE_COLUMNS];
    size_t count = 0;
    for (size_t i = 0; i < PLAIN_COLUMNS; i++)
        columns[count++] = plain_columns[i];
    for (size_t i = 0; settings->survey.rule.detail && i < DETAIL_COLUMNS; i++)
        columns[count++] = detail_columns[i];
    for (size_t i = 0; settings->survey.rule.detail && i < ratings_count(work->ratings); i++)
        columns[count++] = ratings_name(work->ratings, i);
    for (size_t i = 0; settings->survey.rule.detail && i < CAUSE_COLUMNS; i++)
        columns[count++] = cause_columns[i];
    const struct common_options *common = &settings->common;
    return table_create(common->output, common->gzip, common->bom, columns, count);
}

static int write_pieces(const struct settings *settings, struct operands operands) {
    const struct common_options *common = &settings->common;
    struct table_writer *writer =
        table_create(common->output, common->gzip, common->bom, pieces_columns, PIECES_COLUMNS);
    for (size_t i = 0; i < operands.count; i++)
        pieces_write(operands.paths[i], &common->input, writer);
    table_finish(writer);
    return STATUS_DONE;
}

static int aggregate(const struct settings *settings, struct operands operands) {
    struct work work = {.settings = settings, .figures = figures_new()};
    struct profile *profile = profile_open(settings->common.profile);
    work.ratings = ratings_open(profile);
    if (settings->declared != NULL) {
        figures_know_agencies(work.figures, profile);
        declarations_read(&work.declarations, settings->declared, &settings->common.input);
    }
    profile_close(profile);
    for (size_t i = 0; i < operands.count; i++)
        figures_read(work.figures, operands.paths[i], &settings->common.input, settings->merge);
    figures_finish(work.figures);

    struct survey_settings how = settings->survey;
    if (how.as_of == DAY_UNKNOWN)
        how.as_of = figures_period_end(work.figures);
    work.survey = survey_new(work.figures, work.ratings, &how);
    work.writer = create_table(&work);
    write_groups(&work);
    if (settings->by_strategy_and_agency)
        write_crossed(&work);
    write_rest(&work);
    write_parents(&work);
    write_projects(&work);
    table_finish(work.writer);

    free(work.found);
    survey_free(work.survey);
    declarations_free(&work.declarations);
    ratings_free(work.ratings);
    figures_free(work.figures);
    return work.disagreed ? STATUS_REPORT : STATUS_DONE;
}

/* The place of VALUE among CHOICES (NULL at the end); a wrong use where it is none of them. */
static int choose(const char *option, const char *value, const char *const *choices) {
    for (int i = 0; choices[i] != NULL; i++) {
        if (strcmp(value, choices[i]) == 0)
            return i;
    }
    diagnose(SEVERITY_ERROR, NULL, 0, "%s: '%s' is none of its values", option, value);
    options_usage_error();
}

/* A year from here on is none of the Christian era. */
#define FIRST_BUDDHIST_YEAR 2400

static int32_t parse_as_of(const char *value) {
    struct date date;
    if (!date_parse(text_of(value), &date)) {
        diagnose(SEVERITY_ERROR, NULL, 0, "--as-of: '%s' is no date like 2024-06-30", value);
        options_usage_error();
    }
    if (date.year >= FIRST_BUDDHIST_YEAR) {
        char meant[DATE_TEXT];
        int year = date.year;
        date.year -= DATE_BUDDHIST_ERA;
        diagnose(SEVERITY_ERROR, NULL, 0, "--as-of: %d is a year of the Buddhist era; %s is meant", year,
                 date_format(date, meant));
        options_usage_error();
    }
    return (int32_t)date_days(date_last_day(date));
}

enum {
    OPTION_DECLARED = OPTION_OWN,
    OPTION_FROM,
    OPTION_MISSING,
    OPTION_WEIGHT,
    OPTION_DETAIL,
    OPTION_AS_OF,
    OPTION_PARTIAL,
    OPTION_MERGE,
};

static const struct option long_options[] = {
    {"declared", required_argument, NULL, OPTION_DECLARED},
    {"from", required_argument, NULL, OPTION_FROM},
    {"missing", required_argument, NULL, OPTION_MISSING},
    {"weight", required_argument, NULL, OPTION_WEIGHT},
    {"group", required_argument, NULL, 'g'},
    {"detail", no_argument, NULL, OPTION_DETAIL},
    {"as-of", required_argument, NULL, OPTION_AS_OF},
    {"partial", no_argument, NULL, OPTION_PARTIAL},
    {"merge", no_argument, NULL, OPTION_MERGE},
    OPTIONS_COMMON,
    OPTIONS_INPUT,
    {0},
};

/* Takes what says how to aggregate; false when OPTION is none of these. */
static bool take_own(struct settings *settings, int option, const char *value) {
    static const char *const sources[] = {"summary", "detail", NULL};
    static const char *const missing[] = {"zero", "skip", NULL};
    static const char *const weights[] = {"equal", "budget", NULL};
    static const char *const groupings[] = {"project", "strategy,agency", "agency,strategy", NULL};
    struct survey_settings *survey = &settings->survey;
    switch (option) {
    case OPTION_FROM:
        survey->source = choose("--from", value, sources) == 0 ? PROGRESS_SUMMARY : PROGRESS_DETAIL;
        return true;
    case OPTION_MISSING:
        survey->rule.dash_is_zero = choose("--missing", value, missing) == 0;
        return true;
    case OPTION_WEIGHT:
        survey->rule.by_budget = choose("--weight", value, weights) == 1;
        return true;
    case 'g':
        if (choose("-g", value, groupings) == 0)
            settings->by_project = true;
        else
            settings->by_strategy_and_agency = true;
        return true;
    case OPTION_DETAIL:
        survey->rule.detail = true;
        return true;
    case OPTION_AS_OF:
        survey->as_of = parse_as_of(value);
        return true;
    default:
        return false;
    }
}

static void take_option(struct settings *settings, int option, const char *value) {
    switch (option) {
    case OPTION_DECLARED:
        settings->declared = value;
        break;
    case OPTION_PARTIAL:
        settings->partial = true;
        break;
    case OPTION_MERGE:
        settings->merge = true;
        break;
    default:
        if (!take_own(settings, option, value) && !options_common(option, value, usage, &settings->common))
            options_usage_error();
    }
}

int main(int argc, char **argv) {
    struct settings settings = {.survey = {.rule = {.dash_is_zero = true}, .as_of = DAY_UNKNOWN}};
    int option;
    diagnostics_start(argv[0]);
    while ((option = getopt_long(argc, argv, "g:" OPTIONS_COMMON_LETTERS, long_options, NULL)) != -1)
        take_option(&settings, option, optarg);
    struct operands operands = options_operands(argc, argv);
    return settings.partial ? write_pieces(&settings, operands) : aggregate(&settings, operands);
}
