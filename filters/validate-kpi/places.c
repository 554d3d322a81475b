/* On which line of the report a project's values stand; see places.h. */
#include "places.h"

#include <stdlib.h>
#include <string.h>

#include "diagnostics.h"
#include "markup.h"
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

/* A row of the profile's budget.csv. */
struct label {
    struct pattern *pattern;
    enum printed item; /* PRINTED_COUNT: no amount that is looked for */
    bool yearly;       /* belongs to the item above it */
    bool note;         /* ends the items */
};

/* A row of the profile's money.csv. */
struct unit {
    char *name;
    struct decimal factor;
};

struct places {
    const struct dataset *data;
    struct profile *profile;
    struct lines *projects;
    /* Of the activities' results, as the table has them: where each begins; 0: not known. */
    uint64_t *results;
    struct calendar *calendar; /* NULL, as are the labels and units, until a text is read */
    struct label *labels;
    size_t label_count;
    size_t label_cap;
    struct unit *units;
    size_t unit_count;
    size_t unit_cap;
    struct buffer normal; /* a line of the text */
    struct buffer plain;
    struct buffer digits;
};

struct places *places_open(const struct dataset *data, struct profile *profile) {
    struct places *places = memory_zeroed(1, sizeof *places);
    places->data = data;
    places->profile = profile;
    places->projects = memory_zeroed(data->project_count, sizeof *places->projects);
    places->results = memory_zeroed(data->item_counts[TABLE_ACTIVITY_RESULTS], sizeof *places->results);
    return places;
}

static void read_labels(struct places *places) {
    struct table_reader *reader = profile_table(places->profile, "budget.csv");
    size_t kind = table_require_column(reader, "kind");
    size_t pattern = table_require_column(reader, "pattern");
    struct table_row row;
    while (table_read(reader, &row)) {
        struct text name = row.fields[kind];
        places->labels = memory_reserve(places->labels, &places->label_cap, places->label_count + 1,
                                        sizeof *places->labels);
        places->labels[places->label_count++] = (struct label){
            .pattern = pattern_compile(row.fields[pattern], table_name(reader), row.line),
            .item = text_equal(name, TEXT("allocated"))    ? PRINTED_ALLOCATED
                    : text_equal(name, TEXT("contracted")) ? PRINTED_CONTRACTED
                    : text_equal(name, TEXT("disbursed"))  ? PRINTED_DISBURSED
                                                           : PRINTED_COUNT,
            .yearly = text_equal(name, TEXT("yearly")),
            .note = text_equal(name, TEXT("note")),
        };
    }
    table_close(reader);
}

static void read_units(struct places *places) {
    struct table_reader *reader = profile_table(places->profile, "money.csv");
    size_t name = table_require_column(reader, "unit");
    size_t factor = table_require_column(reader, "baht");
    struct table_row row;
    while (table_read(reader, &row)) {
        struct unit unit;
        if (!decimal_parse(row.fields[factor], &unit.factor))
            die_at(table_name(reader), row.line, "'%.*s' is no number", (int)row.fields[factor].len,
                   row.fields[factor].data);
        unit.name = text_copy(row.fields[name]);
        places->units =
            memory_reserve(places->units, &places->unit_cap, places->unit_count + 1, sizeof *places->units);
        places->units[places->unit_count++] = unit;
    }
    table_close(reader);
}

/* What is known of the wording, once there is a text to look at. */
static void learn(struct places *places) {
    if (places->calendar != NULL)
        return;
    places->calendar = calendar_open(places->profile);
    read_labels(places);
    read_units(places);
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

/* Reads an amount's digits; a last comma before two digits may stand for the point. */
static bool read_digits(struct places *places, struct text printed, struct decimal *number) {
    struct match match;
    if (decimal_parse(printed, number))
        return true;
    if (!pattern_match(profile_pattern(places->profile, "money-comma-for-point"), printed, 0, &match))
        return false;
    buffer_clear(&places->digits);
    buffer_append_text(&places->digits, match_group(&match, "whole"));
    buffer_append_char(&places->digits, '.');
    buffer_append_text(&places->digits, match_group(&match, "part"));
    return decimal_parse(buffer_text(&places->digits), number);
}

bool places_read_amount(struct places *places, struct text digits, struct text unit, struct decimal *baht) {
    learn(places);
    if (!read_digits(places, digits, baht))
        return false;
    for (size_t i = 0; i < places->unit_count; i++) {
        if (text_equal(unit, text_of(places->units[i].name)))
            return decimal_multiply(*baht, places->units[i].factor, baht);
    }
    return true;
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
        struct text name = match_group(&match, "unit");
        if (!read_digits(places, match_group(&match, "digits"), &number))
            continue;
        if (decimal_compare(number, amount->number) == 0)
            return true;
        for (size_t i = 0; i < places->unit_count; i++) {
            struct decimal baht;
            if (text_equal(name, text_of(places->units[i].name)) &&
                decimal_multiply(number, places->units[i].factor, &baht) &&
                decimal_compare(baht, amount->number) == 0)
                return true;
        }
    }
    return false;
}

static const struct label *find_label(const struct places *places, struct text line) {
    for (size_t i = 0; i < places->label_count; i++) {
        if (pattern_match(places->labels[i].pattern, line, 0, NULL))
            return &places->labels[i];
    }
    return NULL;
}

/* A section's text, line by line. */
struct reading {
    struct places *places;
    const struct project *project;
    uint64_t *values; /* of the project */
    uint64_t line;
    enum printed item; /* of the budget, whose lines these are */
    bool noted;        /* a remark ended the budget's items */
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
    const struct label *label = find_label(reading->places, line);
    if (label != NULL && label->note)
        reading->noted = true;
    if (label != NULL && label->item != PRINTED_COUNT)
        reading->item = label->item;
    if (reading->noted || (label != NULL && label->item == PRINTED_COUNT && !label->yearly))
        return;
    const struct amount *amount = reading->item == PRINTED_ALLOCATED    ? &project->allocated
                                  : reading->item == PRINTED_CONTRACTED ? &project->contracted
                                  : reading->item == PRINTED_DISBURSED  ? &project->disbursed
                                                                        : NULL;
    if (amount != NULL)
        found(reading, reading->item, has_amount(reading->places, amount, line));
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
    thai_normalize(&places->normal, line, THAI_ALL);
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
        .item = PRINTED_COUNT,
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
    for (size_t i = 0; i < places->label_count; i++)
        pattern_free(places->labels[i].pattern);
    for (size_t i = 0; i < places->unit_count; i++)
        free(places->units[i].name);
    if (places->calendar != NULL)
        calendar_close(places->calendar);
    free(places->labels);
    free(places->units);
    free(places->projects);
    free(places->results);
    buffer_free(&places->normal);
    buffer_free(&places->plain);
    buffer_free(&places->digits);
    free(places);
}
