/* The rows of the walk, held back until their project is settled, and its findings; see walk_internal.h. */
#include "walk_internal.h"

#include <string.h>

struct key walk_project_key(const struct walk *walk, int number) {
    return (struct key){.strategy = walk->strategy, .number = number, .run = walk->run};
}

struct held_row *walk_last_row(struct walk *walk) {
    return walk->row_count > 0 ? &walk->rows[walk->row_count - 1] : NULL;
}

void walk_begin_row(struct walk *walk, enum section section, enum form form, struct text heading,
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

void walk_pass_line(struct walk *walk) {
    const struct printed_line *line = foresight_line(walk->foresight, 0);
    if (walk->row_count == 0)
        walk_begin_row(walk, SECTION_FRONT, FORM_NONE, TEXT(""), line->number);
    struct held_row *row = walk_last_row(walk);
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

void walk_add_finding(struct walk *walk, struct finding finding, struct key key) {
    buffer_clear(&walk->key_text);
    key_append(&walk->key_text, key);
    finding.key = buffer_text(&walk->key_text);
    finding.message = buffer_text(&walk->message);
    findings_add(walk->findings, &finding);
}

void walk_find(struct walk *walk, enum severity severity, const char *rule, struct key key, uint64_t line,
               struct text observed, struct text expected) {
    walk_add_finding(walk,
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

void walk_set_message(struct walk *walk, const char *message) {
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

/* Whether the rows that began again are those of the project after LAST_NUMBER: NEXT, the one that follows, if any, must
   not be it, nor a sub-project of the last one; and be the one behind it, unless the summary table, where there is one,
   knows the lost one. */
static bool is_lost_project(struct walk *walk, struct key next) {
    int lost = walk->last_number + 1;
    if (next.number == (next.sub > 0 ? walk->last_number : lost))
        return false;
    return walk->catalogue.count == 0 || (next.sub == 0 && next.number == lost + 1) ||
           catalogue_number(&walk->catalogue, lost, 0) != NULL;
}

static void tell_restarted(struct walk *walk, struct key key, uint64_t line, bool is_lost) {
    walk_set_message(
        walk, is_lost
                  ? "a project's heading is lost: sections begin again here; its number is taken from the "
                    "order of the summary table"
                  : "sections of the project begin again here");
    walk_find(walk, SEVERITY_WARNING, is_lost ? "project-heading-lost" : "section-twice", key, line,
              (struct text){0}, (struct text){0});
}

static void settle_restarted(struct walk *walk, struct key next) {
    struct key lost = walk_project_key(walk, walk->last_number);
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

void walk_release_rows(struct walk *walk, struct key next) {
    if (walk->restarted)
        settle_restarted(walk, next);
    for (size_t i = 0; i < walk->row_count; i++)
        write_row(walk, &walk->rows[i]);
    walk->row_count = 0;
    walk->restarted = false;
}

void walk_tell_misspelt(struct walk *walk, const struct printed_line *line, enum section section,
                        const char *message) {
    walk_set_message(walk, message);
    walk_find(walk, SEVERITY_NOTE, "heading-misspelt", walk->key, line->number, buffer_text(&line->text),
              text_of(section_name(section)));
}
