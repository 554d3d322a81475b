/*
 * Exact decimals: a whole number of units and how many digits stand behind the point.
 *
 * Every operation is exact or says that it overflowed; nothing passes through binary floating point.
 */
#ifndef DECIMAL_H
#define DECIMAL_H

#include "buffer.h"

struct decimal {
    int64_t units; /* the value times 10 to the power of scale */
    int scale;     /* digits behind the point, 0 to DECIMAL_MAX_SCALE */
};

#define DECIMAL_MAX_SCALE 12

/* Longest text of a decimal, with sign, point and ending NUL. */
#define DECIMAL_TEXT 32

/* Reads digits with an optional sign and a point; commas between digits of the whole part are thousands'
   separators and must part groups of three (the first of one to three). False when TEXT is anything else or
   too large. */
bool decimal_parse(struct text text, struct decimal *value);

/* The shortest text: no trailing zeros behind the point. Returns TEXT, filled. */
const char *decimal_format(struct decimal value, char text[DECIMAL_TEXT]);

/* The same with exactly DIGITS digits behind the point, which must be at least those the value has. */
const char *decimal_format_fixed(struct decimal value, int digits, char text[DECIMAL_TEXT]);

void decimal_append(struct buffer *buffer, struct decimal value);

/* Each returns false on overflow, and then leaves *RESULT alone. */
bool decimal_add(struct decimal a, struct decimal b, struct decimal *result);
bool decimal_subtract(struct decimal a, struct decimal b, struct decimal *result);
bool decimal_multiply(struct decimal a, struct decimal b, struct decimal *result);

/* A / B, rounded half away from zero to DIGITS places. False when B is 0 or on overflow. */
bool decimal_divide(struct decimal a, struct decimal b, int digits, struct decimal *result);

/* Rounds half away from zero («half up» for what is not negative) to DIGITS places. */
struct decimal decimal_round(struct decimal value, int digits);

/* Negative, 0 or positive. */
int decimal_compare(struct decimal a, struct decimal b);

struct decimal decimal_of(int64_t whole);

#endif
