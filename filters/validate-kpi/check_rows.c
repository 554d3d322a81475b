/* The rows of one table against its schema; see check_rows.h. */
#include "check_rows.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "keyset.h"
#include "raw_rows.h"
#include "table.h"
#include "utf8.h"

/* A value that was found right stays right while it stands in row after row: keys, agencies, years. */
#define LAST_SIZE 64

/* Ends each value of a key: no byte of UTF-8. */
#define KEY_END '\xFF'

struct column {
    const struct schema_field *field;
    size_t place; /* in the row */
    struct keyset *codes;
    struct keyset *seen; /* of a unique column */
    bool plain;          /* nothing but «required» can be wrong */
    bool simple;         /* a number within limits is right, and that is all there is to check */
    int64_t minimum;     /* of a simple column */
    int64_t maximum;
    char last[LAST_SIZE];
    size_t last_len; /* SIZE_MAX: none */
};

/* The primary key of a row ahead. */
struct ahead {
    size_t from; /* in keys_ahead */
    size_t len;  /* SIZE_MAX: a part of the key is missing */
    bool hashed;
    uint64_t hash;
};

struct row_checker {
    const struct schema *schema;
    struct faults *faults;
    enum language language;
    char *file;
    bool file_lines;
    struct fault_argument argument; /* of the finding that is told next, beside its title */
    struct column *columns;         /* those that the schema says something of */
    size_t count;
    bool only_empty_is_missing;

    struct keyset *keys; /* NULL: no primary key, or not all its columns are there */
    size_t *key_places;
    struct buffer keys_ahead; /* of the rows announced, end to end */
    struct ahead ahead[RAW_ROWS_BATCH];
    size_t ahead_count;
    size_t ahead_next; /* the row to be checked next */
    struct buffer key; /* for people */

    size_t key_column; /* places in the row, or TABLE_NO_COLUMN */
    size_t strategy_column;
    size_t number_column;
    size_t agency_column;
    size_t n_column;
    size_t line_column;
    uint64_t (*line_of)(void *context, const char *field); /* NULL: the row has one line */
    void *line_context;
    const struct text *fields; /* of the row being checked */
    struct row_place row;
    bool placed; /* row.key, agency, n and line are those of this row */
    struct buffer summary_key;

    struct buffer title;
    struct buffer expected;
    struct buffer *reasons;
    bool good;
    bool spoken; /* a rule spoke since this was cleared */
};

static size_t find_column(const struct text *columns, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++) {
        if (text_equal(columns[i], text_of(name)))
            return i;
    }
    return TABLE_NO_COLUMN;
}

void append_title(struct buffer *title, const struct schema_field *field, enum language language) {
    if (language == LANGUAGE_TH)
        buffer_append_text(title, text_of(field->title_th));
    else if (strcmp(field->title, field->title_th) == 0)
        buffer_append_text(title, text_of(field->title));
    else
        buffer_printf(title, "%s (%s)", field->title, field->title_th);
}

void append_summary_key(struct buffer *key, struct text strategy, struct text number) {
    if (strategy.len == 0)
        return;
    buffer_append_char(key, 'S');
    buffer_append_text(key, strategy);
    if (text_equal(number, TEXT("total")) || number.len == 0)
        return;
    buffer_append_text(key, TEXT(".P"));
    if (text_equal(number, TEXT("-"))) {
        buffer_append_text(key, TEXT("00"));
        return;
    }
    size_t digits = 0;
    while (digits < number.len && char_is_digit(number.data[digits]))
        digits++;
    if (digits < 2)
        buffer_append_char(key, '0');
    buffer_append_text(key, number);
}

static struct keyset *read_codes(struct profile *profile, const struct schema_field *field) {
    char *path = profile_find(profile, field->codes_file);
    if (path == NULL)
        return NULL;
    free(path);
    struct table_reader *reader = profile_table(profile, field->codes_file);
    size_t column = table_require_column(reader, field->codes_column);
    struct keyset *codes = keyset_new();
    struct table_row row;
    uint64_t first;
    while (table_read(reader, &row))
        (void)keyset_add(codes, row.fields[column], row.line, &first);
    table_close(reader);
    return codes;
}

static void tell_missing_column(struct row_checker *checker, const struct schema_field *field) {
    if (field->required)
        die_at(checker->file, 1, "the column '%s' is missing", field->name);
    if (field->omissible)
        return;
    buffer_clear(&checker->title);
    append_title(&checker->title, field, checker->language);
    struct fault fault = {
        .rule = RULE_COLUMN_MISSING,
        .table = checker->schema->name,
        .field = field->name,
        .file = checker->file_lines ? checker->file : NULL,
        .file_line = 1,
        .arguments = {{"title", buffer_text(&checker->title)}},
    };
    faults_add(checker->faults, &fault);
}

static void add_column(struct row_checker *checker, const struct schema_field *field, size_t place,
                       struct profile *profile) {
    struct column *column = &checker->columns[checker->count++];
    *column = (struct column){.field = field, .place = place, .last_len = SIZE_MAX};
    if (field->codes_file != NULL)
        column->codes = read_codes(profile, field);
    if (field->unique)
        column->seen = keyset_new();
    column->plain = (field->type == SCHEMA_STRING || field->type == SCHEMA_ANY) && field->pattern == NULL &&
                    field->value_count == 0 && column->codes == NULL && column->seen == NULL &&
                    field->min_length == 0 && field->max_length == SIZE_MAX;
    column->simple = (field->type == SCHEMA_INTEGER || field->type == SCHEMA_NUMBER) &&
                     field->pattern == NULL && field->value_count == 0 && column->codes == NULL &&
                     column->seen == NULL && field->min_length == 0 && field->max_length == SIZE_MAX &&
                     field->minimum_value.scale == 0 && field->maximum_value.scale == 0;
    column->minimum = field->minimum != NULL ? field->minimum_value.units : INT64_MIN;
    column->maximum = field->maximum != NULL ? field->maximum_value.units : INT64_MAX;
}

static void find_key_places(struct row_checker *checker, const struct text *columns, size_t count) {
    const struct schema *schema = checker->schema;
    checker->key_places = memory_zeroed(schema->primary_count, sizeof *checker->key_places);
    for (size_t i = 0; i < schema->primary_count; i++)
        checker->key_places[i] = find_column(columns, count, schema->fields[schema->primary[i]].name);
    if (schema->primary_count > 0)
        checker->keys = keyset_new_in_order();
}

struct row_checker *row_checker_open(const struct schema *schema, struct profile *profile,
                                     struct faults *faults, enum language language, const char *file,
                                     bool file_lines, const struct text *columns, size_t count) {
    struct row_checker *checker = memory_zeroed(1, sizeof *checker);
    checker->schema = schema;
    checker->faults = faults;
    checker->language = language;
    checker->file = text_copy(text_of(file));
    checker->file_lines = file_lines;
    checker->columns = memory_zeroed(schema->field_count, sizeof *checker->columns);
    for (size_t i = 0; i < schema->field_count; i++) {
        size_t place = find_column(columns, count, schema->fields[i].name);
        if (place == TABLE_NO_COLUMN)
            tell_missing_column(checker, &schema->fields[i]);
        else
            add_column(checker, &schema->fields[i], place, profile);
        /* A column that any value may fill needs no looking at. */
        if (place != TABLE_NO_COLUMN && checker->columns[checker->count - 1].plain &&
            !schema->fields[i].required)
            checker->count--;
    }
    find_key_places(checker, columns, count);
    checker->only_empty_is_missing = true;
    for (size_t i = 0; i < schema->missing_count; i++)
        checker->only_empty_is_missing = checker->only_empty_is_missing && schema->missing[i][0] == '\0';
    checker->key_column = find_column(columns, count, "key");
    checker->strategy_column = find_column(columns, count, "strategy");
    checker->number_column = find_column(columns, count, "number");
    checker->agency_column = find_column(columns, count, "agency");
    checker->n_column = find_column(columns, count, "n");
    checker->line_column = find_column(columns, count, "line");
    if (checker->line_column == TABLE_NO_COLUMN)
        checker->line_column = find_column(columns, count, "line_first");
    return checker;
}

void row_checker_set_file(struct row_checker *checker, const char *file) {
    free(checker->file);
    checker->file = text_copy(text_of(file));
}

static uint64_t read_count(const struct text *fields, size_t column) {
    uint64_t number = 0;
    if (column == TABLE_NO_COLUMN)
        return 0;
    struct text text = fields[column];
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] < '0' || text.data[i] > '9' || i > 17)
            return 0;
        number = number * 10 + (uint64_t)(text.data[i] - '0');
    }
    return number;
}

void row_checker_set_lines(struct row_checker *checker, uint64_t (*line_of)(void *context, const char *field),
                           void *context) {
    checker->line_of = line_of;
    checker->line_context = context;
}

const struct row_place *row_checker_place(struct row_checker *checker) {
    struct row_place *row = &checker->row;
    if (checker->placed)
        return row;
    checker->placed = true;
    row->key = (struct text){NULL, 0};
    row->agency = (struct text){NULL, 0};
    if (checker->key_column != TABLE_NO_COLUMN) {
        row->key = checker->fields[checker->key_column];
    } else if (checker->strategy_column != TABLE_NO_COLUMN) {
        struct text number = {NULL, 0};
        if (checker->number_column != TABLE_NO_COLUMN)
            number = checker->fields[checker->number_column];
        buffer_clear(&checker->summary_key);
        append_summary_key(&checker->summary_key, checker->fields[checker->strategy_column], number);
        row->key = buffer_text(&checker->summary_key);
    }
    if (checker->agency_column != TABLE_NO_COLUMN)
        row->agency = checker->fields[checker->agency_column];
    row->n = read_count(checker->fields, checker->n_column);
    row->line = read_count(checker->fields, checker->line_column);
    row->file = checker->file_lines ? checker->file : NULL;
    return row;
}

static void add(struct row_checker *checker, enum rule rule, const struct schema_field *field,
                struct text observed, struct text expected) {
    const struct row_place *row = row_checker_place(checker);
    checker->spoken = true;
    buffer_clear(&checker->title);
    append_title(&checker->title, field, checker->language);
    struct fault fault = {
        .rule = rule,
        .key = row->key,
        .agency = row->agency,
        .table = checker->schema->name,
        .n = row->n,
        .field = field->name,
        .line = checker->line_of != NULL ? checker->line_of(checker->line_context, field->name) : row->line,
        .file = row->file,
        .file_line = row->file_line,
        .observed = observed,
        .expected = expected,
        .arguments = {{"title", buffer_text(&checker->title)}, checker->argument},
    };
    if (faults_add(checker->faults, &fault) != SEVERITY_ERROR)
        return;
    checker->good = false;
    if (checker->reasons != NULL)
        buffer_printf(checker->reasons, "%s%s: %s", checker->reasons->len > 0 ? "; " : "", rule_name(rule),
                      field->name);
}

static bool is_missing(const struct row_checker *checker, struct text value) {
    if (value.len == 0 || checker->only_empty_is_missing)
        return value.len == 0;
    for (size_t i = 0; i < checker->schema->missing_count; i++) {
        if (text_equal(value, text_of(checker->schema->missing[i])))
            return true;
    }
    return false;
}

/* A short way for what most numbers are, digits and perhaps a point; false for what decimal_parse() may yet
   read. */
static bool parse_short(struct text value, struct decimal *number) {
    size_t at = value.len > 1 && value.data[0] == '-' ? 1 : 0;
    size_t point = SIZE_MAX;
    int64_t units = 0;
    if (value.len - at > 18 || value.data[at] == '.' || value.data[value.len - 1] == '.')
        return false;
    for (size_t i = at; i < value.len; i++) {
        char c = value.data[i];
        if (c == '.' && point == SIZE_MAX)
            point = i;
        else if (char_is_digit(c))
            units = units * 10 + (c - '0');
        else
            return false;
    }
    int scale = point == SIZE_MAX ? 0 : (int)(value.len - point - 1);
    *number = (struct decimal){at > 0 ? -units : units, scale};
    return scale <= DECIMAL_MAX_SCALE;
}

/* Plain decimals: no thousands' separators, which decimal_parse() allows. */
static bool parse_number(struct text value, struct decimal *number) {
    if (parse_short(value, number))
        return true;
    return memchr(value.data, ',', value.len) == NULL && decimal_parse(value, number);
}

static bool parse_whole(struct text value, struct decimal *number) {
    return memchr(value.data, '.', value.len) == NULL && parse_number(value, number);
}

/* Appends «at least 0», «at most 100» or «0 to 100», in the reader's language. */
static void append_range(struct buffer *text, const struct schema_field *field, enum language language) {
    static const char *const least[] = {"at least ", "ไม่น้อยกว่า "};
    static const char *const most[] = {"at most ", "ไม่เกิน "};
    static const char *const to[] = {" to ", " ถึง "};
    if (field->minimum != NULL && field->maximum != NULL)
        buffer_printf(text, "%s%s%s", field->minimum, to[language], field->maximum);
    else if (field->minimum != NULL)
        buffer_printf(text, "%s%s", least[language], field->minimum);
    else
        buffer_printf(text, "%s%s", most[language], field->maximum);
}

static void check_range(struct row_checker *checker, const struct schema_field *field, struct text value,
                        int below, int above) {
    if (below >= 0 && above <= 0)
        return;
    buffer_clear(&checker->expected);
    append_range(&checker->expected, field, checker->language);
    add(checker, RULE_OUT_OF_RANGE, field, value, buffer_text(&checker->expected));
}

static int compare_numbers(struct decimal a, struct decimal b) {
    if (a.scale == b.scale)
        return (a.units > b.units) - (a.units < b.units);
    return decimal_compare(a, b);
}

static void check_number(struct row_checker *checker, const struct schema_field *field, struct text value) {
    static const char *const whole[] = {"a whole number", "จำนวนเต็ม"};
    static const char *const decimal[] = {"a number", "ตัวเลข"};
    struct decimal number;
    bool numeric = field->type == SCHEMA_NUMBER ? parse_number(value, &number) : parse_whole(value, &number);
    if (!numeric) {
        const char *expected =
            field->type == SCHEMA_NUMBER ? decimal[checker->language] : whole[checker->language];
        add(checker, field->stated ? RULE_NOT_A_NUMBER : RULE_WRONG_TYPE, field, value, text_of(expected));
        return;
    }
    check_range(checker, field, value,
                field->minimum != NULL ? compare_numbers(number, field->minimum_value) : 0,
                field->maximum != NULL ? compare_numbers(number, field->maximum_value) : 0);
}

static bool looks_like_date(struct text value) {
    if (value.len != 4 && value.len != 7 && value.len != 10)
        return false;
    for (size_t i = 0; i < value.len; i++) {
        bool dash = i == 4 || i == 7;
        if (dash ? value.data[i] != '-' : value.data[i] < '0' || value.data[i] > '9')
            return false;
    }
    return true;
}

static void check_date(struct row_checker *checker, const struct schema_field *field, struct text value) {
    static const char *const day[] = {"a date such as 2024-08-03", "วันที่ เช่น 2024-08-03"};
    struct date date;
    struct text expected = text_of(day[checker->language]);
    if (date_parse(value, &date) && (field->stated || value.len == 10)) {
        struct date limit;
        int below = field->minimum != NULL && date_parse(text_of(field->minimum), &limit)
                        ? date_compare(date, limit)
                        : 0;
        int above = field->maximum != NULL && date_parse(text_of(field->maximum), &limit)
                        ? date_compare(date, limit)
                        : 0;
        check_range(checker, field, value, below, above);
    } else if (looks_like_date(value) && (field->stated || value.len == 10)) {
        add(checker, RULE_IMPOSSIBLE_DATE, field, value, expected);
    } else {
        add(checker, field->stated ? RULE_NOT_A_DATE : RULE_WRONG_TYPE, field, value, expected);
    }
}

static void check_type(struct row_checker *checker, const struct schema_field *field, struct text value) {
    switch (field->type) {
    case SCHEMA_STRING:
    case SCHEMA_ANY:
        return;
    case SCHEMA_INTEGER:
    case SCHEMA_YEAR:
    case SCHEMA_NUMBER:
        check_number(checker, field, value);
        return;
    case SCHEMA_DATE:
        check_date(checker, field, value);
        return;
    case SCHEMA_BOOLEAN:
        if (!text_equal(value, TEXT("true")) && !text_equal(value, TEXT("false")))
            add(checker, RULE_WRONG_TYPE, field, value, TEXT("true / false"));
        return;
    }
}

static void check_values(struct row_checker *checker, const struct schema_field *field, struct text value) {
    for (size_t i = 0; i < field->value_count; i++) {
        if (text_equal(text_of(field->values[i]), value))
            return;
    }
    buffer_clear(&checker->expected);
    for (size_t i = 0; i < field->value_count; i++)
        buffer_printf(&checker->expected, "%s%s", i > 0 ? " " : "", field->values[i]);
    add(checker, RULE_UNKNOWN_VALUE, field, value, buffer_text(&checker->expected));
}

static void check_length(struct row_checker *checker, const struct schema_field *field, struct text value) {
    size_t length = utf8_count(value);
    if (length >= field->min_length && length <= field->max_length)
        return;
    buffer_clear(&checker->expected);
    if (field->max_length == SIZE_MAX)
        buffer_printf(&checker->expected, ">= %zu", field->min_length);
    else
        buffer_printf(&checker->expected, "%zu–%zu", field->min_length, field->max_length);
    add(checker, RULE_WRONG_LENGTH, field, value, buffer_text(&checker->expected));
}

/* The line of the row for one who looks for its twin: the report's, where the reader has the report at hand. */
static uint64_t line_at_hand(struct row_checker *checker) {
    return checker->file_lines || checker->line_column == TABLE_NO_COLUMN ? checker->row.file_line
                                                                          : row_checker_place(checker)->line;
}

static void tell_duplicate(struct row_checker *checker, const struct schema_field *field, struct text value,
                           uint64_t first) {
    static const char *const file[] = {"file", "ไฟล์"};
    static const char *const report[] = {"report", "รายงาน"};
    bool of_file = checker->file_lines || checker->line_column == TABLE_NO_COLUMN;
    buffer_clear(&checker->expected);
    buffer_append_number(&checker->expected, first);
    checker->argument =
        (struct fault_argument){"document", text_of((of_file ? file : report)[checker->language])};
    add(checker, RULE_DUPLICATE_KEY, field, value, buffer_text(&checker->expected));
    checker->argument = (struct fault_argument){0};
}

static void check_unique(struct row_checker *checker, const struct schema_field *field, struct keyset *seen,
                         struct text value) {
    uint64_t first;
    if (!keyset_add(seen, value, line_at_hand(checker), &first))
        tell_duplicate(checker, field, value, first);
}

/* Everything about a value but its uniqueness. */
static void check_value(struct row_checker *checker, const struct column *column, struct text value) {
    const struct schema_field *field = column->field;
    if (field->stated && text_equal(value, TEXT("-")))
        return;
    check_type(checker, field, value);
    if (field->pattern != NULL && !pattern_match(field->pattern, value, 0, NULL))
        add(checker, RULE_WRONG_FORM, field, value, text_of(field->pattern_text));
    if (field->value_count > 0)
        check_values(checker, field, value);
    if (field->min_length > 0 || field->max_length < SIZE_MAX)
        check_length(checker, field, value);
    if (column->codes != NULL && !keyset_find(column->codes, value, NULL))
        add(checker, RULE_UNKNOWN_CODE, field, value, text_of(field->codes_file));
}

/* Whether the value is a number safely within the limits of a simple column; what is not may yet be right. */
static bool is_simple(const struct column *column, struct text value) {
    int64_t whole = 0;
    size_t at = 0;
    if (value.len > 18)
        return false;
    for (; at < value.len && char_is_digit(value.data[at]); at++)
        whole = whole * 10 + (value.data[at] - '0');
    if (at == value.len)
        return whole >= column->minimum && whole <= column->maximum;
    if (column->field->type != SCHEMA_NUMBER || at == 0 || value.data[at] != '.' || at + 1 == value.len)
        return false;
    for (at++; at < value.len; at++) {
        if (value.data[at] < '0' || value.data[at] > '9')
            return false;
    }
    return whole >= column->minimum && whole < column->maximum;
}

/* Whether the value is the last good one; the last byte is what differs most often. */
static bool is_last(const struct column *column, struct text value) {
    return value.len == column->last_len && value.data[value.len - 1] == column->last[value.len - 1] &&
           memcmp(value.data, column->last, value.len) == 0;
}

static void check_column(struct row_checker *checker, struct column *column, struct text value) {
    if (is_missing(checker, value)) {
        if (column->field->required)
            add(checker, RULE_VALUE_MISSING, column->field, value, (struct text){NULL, 0});
        return;
    }
    if (column->plain)
        return;
    if (column->simple) {
        if (!is_simple(column, value))
            check_value(checker, column, value);
    } else if (!is_last(column, value)) {
        /* Only a value that no rule spoke of may be passed over when it comes again. */
        checker->spoken = false;
        check_value(checker, column, value);
        column->last_len = !checker->spoken && value.len <= LAST_SIZE ? value.len : SIZE_MAX;
        if (column->last_len != SIZE_MAX)
            memcpy(column->last, value.data, value.len);
    }
    if (column->seen != NULL)
        check_unique(checker, column->field, column->seen, value);
}

/* Looks at the primary key: its values in one, a KEY_END behind each. */
void row_expect(struct row_checker *checker, const struct text *fields) {
    const struct schema *schema = checker->schema;
    if (checker->keys == NULL)
        return;
    if (checker->ahead_next == checker->ahead_count) {
        checker->ahead_next = 0;
        checker->ahead_count = 0;
        buffer_clear(&checker->keys_ahead);
    }
    assert(checker->ahead_count < RAW_ROWS_BATCH);
    struct ahead *ahead = &checker->ahead[checker->ahead_count++];
    struct buffer *keys = &checker->keys_ahead;
    *ahead = (struct ahead){keys->len, 0, false, 0};
    for (size_t i = 0; i < schema->primary_count; i++) {
        struct text value = fields[checker->key_places[i]];
        if (value.len == 0) {
            ahead->len = SIZE_MAX;
            return;
        }
        if (value.len + 1 > keys->cap - keys->len)
            buffer_reserve(keys, value.len + 1);
        memcpy(keys->data + keys->len, value.data, value.len);
        keys->len += value.len;
        keys->data[keys->len++] = KEY_END;
    }
    ahead->len = keys->len - ahead->from;
    if (keyset_in_order(checker->keys))
        return;
    ahead->hashed = true;
    ahead->hash = keyset_hash((struct text){keys->data + ahead->from, ahead->len});
    keyset_expect(checker->keys, ahead->hash);
}

static void check_key(struct row_checker *checker) {
    if (checker->ahead_next == checker->ahead_count)
        row_expect(checker, checker->fields);
    const struct ahead *ahead = &checker->ahead[checker->ahead_next++];
    uint64_t first;
    if (ahead->len == SIZE_MAX)
        return; /* told already */
    struct text key = {checker->keys_ahead.data + ahead->from, ahead->len};
    uint64_t place = line_at_hand(checker);
    if (ahead->hashed ? keyset_add_hashed(checker->keys, key, ahead->hash, place, &first)
                      : keyset_add(checker->keys, key, place, &first))
        return;
    buffer_clear(&checker->key);
    for (size_t i = 0; i + 1 < key.len; i++) {
        if (key.data[i] == KEY_END)
            buffer_append_char(&checker->key, ' ');
        else
            buffer_append_char(&checker->key, key.data[i]);
    }
    tell_duplicate(checker, &checker->schema->fields[checker->schema->primary[0]], buffer_text(&checker->key),
                   first);
}

bool row_check(struct row_checker *checker, const struct text *fields, uint64_t file_line,
               struct buffer *reasons) {
    checker->fields = fields;
    checker->placed = false;
    checker->row.file_line = file_line;
    checker->reasons = reasons;
    checker->good = true;
    for (size_t i = 0; i < checker->count; i++)
        check_column(checker, &checker->columns[i], fields[checker->columns[i].place]);
    if (checker->keys != NULL)
        check_key(checker);
    return checker->good;
}

void row_checker_free(struct row_checker *checker) {
    for (size_t i = 0; i < checker->count; i++) {
        if (checker->columns[i].codes != NULL)
            keyset_free(checker->columns[i].codes);
        if (checker->columns[i].seen != NULL)
            keyset_free(checker->columns[i].seen);
    }
    if (checker->keys != NULL)
        keyset_free(checker->keys);
    free(checker->columns);
    free(checker->key_places);
    free(checker->file);
    buffer_free(&checker->key);
    buffer_free(&checker->keys_ahead);
    buffer_free(&checker->summary_key);
    buffer_free(&checker->title);
    buffer_free(&checker->expected);
    free(checker);
}
