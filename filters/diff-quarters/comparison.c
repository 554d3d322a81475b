/* Comparing two states of a table; see comparison.h. */
#include "comparison.h"

#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "diagnostics.h"

/* In the order of a reader's interest: what the project is, what it promised, what it did. sections.csv and
   findings.csv are not here: the one is the text, the other about this program's reading of it. */
static const struct table_form forms[] = {
    {.name = "report", .keys = {"ministry"}, .places = {"lines", "sha256"}},
    {.name = "projects",
     .keys = {"key"},
     .text = "title",
     .places = {"line_first", "line_last"},
     .is_project = true},
    {.name = "summary",
     .keys = {"strategy", "number"},
     .text = "title",
     .places = {"line"},
     .is_project = true},
    {.name = "objectives", .parent = "key", .text = "objective", .places = {"n", "line"}},
    {.name = "kpis", .parent = "key", .text = "kpi", .same = "year", .places = {"n", "line"}},
    {.name = "results", .parent = "key", .text = "kpi", .same = "year", .places = {"n", "line"}},
    {.name = "activities", .parent = "key", .text = "activity", .places = {"n", "line"}},
    {.name = "activity_results", .parent = "key", .text = "activity", .places = {"n", "line"}},
    {.name = "obstacles", .parent = "key", .text = "text", .places = {"line"}},
    {.name = "strategy_kpis", .parent = "strategy", .text = "kpi", .same = "year", .places = {"n", "line"}},
    {.name = "declared", .keys = {"scope", "name"}, .places = {"line"}},
    {.name = "aggregates", .keys = {"scope", "name"}},
};

const struct table_form *table_forms(size_t *count) {
    *count = sizeof forms / sizeof *forms;
    return forms;
}

const struct table_form *table_form_find(const char *name) {
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (strcmp(forms[i].name, name) == 0)
            return &forms[i];
    }
    return NULL;
}

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

/* Whether the rows of the table may have list marks in front of their texts. */
static bool has_list_marks(const struct table_comparison *table) {
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
        .marked = has_list_marks(table) && new != TABLE_NO_COLUMN &&new == table->new_columns.text,
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
    if (number.data[0] >= '0' && number.data[0] <= '9') {
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

/* TEXT without the list mark in front: when a row goes, those behind it get other numbers. */
static struct text skip_list_mark(const struct table_comparison *table, struct text text) {
    struct match match;
    return pattern_match(table->comparison->list_lead, text, 0, &match) ? text_skip(text, match.end) : text;
}

void comparison_fold(const struct table_comparison *table, const struct column_pair *column,
                     struct text value, struct buffer *buffer) {
    if (!column->marked) {
        value_fold(buffer, value);
        return;
    }
    struct buffer folded = {0};
    value_fold(&folded, value);
    buffer_append_text(buffer, skip_list_mark(table, buffer_text(&folded)));
    buffer_free(&folded);
}

/* Whether OLD and NEW say the same in COLUMN. */
static bool says_same(const struct table_comparison *table, const struct column_pair *column, struct text old,
                      struct text new) {
    if (value_same(old, new))
        return true;
    if (!column->marked)
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

bool comparison_follows_key(const struct table_form *form, struct text column, struct text key,
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
        while (number.len > 1 && number.data[0] == '0' && number.data[1] >= '0' && number.data[1] <= '9')
            number = text_skip(number, 1);
        buffer_append_text(value, number);
        return true;
    }
    return false;
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

static struct text field_at(struct row_view row, size_t column) {
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
    buffer_append_text(&table->scratch, field_at(row, columns->text));
    struct text same = field_at(row, columns->same);
    if (same.len > 0)
        buffer_printf(&table->scratch, " (%.*s)", (int)same.len, same.data);
    change.title = buffer_text(&table->scratch);
    change.n = field_at(row, columns->n);
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
    comparison_follows_key(table->form, TEXT("strategy"), key_old, &old_strategy);
    comparison_follows_key(table->form, TEXT("strategy"), key_new, &new_strategy);
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
    struct buffer expected_old = {0};
    struct buffer expected_new = {0};
    enum following following = NOT_FOLLOWING;
    if (comparison_follows_key(table->form, column, key_old, &expected_old) &&
        comparison_follows_key(table->form, column, key_new, &expected_new) &&
        text_equal(old, buffer_text(&expected_old)))
        following = text_equal(new, buffer_text(&expected_new)) ? FOLLOWS : STAYS_BEHIND;
    buffer_free(&expected_old);
    buffer_free(&expected_new);
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

/* How many compared columns say the same in both rows. */
static unsigned count_agreeing(const struct table_comparison *table, const struct text *old,
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

/* Two sets of rows that are to be paired by their texts. */
struct text_match {
    struct table_comparison *table;
    const struct rows *old;
    const struct rows *new;
    const size_t *olds; /* the rows of each set */
    const size_t *news;
    struct clusters *old_clusters;
    struct clusters *new_clusters;
    struct clusters *old_printed; /* with the list marks; NULL where there are none */
    struct clusters *new_printed;
    unsigned floor;
    bool numbers_count; /* rows whose texts hold other numbers are not the same */
    bool any_same;      /* rows may differ in the column that must be equal otherwise */
};

/* How alike two texts are. A list mark of which a letter is misread stays where the other's is left out: then the texts
   are set against each other as printed too. */
static unsigned score_texts(const struct text_match *match, size_t i, size_t j) {
    struct similarity *similarity = match->table->comparison->similarity;
    const struct clusters *old = &match->old_clusters[i];
    const struct clusters *new = &match->new_clusters[j];
    unsigned score = similarity_score(similarity, old, new, match->floor);
    if (match->old_printed == NULL ||
        (match->old_printed[i].count > old->count) == (match->new_printed[j].count > new->count))
        return score;
    unsigned printed =
        similarity_score(similarity, &match->old_printed[i], &match->new_printed[j], match->floor);
    return printed > score ? printed : score;
}

/* Whether both states have the column that must be equal for two rows to be the same: a KPI's year. */
static bool has_same_column(const struct table_comparison *table) {
    return table->old_columns.same != TABLE_NO_COLUMN && table->new_columns.same != TABLE_NO_COLUMN;
}

static struct pair_rank rank_texts(void *context, size_t i, size_t j) {
    struct text_match *match = context;
    const struct table_comparison *table = match->table;
    const struct text *old = rows_fields(match->old, match->olds[i]);
    const struct text *new = rows_fields(match->new, match->news[j]);
    if (match->numbers_count && match->old_clusters[i].numbers != match->new_clusters[j].numbers)
        return (struct pair_rank){.score = 0};
    if (!match->any_same && has_same_column(table) &&
        !value_same(old[table->old_columns.same], new[table->new_columns.same]))
        return (struct pair_rank){.score = 0};
    unsigned score = score_texts(match, i, j);
    /* Beneath one project two rows without a text are told apart by the rest. */
    if (!match->numbers_count && match->old_clusters[i].count + match->new_clusters[j].count == 0)
        score = SIMILARITY_FULL;
    if (score == 0)
        return (struct pair_rank){.score = 0};
    uint64_t a = comparison_number(field_at((struct row_view){old, 0}, table->old_columns.n));
    uint64_t b = comparison_number(field_at((struct row_view){new, 0}, table->new_columns.n));
    return (struct pair_rank){score, count_agreeing(table, old, new), a > b ? a - b : b - a};
}

/* Orders two pairs of texts so that the order is the same when old and new change places. */
static int order_pairs(struct text a, struct text b, struct text c, struct text d) {
    bool first_turned = text_compare(a, b) > 0;
    bool second_turned = text_compare(c, d) > 0;
    int order = text_compare(first_turned ? b : a, second_turned ? d : c);
    return order != 0 ? order : text_compare(first_turned ? a : b, second_turned ? c : d);
}

static int order_texts(void *context, size_t i, size_t j, size_t k, size_t l) {
    struct text_match *match = context;
    const struct table_comparison *table = match->table;
    size_t old_column = table->old_columns.text;
    size_t new_column = table->new_columns.text;
    if (table->old_columns.key_count == 1) {
        old_column = table->old_columns.keys[0];
        new_column = table->new_columns.keys[0];
    }
    return order_pairs(rows_field(match->old, match->olds[i], old_column),
                       rows_field(match->new, match->news[j], new_column),
                       rows_field(match->old, match->olds[k], old_column),
                       rows_field(match->new, match->news[l], new_column));
}

/* The clusters of the rows' texts, with the list marks in front or without. */
static struct clusters *all_clusters(const struct table_comparison *table, const struct rows *rows,
                                     const size_t *indices, size_t count, size_t column, bool with_marks) {
    struct clusters *clusters = memory_zeroed(count, sizeof *clusters);
    for (size_t i = 0; i < count; i++) {
        struct text text = rows_field(rows, indices[i], column);
        clusters[i] = similarity_clusters(table->comparison->similarity,
                                          with_marks ? text : skip_list_mark(table, text));
    }
    return clusters;
}

static void free_clusters(struct clusters *clusters, size_t count) {
    for (size_t i = 0; i < count; i++)
        clusters_free(&clusters[i]);
    free(clusters);
}

static void solve_texts(struct text_match *match, size_t old_count, size_t new_count, size_t *partner,
                        unsigned *scores) {
    const struct table_comparison *table = match->table;
    size_t old_column = table->old_columns.text;
    size_t new_column = table->new_columns.text;
    bool marks = has_list_marks(table);
    match->old_clusters = all_clusters(table, match->old, match->olds, old_count, old_column, !marks);
    match->new_clusters = all_clusters(table, match->new, match->news, new_count, new_column, !marks);
    if (marks) {
        match->old_printed = all_clusters(table, match->old, match->olds, old_count, old_column, true);
        match->new_printed = all_clusters(table, match->new, match->news, new_count, new_column, true);
    }
    struct pairing pairing = {old_count, new_count, rank_texts, order_texts, match};
    pairing_solve(&pairing, partner);
    for (size_t i = 0; i < old_count; i++)
        scores[i] = partner[i] != PAIRING_NONE ? rank_texts(match, i, partner[i]).score : 0;
    free_clusters(match->old_clusters, old_count);
    free_clusters(match->new_clusters, new_count);
    if (marks) {
        free_clusters(match->old_printed, old_count);
        free_clusters(match->new_printed, new_count);
    }
}

/* Whether all that pairs and compares two rows is the same byte for byte. */
static bool is_identical(const struct table_comparison *table, const struct text *old,
                         const struct text *new) {
    const struct form_columns *a = &table->old_columns;
    const struct form_columns *b = &table->new_columns;
    const struct row_view x = {old, 0};
    const struct row_view y = {new, 0};
    if (!text_equal(field_at(x, a->text), field_at(y, b->text)) ||
        !text_equal(field_at(x, a->same), field_at(y, b->same)))
        return false;
    for (size_t i = 0; i < table->column_count; i++) {
        const struct column_pair *column = &table->columns[i];
        if (column->compared && !text_equal(old[column->old], new[column->new]))
            return false;
    }
    return true;
}

/* Pairs rows that are the same on both sides, in the same order; false where they are not. */
static bool match_identical(const struct text_match *match, size_t old_count, size_t new_count,
                            size_t *partner, unsigned *scores) {
    if (old_count != new_count)
        return false;
    for (size_t i = 0; i < old_count; i++) {
        if (!is_identical(match->table, rows_fields(match->old, match->olds[i]),
                          rows_fields(match->new, match->news[i])))
            return false;
        partner[i] = i;
        scores[i] = SIMILARITY_FULL;
    }
    return true;
}

/* Whether another one of the COUNT rows INDICES says the same in COLUMN as the one at PLACE: another year of one KPI. */
static bool has_other_year(const struct rows *rows, const size_t *indices, size_t count, size_t column,
                           size_t place) {
    for (size_t i = 0; i < count; i++) {
        if (i != place &&
            value_same(rows_field(rows, indices[i], column), rows_field(rows, indices[place], column)))
            return true;
    }
    return false;
}

/* A side of a match: what is still without a partner and has one year alone, as places among the side's rows. */
struct lone_rows {
    size_t *places;
    size_t *indices;
    size_t count;
};

static struct lone_rows find_lone_rows(const struct rows *rows, const size_t *indices, size_t count,
                                       size_t column, const bool *taken) {
    struct lone_rows lone = {memory_zeroed(count, sizeof *lone.places),
                             memory_zeroed(count, sizeof *lone.indices), 0};
    for (size_t i = 0; i < count; i++) {
        if (taken[i] || has_other_year(rows, indices, count, column, i))
            continue;
        lone.places[lone.count] = i;
        lone.indices[lone.count++] = indices[i];
    }
    return lone;
}

static void free_lone_rows(struct lone_rows *lone) {
    free(lone->places);
    free(lone->indices);
}

/* Pairs KPIs without a partner whose year alone is another, and their text as good as the same: within one fiscal year
   the year was mended, in the table's header or in the KPI. In another fiscal year it is another year's target. */
static void match_other_years(const struct text_match *match, size_t old_count, size_t new_count,
                              size_t *partner, unsigned *scores) {
    struct table_comparison *table = match->table;
    bool *old_taken = memory_zeroed(old_count, sizeof *old_taken);
    bool *new_taken = memory_zeroed(new_count, sizeof *new_taken);
    for (size_t i = 0; i < old_count; i++) {
        old_taken[i] = partner[i] != PAIRING_NONE;
        if (old_taken[i])
            new_taken[partner[i]] = true;
    }
    struct lone_rows olds =
        find_lone_rows(match->old, match->olds, old_count, table->old_columns.text, old_taken);
    struct lone_rows news =
        find_lone_rows(match->new, match->news, new_count, table->new_columns.text, new_taken);
    struct text_match lone = {.table = table,
                              .old = match->old,
                              .new = match->new,
                              .olds = olds.indices,
                              .news = news.indices,
                              .floor = table->comparison->key_floor,
                              .any_same = true};
    size_t *lone_partner = memory_zeroed(olds.count, sizeof *lone_partner);
    unsigned *lone_scores = memory_zeroed(olds.count, sizeof *lone_scores);
    if (olds.count > 0 && news.count > 0)
        solve_texts(&lone, olds.count, news.count, lone_partner, lone_scores);
    for (size_t i = 0; i < olds.count && news.count > 0; i++) {
        if (lone_partner[i] == PAIRING_NONE)
            continue;
        partner[olds.places[i]] = news.places[lone_partner[i]];
        scores[olds.places[i]] = lone_scores[i];
    }
    free_lone_rows(&olds);
    free_lone_rows(&news);
    free(lone_partner);
    free(lone_scores);
    free(old_taken);
    free(new_taken);
}

void comparison_match_texts(struct table_comparison *table, const struct rows *old, const size_t *olds,
                            size_t old_count, const struct rows *new, const size_t *news, size_t new_count,
                            size_t *partner, unsigned *scores) {
    struct text_match match = {.table = table,
                               .old = old,
                               .new = new,
                               .olds = olds,
                               .news = news,
                               .floor = table->comparison->text_floor};
    if (match_identical(&match, old_count, new_count, partner, scores))
        return;
    solve_texts(&match, old_count, new_count, partner, scores);
    if (has_same_column(table) && !table->comparison->period.new_year)
        match_other_years(&match, old_count, new_count, partner, scores);
}

/* A row's key or text, for finding equal ones. */
struct named_row {
    struct text name;
    size_t row;
};

static int compare_named(const void *left, const void *right) {
    const struct named_row *a = left;
    const struct named_row *b = right;
    int order = text_compare(a->name, b->name);
    return order != 0 ? order : (a->row > b->row) - (a->row < b->row);
}

enum naming { BY_KEY, BY_TEXT, BY_BOTH };

static struct text name_row(const struct table_comparison *table, const struct form_columns *columns,
                            const struct text *fields, enum naming naming, struct arena *arena) {
    struct buffer name = {0};
    if (naming != BY_TEXT)
        comparison_key(table, columns, fields, &name);
    if (naming == BY_BOTH)
        buffer_append_char(&name, '\n');
    if (naming != BY_KEY && columns->text != TABLE_NO_COLUMN)
        value_fold(&name, fields[columns->text]);
    struct text copy = arena_copy(arena, buffer_text(&name));
    buffer_free(&name);
    return copy;
}

/* The rows that TAKEN does not hold, sorted by name. */
static struct named_row *name_rows(const struct table_comparison *table, const struct form_columns *columns,
                                   const struct rows *rows, const bool *taken, enum naming naming,
                                   struct arena *arena, size_t *count) {
    struct named_row *named = memory_zeroed(rows->count, sizeof *named);
    *count = 0;
    for (size_t i = 0; i < rows->count; i++) {
        const struct text *fields = rows_fields(rows, i);
        if ((taken != NULL && taken[i]) || (naming != BY_TEXT && comparison_keyless(table, columns, fields)))
            continue;
        struct text name = name_row(table, columns, fields, naming, arena);
        if (name.len > 0 || naming != BY_TEXT)
            named[(*count)++] = (struct named_row){name, i};
    }
    qsort(named, *count, sizeof *named, compare_named);
    return named;
}

size_t *comparison_twins(const struct table_comparison *table, const struct form_columns *columns,
                         const struct rows *rows) {
    struct arena arena = {0};
    size_t count;
    struct named_row *named = name_rows(table, columns, rows, NULL, BY_KEY, &arena, &count);
    size_t *twins = memory_zeroed(rows->count, sizeof *twins);
    for (size_t i = 0; i < rows->count; i++)
        twins[i] = i;
    for (size_t i = 1; i < count; i++) {
        size_t row = named[i].row;
        if (!text_equal(named[i].name, named[i - 1].name))
            continue;
        twins[row] = twins[named[i - 1].row];
        diagnose(
            SEVERITY_WARNING, rows->path, rows->lines[row],
            "the key '%.*s' stands twice: on line %llu and on line %llu; rows without a partner are listed "
            "as added or removed",
            (int)named[i].name.len, named[i].name.data, (unsigned long long)rows->lines[named[i - 1].row],
            (unsigned long long)rows->lines[row]);
    }
    free(named);
    arena_free(&arena);
    return twins;
}

/* The state of matching the rows with keys of a table. */
struct key_match {
    struct table_comparison *table;
    const struct rows *old;
    const struct rows *new;
    size_t *partner;
    unsigned *scores;
    bool *old_taken;
    bool *new_taken;
};

static void take_pair(struct key_match *match, size_t old, size_t new, unsigned score) {
    match->partner[old] = new;
    match->scores[old] = score;
    match->old_taken[old] = true;
    match->new_taken[new] = true;
}

/* How many from AT on have the same name. */
static size_t run_length(const struct named_row *named, size_t count, size_t at) {
    size_t length = 1;
    while (at + length < count && text_equal(named[at].name, named[at + length].name))
        length++;
    return length;
}

/* Whether two rows of one key may be the same thing. */
typedef bool accepts(const struct key_match *match, size_t old, size_t new);

/* Pairs the rows left whose name is the same, and that ACCEPT (or NULL): of a key that stands twice the first rows go
   together, then the second. A text that stands twice tells nothing. */
static void pair_equal(struct key_match *match, enum naming naming, accepts *accept, unsigned score) {
    struct arena arena = {0};
    size_t old_count;
    size_t new_count;
    struct named_row *olds = name_rows(match->table, &match->table->old_columns, match->old, match->old_taken,
                                       naming, &arena, &old_count);
    struct named_row *news = name_rows(match->table, &match->table->new_columns, match->new, match->new_taken,
                                       naming, &arena, &new_count);
    size_t i = 0;
    size_t j = 0;
    while (i < old_count && j < new_count) {
        int order = text_compare(olds[i].name, news[j].name);
        size_t old_run = run_length(olds, old_count, i);
        size_t new_run = run_length(news, new_count, j);
        size_t pairs = order != 0 ? 0 : old_run < new_run ? old_run : new_run;
        if (naming == BY_TEXT && old_run + new_run > 2)
            pairs = 0;
        for (size_t k = 0; k < pairs; k++) {
            if (accept == NULL || accept(match, olds[i + k].row, news[j + k].row))
                take_pair(match, olds[i + k].row, news[j + k].row, score);
        }
        i += order <= 0 ? old_run : 0;
        j += order >= 0 ? new_run : 0;
    }
    free(olds);
    free(news);
    arena_free(&arena);
}

static unsigned score_rows(const struct key_match *match, size_t old, size_t new) {
    struct similarity *similarity = match->table->comparison->similarity;
    struct clusters a =
        similarity_clusters(similarity, rows_field(match->old, old, match->table->old_columns.text));
    struct clusters b =
        similarity_clusters(similarity, rows_field(match->new, new, match->table->new_columns.text));
    unsigned score = similarity_score(similarity, &a, &b, 0);
    clusters_free(&a);
    clusters_free(&b);
    return score;
}

static bool is_alike(const struct key_match *match, size_t old, size_t new) {
    return score_rows(match, old, new) >= match->table->comparison->key_floor;
}

/* Below this, two titles under one key have no more in common than any two. */
#define UNLIKE 4000U

/* Whether rows of one key with unlike titles are one project that got another title: one of its own figures is
   still the same. */
static bool is_retitled(const struct key_match *match, size_t old, size_t new) {
    static const char *const figures[] = {"budget_allocated", "start", "progress"};
    if (score_rows(match, old, new) >= UNLIKE)
        return true;
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        struct text a = rows_field(match->old, old, rows_column(match->old, figures[i]));
        struct text b = rows_field(match->new, new, rows_column(match->new, figures[i]));
        if (a.len > 1 && value_same(a, b))
            return true;
    }
    return false;
}

static size_t *rows_left(const struct rows *rows, const bool *taken, size_t *count) {
    size_t *left = memory_zeroed(rows->count, sizeof *left);
    *count = 0;
    for (size_t i = 0; i < rows->count; i++) {
        if (!taken[i])
            left[(*count)++] = i;
    }
    return left;
}

/* More are not tried: it would take long, and is a sign that the two tables have nothing to do with each other.
 */
#define MAX_PAIRS ((size_t)100 * 1000 * 1000)
#define MAX_LEFT ((size_t)50 * 1000)

static void pair_alike(struct key_match *match) {
    size_t old_count;
    size_t new_count;
    size_t *olds = rows_left(match->old, match->old_taken, &old_count);
    size_t *news = rows_left(match->new, match->new_taken, &new_count);
    if (old_count > 0 && new_count > 0 &&
        (old_count > MAX_LEFT || new_count > MAX_LEFT || new_count > MAX_PAIRS / old_count)) {
        diagnose(SEVERITY_WARNING, match->new->path, 0,
                 "%zu rows without a partner against %zu: too many to be matched by similarity; only equal "
                 "titles were matched",
                 new_count, old_count);
    } else if (old_count > 0 && new_count > 0) {
        struct text_match texts = {.table = match->table,
                                   .old = match->old,
                                   .new = match->new,
                                   .olds = olds,
                                   .news = news,
                                   .floor = match->table->comparison->key_floor,
                                   .numbers_count = true};
        size_t *partner = memory_zeroed(old_count, sizeof *partner);
        unsigned *scores = memory_zeroed(old_count, sizeof *scores);
        solve_texts(&texts, old_count, new_count, partner, scores);
        for (size_t i = 0; i < old_count; i++) {
            if (partner[i] != PAIRING_NONE)
                take_pair(match, olds[i], news[partner[i]], scores[i]);
        }
        free(partner);
        free(scores);
    }
    free(olds);
    free(news);
}

void comparison_match_keyed(struct table_comparison *table, const struct rows *old, const struct rows *new,
                            bool strict, size_t *partner, unsigned *scores) {
    struct key_match match = {table, old, new, partner, scores, NULL, NULL};
    match.old_taken = memory_zeroed(old->count, sizeof *match.old_taken);
    match.new_taken = memory_zeroed(new->count, sizeof *match.new_taken);
    for (size_t i = 0; i < old->count; i++)
        partner[i] = PAIRING_NONE;
    bool has_text = table->old_columns.text != TABLE_NO_COLUMN && table->new_columns.text != TABLE_NO_COLUMN;
    if (strict || !has_text) {
        pair_equal(&match, BY_KEY, NULL, 0);
    } else {
        /* Key and title; the title alone, for the numbers may have moved up; the key, if the titles are alike. */
        pair_equal(&match, BY_BOTH, NULL, 0);
        pair_equal(&match, BY_TEXT, NULL, SIMILARITY_FULL);
        pair_equal(&match, BY_KEY, is_alike, 0);
    }
    if (has_text) {
        if (strict)
            pair_equal(&match, BY_TEXT, NULL, SIMILARITY_FULL);
        pair_alike(&match);
        if (!strict)
            pair_equal(&match, BY_KEY, is_retitled, 0);
    }
    free(match.old_taken);
    free(match.new_taken);
}
