/* Headings of sections, strategies and projects; see headings.h. */
#include "headings.h"

#include <stdlib.h>

#include <string.h>

#include "diagnostics.h"
#include "spelling.h"
#include "thai.h"
#include "utf8.h"

/* A line longer than this (bytes without marks) heads no section and no strategy: the longest heading with its tail is
   far shorter. */
#define MAX_SECTION_HEADING ((size_t)400)

/* How many letters may be wrong: one in a heading of up to SHORT_HEADING letters, else two; three in one of
   LONG_HEADING letters and more that is printed as a heading, where two wrong letters can put a third mark out of
   order. */
enum { SHORT_HEADING = 8, LONG_HEADING = 16, MAX_WRONG = 3 };

/* The first of two lines of a heading has this many letters at least. */
enum { MIN_BEGINNING = 4 };

/* How many bytes stand before the number of a strategy's heading: its words with some blanks and errors. */
enum { MIN_STRATEGY_LEAD = 24, MAX_STRATEGY_LEAD = 72 };

struct known_heading {
    enum section section;
    struct letters letters;
};

struct opening {
    enum section section;
    struct pattern *pattern;
};

struct headings {
    struct profile *profile;
    struct known_heading *known;
    size_t known_count;
    size_t known_cap;
    size_t longest; /* letters of the longest known heading */
    struct opening *openings;
    size_t opening_count;
    size_t opening_cap;
    const struct pattern *number;
    const struct pattern *tail;
    const struct pattern *strategy;
    const struct pattern *list_mark;
    const struct pattern *numbered;
    const struct pattern *labelled;
    const struct pattern *part;
    const struct pattern *titled;
    struct spelling *spelling;
    struct letters letters;
    struct buffer row; /* of a Markdown table, with tabs */
    struct buffer normalized;
};

static enum section require_section(struct table_reader *reader, const struct table_row *row, size_t column) {
    enum section section;
    if (!section_parse(row->fields[column], &section))
        die_at(table_name(reader), row->line, "'%.*s' is no section", (int)row->fields[column].len,
               row->fields[column].data);
    return section;
}

static void read_headings(struct headings *headings) {
    struct table_reader *reader = profile_table(headings->profile, "headings.csv");
    size_t section_at = table_require_column(reader, "section");
    size_t heading_at = table_require_column(reader, "heading");
    struct table_row row;
    while (table_read(reader, &row)) {
        headings->known = memory_reserve(headings->known, &headings->known_cap, headings->known_count + 1,
                                         sizeof *headings->known);
        struct known_heading *known = &headings->known[headings->known_count++];
        *known = (struct known_heading){.section = require_section(reader, &row, section_at)};
        letters_of(&known->letters, row.fields[heading_at]);
        if (known->letters.count > headings->longest)
            headings->longest = known->letters.count;
    }
    table_close(reader);
}

static void read_openings(struct headings *headings) {
    struct table_reader *reader = profile_table(headings->profile, "openings.csv");
    size_t section_at = table_require_column(reader, "section");
    size_t pattern_at = table_require_column(reader, "pattern");
    struct table_row row;
    while (table_read(reader, &row)) {
        headings->openings = memory_reserve(headings->openings, &headings->opening_cap,
                                            headings->opening_count + 1, sizeof *headings->openings);
        headings->openings[headings->opening_count++] = (struct opening){
            .section = require_section(reader, &row, section_at),
            .pattern = pattern_compile(row.fields[pattern_at], table_name(reader), row.line),
        };
    }
    table_close(reader);
}

struct headings *headings_open(struct profile *profile) {
    struct headings *headings = memory_zeroed(1, sizeof *headings);
    headings->profile = profile;
    read_headings(headings);
    read_openings(headings);
    headings->number = profile_pattern(profile, "heading-number");
    headings->tail = profile_pattern(profile, "heading-tail");
    headings->strategy = profile_pattern(profile, "strategy-heading");
    headings->list_mark = profile_pattern(profile, "list-mark");
    headings->numbered = profile_pattern(profile, "project-numbered");
    headings->labelled = profile_pattern(profile, "project-labelled");
    headings->part = profile_pattern(profile, "project-part");
    headings->titled = profile_pattern(profile, "project-title");
    headings->spelling = spelling_open(profile);
    return headings;
}

void headings_close(struct headings *headings) {
    for (size_t i = 0; i < headings->known_count; i++)
        letters_free(&headings->known[i].letters);
    for (size_t i = 0; i < headings->opening_count; i++)
        pattern_free(headings->openings[i].pattern);
    free(headings->known);
    free(headings->openings);
    spelling_close(headings->spelling);
    letters_free(&headings->letters);
    buffer_free(&headings->normalized);
    buffer_free(&headings->row);
    free(headings);
}

/* How many letters may be wrong in the heading KNOWN where a line of form FORM prints it. */
static size_t wrong_letters(const struct known_heading *known, enum form form) {
    if (known->letters.count <= SHORT_HEADING)
        return 1;
    return known->letters.count < LONG_HEADING || form == FORM_PLAIN ? 2 : MAX_WRONG;
}

/* Takes the letters of TEXT, a line of form FORM, as far as a heading reaches and one more. Returns whether those of
   a known heading are among them, but for the wrong ones: if not, neither TEXT nor any beginning of it is a
   heading. */
static bool take_letters(struct headings *headings, struct text text, enum form form) {
    letters_of_beginning(&headings->letters, text, headings->longest + MAX_WRONG + 1);
    for (size_t i = 0; i < headings->known_count; i++) {
        const struct known_heading *known = &headings->known[i];
        if (letters_missing(&known->letters, &headings->letters) <= wrong_letters(known, form))
            return true;
    }
    return false;
}

/* Finds the known heading nearest to the letters taken, when it is near enough. */
static bool find_section(struct headings *headings, struct printed_line *line) {
    for (size_t i = 0; i < headings->known_count; i++) {
        if (letters_distance(&headings->letters, &headings->known[i].letters, 0) == 0) {
            line->section = headings->known[i].section;
            line->errors = 0;
            return true;
        }
    }
    bool found = false;
    for (size_t i = 0; i < headings->known_count; i++) {
        const struct known_heading *known = &headings->known[i];
        size_t bound = wrong_letters(known, line->form);
        size_t distance = letters_distance(&headings->letters, &known->letters, bound);
        if (distance > bound || (found && (int)distance >= line->errors))
            continue;
        found = true;
        line->section = known->section;
        line->errors = (int)distance;
    }
    return found;
}

/* Whether TEXT begins with the first letters of a known heading. */
static bool has_first_letters(struct headings *headings, struct text text) {
    struct letters *letters = &headings->letters;
    letters_of_beginning(letters, text, MIN_BEGINNING);
    if (letters->count < MIN_BEGINNING)
        return false;
    for (size_t i = 0; i < headings->known_count; i++) {
        const struct letters *known = &headings->known[i].letters;
        if (known->codes[0] == letters->codes[0] && known->count >= MIN_BEGINNING &&
            memcmp(known->codes, letters->codes, MIN_BEGINNING * sizeof *known->codes) == 0)
            return true;
    }
    return false;
}

/* Whether the letters of the one begin with all those of the other. */
static bool begins_with(const struct letters *letters, const struct letters *beginning) {
    return beginning->count > 0 && letters->count >= beginning->count &&
           memcmp(letters->codes, beginning->codes, beginning->count * sizeof *letters->codes) == 0;
}

/* Where the LETTERS, with which TEXT begins, end in it. */
static size_t end_of_letters(struct text text, const struct letters *letters) {
    size_t at = 0;
    for (size_t i = 0; i < letters->count && at < text.len;)
        i += utf8_decode(text, &at) == letters->codes[i];
    return at;
}

/* Looks whether a heading's words, without an error, stand before other text on the line. A value behind a
   colon is the heading's tail, however long. */
static void look_for_lead(struct headings *headings, struct printed_line *line, struct text text) {
    const struct known_heading *longest = NULL;
    letters_of_beginning(&headings->letters, text, headings->longest + 1);
    for (size_t i = 0; i < headings->known_count; i++) {
        const struct known_heading *known = &headings->known[i];
        line->begins_heading |= headings->letters.count < known->letters.count &&
                                begins_with(&known->letters, &headings->letters);
        if (begins_with(&headings->letters, &known->letters) &&
            (longest == NULL || known->letters.count > longest->letters.count))
            longest = known;
    }
    if (longest == NULL)
        return;
    struct text rest = text_skip(text, end_of_letters(text, &longest->letters));
    struct match match;
    line->is_section = pattern_match(headings->tail, rest, 0, &match) && match.start == 0;
    line->leads = !line->is_section && text_starts(rest, TEXT(" "));
    line->lead = longest->section;
    line->behind = (size_t)(rest.data - line->text.data);
    line->section = longest->section;
    line->errors = 0;
}

/* TEXT without a number before it. */
static struct text without_number(const struct headings *headings, struct text text) {
    struct match match;
    return pattern_match(headings->number, text, 0, &match) ? text_skip(text, match.end) : text;
}

static void look_for_section(struct headings *headings, struct printed_line *line) {
    if (line->form == FORM_NONE || line->has_tab)
        return;
    struct text text = without_number(headings, buffer_text(&line->text));
    if (text.len <= MAX_SECTION_HEADING && take_letters(headings, text, line->form)) {
        line->is_section = find_section(headings, line);
        struct match match;
        if (!line->is_section && pattern_match(headings->tail, text, 0, &match) && match.start > 0)
            line->is_section = take_letters(headings, (struct text){text.data, match.start}, line->form) &&
                               find_section(headings, line);
    }
    if (!line->is_section && has_first_letters(headings, text))
        look_for_lead(headings, line, text);
}

bool headings_join(struct headings *headings, struct printed_line *first, struct printed_line *second,
                   size_t between) {
    if (second->is_section || second->has_tab || second->text.len > MAX_SECTION_HEADING)
        return false;
    buffer_clear(&headings->normalized);
    buffer_append_text(&headings->normalized, without_number(headings, buffer_text(&first->text)));
    buffer_append_text(&headings->normalized, buffer_text(&second->text));
    if (!take_letters(headings, buffer_text(&headings->normalized), first->form) ||
        !find_section(headings, first))
        return false;
    first->is_section = true;
    first->is_project = false;
    first->heading_lines = between + 2;
    second->leads = false;
    second->begins_heading = false;
    second->is_project = false;
    return true;
}

static struct text without_list_mark(struct text text) {
    while (text.len > 0 && (text.data[0] == '#' || text.data[0] == ' '))
        text = text_skip(text, 1);
    return text;
}

static struct text without_end_stars(struct text text) {
    text = text_trim(text);
    while (text.len > 0 && text.data[text.len - 1] == '*')
        text.len--;
    return text_trim(text);
}

void printed_line_free(struct printed_line *line) {
    buffer_free(&line->raw);
    buffer_free(&line->text);
}

bool headings_project_text(struct headings *headings, struct text text, struct project_heading *project) {
    struct match match;
    /* Where others have their number, a project without one may have a dash. Thai letters begin no mark. */
    if (text.len > 0 && text.data[0] != '\xE0' && pattern_match(headings->list_mark, text, 0, &match))
        text = text_skip(text, match.end);
    *project = (struct project_heading){.form = PROJECT_UNNUMBERED, .title = text};
    if (pattern_match(headings->part, text, 0, &match)) {
        project->form = PROJECT_PART;
        project->printed = match_group(&match, "number");
        project->numbers[0] = text_number(project->printed);
        project->title = match_group(&match, "title");
        return project->numbers[0] < PROJECT_NUMBERS;
    }
    if (pattern_match(headings->numbered, text, 0, &match)) {
        project->form = PROJECT_NUMBERED;
        project->printed = match_group(&match, "number");
        project->numbers[0] = text_number(match_group(&match, "first"));
        project->numbers[1] = text_number(match_group(&match, "second"));
        project->title = match_group(&match, "title");
        project->labelled = match_group(&match, "label").len > 0;
        if (project->numbers[0] >= PROJECT_NUMBERS || project->numbers[1] >= PROJECT_NUMBERS)
            return false;
    } else if (pattern_match(headings->labelled, text, 0, &match)) {
        project->title = match_group(&match, "title");
        project->labelled = true;
    }
    project->titled = pattern_match(headings->titled, project->title, 0, NULL);
    return project->form == PROJECT_NUMBERED || project->labelled || project->titled;
}

/* How many bytes of TEXT stand before its first digit; 0 when they are too few or too many for a strategy's heading. */
static size_t lead_before_digit(struct text text) {
    if (text.len > MAX_STRATEGY_LEAD + 1)
        text.len = MAX_STRATEGY_LEAD + 1;
    size_t at = text_find_digit(text, 0);
    return at < text.len && at >= MIN_STRATEGY_LEAD ? at : 0;
}

static void look_for_misspelt_strategy(struct headings *headings, struct printed_line *line) {
    struct text text = buffer_text(&line->text);
    size_t lead = text.len <= MAX_SECTION_HEADING ? lead_before_digit(text) : 0;
    if (lead == 0)
        return;
    struct misspelling misspelling;
    struct text mended =
        spelling_mend(headings->spelling, "strategy", (struct text){text.data, lead}, &misspelling);
    if (misspelling.word.len == 0)
        return;
    buffer_clear(&headings->normalized);
    buffer_append_text(&headings->normalized, mended);
    buffer_append_text(&headings->normalized, text_skip(text, lead));
    struct match match;
    if (pattern_match(headings->strategy, buffer_text(&headings->normalized), 0, &match))
        line->misspelt_strategy = text_number(match_group(&match, "strategy"));
}

void headings_look(struct headings *headings, struct text raw, struct printed_line *line) {
    buffer_clear(&line->raw);
    buffer_append_text(&line->raw, raw);
    buffer_clear(&line->text);
    if (text_starts(raw, TEXT("\xEF\xBB\xBF")))
        raw = text_skip(raw, 3);
    while (text_starts(raw, TEXT("\f"))) /* a new page */
        raw = text_skip(raw, 1);
    line->form = markup_form(raw);
    struct text row = markup_row(&headings->row, raw);
    line->has_tab = row.data != NULL;
    if (line->has_tab)
        raw = row;
    line->is_section = false;
    line->is_project = false;
    line->leads = false;
    line->begins_heading = false;
    line->heading_lines = 1;
    line->misspelt_strategy = 0;
    if (line->form == FORM_NONE)
        return;
    buffer_clear(&headings->normalized);
    thai_normalize(&headings->normalized, line->has_tab ? raw : text_trim(raw), THAI_READ);
    struct text text = buffer_text(&headings->normalized);
    if (line->form == FORM_MARKDOWN)
        text = without_list_mark(text);
    markup_plain(&line->text, text, true);
    if (!line->has_tab) {
        struct text trimmed = without_end_stars(buffer_text(&line->text));
        line->text.len = trimmed.len > 0 ? (size_t)(trimmed.data - line->text.data) + trimmed.len : 0;
    }
    look_for_section(headings, line);
    if (line->is_section || line->has_tab)
        return;
    line->is_project = headings_project_text(headings, buffer_text(&line->text), &line->project);
    if (!line->is_project)
        look_for_misspelt_strategy(headings, line);
}

bool headings_strategy(struct headings *headings, const struct printed_line *line, int *strategy) {
    if (line->form == FORM_NONE || line->has_tab)
        return false;
    struct match match;
    if (!pattern_match(headings->strategy, buffer_text(&line->text), 0, &match))
        return false;
    *strategy = text_number(match_group(&match, "strategy"));
    return true;
}

bool headings_opening(struct headings *headings, const struct printed_line *line, enum section *section) {
    if (line->form == FORM_NONE)
        return false;
    for (size_t i = 0; i < headings->opening_count; i++) {
        if (pattern_match(headings->openings[i].pattern, buffer_text(&line->text), 0, NULL)) {
            *section = headings->openings[i].section;
            return true;
        }
    }
    return false;
}
