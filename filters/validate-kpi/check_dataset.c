/* All tables of a folder against their schemas and each other; see check_dataset.h. */
#include "check_dataset.h"

#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "check_rows.h"
#include "money.h"
#include "quantity.h"
#include "spelling.h"
#include "thread.h"

static struct text agency_of(void *context, struct text key) {
    const struct dataset *data = context;
    size_t project = dataset_project(data, key);
    return project != NO_PROJECT ? data->projects[project].agency : (struct text){NULL, 0};
}

static void check_tables_there(struct check *check, const char *directory) {
    size_t there = 0;
    for (int table = 0; table < TABLE_COUNT; table++)
        there += check->data->paths[table] != NULL;
    if (there == 0)
        die_at(directory, 0, "no table of a report here: projects.csv, kpis.csv, …");
    for (int table = 0; table < TABLE_COUNT; table++) {
        if (check->data->paths[table] != NULL)
            continue;
        struct fault fault = {.rule = RULE_TABLE_MISSING,
                              .table = tables_name((enum table)table),
                              .observed = text_of(tables_name((enum table)table))};
        check_tell(check, &fault);
    }
}

/* A column of text for people: nothing in the schema binds it. */
static bool is_prose(const struct schema_field *field) {
    return field->type == SCHEMA_STRING && field->pattern == NULL && field->value_count == 0 &&
           field->codes_file == NULL;
}

/* The row of the table of projects that is being checked. */
struct project_row {
    const struct places *places;
    size_t project;
};

static uint64_t line_of(void *context, const char *field) {
    const struct project_row *row = context;
    return places_line(row->places, row->project, field);
}

static void check_cells(struct check *check, enum table table, size_t row, const struct row_place *place) {
    const struct rows *rows = check->data->tables[table];
    const struct schema *schema = check->data->schemas[table];
    for (size_t i = 0; i < schema->field_count; i++) {
        const struct schema_field *field = &schema->fields[i];
        size_t column = rows_column(rows, field->name);
        if (column != TABLE_NO_COLUMN && is_prose(field))
            check_cell(check, table, field->name, place->key, place->n,
                       table == TABLE_PROJECTS ? places_line(check->places, row, field->name) : place->line,
                       rows_field(rows, row, column));
    }
}

static void check_table(struct check *check, enum table table) {
    const struct rows *rows = check->data->tables[table];
    struct row_checker *checker =
        row_checker_open(check->data->schemas[table], check->profile, check->faults, check->language,
                         check->data->paths[table], false, rows->columns, rows->column_count);
    struct project_row project = {check->places, 0};
    if (table == TABLE_PROJECTS)
        row_checker_set_lines(checker, line_of, &project);
    for (size_t i = 0; i < rows->count; i++) {
        project.project = i;
        (void)row_check(checker, rows_fields(rows, i), rows->lines[i], NULL);
        check_cells(check, table, i, row_checker_place(checker));
    }
    row_checker_free(checker);
}

static enum table find_table(const struct schema *schema, const char *name) {
    enum table table = TABLE_COUNT;
    (void)tables_parse(name[0] != '\0' ? name : schema->name, &table);
    return table;
}

/* The values of COUNT columns of a row in one; false when one is empty or not there. */
static bool join(const struct rows *rows, size_t row, const size_t *columns, size_t count,
                 struct buffer *joined) {
    buffer_clear(joined);
    for (size_t i = 0; i < count; i++) {
        struct text value = rows_field(rows, row, columns[i]);
        if (value.len == 0)
            return false;
        if (i > 0)
            buffer_append_char(joined, '\xFF'); /* no byte of UTF-8 */
        buffer_append_text(joined, value);
    }
    return true;
}

static struct keyset *read_targets(const struct rows *rows, const struct schema_reference *reference) {
    struct keyset *targets = keyset_new();
    size_t *columns = memory_zeroed(reference->count, sizeof *columns);
    struct buffer joined = {0};
    uint64_t first;
    for (size_t i = 0; i < reference->count; i++)
        columns[i] = rows_column(rows, reference->targets[i]);
    for (size_t i = 0; i < rows->count; i++) {
        if (join(rows, i, columns, reference->count, &joined))
            (void)keyset_add(targets, buffer_text(&joined), i, &first);
    }
    free(columns);
    buffer_free(&joined);
    return targets;
}

static void tell_reference(struct check *check, enum table table, size_t row, const char *field,
                           struct text value, enum table target) {
    const struct rows *rows = check->data->tables[table];
    size_t line = rows_column(rows, "line");
    if (line == TABLE_NO_COLUMN)
        line = rows_column(rows, "line_first");
    struct fault fault = check_fault(check, RULE_UNKNOWN_REFERENCE, NO_PROJECT, table,
                                     count_read(rows_field(rows, row, rows_column(rows, "n"))), field,
                                     count_read(rows_field(rows, row, line)));
    fault.key = rows_field(rows, row, rows_column(rows, "key"));
    fault.observed = value;
    fault.expected = text_of(tables_name(target));
    fault.arguments[0] = (struct fault_argument){"title", check_title(check, table, field)};
    check_tell(check, &fault);
}

static void check_reference(struct check *check, enum table table, const struct schema_reference *reference) {
    const struct dataset *data = check->data;
    const struct schema *schema = data->schemas[table];
    enum table target = find_table(schema, reference->table);
    if (target == TABLE_COUNT || data->tables[target] == NULL)
        return;
    struct keyset *targets = read_targets(data->tables[target], reference);
    const struct rows *rows = data->tables[table];
    size_t *columns = memory_zeroed(reference->count, sizeof *columns);
    struct buffer joined = {0};
    for (size_t i = 0; i < reference->count; i++)
        columns[i] = rows_column(rows, schema->fields[reference->fields[i]].name);
    for (size_t i = 0; i < rows->count; i++) {
        if (join(rows, i, columns, reference->count, &joined) &&
            !keyset_find(targets, buffer_text(&joined), NULL))
            tell_reference(check, table, i, schema->fields[reference->fields[0]].name,
                           rows_field(rows, i, columns[0]), target);
    }
    free(columns);
    buffer_free(&joined);
    keyset_free(targets);
}

static void check_tables(struct check *check) {
    const struct dataset *data = check->data;
    for (int table = 0; table < TABLE_COUNT; table++) {
        if (data->tables[table] == NULL)
            continue;
        check_table(check, (enum table)table);
        for (size_t i = 0; i < data->schemas[table]->reference_count; i++)
            check_reference(check, (enum table)table, &data->schemas[table]->references[i]);
    }
}

/* Everything about the report's text and the form of the tables' rows and cells. */
static void *check_printed(void *context) {
    struct check *check = context;
    check_section_texts(check);
    check_tables(check);
    return NULL;
}

/* A check of the same tables for another thread, with a profile, rules and findings of its own; what check_sections()
   has learnt is shared, and only read. */
static struct check check_beside(const struct check *check) {
    struct profile *profile = profile_open_again(check->profile);
    struct rules *rules = rules_open(profile);
    struct check beside = {
        .data = check->data,
        .profile = profile,
        .rules = rules,
        .faults = faults_open_beside(check->faults, rules),
        .language = check->language,
        .places = check->places,
        .told = keyset_new(),
    };
    memcpy(beside.headings, check->headings, sizeof beside.headings);
    return beside;
}

static void end_check_beside(struct check *beside, struct check *check) {
    faults_take(check->faults, beside->faults);
    if (beside->money != NULL)
        money_close(beside->money);
    keyset_free(beside->told);
    arena_free(&beside->arena);
    rules_free(beside->rules);
    profile_close(beside->profile);
}

static void check_rules(struct check *check) {
    check_dates(check);
    check_money(check);
    check_progress(check);
    check_kpis(check);
    check_structure(check);
    check_lists(check);
}

void check_dataset(const char *directory, struct profile *profile, struct rules *rules, struct faults *faults,
                   enum language language, char *const *files, size_t count) {
    struct dataset *data = dataset_open(directory, profile);
    struct check check = {
        .data = data,
        .profile = profile,
        .rules = rules,
        .faults = faults,
        .language = language,
        .carried = memory_zeroed(data->project_count, sizeof *check.carried),
        .places = places_open(data, profile),
    };
    struct thread thread;
    faults_set_agencies(faults, agency_of, data);
    check_tables_there(&check, directory);
    check_sections(&check);
    struct check beside = check_beside(&check);
    thread_start(&thread, check_printed, &beside);
    check_rules(&check);
    thread_end(&thread);
    end_check_beside(&beside, &check);
    for (size_t i = 0; i < count; i++)
        faults_merge(faults, files[i]);
    faults_set_agencies(faults, NULL, NULL);
    places_free(check.places);
    if (check.quantities != NULL)
        quantities_close(check.quantities);
    if (check.spelling != NULL)
        spelling_close(check.spelling);
    free(check.heading_forms);
    free(check.carried);
    arena_free(&check.arena);
    dataset_free(data);
}
