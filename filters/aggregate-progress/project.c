/* Projects, sub-projects and their figures; see project.h. */
#include "project.h"

#include "date.h"
#include "diagnostics.h"

/* Appends the digits of TEXT from AT on to *UNITS; returns where they end. */
static size_t take_digits(struct text text, size_t at, int64_t *units) {
    int64_t value = *units;
    for (; at < text.len && char_is_digit(text.data[at]); at++)
        value = value * 10 + (text.data[at] - '0');
    *units = value;
    return at;
}

/* Reads what most figures are, a few digits with or without a point; false for anything else. */
static bool parse_plain(struct text text, struct decimal *value) {
    int64_t units = 0;
    if (text.len > 17)
        return false;
    size_t point = take_digits(text, 0, &units);
    size_t scale = 0;
    if (point == 0)
        return false;
    if (point < text.len) {
        scale = text.len - point - 1;
        if (text.data[point] != '.' || scale == 0 || scale > DECIMAL_MAX_SCALE ||
            take_digits(text, point + 1, &units) < text.len)
            return false;
    }
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

int32_t day_parse(struct text text, bool last) {
    struct date date;
    if (text.len == 0 || !date_parse(text, &date))
        return DAY_UNKNOWN;
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
    if (source == PROGRESS_WHOLE)
        return project->total;
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
