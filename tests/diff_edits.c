/*
 * diff_edits: makes a second version of a folder of tables by random edits, and the list of changes that
 * diff-quarters must then find.
 *
 *   diff_edits SEED OLD NEW
 *
 * Writes NEW/TABLE.csv for every table of OLD that diff-quarters compares, and NEW/../NEW.expected (the folder's
 * name with `.expected`) with the columns change,key_old,key_new,table,field,old,new,meaning, where rows that came
 * or went have neither old nor new nor meaning. Besides the edits it makes differences that are no change: Thai
 * digits for Arabic ones, blanks, other line numbers, another order of rows, other numbers in front of their texts.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "comparison.h"
#include "decimal.h"
#include "diagnostics.h"
#include "tables.h"
#include "utf8.h"
#include "versions.h"

#define MAX_TABLES 16

static uint64_t random_state;

/* splitmix64 */
static uint64_t next_random(void) {
    uint64_t z = (random_state += 0x9E3779B97F4A7C15U);
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27) * 0x94D049BB133111EBU;
    return z ^ z >> 31;
}

static size_t below(size_t limit) {
    return limit > 0 ? (size_t)(next_random() % limit) : 0;
}

static bool chance(unsigned percent) {
    return below(100) < percent;
}

/* What becomes of a project. */
struct project {
    size_t row;
    struct text key_old;
    struct text key_new; /* empty: it goes */
    bool edited;
};

static struct arena arena;
static const struct table_form *table_list;
static size_t table_count;
static struct rows *tables[MAX_TABLES];
static bool *gone[MAX_TABLES]; /* rows that go */
static struct project *projects;
static size_t project_count;
static struct table_writer *expected;
static struct text period_end;

static struct text keep(const char *format, ...) __attribute__((format(printf, 1, 2)));
static struct text keep(const char *format, ...) {
    char *text = NULL;
    va_list arguments;
    va_start(arguments, format);
    size_t len = (size_t)vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    text = arena_take(&arena, len + 1);
    va_start(arguments, format);
    vsnprintf(text, len + 1, format, arguments);
    va_end(arguments);
    return (struct text){text, len};
}

static size_t table_index(const char *name) {
    for (size_t t = 0; t < table_count; t++) {
        if (strcmp(table_list[t].name, name) == 0)
            return t;
    }
    die("no table %s", name);
}

static struct text *field(size_t t, size_t row, const char *name) {
    size_t column = rows_column(tables[t], name);
    return column == TABLE_NO_COLUMN ? NULL : &tables[t]->fields[row * tables[t]->column_count + column];
}

static void expect(const char *change, struct text key_old, struct text key_new, const char *table,
                   const char *name, struct text old, struct text new, const char *meaning) {
    table_put_string(expected, change);
    table_put(expected, key_old);
    table_put(expected, key_new);
    table_put_string(expected, table);
    table_put_string(expected, name);
    table_put(expected, old);
    table_put(expected, new);
    table_put_string(expected, meaning);
    table_end_row(expected);
}

/* Sets a field and expects the change. */
static void set(size_t t, size_t row, struct text key_old, struct text key_new, const char *change,
                const char *name, struct text value, const char *meaning) {
    struct text *at = field(t, row, name);
    if (at == NULL || value_same(*at, value))
        return;
    expect(change, key_old, key_new, table_list[t].name, name, *at, value, meaning);
    *at = value;
}

/* Thai text of COUNT random letters. */
static struct text random_text(size_t count) {
    struct buffer text = {0};
    for (size_t i = 0; i < count; i++)
        utf8_append(&text, (uint32_t)(0x0E01 + below(0x2E)));
    struct text copy = arena_copy(&arena, buffer_text(&text));
    buffer_free(&text);
    return copy;
}

/* TEXT with a few letters more in the middle. */
static struct text reworded(struct text text) {
    size_t at = 0;
    size_t letters = utf8_count(text);
    for (size_t i = 0; i < letters / 2; i++)
        utf8_decode(text, &at);
    struct text added = random_text(2);
    return keep("%.*s%.*s%.*s", (int)at, text.data, (int)added.len, added.data, (int)(text.len - at),
                text.data + at);
}

static bool is_number(struct text text) {
    struct decimal number;
    return decimal_parse(text, &number);
}

static const char *progress_meaning(struct text old, struct text new) {
    struct decimal a;
    struct decimal b;
    decimal_parse(new, &b);
    if (decimal_compare(b, decimal_of(100)) == 0)
        return "completed";
    if (text_equal(old, TEXT("-")))
        return "started";
    if (!decimal_parse(old, &a))
        return "";
    if (a.units == 0)
        return "started";
    return decimal_compare(b, a) < 0 ? "regressed" : "";
}

static void edit_project(size_t t, struct project *project) {
    size_t row = project->row;
    struct text a = project->key_old;
    struct text b = project->key_new;
    struct text value;
    struct text *at;
    switch (below(9)) {
    case 0:
        value = keep("%zu", below(99) + 1);
        at = field(t, row, "progress_total");
        if (at != NULL && !value_same(*at, value)) {
            set(t, row, a, b, "changed", "progress_total", value, progress_meaning(*at, value));
            project->edited = true;
        }
        break;
    case 1:
        at = field(t, row, "progress_year");
        if (at != NULL && !value_same(*at, TEXT("100"))) {
            set(t, row, a, b, "changed", "progress_year", TEXT("100"), "completed");
            project->edited = true;
        }
        break;
    case 2:
        at = field(t, row, "end");
        if (at != NULL && at->len == 10)
            set(t, row, a, b, "changed", "end", keep("%d%.*s", 2030, 6, at->data + 4), "slipped");
        break;
    case 3:
        at = field(t, row, "end");
        if (at != NULL && at->len == 10)
            set(t, row, a, b, "changed", "end", keep("%d%.*s", 2011, 6, at->data + 4), "advanced");
        break;
    case 4:
        at = field(t, row, "budget_allocated");
        if (at != NULL && is_number(*at))
            set(t, row, a, b, "changed", "budget_allocated", keep("9%.*s", (int)at->len, at->data),
                "budget-raised");
        break;
    case 5:
        at = field(t, row, "budget_allocated");
        if (at != NULL && is_number(*at) && at->len > 1)
            set(t, row, a, b, "changed", "budget_allocated", TEXT("0.25"), "budget-cut");
        break;
    case 6:
        at = field(t, row, "title");
        if (utf8_count(*at) >= 16)
            set(t, row, a, b, "retitled", "title", reworded(*at), "");
        break;
    case 7:
        at = field(t, row, "obstacles");
        if (at != NULL && text_equal(*at, TEXT("present")))
            set(t, row, a, b, "changed", "obstacles", TEXT("none"), "obstacle-cleared");
        else if (at != NULL)
            set(t, row, a, b, "changed", "obstacles", TEXT("present"), "obstacle-new");
        break;
    default:
        set(t, row, a, b, "moved", "agency", TEXT("XYZ"), "");
    }
}

/* Whether another project is beneath this one, or it beneath another. */
static bool is_related(size_t t, size_t row) {
    struct text *parent = field(t, row, "parent");
    if (parent == NULL || parent->len > 0)
        return true;
    for (size_t i = 0; i < tables[t]->count; i++) {
        if (text_equal(*field(t, i, "parent"), *field(t, row, "key")))
            return true;
    }
    return false;
}

static void rename_project(size_t t, struct project *project) {
    size_t row = project->row;
    bool moved = chance(50);
    struct text strategy = moved ? TEXT("9") : *field(t, row, "strategy");
    struct text number = keep("%zu", 200 + row);
    project->key_new = keep("S%.*s.P%.*s", (int)strategy.len, strategy.data, (int)number.len, number.data);
    struct text *printed = field(t, row, "number_printed");
    bool follows = printed != NULL && text_equal(*printed, *field(t, row, "number"));
    expect(moved ? "moved" : "renumbered", project->key_old, project->key_new, "projects", "key",
           project->key_old, project->key_new, "");
    *field(t, row, "key") = project->key_new;
    *field(t, row, "strategy") = strategy;
    *field(t, row, "number") = number;
    if (follows)
        *printed = number;
}

static void add_project(size_t t, size_t serial) {
    size_t from = below(project_count);
    struct text *fields = memory_zeroed(tables[t]->column_count, sizeof *fields);
    for (size_t i = 0; i < tables[t]->column_count; i++)
        fields[i] = rows_fields(tables[t], projects[from].row)[i];
    rows_add(tables[t], fields, 0);
    free(fields);
    size_t row = tables[t]->count - 1;
    *field(t, row, "key") = keep("S8.P%zu", 300 + serial);
    *field(t, row, "title") = random_text(40);
    if (field(t, row, "parent") != NULL)
        *field(t, row, "parent") = TEXT("");
    expect("added", TEXT(""), *field(t, row, "key"), "projects", "", TEXT(""), TEXT(""), "");
}

static void edit_projects(void) {
    size_t t = table_index("projects");
    project_count = tables[t]->count;
    projects = memory_zeroed(project_count, sizeof *projects);
    for (size_t i = 0; i < project_count; i++) {
        struct text key = *field(t, i, "key");
        projects[i] = (struct project){.row = i, .key_old = key, .key_new = key};
        unsigned dice = (unsigned)below(100);
        if (dice < 6 && !is_related(t, i)) {
            projects[i].key_new = TEXT("");
            gone[t][i] = true;
            expect("removed", key, TEXT(""), "projects", "", TEXT(""), TEXT(""), "");
            continue;
        }
        if (dice < 14 && !is_related(t, i))
            rename_project(t, &projects[i]);
        if (chance(60))
            edit_project(t, &projects[i]);
    }
    add_project(t, 0);
    add_project(t, 1);
}

static const struct project *find_project(struct text key) {
    for (size_t i = 0; i < project_count; i++) {
        if (text_equal(projects[i].key_old, key))
            return &projects[i];
    }
    return NULL;
}

static void edit_value(size_t t, size_t row, struct text a, struct text b) {
    const char *name = table_list[t].name;
    struct text *at;
    if (strcmp(name, "kpis") == 0) {
        at = field(t, row, "target_value");
        if (at != NULL && is_number(*at) && chance(50))
            set(t, row, a, b, "changed", "target_value", keep("9%.*s", (int)at->len, at->data),
                "target-raised");
        else if (at != NULL && is_number(*at))
            set(t, row, a, b, "changed", "target_value", TEXT("0.01"), "target-lowered");
    } else if (strcmp(name, "results") == 0) {
        at = field(t, row, "status");
        if (at != NULL && (text_equal(*at, TEXT("none")) || text_equal(*at, TEXT("pending"))))
            set(t, row, a, b, "changed", "status", TEXT("met"), "result-reported");
        else if (at != NULL && at->len > 0)
            set(t, row, a, b, "changed", "status", TEXT("none"), "result-withdrawn");
    } else if (strcmp(name, "activities") == 0) {
        at = field(t, row, "end");
        if (at != NULL && at->len == 10)
            set(t, row, a, b, "changed", "end", keep("%d%.*s", 2030, 6, at->data + 4), "slipped");
    } else if (strcmp(name, "activity_results") == 0) {
        set(t, row, a, b, "changed", "result", random_text(20), "");
    }
}

static void add_row_beneath(size_t t, size_t row, struct text a, struct text b) {
    struct text *fields = memory_zeroed(tables[t]->column_count, sizeof *fields);
    for (size_t i = 0; i < tables[t]->column_count; i++)
        fields[i] = rows_fields(tables[t], row)[i];
    rows_add(tables[t], fields, 0);
    free(fields);
    size_t added = tables[t]->count - 1;
    *field(t, added, table_list[t].text) = random_text(30);
    if (field(t, added, "n") != NULL)
        *field(t, added, "n") = TEXT("99");
    expect("added", a, b, table_list[t].name, "", TEXT(""), TEXT(""), "");
}

/* Edits the rows beneath projects: values anywhere, and one row of a project's that comes, goes or is reworded. */
static void edit_beneath(size_t t) {
    size_t count = tables[t]->count;
    struct text touched = TEXT("");
    for (size_t i = 0; i < count; i++) {
        struct text key = *field(t, i, "key");
        const struct project *project = find_project(key);
        struct text a = key;
        struct text b = project != NULL ? project->key_new : key;
        *field(t, i, "key") = b;
        if (b.len == 0) {
            gone[t][i] = true;
            expect("removed", a, b, table_list[t].name, "", TEXT(""), TEXT(""), "");
            continue;
        }
        unsigned dice = (unsigned)below(100);
        bool fresh = !text_equal(touched, key);
        struct text *text = field(t, i, table_list[t].text);
        if (dice < 4 && fresh) {
            gone[t][i] = true;
            expect("removed", a, b, table_list[t].name, "", TEXT(""), TEXT(""), "");
            touched = key;
        } else if (dice < 8 && fresh) {
            add_row_beneath(t, i, a, b);
            touched = key;
        } else if (dice < 12 && fresh && utf8_count(*text) >= 16) {
            set(t, i, a, b, "changed", table_list[t].text, reworded(*text), "");
            touched = key;
        } else if (dice < 30) {
            edit_value(t, i, a, b);
        }
    }
}

static void edit_report(void) {
    size_t t = table_index("report");
    if (tables[t] == NULL || tables[t]->count == 0)
        return;
    struct text key = *field(t, 0, "ministry");
    set(t, 0, key, key, "changed", "quarter", TEXT("4"), "");
    set(t, 0, key, key, "changed", "period_end", TEXT("2024-09-30"), "");
    period_end = TEXT("2024-09-30");
}

static bool below_hundred(struct text text) {
    struct decimal number;
    return decimal_parse(text, &number) && decimal_compare(number, decimal_of(100)) < 0;
}

/* Projects whose progress did not change while the period moved on. */
static void expect_stalled(void) {
    size_t t = table_index("projects");
    for (size_t i = 0; i < project_count && period_end.len > 0; i++) {
        const struct project *project = &projects[i];
        struct text *start = field(t, i, "start");
        int64_t days;
        if (project->edited || project->key_new.len == 0 ||
            (start != NULL && dates_compare(period_end, *start, false, &days) && days > 0))
            continue;
        const char *name = below_hundred(*field(t, i, "progress_total"))  ? "progress_total"
                           : below_hundred(*field(t, i, "progress_year")) ? "progress_year"
                                                                          : NULL;
        if (name != NULL)
            expect("unchanged", project->key_old, project->key_new, "projects", name, *field(t, i, name),
                   *field(t, i, name), "stalled");
    }
}

/* TEXT said otherwise: with Thai digits, or with more blanks. */
static struct text disguised(struct text text) {
    struct buffer made = {0};
    bool digits = chance(50);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (digits && c >= '0' && c <= '9')
            utf8_append(&made, 0x0E50 + (uint32_t)(c - '0'));
        else
            buffer_append_char(&made, c);
        if (!digits && c == ' ')
            buffer_append_char(&made, ' ');
    }
    if (!digits)
        buffer_append_char(&made, ' ');
    struct text copy = arena_copy(&arena, buffer_text(&made));
    buffer_free(&made);
    return copy;
}

/* TEXT with another number in front, where it has one: `7. ` for `1. `. */
static struct text renumbered(struct text text) {
    bool numbered = text.len > 3 && text.data[0] >= '0' && text.data[0] <= '9' &&
                    (text.data[1] == '.' || text.data[1] == ')') && text.data[2] == ' ';
    return numbered ? keep("%zu%.*s", below(99) + 1, (int)text.len - 1, text.data + 1) : text;
}

static bool is_place(struct text name) {
    return text_equal(name, TEXT("n")) || text_starts(name, TEXT("line"));
}

/* Whether the row came, or a change of it is expected: its values are listed as they stand. */
static bool may_disguise(size_t t, size_t row, size_t column, const struct rows *old) {
    struct text name = tables[t]->columns[column];
    if (row >= old->count || text_equal(name, TEXT("key")) || text_equal(name, TEXT("strategy")) ||
        text_equal(name, TEXT("number")) || text_equal(name, TEXT("number_printed")) ||
        text_equal(name, TEXT("parent")) || text_equal(name, TEXT("scope")) ||
        text_equal(name, TEXT("name")) || text_equal(name, TEXT("ministry")) ||
        text_starts(name, TEXT("progress")) || text_equal(name, TEXT("period_end")) ||
        text_equal(name, TEXT("fiscal_year")) || text_equal(name, TEXT("start")) ||
        text_equal(name, TEXT("sha256")) || text_equal(name, TEXT("year")))
        return false;
    return text_equal(rows_fields(old, row)[column], rows_fields(tables[t], row)[column]);
}

static void write_table(size_t t, const char *dir, const struct rows *old) {
    struct buffer path = {0};
    buffer_printf(&path, "%s/%s.csv", dir, table_list[t].name);
    buffer_append_char(&path, '\0');
    struct rows *rows = tables[t];
    struct table_writer *writer =
        table_create_like(path.data, false, false, rows->columns, rows->column_count);
    size_t *order = memory_zeroed(rows->count, sizeof *order);
    for (size_t i = 0; i < rows->count; i++) {
        size_t other = below(i + 1);
        order[i] = order[other];
        order[other] = i;
    }
    bool is_list = table_list[t].parent != NULL;
    for (size_t i = 0; i < rows->count; i++) {
        size_t row = order[i];
        if (row < old->count && gone[t][row])
            continue;
        for (size_t c = 0; c < rows->column_count; c++) {
            struct text value = rows_fields(rows, row)[c];
            if (text_starts(rows->columns[c], TEXT("line")) && value.len > 0)
                value = keep("%ld", strtol(text_copy(value), NULL, 10) + 7);
            else if (!is_place(rows->columns[c]) && chance(10) && may_disguise(t, row, c, old))
                value = is_list && chance(50) && text_equal(rows->columns[c], text_of(table_list[t].text))
                            ? renumbered(value)
                            : disguised(value);
            table_put(writer, value);
        }
        table_end_row(writer);
    }
    table_finish(writer);
    free(order);
    buffer_free(&path);
}

int main(int argc, char **argv) {
    diagnostics_start(argv[0]);
    if (argc != 4)
        die("usage: diff_edits SEED OLD NEW");
    static const char *const columns[] = {"change", "key_old", "key_new", "table",
                                          "field",  "old",     "new",     "meaning"};
    random_state = strtoull(argv[1], NULL, 10);
    struct text name = keep("%s.expected", argv[3]);
    expected = table_create(text_copy(name), false, false, columns, 8);
    table_list = table_forms(&table_count);
    struct rows *old[MAX_TABLES] = {NULL};
    for (size_t t = 0; t < table_count; t++) {
        char *path = tables_find(argv[2], table_list[t].name);
        if (path == NULL)
            continue;
        old[t] = rows_load(path, NULL);
        tables[t] = rows_load(path, NULL);
        gone[t] = memory_zeroed(old[t]->count, sizeof **gone);
    }
    edit_projects();
    for (size_t t = 0; t < table_count; t++) {
        if (tables[t] != NULL && table_list[t].parent != NULL && strcmp(table_list[t].parent, "key") == 0)
            edit_beneath(t);
    }
    if (tables[table_index("report")] != NULL)
        edit_report();
    expect_stalled();
    for (size_t t = 0; t < table_count; t++) {
        if (tables[t] != NULL)
            write_table(t, argv[3], old[t]);
    }
    table_finish(expected);
    /* What is left is freed by the end of the program. */
    _Exit(STATUS_DONE);
}
