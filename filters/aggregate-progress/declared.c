/* Declared figures; see declared.h. */
#include "declared.h"

#include <stdlib.h>
#include <string.h>

#include "diagnostics.h"
#include "table.h"

/* A column's number as it stands; a blank and a dash state nothing. */
static bool take_decimal(const struct table_reader *reader, const struct table_row *row, size_t at,
                         struct decimal *value) {
    if (at == TABLE_NO_COLUMN || row->fields[at].len == 0 || text_equal(row->fields[at], TEXT("-")))
        return false;
    if (!decimal_parse(row->fields[at], value))
        die_at(table_name(reader), row->line, "'%.*s' is no number", (int)row->fields[at].len,
               row->fields[at].data);
    return true;
}

static bool take_whole(const struct table_reader *reader, const struct table_row *row, size_t at,
                       uint64_t *number) {
    struct decimal value;
    if (!take_decimal(reader, row, at, &value))
        return false;
    if (value.scale > 0 || value.units < 0)
        die_at(table_name(reader), row->line, "'%.*s' is no whole number", (int)row->fields[at].len,
               row->fields[at].data);
    *number = (uint64_t)value.units;
    return true;
}

void declarations_read(struct declarations *declarations, const char *path,
                       const struct input_options *options) {
    struct table_reader *reader = table_open(path, options);
    size_t scope_at = table_require_column(reader, "scope");
    size_t name_at = table_require_column(reader, "name");
    size_t count_at = table_require_column(reader, "count");
    size_t progress_at = table_require_column(reader, "progress");
    size_t line_at = table_column(reader, "line");
    struct table_row row;
    while (table_read(reader, &row)) {
        struct declared declared = {.file = path, .row_line = row.line};
        declared.has_count = take_whole(reader, &row, count_at, &declared.count);
        declared.has_progress = take_decimal(reader, &row, progress_at, &declared.progress);
        take_whole(reader, &row, line_at, &declared.line);
        declared.scope = text_copy(row.fields[scope_at]);
        declared.name = text_copy(row.fields[name_at]);
        declarations->items = memory_reserve(declarations->items, &declarations->cap, declarations->count + 1,
                                             sizeof *declarations->items);
        declarations->items[declarations->count++] = declared;
    }
    table_close(reader);
}

const struct declared *declarations_first(const struct declarations *declarations, const char *scope) {
    for (size_t i = 0; i < declarations->count; i++) {
        if (strcmp(declarations->items[i].scope, scope) == 0)
            return &declarations->items[i];
    }
    return NULL;
}

void declarations_free(struct declarations *declarations) {
    for (size_t i = 0; i < declarations->count; i++) {
        free(declarations->items[i].scope);
        free(declarations->items[i].name);
    }
    free(declarations->items);
    *declarations = (struct declarations){0};
}

int declared_places(struct decimal progress) {
    return progress.scale > 2 ? progress.scale : 2;
}

bool declared_repeats(const struct declared *one, const struct declared *other) {
    return (!other->has_count || (one->has_count && one->count == other->count)) &&
           (!other->has_progress ||
            (one->has_progress && decimal_compare(one->progress, other->progress) == 0));
}

bool declared_agrees(struct decimal progress, struct fraction mean) {
    struct decimal rounded;
    return fraction_round(mean, declared_places(progress), &rounded) &&
           decimal_compare(rounded, progress) == 0;
}
