/*
 * Rules on the text of the report's sections: amounts in words, yearly amounts, stated numbers of projects, letters and
 * marks.
 */
#include <stdlib.h>
#include <string.h>

#include "baht_words.h"
#include "check.h"
#include "check_rows.h"
#include "markup.h"
#include "money.h"
#include "section_rows.h"
#include "thai.h"

/* How far the lines of a text are counted. */
struct counted {
    size_t at; /* bytes */
    uint64_t line;
};

/* The line of the report on which the byte AT of TEXT stands, which is not before what was asked for last. */
static uint64_t line_at(struct counted *counted, struct text text, size_t at) {
    for (; counted->at < at; counted->at++)
        counted->line += text.data[counted->at] == '\n';
    return counted->line;
}

/* How money is printed, once that is asked for. */
static struct money *money_of(struct check *check) {
    if (check->money == NULL)
        check->money = money_open(check->profile);
    return check->money;
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
            !money_read(money_of(check), match_group(&match, "amount"), match_group(&match, "unit"),
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
    struct counted counted = {0, row->line};
    struct match match;
    for (size_t at = 0; pattern_match(pattern, text, at, &match); at = match.end) {
        struct decimal figures;
        struct decimal words;
        if (!money_read(money_of(check), match_group(&match, "digits"), match_group(&match, "unit"),
                        &figures) ||
            !baht_words_read(match_group(&match, "words"), &words) || decimal_compare(figures, words) == 0)
            continue;
        struct fault fault = check_fault(check, RULE_AMOUNT_IN_WORDS_DIFFERS, row->project, TABLE_SECTIONS, 0,
                                         "text", line_at(&counted, text, match.start));
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
    struct counted counted = {0, row->line};
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
                                     line_at(&counted, text, match.start));
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
    thai_normalize(&paragraph->normal, line, THAI_READ);
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
    if (budget || outside) {
        struct buffer digits = {0};
        thai_normalize(&digits, row->text, THAI_DIGITS | THAI_SPACES | THAI_WIDTH);
        if (budget)
            check_yearly(check, row, buffer_text(&digits));
        else
            check_stated_count(check, summary, row, buffer_text(&digits));
        buffer_free(&digits);
    }
    if (row->project != NO_PROJECT && text_find(row->text, TEXT("บาท"), 0) != SIZE_MAX) {
        struct buffer normal = {0};
        thai_normalize(&normal, row->text, THAI_READ);
        check_words(check, row, buffer_text(&normal));
        buffer_free(&normal);
    }
    check_letters_in(check, row);
    if (faults_wants(check->faults, RULE_UNBALANCED_MARKS))
        check_marks(check, row);
}

void check_section_texts(struct check *check) {
    const struct dataset *data = check->data;
    struct section_rows *rows = section_rows_open(data);
    if (rows == NULL)
        return;
    size_t count;
    const struct text *names = section_rows_columns(rows, &count);
    struct row_checker *checker =
        row_checker_open(data->schemas[TABLE_SECTIONS], check->profile, check->faults, check->language,
                         data->paths[TABLE_SECTIONS], false, names, count);
    struct summary_count summary = count_summary(data);
    struct section_row row;
    while (section_rows_read(rows, &row)) {
        const struct table_row *raw = section_rows_raw(rows);
        (void)row_check(checker, raw->fields, raw->line, NULL);
        if (section_rows_have_text(rows))
            check_text(check, &summary, &row);
    }
    free_summary_count(&summary);
    row_checker_free(checker);
    section_rows_close(rows);
}
