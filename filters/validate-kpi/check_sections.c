/*
 * Rules on the sections of the report: their presence and order. On the way it is noted where the values of the
 * projects stand, and which projects speak of a budget that was carried over.
 */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "section_rows.h"

/* Which of its ten sections a project has. */
struct seen {
    uint64_t lines[SECTIONS_OF_PROJECT]; /* where each begins; 0: not there */
    size_t last;                         /* the furthest in the form's order so far, and one more; 0: none */
    uint64_t line;                       /* of the last section's end */
};

static void tell_section(struct check *check, enum rule rule, size_t project, uint64_t line,
                         struct text observed, struct text expected) {
    struct fault fault = check_fault(check, rule, project, TABLE_SECTIONS, 0, "section", line);
    fault.observed = observed;
    fault.expected = expected;
    check_tell(check, &fault);
}

/* A project's heading without a number. */
static void check_numbered(struct check *check, const struct section_row *row) {
    const struct project *project = &check->data->projects[row->project];
    bool unnumbered = project->number.len == 0 || text_equal(project->number, TEXT("0"));
    if (project->number_printed.len > 0 || unnumbered || row->heading.len == 0)
        return;
    struct fault fault =
        check_fault(check, RULE_NUMBER_MISSING, row->project, TABLE_PROJECTS, 0, "number_printed", row->line);
    fault.observed = row->heading;
    fault.expected = project->number;
    check_tell(check, &fault);
}

static void check_presence(struct check *check, struct seen *seen, const struct section_row *row) {
    size_t place = section_place(row->section);
    seen->line = row->line_last;
    if (place == SECTIONS_OF_PROJECT)
        return;
    if (seen->lines[place] != 0) {
        tell_section(check, RULE_SECTION_TWICE, row->project, row->line, check->headings[place],
                     check_number_text(check, decimal_of((int64_t)seen->lines[place])));
        return;
    }
    seen->lines[place] = row->line;
    if (place + 1 < seen->last)
        tell_section(check, RULE_SECTION_OUT_OF_ORDER, row->project, row->line, check->headings[place],
                     check->headings[seen->last - 1]);
    else
        seen->last = place + 1;
}

/* Where a section that is missing should stand: where the next one of the form begins, or at the project's end. */
static uint64_t missing_line(const struct seen *seen, const struct project *project, size_t section) {
    for (size_t next = section + 1; next < SECTIONS_OF_PROJECT; next++) {
        if (seen->lines[next] != 0)
            return seen->lines[next];
    }
    return seen->line != 0 ? seen->line : project->line;
}

/* Whether a part of the project INDEX has the SECTION. */
static bool part_has(const struct check *check, const struct seen *seen, size_t index, size_t section) {
    const struct dataset *data = check->data;
    size_t left = data->projects[index].children;
    for (size_t i = 0; i < data->project_count && left > 0; i++) {
        if (data->projects[i].parent != index)
            continue;
        if (seen[i].lines[section] != 0)
            return true;
        left--;
    }
    return false;
}

/* What is missing of the project INDEX: SEEN has the sections of all projects. A project that has none of the ten, but
   parts that have them, stands for its parts; what either has may be meant for both. */
static void check_missing(struct check *check, const struct seen *seen, size_t index) {
    const struct project *project = &check->data->projects[index];
    if (seen[index].last == 0 && project->children > 0)
        return;
    for (size_t i = 0; i < SECTIONS_OF_PROJECT; i++) {
        bool above = project->parent != NO_PROJECT && seen[project->parent].lines[i] != 0;
        if (seen[index].lines[i] == 0 && !above && !part_has(check, seen, index, i))
            tell_section(check, RULE_SECTION_MISSING, index, missing_line(&seen[index], project, i), TEXT(""),
                         check->headings[i]);
    }
}

static bool is_mark(char c) {
    return strchr(" \t\r\n#*_\\-:.|", c) != NULL;
}

static bool is_heading_form(const struct check *check, struct text heading, size_t section) {
    for (size_t i = 0; i < check->heading_form_count; i++) {
        if (check->heading_forms[i].section == section &&
            value_same(heading, check->heading_forms[i].heading))
            return true;
    }
    return false;
}

/* Whether anything stands below the section's heading. A dash alone is a value: «none». */
static bool has_value(const struct section_row *row) {
    struct text rest = row->text;
    struct text line;
    if (!text_equal(row->form, TEXT("none")))
        (void)text_next_line(&rest, &line);
    for (size_t i = 0; i < rest.len; i++) {
        if (!is_mark(rest.data[i]) || rest.data[i] == '-')
            return true;
    }
    return false;
}

/* Whether nothing follows the section's heading. A heading with a tail has its value there. */
static bool is_blank(const struct check *check, const struct section_row *row, size_t place) {
    if (!text_equal(row->form, TEXT("none")) && !is_heading_form(check, row->heading, place))
        return false;
    return !has_value(row);
}

/* A section without text of its own, which may still have it under headings of its own that the form does not know. */
struct blank_section {
    bool open;
    size_t project;
    size_t place;
    uint64_t line;
};

static void tell_blank(struct check *check, struct blank_section *blank) {
    if (blank->open)
        tell_section(check, RULE_SECTION_BLANK, blank->project, blank->line, check->headings[blank->place],
                     TEXT(""));
    blank->open = false;
}

/* What ROW means for the blank section before it: its text, one more heading without any, or its end. */
static void check_blank(struct check *check, struct blank_section *blank, const struct section_row *row) {
    size_t place = section_place(row->section);
    bool beneath = row->project == blank->project && text_equal(row->section, TEXT("other"));
    if (blank->open && beneath && has_value(row))
        blank->open = false;
    if (!beneath)
        tell_blank(check, blank);
    if (row->project != NO_PROJECT && place < SECTIONS_OF_PROJECT && is_blank(check, row, place))
        *blank = (struct blank_section){true, row->project, place, row->line};
}

static void read_headings(struct check *check) {
    for (size_t i = 0; i < SECTIONS_OF_PROJECT; i++)
        check->headings[i] = text_of(section_name((enum section)i));
    char *path = profile_find(check->profile, "headings.csv");
    if (path == NULL)
        return;
    free(path);
    struct table_reader *reader = profile_table(check->profile, "headings.csv");
    size_t section = table_require_column(reader, "section");
    size_t heading = table_require_column(reader, "heading");
    struct table_row row;
    while (table_read(reader, &row)) {
        size_t place = section_place(row.fields[section]);
        if (place == SECTIONS_OF_PROJECT)
            continue;
        struct text name = arena_copy(&check->arena, row.fields[heading]);
        bool first = true;
        for (size_t i = 0; i < check->heading_form_count; i++)
            first &= check->heading_forms[i].section != place;
        if (first)
            check->headings[place] = name;
        check->heading_forms = memory_reserve(check->heading_forms, &check->heading_form_cap,
                                              check->heading_form_count + 1, sizeof *check->heading_forms);
        check->heading_forms[check->heading_form_count++] = (struct heading_form){place, name};
    }
    table_close(reader);
}

/* A section of a project. */
static void note_section(struct check *check, struct seen *seen, const struct section_row *row) {
    enum section section;
    check_presence(check, seen, row);
    if (project_is_outside_year(check->data, row->project) && !check->carried[row->project])
        check->carried[row->project] =
            pattern_match(rule_pattern(check->rules, RULE_PROJECT_OUTSIDE_YEAR), row->text, 0, NULL);
    if (!section_parse(row->section, &section))
        return;
    places_add(check->places, row->project, section, row->line, row->text);
    if (section == SECTION_PROJECT)
        check_numbered(check, row);
    if (section == SECTION_PLAN_PROJECT)
        check_lengths(check, row->project, row->line, row->text);
}

void check_sections(struct check *check) {
    const struct dataset *data = check->data;
    struct section_rows *rows = section_rows_open(data);
    read_headings(check);
    if (rows == NULL)
        return;
    struct seen *seen = memory_zeroed(data->project_count, sizeof *seen);
    struct blank_section blank = {0};
    struct section_row row;
    while (section_rows_read(rows, &row)) {
        if (row.project != NO_PROJECT)
            note_section(check, &seen[row.project], &row);
        if (section_rows_have_text(rows))
            check_blank(check, &blank, &row);
    }
    tell_blank(check, &blank);
    for (size_t i = 0; i < data->project_count; i++)
        check_missing(check, seen, i);
    section_rows_close(rows);
    free(seen);
}
