/* A project's obstacles and progress; see records_section.h. */
#include <stdio.h>

#include "records_section.h"

/* Whether TEXT says that there are no obstacles; its words may be misspelt. */
static bool says_none(struct records *records, const struct project_record *project, struct text text,
                      uint64_t line) {
    const struct pattern *none = profile_pattern(records->options.profile, "obstacles-none");
    struct misspelling misspelling;
    if (pattern_match(none, text, 0, NULL))
        return true;
    if (text.len > MAX_LEAD)
        return false;
    struct text mended = spelling_mend(records->spelling, "obstacles", text, &misspelling);
    if (misspelling.word.len == 0 || !pattern_match(none, mended, 0, NULL))
        return false;
    if (records->grid.line_count > 0)
        line = records->grid.lines[0].line;
    records_tell_spelling(
        records, records_place(SEVERITY_NOTE, "", project, "projects", 0, "obstacles", line), &misspelling);
    return true;
}

/* Whether the section says in its first line that there are no obstacles and has more beneath it, which FIRST_ONLY then
   tells: where that is a suggestion or a remark, there are none all the same. */
static bool is_none_with_remark(struct records *records, const struct project_record *project,
                                bool *first_only) {
    const struct grid *grid = &records->grid;
    *first_only =
        grid->line_count > 1 && says_none(records, project, grid->lines[0].text, grid->lines[0].line);
    return *first_only && pattern_match(profile_pattern(records->options.profile, "obstacles-remark"),
                                        grid->lines[1].text, 0, NULL);
}

/* Tells of a text that may say that there are no obstacles, or does and says more. */
static void tell_obstacles(struct records *records, const struct project_record *project, struct text text,
                           bool none, bool first_only) {
    const struct grid *grid = &records->grid;
    const struct pattern *like = profile_pattern(records->options.profile, "obstacles-none-like");
    struct finding_place place = records_place(SEVERITY_NOTE, "obstacles-unclear", project, "projects", 0,
                                               "obstacles", grid->line_count > 0 ? grid->lines[0].line : 0);
    if (none && first_only)
        records_find(records, &place, text, (struct text){0},
                     "it says that there are no obstacles, and has a remark besides; there are none");
    else if (!none && (first_only || (text.len <= MAX_LEAD && pattern_match(like, text, 0, NULL))))
        records_find(records, &place, text, (struct text){0},
                     "this may say that there are no obstacles; it is taken as one");
}

void records_read_obstacles(struct records *records, struct project_record *project,
                            const struct section_row *row) {
    struct buffer text = {0};
    bool first_only = false;
    records_read_section(records, "obstacles", row, NULL);
    const struct grid *grid = &records->grid;
    records_append_lines(&text, grid);
    bool none = says_none(records, project, buffer_text(&text), row->line_first) ||
                is_none_with_remark(records, project, &first_only);
    if (text.len > 0)
        project->obstacles = none ? "none" : "present";
    else if (grid->ignored_count > 0)
        project->obstacles = "present";
    tell_obstacles(records, project, buffer_text(&text), none, first_only);
    struct table_writer *writer = records_writer(records, TABLE_OBSTACLES);
    if (text.len > 0 && !none && writer != NULL) {
        table_put(writer, records_key_text(records, project->key));
        table_put(writer, buffer_text(&text));
        table_put_number(writer, grid->lines[0].line);
        table_end_row(writer);
    }
    buffer_free(&text);
}

static void set_percent(const struct pattern *dash, struct buffer *field, struct text printed) {
    struct decimal value;
    buffer_clear(field);
    if (decimal_parse(printed, &value))
        decimal_append(field, value);
    else if (pattern_match(dash, printed, 0, NULL))
        buffer_append_char(field, '-');
    else
        buffer_append_text(field, printed);
}

static void tell_progress_year(struct records *records, const struct project_record *project, uint64_t line,
                               const struct match *match) {
    struct text digits = match_group(match, "year");
    char expected[12];
    if (records->fiscal_year == 0)
        return;
    int length = snprintf(expected, sizeof expected, "%d", records->fiscal_year);
    struct text year = {expected, (size_t)length};
    if (text_equal(digits, year))
        return;
    struct finding_place place =
        records_place(SEVERITY_WARNING, "progress-year", project, "projects", 0, "progress_year", line);
    records_find(
        records, &place, digits, year,
        "the progress is stated for another year, or the year is cut off; it is taken as this fiscal year's");
}

/* One of the two figures of progress. */
struct figure {
    const char *pattern; /* names of the profile's patterns: the figure, and the words that name it */
    const char *words;
    const char *field;
    uint64_t line; /* where the words stand */
};

/* The line where the words of FIGURE stand, the last one; that of the section's first line where a page or a misprint
   parts them. */
static uint64_t line_of_figure(const struct records *records, const struct figure *figure,
                               const struct section_row *row) {
    const struct pattern *words = profile_pattern(records->options.profile, figure->words);
    const struct grid *grid = &records->grid;
    for (size_t i = grid->line_count; i-- > 0;) {
        if (pattern_match(words, grid->lines[i].text, 0, NULL))
            return grid->lines[i].line;
    }
    return grid->line_count > 0 ? grid->lines[0].line : row->line_first;
}

/* Reads FIGURE from all that the section says, in TEXT, into VALUE. Where its words stand and no figure can be read,
   and where two different ones are stated, there is a finding. Gives the last match. */
static bool read_figure(struct records *records, const struct project_record *project, struct text text,
                        const struct figure *figure, struct buffer *value, struct match *match) {
    struct profile *profile = records->options.profile;
    const struct pattern *dash = profile_pattern(profile, "quantity-blank");
    struct buffer other = {0};
    struct match next;
    bool read = false;
    for (size_t at = 0; pattern_match(profile_pattern(profile, figure->pattern), text, at, &next);
         at = next.end) {
        /* A sign or a word between «percent» and the number makes it another number. */
        if (match_group(&next, "between").len > 0)
            continue;
        if (!read)
            *match = next;
        set_percent(dash, read ? &other : value, match_group(&next, "percent"));
        struct finding_place place = records_place(SEVERITY_WARNING, "progress-contradiction", project,
                                                   "projects", 0, figure->field, figure->line);
        if (read && !text_equal(buffer_text(&other), buffer_text(value)))
            records_find(records, &place, buffer_text(&other), buffer_text(value),
                         "two different figures are stated; the first is taken");
        read = true;
    }
    buffer_free(&other);
    struct finding_place place = records_place(SEVERITY_WARNING, "progress-unread", project, "projects", 0,
                                               figure->field, figure->line);
    if (!read && pattern_match(profile_pattern(profile, figure->words), text, 0, NULL))
        records_find(records, &place, text, (struct text){0},
                     "a figure is named here, but it cannot be read");
    return read;
}

/* Where one figure was read and another stands beside it without the words that would name it, that may be the MISSING
   one. */
static void tell_other_figure(struct records *records, struct finding_place place, struct text text,
                              const struct figure *missing) {
    struct profile *profile = records->options.profile;
    const struct pattern *number = profile_pattern(profile, "progress-figure");
    struct match match;
    size_t count = 0;
    if (pattern_match(profile_pattern(profile, missing->words), text, 0, NULL))
        return;
    for (size_t at = 0; pattern_match(number, text, at, &match); at = match.end)
        count++;
    place.rule = "progress-unread";
    place.field = missing->field;
    if (count > 1)
        records_find(records, &place, text, (struct text){0},
                     "another figure stands here of which it is not known what it is; it is not read");
}

/* Where no figure was read: words without a figure stand for the progress of the whole, such as «budget given back». */
static void tell_no_progress(struct records *records, struct project_record *project,
                             struct finding_place place, struct text said) {
    if (project->progress_total.len > 0 || project->progress_year.len > 0)
        return;
    place.rule = "progress-unread";
    bool words = pattern_match(profile_pattern(records->options.profile, "progress-text"), said, 0, NULL);
    if (words)
        set_percent(profile_pattern(records->options.profile, "quantity-blank"), &project->progress_total,
                    said);
    records_find(records, &place, said, (struct text){0},
                 words ? "no figure stands here; the text is kept as it stands"
                       : "no progress can be read here");
}

void records_read_progress(struct records *records, struct project_record *project,
                           const struct section_row *row) {
    struct buffer said = {0};
    struct match match;
    records_read_section(records, "", row, NULL);
    records_append_lines(&said, &records->grid);
    uint64_t line = records->grid.line_count > 0 ? records->grid.lines[0].line : row->line_first;
    struct finding_place place =
        records_place(SEVERITY_NOTE, "", project, "projects", 0, "progress_total", line);
    struct text text = records_mend(records, place, "progress", buffer_text(&said));
    struct figure of_total = {"progress-total", "progress-total-words", "progress_total", 0};
    struct figure of_year = {"progress-year", "progress-year-words", "progress_year", 0};
    of_total.line = line_of_figure(records, &of_total, row);
    of_year.line = line_of_figure(records, &of_year, row);
    bool total = read_figure(records, project, text, &of_total, &project->progress_total, &match);
    bool year = read_figure(records, project, text, &of_year, &project->progress_year, &match);
    if (year)
        tell_progress_year(records, project, of_year.line, &match);
    place.severity = SEVERITY_WARNING;
    if (total != year)
        tell_other_figure(records, place, text, total ? &of_year : &of_total);
    place.rule = "progress-unclear";
    struct profile *profile = records->options.profile;
    if (!total && !year && !pattern_match(profile_pattern(profile, of_total.words), text, 0, NULL) &&
        !pattern_match(profile_pattern(profile, of_year.words), text, 0, NULL) &&
        pattern_match(profile_pattern(profile, "progress-bare"), text, 0, &match)) {
        set_percent(profile_pattern(profile, "quantity-blank"), &project->progress_total,
                    match_group(&match, "percent"));
        records_find(records, &place, text, (struct text){0},
                     "it is not said whether this is the progress of the whole project or of the year; it is "
                     "taken as the whole's");
    }
    tell_no_progress(records, project, place, buffer_text(&said));
    buffer_free(&said);
}
