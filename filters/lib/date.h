/*
 * Dates of the proleptic Gregorian calendar, as exact as they are known, and days between them.
 *
 * Years are of the Christian era; the Buddhist era (BE) counts 543 more. The day counts follow the algorithm
 * in Howard Hinnant, «chrono-Compatible Low-Level Date Algorithms» (2013).
 */
#ifndef DATE_H
#define DATE_H

#include "buffer.h"

struct date {
    int year;  /* Christian era; 0: unknown */
    int month; /* 1–12; 0: unknown */
    int day;   /* 1–31; 0: unknown */
};

#define DATE_BUDDHIST_ERA 543

/* Longest text of a date with its ending NUL. */
#define DATE_TEXT 16

/* Whether what is known of the date can be: a month of 1–12, a day that the month has. */
bool date_valid(struct date date);

/* Reads ISO 8601: 2024-08-03, 2024-08 or 2024. False for anything else and for a day that is none. */
bool date_parse(struct text text, struct date *date);

/* ISO 8601, as exact as known; empty for an unknown year. Returns TEXT, filled. */
const char *date_format(struct date date, char text[DATE_TEXT]);

/* The first and the last day of what is meant: 2024-02 is 2024-02-01 and 2024-02-29. */
struct date date_first_day(struct date date);
struct date date_last_day(struct date date);

/* Days from 1970-01-01 to the date, which must have all three parts. */
int64_t date_days(struct date date);

/* Negative, 0 or positive; compares the first days of what is meant. */
int date_compare(struct date a, struct date b);

#endif
