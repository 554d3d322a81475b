/*
 * The proof of a comparison; see replay.h.
 *
 * Only what stands in changes.csv is used, and the old tables. A change finds its row by the old key, the old
 * line and the old value; rows beneath a project follow it to its new key. Then both sides are written out row
 * by row in one form, sorted, and must be equal.
 */
#include "replay.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "diagnostics.h"
#include "tables.h"

/* A row of the old table while changes are applied to it. */
struct replayed {
    struct text *fields; /* in the new table's columns */
    bool *stated;        /* columns that a change has set */
    struct text key;     /* as it becomes */
    bool removed;
};

/* A project of the old version, and the key that it became. */
struct followed {
    struct text key;
    size_t row;
    uint64_t line_first; /* of the report; 0: not known */
    uint64_t line_last;
    uint64_t line; /* by which the changes name it */
    struct text key_new;
};

/* All of them, by key and row. */
struct follow {
    struct followed *items;
    size_t count;
};

/* One table whose changes are applied. */
struct replay {
    const struct changes *changes;
    const struct table_form *form;
    const struct rows *old;
    const struct rows *new;
    const struct follow *follow; /* NULL: nothing is known of projects */
    struct table_comparison *table;
    struct replayed *rows; /* one for each old row, then those that came */
    size_t count;
    size_t cap;
    struct arena arena;
    size_t last; /* the row that was changed last */
};

/* An old row by its key. */
struct keyed {
    struct text key;
    size_t row;
};

static int compare_keyed_rows(const void *left, const void *right) {
    const struct keyed *a = left;
    const struct keyed *b = right;
    int order = text_compare(a->key, b->key);
    return order != 0 ? order : (a->row > b->row) - (a->row < b->row);
}

static struct text key_of(struct replay *replay, const struct form_columns *columns,
                          const struct text *fields) {
    struct buffer key = {0};
    comparison_key(replay->table, columns, fields, &key);
    struct text copy = arena_copy(&replay->arena, buffer_text(&key));
    buffer_free(&key);
    return copy;
}

static struct replayed *add_row(struct replay *replay) {
    replay->rows = memory_reserve(replay->rows, &replay->cap, replay->count + 1, sizeof *replay->rows);
    struct replayed *row = &replay->rows[replay->count++];
    *row = (struct replayed){.fields = memory_zeroed(replay->new->column_count, sizeof *row->fields),
                             .stated = memory_zeroed(replay->new->column_count, sizeof *row->stated)};
    for (size_t i = 0; i < replay->new->column_count; i++)
        row->fields[i] = TEXT("");
    return row;
}

static struct keyed *start_rows(struct replay *replay) {
    struct keyed *keyed = memory_zeroed(replay->old->count, sizeof *keyed);
    for (size_t i = 0; i < replay->old->count; i++) {
        const struct text *fields = rows_fields(replay->old, i);
        struct replayed *row = add_row(replay);
        for (size_t c = 0; c < replay->table->column_count; c++) {
            const struct column_pair *column = &replay->table->columns[c];
            if (column->old != TABLE_NO_COLUMN && column->new != TABLE_NO_COLUMN)
                row->fields[column->new] = fields[column->old];
        }
        row->key = key_of(replay, &replay->table->old_columns, fields);
        keyed[i] = (struct keyed){row->key, i};
    }
    if (replay->old->count > 0)
        qsort(keyed, replay->old->count, sizeof *keyed, compare_keyed_rows);
    return keyed;
}

static bool ends_with(struct text text, struct text end) {
    return text.len >= end.len && memcmp(text.data + text.len - end.len, end.data, end.len) == 0;
}

/* Whether two changes in the list are of one row. */
static bool is_of_same_row(const struct change *a, const struct change *b) {
    return a->table == b->table && a->kind != CHANGE_REMOVED && b->kind != CHANGE_REMOVED &&
           a->line_old == b->line_old && a->line_new == b->line_new && text_equal(a->n, b->n) &&
           text_equal(a->key_old, b->key_old) && text_equal(a->title, b->title);
}

/* The change of COLUMN among the changes of the row that CHANGE is about, which stand side by side; NULL where the list
   has none. */
static const struct change *find_beside(const struct replay *replay, const struct change *change,
                                        struct text column) {
    const struct change *first = replay->changes->items;
    const struct change *end = first + replay->changes->count;
    for (const struct change *other = change; other < end && is_of_same_row(other, change); other++) {
        if (text_equal(other->field, column))
            return other;
    }
    for (const struct change *other = change; other > first && is_of_same_row(other - 1, change); other--) {
        if (text_equal(other[-1].field, column))
            return &other[-1];
    }
    return NULL;
}

/* Whether SAME, what a row of the old table has in the column that tells its rows apart (the year), is what CHANGE says
   of its row: what it was, where that changed too, else what stands in brackets behind the title. */
static bool is_told_by(const struct replay *replay, struct text same, const struct change *change) {
    const struct change *told =
        change->kind == CHANGE_CHANGED ? find_beside(replay, change, text_of(replay->form->same)) : NULL;
    if (told != NULL)
        return text_equal(told->old, same);
    struct buffer tail = {0};
    buffer_printf(&tail, " (%.*s)", (int)same.len, same.data);
    bool told_so = ends_with(change->title, buffer_text(&tail));
    buffer_free(&tail);
    return told_so;
}

/* Whether the old row I can be the one that CHANGE is about. */
static bool is_about(const struct replay *replay, size_t i, const struct change *change) {
    const struct table_comparison *table = replay->table;
    const struct text *fields = rows_fields(replay->old, i);
    if (replay->rows[i].removed ||
        comparison_line(&table->old_columns, (struct row_view){fields, replay->old->lines[i]}) !=
            change->line_old)
        return false;
    if (change->kind == CHANGE_REMOVED) {
        struct buffer json = {0};
        comparison_json(table, fields, false, &json);
        bool same = text_equal(buffer_text(&json), change->old);
        buffer_free(&json);
        return same;
    }
    struct text same = rows_field(replay->old, i, table->old_columns.same);
    if (same.len > 0 && !is_told_by(replay, same, change))
        return false;
    if (table->form->parent == NULL)
        return true;
    for (size_t c = 0; c < table->column_count; c++) {
        const struct column_pair *column = &table->columns[c];
        if (column->compared && text_equal(column->name, change->field))
            return text_equal(fields[column->old], change->old) && !replay->rows[i].stated[column->new];
    }
    return false;
}

/* The old row that CHANGE is about: the one that the change before was about, if it can be. */
static size_t find_row(const struct replay *replay, const struct keyed *keyed, const struct change *change) {
    size_t low = 0;
    size_t high = replay->old->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text_compare(keyed[middle].key, change->key_old) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    size_t found = SIZE_MAX;
    for (size_t i = low; i < replay->old->count && text_equal(keyed[i].key, change->key_old); i++) {
        if (!is_about(replay, keyed[i].row, change))
            continue;
        if (keyed[i].row == replay->last)
            return keyed[i].row;
        if (found == SIZE_MAX)
            found = keyed[i].row;
    }
    return found;
}

static _Noreturn void die_unproven(const struct replay *replay, const char *what, struct text detail) {
    die_at(replay->new->path, 0,
           "--check: the changes, applied to the old table, do not give this one: %s: %.*s", what,
           (int)detail.len, detail.data);
}

static void apply_added(struct replay *replay, const struct change *change) {
    json_error_t error;
    json_t *object = json_loadb(change->new.data, change->new.len, JSON_ALLOW_NUL, &error);
    if (object == NULL)
        die_unproven(replay, "no JSON object", change->new);
    struct replayed *row = add_row(replay);
    for (size_t i = 0; i < replay->new->column_count; i++) {
        char *name = text_copy(replay->new->columns[i]);
        const json_t *value = json_object_get(object, name);
        if (value != NULL)
            row->fields[i] = arena_copy(&replay->arena,
                                        (struct text){json_string_value(value), json_string_length(value)});
        free(name);
    }
    row->key = key_of(replay, &replay->table->new_columns, row->fields);
    json_decref(object);
}

/* Gives ROW the key of CHANGE; the columns that followed the old key follow the new one. */
static void apply_key(struct replay *replay, struct replayed *row, const struct change *change) {
    struct buffer expected = {0};
    row->key = change->new;
    for (size_t i = 0; i < replay->new->column_count; i++) {
        buffer_clear(&expected);
        if (comparison_leads(replay->form, replay->new->columns[i], change->old, row->fields[i], change->new,
                             &expected))
            row->fields[i] = arena_copy(&replay->arena, buffer_text(&expected));
    }
    buffer_free(&expected);
}

static bool is_new_key(const struct change *change) {
    return (change->kind == CHANGE_RENUMBERED || change->kind == CHANGE_MOVED) &&
           text_equal(change->old, change->key_old) && text_equal(change->new, change->key_new) &&
           !text_equal(change->key_old, change->key_new);
}

static void apply(struct replay *replay, const struct keyed *keyed, const struct change *change) {
    if (change->kind == CHANGE_ADDED) {
        apply_added(replay, change);
        return;
    }
    size_t found = find_row(replay, keyed, change);
    if (replay->rows == NULL || found == SIZE_MAX)
        die_unproven(replay, "a change of a row that is not there", change->key_old);
    struct replayed *row = &replay->rows[found];
    replay->last = found;
    if (change->kind == CHANGE_REMOVED) {
        row->removed = true;
    } else if (replay->form->parent == NULL && is_new_key(change)) {
        apply_key(replay, row, change);
    } else {
        for (size_t i = 0; i < replay->new->column_count; i++) {
            if (!text_equal(replay->new->columns[i], change->field))
                continue;
            row->fields[i] = change->new;
            row->stated[i] = true;
        }
    }
}

static int compare_followed(const void *left, const void *right) {
    const struct followed *a = left;
    const struct followed *b = right;
    int order = text_compare(a->key, b->key);
    return order != 0 ? order : (a->row > b->row) - (a->row < b->row);
}

/* The first project of KEY; one past the end where there is none. */
static size_t find_followed(const struct follow *follow, struct text key) {
    size_t low = 0;
    size_t high = follow->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text_compare(follow->items[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < follow->count && text_equal(follow->items[low].key, key) ? low : follow->count;
}

/* Gives the projects that CHANGE is about the key that it tells; the first change of a project holds. */
static void note_new_key(const struct follow *follow, const struct change *change) {
    for (size_t i = find_followed(follow, change->key_old);
         i < follow->count && text_equal(follow->items[i].key, change->key_old); i++) {
        struct followed *project = &follow->items[i];
        if (project->line == change->line_old && text_equal(project->key_new, project->key))
            project->key_new = change->key_new;
    }
}

/* What the CHANGES tell of the PROJECTS of the old version. The caller frees the items. */
static struct follow follow_changes(const struct rows *projects, const struct changes *changes) {
    struct follow follow = {memory_zeroed(projects->count, sizeof *follow.items), projects->count};
    size_t key = rows_column(projects, "key");
    size_t first = rows_column(projects, "line_first");
    size_t last = rows_column(projects, "line_last");
    for (size_t i = 0; i < projects->count; i++) {
        struct followed *project = &follow.items[i];
        *project = (struct followed){.key = rows_field(projects, i, key),
                                     .row = i,
                                     .line_first = comparison_number(rows_field(projects, i, first)),
                                     .line_last = comparison_number(rows_field(projects, i, last))};
        project->line = first != TABLE_NO_COLUMN ? project->line_first : projects->lines[i];
        project->key_new = project->key;
    }
    if (projects->count > 0)
        qsort(follow.items, follow.count, sizeof *follow.items, compare_followed);
    for (size_t c = 0; c < changes->count; c++) {
        const struct change *change = &changes->items[c];
        if (strcmp(change->table, "projects") == 0 && is_new_key(change))
            note_new_key(&follow, change);
    }
    return follow;
}

/* The key that the project became to which the old row I, beneath KEY, belongs: of several the one that the row's
   line is in, else the first. */
static struct text follow_project(const struct replay *replay, size_t i, struct text key) {
    const struct follow *follow = replay->follow;
    uint64_t line = comparison_number(rows_field(replay->old, i, replay->table->old_columns.line));
    size_t found = find_followed(follow, key);
    for (size_t at = found; line > 0 && at < follow->count && text_equal(follow->items[at].key, key); at++) {
        if (follow->items[at].line_first <= line && line <= follow->items[at].line_last)
            return follow->items[at].key_new;
    }
    return found < follow->count ? follow->items[found].key_new : key;
}

/* A row in the form in which both sides are compared: its key and all columns that are compared. */
static struct text write_out(struct replay *replay, struct text key, const struct text *fields) {
    struct buffer row = {0};
    struct buffer value = {0};
    buffer_append_text(&row, key);
    for (size_t i = 0; i < replay->table->column_count; i++) {
        const struct column_pair *column = &replay->table->columns[i];
        if (!column->compared || column->tolerance != NULL)
            continue;
        buffer_clear(&value);
        comparison_fold(replay->table, column, fields[column->new], &value);
        buffer_append_char(&row, '\n');
        buffer_append_text(&row, buffer_text(&value));
    }
    struct text copy = arena_copy(&replay->arena, buffer_text(&row));
    buffer_free(&row);
    buffer_free(&value);
    return copy;
}

static int compare_texts(const void *left, const void *right) {
    const struct text *a = left;
    const struct text *b = right;
    return text_compare(*a, *b);
}

static void compare_sides(struct replay *replay) {
    struct text *made = memory_zeroed(replay->count, sizeof *made);
    struct text *wanted = memory_zeroed(replay->new->count, sizeof *wanted);
    size_t count = 0;
    bool follows =
        replay->follow != NULL && replay->form->parent != NULL && strcmp(replay->form->parent, "key") == 0;
    for (size_t i = 0; i < replay->count; i++) {
        const struct replayed *row = &replay->rows[i];
        if (row->removed)
            continue;
        bool is_old = i < replay->old->count;
        made[count++] = write_out(replay, follows && is_old ? follow_project(replay, i, row->key) : row->key,
                                  row->fields);
    }
    for (size_t i = 0; i < replay->new->count; i++) {
        const struct text *fields = rows_fields(replay->new, i);
        wanted[i] = write_out(replay, key_of(replay, &replay->table->new_columns, fields), fields);
    }
    if (count > 0)
        qsort(made, count, sizeof *made, compare_texts);
    if (replay->new->count > 0)
        qsort(wanted, replay->new->count, sizeof *wanted, compare_texts);
    for (size_t i = 0; i < count && i < replay->new->count; i++) {
        if (!text_equal(made[i], wanted[i]))
            die_unproven(replay, "a row is not as it should be",
                         text_compare(made[i], wanted[i]) < 0 ? made[i] : wanted[i]);
    }
    if (count != replay->new->count)
        die_unproven(replay, count < replay->new->count ? "rows are missing" : "too many rows", TEXT(""));
    free(made);
    free(wanted);
}

/* A column that only one table has must have been listed. */
static void check_columns(const struct replay *replay, const struct changes *silent) {
    for (size_t i = 0; i < silent->count; i++) {
        bool listed = false;
        for (size_t j = 0; j < replay->changes->count && !listed; j++) {
            const struct change *change = &replay->changes->items[j];
            listed = change->kind == silent->items[i].kind && change->is_column &&
                     strcmp(change->table, replay->form->name) == 0 &&
                     text_equal(change->field, silent->items[i].field);
        }
        if (!listed)
            die_unproven(replay, "a column is not listed", silent->items[i].field);
    }
}

static void replay_table(const struct changes *changes, const struct comparison *comparison,
                         const struct table_form *form, const struct rows *old, const struct rows *new,
                         const struct follow *follow) {
    struct changes silent = {0};
    struct comparison again = *comparison;
    again.changes = &silent;
    struct replay replay = {
        .changes = changes, .form = form, .old = old, .new = new, .follow = follow, .last = SIZE_MAX};
    replay.table = comparison_start(&again, form, 0, old, new);
    check_columns(&replay, &silent);
    struct keyed *keyed = start_rows(&replay);
    for (size_t i = 0; i < changes->count; i++) {
        const struct change *change = &changes->items[i];
        if (strcmp(change->table, form->name) == 0 && !change->is_column)
            apply(&replay, keyed, change);
    }
    compare_sides(&replay);
    for (size_t i = 0; i < replay.count; i++) {
        free(replay.rows[i].fields);
        free(replay.rows[i].stated);
    }
    free(replay.rows);
    free(keyed);
    arena_free(&replay.arena);
    comparison_end(replay.table);
    changes_free(&silent);
}

static void replay_files(const struct changes *changes, const struct comparison *comparison,
                         const struct table_form *form, const char *old, const char *new,
                         const struct follow *follow, const struct input_options *input) {
    struct rows *old_rows = rows_load(old, input);
    struct rows *new_rows = rows_load(new, input);
    replay_table(changes, comparison, form, old_rows, new_rows, follow);
    rows_free(old_rows);
    rows_free(new_rows);
}

static bool asks_for(const struct version_options *options, const char *table) {
    for (size_t i = 0; i < options->table_count; i++) {
        if (text_equal(options->tables[i], text_of(table)))
            return true;
    }
    return options->table_count == 0;
}

static void refuse_pipe(const char *path) {
    struct stat status;
    if (strcmp(path, "-") == 0 || stat(path, &status) != 0 || !S_ISREG(status.st_mode))
        die_at(path, 0, "--check reads its input twice: it must be a regular file");
}

void replay_check(const struct changes *changes, const struct comparison *comparison, const char *old,
                  const char *new, const struct table_form *form, const struct version_options *options) {
    if (form != NULL) {
        refuse_pipe(old);
        refuse_pipe(new);
        replay_files(changes, comparison, form, old, new, NULL, options->input);
        return;
    }
    size_t count;
    const struct table_form *forms = table_forms(&count);
    char *projects_path = tables_find(old, "projects");
    struct rows *projects = projects_path != NULL ? rows_load(projects_path, options->input) : NULL;
    struct follow follow = {NULL, 0};
    if (projects != NULL)
        follow = follow_changes(projects, changes);
    for (size_t i = 0; i < count; i++) {
        if (!asks_for(options, forms[i].name))
            continue;
        if (forms[i].parent != NULL && strcmp(forms[i].parent, "key") == 0 && !asks_for(options, "projects"))
            die("--check: '%s' needs the table 'projects' too, for the keys that changed", forms[i].name);
        char *old_path = tables_find(old, forms[i].name);
        char *new_path = tables_find(new, forms[i].name);
        if (old_path != NULL && new_path != NULL)
            replay_files(changes, comparison, &forms[i], old_path, new_path,
                         projects != NULL ? &follow : NULL, options->input);
        free(old_path);
        free(new_path);
    }
    free(follow.items);
    free(projects_path);
    rows_free(projects);
}
