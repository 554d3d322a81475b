/* A project's title, agency and objectives, and which section is read by whom; see records.h. */
#include <inttypes.h>
#include <stdio.h>

#include "records_section.h"

/* Title */

static void read_title(struct records *records, struct project_record *project,
                       const struct section_row *row) {
    struct project_heading heading;
    if (project->title.len > 0 || !headings_project_text(records->headings, row->heading, &heading))
        return;
    buffer_append_text(&project->number_printed, heading.printed);
    buffer_append_text(&project->title, text_trim(heading.title));
}

/* Agency */

/* Of two agencies, parted by «together with» or «and», the first is the one. Returns whether there are two. */
static bool find_first_agency(struct records *records, struct text text, struct agency_match *match) {
    const struct pattern *joint = profile_pattern(records->options.profile, "agency-joint");
    struct agency_match first;
    struct match at;
    agencies_find(records->agencies, text, match);
    if (!pattern_match(joint, text, 0, &at))
        return false;
    agencies_find(records->agencies, (struct text){text.data, at.start}, &first);
    if (first.code.len == 0 || text_equal(first.code, match->code))
        return false;
    *match = first;
    return true;
}

static void read_agency(struct records *records, struct project_record *project,
                        const struct section_row *row) {
    struct agency_match match;
    records_read_section(records, "", row, NULL);
    records_append_lines(&project->agency_text, &records->grid);
    struct text text = buffer_text(&project->agency_text);
    if (text.len == 0)
        return;
    bool several = find_first_agency(records, text, &match);
    project->agency = match.code;
    project->agency_line = records->grid.line_count > 0 ? records->grid.lines[0].line : row->line_first;
    struct finding_place place = records_place(SEVERITY_WARNING, "agency-unknown", project, "projects", 0,
                                               "agency", project->agency_line);
    if (match.code.len == 0) {
        records_find(records, &place, text, (struct text){0}, "no agency that is known is named here");
    } else if (several) {
        place.rule = "agency-contradiction";
        records_find(records, &place, text, match.code, "two agencies are named; the first counts");
    } else if (match.other.len > 0) {
        place.rule = "agency-contradiction";
        records_find(records, &place, text, match.code,
                     "the agency's name and its abbreviation are of two agencies; the name counts");
    } else if (match.garbled) {
        place.rule = "agency-garbled";
        place.severity = SEVERITY_NOTE;
        records_find(records, &place, text, match.code,
                     "the agency is known by a misprinted abbreviation only");
    }
}

/* Objectives */

static void put_objective(struct records *records, struct project_record *project, struct text objective,
                          uint64_t line) {
    struct table_writer *writer = records_writer(records, TABLE_OBJECTIVES);
    project->objectives++;
    if (writer == NULL)
        return;
    table_put(writer, records_key_text(records, project->key));
    table_put_number(writer, project->objectives);
    table_put(writer, objective);
    table_put_number(writer, line);
    table_end_row(writer);
}

/* How a section's items are told apart. */
enum item_form { ITEMS_NUMBERED, ITEMS_LETTERED, ITEMS_DASHED, ITEMS_PARAGRAPHS, ITEMS_ONE };

/* The patterns of a list of objectives. */
struct objective_patterns {
    const struct pattern *item;
    const struct pattern *letter;  /* an item with a letter for its number */
    const struct pattern *garbled; /* an item whose number may be misread */
    const struct pattern *opening; /* the word that objectives begin with */
    const struct pattern *lead_in; /* a line that only says that objectives follow */
    const struct pattern *goes_on; /* the end of a sentence that a list goes on with */
    const struct pattern *clause; /* a text that ends as one that goes on with the number of a law's clause */
};

static struct objective_patterns objective_patterns_of(const struct records *records) {
    struct profile *profile = records->options.profile;
    return (struct objective_patterns){
        .item = profile_pattern(profile, "objective-item"),
        .letter = profile_pattern(profile, "objective-letter"),
        .garbled = profile_pattern(profile, "objective-garbled"),
        .opening = profile_pattern(profile, "objective-opening"),
        .lead_in = profile_pattern(profile, "objective-lead-in"),
        .goes_on = profile_pattern(profile, "objective-goes-on"),
        .clause = profile_pattern(profile, "objective-clause"),
    };
}

/* Whether the number of an item, MATCH, is rather that of a law's clause, which the text ABOVE names. */
static bool is_clause(const struct objective_patterns *patterns, struct text above,
                      const struct match *match) {
    return match_group(match, "open").len > 0 && pattern_match(patterns->clause, above, 0, NULL);
}

/* Whether the first line is an objective that the list beneath it goes on with: its numbers begin with 1, and none of
   its items begins as objectives do. */
static bool goes_on_as_list(const struct grid *grid, const struct objective_patterns *patterns) {
    const struct grid_line *lines = grid->lines;
    bool numbered = false;
    if (!pattern_match(patterns->opening, lines[0].text, 0, NULL) ||
        !pattern_match(patterns->goes_on, lines[0].text, 0, NULL))
        return false;
    for (size_t i = 1; i < grid->line_count; i++) {
        struct match match;
        bool item = pattern_match(patterns->item, lines[i].text, 0, &match);
        struct text text = text_trim(text_skip(lines[i].text, item ? match.end : 0));
        if (pattern_match(patterns->opening, text, 0, NULL) ||
            (item && !numbered && text_number(match_group(&match, "number")) != 1))
            return false;
        numbered |= item;
    }
    return true;
}

/* Numbered items, where there are any; else letters, dashes from the first line on, or paragraphs. Numbers without a
   sign count where the first line has the 1 and another the 2. Dashes beneath a first sentence are parts of it. */
static enum item_form item_form_of(const struct grid *grid, const struct objective_patterns *patterns) {
    bool dashes = false;
    int bare = 0;
    size_t letters = 0;
    if (grid->line_count > 0 && goes_on_as_list(grid, patterns))
        return ITEMS_ONE;
    for (size_t i = 0; i < grid->line_count; i++) {
        struct match match;
        struct text line = grid->lines[i].text;
        struct text above = i > 0 ? grid->lines[i - 1].text : TEXT("");
        if (pattern_match(patterns->item, line, 0, &match) && !is_clause(patterns, above, &match)) {
            if (match_group(&match, "misread").len > 0)
                continue;
            if (match_group(&match, "style").len > 0)
                return ITEMS_NUMBERED;
            bare += text_number(match_group(&match, "number")) == bare + 1;
        }
        letters += pattern_match(patterns->letter, line, 0, NULL);
        dashes |= grid->lines[i].list;
    }
    if (bare > 1)
        return ITEMS_NUMBERED;
    if (letters > 1 && pattern_match(patterns->letter, grid->lines[0].text, 0, NULL))
        return ITEMS_LETTERED;
    if (grid->line_count > 0 && grid->lines[0].list)
        return ITEMS_DASHED;
    return dashes ? ITEMS_ONE : ITEMS_PARAGRAPHS;
}

/* The items that a section has had so far. */
struct items {
    uint64_t begun;
    char sign;       /* behind the first one's number; NUL before it */
    uint64_t inside; /* the number of the last item of a list within an item */
    uint64_t last;   /* the number of the last item */
    /* The last line may begin an item, though it is not taken so, or a number before it is skipped. */
    bool doubtful;
};

/* Whether LINE, whose number has a sign behind it that no list has, begins the next item all the same: the number is the
   next, and objectives begin so. */
static bool begins_misread_item(const struct objective_patterns *patterns, struct text line,
                                const struct match *match, struct items *items) {
    uint64_t number = (uint64_t)text_number(match_group(match, "number"));
    items->doubtful = items->begun > 0 && number == items->last + 1;
    if (!items->doubtful ||
        !pattern_match(patterns->opening, text_trim(text_skip(line, match->end)), 0, NULL))
        return false;
    items->last = number;
    return true;
}

/* Whether LINE, beneath ABOVE, begins the next item. Items with another sign behind their number than the first's are items of a list
   within an item; one without a sign counts when its number is the next. */
static bool begins_numbered_item(const struct objective_patterns *patterns, struct text above,
                                 struct text line, struct items *items) {
    struct match match;
    items->doubtful = pattern_match(patterns->garbled, line, 0, NULL);
    if (!pattern_match(patterns->item, line, 0, &match) || is_clause(patterns, above, &match))
        return false;
    if (match_group(&match, "misread").len > 0)
        return begins_misread_item(patterns, line, &match, items);
    struct text sign = match_group(&match, "style");
    uint64_t number = (uint64_t)text_number(match_group(&match, "number"));
    if (sign.len == 0 && number == items->begun + 1)
        items->last = number;
    if (sign.len == 0)
        return number == items->begun + 1;
    if (items->sign == '\0')
        items->sign = sign.data[0];
    if (items->sign == sign.data[0]) {
        items->inside = 0;
        items->doubtful = items->begun > 0 && number > items->last + 1;
        items->last = number;
        return true;
    }
    items->doubtful = number > 1 && number == items->begun + 1 && number != items->inside + 1;
    items->inside = number;
    return false;
}

/* Whether the number of the item behind the last one stands within LINE, with its sign: two items on one line. */
static bool holds_next_item(const struct items *items, struct text line) {
    char next[32];
    if (items->sign == '\0')
        return false;
    int length = snprintf(next, sizeof next, " %" PRIu64 "%c", items->last + 1, items->sign);
    struct text behind = line;
    for (;;) {
        size_t at = text_find(behind, (struct text){next, (size_t)length}, 0);
        if (at == SIZE_MAX)
            return false;
        behind = text_skip(behind, at + (size_t)length);
        if (behind.len == 0 || !char_is_digit(behind.data[0]))
            return true;
    }
}

static void tell_objective(struct records *records, const struct project_record *project,
                           const struct grid_line *line) {
    struct finding_place place = records_place(SEVERITY_WARNING, "objective-doubtful", project, "objectives",
                                               project->objectives + 1, "objective", line->line);
    records_find(
        records, &place, line->text, (struct text){0},
        "this line may begin or hold another objective, or be a heading, or the number before it is skipped; "
        "what stands here or above may be two objectives");
}

/* A section's objectives while they are read. */
struct objectives {
    struct objective_patterns patterns;
    enum item_form form;
    struct items items;
    struct buffer text; /* of the one that is open; empty: none is */
    uint64_t first;     /* its line */
    uint64_t before;    /* the line before */
};

static void close_objective(struct records *records, struct project_record *project,
                            struct objectives *objectives) {
    if (objectives->text.len > 0)
        put_objective(records, project, buffer_text(&objectives->text), objectives->first);
    buffer_clear(&objectives->text);
}

/* Whether LINE begins an objective, by the section's form. */
static bool begins_objective(struct objectives *objectives, const struct grid_line *line) {
    const struct objective_patterns *patterns = &objectives->patterns;
    switch (objectives->form) {
    case ITEMS_NUMBERED:
        return begins_numbered_item(patterns, buffer_text(&objectives->text), line->text, &objectives->items);
    case ITEMS_LETTERED:
        return pattern_match(patterns->letter, line->text, 0, NULL);
    case ITEMS_DASHED:
        return line->list;
    case ITEMS_PARAGRAPHS:
        return line->line > objectives->before + 1;
    case ITEMS_ONE:
        break;
    }
    return false;
}

/* Whether LINE, by which no objective begins, may begin one all the same: it begins as objectives do, behind a blank
   line or a dash where items are numbered, directly beneath another line where they are paragraphs; or it is a heading. */
static bool may_begin(const struct objectives *objectives, const struct grid_line *line) {
    const struct objective_patterns *patterns = &objectives->patterns;
    bool parted = line->list || line->line > objectives->before + 1;
    bool opening = (objectives->form == ITEMS_NUMBERED ? parted : objectives->form == ITEMS_PARAGRAPHS) &&
                   pattern_match(patterns->opening, line->text, 0, NULL);
    return opening || (line->bold && !pattern_match(patterns->item, line->text, 0, NULL));
}

static void read_objective_line(struct records *records, struct project_record *project,
                                struct objectives *objectives, const struct grid_line *line) {
    bool begins = begins_objective(objectives, line);
    struct items *items = &objectives->items;
    /* What stands above the first number is an objective, or a heading, or goes on with the numbers as its parts. */
    bool above = objectives->form == ITEMS_NUMBERED && !begins && items->begun == 0 &&
                 objectives->text.len == 0 &&
                 (!pattern_match(objectives->patterns.opening, line->text, 0, NULL) ||
                  pattern_match(objectives->patterns.goes_on, line->text, 0, NULL));
    items->begun += begins;
    if (above || holds_next_item(items, line->text) ||
        (objectives->text.len > 0 && (items->doubtful || (!begins && may_begin(objectives, line)))))
        tell_objective(records, project, line);
    if (begins)
        close_objective(records, project, objectives);
    if (objectives->text.len == 0)
        objectives->first = line->line;
    records_append_part(&objectives->text, line->text);
    objectives->before = line->line;
}

static void read_objectives(struct records *records, struct project_record *project,
                            const struct section_row *row) {
    records_read_section(records, "", row, NULL);
    const struct grid *grid = &records->grid;
    struct objectives objectives = {.patterns = objective_patterns_of(records)};
    objectives.form = item_form_of(grid, &objectives.patterns);
    for (size_t i = 0; i < grid->line_count; i++) {
        if (!pattern_match(objectives.patterns.lead_in, grid->lines[i].text, 0, NULL)) {
            read_objective_line(records, project, &objectives, &grid->lines[i]);
            continue;
        }
        close_objective(records, project, &objectives);
        objectives.items = (struct items){0};
    }
    close_objective(records, project, &objectives);
    buffer_free(&objectives.text);
}

/* Whether the section's form is a table: its reader tells itself what it did not read. */
static bool has_table(enum section section) {
    return section == SECTION_KPIS || section == SECTION_PLAN_ACTIVITIES || section == SECTION_RESULTS ||
           section == SECTION_ACTIVITY_RESULTS;
}

void records_project_section(struct records *records, struct project_record *project,
                             const struct section_row *row) {
    static records_reader *const readers[SECTIONS_OF_PROJECT] = {
        [SECTION_AGENCY] = read_agency,
        [SECTION_OBJECTIVES] = read_objectives,
        [SECTION_KPIS] = records_read_kpis,
        [SECTION_PLAN_PROJECT] = records_read_plan_project,
        [SECTION_PLAN_ACTIVITIES] = records_read_activities,
        [SECTION_BUDGET] = records_read_budget,
        [SECTION_RESULTS] = records_read_results,
        [SECTION_ACTIVITY_RESULTS] = records_read_activity_results,
        [SECTION_OBSTACLES] = records_read_obstacles,
        [SECTION_PROGRESS] = records_read_progress,
    };
    if (row->section == SECTION_PROJECT) {
        read_title(records, project, row);
    } else if (row->section < SECTIONS_OF_PROJECT) {
        project->sections[row->section] = true;
        readers[row->section](records, project, row);
        if (!has_table(row->section))
            records_tell_unread(records, project->key, section_name(row->section));
    }
}
