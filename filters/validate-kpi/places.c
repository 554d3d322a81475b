/* On which line of the report a project's values stand; see places.h. */
#include "places.h"

#include <stdlib.h>
#include <string.h>

#include "markup.h"
#include "money.h"
#include "period.h"
#include "thai.h"

/* What is looked for in the text, by its value. */
enum printed {
    PRINTED_AGENCY,
    PRINTED_START,
    PRINTED_END,
    PRINTED_LENGTH,
    PRINTED_ALLOCATED,
    PRINTED_CONTRACTED,
    PRINTED_DISBURSED,
    PRINTED_STATED,
    PRINTED_TOTAL,
    PRINTED_YEAR,
    PRINTED_COUNT,
};

/* The section that states a column of the table of projects, and what to look for there. */
static const struct statement {
    const char *field;
    enum section section;
    enum printed value; /* PRINTED_COUNT: the section is all there is to tell */
} statements[] = {
    {"agency", SECTION_AGENCY, PRINTED_AGENCY},
    {"agency_text", SECTION_AGENCY, PRINTED_AGENCY},
    {"objectives", SECTION_OBJECTIVES, PRINTED_COUNT},
    {"kpis", SECTION_KPIS, PRINTED_COUNT},
    {"start", SECTION_PLAN_PROJECT, PRINTED_START},
    {"end", SECTION_PLAN_PROJECT, PRINTED_END},
    {"duration_days", SECTION_PLAN_PROJECT, PRINTED_LENGTH},
    {"activities", SECTION_PLAN_ACTIVITIES, PRINTED_COUNT},
    {"budget_allocated", SECTION_BUDGET, PRINTED_ALLOCATED},
    {"budget_contracted", SECTION_BUDGET, PRINTED_CONTRACTED},
    {"budget_disbursed", SECTION_BUDGET, PRINTED_DISBURSED},
    {"results", SECTION_RESULTS, PRINTED_COUNT},
    {"activities_stated", SECTION_ACTIVITY_RESULTS, PRINTED_STATED},
    {"obstacles", SECTION_OBSTACLES, PRINTED_COUNT},
    {"progress_total", SECTION_PROGRESS, PRINTED_TOTAL},
    {"progress_year", SECTION_PROGRESS, PRINTED_YEAR},
};

/* Lines of a project; 0: not known. */
struct lines {
    uint64_t sections[SECTIONS_OF_PROJECT];
    uint64_t values[PRINTED_COUNT];
};

struct places {
    const struct dataset *data;
    struct profile *profile;
    struct lines *projects;
    /* Of the activities' results, as the table has them: where each begins; 0: not known. */
    uint64_t *results;
    struct calendar *calendar; /* NULL until a text is read, as is the money */
    struct money *money;
    struct buffer normal; /* a line of the text */
    struct buffer plain;
};

struct places *places_open(const struct dataset *data, struct profile *profile) {
    struct places *places = memory_zeroed(1, sizeof *places);
    places->data = data;
    places->profile = profile;
    places->projects = memory_zeroed(data->project_count, sizeof *places->projects);
    places->results = memory_zeroed(data->item_counts[TABLE_ACTIVITY_RESULTS], sizeof *places->results);
    return places;
}

/* What is known of the wording, once there is a text to look at. */
static void learn(struct places *places) {
    if (places->calendar != NULL)
        return;
    places->calendar = calendar_open(places->profile);
    places->money = money_open(places->profile);
}

struct calendar *places_calendar(struct places *places) {
    learn(places);
    return places->calendar;
}

/* Whether PRINTED is the figure of the table: the same number, or the same text or dash. */
static bool is_figure(const struct amount *figure, struct text printed) {
    struct decimal number;
    if (figure->kind != VALUE_NUMBER)
        return printed.len > 0 && text_equal(printed, figure->text);
    return decimal_parse(printed, &number) && decimal_compare(number, figure->number) == 0;
}

/* Whether NAME, a pattern of the profile, has the figure in its group GROUP somewhere in LINE. */
static bool is_stated(struct places *places, const char *name, const char *group, const struct amount *figure,
                      struct text line) {
    const struct pattern *pattern = profile_pattern(places->profile, name);
    struct match match;
    for (size_t at = 0; pattern_match(pattern, line, at, &match); at = match.end) {
        if (is_figure(figure, match_group(&match, group)))
            return true;
        if (match.end == match.start)
            return false;
    }
    return false;
}

/* Whether an amount in LINE is the table's, as printed or times its unit: a unit may be misprinted. */
static bool has_amount(struct places *places, const struct amount *amount, struct text line) {
    const struct pattern *pattern = profile_pattern(places->profile, "money-amount");
    struct match match;
    if (amount->kind == VALUE_TEXT)
        return text_find(line, amount->text, 0) != SIZE_MAX;
    if (amount->kind != VALUE_NUMBER)
        return false;
    for (size_t at = 0; pattern_match(pattern, line, at, &match); at = match.end) {
        struct decimal number;
        const struct decimal *factor = money_factor(places->money, match_group(&match, "unit"));
        if (!money_digits(places->money, match_group(&match, "digits"), &number, NULL))
            continue;
        if (decimal_compare(number, amount->number) == 0 ||
            (factor != NULL && decimal_multiply(number, *factor, &number) &&
             decimal_compare(number, amount->number) == 0))
            return true;
    }
    return false;
}

/* A section's text, line by line. */
struct reading {
    struct places *places;
    const struct project *project;
    uint64_t *values; /* of the project */
    uint64_t line;
    enum money_label item; /* of the budget, whose lines these are; MONEY_NO_LABEL: none yet */
    bool noted;            /* a remark ended the budget's items */
};

static void found(struct reading *reading, enum printed value, bool here) {
    if (here && reading->values[value] == 0)
        reading->values[value] = reading->line;
}

static void look_for_agency(struct reading *reading, struct text line) {
    struct text agency = reading->project->agency_text;
    /* The text may take several lines: its first one counts. */
    found(reading, PRINTED_AGENCY,
          agency.len > 0 && (text_find(line, agency, 0) != SIZE_MAX || text_starts(agency, line)));
}

static bool is_day(const struct day *day, struct date printed) {
    return day->known && day->date.year == printed.year && day->date.month == printed.month &&
           day->date.day == printed.day;
}

static void look_for_plan(struct reading *reading, struct text line) {
    const struct project *project = reading->project;
    struct period period;
    calendar_read(reading->places->calendar, line, &period);
    found(reading, PRINTED_START, period.ranges > 0 && is_day(&project->start, period.start));
    found(reading, PRINTED_END, period.ranges > 0 && is_day(&project->end, period.end));
    found(reading, PRINTED_LENGTH,
          is_stated(reading->places, "duration-days", "days", &project->duration, line));
}

/* An amount counts under its own label only: others of the project are often the same. */
static void look_for_amounts(struct reading *reading, struct text line) {
    const struct project *project = reading->project;
    enum money_label label = money_label(reading->places->money, line, NULL);
    if (label < MONEY_ITEMS)
        reading->item = label;
    else if (label == MONEY_OTHER || label == MONEY_HEADING)
        reading->item = MONEY_NO_LABEL;
    reading->noted |= label == MONEY_NOTE;
    if (reading->noted || reading->item == MONEY_NO_LABEL || label == MONEY_TOTAL)
        return;
    const struct amount *const amounts[MONEY_ITEMS] = {
        [MONEY_ALLOCATED] = &project->allocated,
        [MONEY_CONTRACTED] = &project->contracted,
        [MONEY_DISBURSED] = &project->disbursed,
    };
    static const enum printed printed[MONEY_ITEMS] = {
        [MONEY_ALLOCATED] = PRINTED_ALLOCATED,
        [MONEY_CONTRACTED] = PRINTED_CONTRACTED,
        [MONEY_DISBURSED] = PRINTED_DISBURSED,
    };
    found(reading, printed[reading->item], has_amount(reading->places, amounts[reading->item], line));
}

static void look_for_stated(struct reading *reading, struct text line) {
    found(
        reading, PRINTED_STATED,
        is_stated(reading->places, "activities-stated", "count", &reading->project->activities_stated, line));
}

static void look_for_progress(struct reading *reading, struct text line) {
    struct places *places = reading->places;
    const struct amount *total = &reading->project->progress_total;
    const struct amount *year = &reading->project->progress_year;
    bool labelled = pattern_match(profile_pattern(places->profile, "progress-total"), line, 0, NULL) ||
                    pattern_match(profile_pattern(places->profile, "progress-year"), line, 0, NULL);
    found(reading, PRINTED_TOTAL,
          is_stated(places, labelled ? "progress-total" : "progress-bare", "percent", total, line));
    found(reading, PRINTED_YEAR, is_stated(places, "progress-year", "percent", year, line));
}

static void (*const lookers[SECTIONS_OF_PROJECT])(struct reading *, struct text) = {
    [SECTION_AGENCY] = look_for_agency,     [SECTION_PLAN_PROJECT] = look_for_plan,
    [SECTION_BUDGET] = look_for_amounts,    [SECTION_ACTIVITY_RESULTS] = look_for_stated,
    [SECTION_PROGRESS] = look_for_progress,
};

/* Whether SECTION may still tell the line of a value that the table has. */
static bool is_wanted(const struct project *project, const struct lines *lines, enum section section) {
    if (section == SECTION_ACTIVITY_RESULTS && project->activities_stated.kind == VALUE_NOTHING)
        return false;
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
        if (statements[i].section == section && statements[i].value != PRINTED_COUNT &&
            lines->values[statements[i].value] == 0)
            return true;
    }
    return false;
}

/* The line as the patterns expect it: normalized, without marks; empty for a table's row. */
static struct text plain_line(struct places *places, struct text line) {
    struct match match;
    buffer_clear(&places->plain);
    if (markup_row(&places->normal, line).data != NULL)
        return buffer_text(&places->plain);
    buffer_clear(&places->normal);
    thai_normalize(&places->normal, line, THAI_READ);
    markup_plain(&places->plain, buffer_text(&places->normal), false);
    struct text plain = buffer_text(&places->plain);
    if (plain.len > 0 && pattern_match(profile_pattern(places->profile, "list-mark"), plain, 0, &match))
        plain = text_skip(plain, match.end);
    return plain;
}

/* Where the results begin of the activities whose labels stand in TEXT, from the line NUMBER on: behind the words that
   lead a result in, or beneath them. */
static void note_results(struct places *places, size_t project, uint64_t number, struct text text) {
    const struct pattern *lead = profile_pattern(places->profile, "activity-result-lead");
    const struct item *items = places->data->items[TABLE_ACTIVITY_RESULTS];
    struct span span = places->data->projects[project].rows[TABLE_ACTIVITY_RESULTS];
    struct text line;
    bool led = false;
    for (size_t i = span.first; span.count > 0 && text_next_line(&text, &line); number++) {
        while (i + 1 < span.first + span.count && items[i + 1].line <= number) {
            i++;
            led = false;
        }
        if (number < items[i].line || places->results[i] != 0)
            continue;
        struct match match;
        struct text plain = plain_line(places, line);
        if (!led && pattern_match(lead, plain, 0, &match)) {
            plain = text_skip(plain, match.end);
            led = true;
        }
        if (led && text_trim(plain).len > 0)
            places->results[i] = number;
    }
}

void places_add(struct places *places, size_t project, enum section section, uint64_t line,
                struct text text) {
    struct lines *lines = &places->projects[project];
    if (section >= SECTIONS_OF_PROJECT)
        return;
    if (lines->sections[section] == 0)
        lines->sections[section] = line;
    if (section == SECTION_ACTIVITY_RESULTS)
        note_results(places, project, line, text);
    if (lookers[section] == NULL || text.len == 0)
        return;
    learn(places);
    struct reading reading = {
        .places = places,
        .project = &places->data->projects[project],
        .values = lines->values,
        .line = line,
        .item = MONEY_NO_LABEL,
    };
    struct text next;
    while (is_wanted(reading.project, lines, section) && text_next_line(&text, &next)) {
        struct text plain = plain_line(places, next);
        if (plain.len > 0)
            lookers[section](&reading, plain);
        reading.line++;
    }
}

bool places_has(const struct places *places, size_t project, enum section section) {
    return section < SECTIONS_OF_PROJECT && places->projects[project].sections[section] != 0;
}

uint64_t places_line(const struct places *places, size_t project, const char *field) {
    const struct lines *lines = &places->projects[project];
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
        const struct statement *statement = &statements[i];
        if (strcmp(statement->field, field) != 0)
            continue;
        if (statement->value != PRINTED_COUNT && lines->values[statement->value] != 0)
            return lines->values[statement->value];
        if (lines->sections[statement->section] != 0)
            return lines->sections[statement->section];
    }
    return places->data->projects[project].line;
}

uint64_t places_result_line(const struct places *places, size_t row) {
    uint64_t line = places->results[row];
    return line != 0 ? line : places->data->items[TABLE_ACTIVITY_RESULTS][row].line;
}

void places_free(struct places *places) {
    if (places->calendar != NULL)
        calendar_close(places->calendar);
    if (places->money != NULL)
        money_close(places->money);
    free(places->projects);
    free(places->results);
    buffer_free(&places->normal);
    buffer_free(&places->plain);
    free(places);
}
