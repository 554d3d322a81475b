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

/* Whether obstacles may be none all the same: the words begin as those that say so do, or the first line says so. */
static bool may_be_none(struct records *records, struct text text) {
    struct profile *profile = records->options.profile;
    const struct grid *grid = &records->grid;
    if (grid->line_count > 1 &&
        pattern_match(profile_pattern(profile, "obstacles-none"), grid->lines[0].text, 0, NULL))
        return true;
    return text.len <= MAX_LEAD &&
           pattern_match(profile_pattern(profile, "obstacles-none-like"), text, 0, NULL);
}

void records_read_obstacles(struct records *records, struct project_record *project,
                            const struct section_row *row) {
    struct buffer text = {0};
    records_read_section(records, GRID_LINES, row, NULL);
    const struct grid *grid = &records->grid;
    records_append_lines(&text, grid);
    bool none = says_none(records, project, buffer_text(&text), row->line_first);
    if (text.len > 0)
        project->obstacles = none ? "none" : "present";
    struct table_writer *writer = records_writer(records, TABLE_OBSTACLES);
    struct finding_place place = records_place(SEVERITY_NOTE, "obstacles-unclear", project, "projects", 0,
                                               "obstacles", grid->line_count > 0 ? grid->lines[0].line : 0);
    if (!none && may_be_none(records, buffer_text(&text)))
        records_find(records, &place, buffer_text(&text), (struct text){0},
                     "this may say that there are no obstacles; it is taken as one");
    else if (!none && grid->rows_as_lines)
        records_find(records, &place, buffer_text(&text), (struct text){0},
                     "a table stands here; its cells are read as one text");
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

/* Takes TEXT, of which neither figure was read, as it stands, where it is short and has no figure: a dash, or words. */
static void read_words(struct records *records, struct project_record *project, struct text text,
                       struct finding_place place) {
    struct profile *profile = records->options.profile;
    bool named = pattern_match(profile_pattern(profile, "progress-total-words"), text, 0, NULL) ||
                 pattern_match(profile_pattern(profile, "progress-year-words"), text, 0, NULL);
    if (!named && text.len <= MAX_LEAD && text_find_digit(text, 0) == text.len)
        set_percent(profile_pattern(profile, "money-dash"), &project->progress_total, text);
    place.rule = "progress-unread";
    if (!named)
        records_find(records, &place, text, (struct text){0},
                     project->progress_total.len > 0 ? "no figure stands here; the text is kept as it stands"
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
    if (!total && !year && project->progress_total.len == 0)
        read_words(records, project, text, place);
    buffer_free(&said);
}
