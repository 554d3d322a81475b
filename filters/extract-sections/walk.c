/* The walk over a report's lines, and the sections of its projects; see walk.h. */
#include "walk.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "walk_internal.h"

unsigned walk_bit(enum section section) {
    return 1U << section;
}

/* The next heading behind the next line, if it is not too far. A line in which none was found is not looked
   at again. */
static const struct printed_line *next_heading(struct walk *walk) {
    uint64_t next = foresight_line(walk->foresight, 0)->number;
    size_t ahead = walk->headless_to > next ? (size_t)(walk->headless_to - next) + 1 : 1;
    for (; ahead < RESTART_FORESIGHT; ahead++) {
        const struct printed_line *line = foresight_line(walk->foresight, ahead);
        int strategy;
        if (line == NULL || line->is_section || walk_is_project(walk, ahead) ||
            walk_reads_as_strategy(walk, ahead, &strategy))
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

bool walk_is_headless_section(struct walk *walk, size_t ahead, enum section *section) {
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
    if ((walk->seen & walk_bit(*section)) != 0 ||
        !reads_as(walk, text_trim(buffer_text(&line->text)), *section))
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
        if (line == NULL || walk_is_project(walk, ahead) || walk_reads_as_strategy(walk, ahead, &strategy))
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
           (walk->seen & walk_bit(line->lead)) == 0 && !comes_later(walk, line->lead);
}

/* Whether the section SECTION, that the project has had already, begins at the next line as the next project's:
   another section follows that the project has had too, before any project begins. */
static bool is_restart(struct walk *walk, enum section section) {
    const struct printed_line *heading = next_heading(walk);
    return heading != NULL && heading->is_section && heading->section > section &&
           heading->section < SECTIONS_OF_PROJECT && (walk->seen & walk_bit(heading->section)) != 0;
}

/* A project begins of which no heading is there. */
static void begin_lost_project(struct walk *walk) {
    if (walk->in_project) {
        if (walk->restarted)
            walk_release_rows(walk, KEY_NONE);
        walk->restarted = true;
    } else {
        walk_release_rows(walk, KEY_NONE);
        walk->last_number++;
        walk->last_sub = 0;
        walk->key = walk_project_key(walk, walk->last_number);
        walk->in_project = true;
        walk->had_project = true;
        walk_set_message(
            walk, "a project's heading is lost: its sections begin here; its number is taken from the order");
        walk_find(walk, SEVERITY_WARNING, "project-heading-lost", walk->key,
                  foresight_line(walk->foresight, 0)->number, (struct text){0}, (struct text){0});
    }
    walk->seen = 0;
}

static void tell_garbled(struct walk *walk, enum section section, const char *message) {
    const struct printed_line *line = foresight_line(walk->foresight, 0);
    walk_set_message(walk, message);
    walk_find(walk, SEVERITY_WARNING, "heading-garbled", walk->key, line->number, buffer_text(&line->text),
              text_of(section_name(section)));
}

/* Passes the lines before the last one of a heading over LINES, and takes that into the row's heading. */
static void pass_half_heading(struct walk *walk, size_t lines) {
    if (lines == 1)
        return;
    for (size_t i = 1; i < lines; i++)
        walk_pass_line(walk);
    struct held_row *row = walk_last_row(walk);
    buffer_append_char(&row->heading, ' ');
    buffer_append_text(&row->heading, text_trim(buffer_text(&foresight_line(walk->foresight, 0)->text)));
}

static void begin_section(struct walk *walk, enum section section) {
    if (section < SECTIONS_OF_PROJECT) {
        bool again = (walk->seen & walk_bit(section)) != 0;
        if (!walk->in_project || (again && (section == SECTION_AGENCY || is_restart(walk, section))))
            begin_lost_project(walk);
        walk->seen |= walk_bit(section);
    }
    const struct printed_line *line = foresight_line(walk->foresight, 0);
    if (line->errors > 0)
        walk_tell_misspelt(walk, line, section, "the section's heading is misspelt");
    if (line->heading_lines > 1)
        tell_garbled(walk, section, "the section's heading stands on two lines");
    walk_begin_row(walk, section, line->form, text_trim(buffer_text(&line->text)), line->number);
    pass_half_heading(walk, line->heading_lines);
}

/* A section whose heading is lost, told by its table's header or its first sentence. */
static void begin_opened_section(struct walk *walk, enum section section) {
    bool again = (walk->seen & walk_bit(section)) != 0;
    if (again)
        begin_lost_project(walk);
    walk->seen |= walk_bit(section);
    const struct printed_line *line = foresight_line(walk->foresight, 0);
    if (!again) {
        buffer_clear(&walk->message);
        buffer_printf(&walk->message,
                      "the heading of the section %s is lost; what stands here is of that section",
                      section_name(section));
        walk_find(walk, SEVERITY_WARNING, "heading-lost", walk->key, line->number, (struct text){0},
                  text_of(section_name(section)));
    }
    walk_begin_row(walk, section, FORM_NONE, TEXT(""), line->number);
}

/* A section whose heading has the section's text behind it: that is not lost as the heading's. */
static void begin_led_section(struct walk *walk, enum section section) {
    tell_garbled(walk, section, "the section's heading and its text stand on one line");
    walk->seen |= walk_bit(section);
    walk_begin_row(walk, section, FORM_NONE, TEXT(""), foresight_line(walk->foresight, 0)->number);
}

/* Whether the next line opens a section of the project whose heading is lost. */
static bool is_opened_section(struct walk *walk, enum section section) {
    if (section >= SECTIONS_OF_PROJECT || walk->current >= SECTIONS_OF_PROJECT)
        return false;
    if (section == walk->current)
        return false;
    if ((walk->seen & walk_bit(section)) != 0)
        return section < walk->current && is_restart(walk, section);
    return section > walk->current;
}

/* Whether the next line, printed as a heading that is not known, heads the section whose table or first sentence comes
   right behind it. */
static bool is_garbled_heading(struct walk *walk, enum section *section) {
    const struct printed_line *line = foresight_line(walk->foresight, 0);
    if (!walk->in_project || (line->form != FORM_MARKDOWN && line->form != FORM_BOLD))
        return false;
    size_t ahead = 1;
    const struct printed_line *next = foresight_line(walk->foresight, ahead);
    while (next != NULL && next->form == FORM_NONE && ahead < FORESIGHT)
        next = foresight_line(walk->foresight, ++ahead);
    return next != NULL && headings_opening(walk->headings, next, section) &&
           is_opened_section(walk, *section) && (walk->seen & walk_bit(*section)) == 0;
}

/* Whether the next line is the first table beneath the heading of the KPIs, and the heading of their results comes
   later: it is of the KPIs, though it has a column for each year as those of results have. */
static bool is_table_of_kpis(struct walk *walk, enum section opened) {
    return opened == SECTION_RESULTS && walk->current == SECTION_KPIS &&
           text_find(buffer_text(&walk_last_row(walk)->text), TEXT("\t"), 0) == SIZE_MAX &&
           comes_later(walk, SECTION_RESULTS);
}

/* The parts of a strategy: its goals, KPIs, tactics, summary table. */
static void walk_strategy_line(struct walk *walk, const struct printed_line *line, enum section section) {
    int strategy;
    if (section == SECTION_STRATEGY_KPIS &&
        (walk->current == SECTION_STRATEGY || walk_begin_unheaded_strategy(walk)))
        walk_begin_row(walk, section, FORM_NONE, TEXT(""), line->number);
    if (section == SECTION_SUMMARY && walk->current != SECTION_SUMMARY) {
        if (walk_is_summary_intro(walk, line, &strategy))
            walk_take_summary_intro(walk, line->number, strategy);
        walk_begin_row(walk, section, FORM_NONE, TEXT(""), line->number);
    }
    if (walk->current == SECTION_SUMMARY && line->has_tab)
        walk_note_summary_row(walk, buffer_text(&line->text), line->number);
}

/* The next line is no heading that is known: it may open what has lost its heading, or head what is not known. */
static void walk_other_line(struct walk *walk, const struct printed_line *line) {
    enum section opened = SECTION_OTHER;
    bool opens = headings_opening(walk->headings, line, &opened);
    if (opens && opened >= SECTIONS_OF_PROJECT) {
        walk_strategy_line(walk, line, opened);
        return;
    }
    bool is_opened =
        opens && walk->in_project && is_opened_section(walk, opened) && !is_table_of_kpis(walk, opened);
    if (!is_opened && is_led_section(walk, &opened)) {
        begin_led_section(walk, opened);
    } else if (is_opened || walk_is_headless_section(walk, 0, &opened)) {
        begin_opened_section(walk, opened);
    } else if (is_garbled_heading(walk, &opened)) {
        tell_garbled(walk, opened, "the section's heading is not known; what follows it is of this section");
        begin_section(walk, opened);
    } else if (walk->in_project && line->form == FORM_MARKDOWN) {
        walk_begin_row(walk, SECTION_OTHER, line->form, buffer_text(&line->text), line->number);
    } else if (walk->current == SECTION_SUMMARY) {
        walk_strategy_line(walk, line, SECTION_SUMMARY);
    }
}

/* Decides what the next line begins, and passes it. */
static void walk_line(struct walk *walk) {
    const struct printed_line *line = foresight_line(walk->foresight, 0);
    int strategy;
    if (line->form == FORM_NONE) {
        walk_pass_line(walk);
        return;
    }
    if (walk_is_strategy(walk, &strategy)) {
        walk_begin_headed_strategy(walk, strategy);
        walk_begin_row(walk, SECTION_STRATEGY, line->form, buffer_text(&line->text), line->number);
    } else if (line->is_section && line->section < SECTIONS_OF_PROJECT) {
        begin_section(walk, line->section);
    } else if (line->is_section && !walk->in_project && walk->strategy > 0) {
        walk_begin_row(walk, line->section, line->form, buffer_text(&line->text), line->number);
    } else if (walk_is_project(walk, 0)) {
        enum section as;
        if (walk_is_repeated(walk, &as))
            walk_repeat_project(walk, line, as);
        else
            walk_begin_project(walk, line);
        return;
    } else {
        walk_other_line(walk, line);
    }
    walk_pass_line(walk);
}

void walk_report(struct walk *walk, struct table_writer *writer) {
    walk->writer = writer;
    while (foresight_line(walk->foresight, 0) != NULL)
        walk_line(walk);
    walk_release_rows(walk, KEY_NONE);
    walk_tell_misnumbered_rows(walk);
    if (!walk->had_project) {
        walk_set_message(walk, "no project is found: this is no report of the profile's form");
        walk_find(walk, SEVERITY_ERROR, "projects-none", KEY_NONE, 0, (struct text){0}, (struct text){0});
    }
}

/* Opening and closing */

static void on_replaced(void *context, const char *file, uint64_t line, uint64_t column) {
    (void)file;
    struct walk *walk = context;
    buffer_clear(&walk->message);
    buffer_printf(&walk->message, "bytes that are not UTF-8 at column %" PRIu64 " were replaced by U+FFFD",
                  column);
    walk_find(walk, SEVERITY_ERROR, "invalid-utf8", KEY_NONE, line, (struct text){0}, (struct text){0});
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
