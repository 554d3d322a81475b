/* Projects, sub-projects and their figures; see project.h. */
#include "project.h"

#include "date.h"
#include "diagnostics.h"

/* Reads what most figures are, a few digits with or without a point; false for anything else. */
static bool parse_plain(struct text text, struct decimal *value) {
    int64_t units = 0;
    size_t point = text.len;
    if (text.len > 17)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (c >= '0' && c <= '9')
            units = units * 10 + (c - '0');
        else if (c == '.' && point == text.len && i > 0)
            point = i;
        else
            return false;
    }
    size_t scale = point == text.len ? 0 : text.len - point - 1;
    if ((point < text.len && scale == 0) || scale > DECIMAL_MAX_SCALE)
        return false;
    for (; scale > 0 && units % 10 == 0; scale--)
        units /= 10;
    *value = (struct decimal){units, (int)scale};
    return true;
}

struct figure figure_parse(struct text text) {
    struct decimal value;
    if (text.len == 0)
        return (struct figure){0, 1, 0, FIGURE_BLANK};
    if (text.len == 1 && text.data[0] == '-')
        return (struct figure){0, 1, 0, FIGURE_DASH};
    if (parse_plain(text, &value) || decimal_parse(text, &value))
        return (struct figure){value.units, 1, (int8_t)value.scale, FIGURE_NUMBER};
    return (struct figure){0, 1, 0, FIGURE_TEXT};
}

/* Reads 2024-08-03, which most days are, without more ado; false for anything else, and for days that not
   every month has. */
static bool parse_full_day(struct text text, int32_t *day) {
    static const uint8_t places[] = {0, 1, 2, 3, 5, 6, 8, 9};
    int32_t digits = 0;
    if (text.len != 10 || text.data[4] != '-' || text.data[7] != '-')
        return false;
    for (size_t i = 0; i < sizeof places; i++) {
        int digit = text.data[places[i]] - '0';
        if (digit < 0 || digit > 9)
            return false;
        digits = digits * 10 + digit;
    }
    *day = digits;
    return digits >= 10000 && digits % 10000 >= 101 && digits % 10000 < 1300 && digits % 100 >= 1 &&
           digits % 100 <= 28;
}

/* What is not known is 0 in a start and 99 in an end. */
int32_t day_parse(struct text text, bool last) {
    struct date date;
    int32_t day;
    if (parse_full_day(text, &day))
        return day;
    if (text.len == 0 || !date_parse(text, &date))
        return DAY_UNKNOWN;
    int32_t unknown = last ? 99 : 0;
    int32_t month = date.month > 0 ? date.month : unknown;
    return date.year * 10000 + month * 100 + (date.day > 0 ? date.day : unknown);
}

int32_t day_number(int32_t packed, bool last) {
    struct date date = {packed / 10000, packed / 100 % 100 % 99, packed % 100 % 99};
    return (int32_t)date_days(last ? date_last_day(date) : date_first_day(date));
}

struct fraction figure_fraction(struct figure figure) {
    return fraction_of(figure.units, figure.scale, figure.divisor);
}

int figure_compare(struct figure a, struct figure b) {
    if (a.divisor == 1 && b.divisor == 1)
        return decimal_compare((struct decimal){a.units, a.scale}, (struct decimal){b.units, b.scale});
    return fraction_compare(figure_fraction(a), figure_fraction(b));
}

struct figure project_progress(const struct project *project, enum progress_source source) {
    if (source == PROGRESS_SUMMARY || (source == PROGRESS_EITHER && project->in_summary))
        return project->summary;
    if (source == PROGRESS_YEAR)
        return project->year.state > FIGURE_BLANK ? project->year : project->total;
    return project->total.state == FIGURE_BLANK && project->year.state > FIGURE_BLANK ? project->year
                                                                                      : project->total;
}

/* Adds B to A (numbers with divisor 1). */
static struct figure add_figures(struct figure a, struct figure b) {
    struct decimal sum;
    if (!decimal_add((struct decimal){a.units, a.scale}, (struct decimal){b.units, b.scale}, &sum))
        die("the figures of a project's parts are too large to be summed");
    return (struct figure){sum.units, 1, (int8_t)sum.scale, FIGURE_NUMBER};
}

struct figure family_progress(const struct family *family, size_t i, enum progress_source source,
                              bool dash_is_zero) {
    struct figure own = project_progress(&family->mains[i], source);
    if (own.state > FIGURE_BLANK || family->sub_count == 0 || i > 0)
        return own;
    struct figure sum = {0, 1, 0, FIGURE_NUMBER};
    int32_t count = 0;
    bool dash = false;
    for (size_t sub = 0; sub < family->sub_count; sub++) {
        struct figure part = project_progress(&family->subs[sub], source);
        dash |= part.state == FIGURE_DASH;
        if (part.state == FIGURE_NUMBER)
            sum = add_figures(sum, part);
        if (part.state == FIGURE_NUMBER || (part.state == FIGURE_DASH && dash_is_zero))
            count++;
    }
    if (count == 0)
        return dash ? (struct figure){0, 1, 0, FIGURE_DASH} : own;
    sum.divisor = count;
    return sum;
}

struct figure family_money(const struct family *family, size_t i, int kind) {
    struct figure own = family->mains[i].money[kind];
    if (own.state > FIGURE_BLANK || family->sub_count == 0 || i > 0)
        return own;
    struct figure sum = {0, 1, 0, FIGURE_NUMBER};
    bool any = false;
    bool all_dashes = true;
    for (size_t sub = 0; sub < family->sub_count; sub++) {
        struct figure part = family->subs[sub].money[kind];
        all_dashes &= part.state == FIGURE_DASH;
        if (part.state == FIGURE_NUMBER) {
            sum = add_figures(sum, part);
            any = true;
        }
    }
    if (any)
        return sum;
    return all_dashes ? (struct figure){0, 1, 0, FIGURE_DASH} : own;
}

void family_days(const struct family *family, size_t i, int32_t *start, int32_t *end) {
    *start = family->mains[i].start;
    *end = family->mains[i].end;
    if (*start != DAY_UNKNOWN || *end != DAY_UNKNOWN)
        return;
    for (size_t sub = 0; sub < family->sub_count; sub++) {
        const struct project *part = &family->subs[sub];
        if (part->start != DAY_UNKNOWN && (*start == DAY_UNKNOWN || part->start < *start))
            *start = part->start;
        if (part->end > *end) /* DAY_UNKNOWN is below all days */
            *end = part->end;
    }
}
