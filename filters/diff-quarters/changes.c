/* The list of changes; see changes.h. */
#include "changes.h"

#include <stdlib.h>

#include "date.h"
#include "decimal.h"
#include "rows.h"
#include "table.h"

const char *const changes_columns[CHANGES_COLUMNS] = {
    "change", "key_old", "key_new", "title",   "table",    "n",        "field",
    "old",    "new",     "delta",   "meaning", "line_old", "line_new",
};

const char *change_kind_name(enum change_kind kind) {
    static const char *const names[CHANGE_KINDS] = {"removed",  "added",   "renumbered", "moved",
                                                    "retitled", "changed", "unchanged"};
    return names[kind];
}

void changes_add(struct changes *changes, const struct change *change) {
    changes->items =
        memory_reserve(changes->items, &changes->cap, changes->count + 1, sizeof *changes->items);
    struct change *added = &changes->items[changes->count];
    *added = *change;
    added->sequence = changes->count++;
    struct arena *arena = &changes->arena;
    added->key_old = arena_copy(arena, change->key_old);
    added->key_new = arena_copy(arena, change->key_new);
    added->title = arena_copy(arena, change->title);
    added->n = arena_copy(arena, change->n);
    added->field = arena_copy(arena, change->field);
    added->old = arena_copy(arena, change->old);
    added->new = arena_copy(arena, change->new);
    added->delta = arena_copy(arena, change->delta);
}

void changes_add_title(struct changes *changes, struct text key_old, struct text key_new, struct text title) {
    changes->titles = memory_reserve(changes->titles, &changes->title_cap, changes->title_count + 1,
                                     sizeof *changes->titles);
    changes->titles[changes->title_count++] =
        (struct change_title){arena_copy(&changes->arena, key_old), arena_copy(&changes->arena, key_new),
                              arena_copy(&changes->arena, title)};
}

static struct text sort_key(const struct change *change) {
    return change->key_new.len > 0 ? change->key_new : change->key_old;
}

/* 0 for a row that is in both, 1 for one that went, 2 for one that came. */
static int presence(const struct change *change) {
    if (change->key_old.len > 0 && change->key_new.len > 0)
        return 0;
    return change->key_new.len > 0 ? 2 : 1;
}

static int compare_changes(const void *left, const void *right) {
    const struct change *a = left;
    const struct change *b = right;
    int order = text_compare_natural(sort_key(a), sort_key(b));
    if (order == 0)
        order = presence(a) - presence(b);
    if (order == 0)
        order = text_compare_natural(a->key_old, b->key_old);
    if (order == 0)
        order = (a->table_rank > b->table_rank) - (a->table_rank < b->table_rank);
    if (order == 0)
        order = (a->sequence > b->sequence) - (a->sequence < b->sequence);
    return order;
}

static int compare_titles(const void *left, const void *right) {
    const struct change_title *a = left;
    const struct change_title *b = right;
    int order = text_compare(a->key_old, b->key_old);
    return order != 0 ? order : text_compare(a->key_new, b->key_new);
}

const struct text *changes_title(const struct changes *changes, struct text key_old, struct text key_new) {
    struct change_title wanted = {key_old, key_new, TEXT("")};
    if (changes->title_count == 0)
        return NULL;
    const struct change_title *found =
        bsearch(&wanted, changes->titles, changes->title_count, sizeof wanted, compare_titles);
    return found != NULL ? &found->title : NULL;
}

void changes_sort(struct changes *changes) {
    if (changes->title_count > 0)
        qsort(changes->titles, changes->title_count, sizeof *changes->titles, compare_titles);
    if (changes->count > 0)
        qsort(changes->items, changes->count, sizeof *changes->items, compare_changes);
}

bool changes_differ(const struct changes *changes) {
    for (size_t i = 0; i < changes->count; i++) {
        if (changes->items[i].kind != CHANGE_UNCHANGED)
            return true;
    }
    return false;
}

static void put_line(struct table_writer *writer, uint64_t line) {
    if (line == 0)
        table_put(writer, TEXT(""));
    else
        table_put_number(writer, line);
}

void changes_write(const struct changes *changes, const char *path, bool compress, bool bom) {
    struct table_writer *writer = table_create(path, compress, bom, changes_columns, CHANGES_COLUMNS);
    for (size_t i = 0; i < changes->count; i++) {
        const struct change *change = &changes->items[i];
        table_put_string(writer, change_kind_name(change->kind));
        table_put(writer, change->key_old);
        table_put(writer, change->key_new);
        table_put(writer, change->title);
        table_put_string(writer, change->table);
        table_put(writer, change->n);
        table_put(writer, change->field);
        table_put(writer, change->old);
        table_put(writer, change->new);
        table_put(writer, change->delta);
        table_put_string(writer, change->meaning != NULL ? change->meaning->name : "");
        put_line(writer, change->line_old);
        put_line(writer, change->line_new);
        table_end_row(writer);
    }
    table_finish(writer);
}

void changes_free(struct changes *changes) {
    free(changes->items);
    free(changes->titles);
    arena_free(&changes->arena);
    *changes = (struct changes){0};
}

/* The columns whose change is given in percent too: amounts of money, of projects.csv and aggregates.csv. */
bool change_is_amount(struct text field) {
    static const char *const names[] = {"budget_allocated", "budget_contracted", "budget_disbursed",
                                        "allocated",        "contracted",        "disbursed"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (text_equal(field, text_of(names[i])))
            return true;
    }
    return false;
}

/* A year alone is a number, unless the column holds dates. */
static bool is_date(struct text field, struct text old, struct text new) {
    return old.len > 4 || new.len > 4 || text_equal(field, TEXT("start")) ||
           text_equal(field, TEXT("period_start")) || field_is_end(field);
}

static void append_percent(struct buffer *buffer, struct decimal old, struct decimal difference) {
    struct decimal percent;
    char text[DECIMAL_TEXT];
    if (old.units < 0)
        old.units = -old.units;
    if (decimal_multiply(difference, decimal_of(100), &percent) && decimal_divide(percent, old, 2, &percent))
        buffer_printf(buffer, " (%s%%)", decimal_format_fixed(percent, 2, text));
}

void change_delta(struct buffer *buffer, struct text field, struct text old, struct text new) {
    struct decimal a;
    struct decimal b;
    struct decimal difference;
    int64_t days;
    if (is_date(field, old, new) && dates_compare(old, new, field_is_end(field), &days)) {
        buffer_printf(buffer, "%lld day%s", (long long)days, days == 1 || days == -1 ? "" : "s");
    } else if (decimal_parse(old, &a) && decimal_parse(new, &b) && decimal_subtract(b, a, &difference)) {
        decimal_append(buffer, difference);
        if (change_is_amount(field))
            append_percent(buffer, a, difference);
    }
}

bool change_within(struct text field, struct text old, struct text new, struct text tolerance) {
    struct decimal limit;
    struct decimal a;
    struct decimal b;
    struct decimal difference;
    int64_t days;
    if (!decimal_parse(tolerance, &limit))
        return false;
    if (is_date(field, old, new) && dates_compare(old, new, field_is_end(field), &days))
        difference = decimal_of(days);
    else if (!decimal_parse(old, &a) || !decimal_parse(new, &b) || !decimal_subtract(b, a, &difference))
        return false;
    if (difference.units < 0)
        difference.units = -difference.units;
    return decimal_compare(difference, limit) <= 0;
}
