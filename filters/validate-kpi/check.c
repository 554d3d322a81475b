/* What the rules share; see check.h. */
#include "check.h"

#include <string.h>

#include "check_rows.h"

struct fault check_fault(const struct check *check, enum rule rule, size_t project, enum table table,
                         uint64_t n, const char *field, uint64_t line) {
    struct fault fault = {
        .rule = rule,
        .table = tables_name(table),
        .n = n,
        .field = field,
        .line = line,
    };
    if (project != NO_PROJECT) {
        fault.key = check->data->projects[project].key;
        fault.agency = check->data->projects[project].agency;
    }
    return fault;
}

struct fault check_project_fault(const struct check *check, enum rule rule, size_t project,
                                 const char *field) {
    return check_fault(check, rule, project, TABLE_PROJECTS, 0, field,
                       places_line(check->places, project, field));
}

void check_tell(struct check *check, const struct fault *fault) {
    (void)faults_add(check->faults, fault);
}

struct text check_title(struct check *check, enum table table, const char *field) {
    const struct schema *schema = check->data->schemas[table];
    size_t place = schema_field(schema, text_of(field));
    if (place == SIZE_MAX)
        return text_of(field);
    struct buffer title = {0};
    append_title(&title, &schema->fields[place], check->language);
    struct text kept = arena_copy(&check->arena, buffer_text(&title));
    buffer_free(&title);
    return kept;
}

struct text check_range_text(struct check *check, const struct day *from, const struct day *to) {
    struct buffer text = {0};
    buffer_append_text(&text, from->text);
    if (!text_equal(from->text, to->text)) {
        buffer_append_text(&text, TEXT(" – "));
        buffer_append_text(&text, to->text);
    }
    struct text kept = arena_copy(&check->arena, buffer_text(&text));
    buffer_free(&text);
    return kept;
}

struct text check_number_text(struct check *check, struct decimal number) {
    char text[DECIMAL_TEXT];
    return arena_copy(&check->arena, text_of(decimal_format(number, text)));
}

struct text check_line_text(struct check *check, uint64_t line) {
    return check_number_text(check, decimal_of((int64_t)line));
}

struct text check_money_text(struct check *check, struct decimal amount) {
    char text[DECIMAL_TEXT];
    struct text plain = text_of(decimal_format(amount, text));
    size_t whole = 0;
    while (whole < plain.len && plain.data[whole] != '.')
        whole++;
    struct buffer grouped = {0};
    for (size_t i = 0; i < plain.len; i++) {
        bool digit_before = i > 0 && plain.data[i - 1] != '-';
        if (i < whole && digit_before && (whole - i) % 3 == 0)
            buffer_append_char(&grouped, ',');
        buffer_append_char(&grouped, plain.data[i]);
    }
    struct text kept = arena_copy(&check->arena, buffer_text(&grouped));
    buffer_free(&grouped);
    return kept;
}

int64_t day_earliest(const struct day *day) {
    return date_days(date_first_day(day->date));
}

int64_t day_latest(const struct day *day) {
    return date_days(date_last_day(day->date));
}
