/*
 * Periods; see period.h.
 *
 * The text is walked from date to date. What stands between two dates says whether they are the ends of one range (a
 * dash, «to», «ends on», nothing at all) or begin another (and, a comma, other words).
 */
#include "period.h"

#include <stdlib.h>
#include <string.h>

#include "diagnostics.h"
#include "utf8.h"

#define MAX_DATES 64

struct month_name {
    int month;
    char *name;
};

struct calendar {
    struct month_name *months;
    size_t month_count;
    size_t month_cap;
    struct pattern *date;          /* [day [- day]] month [year] */
    struct pattern *numeric;       /* 3/8/2567 */
    struct pattern *years;         /* years alone */
    const struct pattern *garbled; /* digits with letters among them */
    const struct pattern *open_end;
    const struct pattern *open_start;
    const struct pattern *ends_at;     /* right before a date that is an end */
    const struct pattern *joined;      /* what may stand between the ends of a range */
    const struct pattern *joins_next;  /* text that ends as what stands before a range's second end */
    const struct pattern *joins_last;  /* text that begins as what stands behind a range's first end */
    const struct pattern *number_next; /* the same with a number before the joint, or behind it */
    const struct pattern *number_last;
    const struct pattern *other_digits; /* digits that are of no date: a length, a year, an item's number */
    const struct pattern *cut_year;     /* digits behind a month that are no year */
    const struct pattern *cut_day;      /* a text that ends with a day: its month is on the next line */
};

/* A date as found, and where. */
struct found_date {
    size_t start; /* bytes */
    size_t end;
    struct date date;
    bool lost; /* a date stands here, but it cannot be read; its year is 0 */
};

static size_t count_points(struct text text) {
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += text.data[i] == '.';
    return count;
}

static void escape(struct buffer *buffer, struct text text) {
    /* The last point may be missing; without the others two letters could stand in the middle of a word. So could those
       of a name with one point, which is none without it but before a year. */
    bool one = count_points(text) == 1;
    if (one)
        buffer_append_text(buffer, TEXT("(?<![\\p{L}\\p{M}])"));
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] != '.')
            buffer_append_char(buffer, text.data[i]);
        else if (one)
            buffer_append_text(buffer,
                               TEXT("(?:\\.\\s*|(?=\\s*(?:พ\\.?\\s*ศ\\.?\\s*)?(?:25)?\\d\\d(?!\\d)))"));
        else
            buffer_append_text(buffer, i + 1 == text.len ? TEXT("\\.?") : TEXT("[.,:·]{1,2}\\s*"));
    }
}

static void read_months(struct calendar *calendar, struct profile *profile) {
    struct table_reader *reader = profile_table(profile, "months.csv");
    size_t month_at = table_require_column(reader, "month");
    size_t name_at = table_require_column(reader, "name");
    struct table_row row;
    while (table_read(reader, &row)) {
        int month = 0;
        for (size_t i = 0; i < row.fields[month_at].len; i++)
            month = month * 10 + (row.fields[month_at].data[i] - '0');
        if (month < 1 || month > 12)
            die_at(table_name(reader), row.line, "'%.*s' is no month", (int)row.fields[month_at].len,
                   row.fields[month_at].data);
        calendar->months = memory_reserve(calendar->months, &calendar->month_cap, calendar->month_count + 1,
                                          sizeof *calendar->months);
        calendar->months[calendar->month_count++] =
            (struct month_name){month, text_copy(row.fields[name_at])};
    }
    table_close(reader);
}

/* What a date begins with, looked at ahead of all else: a digit, or the first letter of a month. */
static void append_beginning(struct buffer *source, const struct calendar *calendar) {
    buffer_append_text(source, TEXT("(?=[\\d"));
    for (size_t i = 0; i < calendar->month_count; i++) {
        struct text name = text_of(calendar->months[i].name);
        buffer_append(source, name.data, utf8_sequence(name.data, name.len));
    }
    buffer_append_text(source, TEXT("])"));
}

/* The pattern of a date, with a group (m1 to m12) for each month. Behind a word or a dash that a date follows (the group
   `begins`) a day may have a point, a comma, or the word for month apart from it. */
static void compile_date(struct calendar *calendar) {
    struct buffer source = {0};
    append_beginning(&source, calendar);
    buffer_append_text(
        &source, TEXT("(?:(?<![\\d/])(?<!\\d[.,])(?<!ครั้งที่)(?<!ครั้งที่ )(?<!งวดที่)(?<!งวดที่ )(?<!ระยะที่)(?<!ระยะที่ "
                      ")(?:(?<from>\\d{1,2})(?:\\s*,\\s*\\d{1,2})*\\s*(?:[-‐-―−,]|และ|ถึง(?:\\s*วันที่)?)\\s*)?"
                      "(?:(?=\\d{1,2}(?:[.,]|\\s*เดือน\\s))(?<begins>(?<=วันที่|วันที่\\s|ตั้งแต่|ตั้งแต่\\s|เริ่ม|เริ่ม\\s|"
                      "ถึง|ถึง\\s|[-‐-―−~]|[-‐-―−~]\\s)))?"
                      "(?<day>\\d{1,2})(?:\\s*\\)?\\s*(?:เดือน)?|-|(?(<begins>)(?:[.,]|\\s*เดือน\\s)\\s*|(?!)))"
                      ")?(?<months>"));
    for (int month = 1; month <= 12; month++) {
        buffer_printf(&source, "%s(?<m%d>", month > 1 ? "|" : "", month);
        bool first = true;
        for (size_t i = 0; i < calendar->month_count; i++) {
            if (calendar->months[i].month != month)
                continue;
            if (!first)
                buffer_append_char(&source, '|');
            first = false;
            escape(&source, text_of(calendar->months[i].name));
        }
        buffer_append_char(&source, ')');
    }
    buffer_append_text(&source, TEXT(")(?:(?:-(?=25\\d\\d)|\\s*)(?:พ\\.?\\s*ศ\\.?\\s*)?(?<year>(?:2[45]|20|"
                                     "19)\\d\\d|\\d\\d(?!\\s*(?&months)))(?![\\d,.]*\\d))?"));
    calendar->date = pattern_compile(buffer_text(&source), "months.csv", 0);
    buffer_free(&source);
}

struct calendar *calendar_open(struct profile *profile) {
    struct calendar *calendar = memory_zeroed(1, sizeof *calendar);
    read_months(calendar, profile);
    compile_date(calendar);
    calendar->numeric = pattern_compile(
        TEXT("(?<!\\d)(?<day>\\d{1,2})/(?<month>\\d{1,2})/(?<year>(?:2[45]|20|19)\\d\\d|\\d\\d)(?!\\d)"),
        "period", 0);
    calendar->years = pattern_compile(
        TEXT("^(?:ตลอด(?:ทั้ง)?)?(?:ปี)?\\s*(?<fiscal>งบประมาณ)?\\s*(?:พ\\.ศ\\.)?\\s*(?<year>25\\d\\d)(?:"
             "\\s*[-‐-―−]\\s*(?<last>25\\d\\d))?$"),
        "period", 0);
    calendar->garbled = profile_pattern(profile, "date-garbled");
    calendar->joined = profile_pattern(profile, "range-joint");
    calendar->joins_next = profile_pattern(profile, "range-joins-next");
    calendar->joins_last = profile_pattern(profile, "range-joins-last");
    calendar->number_next = profile_pattern(profile, "range-number-next");
    calendar->number_last = profile_pattern(profile, "range-number-last");
    calendar->other_digits = profile_pattern(profile, "period-other-digits");
    calendar->cut_day = profile_pattern(profile, "period-cut-day");
    calendar->cut_year = profile_pattern(profile, "period-cut-year");
    calendar->open_end = profile_pattern(profile, "period-open-end");
    calendar->open_start = profile_pattern(profile, "period-open-start");
    calendar->ends_at = profile_pattern(profile, "period-ends-at");
    return calendar;
}

void calendar_close(struct calendar *calendar) {
    for (size_t i = 0; i < calendar->month_count; i++)
        free(calendar->months[i].name);
    free(calendar->months);
    pattern_free(calendar->date);
    pattern_free(calendar->numeric);
    pattern_free(calendar->years);
    free(calendar);
}

/* The year of the Christian era that is meant; 0 when none is printed. */
static int christian_year(struct text digits) {
    int year = text_number(digits);
    if (digits.len == 0)
        return 0;
    if (year < 100)
        return 2500 + year - DATE_BUDDHIST_ERA;
    return year >= 2400 ? year - DATE_BUDDHIST_ERA : year;
}

static int matched_month(const struct match *match) {
    for (int month = 1; month <= 12; month++) {
        char name[4] = {'m', (char)('0' + month % 10), '\0', '\0'};
        if (month >= 10) {
            name[1] = '1';
            name[2] = (char)('0' + month - 10);
        }
        if (match_group(match, name).data != NULL)
            return month;
    }
    return 0;
}

/* Adds the date or dates of MATCH; `26 - 27 August 2567` are two. Returns the new count. */
static size_t add_match(struct found_date *dates, size_t count, const struct match *match) {
    struct date date = {christian_year(match_group(match, "year")), matched_month(match),
                        text_number(match_group(match, "day"))};
    struct text from = match_group(match, "from");
    bool lost = date.day == 0 && match_group(match, "day").len > 0;
    if (lost)
        date = (struct date){0};
    if (from.data != NULL && count < MAX_DATES) {
        struct date first = {date.year, date.month, text_number(from)};
        dates[count++] = (struct found_date){.date = first, .start = match->start, .end = match->start};
    }
    if (count < MAX_DATES)
        dates[count++] =
            (struct found_date){.start = match->start, .end = match->end, .date = date, .lost = lost};
    return count;
}

static int by_start(const void *a, const void *b) {
    const struct found_date *x = a;
    const struct found_date *y = b;
    return x->start != y->start ? (x->start > y->start) - (x->start < y->start)
                                : (x->end > y->end) - (x->end < y->end);
}

static size_t find_dates(struct calendar *calendar, struct text text, struct found_date *dates) {
    size_t count = 0;
    size_t at = 0;
    struct match match;
    while (count < MAX_DATES && pattern_match(calendar->date, text, at, &match)) {
        count = add_match(dates, count, &match);
        at = match.end;
    }
    for (at = 0; count < MAX_DATES && pattern_match(calendar->numeric, text, at, &match); at = match.end)
        dates[count++] = (struct found_date){.date = {christian_year(match_group(&match, "year")),
                                                      text_number(match_group(&match, "month")),
                                                      text_number(match_group(&match, "day"))},
                                             .start = match.start,
                                             .end = match.end};
    qsort(dates, count, sizeof *dates, by_start);
    return count;
}

/* Whether TEXT, which stands beside dates, has a digit that is of nothing known. */
static bool has_other_digits(const struct calendar *calendar, struct text text) {
    size_t at = 0;
    for (size_t digit; (digit = text_find_digit(text, at)) < text.len;) {
        struct match match;
        if (!pattern_match(calendar->other_digits, text, at, &match) || digit < match.start)
            return true;
        at = match.end;
    }
    return false;
}

/* Puts a date that is lost between dates I - 1 and I, at PLACE; without room nothing is put. */
static size_t insert_lost(struct found_date *dates, size_t count, size_t i, size_t place) {
    if (count == MAX_DATES)
        return count;
    memmove(dates + i + 1, dates + i, (count - i) * sizeof *dates);
    dates[i] = (struct found_date){.start = place, .end = place, .lost = true};
    return count + 1;
}

/* Looks between the dates for what is left of others: digits that are of nothing known. The date that they are of is
   lost, be it the one before, whose year they are, or one that a dash or a word joins to its neighbour. Returns the
   new count. */
static size_t find_lost(const struct calendar *calendar, struct text text, struct found_date *dates,
                        size_t count, struct period *period) {
    for (size_t i = 0; i <= count; i++) {
        size_t start = i > 0 ? dates[i - 1].end : 0;
        size_t end = i < count ? dates[i].start : text.len;
        struct text gap = {text.data + start, end > start ? end - start : 0};
        struct match match;
        period->doubtful |= i > 0 && dates[i - 1].lost;
        if (i > 0 && !dates[i - 1].lost && dates[i - 1].date.year == 0 &&
            pattern_match(calendar->cut_year, gap, 0, &match)) {
            dates[i - 1] =
                (struct found_date){.start = dates[i - 1].start, .end = start + match.end, .lost = true};
            period->doubtful = true;
            gap = text_skip(gap, match.end);
            start += match.end;
        }
        bool others = has_other_digits(calendar, gap);
        const struct pattern *next_joint = others ? calendar->joins_next : calendar->number_next;
        const struct pattern *last_joint = others ? calendar->joins_last : calendar->number_last;
        bool next = i < count && pattern_match(next_joint, gap, 0, NULL);
        bool last = !next && i > 0 && pattern_match(last_joint, gap, 0, NULL);
        period->doubtful |= others || next || last;
        if (next || last) {
            count = insert_lost(dates, count, i, next ? end : start);
            i++;
        }
    }
    return count;
}

/* The year of DATE becomes YEAR where it has none, or YEAR that of DATE. */
static void fill_year(struct found_date *date, int *year) {
    if (date->lost)
        *year = 0;
    else if (date->date.year > 0)
        *year = date->date.year;
    else
        date->date.year = *year;
}

/* A missing year is taken from the next date that has one, else from the one before; not beyond a date that is lost. */
static void fill_years(struct found_date *dates, size_t count) {
    int year = 0;
    for (size_t i = count; i-- > 0;)
        fill_year(&dates[i], &year);
    year = 0;
    for (size_t i = 0; i < count; i++)
        fill_year(&dates[i], &year);
}

static bool is_later(struct date a, struct date b) {
    return a.year > 0 && (b.year == 0 || date_compare(date_last_day(a), date_last_day(b)) > 0);
}

static void take_end(struct period *period, struct date end, struct date lost) {
    if (is_later(end, period->end))
        period->end = end;
    if (is_later(lost, period->lost_end))
        period->lost_end = lost;
    if (period->lost_end.year > 0 && !is_later(period->end, period->lost_end))
        period->end = (struct date){0};
}

/* What is known of a date that cannot be: its month, or its year. Nothing of one that can be. */
static struct date about(struct date date) {
    struct date month = {date.year, date.month, 0};
    if (date_valid(date))
        return (struct date){0};
    return date_valid(month) ? month : (struct date){date.year, 0, 0};
}

static void add_range(struct period *period, struct date start, struct date end) {
    struct date none = {0};
    bool start_known = start.year > 0 && date_valid(start);
    bool end_known = end.year > 0 && date_valid(end);
    if (period->start.year == 0 && start_known && !period->start_lost)
        period->start = start;
    period->start_lost |= period->ranges == 0 && !start_known;
    take_end(period, end_known ? end : none, about(end));
    period->ranges += start_known || end_known;
}

/* Years alone; a fiscal year begins in October of the year before. */
static bool read_years(struct calendar *calendar, struct text text, struct period *period) {
    struct match match;
    if (!pattern_match(calendar->years, text, 0, &match))
        return false;
    struct text last = match_group(&match, "last");
    struct date start = {christian_year(match_group(&match, "year")), 0, 0};
    struct date end = last.data != NULL ? (struct date){christian_year(last), 0, 0} : start;
    period->years_alone = true;
    if (match_group(&match, "fiscal").data != NULL) {
        start = (struct date){start.year - 1, 10, 1};
        end = (struct date){end.year, 9, 30};
    }
    add_range(period, start, end);
    return true;
}

/* A single date, FOUND, with words by which it is one end of a period: the other end stays unknown. Of words for both,
   those right before it count. */
static bool is_open(const struct calendar *calendar, struct text text, const struct found_date *found,
                    struct period *period) {
    struct text before = {text.data, found->start};
    bool open_end = pattern_match(calendar->open_end, text, 0, NULL);
    bool open_start = pattern_match(calendar->open_start, text, 0, NULL);
    if (!open_end && !open_start)
        return false;
    period->open = true;
    period->ranges = 1;
    if (open_end && !pattern_match(calendar->ends_at, before, 0, NULL))
        period->start = found->date;
    else
        period->end = found->date;
    return true;
}

void calendar_read(struct calendar *calendar, struct text text, struct period *period) {
    struct found_date dates[MAX_DATES];
    *period = (struct period){.doubtful = pattern_match(calendar->garbled, text, 0, NULL)};
    size_t count = find_dates(calendar, text, dates);
    if (count == 0) {
        period->doubtful |= pattern_match(calendar->cut_day, text, 0, NULL);
        (void)read_years(calendar, text_trim(text), period);
        return;
    }
    count = find_lost(calendar, text, dates, count, period);
    fill_years(dates, count);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (dates[i].lost) {
            dates[kept++] = dates[i];
            continue;
        }
        period->impossible |= !date_valid(dates[i].date);
        if (dates[i].date.year == 0)
            period->doubtful |= date_valid(dates[i].date);
        else
            dates[kept++] = dates[i];
    }
    if (kept == 1 && !period->impossible && is_open(calendar, text, &dates[0], period))
        return;
    for (size_t i = 0; i < kept;) {
        size_t last = i;
        while (last + 1 < kept) {
            size_t gap_start = dates[last].end;
            size_t gap_end = dates[last + 1].start > gap_start ? dates[last + 1].start : gap_start;
            struct text gap = {text.data + gap_start, gap_end - gap_start};
            if (!pattern_match(calendar->joined, gap, 0, NULL))
                break;
            last++;
        }
        add_range(period, dates[i].date, dates[last].date);
        i = last + 1;
    }
}

void period_join(struct period *period, const struct period *more) {
    period->open |= more->open;
    period->impossible |= more->impossible;
    period->doubtful |= more->doubtful;
    if (period->start.year == 0 && !period->start_lost)
        period->start = more->start;
    period->start_lost |= period->ranges == 0 && more->start_lost;
    take_end(period, more->end, more->lost_end);
    period->ranges += more->ranges;
}
