/* Quantities; see quantity.h. */
#include "quantity.h"

#include <stdlib.h>

#include "letters.h"

struct operator_word {
    char *phrase;
    char *op;
};

struct quantities {
    struct operator_word *words;
    size_t word_count;
    size_t word_cap;
    const struct pattern *number;      /* prefix, number, unit */
    const struct pattern *skipped;     /* a number that is no quantity: a year, a version */
    const struct pattern *bracket;     /* a remark in brackets */
    const struct pattern *percent_kpi; /* an indicator that is itself a percentage */
    const struct pattern *kpi_unit;    /* a unit in brackets at an indicator's end */
    const struct pattern *pending;     /* a result that is still to come */
    const struct pattern *end_remark;  /* a remark in brackets at the end */
    const struct pattern *mixed;       /* a dash beside other values in one cell */
    const struct pattern *suspect;     /* digits that may be cut, or negative */
    const struct pattern *doubt;       /* words by which a number in a result may be none of its own */
    const struct pattern *blank;       /* nothing but dashes */
    const struct pattern *each;        /* words by which a number is for each of something */
    const struct pattern *yearly;      /* «a year» behind a unit */
    const struct pattern *lead;        /* words before a result's number that say nothing else of it */
    struct buffer target;              /* the last target without its remarks, and the last result */
    struct buffer result;
};

struct quantities *quantities_open(struct profile *profile) {
    struct quantities *quantities = memory_zeroed(1, sizeof *quantities);
    struct table_reader *reader = profile_table(profile, "operators.csv");
    size_t phrase_at = table_require_column(reader, "phrase");
    size_t op_at = table_require_column(reader, "op");
    struct table_row row;
    while (table_read(reader, &row)) {
        quantities->words = memory_reserve(quantities->words, &quantities->word_cap,
                                           quantities->word_count + 1, sizeof *quantities->words);
        quantities->words[quantities->word_count++] =
            (struct operator_word){text_copy(row.fields[phrase_at]), text_copy(row.fields[op_at])};
    }
    table_close(reader);
    quantities->number = profile_pattern(profile, "quantity-number");
    quantities->skipped = profile_pattern(profile, "quantity-skipped");
    quantities->bracket = profile_pattern(profile, "quantity-bracket");
    quantities->percent_kpi = profile_pattern(profile, "quantity-percent-kpi");
    quantities->kpi_unit = profile_pattern(profile, "quantity-kpi-unit");
    quantities->pending = profile_pattern(profile, "result-pending");
    quantities->end_remark = profile_pattern(profile, "quantity-end-remark");
    quantities->mixed = profile_pattern(profile, "quantity-mixed");
    quantities->suspect = profile_pattern(profile, "quantity-suspect");
    quantities->doubt = profile_pattern(profile, "result-doubt");
    quantities->blank = profile_pattern(profile, "quantity-blank");
    quantities->each = profile_pattern(profile, "quantity-each");
    quantities->yearly = profile_pattern(profile, "quantity-yearly");
    quantities->lead = profile_pattern(profile, "result-lead");
    return quantities;
}

void quantities_close(struct quantities *quantities) {
    for (size_t i = 0; i < quantities->word_count; i++) {
        free(quantities->words[i].phrase);
        free(quantities->words[i].op);
    }
    free(quantities->words);
    buffer_free(&quantities->target);
    buffer_free(&quantities->result);
    free(quantities);
}

/* The operator of the words in TEXT: of several words the last, of those that end at one place the longest; "" when
   there is none, "?" for words whose operator the contract does not have. */
static const char *find_operator(const struct quantities *quantities, struct text text) {
    const char *op = "";
    size_t last = 0;
    size_t longest = 0;
    for (size_t i = 0; i < quantities->word_count; i++) {
        struct text phrase = text_of(quantities->words[i].phrase);
        size_t at = 0;
        while ((at = text_find(text, phrase, at)) != SIZE_MAX) {
            size_t end = at + phrase.len;
            if (end > last || (end == last && phrase.len > longest)) {
                last = end;
                longest = phrase.len;
                op = quantities->words[i].op;
            }
            at = end;
        }
    }
    return op;
}

/* The operator of the longest word that TEXT ends with, likewise. */
static const char *operator_at_end(const struct quantities *quantities, struct text text) {
    const char *op = "";
    size_t longest = 0;
    for (size_t i = 0; i < quantities->word_count; i++) {
        struct text phrase = text_of(quantities->words[i].phrase);
        if (phrase.len > longest && text.len >= phrase.len &&
            text_equal(text_skip(text, text.len - phrase.len), phrase)) {
            longest = phrase.len;
            op = quantities->words[i].op;
        }
    }
    return op;
}

/* One number in a text. */
struct number {
    struct decimal value;
    /* From the number before it to this, or to «number of», «percent», «level» before it. */
    struct text before;
    struct text words; /* the same up to the digits */
    struct text unit;
    struct text after; /* what follows the unit */
    bool counted;      /* the word for «number of» stands before it */
    bool total;        /* the word for «in all» stands before it */
    bool each;         /* it is for each of something */
};

/* Of a text with so many numbers or more none is the value. */
enum { MAX_NUMBERS = 16 };

/* Whether the digits that end at END are of a date, a version or the like: some match of the pattern from START on
   goes beyond them. */
static bool is_skipped(const struct quantities *quantities, struct text text, size_t start, size_t end) {
    struct match match;
    while (pattern_match(quantities->skipped, text, start, &match)) {
        if (match.end >= end)
            return true;
        start = match.end > start ? match.end : start + 1;
    }
    return false;
}

static size_t find_numbers(struct quantities *quantities, struct text text, struct number *numbers) {
    size_t count = 0;
    size_t at = 0;
    size_t before = 0;
    struct match match;
    while (count < MAX_NUMBERS && text_find_digit(text, at) < text.len &&
           pattern_match(quantities->number, text, at, &match)) {
        at = match.end > at ? match.end : at + 1;
        struct number number = {.before = {text.data + before, match.start - before}};
        struct text up_to_here = {text.data, match.end};
        struct text digits = match_group(&match, "number");
        if (is_skipped(quantities, up_to_here, before, (size_t)(digits.data - text.data) + digits.len) ||
            !decimal_parse(digits, &number.value))
            continue;
        number.words = (struct text){text.data + before, (size_t)(digits.data - text.data) - before};
        before = match.end;
        number.counted = match_group(&match, "counted").data != NULL;
        number.total = match_group(&match, "total").data != NULL;
        number.each = pattern_match(quantities->each, number.words, 0, NULL);
        number.unit = match_group(&match, "unit");
        if (match_group(&match, "percent").data != NULL || match_group(&match, "percent2").data != NULL)
            number.unit = TEXT("ร้อยละ");
        else if (match_group(&match, "level").data != NULL)
            number.unit = match_group(&match, "level");
        number.after = text_skip(text, match.end);
        numbers[count++] = number;
    }
    return count;
}

/* The only one of the numbers that is marked so; NULL when there is none, or several. */
static const struct number *only_number(const struct number *numbers, size_t count,
                                        bool (*is_marked)(const struct number *)) {
    const struct number *only = NULL;
    for (size_t i = 0; i < count; i++) {
        if (!is_marked(&numbers[i]))
            continue;
        if (only != NULL)
            return NULL;
        only = &numbers[i];
    }
    return only;
}

static bool is_total(const struct number *number) {
    return number->total;
}

static bool is_counted(const struct number *number) {
    return number->counted;
}

/* The number that stands for the whole text: the only one, or the only one in all, or the only one that is counted. */
static const struct number *main_number(const struct number *numbers, size_t count) {
    if (count == 1)
        return &numbers[0];
    if (count == MAX_NUMBERS)
        return NULL;
    const struct number *total = only_number(numbers, count, is_total);
    return total != NULL ? total : only_number(numbers, count, is_counted);
}

/* Whether NUMBER, one of several, says how many there are of what another of them is for. */
static bool is_of_each(const struct number *numbers, size_t count, const struct number *number) {
    for (size_t i = 0; i < count; i++) {
        if (numbers[i].each && !number->total)
            return true;
    }
    return false;
}

/* Where TEXT, found in the copy without remarks, stands in ORIGINAL, if it does: it lives as long as that then, else until
   the next target, or result, is read. */
static struct text in_original(struct text original, struct text text) {
    size_t at = text_find(original, text, 0);
    return at != SIZE_MAX && text.len > 0 ? (struct text){original.data + at, text.len} : text;
}

static void unit_from_kpi(const struct quantities *quantities, struct text kpi, struct quantity *quantity) {
    struct match match;
    if (quantity->unit.len > 0)
        return;
    if (pattern_match(quantities->percent_kpi, kpi, 0, NULL))
        quantity->unit = TEXT("ร้อยละ");
    else if (pattern_match(quantities->kpi_unit, kpi, 0, &match))
        quantity->unit = match_group(&match, "unit");
}

/* The operator at the end of the indicator, or before the same number in it. */
static const char *operator_from_kpi(struct quantities *quantities, struct text kpi, struct decimal value) {
    struct number numbers[MAX_NUMBERS];
    struct buffer copy = {0};
    buffer_append_text(&copy, kpi);
    struct text text = buffer_text(&copy);
    size_t count = find_numbers(quantities, text, numbers);
    const char *op = "";
    size_t last = 0;
    for (size_t i = 0; i < count; i++) {
        if (decimal_compare(numbers[i].value, value) == 0)
            op = find_operator(quantities, numbers[i].words);
        last = (size_t)(numbers[i].after.data - text.data);
    }
    if (op[0] == '\0' && count == 0)
        last = 0;
    if (op[0] == '\0') {
        /* At the end: nothing but a remark in brackets may follow the operator's words. */
        struct text rest = text_skip(text, last);
        struct match match;
        while (pattern_match(quantities->end_remark, rest, 0, &match))
            rest.len = match.start;
        rest = text_trim(rest);
        struct text percent = TEXT("ร้อยละ");
        if (rest.len >= percent.len && text_equal(text_skip(rest, rest.len - percent.len), percent))
            rest = text_trim((struct text){rest.data, rest.len - percent.len});
        op = operator_at_end(quantities, rest);
    }
    buffer_free(&copy);
    return op;
}

/* Takes NUMBER, one of COUNT in BARE, as the value that TEXT states; none where it is NULL or what stands about it
   makes it doubtful. BARE is TEXT, or TEXT without its remarks. */
static void take_number(const struct quantities *quantities, struct text text, struct text bare,
                        const struct number *number, size_t count, struct quantity *quantity) {
    bool mixed = (count > 0 && pattern_match(quantities->mixed, bare, 0, NULL)) ||
                 pattern_match(quantities->suspect, bare, 0, NULL);
    quantity->several = mixed || (count > 1 && number == NULL);
    if (number == NULL || mixed)
        return;
    quantity->has_value = true;
    quantity->value = number->value;
    quantity->unit = in_original(text, number->unit);
    quantity->lead = in_original(text, text_trim(number->before));
    quantity->counted = number->counted;
}

void quantities_read_target(struct quantities *quantities, struct text kpi, struct text text,
                            struct quantity *quantity) {
    struct number numbers[MAX_NUMBERS];
    *quantity = (struct quantity){.op = ""};
    struct text bare = pattern_blank_out(quantities->bracket, text, &quantities->target);
    size_t count = find_numbers(quantities, bare, numbers);
    quantity->remark = count == 0;
    if (quantity->remark) {
        bare = text;
        count = find_numbers(quantities, bare, numbers);
    }
    const struct number *number = main_number(numbers, count);
    take_number(quantities, text, bare, number, count, quantity);
    if (!quantity->has_value)
        return;
    quantity->each = is_of_each(numbers, count, number);
    const char *op = find_operator(quantities, number->words);
    if (op[0] == '\0')
        op = find_operator(quantities, number->after);
    unit_from_kpi(quantities, kpi, quantity);
    if (op[0] == '\0')
        op = operator_from_kpi(quantities, kpi, quantity->value);
    quantity->unknown_op = op[0] == '?';
    quantity->op = op[0] == '\0' ? "=" : quantity->unknown_op ? "" : op;
}

static bool same_letters(struct text a, struct text b) {
    struct letters x = {0};
    struct letters y = {0};
    letters_of(&x, a);
    letters_of(&y, b);
    bool same = letters_distance(&x, &y, 0) == 0;
    letters_free(&x);
    letters_free(&y);
    return same;
}

/* UNIT without the words for «a year». */
static struct text without_year(const struct quantities *quantities, struct text unit) {
    struct match match;
    if (pattern_match(quantities->yearly, unit, 0, &match))
        unit.len = match.start;
    return unit;
}

bool quantities_same_unit(const struct quantities *quantities, struct text a, struct text b) {
    return same_letters(without_year(quantities, a), without_year(quantities, b));
}

/* The only one of the numbers whose unit is UNIT, or of several the only one in all; NULL when there is none. */
static const struct number *number_of_unit(const struct quantities *quantities, const struct number *numbers,
                                           size_t count, struct text unit) {
    const struct number *number = NULL;
    size_t same = 0;
    size_t totals = 0;
    for (size_t i = 0; i < count; i++) {
        if (!quantities_same_unit(quantities, numbers[i].unit, unit))
            continue;
        if (number == NULL || numbers[i].total)
            number = &numbers[i];
        same++;
        totals += numbers[i].total;
    }
    return same == 1 || totals == 1 ? number : NULL;
}

void quantities_read_result(struct quantities *quantities, struct text text, const struct quantity *target,
                            struct quantity *quantity) {
    struct number numbers[MAX_NUMBERS];
    *quantity = (struct quantity){.op = ""};
    if (pattern_match(quantities->pending, text, 0, NULL))
        return;
    struct text bare = pattern_blank_out(quantities->bracket, text, &quantities->result);
    size_t count = find_numbers(quantities, bare, numbers);
    if (count == 0 && target->has_value && target->remark) {
        bare = text;
        count = find_numbers(quantities, bare, numbers);
    }
    const struct number *number = count == 1 ? &numbers[0] : NULL;
    if (count > 1 && count < MAX_NUMBERS && target->has_value && target->unit.len > 0)
        number = number_of_unit(quantities, numbers, count, target->unit);
    take_number(quantities, text, bare, number, count, quantity);
}

bool quantities_is_plain_result(const struct quantities *quantities, const struct quantity *target,
                                const struct quantity *result) {
    return result->counted || pattern_match(quantities->lead, result->lead, 0, NULL) ||
           same_letters(target->lead, result->lead);
}

static bool reaches(const struct quantity *target, struct decimal value) {
    int order = decimal_compare(value, target->value);
    if (target->op[0] == '<')
        return order <= 0;
    if (target->op[0] == '>' && target->op[1] == '\0')
        return order > 0;
    return order >= 0;
}

const char *quantities_status(struct quantities *quantities, struct text target_text,
                              const struct quantity *target, struct text result_text,
                              const struct quantity *result) {
    if (pattern_match(quantities->blank, result_text, 0, NULL))
        return "none";
    if (pattern_match(quantities->pending, result_text, 0, NULL))
        return "pending";
    if (target->has_value && result->has_value) {
        bool comparable = target->unit.len == 0 || result->unit.len == 0 ||
                          quantities_same_unit(quantities, target->unit, result->unit);
        if (!comparable || target->unknown_op || !quantities_is_plain_result(quantities, target, result) ||
            pattern_match(quantities->doubt, result_text, 0, NULL))
            return "unknown";
        return reaches(target, result->value) ? "met" : "missed";
    }
    if (!target->has_value && same_letters(target_text, result_text))
        return "met";
    return "unknown";
}
