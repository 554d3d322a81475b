/* Rules on the text of a project's time: lengths in months and years, and parts of it that run backwards. */
#include "check.h"
#include "markup.h"
#include "period.h"
#include "thai.h"

/* A length as printed: months in all, and whether it is in years only. */
struct length {
    int64_t months;
    bool years_only;
    struct text text;
};

static bool read_length(struct check *check, struct text line, struct length *length) {
    struct match match;
    if (!pattern_match(rule_pattern(check->rules, RULE_LENGTH_DIFFERS), line, 0, &match))
        return false;
    struct text years = match_group(&match, "years");
    struct text months = match_group(&match, years.len > 0 ? "months" : "only");
    *length = (struct length){(int64_t)(12 * count_read(years) + count_read(months)),
                              years.len > 0 && months.len == 0, match.groups[0]};
    return length->months > 0;
}

/* The day so many months behind DATE, which has a day: the last one of a month that is shorter. */
static int64_t days_after(struct date date, int64_t months) {
    int64_t month = date.month - 1 + months;
    struct date first = {date.year + (int)(month / 12), (int)(month % 12) + 1, 0};
    int64_t last = date_days(date_last_day(first));
    int64_t day = date_days(date_first_day(first)) + date.day - 1;
    return day < last ? day : last;
}

/* How many fiscal years the time touches: a length in years may be theirs. They begin with the month of the
   report's own. */
static int64_t fiscal_years(const struct check *check, const struct day *start, const struct day *end) {
    int month = check->data->year_start.month;
    struct date first = date_first_day(start->date);
    struct date last = date_last_day(end->date);
    return last.year - (last.month < month) - (first.year - (first.month < month)) + 1;
}

/* Whether the time misses a whole number of years by a few days, more than may be counted otherwise: a day is misprinted, as
   it seems. Who rounds years does not mean days. */
static bool just_misses(const struct check *check, int64_t off) {
    enum { COUNTED_OTHERWISE = 2 };
    int64_t days = off < 0 ? -off : off;
    return days > COUNTED_OTHERWISE &&
           days <= rule_whole_threshold(check->rules, RULE_LENGTH_DIFFERS, "near-days");
}

/* Whether the length fits the time; a date without a day leaves room, and so does a length in months or years. */
static bool fits(struct check *check, const struct length *length, const struct day *start,
                 const struct day *end) {
    const char *name = length->years_only ? "year-days" : "month-days";
    int64_t room = rule_whole_threshold(check->rules, RULE_LENGTH_DIFFERS, name);
    int64_t earliest = days_after(date_first_day(start->date), length->months) - 1;
    int64_t latest = days_after(date_last_day(start->date), length->months);
    if (length->years_only && start->date.day > 0 && end->date.day > 0 &&
        just_misses(check, day_latest(end) - earliest))
        return false;
    if (length->years_only && fiscal_years(check, start, end) * 12 == length->months)
        return true;
    return earliest - room <= day_latest(end) && latest + room >= day_earliest(end);
}

static void tell_length(struct check *check, size_t project, uint64_t line, const struct length *length,
                        const struct day *start, const struct day *end) {
    struct fault fault =
        check_fault(check, RULE_LENGTH_DIFFERS, project, TABLE_PROJECTS, 0, "duration_days", line);
    fault.observed = length->text;
    fault.expected = check_number_text(check, decimal_of(day_latest(end) - day_earliest(start) + 1));
    fault.arguments[0] = (struct fault_argument){"start", start->text};
    fault.arguments[1] = (struct fault_argument){"end", end->text};
    fault.arguments[2] = (struct fault_argument){"length", length->text};
    check_tell(check, &fault);
}

/* What stands in one line of the section: DAYS of its only range, or of the whole project where it has no date. */
static void check_line(struct check *check, size_t index, uint64_t number, struct text line) {
    const struct project *project = &check->data->projects[index];
    struct period period;
    struct length length;
    char start_text[DATE_TEXT];
    char end_text[DATE_TEXT];
    calendar_read(places_calendar(check->places), line, &period);
    if (period.ranges > 1 || period.open || period.impossible || period.doubtful)
        return;
    struct day start = {period.start.year > 0, period.start, text_of(date_format(period.start, start_text))};
    struct day end = {period.end.year > 0, period.end, text_of(date_format(period.end, end_text))};
    if (period.ranges == 0) {
        start = project->start;
        end = project->end;
    } else if (ends_before_start(&start, &end) && !ends_before_start(&project->start, &project->end)) {
        struct fault fault =
            check_fault(check, RULE_PART_ENDS_BEFORE_START, index, TABLE_PROJECTS, 0, "end", number);
        fault.observed = end.text;
        fault.expected = start.text;
        fault.arguments[0] = (struct fault_argument){"start", start.text};
        fault.arguments[1] = (struct fault_argument){"end", end.text};
        check_tell(check, &fault);
    }
    if (read_length(check, line, &length) && start.known && end.known && !ends_before_start(&start, &end) &&
        !fits(check, &length, &start, &end))
        tell_length(check, index, number, &length, &start, &end);
}

void check_lengths(struct check *check, size_t project, uint64_t line, struct text text) {
    struct buffer normal = {0};
    struct buffer plain = {0};
    struct text next;
    for (; text_next_line(&text, &next); line++) {
        buffer_clear(&normal);
        buffer_clear(&plain);
        thai_normalize(&normal, next, THAI_READ);
        markup_plain(&plain, buffer_text(&normal), false);
        check_line(check, project, line, buffer_text(&plain));
    }
    buffer_free(&normal);
    buffer_free(&plain);
}
