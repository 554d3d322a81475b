/* Exact fractions; see fraction.h. Sums are reduced only where their denominators differ. */
#include "fraction.h"

fraction_int fraction_power(int exponent) {
    fraction_int power = 1;
    for (int i = 0; i < exponent; i++)
        power *= 10;
    return power;
}

struct fraction fraction_of(int64_t units, int scale, int64_t divisor) {
    return (struct fraction){units, fraction_power(scale) * divisor};
}

static fraction_int common_divisor(fraction_int a, fraction_int b) {
    if (a < 0)
        a = -a;
    while (b != 0) {
        fraction_int rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static struct fraction reduce(struct fraction value) {
    fraction_int divisor = common_divisor(value.numerator, value.denominator);
    if (divisor > 1) {
        value.numerator /= divisor;
        value.denominator /= divisor;
    }
    return value;
}

bool fraction_add(struct fraction a, struct fraction b, struct fraction *result) {
    struct fraction sum = {0, a.denominator};
    if (a.denominator == b.denominator) {
        if (__builtin_add_overflow(a.numerator, b.numerator, &sum.numerator))
            return false;
        *result = sum;
        return true;
    }
    a = reduce(a);
    b = reduce(b);
    fraction_int divisor = common_divisor(a.denominator, b.denominator);
    fraction_int a_factor = b.denominator / divisor;
    fraction_int b_factor = a.denominator / divisor;
    if (__builtin_mul_overflow(a.denominator, a_factor, &sum.denominator) ||
        __builtin_mul_overflow(a.numerator, a_factor, &a.numerator) ||
        __builtin_mul_overflow(b.numerator, b_factor, &b.numerator) ||
        __builtin_add_overflow(a.numerator, b.numerator, &sum.numerator))
        return false;
    *result = reduce(sum);
    return true;
}

bool fraction_subtract(struct fraction a, struct fraction b, struct fraction *result) {
    fraction_int negated;
    if (__builtin_sub_overflow((fraction_int)0, b.numerator, &negated))
        return false;
    return fraction_add(a, (struct fraction){negated, b.denominator}, result);
}

bool fraction_divide(struct fraction a, struct fraction b, struct fraction *result) {
    if (b.numerator == 0)
        return false;
    a = reduce(a);
    b = reduce(b);
    if (b.numerator < 0) {
        a.numerator = -a.numerator;
        b.numerator = -b.numerator;
    }
    /* Crosswise, so that the products are as small as they can be. */
    struct fraction left = reduce((struct fraction){a.numerator, b.numerator});
    struct fraction right = reduce((struct fraction){b.denominator, a.denominator});
    struct fraction quotient;
    if (__builtin_mul_overflow(left.numerator, right.numerator, &quotient.numerator) ||
        __builtin_mul_overflow(left.denominator, right.denominator, &quotient.denominator))
        return false;
    *result = quotient;
    return true;
}

/* The largest whole number that is not above the value. */
static fraction_int floor_of(struct fraction value) {
    fraction_int whole = value.numerator / value.denominator;
    return whole - (value.numerator % value.denominator < 0);
}

/* By continued fractions: whole parts first, then the rests turned over. No product, so no overflow. */
int fraction_compare(struct fraction a, struct fraction b) {
    int sign = 1;
    if (a.denominator == b.denominator)
        return (a.numerator > b.numerator) - (a.numerator < b.numerator);
    for (;;) {
        fraction_int a_whole = floor_of(a);
        fraction_int b_whole = floor_of(b);
        if (a_whole != b_whole)
            return a_whole > b_whole ? sign : -sign;
        fraction_int a_rest = a.numerator - a_whole * a.denominator;
        fraction_int b_rest = b.numerator - b_whole * b.denominator;
        if (a_rest == 0 || b_rest == 0)
            return a_rest == b_rest ? 0 : a_rest != 0 ? sign : -sign;
        a = (struct fraction){a.denominator, a_rest};
        b = (struct fraction){b.denominator, b_rest};
        sign = -sign;
    }
}

/* The value in units of 10 to the power of -DIGITS: the whole part, and the rest as a fraction below 1. */
static bool scale_up(struct fraction value, int digits, fraction_int *units, struct fraction *rest) {
    if (value.denominator <= 0)
        return false;
    value = reduce(value);
    *units = value.numerator / value.denominator;
    fraction_int remainder = value.numerator % value.denominator;
    for (int i = 0; i < digits; i++) {
        if (__builtin_mul_overflow(remainder, 10, &remainder) || __builtin_mul_overflow(*units, 10, units) ||
            __builtin_add_overflow(*units, remainder / value.denominator, units))
            return false;
        remainder %= value.denominator;
    }
    *rest = (struct fraction){remainder, value.denominator};
    return true;
}

static bool to_decimal(fraction_int units, int digits, struct decimal *result) {
    while (digits > 0 && units % 10 == 0) {
        units /= 10;
        digits--;
    }
    if (units > INT64_MAX || units < -(fraction_int)INT64_MAX)
        return false;
    *result = (struct decimal){(int64_t)units, digits};
    return true;
}

bool fraction_round(struct fraction value, int digits, struct decimal *result) {
    fraction_int units;
    struct fraction rest;
    if (!scale_up(value, digits, &units, &rest))
        return false;
    fraction_int size = rest.numerator < 0 ? -rest.numerator : rest.numerator;
    if (size >= rest.denominator - size)
        units += rest.numerator < 0 ? -1 : 1;
    return to_decimal(units, digits, result);
}

bool fraction_cut(struct fraction value, int digits, struct decimal *result) {
    fraction_int units;
    struct fraction rest;
    return scale_up(value, digits, &units, &rest) && to_decimal(units, digits, result);
}
