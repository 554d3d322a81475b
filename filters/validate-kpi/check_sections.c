/*
 * Rules on the sections of the report: their presence, order and text. sections.csv is read as a stream, since it
 * holds the whole report.
 */
#include <stdlib.h>
#include <string.h>

#include "baht_words.h"
#include "check.h"
#include "check_rows.h"
#include "markup.h"
#include "thai.h"

/* Which of its ten sections a project has. */
struct seen {
    uint64_t lines[SECTIONS_OF_PROJECT]; /* where each begins; 0: not there */
    size_t last;                         /* the furthest in the form's order so far, and one more; 0: none */
    uint64_t line;                       /* of the last section's end */
};

/* A row of sections.csv. */
struct section_row {
    struct text key;
    struct text section;
    struct text form;
    struct text heading;
    struct text text;
    uint64_t line;
    uint64_t line_last;
    size_t project;
};

struct section_columns {
    size_t key;
    size_t section;
    size_t form;
    size_t heading;
    size_t text;
    size_t line_first;
    size_t line_last;
};

static size_t section_place(struct text section) {
    enum section place;
    return section_parse(section, &place) && place < SECTIONS_OF_PROJECT ? place : SECTIONS_OF_PROJECT;
}

/* The line of the report on which the byte AT of TEXT stands, which is the row's text in another form. */
static uint64_t line_at(const struct section_row *row, struct text text, size_t at) {
    uint64_t line = row->line;
    for (size_t i = 0; i < at; i++)
        line += text.data[i] == '\n';
    return line;
}

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
    if (row->project == NO_PROJECT)
        return;
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

/* A project that has none of the ten, but parts that have them, stands for its parts. */
static void check_missing(struct check *check, const struct seen *seen, size_t index) {
    const struct project *project = &check->data->projects[index];
    if (seen->last == 0 && project->children > 0)
        return;
    for (size_t i = 0; i < SECTIONS_OF_PROJECT; i++) {
        if (seen->lines[i] == 0)
            tell_section(check, RULE_SECTION_MISSING, index, missing_line(seen, project, i), TEXT(""),
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

/* The yearly amounts beneath a total, in lines of a budget section. */
struct yearly {
    bool open;
    struct decimal total;
    struct decimal sum;
    size_t count;
    uint64_t line; /* of the total */
};

static void end_yearly(struct check *check, const struct section_row *row, struct yearly *yearly) {
    struct decimal difference;
    struct decimal tolerance = rule_threshold(check->rules, RULE_YEARLY_AMOUNTS_DIFFER, "baht");
    bool differ =
        yearly->open && yearly->count > 0 && decimal_subtract(yearly->sum, yearly->total, &difference);
    if (differ && difference.units < 0)
        difference.units = -difference.units;
    if (differ && decimal_compare(difference, tolerance) >= 0) {
        struct fault fault = check_fault(check, RULE_YEARLY_AMOUNTS_DIFFER, row->project, TABLE_SECTIONS, 0,
                                         "text", yearly->line);
        fault.observed = check_money_text(check, yearly->sum);
        fault.expected = check_money_text(check, yearly->total);
        check_tell(check, &fault);
    }
    *yearly = (struct yearly){0};
}

static void check_yearly(struct check *check, const struct section_row *row, struct text text) {
    const struct pattern *pattern = rule_pattern(check->rules, RULE_YEARLY_AMOUNTS_DIFFER);
    struct yearly yearly = {0};
    struct buffer cells = {0};
    struct text line;
    uint64_t number = row->line;
    for (; text_next_line(&text, &line); number++) {
        struct match match;
        struct decimal amount;
        if (text_trim(line).len == 0)
            continue;
        struct text parted = markup_row(&cells, line);
        if (parted.data != NULL)
            line = parted;
        if (!pattern_match(pattern, line, 0, &match) ||
            !places_read_amount(check->places, match_group(&match, "amount"), match_group(&match, "unit"),
                                &amount)) {
            end_yearly(check, row, &yearly);
        } else if (match_group(&match, "year").data == NULL) {
            end_yearly(check, row, &yearly);
            yearly = (struct yearly){true, amount, decimal_of(0), 0, number};
        } else if (yearly.open && decimal_add(yearly.sum, amount, &yearly.sum)) {
            yearly.count++;
        }
    }
    end_yearly(check, row, &yearly);
    buffer_free(&cells);
}

/* Amounts in figures with the same in words behind them, in brackets. Words that are no amount are not judged: they may
   be misread. */
static void check_words(struct check *check, const struct section_row *row, struct text text) {
    const struct pattern *pattern = rule_pattern(check->rules, RULE_AMOUNT_IN_WORDS_DIFFERS);
    struct match match;
    for (size_t at = 0; pattern_match(pattern, text, at, &match); at = match.end) {
        struct decimal figures;
        struct decimal words;
        if (!places_read_amount(check->places, match_group(&match, "digits"), match_group(&match, "unit"),
                                &figures) ||
            !baht_words_read(match_group(&match, "words"), &words) || decimal_compare(figures, words) == 0)
            continue;
        struct fault fault = check_fault(check, RULE_AMOUNT_IN_WORDS_DIFFERS, row->project, TABLE_SECTIONS, 0,
                                         "text", line_at(row, text, match.start));
        fault.observed = check_money_text(check, figures);
        fault.expected = check_money_text(check, words);
        fault.arguments[0] = (struct fault_argument){"words", text_trim(match_group(&match, "words"))};
        check_tell(check, &fault);
    }
}

/* How many projects the summary table of each strategy has. */
struct summary_count {
    struct keyset *strategies; /* each with its place in PROJECTS */
    int64_t *projects;
};

static struct summary_count count_summary(const struct dataset *data) {
    struct summary_count count = {keyset_new(), memory_zeroed(data->summary_count, sizeof *count.projects)};
    uint64_t next = 0;
    for (size_t i = 0; i < data->summary_count; i++) {
        const struct summary_row *summary = &data->summary[i];
        uint64_t place = next;
        if (keyset_add(count.strategies, summary->strategy, next, &place))
            next++;
        count.projects[place] += !summary->total && text_find(summary->number, TEXT("."), 0) == SIZE_MAX &&
                                 !text_equal(summary->number, TEXT("-"));
    }
    return count;
}

static void free_summary_count(struct summary_count *count) {
    keyset_free(count->strategies);
    free(count->projects);
}

/* The sentence that says how many projects a strategy has, above its summary table. */
static void check_stated_count(struct check *check, const struct summary_count *summary,
                               const struct section_row *row, struct text text) {
    const struct pattern *pattern = rule_pattern(check->rules, RULE_PROJECTS_STATED);
    struct match match;
    struct amount stated;
    if (!pattern_match(pattern, text, 0, &match))
        return;
    stated = amount_read(match_group(&match, "count"));
    struct text name = match_group(&match, "strategy");
    uint64_t place;
    if (stated.kind != VALUE_NUMBER || !keyset_find(summary->strategies, name, &place))
        return;
    struct decimal count = decimal_of(summary->projects[place]);
    if (decimal_compare(stated.number, count) == 0)
        return;
    struct buffer scope = {0};
    struct buffer key = {0};
    append_summary_key(&key, name, TEXT(""));
    buffer_printf(&scope, "%s%.*s", check->language == LANGUAGE_EN ? "strategy (ยุทธศาสตร์) " : "ยุทธศาสตร์ที่ ",
                  (int)name.len, name.data);
    struct fault fault = check_fault(check, RULE_PROJECTS_STATED, NO_PROJECT, TABLE_SECTIONS, 0, "text",
                                     line_at(row, text, match.start));
    fault.key = buffer_text(&key);
    fault.observed = stated.text;
    fault.expected = check_number_text(check, count);
    fault.arguments[0] = (struct fault_argument){"name", buffer_text(&scope)};
    check_tell(check, &fault);
    buffer_free(&scope);
    buffer_free(&key);
}

/* What people call the section: by its heading in the form where it has one; lives as long as the check. */
static struct text section_title(struct check *check, const struct section_row *row) {
    static const char *const section[] = {"section", "หัวข้อ"};
    size_t place = section_place(row->section);
    if (place == SECTIONS_OF_PROJECT)
        return check_title(check, TABLE_SECTIONS, "text");
    struct buffer title = {0};
    buffer_printf(&title, "%s “%.*s”", section[check->language], (int)check->headings[place].len,
                  check->headings[place].data);
    struct text kept = arena_copy(&check->arena, buffer_text(&title));
    buffer_free(&title);
    return kept;
}

static void tell_text(struct check *check, enum rule rule, const struct section_row *row, uint64_t line,
                      struct text observed, struct text expected) {
    struct fault fault = check_fault(check, rule, row->project, TABLE_SECTIONS, 0, "text", line);
    fault.key = row->key;
    fault.observed = observed;
    fault.expected = expected;
    fault.arguments[0] = (struct fault_argument){"title", section_title(check, row)};
    check_tell(check, &fault);
    check_remember(check, rule, row->key, rule == RULE_FOREIGN_LETTERS ? observed : TEXT(""), line);
}

/* WHERE in LINE the letters OBSERVED stand is told with the line's beginning: one word may be misread in many lines. */
static void tell_letters(struct check *check, const struct section_row *row, uint64_t number,
                         struct text line, struct text observed, struct text where) {
    enum { BEGINNING = 60 }; /* bytes */
    struct buffer place = {0};
    size_t before = (size_t)(where.data - line.data);
    size_t cut = BEGINNING;
    if (before > BEGINNING) {
        while (cut > 0 && ((unsigned char)line.data[cut] & 0xC0) == 0x80)
            cut--;
        buffer_append_text(&place, text_trim((struct text){line.data, cut}));
        buffer_append_text(&place, TEXT(" … "));
        buffer_append_text(&place, where);
    } else {
        buffer_append_text(&place, text_trim((struct text){line.data, before + where.len}));
    }
    tell_text(check, RULE_FOREIGN_LETTERS, row, number, observed, buffer_text(&place));
    buffer_free(&place);
}

static void check_letters_in(struct check *check, const struct section_row *row) {
    struct text observed;
    struct text where;
    bool letters = faults_wants(check->faults, RULE_FOREIGN_LETTERS) &&
                   check_letters(check, row->text, &observed, &where);
    bool lost = faults_wants(check->faults, RULE_REPLACEMENT_CHARACTER) && check_lost(row->text, &where);
    if (!letters && !lost)
        return;
    struct text rest = row->text;
    struct text line;
    for (uint64_t number = row->line; text_next_line(&rest, &line); number++) {
        if (letters && check_letters(check, line, &observed, &where))
            tell_letters(check, row, number, line, observed, where);
        if (lost && check_lost(line, &where))
            tell_text(check, RULE_REPLACEMENT_CHARACTER, row, number, where, TEXT(""));
    }
}

/* Bold marks that open and close: runs of two stars or more, not escaped. */
static size_t count_bold(struct text line) {
    size_t count = 0;
    for (size_t i = 0; i + 1 < line.len; i++) {
        if (line.data[i] == '\\') {
            i++;
        } else if (line.data[i] == '*' && line.data[i + 1] == '*') {
            count++;
            while (i + 1 < line.len && line.data[i + 1] == '*')
                i++;
        }
    }
    return count;
}

/* Whether the section's text comes into no table's cells, where brackets and quotation marks are looked at: a cell has
   what a page break cut in two in one piece. */
static bool is_loose(const struct section_row *row) {
    static const enum section in_cells[] = {SECTION_OBJECTIVES,       SECTION_KPIS,
                                            SECTION_PLAN_ACTIVITIES,  SECTION_RESULTS,
                                            SECTION_ACTIVITY_RESULTS, SECTION_OBSTACLES};
    for (size_t i = 0; i < sizeof in_cells / sizeof *in_cells; i++) {
        if (text_equal(row->section, text_of(section_name(in_cells[i]))))
            return false;
    }
    return true;
}

/* Lines without a blank one between; those of tables are left out. */
struct paragraph {
    struct buffer text; /* in one line, normalized, without markup */
    struct buffer normal;
    struct buffer row;    /* of a table, to know one by */
    size_t bold;          /* marks */
    struct text odd_line; /* where the bold mark stands that has no partner */
    uint64_t odd_number;
    struct text first;
    uint64_t number; /* of the first line; 0: there is none */
};

static void add_line(struct paragraph *paragraph, struct text line, uint64_t number) {
    size_t bold = count_bold(line);
    if (paragraph->bold % 2 == 0 && bold % 2 == 1) {
        paragraph->odd_line = line;
        paragraph->odd_number = number;
    }
    paragraph->bold += bold;
    if (paragraph->number == 0) {
        paragraph->first = line;
        paragraph->number = number;
    }
    buffer_clear(&paragraph->normal);
    thai_normalize(&paragraph->normal, line, THAI_ALL);
    buffer_append_char(&paragraph->text, ' ');
    markup_plain(&paragraph->text, buffer_text(&paragraph->normal), false);
}

static void end_paragraph(struct check *check, const struct section_row *row, struct paragraph *paragraph) {
    if (paragraph->bold % 2 == 1)
        tell_text(check, RULE_UNBALANCED_MARKS, row, paragraph->odd_number, text_trim(paragraph->odd_line),
                  TEXT(""));
    else if (paragraph->number != 0 && is_loose(row) && !check_balanced(buffer_text(&paragraph->text)))
        tell_text(check, RULE_UNBALANCED_MARKS, row, paragraph->number, text_trim(paragraph->first),
                  TEXT(""));
    buffer_clear(&paragraph->text);
    paragraph->bold = 0;
    paragraph->number = 0;
}

/* A paragraph's marks come in pairs; cells of a table have stars for footnotes. */
static void check_marks(struct check *check, const struct section_row *row) {
    struct text rest = row->text;
    struct text line;
    struct paragraph paragraph = {0};
    for (uint64_t number = row->line; text_next_line(&rest, &line); number++) {
        if (text_trim(line).len == 0)
            end_paragraph(check, row, &paragraph);
        else if (markup_row(&paragraph.row, line).data == NULL)
            add_line(&paragraph, line, number);
    }
    end_paragraph(check, row, &paragraph);
    buffer_free(&paragraph.text);
    buffer_free(&paragraph.normal);
    buffer_free(&paragraph.row);
}

static void check_text(struct check *check, const struct summary_count *summary,
                       const struct section_row *row) {
    bool budget = text_equal(row->section, TEXT("budget"));
    bool outside = section_place(row->section) == SECTIONS_OF_PROJECT;
    if (row->project != NO_PROJECT && project_is_outside_year(check->data, row->project) &&
        !check->carried[row->project])
        check->carried[row->project] =
            pattern_match(rule_pattern(check->rules, RULE_PROJECT_OUTSIDE_YEAR), row->text, 0, NULL);
    if (budget || outside) {
        struct buffer digits = {0};
        thai_normalize(&digits, row->text, THAI_DIGITS | THAI_SPACES);
        if (budget)
            check_yearly(check, row, buffer_text(&digits));
        else
            check_stated_count(check, summary, row, buffer_text(&digits));
        buffer_free(&digits);
    }
    if (row->project != NO_PROJECT && text_find(row->text, TEXT("บาท"), 0) != SIZE_MAX) {
        struct buffer normal = {0};
        thai_normalize(&normal, row->text, THAI_ALL);
        check_words(check, row, buffer_text(&normal));
        buffer_free(&normal);
    }
    check_letters_in(check, row);
    if (faults_wants(check->faults, RULE_UNBALANCED_MARKS))
        check_marks(check, row);
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

static struct section_columns find_columns(const struct table_reader *reader) {
    return (struct section_columns){
        table_require_column(reader, "key"),
        table_require_column(reader, "section"),
        table_require_column(reader, "form"),
        table_column(reader, "heading"),
        table_column(reader, "text"),
        table_require_column(reader, "line_first"),
        table_require_column(reader, "line_last"),
    };
}

static struct section_row read_row(const struct check *check, const struct section_columns *columns,
                                   const struct table_row *row) {
    struct text none = {NULL, 0};
    struct section_row section = {
        .key = row->fields[columns->key],
        .section = row->fields[columns->section],
        .form = row->fields[columns->form],
        .heading = columns->heading != TABLE_NO_COLUMN ? row->fields[columns->heading] : none,
        .text = columns->text != TABLE_NO_COLUMN ? row->fields[columns->text] : none,
        .line = count_read(row->fields[columns->line_first]),
        .line_last = count_read(row->fields[columns->line_last]),
    };
    section.project = dataset_project_at(check->data, section.key, section.line);
    return section;
}

static void note_section(struct check *check, struct seen *seen, const struct section_row *row) {
    enum section section;
    check_presence(check, seen, row);
    if (!section_parse(row->section, &section) || row->project == NO_PROJECT)
        return;
    places_add(check->places, row->project, section, row->line, row->text);
    if (section == SECTION_PROJECT)
        check_numbered(check, row);
    if (section == SECTION_PLAN_PROJECT)
        check_lengths(check, row->project, row->line, row->text);
}

void check_sections(struct check *check) {
    const struct dataset *data = check->data;
    const char *path = data->paths[TABLE_SECTIONS];
    read_headings(check);
    if (path == NULL)
        return;
    struct seen *seen = memory_zeroed(data->project_count, sizeof *seen);
    struct table_reader *reader = table_open(path, NULL);
    struct section_columns columns = find_columns(reader);
    size_t count;
    const struct text *names = table_columns(reader, &count);
    struct row_checker *checker = row_checker_open(data->schemas[TABLE_SECTIONS], check->profile,
                                                   check->faults, check->language, path, false, names, count);
    struct summary_count summary = count_summary(data);
    struct blank_section blank = {0};
    struct table_row row;
    while (table_read(reader, &row)) {
        (void)row_check(checker, row.fields, row.line, NULL);
        struct section_row section = read_row(check, &columns, &row);
        if (section.project != NO_PROJECT)
            note_section(check, &seen[section.project], &section);
        if (columns.text == TABLE_NO_COLUMN)
            continue;
        check_blank(check, &blank, &section);
        check_text(check, &summary, &section);
    }
    tell_blank(check, &blank);
    for (size_t i = 0; i < data->project_count; i++)
        check_missing(check, &seen[i], i);
    free_summary_count(&summary);
    row_checker_free(checker);
    table_close(reader);
    free(seen);
}
