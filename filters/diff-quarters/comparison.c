/* Comparing two states of a table; see comparison.h. */
#include "comparison.h"

#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "diagnostics.h"

static bool is_named(const char *const *names, struct text name) {
    for (size_t i = 0; i < FORM_COLUMNS && names[i] != NULL; i++) {
        if (text_equal(name, text_of(names[i])))
            return true;
    }
    return false;
}

static bool is_in(const struct text *names, size_t count, struct text name) {
    for (size_t i = 0; i < count; i++) {
        if (text_equal(names[i], name))
            return true;
    }
    return false;
}

static size_t optional_column(const struct rows *rows, const char *name) {
    return name != NULL ? rows_column(rows, name) : TABLE_NO_COLUMN;
}

static size_t needed_column(const struct rows *rows, const char *name) {
    size_t column = rows_column(rows, name);
    if (column == TABLE_NO_COLUMN)
        die_at(rows->path, 1, "the column '%s' is missing", name);
    return column;
}

static struct form_columns find_columns(const struct table_form *form, const struct rows *rows) {
    struct form_columns columns = {
        .parent = form->parent != NULL ? needed_column(rows, form->parent) : TABLE_NO_COLUMN,
        .text = optional_column(rows, form->text),
        .same = optional_column(rows, form->same),
        .n = form->parent != NULL ? rows_column(rows, "n") : TABLE_NO_COLUMN,
        .line = TABLE_NO_COLUMN,
        .agency = form->is_project ? rows_column(rows, "agency") : TABLE_NO_COLUMN,
    };
    for (size_t i = 0; i < FORM_COLUMNS && form->keys[i] != NULL; i++)
        columns.keys[columns.key_count++] = needed_column(rows, form->keys[i]);
    if (is_named(form->places, TEXT("line")))
        columns.line = rows_column(rows, "line");
    if (is_named(form->places, TEXT("line_first")))
        columns.line = rows_column(rows, "line_first");
    return columns;
}

static bool is_compared(const struct table_comparison *table, struct text name) {
    const struct table_form *form = table->form;
    const struct comparison *comparison = table->comparison;
    if (is_named(form->keys, name) || is_named(form->places, name))
        return false;
    if (form->parent != NULL && text_equal(name, text_of(form->parent)))
        return false;
    if (is_in(comparison->ignored, comparison->ignored_count, name))
        return false;
    return comparison->only_count == 0 || is_in(comparison->only, comparison->only_count, name);
}

static struct change start_change(const struct table_comparison *table, enum change_kind kind) {
    return (struct change){.kind = kind, .table = table->form->name, .table_rank = table->rank};
}

static void list_column(struct table_comparison *table, struct text name, enum change_kind kind) {
    struct change change = start_change(table, kind);
    change.is_column = true;
    change.field = name;
    change.meaning =
        meaning_of_event(table->comparison->meanings, table->rules,
                         kind == CHANGE_ADDED ? CONDITION_COLUMN_ADDED : CONDITION_COLUMN_DROPPED);
    changes_add(table->comparison->changes, &change);
}

static const struct text *find_tolerance(const struct comparison *comparison, struct text name) {
    for (size_t i = 0; i < comparison->tolerance_count; i++) {
        if (text_equal(comparison->tolerances[i].field, name))
            return &comparison->tolerances[i].amount;
    }
    return NULL;
}

bool comparison_has_list_marks(const struct table_comparison *table) {
    return table->form->parent != NULL && table->comparison->list_lead != NULL;
}

static void add_column(struct table_comparison *table, struct text name, size_t old, size_t new) {
    bool compared = is_compared(table, name);
    struct comparison *comparison = table->comparison;
    table->columns[table->column_count++] = (struct column_pair){
        .name = name,
        .old = old,
        .new = new,
        .compared = compared &&old != TABLE_NO_COLUMN &&new != TABLE_NO_COLUMN,
        .watched =
            compared && comparison->period.moved &&meaning_watches(comparison->meanings, table->rules, name),
        .marked = comparison_has_list_marks(table) && new != TABLE_NO_COLUMN &&new == table->new_columns.text,
        .tolerance = find_tolerance(comparison, name),
    };
    if (compared && old == TABLE_NO_COLUMN)
        list_column(table, name, CHANGE_ADDED);
    if (compared && new == TABLE_NO_COLUMN)
        list_column(table, name, CHANGE_REMOVED);
}

struct table_comparison *comparison_start(struct comparison *comparison, const struct table_form *form,
                                          unsigned rank, const struct rows *old, const struct rows *new) {
    struct table_comparison *table = memory_zeroed(1, sizeof *table);
    table->comparison = comparison;
    table->form = form;
    table->rules = table_form_find(form->name) != NULL ? form->name : "";
    table->rank = rank;
    table->old_columns = find_columns(form, old);
    table->new_columns = find_columns(form, new);
    table->old_column_count = old->column_count;
    table->new_column_count = new->column_count;
    table->columns = memory_zeroed(old->column_count + new->column_count, sizeof *table->columns);
    for (size_t i = 0; i < new->column_count; i++) {
        size_t in_old = TABLE_NO_COLUMN;
        for (size_t j = 0; j < old->column_count && in_old == TABLE_NO_COLUMN; j++) {
            if (text_equal(old->columns[j], new->columns[i]))
                in_old = j;
        }
        add_column(table, new->columns[i], in_old, i);
    }
    for (size_t j = 0; j < old->column_count; j++) {
        if (!is_in(new->columns, new->column_count, old->columns[j]))
            add_column(table, old->columns[j], j, TABLE_NO_COLUMN);
    }
    return table;
}

void comparison_note_columns(struct table_comparison *table) {
    struct comparison *comparison = table->comparison;
    for (size_t i = 0; i < comparison->named_count; i++) {
        for (size_t j = 0; j < table->column_count; j++)
            comparison->named[i].found |= text_equal(table->columns[j].name, comparison->named[i].name);
    }
}

void comparison_end(struct table_comparison *table) {
    buffer_free(&table->scratch);
    free(table->columns);
    free(table);
}

/* S3.P07 of strategy 3 and number 7; S3.total; S5.P00 of a project without a number. */
static void append_project_key(struct buffer *key, struct text strategy, struct text number) {
    buffer_append_char(key, 'S');
    buffer_append_text(key, strategy.len > 0 ? strategy : TEXT("?"));
    buffer_append_char(key, '.');
    if (number.len == 0 || text_equal(number, TEXT("-")))
        number = TEXT("00");
    if (char_is_digit(number.data[0])) {
        buffer_append_char(key, 'P');
        if (number.len == 1 || number.data[1] < '0' || number.data[1] > '9')
            buffer_append_char(key, '0');
    }
    buffer_append_text(key, number);
}

/* A key's field, so that two keys of several fields never look alike: `/` and `\` get a `\`. */
static void append_escaped(struct buffer *key, struct text field) {
    for (size_t i = 0; i < field.len; i++) {
        if (field.data[i] == '/' || field.data[i] == '\\')
            buffer_append_char(key, '\\');
        buffer_append_char(key, field.data[i]);
    }
}

/* A key's field in its folded form. */
static void append_folded(struct buffer *key, struct text field) {
    if (value_is_folded(field))
        buffer_append_text(key, field);
    else
        value_fold(key, field);
}

struct text comparison_bare_text(const struct table_comparison *table, struct text text) {
    struct match match;
    return pattern_match(table->comparison->list_lead, text, 0, &match) ? text_skip(text, match.end) : text;
}

/* Whether a Thai letter or sign stands at the byte AT of TEXT. */
static bool is_thai_at(struct text text, size_t at) {
    return at + 3 <= text.len && (unsigned char)text.data[at] == 0xE0 &&
           ((unsigned char)text.data[at + 1] & 0xFE) == 0xB8;
}

/* Appends TEXT without the blanks that stand before or behind a Thai letter: Thai is written without, and whether
   one is read there is chance. */
static void append_without_thai_blanks(struct buffer *buffer, struct text text) {
    size_t from = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] != ' ' || !(is_thai_at(text, i + 1) || (i >= 3 && is_thai_at(text, i - 3))))
            continue;
        buffer_append(buffer, text.data + from, i - from);
        from = i + 1;
    }
    buffer_append_text(buffer, text_skip(text, from));
}

void comparison_fold_text(struct text value, struct buffer *buffer) {
    struct buffer folded = {0};
    value_fold(&folded, value);
    append_without_thai_blanks(buffer, buffer_text(&folded));
    buffer_free(&folded);
}

void comparison_fold(const struct table_comparison *table, const struct column_pair *column,
                     struct text value, struct buffer *buffer) {
    if (!column->marked) {
        comparison_fold_text(value, buffer);
        return;
    }
    struct buffer folded = {0};
    value_fold(&folded, value);
    append_without_thai_blanks(buffer, comparison_bare_text(table, buffer_text(&folded)));
    buffer_free(&folded);
}

/* Whether OLD and NEW say the same in COLUMN. */
static bool says_same(const struct table_comparison *table, const struct column_pair *column, struct text old,
                      struct text new) {
    if (text_equal(old, new))
        return true;
    if (!column->marked && value_is_folded(old) && value_is_folded(new))
        return false;
    struct buffer a = {0};
    struct buffer b = {0};
    comparison_fold(table, column, old, &a);
    comparison_fold(table, column, new, &b);
    bool same = text_equal(buffer_text(&a), buffer_text(&b));
    buffer_free(&a);
    buffer_free(&b);
    return same;
}

void comparison_key(const struct table_comparison *table, const struct form_columns *columns,
                    const struct text *fields, struct buffer *key) {
    if (columns->parent != TABLE_NO_COLUMN) {
        if (strcmp(table->form->parent, "strategy") == 0)
            buffer_append_char(key, 'S');
        buffer_append_text(key, fields[columns->parent]);
    } else if (columns->key_count == 1) {
        append_folded(key, fields[columns->keys[0]]);
    } else if (table->form->is_project) {
        append_project_key(key, fields[columns->keys[0]], fields[columns->keys[1]]);
    } else {
        struct buffer folded = {0};
        for (size_t i = 0; i < columns->key_count; i++) {
            if (i > 0)
                buffer_append_char(key, '/');
            buffer_clear(&folded);
            append_folded(&folded, fields[columns->keys[i]]);
            append_escaped(key, buffer_text(&folded));
        }
        buffer_free(&folded);
    }
}

static bool all_digits(struct text text) {
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
    }
    return text.len > 0;
}

/* What COLUMN of a project's row must hold by its KEY: the strategy of S3.P06.1 is 3, its number 6.1, its parent
   S3.P06. False for any other column. Appends to VALUE. */
static bool follows_key(const struct table_form *form, struct text column, struct text key,
                        struct buffer *value) {
    if (!form->is_project)
        return false;
    size_t point = text_find(key, TEXT(".P"), 0);
    if (key.len < 5 || key.data[0] != 'S' || point == SIZE_MAX ||
        !all_digits((struct text){key.data + 1, point - 1}))
        return false;
    struct text number = text_skip(key, point + 2);
    if (text_equal(column, TEXT("strategy"))) {
        buffer_append(value, key.data + 1, point - 1);
        return true;
    }
    if (text_equal(column, TEXT("parent"))) {
        size_t last = key.len;
        while (last > 0 && key.data[last - 1] != '.')
            last--;
        if (last > point + 1)
            buffer_append(value, key.data, last - 1);
        return true;
    }
    if (text_equal(column, TEXT("number")) || text_equal(column, TEXT("number_printed"))) {
        while (number.len > 1 && number.data[0] == '0' && char_is_digit(number.data[1]))
            number = text_skip(number, 1);
        buffer_append_text(value, number);
        return true;
    }
    return false;
}

/* 12 or 6.1, not 47.A1: the heading of an activity prints no number of the project's. */
static bool is_plain_number(struct text text) {
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] != '.' && !char_is_digit(text.data[i]))
            return false;
    }
    return text.len > 0;
}

bool comparison_leads(const struct table_form *form, struct text column, struct text key_old, struct text old,
                      struct text key_new, struct buffer *expected) {
    struct buffer before = {0};
    bool leads =
        follows_key(form, column, key_old, &before) &&
        (text_equal(old, buffer_text(&before)) || (text_equal(column, TEXT("number_printed")) &&
                                                   old.len > 0 && is_plain_number(buffer_text(&before)))) &&
        follows_key(form, column, key_new, expected);
    buffer_free(&before);
    return leads;
}

bool comparison_keyless(const struct table_comparison *table, const struct form_columns *columns,
                        const struct text *fields) {
    if (!table->form->is_project)
        return false;
    if (columns->key_count == 2) {
        struct text number = fields[columns->keys[1]];
        return number.len == 0 || text_equal(number, TEXT("-")) || text_equal(number, TEXT("0"));
    }
    struct text key = fields[columns->keys[0]];
    return key.len > 4 && memcmp(key.data + key.len - 4, ".P00", 4) == 0;
}

/* A similarity as it stands in the column `delta`. */
static void append_score(struct buffer *buffer, unsigned score) {
    buffer_printf(buffer, "~%u.%02u", score / SIMILARITY_FULL, score % SIMILARITY_FULL / 100);
}

uint64_t comparison_number(struct text text) {
    uint64_t number = 0;
    for (size_t i = 0; i < text.len && i < 19; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return 0;
        number = number * 10 + (uint64_t)(text.data[i] - '0');
    }
    return number;
}

struct text comparison_field(struct row_view row, size_t column) {
    return row.fields != NULL && column != TABLE_NO_COLUMN ? row.fields[column] : TEXT("");
}

uint64_t comparison_line(const struct form_columns *columns, struct row_view row) {
    if (row.fields == NULL)
        return 0;
    return columns->line != TABLE_NO_COLUMN ? comparison_number(row.fields[columns->line]) : row.line;
}

/* What all changes of one row have in common. The title's bytes are in the table's scratch buffer. */
static struct change start_row_change(struct table_comparison *table, enum change_kind kind,
                                      struct row_view old, struct row_view new, struct text key_old,
                                      struct text key_new) {
    struct change change = start_change(table, kind);
    bool in_new = new.fields != NULL;
    const struct form_columns *columns = in_new ? &table->new_columns : &table->old_columns;
    struct row_view row = in_new ? new : old;
    buffer_clear(&table->scratch);
    buffer_append_text(&table->scratch, comparison_field(row, columns->text));
    struct text same = comparison_field(row, columns->same);
    if (same.len > 0)
        buffer_printf(&table->scratch, " (%.*s)", (int)same.len, same.data);
    change.title = buffer_text(&table->scratch);
    change.n = comparison_field(row, columns->n);
    change.key_old = key_old;
    change.key_new = key_new;
    change.line_old = comparison_line(&table->old_columns, old);
    change.line_new = comparison_line(&table->new_columns, new);
    return change;
}

static void append_json(struct buffer *json, struct text text) {
    buffer_append_char(json, '"');
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c == '"' || c == '\\') {
            buffer_append_char(json, '\\');
            buffer_append_char(json, (char)c);
        } else if (c < ' ' || c == 0x7F) {
            buffer_printf(json, "\\u%04x", c);
        } else {
            buffer_append_char(json, (char)c);
        }
    }
    buffer_append_char(json, '"');
}

void comparison_json(const struct table_comparison *table, const struct text *fields, bool is_new,
                     struct buffer *json) {
    bool first = true;
    buffer_append_char(json, '{');
    for (size_t i = 0; i < table->column_count; i++) {
        size_t column = is_new ? table->columns[i].new : table->columns[i].old;
        if (column == TABLE_NO_COLUMN || fields[column].len == 0)
            continue;
        if (!first)
            buffer_append_char(json, ',');
        first = false;
        append_json(json, table->columns[i].name);
        buffer_append_char(json, ':');
        append_json(json, fields[column]);
    }
    buffer_append_char(json, '}');
}

void comparison_single(struct table_comparison *table, struct row_view old, struct row_view new,
                       struct text key_old, struct text key_new, const struct meaning *meaning) {
    bool added = new.fields != NULL;
    struct change change =
        start_row_change(table, added ? CHANGE_ADDED : CHANGE_REMOVED, old, new, key_old, key_new);
    struct buffer json = {0};
    comparison_json(table, added ? new.fields : old.fields, added, &json);
    *(added ? &change.new : &change.old) = buffer_text(&json);
    change.meaning = meaning;
    changes_add(table->comparison->changes, &change);
    buffer_free(&json);
}

/* The line that says under which key the row now stands. */
static void list_new_key(struct table_comparison *table, struct row_view old, struct row_view new,
                         struct text key_old, struct text key_new, unsigned score) {
    struct buffer old_strategy = {0};
    struct buffer new_strategy = {0};
    follows_key(table->form, TEXT("strategy"), key_old, &old_strategy);
    follows_key(table->form, TEXT("strategy"), key_new, &new_strategy);
    bool moved = !text_equal(buffer_text(&old_strategy), buffer_text(&new_strategy));
    struct change change =
        start_row_change(table, moved ? CHANGE_MOVED : CHANGE_RENUMBERED, old, new, key_old, key_new);
    struct buffer names = {0};
    for (size_t i = 0; i < FORM_COLUMNS && table->form->keys[i] != NULL; i++)
        buffer_printf(&names, "%s%s", i > 0 ? "/" : "", table->form->keys[i]);
    struct buffer delta = {0};
    if (score > 0)
        append_score(&delta, score);
    change.field = buffer_text(&names);
    change.old = key_old;
    change.new = key_new;
    change.delta = buffer_text(&delta);
    changes_add(table->comparison->changes, &change);
    buffer_free(&old_strategy);
    buffer_free(&new_strategy);
    buffer_free(&names);
    buffer_free(&delta);
}

/* What a new key does to a column that follows it. */
enum following { NOT_FOLLOWING, FOLLOWS, STAYS_BEHIND };

static enum following follows(const struct table_comparison *table, struct text column, struct text old,
                              struct text new, struct text key_old, struct text key_new) {
    struct buffer expected = {0};
    enum following following = NOT_FOLLOWING;
    if (comparison_leads(table->form, column, key_old, old, key_new, &expected))
        following = text_equal(new, buffer_text(&expected)) ? FOLLOWS : STAYS_BEHIND;
    buffer_free(&expected);
    return following;
}

static enum change_kind kind_of_field(const struct table_comparison *table,
                                      const struct column_pair *column) {
    if (column->new == table->new_columns.agency)
        return CHANGE_MOVED;
    if (table->form->parent == NULL && column->new == table->new_columns.text)
        return CHANGE_RETITLED;
    return CHANGE_CHANGED;
}

bool comparison_same(const struct table_comparison *table, const struct text *old, const struct text *new) {
    size_t old_column = table->old_columns.same;
    size_t new_column = table->new_columns.same;
    return old_column == TABLE_NO_COLUMN || new_column == TABLE_NO_COLUMN ||
           value_same(old[old_column], new[new_column]);
}

static void list_field(struct table_comparison *table, const struct column_pair *column, struct row_view old,
                       struct row_view new, struct text key_old, struct text key_new, unsigned score) {
    struct comparison *comparison = table->comparison;
    struct change change = start_row_change(table, kind_of_field(table, column), old, new, key_old, key_new);
    change.field = column->name;
    change.old = old.fields[column->old];
    change.new = new.fields[column->new];
    struct buffer delta = {0};
    if (score > 0 && column->new == table->new_columns.text)
        append_score(&delta, score);
    else
        change_delta(&delta, column->name, change.old, change.new);
    change.delta = buffer_text(&delta);
    /* A target of another year is neither raised nor lowered. */
    if (comparison_same(table, old.fields, new.fields))
        change.meaning = meaning_of_values(comparison->meanings, table->rules, column->name, change.old,
                                           change.new, comparison->period);
    changes_add(comparison->changes, &change);
    buffer_free(&delta);
}

static void list_unchanged(struct table_comparison *table, const struct column_pair *column,
                           struct row_view old, struct row_view new, struct text key_old, struct text key_new,
                           const struct meaning *meaning) {
    struct change change = start_row_change(table, CHANGE_UNCHANGED, old, new, key_old, key_new);
    change.field = column->name;
    change.old = old.fields[column->old];
    change.new = new.fields[column->new];
    change.meaning = meaning;
    changes_add(table->comparison->changes, &change);
}

/* Whether a project is only to start after the period: it cannot have stalled. */
static bool starts_later(const struct table_comparison *table, const struct text *fields) {
    for (size_t i = 0; i < table->column_count; i++) {
        const struct column_pair *column = &table->columns[i];
        int64_t days;
        if (column->new != TABLE_NO_COLUMN && text_equal(column->name, TEXT("start")))
            return dates_compare(table->comparison->period_end, fields[column->new], false, &days) &&
                   days > 0;
    }
    return false;
}

/* Lists the first of the watched columns, if none of them changed, and that means something. */
static void watch(struct table_comparison *table, struct row_view old, struct row_view new,
                  struct text key_old, struct text key_new) {
    const struct column_pair *found = NULL;
    const struct meaning *meaning = NULL;
    for (size_t i = 0; i < table->column_count; i++) {
        const struct column_pair *column = &table->columns[i];
        if (!column->watched || !column->compared)
            continue;
        struct text value = new.fields[column->new];
        if (!value_same(old.fields[column->old], value))
            return;
        if (meaning == NULL) {
            meaning = meaning_of_unchanged(table->comparison->meanings, table->rules, column->name, value,
                                           table->comparison->period);
            found = column;
        }
    }
    if (meaning != NULL && !starts_later(table, new.fields))
        list_unchanged(table, found, old, new, key_old, key_new, meaning);
}

void comparison_pair(struct table_comparison *table, struct row_view old, struct row_view new,
                     struct text key_old, struct text key_new, unsigned score) {
    bool new_key = table->form->parent == NULL && !text_equal(key_old, key_new);
    if (new_key)
        list_new_key(table, old, new, key_old, key_new, score);
    for (size_t i = 0; i < table->column_count; i++) {
        const struct column_pair *column = &table->columns[i];
        if (!column->compared)
            continue;
        struct text a = old.fields[column->old];
        struct text b = new.fields[column->new];
        if (new_key) {
            enum following following = follows(table, column->name, a, b, key_old, key_new);
            if (following == FOLLOWS)
                continue;
            if (following == STAYS_BEHIND && text_equal(a, b)) {
                list_unchanged(table, column, old, new, key_old, key_new, NULL);
                continue;
            }
        }
        if (says_same(table, column, a, b) ||
            (column->tolerance != NULL && change_within(column->name, a, b, *column->tolerance)))
            continue;
        list_field(table, column, old, new, key_old, key_new, score);
    }
    if (table->comparison->period.moved)
        watch(table, old, new, key_old, key_new);
}

unsigned comparison_agreeing(const struct table_comparison *table, const struct text *old,
                             const struct text *new) {
    unsigned agreeing = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        const struct column_pair *column = &table->columns[i];
        if (column->compared && old[column->old].len > 0 &&
            says_same(table, column, old[column->old], new[column->new]))
            agreeing++;
    }
    return agreeing;
}

unsigned comparison_stated(const struct table_comparison *table, const struct text *old,
                           const struct text *new) {
    unsigned stated = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        const struct column_pair *column = &table->columns[i];
        stated += column->compared && old[column->old].len + new[column->new].len > 0;
    }
    return stated;
}

bool comparison_all_but_text(const struct table_comparison *table, const struct text *old,
                             const struct text *new) {
    unsigned columns = 0;
    unsigned stated = 0;
    unsigned differing = 0;
    unsigned telling = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        const struct column_pair *column = &table->columns[i];
        if (!column->compared || column->new == table->new_columns.text ||
            column->new == table->new_columns.same)
            continue;
        struct text a = old[column->old];
        bool same = says_same(table, column, a, new[column->new]);
        columns++;
        stated += a.len + new[column->new].len > 0;
        differing += !same;
        telling += same && a.len > 1;
    }
    return comparison_same(table, old, new) && 4 * differing <= stated && telling > 0 &&
           (telling > 1 || columns == 1);
}

bool comparison_same_key(const struct table_comparison *table, const struct text *old,
                         const struct text *new) {
    if (comparison_keyless(table, &table->old_columns, old))
        return false;
    struct buffer a = {0};
    struct buffer b = {0};
    comparison_key(table, &table->old_columns, old, &a);
    comparison_key(table, &table->new_columns, new, &b);
    bool same = text_equal(buffer_text(&a), buffer_text(&b));
    buffer_free(&a);
    buffer_free(&b);
    return same;
}
