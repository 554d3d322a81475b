/* Tables in memory; see rows.h. */
#include "rows.h"

#include <stdlib.h>
#include <string.h>

#include "thai.h"

struct rows *rows_create(const char *path, const struct text *columns, size_t column_count) {
    struct rows *rows = memory_zeroed(1, sizeof *rows);
    rows->path = text_copy(text_of(path));
    rows->columns = memory_zeroed(column_count, sizeof *rows->columns);
    rows->column_count = column_count;
    for (size_t i = 0; i < column_count; i++)
        rows->columns[i] = arena_copy(&rows->arena, columns[i]);
    return rows;
}

void rows_add(struct rows *rows, const struct text *fields, uint64_t line) {
    rows->fields = memory_reserve(rows->fields, &rows->field_cap, (rows->count + 1) * rows->column_count,
                                  sizeof *rows->fields);
    rows->lines = memory_reserve(rows->lines, &rows->line_cap, rows->count + 1, sizeof *rows->lines);
    for (size_t i = 0; i < rows->column_count; i++)
        rows->fields[rows->count * rows->column_count + i] = arena_copy(&rows->arena, fields[i]);
    rows->lines[rows->count++] = line;
}

struct rows *rows_load(const char *path, const struct input_options *options) {
    struct table_reader *reader = table_open(path, options);
    size_t column_count;
    const struct text *columns = table_columns(reader, &column_count);
    struct rows *rows = rows_create(path, columns, column_count);
    struct table_row row;
    while (table_read(reader, &row))
        rows_add(rows, row.fields, row.line);
    table_close(reader);
    return rows;
}

const struct text *rows_fields(const struct rows *rows, size_t row) {
    return rows->fields + row * rows->column_count;
}

size_t rows_column(const struct rows *rows, const char *name) {
    struct text wanted = text_of(name);
    for (size_t i = 0; i < rows->column_count; i++) {
        if (text_equal(rows->columns[i], wanted))
            return i;
    }
    return TABLE_NO_COLUMN;
}

struct text rows_field(const struct rows *rows, size_t row, size_t column) {
    if (column == TABLE_NO_COLUMN)
        return TEXT("");
    return rows_fields(rows, row)[column];
}

void rows_free(struct rows *rows) {
    if (rows == NULL)
        return;
    free(rows->path);
    free(rows->columns);
    free(rows->fields);
    free(rows->lines);
    arena_free(&rows->arena);
    free(rows);
}

static bool is_blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool value_is_folded(struct text text) {
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.data[i] >= 0x80 || is_blank(text.data[i]))
            return false;
    }
    return true;
}

void value_fold(struct buffer *buffer, struct text text) {
    struct buffer normal = {0};
    thai_normalize(&normal, text, THAI_READ);
    struct text rest = text_trim(buffer_text(&normal));
    for (size_t end; rest.len > 0; rest = text_skip(rest, end)) {
        bool blank = is_blank(rest.data[0]);
        for (end = 1; end < rest.len && is_blank(rest.data[end]) == blank;)
            end++;
        if (!blank)
            buffer_append(buffer, rest.data, end);
        else if (end < rest.len)
            buffer_append_char(buffer, ' ');
    }
    buffer_free(&normal);
}

bool value_same(struct text a, struct text b) {
    if (text_equal(a, b))
        return true;
    if (value_is_folded(a) && value_is_folded(b))
        return false;
    struct buffer x = {0};
    struct buffer y = {0};
    value_fold(&x, a);
    value_fold(&y, b);
    bool same = text_equal(buffer_text(&x), buffer_text(&y));
    buffer_free(&x);
    buffer_free(&y);
    return same;
}

/* Takes the digits at *AT, without leading zeros. */
static struct text take_digits(struct text text, size_t *at) {
    while (*at + 1 < text.len && text.data[*at] == '0' && char_is_digit(text.data[*at + 1]))
        ++*at;
    size_t from = *at;
    while (*at < text.len && char_is_digit(text.data[*at]))
        ++*at;
    return (struct text){text.data + from, *at - from};
}

int text_compare_natural(struct text a, struct text b) {
    size_t i = 0;
    size_t j = 0;
    while (i < a.len && j < b.len) {
        if (char_is_digit(a.data[i]) && char_is_digit(b.data[j])) {
            struct text x = take_digits(a, &i);
            struct text y = take_digits(b, &j);
            if (x.len != y.len)
                return x.len < y.len ? -1 : 1;
            int order = text_compare(x, y);
            if (order != 0)
                return order;
            continue;
        }
        if (a.data[i] != b.data[j])
            return (unsigned char)a.data[i] < (unsigned char)b.data[j] ? -1 : 1;
        i++;
        j++;
    }
    if (i < a.len || j < b.len)
        return i < a.len ? 1 : -1;
    return text_compare(a, b);
}
