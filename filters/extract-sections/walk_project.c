/* Projects' headings; see walk_internal.h. */
#include "walk_internal.h"

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

/* Whether the summary table has the row NUMBER, or NUMBER.SUB, and a title in it that is so like TITLE, in percent. */
static bool has_title(struct walk *walk, int number, int sub, struct text title, int likeness) {
    const struct catalogue_entry *entry = catalogue_number(&walk->catalogue, number, sub);
    return entry != NULL && catalogue_likeness(&walk->catalogue, entry, title) >= likeness;
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

/* Whether the agency that comes next is still that of the project that the walk is in: it has had other sections and no
   agency yet, as where sections are out of order. */
static bool awaits_agency(const struct walk *walk) {
    return walk->in_project && walk->current < SECTIONS_OF_PROJECT &&
           (walk->seen & walk_bit(SECTION_AGENCY)) == 0;
}

/* Whether CHILD is a sub-project of the project that HEADING heads: by the number, or, where that is misprinted or
   missing, by a title that the summary table has. */
static bool is_parent(struct walk *walk, const struct project_heading *heading,
                      const struct project_heading *child) {
    if (is_part_of(heading, child))
        return true;
    if (child->form != PROJECT_NUMBERED || child->numbers[1] == 0 || child->numbers[0] == walk->last_number ||
        heading->form == PROJECT_PART || heading->numbers[1] > 0)
        return false;
    return has_title(walk, child->numbers[0], 0, heading->title, LIKENESS_OTHER_NUMBER);
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

/* Whether the line at AHEAD, that reads as the heading of a part, heads one although the agency does not
   follow it: sections of the form's plan do, the first of them at NEXT, which stand right beneath the
   project's heading, or which the project before has had. An item of the results has a sentence beneath it,
   and sections that are still to come. */
static bool is_part_without_agency(struct walk *walk, size_t ahead, size_t next) {
    enum section section = foresight_line(walk->foresight, next)->section;
    if (section >= SECTION_RESULTS || walk->current == SECTION_PLAN_ACTIVITIES ||
        walk->current == SECTION_ACTIVITY_RESULTS)
        return false;
    if (walk->in_project && walk->current != SECTION_PROJECT && (walk->seen & walk_bit(section)) == 0)
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

/* Whether nothing but a subtitle in brackets stands between the line at AHEAD and the one at NEXT. */
static bool stands_right_above(struct walk *walk, size_t ahead, size_t next) {
    for (size_t i = ahead + 1; i < next; i++) {
        const struct printed_line *line = foresight_line(walk->foresight, i);
        struct text text = text_trim(buffer_text(&line->text));
        if (line->form != FORM_NONE && !text_starts(text, TEXT("(")) && !text_starts(text, TEXT("\\(")))
            return false;
    }
    return true;
}

/* Whether HEADING has the number of a sub-project of the project that the walk is in. */
static bool is_sub_of_open(const struct walk *walk, const struct project_heading *heading) {
    return walk->in_project && heading->form == PROJECT_NUMBERED && heading->numbers[1] > 0 &&
           heading->numbers[0] == walk->last_number;
}

/* Whether the line at AHEAD, numbered as a sub-project of the open project, is but a label within a section: lines of
   the section stand beneath it, and then, at NEXT, the section that comes next in the project. */
static bool is_label_within(struct walk *walk, size_t ahead, size_t next) {
    enum section section = foresight_line(walk->foresight, next)->section;
    return is_sub_of_open(walk, &foresight_line(walk->foresight, ahead)->project) &&
           walk->current < SECTIONS_OF_PROJECT && section > walk->current &&
           (walk->seen & walk_bit(section)) == 0 && !stands_right_above(walk, ahead, next);
}

/* Whether the line at AHEAD heads a sub-project of the open project that has not all sections of its own: the summary
   table has its number and a title like it, and the section at NEXT stands right beneath. */
static bool is_sub_of_some_sections(struct walk *walk, size_t ahead, size_t next) {
    const struct project_heading *heading = &foresight_line(walk->foresight, ahead)->project;
    return is_sub_of_open(walk, heading) && stands_right_above(walk, ahead, next) &&
           has_title(walk, heading->numbers[0], heading->numbers[1], heading->title, LIKENESS_SAME_NUMBER);
}

bool walk_is_project(struct walk *walk, size_t ahead) {
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
                 walk_is_project(walk, next)) ||
                is_parent_by_title(walk, heading, next));
    case FOLLOWED_BY_SECTION:
        if (heading->form == PROJECT_PART)
            return is_part_without_agency(walk, ahead, next);
        if (is_label_within(walk, ahead, next))
            return false;
        if (printed && is_sub_of_some_sections(walk, ahead, next))
            return true;
        if (printed && heading->titled && walk_is_next(walk, heading) &&
            (walk->seen & walk_bit(foresight_line(walk->foresight, next)->section)) != 0)
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

const struct project_heading *walk_next_project(struct walk *walk) {
    for (size_t ahead = 1; ahead < RESTART_FORESIGHT; ahead++) {
        const struct printed_line *line = foresight_line(walk->foresight, ahead);
        int strategy;
        if (line == NULL || walk_reads_as_strategy(walk, ahead, &strategy))
            return NULL;
        if (line->is_project && line->project.form != PROJECT_PART && line->project.numbers[1] == 0 &&
            walk_is_project(walk, ahead))
            return &line->project;
    }
    return NULL;
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
    const struct project_heading *next = walk_next_project(walk);
    if (next == NULL || next->form != PROJECT_NUMBERED || walk->had[next->numbers[0]])
        return false;
    return has_title(walk, next->numbers[0], 0, next->title, LIKENESS_SAME_NUMBER);
}

/* Whether the numbers begin again: the heading of the next strategy is lost, or there is none, as in an agency's
   submission. Where a strategy is told, projects may stand in any order: there only a number that was had before,
   with a title that the summary table does not have, says so. */
static bool is_of_other_strategy(struct walk *walk, const struct project_heading *heading) {
    int number = heading->numbers[0];
    if (heading->form != PROJECT_NUMBERED || heading->numbers[1] > 0)
        return false;
    if (walk->strategy == 0)
        return number <= walk->last_number && !walk_is_next_sub_by_order(walk, heading);
    if (!walk->had[number] || is_printed_again(walk, heading))
        return false;
    int likeness;
    const struct catalogue_entry *entry =
        catalogue_nearest(&walk->catalogue, heading->title, true, &likeness);
    return (entry == NULL || likeness < LIKENESS_SAME_NUMBER) && !goes_on(walk) &&
           !walk_is_next_sub_by_order(walk, heading) && !walk_is_next_by_order(walk);
}

static void begin_untold_strategy(struct walk *walk) {
    int run = walk->strategy == 0 ? walk->run + 1 : 0;
    walk_begin_strategy(walk, 0);
    walk->run = run < KEY_RUNS ? run : KEY_RUNS - 1;
}

/* Whether the heading has the title that the summary table has for its number, or that of the last project. */
static bool has_known_title(struct walk *walk, const struct project_heading *heading) {
    return is_printed_again(walk, heading) ||
           has_title(walk, heading->numbers[0], heading->numbers[1], heading->title, LIKENESS_OTHER_NUMBER);
}

bool walk_is_repeated(struct walk *walk, enum section *as) {
    const struct project_heading *heading = &foresight_line(walk->foresight, 0)->project;
    size_t next;
    if (!walk->in_project || heading->form != PROJECT_NUMBERED || heading->numbers[0] != walk->last_number ||
        !has_known_title(walk, heading))
        return false;
    enum following following = look_beyond(walk, 0, &next);
    if (following == FOLLOWED_BY_SECTION && heading->numbers[1] == walk->last_sub) {
        enum section section = foresight_line(walk->foresight, next)->section;
        *as = SECTION_PROJECT;
        return walk->current < SECTIONS_OF_PROJECT && section > walk->current &&
               section < SECTIONS_OF_PROJECT && (walk->seen & walk_bit(section)) == 0;
    }
    if (following != FOLLOWED_BY_PROJECT || heading->numbers[1] > 0 || walk->last_sub == 0)
        return false;
    const struct project_heading *sub = &foresight_line(walk->foresight, next)->project;
    *as = SECTION_OTHER;
    return is_sub_of_open(walk, sub) && sub->numbers[1] == walk->last_sub + 1;
}

/* Passes the heading's lines up to the next section, project or table: they are the title. */
static void pass_title(struct walk *walk) {
    struct held_row *row = walk_last_row(walk);
    walk_pass_line(walk);
    for (size_t passed = 0; passed < FORESIGHT; passed++) {
        size_t ahead = 0;
        enum section section;
        const struct printed_line *line = foresight_line(walk->foresight, 0);
        while (line != NULL && line->form == FORM_NONE)
            line = foresight_line(walk->foresight, ++ahead);
        if (line == NULL || line->is_section || line->has_tab || line->form == FORM_MARKDOWN ||
            pattern_match(walk->title_end, text_trim(buffer_text(&line->text)), 0, NULL) ||
            walk_is_project(walk, ahead) || walk_is_headless_section(walk, ahead, &section) || line->leads)
            return;
        buffer_append_char(&row->heading, ' ');
        buffer_append_text(&row->heading, text_trim(buffer_text(&line->text)));
        for (size_t i = 0; i <= ahead; i++)
            walk_pass_line(walk);
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
    walk_find(walk, SEVERITY_WARNING, "number-misprinted", key, line, heading->printed,
              buffer_text(&expected));
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
    walk_set_message(walk,
                     "no strategy's heading stands before this project: the keys begin with S0; --strategy "
                     "names the strategy");
    walk_find(walk, SEVERITY_NOTE, "strategy-unknown", walk->key, line, (struct text){0}, (struct text){0});
}

void walk_repeat_project(struct walk *walk, const struct printed_line *line, enum section as) {
    walk_begin_row(walk, as, project_form(line), text_trim(buffer_text(&line->text)), line->number);
    pass_title(walk);
}

void walk_begin_project(struct walk *walk, const struct printed_line *line) {
    const struct project_heading *heading = &line->project;
    if (is_of_other_strategy(walk, heading))
        begin_untold_strategy(walk);
    struct key key = walk_settle_key(walk, heading);
    walk_release_rows(walk, heading->form == PROJECT_PART ? KEY_NONE : key);
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
    walk_begin_row(walk, SECTION_PROJECT, project_form(line), text_trim(buffer_text(&line->text)),
                   line->number);
    pass_title(walk);
}
