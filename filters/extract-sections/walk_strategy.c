/* Strategies and their summary tables, as the walk comes to them; see walk_internal.h. */
#include "walk_internal.h"

#include <string.h>

void walk_tell_misnumbered_rows(struct walk *walk) {
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
        walk_add_finding(walk,
                         (struct finding){
                             .severity = SEVERITY_WARNING,
                             .rule = "number-misprinted",
                             .table = "summary",
                             .field = "number",
                             .line = entry->line,
                             .observed = buffer_text(&numbers[0]),
                             .expected = buffer_text(&numbers[1]),
                         },
                         walk_project_key(walk, entry->number));
    }
    buffer_free(&numbers[0]);
    buffer_free(&numbers[1]);
}

void walk_begin_strategy(struct walk *walk, int strategy) {
    walk_release_rows(walk, KEY_NONE);
    walk_tell_misnumbered_rows(walk);
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

bool walk_reads_as_strategy(struct walk *walk, size_t ahead, int *strategy) {
    const struct printed_line *line = foresight_line(walk->foresight, ahead);
    if (headings_strategy(walk->headings, line, strategy))
        return true;
    *strategy = line->misspelt_strategy;
    return *strategy > 0 && has_goal_behind(walk, ahead);
}

bool walk_is_strategy(struct walk *walk, int *strategy) {
    enum form form = foresight_line(walk->foresight, 0)->form;
    return walk_reads_as_strategy(walk, 0, strategy) &&
           (form == FORM_MARKDOWN || form == FORM_BOLD || has_goal_behind(walk, 0));
}

bool walk_is_summary_intro(struct walk *walk, const struct printed_line *line, int *strategy) {
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
        if (line == NULL || walk_reads_as_strategy(walk, ahead, &other) ||
            (line->is_section && line->section < SECTIONS_OF_PROJECT))
            return NULL;
        if (walk_is_summary_intro(walk, line, strategy))
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
    walk_find(walk, SEVERITY_WARNING, "strategy-misprinted", walk->key, line, buffer_text(&numbers[0]),
              buffer_text(&numbers[1]));
    buffer_free(&numbers[0]);
    buffer_free(&numbers[1]);
}

void walk_begin_headed_strategy(struct walk *walk, int printed) {
    int stated;
    const struct printed_line *intro = strategy_intro(walk, &stated);
    int right = intro != NULL ? right_strategy(walk, printed, stated) : 0;
    walk_begin_strategy(walk, right > 0 ? right : printed);
    walk->settled_intro = right > 0 ? intro->number : 0;
    const struct printed_line *line = foresight_line(walk->foresight, 0);
    tell_strategy(walk, "the heading", line->number, printed);
    if (!headings_strategy(walk->headings, line, &printed))
        walk_tell_misspelt(walk, line, SECTION_STRATEGY, "the strategy's heading is misspelt");
}

bool walk_begin_unheaded_strategy(struct walk *walk) {
    int stated;
    if (!walk->in_project && walk->strategy > 0)
        return false;
    if (strategy_intro(walk, &stated) == NULL || stated <= walk->told_strategy)
        return false;
    walk_begin_strategy(walk, stated);
    walk_set_message(walk,
                     "the strategy's heading is lost; its table of KPIs stands here, and its number is taken "
                     "from the sentence above its summary table");
    walk_find(walk, SEVERITY_WARNING, "heading-lost", walk->key, foresight_line(walk->foresight, 0)->number,
              (struct text){0}, text_of(section_name(SECTION_STRATEGY)));
    return true;
}

void walk_take_summary_intro(struct walk *walk, uint64_t line, int printed) {
    if (line == walk->settled_intro)
        tell_strategy(walk, "the sentence above the summary table", line, printed);
    else if (printed != walk->strategy || walk->in_project)
        walk_begin_strategy(walk, printed);
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

void walk_note_summary_row(struct walk *walk, struct text row, uint64_t line) {
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
