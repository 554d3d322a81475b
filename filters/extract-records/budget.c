/* Amounts of a budget section; see budget.h. */
#include "budget.h"

#include <stdlib.h>
#include <string.h>

#include "diagnostics.h"

/* From this number of millions on, a whole number is surely one of baht: 10 ** 11 baht, more than any single
   project. */
enum { MOST_MILLIONS = 100000 };

/* From this number of millions on a whole number is doubtful. */
enum { MILLION = 1000000, MANY_MILLIONS = 1000 };

enum line_kind { LINE_ITEM, LINE_YEARLY, LINE_TOTAL, LINE_NOTE, LINE_OTHER };

struct label {
    enum line_kind line;
    enum budget_kind kind;
    struct pattern *pattern;
};

struct money_unit {
    char *name;
    struct decimal factor;
};

struct amount;

struct budgets {
    struct spelling *spelling;
    struct label *labels;
    size_t label_count;
    size_t label_cap;
    struct money_unit *units;
    size_t unit_count;
    size_t unit_cap;
    const struct pattern *amount;
    const struct pattern *dash;
    const struct pattern *suspect;
    const struct pattern *year_before;
    const struct pattern *left;      /* a number like an amount, that none has taken */
    const struct pattern *numbered;  /* a numbered line */
    const struct pattern *next_item; /* where another item begins on the same line */
    const struct pattern *total;     /* words that say that an amount is the total */
    const struct pattern *none;      /* words that say that there is no money */
    const struct pattern *joint;     /* what may join an amount to the one before */
    const struct pattern *last_comma;
    const struct pattern *last_point;
    struct amount *amounts; /* of the text that was read last */
    size_t amount_count;
    size_t amount_cap;
    struct buffer bytes; /* of the items' texts */
    struct buffer digits;
};

static bool parse_label(struct text name, struct label *label) {
    static const struct {
        const char *name;
        enum line_kind line;
        enum budget_kind kind;
    } names[] = {
        {"allocated", LINE_ITEM, BUDGET_ALLOCATED}, {"contracted", LINE_ITEM, BUDGET_CONTRACTED},
        {"disbursed", LINE_ITEM, BUDGET_DISBURSED}, {"yearly", LINE_YEARLY, BUDGET_ALLOCATED},
        {"total", LINE_TOTAL, BUDGET_ALLOCATED},    {"note", LINE_NOTE, BUDGET_ALLOCATED},
        {"other", LINE_OTHER, BUDGET_ALLOCATED},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (text_equal(name, text_of(names[i].name))) {
            label->line = names[i].line;
            label->kind = names[i].kind;
            return true;
        }
    }
    return false;
}

static void read_labels(struct budgets *budgets, struct profile *profile) {
    struct table_reader *reader = profile_table(profile, "budget.csv");
    size_t kind_at = table_require_column(reader, "kind");
    size_t pattern_at = table_require_column(reader, "pattern");
    struct table_row row;
    while (table_read(reader, &row)) {
        budgets->labels = memory_reserve(budgets->labels, &budgets->label_cap, budgets->label_count + 1,
                                         sizeof *budgets->labels);
        struct label *label = &budgets->labels[budgets->label_count++];
        if (!parse_label(row.fields[kind_at], label))
            die_at(table_name(reader), row.line, "'%.*s' is no kind of a budget's line",
                   (int)row.fields[kind_at].len, row.fields[kind_at].data);
        label->pattern = pattern_compile(row.fields[pattern_at], table_name(reader), row.line);
    }
    table_close(reader);
}

static void read_units(struct budgets *budgets, struct profile *profile) {
    struct table_reader *reader = profile_table(profile, "money.csv");
    size_t name_at = table_require_column(reader, "unit");
    size_t factor_at = table_require_column(reader, "baht");
    struct table_row row;
    while (table_read(reader, &row)) {
        budgets->units = memory_reserve(budgets->units, &budgets->unit_cap, budgets->unit_count + 1,
                                        sizeof *budgets->units);
        struct money_unit *unit = &budgets->units[budgets->unit_count++];
        unit->name = text_copy(row.fields[name_at]);
        if (!decimal_parse(row.fields[factor_at], &unit->factor))
            die_at(table_name(reader), row.line, "'%.*s' is no number", (int)row.fields[factor_at].len,
                   row.fields[factor_at].data);
    }
    table_close(reader);
}

struct budgets *budgets_open(struct profile *profile, struct spelling *spelling) {
    struct budgets *budgets = memory_zeroed(1, sizeof *budgets);
    budgets->spelling = spelling;
    read_labels(budgets, profile);
    read_units(budgets, profile);
    budgets->amount = profile_pattern(profile, "money-amount");
    budgets->dash = profile_pattern(profile, "money-dash");
    budgets->suspect = profile_pattern(profile, "money-suspect");
    budgets->year_before = profile_pattern(profile, "money-year-before");
    budgets->left = profile_pattern(profile, "money-left");
    budgets->numbered = profile_pattern(profile, "row-numbered");
    budgets->next_item = profile_pattern(profile, "money-next-item");
    budgets->total = profile_pattern(profile, "money-total");
    budgets->none = profile_pattern(profile, "money-none");
    budgets->joint = profile_pattern(profile, "money-joint");
    budgets->last_comma = profile_pattern(profile, "money-comma-for-point");
    budgets->last_point = profile_pattern(profile, "money-point-for-comma");
    return budgets;
}

void budgets_close(struct budgets *budgets) {
    for (size_t i = 0; i < budgets->label_count; i++)
        pattern_free(budgets->labels[i].pattern);
    for (size_t i = 0; i < budgets->unit_count; i++)
        free(budgets->units[i].name);
    free(budgets->labels);
    free(budgets->units);
    free(budgets->amounts);
    buffer_free(&budgets->bytes);
    buffer_free(&budgets->digits);
    free(budgets);
}

static const struct label *find_label(const struct budgets *budgets, struct text line, size_t *end) {
    struct match match;
    for (size_t i = 0; i < budgets->label_count; i++) {
        if (pattern_match(budgets->labels[i].pattern, line, 0, &match)) {
            *end = match.end;
            return &budgets->labels[i];
        }
    }
    return NULL;
}

/* The label of LINE, whose words may be misspelt: then LINE becomes the line as it is meant, until the next call. */
static const struct label *label_of(struct budgets *budgets, struct text *line, size_t *end,
                                    struct misspelling *misspelling) {
    *misspelling = (struct misspelling){0};
    const struct label *label = find_label(budgets, *line, end);
    if (label != NULL)
        return label;
    struct text mended = spelling_mend(budgets->spelling, "budget", *line, misspelling);
    label = misspelling->word.len > 0 ? find_label(budgets, mended, end) : NULL;
    if (label != NULL)
        *line = mended;
    return label;
}

/* Reads the digits in the two groups of MATCH, the comma between them as the decimal point. */
static bool parse_last_comma(struct budgets *budgets, const struct match *match, struct decimal *value) {
    buffer_clear(&budgets->digits);
    buffer_append_text(&budgets->digits, match_group(match, "whole"));
    buffer_append_char(&budgets->digits, '.');
    buffer_append_text(&budgets->digits, match_group(match, "part"));
    return decimal_parse(buffer_text(&budgets->digits), value);
}

/* Reads DIGITS with each point as the comma between thousands. */
static bool parse_points(struct budgets *budgets, struct text digits, struct decimal *value) {
    buffer_clear(&budgets->digits);
    for (size_t i = 0; i < digits.len; i++)
        buffer_append_char(&budgets->digits, digits.data[i] == '.' ? ',' : digits.data[i]);
    return decimal_parse(buffer_text(&budgets->digits), value);
}

/* The factor of a unit of money; NULL for one that is not known. */
static const struct decimal *factor_of(const struct budgets *budgets, struct text unit) {
    for (size_t i = 0; i < budgets->unit_count; i++) {
        if (text_equal(unit, text_of(budgets->units[i].name)))
            return &budgets->units[i].factor;
    }
    return NULL;
}

/* Reads the digits of an amount of UNIT. A last comma before two digits, where groups of three are expected, is the
   decimal point; a point before a last three digits of baht, which has hundredths at most, is a comma, and so are those
   before it. */
static bool parse_digits(struct budgets *budgets, struct text digits, struct text unit, struct decimal *value,
                         struct budget_item *item) {
    struct match match;
    const struct decimal *factor = factor_of(budgets, unit);
    bool is_baht = factor != NULL && decimal_compare(*factor, decimal_of(1)) == 0;
    if (is_baht && pattern_match(budgets->last_point, digits, 0, NULL)) {
        item->point_doubtful = parse_points(budgets, digits, value);
        return item->point_doubtful;
    }
    if (decimal_parse(digits, value))
        return true;
    if (!pattern_match(budgets->last_comma, digits, 0, &match))
        return false;
    item->comma_doubtful = parse_last_comma(budgets, &match, value);
    return item->comma_doubtful;
}

static bool to_baht(const struct budgets *budgets, struct text unit, struct decimal *value, bool *doubtful) {
    const struct decimal *factor = factor_of(budgets, unit);
    if (factor == NULL)
        return true;
    bool whole = value->scale == 0;
    if (decimal_compare(*factor, decimal_of(1)) > 0 && whole &&
        decimal_compare(*value, decimal_of(MOST_MILLIONS)) >= 0) {
        *doubtful = true;
        return true;
    }
    return decimal_multiply(*value, *factor, value);
}

/* Whether VALUE is a whole number of a thousand millions or more, but not so many that it is surely one of baht: its
   point may be lost. */
static bool is_large(const struct budgets *budgets, struct text unit, struct decimal value) {
    const struct decimal *factor = factor_of(budgets, unit);
    return factor != NULL && decimal_compare(*factor, decimal_of(MILLION)) == 0 && value.scale == 0 &&
           decimal_compare(value, decimal_of(MANY_MILLIONS)) >= 0 &&
           decimal_compare(value, decimal_of(MOST_MILLIONS)) < 0;
}

/* Whether the amount at START may be the rest of one whose digits are parted, or one end of a range, or negative. */
static bool is_suspect(const struct budgets *budgets, struct text text, size_t start) {
    struct text before = {text.data, start};
    return pattern_match(budgets->suspect, before, 0, NULL) &&
           !pattern_match(budgets->year_before, before, 0, NULL);
}

/* One amount of an item's text, in baht. */
struct amount {
    struct decimal value;
    bool inside; /* it stands in brackets */
    bool joined; /* to the one before, as by «and» */
};

/* Whether a bracket is open at the end of TEXT. */
static bool is_inside(struct text text) {
    size_t depth = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '(')
            depth++;
        else if (text.data[i] == ')' && depth > 0)
            depth--;
    }
    return depth > 0;
}

/* Reads the amount of MATCH, in TEXT, into AMOUNT. False where it cannot be read, or is too large: ITEM says so then. */
static bool read_amount(struct budgets *budgets, struct text text, const struct match *match, size_t before,
                        struct budget_item *item, struct amount *amount) {
    struct text between = {text.data + before, match->start - before};
    struct text unit = match_group(match, "unit");
    if (is_suspect(budgets, text, match->start) || pattern_match(budgets->left, between, 0, NULL) ||
        !parse_digits(budgets, match_group(match, "digits"), unit, &amount->value, item)) {
        item->suspect = true;
        return false;
    }
    item->large |= is_large(budgets, unit, amount->value);
    item->overflow |= !to_baht(budgets, unit, &amount->value, &item->unit_doubtful);
    amount->inside = is_inside((struct text){text.data, match->start});
    amount->joined = pattern_match(budgets->joint, between, 0, NULL);
    return !item->overflow;
}

/* Reads the amounts in TEXT into the list; false where one of them cannot be read. */
static bool read_amounts(struct budgets *budgets, struct text text, struct budget_item *item) {
    struct match match;
    size_t at = 0;
    budgets->amount_count = 0;
    while (pattern_match(budgets->amount, text, at, &match)) {
        budgets->amounts = memory_reserve(budgets->amounts, &budgets->amount_cap, budgets->amount_count + 1,
                                          sizeof *budgets->amounts);
        if (!read_amount(budgets, text, &match, at, item, &budgets->amounts[budgets->amount_count]))
            return false;
        budgets->amount_count++;
        at = match.end;
    }
    if (!pattern_match(budgets->left, text_skip(text, at), 0, NULL))
        return true;
    item->suspect = true;
    return false;
}

/* Drops the amounts in brackets, where others stand outside. */
static void drop_inside(struct budgets *budgets, struct budget_item *item) {
    size_t outside = 0;
    for (size_t i = 0; i < budgets->amount_count; i++)
        outside += !budgets->amounts[i].inside;
    if (outside == 0 || outside == budgets->amount_count)
        return;
    outside = 0;
    for (size_t i = 0; i < budgets->amount_count; i++) {
        if (!budgets->amounts[i].inside)
            budgets->amounts[outside++] = budgets->amounts[i];
    }
    budgets->amount_count = outside;
    item->bracketed = true;
}

/* Whether the amount AT is what the others make together. */
static bool is_sum(const struct budgets *budgets, size_t at) {
    struct decimal sum = decimal_of(0);
    for (size_t i = 0; i < budgets->amount_count; i++) {
        if (i != at && !decimal_add(sum, budgets->amounts[i].value, &sum))
            return false;
    }
    return decimal_compare(sum, budgets->amounts[at].value) == 0;
}

/* What the amounts are together: the one that is the total of the others; the first, where it is SAID to be the total
   and the next is not joined to it; else their sum. */
static bool total_of(const struct budgets *budgets, bool said, struct budget_item *item,
                     struct decimal *total) {
    size_t count = budgets->amount_count;
    *total = budgets->amounts[0].value;
    if (count == 1 || (count > 2 && is_sum(budgets, 0)))
        return true;
    if (count > 2 && is_sum(budgets, count - 1)) {
        *total = budgets->amounts[count - 1].value;
        return true;
    }
    if (said && !budgets->amounts[1].joined) {
        item->parts = true;
        return true;
    }
    item->summed = true;
    for (size_t i = 1; i < count; i++) {
        if (!decimal_add(*total, budgets->amounts[i].value, total))
            return false;
    }
    return true;
}

/* Reads the amounts in TEXT, of which the first may be SAID to be the total, and adds them to ITEM; returns whether
   there were any, or a dash. */
static bool add_amounts(struct budgets *budgets, struct text text, bool said, struct budget_item *item) {
    struct decimal total;
    if (!read_amounts(budgets, text, item))
        return item->overflow;
    drop_inside(budgets, item);
    if (budgets->amount_count == 0) {
        if (!pattern_match(budgets->dash, text, 0, NULL))
            return false;
        item->state = BUDGET_DASH;
        return true;
    }
    item->overflow |= !total_of(budgets, said, item, &total);
    if (item->state == BUDGET_AMOUNT) {
        item->overflow |= !decimal_add(item->amount, total, &item->amount);
        item->summed = true;
    } else {
        item->amount = total;
    }
    item->state = BUDGET_AMOUNT;
    return true;
}

/* The pieces of one item: its own text behind the label, and the yearly amounts beneath it. */
struct open_item {
    const struct label *label; /* NULL: none is open */
    struct buffer own;
    struct buffer yearly;
    uint64_t line; /* of the label, until a line with an amount comes */
    bool has_amount;
    bool total; /* its label says that the amount behind it is the total */
};

struct budget_reading {
    struct budgets *budgets;
    struct budget_item *items;
    struct open_item open;
    struct buffer loose; /* lines above the first item */
    uint64_t loose_line; /* the first line with an amount that belongs to no item; 0: none */
    bool noted;          /* a remark has begun */
};

static void keep_text(struct budgets *budgets, struct text text, struct budget_item *item) {
    size_t start = budgets->bytes.len;
    buffer_append_text(&budgets->bytes, text);
    item->state = BUDGET_TEXT;
    item->text = (struct text){budgets->bytes.data + start, text.len};
}

static void close_item(struct budget_reading *reading) {
    struct open_item *open = &reading->open;
    if (open->label == NULL)
        return;
    struct budget_item *item = &reading->items[open->label->kind];
    if (item->state == BUDGET_NOT_STATED)
        item->line = open->line;
    struct text own = text_trim(buffer_text(&open->own));
    bool read = add_amounts(reading->budgets, own, open->total, item) ||
                (!item->suspect && add_amounts(reading->budgets, buffer_text(&open->yearly), false, item));
    if (item->suspect || (!read && item->state == BUDGET_NOT_STATED && own.len > 0))
        keep_text(reading->budgets, own, item);
    open->label = NULL;
    open->has_amount = false;
    buffer_clear(&open->own);
    buffer_clear(&open->yearly);
}

static void append_line(struct buffer *buffer, struct text line) {
    if (buffer->len > 0)
        buffer_append_char(buffer, ' ');
    buffer_append_text(buffer, line);
}

static bool has_amount(const struct budgets *budgets, struct text line) {
    return pattern_match(budgets->amount, line, 0, NULL);
}

/* Whether LINE, which has no label that is known, is an item all the same: numbered, and with a dash for an amount. */
static bool is_other_item(const struct budgets *budgets, struct text line) {
    return pattern_match(budgets->numbered, line, 0, NULL) && pattern_match(budgets->dash, line, 0, NULL);
}

/* Takes LINE to the item that is open. */
static void take_own(struct budget_reading *reading, struct text line, uint64_t number) {
    struct open_item *open = &reading->open;
    append_line(&open->own, line);
    if (!open->has_amount && has_amount(reading->budgets, line)) {
        open->has_amount = true;
        open->line = number;
    }
}

/* Takes LINE, which is of no item. An amount in it, or a dash for one, is not read. */
static void take_loose(struct budget_reading *reading, struct text line, uint64_t number) {
    append_line(&reading->loose, line);
    if (reading->loose_line == 0 &&
        (has_amount(reading->budgets, line) || pattern_match(reading->budgets->dash, line, 0, NULL)))
        reading->loose_line = number;
}

/* Takes LINE with the label that it begins with, if it has one. */
static void take_line(struct budget_reading *reading, struct text line, uint64_t number) {
    struct open_item *open = &reading->open;
    size_t end = 0;
    struct misspelling misspelling;
    const struct label *label = label_of(reading->budgets, &line, &end, &misspelling);
    struct budget_item *item = label != NULL ? &reading->items[label->kind] : NULL;
    if (label != NULL && misspelling.word.len > 0) {
        item->misspelling = misspelling;
        item->misspelt_line = number;
    }
    reading->noted |= label != NULL && label->line == LINE_NOTE;
    if (reading->noted) {
        if (label != NULL && label->line == LINE_ITEM && item->noted_line == 0)
            item->noted_line = number;
    } else if (label != NULL && label->line == LINE_ITEM) {
        close_item(reading);
        open->label = label;
        open->line = number;
        open->total = has_amount(reading->budgets, text_skip(line, end)) &&
                      pattern_match(reading->budgets->total, (struct text){line.data, end}, 0, NULL);
        take_own(reading, text_skip(line, end), number);
    } else if (label != NULL && label->line == LINE_OTHER) {
        close_item(reading);
    } else if (label != NULL && label->line == LINE_YEARLY) {
        append_line(&open->yearly, text_skip(line, end));
    } else if (label != NULL) {
        return;
    } else if (open->label == NULL || (open->yearly.len > 0 && has_amount(reading->budgets, line)) ||
               is_other_item(reading->budgets, line)) {
        /* An amount beneath yearly ones is one of them, with a label that cannot be read, or of something else. */
        take_loose(reading, line, number);
    } else {
        take_own(reading, line, number);
    }
}

/* Whether the lines above the first item say what was allocated: nothing else is stated, or they say that nothing was. */
static bool loose_is_allocation(const struct budget_reading *reading) {
    const struct budget_item *items = reading->items;
    struct text loose = buffer_text(&reading->loose);
    if (loose.len == 0 || items[BUDGET_ALLOCATED].state != BUDGET_NOT_STATED)
        return false;
    return (items[BUDGET_CONTRACTED].state == BUDGET_NOT_STATED &&
            items[BUDGET_DISBURSED].state == BUDGET_NOT_STATED) ||
           pattern_match(reading->budgets->none, loose, 0, NULL);
}

uint64_t budgets_read(struct budgets *budgets, const struct grid *grid,
                      struct budget_item items[BUDGET_KINDS]) {
    struct budget_reading reading = {.budgets = budgets, .items = items};
    memset(items, 0, BUDGET_KINDS * sizeof *items);
    buffer_clear(&budgets->bytes);
    /* Room for all texts at once: they must not move while items point to them. */
    buffer_reserve(&budgets->bytes, grid->bytes.len + grid->line_count + 1);
    for (size_t i = 0; i < grid->line_count; i++) {
        struct text line = grid->lines[i].text;
        struct match match;
        /* Items that stand on one line are taken one by one. */
        while (pattern_match(budgets->next_item, line, 0, &match)) {
            take_line(&reading, (struct text){line.data, match.start}, grid->lines[i].line);
            line = text_skip(line, match.start);
        }
        take_line(&reading, line, grid->lines[i].line);
    }
    close_item(&reading);
    if (loose_is_allocation(&reading))
        keep_text(budgets, buffer_text(&reading.loose), &items[BUDGET_ALLOCATED]);
    if (items[BUDGET_ALLOCATED].state == BUDGET_TEXT)
        reading.loose_line = 0;
    buffer_free(&reading.loose);
    buffer_free(&reading.open.own);
    buffer_free(&reading.open.yearly);
    return reading.loose_line;
}
