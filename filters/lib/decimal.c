/* Exact decimals; see decimal.h. Products and comparisons pass through 128 bits. */
#include "decimal.h"

#include <stdio.h>
#include <string.h>

__extension__ typedef __int128 wide;

static const int64_t powers[19] = {
    1,
    10,
    100,
    1000,
    10000,
    100000,
    1000000,
    10000000,
    100000000,
    1000000000,
    10000000000,
    100000000000,
    1000000000000,
    10000000000000,
    100000000000000,
    1000000000000000,
    10000000000000000,
    100000000000000000,
    1000000000000000000,
};

static struct decimal shorten(struct decimal value) {
    while (value.scale > 0 && value.units % 10 == 0) {
        value.units /= 10;
        value.scale--;
    }
    return value;
}

bool decimal_parse(struct text text, struct decimal *value) {
    size_t at = 0;
    bool negative = false;
    if (at < text.len && (text.data[at] == '-' || text.data[at] == '+'))
        negative = text.data[at++] == '-';

    struct decimal parsed = {0, 0};
    size_t digits = 0;
    size_t group = 0; /* digits since the last comma */
    bool grouped = false;
    bool point = false;
    for (; at < text.len; at++) {
        char c = text.data[at];
        if (c == ',' && !point) {
            if (group == 0 || group > 3 || (grouped && group != 3))
                return false;
            grouped = true;
            group = 0;
        } else if (c == '.' && !point) {
            if (digits == 0 || (grouped && group != 3))
                return false;
            point = true;
        } else if (char_is_digit(c)) {
            if (point && parsed.scale == DECIMAL_MAX_SCALE) {
                if (c != '0')
                    return false;
                continue;
            }
            if (__builtin_mul_overflow(parsed.units, 10, &parsed.units) ||
                __builtin_add_overflow(parsed.units, c - '0', &parsed.units))
                return false;
            digits++;
            group++;
            parsed.scale += point;
        } else {
            return false;
        }
    }
    if (digits == 0 || (point && parsed.scale == 0) || (grouped && !point && group != 3))
        return false;
    if (negative)
        parsed.units = -parsed.units;
    *value = shorten(parsed);
    return true;
}

static const char *format_parts(struct decimal value, char text[DECIMAL_TEXT]) {
    uint64_t units = value.units < 0 ? 0 - (uint64_t)value.units : (uint64_t)value.units;
    uint64_t power = (uint64_t)powers[value.scale];
    const char *sign = value.units < 0 ? "-" : "";
    if (value.scale == 0)
        snprintf(text, DECIMAL_TEXT, "%s%llu", sign, (unsigned long long)units);
    else
        snprintf(text, DECIMAL_TEXT, "%s%llu.%0*llu", sign, (unsigned long long)(units / power), value.scale,
                 (unsigned long long)(units % power));
    return text;
}

const char *decimal_format(struct decimal value, char text[DECIMAL_TEXT]) {
    return format_parts(shorten(value), text);
}

const char *decimal_format_fixed(struct decimal value, int digits, char text[DECIMAL_TEXT]) {
    value = shorten(value);
    format_parts(value, text);
    size_t len = strlen(text);
    if (digits > 0 && value.scale == 0)
        text[len++] = '.';
    for (int i = value.scale; i < digits && len < DECIMAL_TEXT - 1; i++)
        text[len++] = '0';
    text[len] = '\0';
    return text;
}

void decimal_append(struct buffer *buffer, struct decimal value) {
    char text[DECIMAL_TEXT];
    buffer_append_text(buffer, text_of(decimal_format(value, text)));
}

/* Brings WIDE units at SCALE into a decimal, dropping zeros at the end; false when they do not fit. */
static bool narrow(wide units, int scale, struct decimal *result) {
    while (scale > 0 && units % 10 == 0) {
        units /= 10;
        scale--;
    }
    if (scale > DECIMAL_MAX_SCALE || units > INT64_MAX || units < -(wide)INT64_MAX)
        return false;
    *result = (struct decimal){(int64_t)units, scale};
    return true;
}

static void align(struct decimal a, struct decimal b, wide *a_units, wide *b_units, int *scale) {
    *scale = a.scale > b.scale ? a.scale : b.scale;
    *a_units = (wide)a.units * powers[*scale - a.scale];
    *b_units = (wide)b.units * powers[*scale - b.scale];
}

bool decimal_add(struct decimal a, struct decimal b, struct decimal *result) {
    wide x;
    wide y;
    int scale;
    align(a, b, &x, &y, &scale);
    return narrow(x + y, scale, result);
}

bool decimal_subtract(struct decimal a, struct decimal b, struct decimal *result) {
    wide x;
    wide y;
    int scale;
    align(a, b, &x, &y, &scale);
    return narrow(x - y, scale, result);
}

bool decimal_multiply(struct decimal a, struct decimal b, struct decimal *result) {
    return narrow((wide)a.units * b.units, a.scale + b.scale, result);
}

static wide divide_half_up(wide numerator, wide denominator) {
    if (denominator < 0) {
        numerator = -numerator;
        denominator = -denominator;
    }
    wide half = denominator / 2;
    if (numerator >= 0)
        return numerator / denominator + (numerator % denominator > denominator - half - 1 ? 1 : 0);
    return -(-numerator / denominator + (-numerator % denominator > denominator - half - 1 ? 1 : 0));
}

bool decimal_divide(struct decimal a, struct decimal b, int digits, struct decimal *result) {
    if (b.units == 0 || digits < 0 || digits > DECIMAL_MAX_SCALE)
        return false;
    a = shorten(a);
    b = shorten(b);
    /* a / b = a.units / b.units * 10^(b.scale - a.scale); times 10^digits to keep the places. */
    int shift = digits + b.scale - a.scale;
    wide numerator = a.units;
    wide denominator = b.units;
    for (; shift > 0; shift--) {
        if (__builtin_mul_overflow(numerator, 10, &numerator))
            return false;
    }
    for (; shift < 0; shift++) {
        if (__builtin_mul_overflow(denominator, 10, &denominator))
            return false;
    }
    return narrow(divide_half_up(numerator, denominator), digits, result);
}

struct decimal decimal_round(struct decimal value, int digits) {
    if (value.scale <= digits)
        return value;
    wide units = divide_half_up(value.units, powers[value.scale - digits]);
    return shorten((struct decimal){(int64_t)units, digits});
}

int decimal_compare(struct decimal a, struct decimal b) {
    wide x;
    wide y;
    int scale;
    align(a, b, &x, &y, &scale);
    return (x > y) - (x < y);
}

struct decimal decimal_of(int64_t whole) {
    return (struct decimal){whole, 0};
}
