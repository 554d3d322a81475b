/* Amounts of a budget section; see budget.h. */
#include "budget.h"

#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "diagnostics.h"

/* From this number of millions on, a whole number is surely one of baht: 10 ** 11 baht, more than any single
   project. */
enum { MOST_MILLIONS = 100000 };

/* From this number of millions on a whole number is doubtful. */
enum { MILLION = 1000000, MANY_MILLIONS = 1000 };

struct budgets {
    struct spelling *spelling;
    struct money *money;
    const struct pattern *amount;
    const struct pattern *dash;
    const struct pattern *suspect;
    const struct pattern *year_before;
    const struct pattern *left;     /* a number like an amount, that none has taken */
    const struct pattern *numbered; /* a numbered line */
    const struct pattern *other_item;
    const struct pattern *next_item; /* where another item begins on the same line */
    const struct pattern *bracket;   /* a remark in brackets */
    const struct pattern *parts;     /* behind a total whose parts follow */
    const struct pattern *sum;       /* before a total */
    const struct pattern *total;     /* words of a label that say that the amount behind it is the total */
    const struct pattern *joint;     /* what may join an amount to the one before */
    const struct pattern *none;      /* words that say that there is no money */
    const struct pattern *last_point;
    struct arena texts; /* of the items */
    struct buffer digits;
    struct buffer bare; /* a text without its remarks */
};

struct budgets *budgets_open(struct profile *profile, struct spelling *spelling) {
    struct budgets *budgets = memory_zeroed(1, sizeof *budgets);
    budgets->spelling = spelling;
    budgets->money = money_open(profile);
    budgets->amount = profile_pattern(profile, "money-amount");
    budgets->dash = profile_pattern(profile, "money-dash");
    budgets->suspect = profile_pattern(profile, "money-suspect");
    budgets->year_before = profile_pattern(profile, "money-year-before");
    budgets->left = profile_pattern(profile, "money-left");
    budgets->numbered = profile_pattern(profile, "row-numbered");
    budgets->other_item = profile_pattern(profile, "money-other-item");
    budgets->next_item = profile_pattern(profile, "money-next-item");
    budgets->bracket = profile_pattern(profile, "quantity-bracket");
    budgets->parts = profile_pattern(profile, "money-parts");
    budgets->sum = profile_pattern(profile, "money-sum");
    budgets->total = profile_pattern(profile, "money-total");
    budgets->joint = profile_pattern(profile, "money-joint");
    budgets->none = profile_pattern(profile, "money-none");
    budgets->last_point = profile_pattern(profile, "money-point-for-comma");
    return budgets;
}

void budgets_close(struct budgets *budgets) {
    money_close(budgets->money);
    arena_free(&budgets->texts);
    buffer_free(&budgets->digits);
    buffer_free(&budgets->bare);
    free(budgets);
}

/* The label of LINE, whose words may be misspelt: then LINE becomes the line as it is meant, until the next call. */
static enum money_label label_of(struct budgets *budgets, struct text *line, size_t *end,
                                 struct misspelling *misspelling) {
    *misspelling = (struct misspelling){0};
    enum money_label label = money_label(budgets->money, *line, end);
    if (label != MONEY_NO_LABEL)
        return label;
    struct text mended = spelling_mend(budgets->spelling, "budget", *line, misspelling);
    if (misspelling->word.len > 0)
        label = money_label(budgets->money, mended, end);
    if (label != MONEY_NO_LABEL)
        *line = mended;
    return label;
}

/* Reads DIGITS, the points of which are commas. */
static bool parse_points(struct budgets *budgets, struct text digits, struct decimal *value) {
    buffer_clear(&budgets->digits);
    for (size_t i = 0; i < digits.len; i++)
        buffer_append_char(&budgets->digits, digits.data[i] == '.' ? ',' : digits.data[i]);
    return decimal_parse(buffer_text(&budgets->digits), value);
}

/* Reads the digits of an amount of UNIT. A last comma before two digits, where groups of three are expected, is the
   decimal point; a point before three digits of baht, which has hundredths at most, is a comma. */
static bool parse_digits(struct budgets *budgets, struct text digits, struct text unit, struct decimal *value,
                         struct budget_item *item) {
    const struct decimal *factor = money_factor(budgets->money, unit);
    bool is_baht = factor != NULL && decimal_compare(*factor, decimal_of(1)) == 0;
    if (is_baht && pattern_match(budgets->last_point, digits, 0, NULL)) {
        item->point_doubtful = parse_points(budgets, digits, value);
        return item->point_doubtful;
    }
    return money_digits(budgets->money, digits, value, &item->comma_doubtful);
}

static bool to_baht(const struct budgets *budgets, struct text unit, struct decimal *value, bool *doubtful) {
    const struct decimal *factor = money_factor(budgets->money, unit);
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
    const struct decimal *factor = money_factor(budgets->money, unit);
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

/* TEXT without its remarks in brackets, where an amount stands outside of them: those in a remark are the same in other
   words, or of something else. */
static struct text without_remarks(struct budgets *budgets, struct text text) {
    struct text bare = pattern_blank_out(budgets->bracket, text, &budgets->bare);
    return pattern_match(budgets->amount, bare, 0, NULL) ? bare : text;
}

/* The amounts of one text. */
struct amounts {
    size_t count;
    struct decimal first;
    struct decimal last;
    struct text behind_first; /* up to the second */
    struct text before_last;  /* from the last but one */
};

/* Of three amounts or more the first or the last is the total where words say so and it is the sum of the others. Of two
   the last one is, where words say so and it is the larger one (`120 baht each, 360 in all`): that is told all the
   same, for its label may be lost. */
static void take_total(const struct budgets *budgets, const struct amounts *amounts,
                       struct budget_item *item) {
    const struct decimal *total = NULL;
    struct decimal twice;
    bool named = amounts->count > 1 && pattern_match(budgets->sum, amounts->before_last, 0, NULL);
    if (amounts->count == 2 && named && decimal_compare(amounts->last, amounts->first) > 0)
        item->amount = amounts->last;
    if (amounts->count < 3)
        return;
    if (pattern_match(budgets->parts, amounts->behind_first, 0, NULL))
        total = &amounts->first;
    else if (named)
        total = &amounts->last;
    if (total == NULL || item->overflow || !decimal_add(*total, *total, &twice) ||
        decimal_compare(twice, item->amount) != 0)
        return;
    item->amount = *total;
    item->summed = false;
}

/* Where the label SAID that the first amount is the total, and the next is not joined to it, that one is taken; that it is
   not the sum of the others is told. */
static void take_said_total(const struct budgets *budgets, const struct amounts *amounts, bool said,
                            struct budget_item *item) {
    if (said && item->summed && amounts->count > 1 &&
        !pattern_match(budgets->joint, amounts->behind_first, 0, NULL))
        item->amount = amounts->first;
}

/* Adds the amount that MATCH has, with BETWEEN before it, to ITEM and AMOUNTS. Returns false when it is too large. */
static bool add_amount(const struct budgets *budgets, const struct match *match, struct text between,
                       struct decimal value, struct amounts *amounts, struct budget_item *item) {
    item->large |= is_large(budgets, match_group(match, "unit"), value);
    if (!to_baht(budgets, match_group(match, "unit"), &value, &item->unit_doubtful)) {
        item->overflow = true;
        return false;
    }
    item->summed |= item->state == BUDGET_AMOUNT || item->state == BUDGET_DASH;
    if (item->state == BUDGET_AMOUNT)
        item->overflow |= !decimal_add(item->amount, value, &item->amount);
    else
        item->amount = value;
    item->state = BUDGET_AMOUNT;
    if (amounts->count == 0)
        amounts->first = value;
    if (amounts->count == 1)
        amounts->behind_first = between;
    amounts->before_last = between;
    amounts->last = value;
    amounts->count++;
    return true;
}

/* Reads the amounts in TEXT, of which the first may be SAID to be the total, and adds them to ITEM; returns whether there
   were any, or a dash. */
static bool add_amounts(struct budgets *budgets, struct text text, bool said, struct budget_item *item) {
    struct match match;
    struct amounts amounts = {0};
    bool alone = item->state == BUDGET_NOT_STATED;
    size_t at = 0;
    while (pattern_match(budgets->amount, text, at, &match)) {
        struct decimal value;
        struct text between = {text.data + at, match.start - at};
        item->suspect |=
            is_suspect(budgets, text, match.start) || pattern_match(budgets->left, between, 0, NULL) ||
            !parse_digits(budgets, match_group(&match, "digits"), match_group(&match, "unit"), &value, item);
        if (item->suspect)
            return false;
        if (!add_amount(budgets, &match, between, value, &amounts, item))
            return true;
        at = match.end;
    }
    item->suspect |= pattern_match(budgets->left, text_skip(text, at), 0, NULL);
    if (item->suspect)
        return false;
    if (alone) {
        take_total(budgets, &amounts, item);
        take_said_total(budgets, &amounts, said, item);
    }
    if (amounts.count > 0 || !pattern_match(budgets->dash, text, 0, NULL))
        return amounts.count > 0;
    item->summed |= item->state == BUDGET_AMOUNT;
    if (item->state != BUDGET_AMOUNT)
        item->state = BUDGET_DASH;
    return true;
}

/* The pieces of one item: its own text behind the label, and the yearly amounts beneath it. */
struct open_item {
    enum money_label label; /* one of MONEY_ITEMS; MONEY_NO_LABEL: none is open */
    struct buffer own;
    struct buffer yearly;
    uint64_t line; /* of the label, until a line with an amount comes */
    bool total;    /* the label says that the amount behind it is the total */
    bool has_amount;
};

struct budget_reading {
    struct budgets *budgets;
    struct budget_item *items;
    struct open_item open;
    struct buffer loose;    /* lines above the first item */
    uint64_t loose_line;    /* the first line with an amount that belongs to no item; 0: none */
    struct buffer headings; /* the amounts in headings */
    uint64_t first_heading; /* the first with an amount; 0: none */
    uint64_t heading_line;  /* the last with an amount, where no item stands beneath it yet; else 0 */
    bool noted;             /* a remark has begun */
};

static void keep_text(struct budgets *budgets, struct text text, struct budget_item *item) {
    item->state = BUDGET_TEXT;
    item->text = arena_copy(&budgets->texts, text);
}

static void close_item(struct budget_reading *reading) {
    struct open_item *open = &reading->open;
    if (open->label == MONEY_NO_LABEL)
        return;
    struct budget_item *item = &reading->items[open->label];
    if (item->state == BUDGET_NOT_STATED)
        item->line = open->line;
    struct text own = text_trim(buffer_text(&open->own));
    bool read = add_amounts(reading->budgets, without_remarks(reading->budgets, own), open->total, item) ||
                (!item->suspect && add_amounts(reading->budgets, buffer_text(&open->yearly), false, item));
    if (item->suspect || (!read && item->state == BUDGET_NOT_STATED && own.len > 0))
        keep_text(reading->budgets, own, item);
    open->label = MONEY_NO_LABEL;
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

/* Whether LINE, which has no label that is known, is an item all the same: with a dash for an amount, where it is
   numbered or the item OPEN has its amount, or a dash, already; or then with words of one. */
static bool is_other_item(const struct budgets *budgets, const struct open_item *open, struct text line) {
    if (pattern_match(budgets->dash, line, 0, NULL) &&
        (open->has_amount || pattern_match(budgets->numbered, line, 0, NULL) ||
         pattern_match(budgets->dash, buffer_text(&open->own), 0, NULL)))
        return true;
    return open->has_amount && pattern_match(budgets->other_item, line, 0, NULL);
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

/* An amount of the last heading that no item beneath it repeats is of no item. */
static void close_heading(struct budget_reading *reading) {
    if (reading->loose_line == 0)
        reading->loose_line = reading->heading_line;
    reading->heading_line = 0;
}

/* Takes LINE, a heading of the items beneath it; END is that of its label. */
static void take_heading(struct budget_reading *reading, struct text line, size_t end, uint64_t number) {
    close_heading(reading);
    append_line(&reading->loose, line);
    append_line(&reading->headings, text_skip(line, end));
    if (!has_amount(reading->budgets, line))
        return;
    reading->heading_line = number;
    if (reading->first_heading == 0)
        reading->first_heading = number;
}

/* Where no item stands, only headings with amounts, they are the allocation. */
static void take_headings_alone(struct budget_reading *reading) {
    struct budget_item *item = &reading->items[MONEY_ALLOCATED];
    if (reading->first_heading == 0)
        return;
    if (!add_amounts(reading->budgets, buffer_text(&reading->headings), false, item)) {
        *item = (struct budget_item){0};
        return;
    }
    item->line = reading->first_heading;
    if (reading->loose_line == reading->first_heading)
        reading->loose_line = 0;
}

static bool is_nothing_stated(const struct budget_item items[MONEY_ITEMS]) {
    for (size_t i = 0; i < MONEY_ITEMS; i++) {
        if (items[i].state != BUDGET_NOT_STATED)
            return false;
    }
    return true;
}

/* Takes LINE with the label that it begins with, if it has one. */
static void take_line(struct budget_reading *reading, struct text line, uint64_t number) {
    struct open_item *open = &reading->open;
    size_t end = 0;
    struct misspelling misspelling;
    enum money_label label = label_of(reading->budgets, &line, &end, &misspelling);
    struct budget_item *item = &reading->items[label < MONEY_ITEMS ? label : MONEY_ALLOCATED];
    if (label != MONEY_NO_LABEL && misspelling.word.len > 0) {
        item->misspelling = misspelling;
        item->misspelt_line = number;
    }
    reading->noted |= label == MONEY_NOTE;
    if (reading->noted) {
        if (label < MONEY_ITEMS && item->noted_line == 0)
            item->noted_line = number;
    } else if (label < MONEY_ITEMS) {
        close_item(reading);
        reading->heading_line = 0;
        open->label = label;
        open->line = number;
        open->total = has_amount(reading->budgets, text_skip(line, end)) &&
                      pattern_match(reading->budgets->total, (struct text){line.data, end}, 0, NULL);
        take_own(reading, text_skip(line, end), number);
    } else if (label == MONEY_YEARLY) {
        append_line(&open->yearly, text_skip(line, end));
    } else if (label == MONEY_HEADING) {
        close_item(reading);
        take_heading(reading, line, end, number);
    } else if (label == MONEY_OTHER) {
        close_item(reading);
        take_loose(reading, line, number);
    } else if (label == MONEY_TOTAL) {
        return;
    } else if (open->label == MONEY_NO_LABEL ||
               (open->yearly.len > 0 && has_amount(reading->budgets, line)) ||
               is_other_item(reading->budgets, open, line)) {
        /* An amount beneath yearly ones is one of them, with a label that cannot be read, or of something else. */
        take_loose(reading, line, number);
    } else {
        take_own(reading, line, number);
    }
}

uint64_t budgets_read(struct budgets *budgets, const struct grid *grid,
                      struct budget_item items[MONEY_ITEMS]) {
    struct budget_reading reading = {.budgets = budgets, .items = items, .open.label = MONEY_NO_LABEL};
    memset(items, 0, MONEY_ITEMS * sizeof *items);
    arena_free(&budgets->texts);
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
    close_heading(&reading);
    if (is_nothing_stated(items))
        take_headings_alone(&reading);
    bool none = items[MONEY_ALLOCATED].state == BUDGET_NOT_STATED &&
                pattern_match(budgets->none, buffer_text(&reading.loose), 0, NULL);
    if (reading.loose.len > 0 && (is_nothing_stated(items) || none))
        keep_text(budgets, buffer_text(&reading.loose), &items[MONEY_ALLOCATED]);
    if (items[MONEY_ALLOCATED].state == BUDGET_TEXT)
        reading.loose_line = 0;
    buffer_free(&reading.loose);
    buffer_free(&reading.headings);
    buffer_free(&reading.open.own);
    buffer_free(&reading.open.yearly);
    return reading.loose_line;
}
