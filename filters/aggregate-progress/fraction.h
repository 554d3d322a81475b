/*
 * Exact fractions of whole numbers in 128 bits: sums of means whose divisors differ.
 *
 * Every operation is exact or says that it overflowed; nothing is rounded before fraction_round().
 */
#ifndef FRACTION_H
#define FRACTION_H

#include "decimal.h"

__extension__ typedef __int128 fraction_int;

struct fraction {
    fraction_int numerator;
    fraction_int denominator; /* above 0: begin with FRACTION_ZERO, not with all bits zero */
};

#define FRACTION_ZERO ((struct fraction){0, 1})

/* UNITS times 10 to the power of -SCALE, divided by DIVISOR (SCALE 0 or more, DIVISOR above 0). */
struct fraction fraction_of(int64_t units, int scale, int64_t divisor);

/* 10 to the power of EXPONENT, 0 to 38. */
fraction_int fraction_power(int exponent);

/* Each returns false on overflow, and then leaves *RESULT alone. */
bool fraction_add(struct fraction a, struct fraction b, struct fraction *result);
bool fraction_subtract(struct fraction a, struct fraction b, struct fraction *result);

/* A / B; false when B is 0 too. */
bool fraction_divide(struct fraction a, struct fraction b, struct fraction *result);

/* Negative, 0 or positive; exact for all fractions. */
int fraction_compare(struct fraction a, struct fraction b);

/* Rounds half away from zero («half up» for what is not negative) to DIGITS places; false on overflow. */
bool fraction_round(struct fraction value, int digits, struct decimal *result);

/* The same, cut instead of rounded. */
bool fraction_cut(struct fraction value, int digits, struct decimal *result);

#endif
