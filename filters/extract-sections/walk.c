/* The walk over a report's lines; see walk.h. */
#include "walk.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "agencies.h"
#include "catalogue.h"
#include "diagnostics.h"
#include "foresight.h"
#include "headings.h"
#include "section.h"

/* How many lines that are not blank may stand between a project's heading and the next one that settles it. */
enum { FORESIGHT = 6 };

/* How far to look for the section after one that a project has had already: further than any section reaches. */
enum { RESTART_FORESIGHT = 4000 };

/* How far beneath a strategy's heading to look for the sentence above its summary table. */
enum { STRATEGY_FORESIGHT = 400 };

/* How alike, in percent, a title and the summary table's must be: to prove a heading that nothing else proves; to prove a number that
   was not expected; to let a number stand. */
enum { LIKENESS_PROOF = 85, LIKENESS_OTHER_NUMBER = 75, LIKENESS_SAME_NUMBER = 55 };

/* A row of the table, held back. */
struct held_row {
    struct key key;
    enum section section;
    uint64_t line_first;
    uint64_t line_last;
    enum form form;
    struct buffer heading;
    struct buffer text;
    bool restarted; /* it belongs to what may be the next project, its heading lost */
};

struct walk {
    struct headings *headings;
    struct findings *findings;
    struct table_writer *writer;
    const struct pattern *summary_intro;
    const struct pattern *summary_sub;
    const struct pattern *summary_sub_inside;
    const struct pattern *goal;
    const struct pattern *title_end;
    const struct pattern *result_lead;
    const struct pattern *objective_lead;
    const struct pattern *obstacles_none;
    struct agencies *agencies;

    struct foresight *foresight;
    struct catalogue catalogue;
    int strategy;
    int told_strategy;      /* the last one that the report told, or 0 */
    uint64_t settled_intro; /* the line of the sentence that was set against the strategy's heading, or 0 */
    int run;                /* of rising numbers, where the strategy is not told */
    bool had[PROJECT_NUMBERS]; /* the numbers of the projects that the strategy has had */
    struct key key;            /* of the rows being made */
    int last_number;           /* of the last project in this strategy */
    int last_sub;              /* of its last sub-project, or 0 */
    struct letters last_title; /* as its heading prints it */
    struct letters title;      /* of the heading that is set against it */
    bool in_project;
    unsigned seen;                       /* the sections that the project has had, as bits */
    enum section current;                /* the section of the row being made */
    uint64_t headless_to;                /* the lines to come up to this one are no headings */
    uint64_t later[SECTIONS_OF_PROJECT]; /* the lines of headings that come later */
    bool restarted;
    bool behind_blank; /* the line passed last is blank */
    bool told_unknown_strategy;
    bool had_project;

    struct held_row *rows;
    size_t row_count;
    size_t row_cap; /* rows up to here have buffers to be used again */

    struct buffer key_text;
    struct buffer message;
};

/* Rows */

/* The key of the project NUMBER of the strategy that the walk is in. */
static struct key project_key(const struct walk *walk, int number) {
    return (struct key){.strategy = walk->strategy, .number = number, .run = walk->run};
}

static struct held_row *last_row(struct walk *walk) {
    return walk->row_count > 0 ? &walk->rows[walk->row_count - 1] : NULL;
}

/* Begins a row; the lines passed from now on are its text. */
static void begin_row(struct walk *walk, enum section section, enum form form, struct text heading,
                      uint64_t line) {
    if (walk->row_count == walk->row_cap) {
        size_t before = walk->row_cap;
        walk->rows = memory_reserve(walk->rows, &walk->row_cap, walk->row_count + 1, sizeof *walk->rows);
        memset(walk->rows + before, 0, (walk->row_cap - before) * sizeof *walk->rows);
    }
    struct held_row *row = &walk->rows[walk->row_count++];
    struct buffer heading_buffer = row->heading;
    struct buffer text_buffer = row->text;
    buffer_clear(&heading_buffer);
    buffer_clear(&text_buffer);
    *row = (struct held_row){
        .key = walk->key,
        .section = section,
        .line_first = line,
        .line_last = line,
        .form = form,
        .heading = heading_buffer,
        .text = text_buffer,
        .restarted = walk->restarted,
    };
    buffer_append_text(&row->heading, heading);
    if (section != SECTION_OTHER)
        walk->current = section;
}

/* Passes the next line into the last row. */
static void pass_line(struct walk *walk) {
    const struct printed_line *line = foresight_line(walk->foresight, 0);
    if (walk->row_count == 0)
        begin_row(walk, SECTION_FRONT, FORM_NONE, TEXT(""), line->number);
    struct held_row *row = last_row(walk);
    buffer_append_text(&row->text, buffer_text(&line->raw));
    row->line_last = line->number;
    walk->behind_blank = line->form == FORM_NONE;
    foresight_pass(walk->foresight);
}

static void write_row(struct walk *walk, const struct held_row *row) {
    buffer_clear(&walk->key_text);
    key_append(&walk->key_text, row->key);
    table_put(walk->writer, buffer_text(&walk->key_text));
    table_put_string(walk->writer, section_name(row->section));
    table_put_number(walk->writer, row->line_first);
    table_put_number(walk->writer, row->line_last);
    table_put_string(walk->writer, form_name(row->form));
    table_put(walk->writer, buffer_text(&row->heading));
    table_put(walk->writer, buffer_text(&row->text));
    table_end_row(walk->writer);
}

/* Adds the finding, with the message, for KEY. */
static void add_finding(struct walk *walk, struct finding finding, struct key key) {
    buffer_clear(&walk->key_text);
    key_append(&walk->key_text, key);
    finding.key = buffer_text(&walk->key_text);
    finding.message = buffer_text(&walk->message);
    findings_add(walk->findings, &finding);
}

static void find(struct walk *walk, enum severity severity, const char *rule, struct key key, uint64_t line,
                 struct text observed, struct text expected) {
    add_finding(walk,
                (struct finding){
                    .severity = severity,
                    .rule = rule,
                    .table = "sections",
                    .field = "heading",
                    .line = line,
                    .observed = observed,
                    .expected = expected,
                },
                key);
}

static void set_message(struct walk *walk, const char *message) {
    buffer_clear(&walk->message);
    buffer_append_text(&walk->message, text_of(message));
}

/* Whether the rows that began again are those of a sub-project that stands before NEXT, which begins now: of the two
   numbers about it one is missing, or the summary table has it behind the last one. */
static bool is_lost_sub(struct walk *walk, struct key next) {
    int lost = walk->last_sub + 1;
    if (walk->last_sub == 0)
        return false;
    if (next.sub > 0)
        return next.number == walk->last_number && next.sub == lost + 1;
    return next.number == walk->last_number + 1 &&
           catalogue_number(&walk->catalogue, walk->last_number, lost) != NULL;
}

/* Whether the rows that began again are those of the project after LAST_NUMBER: NEXT, the one that follows, if any, must not be it,
   nor a sub-project of the last one; and the summary table, where there is one, must know it. */
static bool is_lost_project(struct walk *walk, struct key next) {
    int lost = walk->last_number + 1;
    if (next.number == (next.sub > 0 ? walk->last_number : lost))
        return false;
    return walk->catalogue.count == 0 || catalogue_number(&walk->catalogue, lost, 0) != NULL;
}

static void tell_restarted(struct walk *walk, struct key key, uint64_t line, bool is_lost) {
    set_message(walk,
                is_lost
                    ? "a project's heading is lost: sections begin again here; its number is taken from the "
                      "order of the summary table"
                    : "sections of the project begin again here");
    find(walk, SEVERITY_WARNING, is_lost ? "project-heading-lost" : "section-twice", key, line,
         (struct text){0}, (struct text){0});
}

static void settle_restarted(struct walk *walk, struct key next) {
    struct key lost = project_key(walk, walk->last_number);
    bool is_lost = true;
    bool told = false;
    if (is_lost_sub(walk, next))
        lost.sub = walk->last_sub + 1;
    else if (is_lost_project(walk, next))
        lost.number++;
    else
        is_lost = false;
    for (size_t i = 0; i < walk->row_count; i++) {
        struct held_row *row = &walk->rows[i];
        if (!row->restarted)
            continue;
        if (!told)
            tell_restarted(walk, is_lost ? lost : row->key, row->line_first, is_lost);
        told = true;
        if (is_lost)
            row->key = lost;
    }
    if (told && is_lost) {
        walk->last_number = lost.number;
        walk->last_sub = lost.sub;
    }
}

/* Writes the rows held back. NEXT is the key of the project that begins now, KEY_NONE when none does. */
static void release_rows(struct walk *walk, struct key next) {
    if (walk->restarted)
        settle_restarted(walk, next);
    for (size_t i = 0; i < walk->row_count; i++)
        write_row(walk, &walk->rows[i]);
    walk->row_count = 0;
    walk->restarted = false;
}

/* Strategies and the summary table */

/* Says which rows of the summary table are out of number, once the strategy's details are past that may agree
   with them. */
static void tell_misnumbered_rows(struct walk *walk) {
    struct buffer numbers[2] = {{0}, {0}};
    catalogue_settle(&walk->catalogue);
    for (size_t i = 0; i < walk->catalogue.count; i++) {
        const struct catalogue_entry *entry = &walk->catalogue.entries[i];
        if (entry->number == entry->printed)
            continue;
        buffer_clear(&numbers[0]);
        buffer_clear(&numbers[1]);
        buffer_append_number(&numbers[0], (uint64_t)entry->printed);
        buffer_append_number(&numbers[1], (uint64_t)entry->number);
        buffer_clear(&walk->message);
        buffer_printf(&walk->message,
                      "the row of the summary table is numbered %d; by its place in the table and the "
                      "details it is of project %d",
                      entry->printed, entry->number);
        add_finding(walk,
                    (struct finding){
                        .severity = SEVERITY_WARNING,
                        .rule = "number-misprinted",
                        .table = "summary",
                        .field = "number",
                        .line = entry->line,
                        .observed = buffer_text(&numbers[0]),
                        .expected = buffer_text(&numbers[1]),
                    },
                    project_key(walk, entry->number));
    }
    buffer_free(&numbers[0]);
    buffer_free(&numbers[1]);
}

static void begin_strategy(struct walk *walk, int strategy) {
    release_rows(walk, KEY_NONE);
    tell_misnumbered_rows(walk);
    walk->strategy = strategy;
    if (strategy > 0)
        walk->told_strategy = strategy;
    walk->settled_intro = 0;
    walk->run = 0;
    memset(walk->had, 0, sizeof walk->had);
    walk->key = (struct key){.strategy = strategy, .number = -1};
    walk->last_number = 0;
    walk->last_sub = 0;
    walk->in_project = false;
    walk->seen = 0;
    walk->headless_to = 0;
    catalogue_clear(&walk->catalogue);
}

/* Whether the goal of a strategy, or the table of its KPIs, comes next behind the line at AHEAD. */
static bool has_goal_behind(struct walk *walk, size_t ahead) {
    for (size_t at = ahead + 1; at <= ahead + FORESIGHT; at++) {
        const struct printed_line *line = foresight_line(walk->foresight, at);
        if (line == NULL)
            return false;
        if (line->form == FORM_NONE)
            continue;
        enum section section;
        return pattern_match(walk->goal, buffer_text(&line->text), 0, NULL) ||
               (headings_opening(walk->headings, line, &section) && section == SECTION_STRATEGY_KPIS);
    }
    return false;
}

/* Whether the line at AHEAD reads as a strategy's heading, if a misspelt one with the goal behind it; gives its number. */
static bool reads_as_strategy(struct walk *walk, size_t ahead, int *strategy) {
    const struct printed_line *line = foresight_line(walk->foresight, ahead);
    if (headings_strategy(walk->headings, line, strategy))
        return true;
    *strategy = line->misspelt_strategy;
    return *strategy > 0 && has_goal_behind(walk, ahead);
}

/* A strategy's heading stands alone: as Markdown, in bold from end to end, or with the strategy's goal beneath it. */
static bool is_strategy(struct walk *walk, int *strategy) {
    enum form form = foresight_line(walk->foresight, 0)->form;
    return reads_as_strategy(walk, 0, strategy) &&
           (form == FORM_MARKDOWN || form == FORM_BOLD || has_goal_behind(walk, 0));
}

/* Whether the line is the sentence above a summary table; gives the strategy that it prints. */
static bool is_summary_intro(struct walk *walk, const struct printed_line *line, int *strategy) {
    struct match match;
    if (!pattern_match(walk->summary_intro, buffer_text(&line->text), 0, &match))
        return false;
    struct text digits = match_group(&match, "strategy");
    *strategy = 0;
    for (size_t i = 0; i < digits.len && i < 4; i++)
        *strategy = *strategy * 10 + (digits.data[i] - '0');
    return true;
}

/* The sentence above the summary table of the strategy that the next line heads, and the strategy that it prints; NULL
   where there is none before the first project. */
static const struct printed_line *strategy_intro(struct walk *walk, int *strategy) {
    for (size_t ahead = 1; ahead < STRATEGY_FORESIGHT; ahead++) {
        const struct printed_line *line = foresight_line(walk->foresight, ahead);
        int other;
        if (line == NULL || reads_as_strategy(walk, ahead, &other) ||
            (line->is_section && line->section < SECTIONS_OF_PROJECT))
            return NULL;
        if (is_summary_intro(walk, line, strategy))
            return line;
    }
    return NULL;
}

/* The right one of the numbers that a strategy's HEADING and the sentence above its table, INTRO, print: the one that
   comes next by the order, or else the one that was not had; 0 where that does not tell. */
static int right_strategy(const struct walk *walk, int heading, int intro) {
    int last = walk->told_strategy;
    if (heading == intro || heading == last + 1)
        return heading;
    if (intro == last + 1)
        return intro;
    if ((heading <= last) == (intro <= last))
        return 0;
    return heading > last ? heading : intro;
}

static void tell_strategy(struct walk *walk, const char *place, uint64_t line, int printed) {
    struct buffer numbers[2] = {{0}, {0}};
    if (printed == walk->strategy)
        return;
    buffer_append_number(&numbers[0], (uint64_t)printed);
    buffer_append_number(&numbers[1], (uint64_t)walk->strategy);
    buffer_clear(&walk->message);
    buffer_printf(&walk->message,
                  "%s names strategy %d; by the strategy's other lines and the order it is strategy %d",
                  place, printed, walk->strategy);
    find(walk, SEVERITY_WARNING, "strategy-misprinted", walk->key, line, buffer_text(&numbers[0]),
         buffer_text(&numbers[1]));
    buffer_free(&numbers[0]);
    buffer_free(&numbers[1]);
}

static void tell_misspelt(struct walk *walk, const struct printed_line *line, enum section section,
                          const char *message) {
    set_message(walk, message);
    find(walk, SEVERITY_NOTE, "heading-misspelt", walk->key, line->number, buffer_text(&line->text),
         text_of(section_name(section)));
}

/* Begins the strategy that the next line heads, printing PRINTED. */
static void begin_headed_strategy(struct walk *walk, int printed) {
    int stated;
    const struct printed_line *intro = strategy_intro(walk, &stated);
    int right = intro != NULL ? right_strategy(walk, printed, stated) : 0;
    begin_strategy(walk, right > 0 ? right : printed);
    walk->settled_intro = right > 0 ? intro->number : 0;
    const struct printed_line *line = foresight_line(walk->foresight, 0);
    tell_strategy(walk, "the heading", line->number, printed);
    if (!headings_strategy(walk->headings, line, &printed))
        tell_misspelt(walk, line, SECTION_STRATEGY, "the strategy's heading is misspelt");
}

/* The strategy that the sentence above a summary table, the line LINE, prints: that of the heading, or where nothing was
   settled with that, another one begins. */
static void take_summary_intro(struct walk *walk, uint64_t line, int printed) {
    if (line == walk->settled_intro)
        tell_strategy(walk, "the sentence above the summary table", line, printed);
    else if (printed != walk->strategy || walk->in_project)
        begin_strategy(walk, printed);
}

/* Notes the sub-projects of project NUMBER that stand in the cell of its TITLE. */
static void note_subs_inside(struct walk *walk, int number, struct text title, uint64_t line) {
    struct match match;
    if (!pattern_match(walk->summary_sub_inside, title, 0, &match) || match.start == 0)
        return;
    for (bool more = true; more;) {
        bool is_of_project = text_number(match_group(&match, "first")) == number;
        int sub = text_number(match_group(&match, "second"));
        size_t at = match.end;
        more = pattern_match(walk->summary_sub_inside, title, at, &match);
        size_t end = more ? match.start : title.len;
        if (is_of_project && sub > 0)
            catalogue_add(&walk->catalogue, number, sub, text_trim((struct text){title.data + at, end - at}),
                          line);
    }
}

/* Notes the projects that a row of the summary table names. Only what helps to know a project's heading is taken here; extract-records
   reads the table. */
static void note_summary_row(struct walk *walk, struct text row, uint64_t line) {
    struct text number;
    struct text title;
    walk->headless_to = 0; /* a title of the catalogue can make a heading of a line that was none */
    if (!text_next_piece(&row, '\t', &number) || !text_next_piece(&row, '\t', &title))
        return;
    number = text_trim(number);
    title = text_trim(title);
    if (number.len > 1 && (number.data[number.len - 1] == '.' || number.data[number.len - 1] == ')'))
        number.len--;
    struct match match;
    struct project_heading heading;
    if (number.len == 0 && pattern_match(walk->summary_sub, title, 0, &match)) {
        struct text numbered = title;
        if (headings_project_text(walk->headings, numbered, &heading) && heading.numbers[1] > 0)
            catalogue_add(&walk->catalogue, heading.numbers[0], heading.numbers[1], heading.title, line);
        return;
    }
    bool unnumbered = text_equal(number, TEXT("-"));
    int value = 0;
    for (size_t i = 0; i < number.len && !unnumbered; i++) {
        if (number.data[i] < '0' || number.data[i] > '9' || value >= PROJECT_NUMBERS / 10)
            return;
        value = value * 10 + (number.data[i] - '0');
    }
    if (value > 0 || unnumbered)
        catalogue_add(&walk->catalogue, value, 0, title, line);
    if (value > 0)
        note_subs_inside(walk, value, title, line);
}

/* Projects */

enum following { FOLLOWED_BY_NOTHING, FOLLOWED_BY_AGENCY, FOLLOWED_BY_SECTION, FOLLOWED_BY_PROJECT };

/* Whether LINE, that reads as a project's heading, is printed as one. */
static bool is_printed_as_heading(const struct printed_line *line) {
    return line->form == FORM_MARKDOWN || line->form == FORM_BOLD || line->project.labelled;
}

/* What comes next after the line at AHEAD, that may be a project's heading; *AT is where. */
static enum following look_beyond(struct walk *walk, size_t ahead, size_t *at) {
    size_t passed = 0;
    for (size_t i = ahead + 1; passed < FORESIGHT; i++) {
        const struct printed_line *line = foresight_line(walk->foresight, i);
        if (line == NULL || line->has_tab)
            return FOLLOWED_BY_NOTHING;
        if (line->form == FORM_NONE)
            continue;
        *at = i;
        if (line->leads && line->lead == SECTION_AGENCY)
            return FOLLOWED_BY_AGENCY;
        if (line->is_section)
            return line->section == SECTION_AGENCY ? FOLLOWED_BY_AGENCY : FOLLOWED_BY_SECTION;
        if (line->is_project && (is_printed_as_heading(line) || line->project.form == PROJECT_PART))
            return FOLLOWED_BY_PROJECT;
        passed++;
    }
    return FOLLOWED_BY_NOTHING;
}

/* How like the summary table's title of the same number, or, for a heading without a number, of any. */
static int likeness_in_summary(struct walk *walk, const struct project_heading *heading) {
    const struct catalogue_entry *entry = NULL;
    int likeness;
    if (heading->form == PROJECT_NUMBERED)
        entry = catalogue_number(&walk->catalogue, heading->numbers[0], heading->numbers[1]);
    if (entry != NULL &&
        (likeness = catalogue_likeness(&walk->catalogue, entry, heading->title)) >= LIKENESS_SAME_NUMBER)
        return likeness;
    entry = catalogue_nearest(&walk->catalogue, heading->title, true, &likeness);
    return entry != NULL ? likeness : 0;
}

static bool is_part_of(const struct project_heading *parent, const struct project_heading *child) {
    if (child->form == PROJECT_PART)
        return parent->form != PROJECT_PART;
    return child->form == PROJECT_NUMBERED && child->numbers[1] > 0 && parent->numbers[1] == 0 &&
           child->numbers[0] == parent->numbers[0];
}

static unsigned bit(enum section section) {
    return 1U << section;
}

/* Whether the agency that comes next is still that of the project that the walk is in: it has had other sections and no
   agency yet, as where sections are out of order. */
static bool awaits_agency(const struct walk *walk) {
    return walk->in_project && walk->current < SECTIONS_OF_PROJECT && (walk->seen & bit(SECTION_AGENCY)) == 0;
}

/* Whether CHILD is a sub-project of the project that HEADING heads: by the number, or, where that is misprinted or missing, by a title that
   the summary table has. */
static bool is_parent(struct walk *walk, const struct project_heading *heading,
                      const struct project_heading *child) {
    if (is_part_of(heading, child))
        return true;
    if (child->form != PROJECT_NUMBERED || child->numbers[1] == 0 || child->numbers[0] == walk->last_number ||
        heading->form == PROJECT_PART || heading->numbers[1] > 0)
        return false;
    const struct catalogue_entry *entry = catalogue_number(&walk->catalogue, child->numbers[0], 0);
    return entry != NULL &&
           catalogue_likeness(&walk->catalogue, entry, heading->title) >= LIKENESS_OTHER_NUMBER;
}

/* Whether CHILD, with the number of no sub-project, has the title of one in HEADING's row of the summary table, and
   the agency follows it: the line at AHEAD heads it. */
static bool is_parent_by_title(struct walk *walk, const struct project_heading *heading, size_t ahead) {
    const struct project_heading *child = &foresight_line(walk->foresight, ahead)->project;
    if (heading->form != PROJECT_NUMBERED || heading->numbers[1] > 0 || child->form == PROJECT_PART)
        return false;
    int likeness;
    size_t beyond;
    return catalogue_nearest_sub(&walk->catalogue, heading->numbers[0], 0, child->title, &likeness) != NULL &&
           likeness >= LIKENESS_OTHER_NUMBER && look_beyond(walk, ahead, &beyond) == FOLLOWED_BY_AGENCY;
}

/* Whether the heading has the number that comes next by the order. */
static bool is_next(const struct walk *walk, const struct project_heading *heading) {
    return heading->form == PROJECT_NUMBERED && heading->numbers[1] == 0 &&
           heading->numbers[0] == walk->last_number + 1;
}

/* Whether the line at AHEAD, that reads as the heading of a part, heads one although the agency does not
   follow it: sections of the form's plan do, the first of them at NEXT, which stand right beneath the
   project's heading, or which the project before has had. An item of the results has a sentence beneath it,
   and sections that are still to come. */
static bool is_part_without_agency(struct walk *walk, size_t ahead, size_t next) {
    enum section section = foresight_line(walk->foresight, next)->section;
    if (section >= SECTION_RESULTS || walk->current == SECTION_PLAN_ACTIVITIES ||
        walk->current == SECTION_ACTIVITY_RESULTS)
        return false;
    if (walk->in_project && walk->current != SECTION_PROJECT && (walk->seen & bit(section)) == 0)
        return false;
    for (size_t i = ahead; i < next; i++) {
        if (pattern_match(walk->result_lead, buffer_text(&foresight_line(walk->foresight, i)->text), 0, NULL))
            return false;
    }
    const struct printed_line *second = NULL;
    do
        second = foresight_line(walk->foresight, ++next);
    while (second != NULL && !second->is_section && next - ahead < RESTART_FORESIGHT);
    return second != NULL && second->is_section && second->section != section &&
           second->section < SECTIONS_OF_PROJECT;
}

/* Whether the line at AHEAD heads a project, a sub-project or a part. */
static bool is_project(struct walk *walk, size_t ahead) {
    const struct printed_line *line = foresight_line(walk->foresight, ahead);
    const struct project_heading *heading = &line->project;
    if (!line->is_project)
        return false;
    bool printed = is_printed_as_heading(line);
    size_t next;
    switch (look_beyond(walk, ahead, &next)) {
    case FOLLOWED_BY_AGENCY:
        return printed || heading->form == PROJECT_PART || heading->titled ||
               (!awaits_agency(walk) && likeness_in_summary(walk, heading) >= LIKENESS_OTHER_NUMBER);
    case FOLLOWED_BY_PROJECT:
        /* A sub-project or a part has no sub-projects: so this ends soon. */
        return (printed || heading->titled) &&
               ((is_parent(walk, heading, &foresight_line(walk->foresight, next)->project) &&
                 is_project(walk, next)) ||
                is_parent_by_title(walk, heading, next));
    case FOLLOWED_BY_SECTION:
        if (heading->form == PROJECT_PART)
            return is_part_without_agency(walk, ahead, next);
        if (printed && heading->titled && is_next(walk, heading) &&
            (walk->seen & bit(foresight_line(walk->foresight, next)->section)) != 0)
            return true;
        /* Without a summary table the heading's own form is all that there is to go by. */
        if (walk->catalogue.count == 0)
            return line->form == FORM_MARKDOWN && heading->form == PROJECT_NUMBERED && heading->titled;
        return (printed || heading->titled) && likeness_in_summary(walk, heading) >= LIKENESS_PROOF;
    case FOLLOWED_BY_NOTHING:
        return printed && heading->form == PROJECT_NUMBERED && heading->titled &&
               likeness_in_summary(walk, heading) >= LIKENESS_PROOF;
    }
    return false;
}

/* Whether a heading's number, or none, gives way to that of the project which comes next by the order: the summary table has that one, its
   title fits better there than in the row of the number that is printed, ENTRY, and nowhere better. */
static bool is_next_by_title(struct walk *walk, const struct project_heading *heading,
                             const struct catalogue_entry *entry, const struct catalogue_entry *nearest) {
    int number = walk->last_number + 1;
    const struct catalogue_entry *next = catalogue_number(&walk->catalogue, number, 0);
    if (next == NULL || nearest == NULL || heading->numbers[0] == number || heading->numbers[1] > 0)
        return false;
    int likeness = catalogue_likeness(&walk->catalogue, next, heading->title);
    return likeness >= LIKENESS_SAME_NUMBER &&
           (entry == NULL || likeness > catalogue_likeness(&walk->catalogue, entry, heading->title)) &&
           likeness >= catalogue_likeness(&walk->catalogue, nearest, heading->title);
}

/* Whether the printed number is the next one by the order, and the summary table has no row of it: the row is lost or its number
   misprinted, and the title may be like another row's. */
static bool is_next_without_row(const struct walk *walk, const struct project_heading *heading,
                                const struct catalogue_entry *entry) {
    return entry == NULL && is_next(walk, heading);
}

/* The same where the row is there, with another title, and the row that has this one is of a project that was had. */
static bool is_next_of_other_title(const struct walk *walk, const struct project_heading *heading,
                                   const struct catalogue_entry *nearest) {
    return is_next(walk, heading) && nearest->number < PROJECT_NUMBERS && walk->had[nearest->number];
}

/* The heading of the project that comes next behind the one that the next line heads, sub-projects and parts
   left out; NULL when the strategy ends before. */
static const struct project_heading *next_project(struct walk *walk) {
    for (size_t ahead = 1; ahead < RESTART_FORESIGHT; ahead++) {
        const struct printed_line *line = foresight_line(walk->foresight, ahead);
        int strategy;
        if (line == NULL || reads_as_strategy(walk, ahead, &strategy))
            return NULL;
        if (line->is_project && line->project.form != PROJECT_PART && line->project.numbers[1] == 0 &&
            is_project(walk, ahead))
            return &line->project;
    }
    return NULL;
}

/* Whether the project that the next line heads, with a title that the summary table has not and a number that
   cannot be right, or none, is the next one by the order: the one behind it is the next but one, or the table
   ends with it. */
static bool is_next_by_order(struct walk *walk) {
    int number = walk->last_number + 1;
    if (number >= PROJECT_NUMBERS || walk->had[number] ||
        (walk->catalogue.count > 0 && catalogue_number(&walk->catalogue, number, 0) == NULL))
        return false;
    const struct project_heading *next = next_project(walk);
    if (next == NULL) /* unless it may be the table's project without a number */
        return walk->catalogue.count > 0 && catalogue_number(&walk->catalogue, number + 1, 0) == NULL &&
               catalogue_number(&walk->catalogue, 0, 0) == NULL;
    return next->form == PROJECT_NUMBERED && next->numbers[0] == number + 1;
}

/* Sets the summary table's numbers that are in doubt against a project's heading. */
static void settle_row_number(struct walk *walk, const struct project_heading *heading) {
    int next = walk->last_number + 1;
    if (heading->form == PROJECT_NUMBERED && heading->numbers[1] == 0)
        catalogue_agree(&walk->catalogue, heading->numbers[0], heading->title, LIKENESS_OTHER_NUMBER);
    if (heading->form == PROJECT_UNNUMBERED || is_next(walk, heading))
        catalogue_count_on(&walk->catalogue, next, heading->title, LIKENESS_OTHER_NUMBER);
}

/* Whether nothing but the heading itself speaks for its number: it has none, or the summary table has another
   project of it. */
static bool is_doubted(const struct project_heading *heading, const struct catalogue_entry *entry) {
    return heading->form == PROJECT_UNNUMBERED || entry != NULL;
}

/* Settles *NUMBER, that is printed, by the summary table's titles, of which ENTRY has that number; returns
   whether they tell it. */
static bool settle_by_title(struct walk *walk, const struct project_heading *heading,
                            const struct catalogue_entry *entry, int *number) {
    bool fits = entry != NULL && heading->numbers[1] == 0 &&
                catalogue_likeness(&walk->catalogue, entry, heading->title) >= LIKENESS_SAME_NUMBER;
    if (fits && is_next(walk, heading))
        return true;
    int likeness;
    const struct catalogue_entry *nearest =
        catalogue_nearest(&walk->catalogue, heading->title, false, &likeness);
    if (is_next_by_title(walk, heading, entry, nearest))
        *number = walk->last_number + 1;
    else if (!fits && nearest != NULL && likeness >= LIKENESS_OTHER_NUMBER &&
             !is_next_of_other_title(walk, heading, nearest))
        *number = nearest->number;
    else
        return fits;
    return true;
}

/* The two numbers of a sub-project, printed without the point between them: 2.2 as 22. */
static int without_point(int number, int sub) {
    return number * (sub < 10 ? 10 : 100) + sub;
}

/* Whether the open project's sub-projects go on with a heading that the summary table does not know: its number is
   the next one's without the point, or the project's own, and what follows is the next project. */
static bool is_next_sub_by_order(struct walk *walk, const struct project_heading *heading) {
    if (walk->last_sub == 0 || heading->form != PROJECT_NUMBERED || heading->numbers[1] > 0)
        return false;
    if (heading->numbers[0] == without_point(walk->last_number, walk->last_sub + 1))
        return true;
    /* A number 1 is rather another strategy's. */
    if (heading->numbers[0] != walk->last_number || walk->last_number == 1)
        return false;
    const struct project_heading *next = next_project(walk);
    return next != NULL && is_next(walk, next);
}

/* Whether a heading whose number is no sub-project's, or another's, is of a sub-project of the open project all the
   same: by its title in the summary table, which fits no other row as well, ENTRY, the row of the number,
   included; or, where no row fits, by the order. Gives its number. */
static bool settle_sub(struct walk *walk, const struct project_heading *heading,
                       const struct catalogue_entry *entry, int *number) {
    int own = entry != NULL ? catalogue_likeness(&walk->catalogue, entry, heading->title) : 0;
    if (is_next(walk, heading) && (entry == NULL || own >= LIKENESS_SAME_NUMBER))
        return false;
    int likeness;
    int other;
    const struct catalogue_entry *sub =
        catalogue_nearest_sub(&walk->catalogue, walk->last_number, walk->last_sub, heading->title, &likeness);
    bool without = sub != NULL && heading->numbers[0] == without_point(sub->number, sub->sub);
    if (sub != NULL && likeness >= (without ? LIKENESS_SAME_NUMBER : LIKENESS_OTHER_NUMBER) &&
        likeness > own) {
        (void)catalogue_nearest(&walk->catalogue, heading->title, false, &other);
        *number = sub->sub;
        return likeness > other;
    }
    if (own >= LIKENESS_SAME_NUMBER || !is_next_sub_by_order(walk, heading))
        return false;
    *number = walk->last_sub + 1;
    (void)catalogue_nearest(&walk->catalogue, heading->title, true, &other);
    return other < LIKENESS_OTHER_NUMBER;
}

/* The key of a project's heading. Number, order, title and summary table together settle it. */
static struct key settle_key(struct walk *walk, const struct project_heading *heading) {
    struct key key = project_key(walk, heading->numbers[0]);
    if (heading->form == PROJECT_PART) {
        key.number = walk->last_number;
        key.part = heading->numbers[0];
        return key;
    }
    settle_row_number(walk, heading);
    const struct catalogue_entry *entry =
        catalogue_number(&walk->catalogue, heading->numbers[0], heading->numbers[1]);
    if (settle_sub(walk, heading, entry, &key.sub)) {
        key.number = walk->last_number;
        return key;
    }
    key.sub = 0;
    bool is_sub = heading->numbers[1] > 0 && (entry != NULL || heading->numbers[0] == walk->last_number);
    if (is_sub) {
        key.sub = heading->numbers[1];
        return key;
    }
    if (is_next_without_row(walk, heading, entry))
        return key;
    if (settle_by_title(walk, heading, entry, &key.number))
        return key;
    /* 4.2 where no project 4 is open: the point may be a misprint in 42. */
    int next = walk->last_number + 1;
    bool has_sub = heading->numbers[1] > 0;
    if (has_sub ? heading->numbers[0] * 10 + heading->numbers[1] == next
                : !is_next(walk, heading) && is_doubted(heading, entry) && is_next_by_order(walk))
        key.number = next;
    else if (has_sub)
        key.sub = heading->numbers[1];
    return key;
}

/* Whether the heading is that of the last project once more: a page that stands twice. */
static bool is_printed_again(struct walk *walk, const struct project_heading *heading) {
    if (heading->numbers[0] != walk->last_number)
        return false;
    letters_of(&walk->title, heading->title);
    return letters_similarity(&walk->title, &walk->last_title) >= LIKENESS_OTHER_NUMBER;
}

/* Whether the project behind the one that the next line heads is still one of this strategy's summary table, by its
   number and title. */
static bool goes_on(struct walk *walk) {
    const struct project_heading *next = next_project(walk);
    if (next == NULL || next->form != PROJECT_NUMBERED || walk->had[next->numbers[0]])
        return false;
    const struct catalogue_entry *entry = catalogue_number(&walk->catalogue, next->numbers[0], 0);
    return entry != NULL && catalogue_likeness(&walk->catalogue, entry, next->title) >= LIKENESS_SAME_NUMBER;
}

/* Whether the numbers begin again: the heading of the next strategy is lost, or there is none, as in an agency's
   submission. Where a strategy is told, projects may stand in any order: there only a number that was had before,
   with a title that the summary table does not have, says so. */
static bool is_of_other_strategy(struct walk *walk, const struct project_heading *heading) {
    int number = heading->numbers[0];
    if (heading->form != PROJECT_NUMBERED || heading->numbers[1] > 0)
        return false;
    if (walk->strategy == 0)
        return number <= walk->last_number && !is_next_sub_by_order(walk, heading);
    if (!walk->had[number] || is_printed_again(walk, heading))
        return false;
    int likeness;
    const struct catalogue_entry *entry =
        catalogue_nearest(&walk->catalogue, heading->title, true, &likeness);
    return (entry == NULL || likeness < LIKENESS_SAME_NUMBER) && !goes_on(walk) &&
           !is_next_sub_by_order(walk, heading);
}

static void begin_untold_strategy(struct walk *walk) {
    int run = walk->strategy == 0 ? walk->run + 1 : 0;
    begin_strategy(walk, 0);
    walk->run = run < KEY_RUNS ? run : KEY_RUNS - 1;
}

/* The next heading behind the next line, if it is not too far. A line in which none was found is not looked
   at again. */
static const struct printed_line *next_heading(struct walk *walk) {
    uint64_t next = foresight_line(walk->foresight, 0)->number;
    size_t ahead = walk->headless_to > next ? (size_t)(walk->headless_to - next) + 1 : 1;
    for (; ahead < RESTART_FORESIGHT; ahead++) {
        const struct printed_line *line = foresight_line(walk->foresight, ahead);
        int strategy;
        if (line == NULL || line->is_section || is_project(walk, ahead) ||
            reads_as_strategy(walk, ahead, &strategy))
            return line;
        walk->headless_to = line->number;
    }
    return NULL;
}

/* Whether a paragraph begins with the line at AHEAD. */
static bool begins_paragraph(struct walk *walk, size_t ahead) {
    return ahead > 0 ? foresight_line(walk->foresight, ahead - 1)->form == FORM_NONE : walk->behind_blank;
}

/* Whether TEXT reads as the text of the section SECTION, whose place it stands in. */
static bool reads_as(struct walk *walk, struct text text, enum section section) {
    struct agency_match match;
    switch (section) {
    case SECTION_AGENCY:
        agencies_find(walk->agencies, text, &match);
        return match.code.len > 0 && !text_starts(text, TEXT("("));
    case SECTION_OBJECTIVES:
        return pattern_match(walk->objective_lead, text, 0, NULL);
    case SECTION_OBSTACLES:
        if (!pattern_match(walk->obstacles_none, text, 0, NULL))
            return false;
        letters_of(&walk->title, text);
        return walk->title.count > 0; /* a dash alone may be of any section */
    default:
        return false;
    }
}

/* Whether the line at AHEAD begins the text of a section whose heading is lost, by where it stands: the
   agency right beneath the project's heading, the objectives there or beneath the agency, obstacles that
   there are none before the progress. The heading of that section does not follow. */
static bool is_headless_section(struct walk *walk, size_t ahead, enum section *section) {
    const struct printed_line *line = foresight_line(walk->foresight, ahead);
    bool beneath_title = walk->current == SECTION_PROJECT;
    if (!walk->in_project || line->has_tab || line->form == FORM_MARKDOWN || !begins_paragraph(walk, ahead))
        return false;
    if (walk->current == SECTION_RESULTS || walk->current == SECTION_ACTIVITY_RESULTS)
        *section = SECTION_OBSTACLES;
    else if (beneath_title && !reads_as(walk, text_trim(buffer_text(&line->text)), SECTION_OBJECTIVES))
        *section = SECTION_AGENCY;
    else if (beneath_title || walk->current == SECTION_AGENCY)
        *section = SECTION_OBJECTIVES;
    else
        return false;
    if ((walk->seen & bit(*section)) != 0 || !reads_as(walk, text_trim(buffer_text(&line->text)), *section))
        return false;
    const struct printed_line *next = next_heading(walk);
    return next != NULL && next->is_section && next->section > *section &&
           next->section < SECTIONS_OF_PROJECT;
}

/* Whether the heading of the section SECTION stands anywhere before the next project. Where it was found it
   is not looked for again. */
static bool comes_later(struct walk *walk, enum section section) {
    if (walk->later[section] > foresight_line(walk->foresight, 0)->number)
        return true;
    for (size_t ahead = 1; ahead < RESTART_FORESIGHT; ahead++) {
        const struct printed_line *line = foresight_line(walk->foresight, ahead);
        int strategy;
        if (line == NULL || is_project(walk, ahead) || reads_as_strategy(walk, ahead, &strategy))
            return false;
        if (line->is_section && line->section == section) {
            walk->later[section] = line->number;
            return true;
        }
    }
    return false;
}

/* Whether the next line begins a section with its heading's words, and other text behind them: the section
   was not had, and does not come with its heading on a line of its own. */
static bool is_led_section(struct walk *walk, enum section *section) {
    const struct printed_line *line = foresight_line(walk->foresight, 0);
    *section = line->lead;
    return walk->in_project && line->leads && line->lead < SECTIONS_OF_PROJECT &&
           (walk->seen & bit(line->lead)) == 0 && !comes_later(walk, line->lead);
}

/* Passes the heading's lines up to the next section, project or table: they are the title. */
static void pass_title(struct walk *walk) {
    struct held_row *row = last_row(walk);
    pass_line(walk);
    for (size_t passed = 0; passed < FORESIGHT; passed++) {
        size_t ahead = 0;
        enum section section;
        const struct printed_line *line = foresight_line(walk->foresight, 0);
        while (line != NULL && line->form == FORM_NONE)
            line = foresight_line(walk->foresight, ++ahead);
        if (line == NULL || line->is_section || line->has_tab || line->form == FORM_MARKDOWN ||
            pattern_match(walk->title_end, text_trim(buffer_text(&line->text)), 0, NULL) ||
            is_project(walk, ahead) || is_headless_section(walk, ahead, &section) || line->leads)
            return;
        buffer_append_char(&row->heading, ' ');
        buffer_append_text(&row->heading, text_trim(buffer_text(&line->text)));
        for (size_t i = 0; i <= ahead; i++)
            pass_line(walk);
    }
}

/* Says that the number which HEADING prints is not the right one, where it is not. */
static void tell_misprint(struct walk *walk, const struct project_heading *heading, struct key key,
                          uint64_t line) {
    struct buffer expected = {0};
    bool is_whole = text_find(heading->printed, TEXT(" "), 0) == SIZE_MAX;
    if (heading->form != PROJECT_NUMBERED ||
        (heading->numbers[0] == key.number && heading->numbers[1] == key.sub && is_whole))
        return;
    buffer_append_number(&expected, (uint64_t)key.number);
    if (key.sub > 0)
        buffer_printf(&expected, ".%d", key.sub);
    buffer_clear(&walk->message);
    buffer_printf(
        &walk->message,
        "the heading is numbered %.*s; by its title in the summary table and its place it is project %.*s",
        (int)heading->printed.len, heading->printed.data, (int)expected.len, expected.data);
    find(walk, SEVERITY_WARNING, "number-misprinted", key, line, heading->printed, buffer_text(&expected));
    buffer_free(&expected);
}

/* Of a project's heading the number alone may be bold. */
static enum form project_form(const struct printed_line *line) {
    struct text raw = text_trim(buffer_text(&line->raw));
    return line->form == FORM_PLAIN && text_starts(raw, TEXT("**")) ? FORM_BOLD : line->form;
}

/* Says once that the keys have no strategy: an agency's submission has no strategies' headings. */
static void tell_unknown_strategy(struct walk *walk, uint64_t line) {
    if (walk->strategy > 0 || walk->told_unknown_strategy)
        return;
    walk->told_unknown_strategy = true;
    set_message(walk, "no strategy's heading stands before this project: the keys begin with S0; --strategy "
                      "names the strategy");
    find(walk, SEVERITY_NOTE, "strategy-unknown", walk->key, line, (struct text){0}, (struct text){0});
}

static void begin_project(struct walk *walk, const struct printed_line *line) {
    const struct project_heading *heading = &line->project;
    if (is_of_other_strategy(walk, heading))
        begin_untold_strategy(walk);
    struct key key = settle_key(walk, heading);
    release_rows(walk, heading->form == PROJECT_PART ? KEY_NONE : key);
    if (heading->form == PROJECT_PART)
        key.number = walk->last_number;
    tell_misprint(walk, heading, key, line->number);
    walk->key = key;
    if (key.part == 0) {
        walk->last_number = key.number;
        walk->last_sub = key.sub;
        letters_of(&walk->last_title, heading->title);
    }
    if (key.number < PROJECT_NUMBERS)
        walk->had[key.number] = true;
    walk->in_project = true;
    walk->had_project = true;
    walk->seen = 0;
    tell_unknown_strategy(walk, line->number);
    begin_row(walk, SECTION_PROJECT, project_form(line), text_trim(buffer_text(&line->text)), line->number);
    pass_title(walk);
}

/* Sections */

/* Whether the section SECTION, that the project has had already, begins at the next line as the next project's:
   another section follows that the project has had too, before any project begins. */
static bool is_restart(struct walk *walk, enum section section) {
    const struct printed_line *heading = next_heading(walk);
    return heading != NULL && heading->is_section && heading->section > section &&
           heading->section < SECTIONS_OF_PROJECT && (walk->seen & bit(heading->section)) != 0;
}

/* A project begins of which no heading is there. */
static void begin_lost_project(struct walk *walk) {
    if (walk->in_project) {
        if (walk->restarted)
            release_rows(walk, KEY_NONE);
        walk->restarted = true;
    } else {
        release_rows(walk, KEY_NONE);
        walk->last_number++;
        walk->last_sub = 0;
        walk->key = project_key(walk, walk->last_number);
        walk->in_project = true;
        walk->had_project = true;
        set_message(
            walk, "a project's heading is lost: its sections begin here; its number is taken from the order");
        find(walk, SEVERITY_WARNING, "project-heading-lost", walk->key,
             foresight_line(walk->foresight, 0)->number, (struct text){0}, (struct text){0});
    }
    walk->seen = 0;
}

static void tell_garbled(struct walk *walk, enum section section, const char *message) {
    const struct printed_line *line = foresight_line(walk->foresight, 0);
    set_message(walk, message);
    find(walk, SEVERITY_WARNING, "heading-garbled", walk->key, line->number, buffer_text(&line->text),
         text_of(section_name(section)));
}

/* Passes the lines before the last one of a heading over LINES, and takes that into the row's heading. */
static void pass_half_heading(struct walk *walk, size_t lines) {
    if (lines == 1)
        return;
    for (size_t i = 1; i < lines; i++)
        pass_line(walk);
    struct held_row *row = last_row(walk);
    buffer_append_char(&row->heading, ' ');
    buffer_append_text(&row->heading, text_trim(buffer_text(&foresight_line(walk->foresight, 0)->text)));
}

static void begin_section(struct walk *walk, enum section section) {
    if (section < SECTIONS_OF_PROJECT) {
        bool again = (walk->seen & bit(section)) != 0;
        if (!walk->in_project || (again && (section == SECTION_AGENCY || is_restart(walk, section))))
            begin_lost_project(walk);
        walk->seen |= bit(section);
    }
    const struct printed_line *line = foresight_line(walk->foresight, 0);
    if (line->errors > 0)
        tell_misspelt(walk, line, section, "the section's heading is misspelt");
    if (line->heading_lines > 1)
        tell_garbled(walk, section, "the section's heading stands on two lines");
    begin_row(walk, section, line->form, text_trim(buffer_text(&line->text)), line->number);
    pass_half_heading(walk, line->heading_lines);
}

/* A section whose heading is lost, told by its table's header or its first sentence. */
static void begin_opened_section(struct walk *walk, enum section section) {
    bool again = (walk->seen & bit(section)) != 0;
    if (again)
        begin_lost_project(walk);
    walk->seen |= bit(section);
    const struct printed_line *line = foresight_line(walk->foresight, 0);
    if (!again) {
        buffer_clear(&walk->message);
        buffer_printf(&walk->message,
                      "the heading of the section %s is lost; what stands here is of that section",
                      section_name(section));
        find(walk, SEVERITY_WARNING, "heading-lost", walk->key, line->number, (struct text){0},
             text_of(section_name(section)));
    }
    begin_row(walk, section, FORM_NONE, TEXT(""), line->number);
}

/* A section whose heading has the section's text behind it: that is not lost as the heading's. */
static void begin_led_section(struct walk *walk, enum section section) {
    tell_garbled(walk, section, "the section's heading and its text stand on one line");
    walk->seen |= bit(section);
    begin_row(walk, section, FORM_NONE, TEXT(""), foresight_line(walk->foresight, 0)->number);
}

/* Whether the next line opens a section of the project whose heading is lost. */
static bool is_opened_section(struct walk *walk, enum section section) {
    if (section >= SECTIONS_OF_PROJECT || walk->current >= SECTIONS_OF_PROJECT)
        return false;
    if (section == walk->current)
        return false;
    if ((walk->seen & bit(section)) != 0)
        return section < walk->current && is_restart(walk, section);
    return section > walk->current;
}

/* Whether the next line, printed as a heading that is not known, heads the section whose table or first sentence comes right behind it. */
static bool is_garbled_heading(struct walk *walk, enum section *section) {
    const struct printed_line *line = foresight_line(walk->foresight, 0);
    if (!walk->in_project || (line->form != FORM_MARKDOWN && line->form != FORM_BOLD))
        return false;
    size_t ahead = 1;
    const struct printed_line *next = foresight_line(walk->foresight, ahead);
    while (next != NULL && next->form == FORM_NONE && ahead < FORESIGHT)
        next = foresight_line(walk->foresight, ++ahead);
    return next != NULL && headings_opening(walk->headings, next, section) &&
           is_opened_section(walk, *section) && (walk->seen & bit(*section)) == 0;
}

/* The parts of a strategy: its goals, KPIs, tactics, summary table. */
static void walk_strategy_line(struct walk *walk, const struct printed_line *line, enum section section) {
    int strategy;
    if (section == SECTION_STRATEGY_KPIS && walk->current == SECTION_STRATEGY)
        begin_row(walk, section, FORM_NONE, TEXT(""), line->number);
    if (section == SECTION_SUMMARY && walk->current != SECTION_SUMMARY) {
        if (is_summary_intro(walk, line, &strategy))
            take_summary_intro(walk, line->number, strategy);
        begin_row(walk, section, FORM_NONE, TEXT(""), line->number);
    }
    if (walk->current == SECTION_SUMMARY && line->has_tab)
        note_summary_row(walk, buffer_text(&line->text), line->number);
}

/* The next line is no heading that is known: it may open what has lost its heading, or head what is not known. */
static void walk_other_line(struct walk *walk, const struct printed_line *line) {
    enum section opened = SECTION_OTHER;
    bool opens = headings_opening(walk->headings, line, &opened);
    if (opens && opened >= SECTIONS_OF_PROJECT) {
        walk_strategy_line(walk, line, opened);
        return;
    }
    bool is_opened = opens && walk->in_project && is_opened_section(walk, opened);
    if (!is_opened && is_led_section(walk, &opened)) {
        begin_led_section(walk, opened);
    } else if (is_opened || is_headless_section(walk, 0, &opened)) {
        begin_opened_section(walk, opened);
    } else if (is_garbled_heading(walk, &opened)) {
        tell_garbled(walk, opened, "the section's heading is not known; what follows it is of this section");
        begin_section(walk, opened);
    } else if (walk->in_project && line->form == FORM_MARKDOWN) {
        begin_row(walk, SECTION_OTHER, line->form, buffer_text(&line->text), line->number);
    } else if (walk->current == SECTION_SUMMARY) {
        walk_strategy_line(walk, line, SECTION_SUMMARY);
    }
}

/* Decides what the next line begins, and passes it. */
static void walk_line(struct walk *walk) {
    const struct printed_line *line = foresight_line(walk->foresight, 0);
    int strategy;
    if (line->form == FORM_NONE) {
        pass_line(walk);
        return;
    }
    if (is_strategy(walk, &strategy)) {
        begin_headed_strategy(walk, strategy);
        begin_row(walk, SECTION_STRATEGY, line->form, buffer_text(&line->text), line->number);
    } else if (line->is_section && line->section < SECTIONS_OF_PROJECT) {
        begin_section(walk, line->section);
    } else if (line->is_section && !walk->in_project && walk->strategy > 0) {
        begin_row(walk, line->section, line->form, buffer_text(&line->text), line->number);
    } else if (is_project(walk, 0)) {
        begin_project(walk, line);
        return;
    } else {
        walk_other_line(walk, line);
    }
    pass_line(walk);
}

void walk_report(struct walk *walk, struct table_writer *writer) {
    walk->writer = writer;
    while (foresight_line(walk->foresight, 0) != NULL)
        walk_line(walk);
    release_rows(walk, KEY_NONE);
    tell_misnumbered_rows(walk);
    if (!walk->had_project) {
        set_message(walk, "no project is found: this is no report of the profile's form");
        find(walk, SEVERITY_ERROR, "projects-none", KEY_NONE, 0, (struct text){0}, (struct text){0});
    }
}

/* Opening and closing */

static void on_replaced(void *context, const char *file, uint64_t line, uint64_t column) {
    (void)file;
    struct walk *walk = context;
    buffer_clear(&walk->message);
    buffer_printf(&walk->message, "bytes that are not UTF-8 at column %" PRIu64 " were replaced by U+FFFD",
                  column);
    find(walk, SEVERITY_ERROR, "invalid-utf8", KEY_NONE, line, (struct text){0}, (struct text){0});
}

struct walk *walk_open(const struct walk_options *options) {
    struct walk *walk = memory_zeroed(1, sizeof *walk);
    walk->headings = headings_open(options->profile);
    walk->findings = options->findings;
    walk->summary_intro = profile_pattern(options->profile, "summary-intro");
    walk->summary_sub = profile_pattern(options->profile, "summary-sub");
    walk->summary_sub_inside = profile_pattern(options->profile, "summary-sub-inside");
    walk->goal = profile_pattern(options->profile, "goal");
    walk->title_end = profile_pattern(options->profile, "title-end");
    walk->objective_lead = profile_pattern(options->profile, "objective-lead");
    walk->obstacles_none = profile_pattern(options->profile, "obstacles-none");
    walk->agencies = agencies_open(options->profile);
    walk->result_lead = profile_pattern(options->profile, "activity-result-lead");
    walk->strategy = options->strategy;
    walk->key = KEY_NONE;
    walk->current = SECTION_FRONT;
    options->input->refuse_nul = true;
    options->input->on_replaced = on_replaced;
    options->input->context = walk;
    walk->foresight = foresight_open(walk->headings, options->paths, options->path_count, options->input);
    (void)foresight_line(walk->foresight, 0);
    return walk;
}

void walk_close(struct walk *walk) {
    for (size_t i = 0; i < walk->row_cap; i++) {
        buffer_free(&walk->rows[i].heading);
        buffer_free(&walk->rows[i].text);
    }
    free(walk->rows);
    foresight_close(walk->foresight);
    catalogue_free(&walk->catalogue);
    letters_free(&walk->last_title);
    letters_free(&walk->title);
    headings_close(walk->headings);
    agencies_close(walk->agencies);
    buffer_free(&walk->key_text);
    buffer_free(&walk->message);
    free(walk);
}
