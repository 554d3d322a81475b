/* The tables of one report in memory; see dataset.h. */
#include "dataset.h"

#include <stdlib.h>
#include <string.h>

#include "check_rows.h"
#include "keyset.h"
#include "thread.h"

bool indicator_repeats(const struct indicator *rows, size_t row) {
    return row > 0 && rows[row - 1].project == rows[row].project && rows[row - 1].n == rows[row].n &&
           text_equal(rows[row - 1].kpi, rows[row].kpi);
}

bool amount_is_positive(const struct amount *amount) {
    return amount->kind == VALUE_NUMBER && amount->number.units > 0;
}

struct amount amount_read(struct text text) {
    struct amount amount = {VALUE_TEXT, {0, 0}, text};
    if (text.len == 0)
        amount.kind = VALUE_NOTHING;
    else if (text_equal(text, TEXT("-")))
        amount.kind = VALUE_DASH;
    else if (memchr(text.data, ',', text.len) == NULL && decimal_parse(text, &amount.number))
        amount.kind = VALUE_NUMBER;
    return amount;
}

static struct day day_read(struct text text) {
    struct day day = {false, {0, 0, 0}, text};
    day.known = date_parse(text, &day.date);
    return day;
}

uint64_t count_read(struct text text) {
    struct amount amount = amount_read(text);
    bool whole = amount.kind == VALUE_NUMBER && amount.number.scale == 0 && amount.number.units > 0;
    return whole ? (uint64_t)amount.number.units : 0;
}

/* A table's column by name, wherever it stands. */
static struct text get(const struct rows *rows, size_t row, const char *name) {
    return rows_field(rows, row, rows_column(rows, name));
}

size_t dataset_project(const struct dataset *dataset, struct text key) {
    uint64_t place;
    return keyset_find(dataset->project_keys, key, &place) ? (size_t)place : NO_PROJECT;
}

size_t dataset_project_at(const struct dataset *dataset, struct text key, uint64_t line) {
    size_t first = dataset_project(dataset, key);
    for (size_t i = first; i != NO_PROJECT; i = dataset->projects[i].next) {
        if (line >= dataset->projects[i].line && line <= dataset->projects[i].line_last)
            return i;
    }
    return first;
}

/* The project that a row of the summary table announces: the next one with its key. */
static size_t project_after(const struct dataset *dataset, struct text key, uint64_t line) {
    size_t first = dataset_project(dataset, key);
    for (size_t i = first; i != NO_PROJECT; i = dataset->projects[i].next) {
        if (dataset->projects[i].line >= line)
            return i;
    }
    return first;
}

static void read_report(struct dataset *dataset, const struct rows *rows) {
    if (rows->count == 0)
        return;
    struct amount year = amount_read(get(rows, 0, "fiscal_year"));
    dataset->period_end = day_read(get(rows, 0, "period_end"));
    if (year.kind != VALUE_NUMBER || year.number.scale > 0 || year.number.units < 2400 ||
        year.number.units > 2700)
        return;
    dataset->fiscal_year = (int)year.number.units;
    int christian = dataset->fiscal_year - DATE_BUDDHIST_ERA;
    dataset->year_start = (struct date){christian - 1, 10, 1};
    dataset->year_end = (struct date){christian, 9, 30};
}

static void read_project(struct project *project, const struct rows *rows, size_t row) {
    *project = (struct project){
        .key = get(rows, row, "key"),
        .parent_key = get(rows, row, "parent"),
        .strategy = get(rows, row, "strategy"),
        .number = get(rows, row, "number"),
        .number_printed = get(rows, row, "number_printed"),
        .title = get(rows, row, "title"),
        .agency = get(rows, row, "agency"),
        .agency_text = get(rows, row, "agency_text"),
        .obstacles = get(rows, row, "obstacles"),
        .start = day_read(get(rows, row, "start")),
        .end = day_read(get(rows, row, "end")),
        .duration = amount_read(get(rows, row, "duration_days")),
        .allocated = amount_read(get(rows, row, "budget_allocated")),
        .contracted = amount_read(get(rows, row, "budget_contracted")),
        .disbursed = amount_read(get(rows, row, "budget_disbursed")),
        .objective_count = amount_read(get(rows, row, "objectives")),
        .kpi_count = amount_read(get(rows, row, "kpis")),
        .result_count = amount_read(get(rows, row, "results")),
        .activity_count = amount_read(get(rows, row, "activities")),
        .activities_stated = amount_read(get(rows, row, "activities_stated")),
        .progress_total = amount_read(get(rows, row, "progress_total")),
        .progress_year = amount_read(get(rows, row, "progress_year")),
        .line = count_read(get(rows, row, "line_first")),
        .line_last = count_read(get(rows, row, "line_last")),
        .next = NO_PROJECT,
        .parent = NO_PROJECT,
        .summary = SIZE_MAX,
    };
}

static void read_projects(struct dataset *dataset, const struct rows *rows) {
    dataset->projects = memory_zeroed(rows->count, sizeof *dataset->projects);
    dataset->project_count = rows->count;
    size_t *last =
        memory_zeroed(rows->count, sizeof *last); /* of those with one key, by the first one's place */
    for (size_t i = 0; i < rows->count; i++) {
        uint64_t first;
        read_project(&dataset->projects[i], rows, i);
        last[i] = i;
        if (keyset_add(dataset->project_keys, dataset->projects[i].key, i, &first))
            continue;
        dataset->projects[last[first]].next = i;
        last[first] = i;
    }
    free(last);
    for (size_t i = 0; i < rows->count; i++) {
        struct project *project = &dataset->projects[i];
        if (project->parent_key.len == 0)
            continue;
        project->parent = dataset_project_at(dataset, project->parent_key, project->line);
        if (project->parent == i)
            project->parent = NO_PROJECT;
        if (project->parent != NO_PROJECT)
            dataset->projects[project->parent].children++;
    }
}

static void read_indicator(struct indicator *indicator, const struct rows *rows, size_t row) {
    *indicator = (struct indicator){
        .key = get(rows, row, "key"),
        .n = count_read(get(rows, row, "n")),
        .kpi = get(rows, row, "kpi"),
        .year = get(rows, row, "year"),
        .target = get(rows, row, "target"),
        .result = get(rows, row, "result"),
        .result_value = amount_read(get(rows, row, "result_value")),
        .status = get(rows, row, "status"),
        .target_value = amount_read(get(rows, row, "target_value")),
        .unit = get(rows, row, "unit"),
        .target_op = get(rows, row, "target_op"),
        .line = count_read(get(rows, row, "line")),
    };
    if (rows_column(rows, "target_unit") != TABLE_NO_COLUMN)
        indicator->unit = get(rows, row, "target_unit");
}

static void read_item(struct item *item, const struct rows *rows, size_t row) {
    static const char *const texts[] = {"objective", "activity", "text"};
    *item = (struct item){
        .key = get(rows, row, "key"),
        .n = count_read(get(rows, row, "n")),
        .result = get(rows, row, "result"),
        .period = get(rows, row, "period"),
        .start = day_read(get(rows, row, "start")),
        .end = day_read(get(rows, row, "end")),
        .line = count_read(get(rows, row, "line")),
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (rows_column(rows, texts[i]) != TABLE_NO_COLUMN)
            item->text = get(rows, row, texts[i]);
    }
}

/* Where the rows of one project begin in a table whose rows were put in the projects' order: COUNTS rows of each
   project, those of no project last. Turns COUNTS into places to put the next row of each. */
static void lay_out(struct dataset *dataset, enum table table, size_t *counts) {
    size_t at = 0;
    for (size_t i = 0; i <= dataset->project_count; i++) {
        size_t count = counts[i];
        if (i < dataset->project_count)
            dataset->projects[i].rows[table] = (struct span){at, count};
        counts[i] = at;
        at += count;
    }
}

static size_t slot_of(const struct dataset *dataset, size_t project) {
    return project != NO_PROJECT ? project : dataset->project_count;
}

struct placement {
    size_t project; /* NO_PROJECT: its key is no project's */
    size_t place;
};

/* Where each row of TABLE stands in the projects' order. The caller frees. */
static struct placement *place_rows(struct dataset *dataset, enum table table) {
    const struct rows *rows = dataset->tables[table];
    struct placement *placed = memory_zeroed(rows->count, sizeof *placed);
    size_t *counts = memory_zeroed(dataset->project_count + 1, sizeof *counts);
    for (size_t i = 0; i < rows->count; i++) {
        placed[i].project =
            dataset_project_at(dataset, get(rows, i, "key"), count_read(get(rows, i, "line")));
        counts[slot_of(dataset, placed[i].project)]++;
    }
    lay_out(dataset, table, counts);
    for (size_t i = 0; i < rows->count; i++)
        placed[i].place = counts[slot_of(dataset, placed[i].project)]++;
    free(counts);
    return placed;
}

static struct indicator *read_indicators(struct dataset *dataset, enum table table) {
    const struct rows *rows = dataset->tables[table];
    struct placement *placed = place_rows(dataset, table);
    struct indicator *ordered = memory_zeroed(rows->count, sizeof *ordered);
    for (size_t i = 0; i < rows->count; i++) {
        struct indicator *indicator = &ordered[placed[i].place];
        read_indicator(indicator, rows, i);
        indicator->project = placed[i].project;
    }
    free(placed);
    return ordered;
}

static void read_items(struct dataset *dataset, enum table table) {
    const struct rows *rows = dataset->tables[table];
    struct placement *placed = place_rows(dataset, table);
    struct item *ordered = memory_zeroed(rows->count, sizeof *ordered);
    for (size_t i = 0; i < rows->count; i++) {
        struct item *item = &ordered[placed[i].place];
        read_item(item, rows, i);
        item->project = placed[i].project;
    }
    free(placed);
    dataset->items[table] = ordered;
    dataset->item_counts[table] = rows->count;
}

static void read_summary(struct dataset *dataset, const struct rows *rows) {
    dataset->summary = memory_zeroed(rows->count, sizeof *dataset->summary);
    dataset->summary_count = rows->count;
    struct buffer key = {0};
    for (size_t i = 0; i < rows->count; i++) {
        struct summary_row *summary = &dataset->summary[i];
        *summary = (struct summary_row){
            .strategy = get(rows, i, "strategy"),
            .number = get(rows, i, "number"),
            .title = get(rows, i, "title"),
            .agency = get(rows, i, "agency"),
            .agency_text = get(rows, i, "agency_text"),
            .progress = amount_read(get(rows, i, "progress")),
            .line = count_read(get(rows, i, "line")),
        };
        summary->total = text_equal(summary->number, TEXT("total"));
        buffer_clear(&key);
        append_summary_key(&key, summary->strategy, summary->number);
        summary->key = arena_copy(&dataset->arena, buffer_text(&key));
        summary->project = project_after(dataset, summary->key, summary->line);
        if (summary->project != NO_PROJECT && dataset->projects[summary->project].summary == SIZE_MAX)
            dataset->projects[summary->project].summary = i;
    }
    buffer_free(&key);
}

static void read_declared(struct dataset *dataset, const struct rows *rows) {
    dataset->declared = memory_zeroed(rows->count, sizeof *dataset->declared);
    dataset->declared_count = rows->count;
    for (size_t i = 0; i < rows->count; i++)
        dataset->declared[i] = (struct declared_row){
            .scope = get(rows, i, "scope"),
            .name = get(rows, i, "name"),
            .count = amount_read(get(rows, i, "count")),
            .progress = amount_read(get(rows, i, "progress")),
            .line = count_read(get(rows, i, "line")),
        };
}

static void read_tables(struct dataset *dataset) {
    struct rows **tables = dataset->tables;
    if (tables[TABLE_REPORT] != NULL)
        read_report(dataset, tables[TABLE_REPORT]);
    if (tables[TABLE_PROJECTS] != NULL)
        read_projects(dataset, tables[TABLE_PROJECTS]);
    if (tables[TABLE_KPIS] != NULL) {
        dataset->kpis = read_indicators(dataset, TABLE_KPIS);
        dataset->kpi_count = tables[TABLE_KPIS]->count;
    }
    if (tables[TABLE_RESULTS] != NULL) {
        dataset->results = read_indicators(dataset, TABLE_RESULTS);
        dataset->result_count = tables[TABLE_RESULTS]->count;
    }
    static const enum table items[] = {TABLE_OBJECTIVES, TABLE_ACTIVITIES, TABLE_ACTIVITY_RESULTS,
                                       TABLE_OBSTACLES};
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        if (tables[items[i]] != NULL)
            read_items(dataset, items[i]);
    }
    if (tables[TABLE_SUMMARY] != NULL)
        read_summary(dataset, tables[TABLE_SUMMARY]);
    if (tables[TABLE_DECLARED] != NULL)
        read_declared(dataset, tables[TABLE_DECLARED]);
}

static void load_table(struct dataset *dataset, enum table table) {
    if (dataset->paths[table] != NULL)
        dataset->tables[table] = rows_load(dataset->paths[table], NULL);
}

/* The table that holds nearly half of all bytes but for the sections. */
static void *load_largest(void *dataset) {
    load_table(dataset, TABLE_ACTIVITY_RESULTS);
    return NULL;
}

struct dataset *dataset_open(const char *directory, struct profile *profile) {
    struct dataset *dataset = memory_zeroed(1, sizeof *dataset);
    struct thread thread;
    dataset->project_keys = keyset_new();
    for (int table = 0; table < TABLE_COUNT; table++)
        dataset->paths[table] = tables_find(directory, tables_name((enum table)table));
    thread_start(&thread, load_largest, dataset);
    for (int table = 0; table < TABLE_COUNT; table++) {
        dataset->schemas[table] = schema_open(profile, tables_name((enum table)table));
        if (table != TABLE_SECTIONS && table != TABLE_ACTIVITY_RESULTS)
            load_table(dataset, (enum table)table);
    }
    thread_end(&thread);
    read_tables(dataset);
    return dataset;
}

void dataset_free(struct dataset *dataset) {
    for (int table = 0; table < TABLE_COUNT; table++) {
        rows_free(dataset->tables[table]);
        free(dataset->paths[table]);
        schema_free(dataset->schemas[table]);
        free(dataset->items[table]);
    }
    free(dataset->projects);
    free(dataset->kpis);
    free(dataset->results);
    free(dataset->summary);
    free(dataset->declared);
    keyset_free(dataset->project_keys);
    arena_free(&dataset->arena);
    free(dataset);
}
