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
enum item_form { ITEMS_NUMBERED, ITEMS_DASHED, ITEMS_PARAGRAPHS, ITEMS_ONE };

struct item_patterns {
    const struct pattern *item;
    const struct pattern *garbled;
    const struct pattern *opens;
    const struct pattern *clause;
};

/* Whether the number of an item, MATCH, is rather that of a law's clause, which the text ABOVE names. */
static bool is_clause(const struct item_patterns *patterns, struct text above, const struct match *match) {
    return match_group(match, "open").len > 0 && pattern_match(patterns->clause, above, 0, NULL);
}

/* Numbered items, where there are any; else dashes from the first line on, or paragraphs. Dashes beneath a first
   sentence are parts of it. */
static enum item_form item_form_of(const struct grid *grid, const struct item_patterns *patterns) {
    bool dashes = false;
    struct text above = {0};
    for (size_t i = 0; i < grid->line_count; above = grid->lines[i++].text) {
        struct match match;
        if (pattern_match(patterns->item, grid->lines[i].text, 0, &match) &&
            match_group(&match, "style").len > 0 && !is_clause(patterns, above, &match))
            return ITEMS_NUMBERED;
        dashes |= grid->lines[i].list;
    }
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

/* Whether LINE, beneath ABOVE, begins the next item. Items with another sign behind their number than the first's are items of a list
   within an item; one without a sign counts when its number is the next. */
static bool begins_numbered_item(const struct item_patterns *patterns, struct text above, struct text line,
                                 struct items *items) {
    struct match match;
    items->doubtful = pattern_match(patterns->garbled, line, 0, NULL);
    if (!pattern_match(patterns->item, line, 0, &match) || is_clause(patterns, above, &match))
        return false;
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
        if (behind.len == 0 || behind.data[0] < '0' || behind.data[0] > '9')
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

static void read_objectives(struct records *records, struct project_record *project,
                            const struct section_row *row) {
    records_read_section(records, "", row, NULL);
    const struct grid *grid = &records->grid;
    struct profile *profile = records->options.profile;
    const struct item_patterns patterns = {.item = profile_pattern(profile, "objective-item"),
                                           .garbled = profile_pattern(profile, "objective-garbled"),
                                           .opens = profile_pattern(profile, "objective-opening"),
                                           .clause = profile_pattern(profile, "objective-clause")};
    const struct pattern *intro = profile_pattern(profile, "objective-intro");
    enum item_form form = item_form_of(grid, &patterns);
    struct buffer objective = {0};
    uint64_t first = 0;
    uint64_t before = 0;
    struct items items = {0};
    for (size_t i = 0; i < grid->line_count; i++) {
        const struct grid_line *line = &grid->lines[i];
        struct text above = buffer_text(&objective);
        bool begins = form == ITEMS_NUMBERED ? begins_numbered_item(&patterns, above, line->text, &items)
                      : form == ITEMS_DASHED ? line->list
                                             : form == ITEMS_PARAGRAPHS && line->line > before + 1;
        items.begun += begins;
        bool opening = form == ITEMS_NUMBERED && line->line > before + 1 &&
                       pattern_match(patterns.opens, line->text, 0, NULL);
        bool heading = line->bold && !pattern_match(patterns.item, line->text, 0, NULL);
        bool before_first = i == 0 && form == ITEMS_NUMBERED && !begins &&
                            (!pattern_match(patterns.opens, line->text, 0, NULL) ||
                             pattern_match(intro, line->text, 0, NULL));
        if (holds_next_item(&items, line->text) || before_first ||
            (objective.len > 0 && (items.doubtful || (!begins && (heading || opening)))))
            tell_objective(records, project, line);
        if (begins && objective.len > 0) {
            put_objective(records, project, buffer_text(&objective), first);
            buffer_clear(&objective);
        }
        if (objective.len == 0)
            first = line->line;
        records_append_part(&objective, line->text);
        before = line->line;
    }
    if (objective.len > 0)
        put_objective(records, project, buffer_text(&objective), first);
    buffer_free(&objective);
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
