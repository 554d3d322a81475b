/* Dates; see date.h. */
#include "date.h"

#include <stdio.h>

static int month_days(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

bool date_valid(struct date date) {
    if (date.month < 0 || date.month > 12 || date.day < 0)
        return false;
    if (date.day == 0)
        return true;
    if (date.month == 0)
        return false;
    /* Without a year, 29 February may be. */
    return date.day <= month_days(date.year > 0 ? date.year : 2000, date.month);
}

static bool read_digits(struct text text, size_t at, size_t count, int *value) {
    *value = 0;
    for (size_t i = at; i < at + count; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
        *value = *value * 10 + (text.data[i] - '0');
    }
    return true;
}

bool date_parse(struct text text, struct date *date) {
    struct date parsed = {0, 0, 0};
    if (text.len != 4 && text.len != 7 && text.len != 10)
        return false;
    if (!read_digits(text, 0, 4, &parsed.year) || parsed.year == 0)
        return false;
    if (text.len >= 7 &&
        (text.data[4] != '-' || !read_digits(text, 5, 2, &parsed.month) || parsed.month == 0))
        return false;
    if (text.len == 10 && (text.data[7] != '-' || !read_digits(text, 8, 2, &parsed.day) || parsed.day == 0))
        return false;
    if (!date_valid(parsed))
        return false;
    *date = parsed;
    return true;
}

const char *date_format(struct date date, char text[DATE_TEXT]) {
    if (date.year <= 0 || date.year > 9999)
        text[0] = '\0';
    else if (date.month == 0)
        snprintf(text, DATE_TEXT, "%04d", date.year);
    else if (date.day == 0)
        snprintf(text, DATE_TEXT, "%04d-%02d", date.year, date.month % 100);
    else
        snprintf(text, DATE_TEXT, "%04d-%02d-%02d", date.year, date.month % 100, date.day % 100);
    return text;
}

struct date date_first_day(struct date date) {
    return (struct date){date.year, date.month > 0 ? date.month : 1, date.day > 0 ? date.day : 1};
}

struct date date_last_day(struct date date) {
    int month = date.month > 0 ? date.month : 12;
    return (struct date){date.year, month, date.day > 0 ? date.day : month_days(date.year, month)};
}

int64_t date_days(struct date date) {
    int64_t year = date.month <= 2 ? date.year - 1 : date.year;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

int date_compare(struct date a, struct date b) {
    int64_t x = date_days(date_first_day(a));
    int64_t y = date_days(date_first_day(b));
    return (x > y) - (x < y);
}
