/*
 * The tables of one report in memory, their values read, and each row with its project.
 *
 * Rows of a project's tables lie together, in the order of the table. Texts and titles live as long as the
 * dataset. The raw text of sections.csv is not kept: section_rows.h reads it as a stream.
 */
#ifndef DATASET_H
#define DATASET_H

#include "date.h"
#include "decimal.h"
#include "profile.h"
#include "rows.h"
#include "schema.h"
#include "tables.h"

/* What a column for a figure or a date may say. */
enum value_kind { VALUE_NOTHING, VALUE_DASH, VALUE_TEXT, VALUE_NUMBER };

struct amount {
    enum value_kind kind;
    struct decimal number;
    struct text text; /* as it stands in the table */
};

/* A start or an end; known only with a year. */
struct day {
    bool known;
    struct date date; /* as exact as printed */
    struct text text;
};

struct span {
    size_t first;
    size_t count;
};

#define NO_PROJECT SIZE_MAX

struct project {
    struct text key;
    struct text parent_key;
    struct text strategy;
    struct text number;
    struct text number_printed;
    struct text title;
    struct text agency;
    struct text agency_text;
    struct text obstacles;
    struct day start;
    struct day end;
    struct amount duration;
    struct amount allocated;
    struct amount contracted;
    struct amount disbursed;
    struct amount objective_count; /* the columns objectives, kpis, results, activities */
    struct amount kpi_count;
    struct amount result_count;
    struct amount activity_count;
    struct amount activities_stated;
    struct amount progress_total;
    struct amount progress_year;
    uint64_t line;
    uint64_t line_last;
    size_t next;   /* the next project with the same key, or NO_PROJECT */
    size_t parent; /* or NO_PROJECT */
    size_t children;
    size_t summary;                /* of its row in the summary, or SIZE_MAX */
    struct span rows[TABLE_COUNT]; /* its rows in kpis, results, activities … */
};

/* A row of kpis or of results. */
struct indicator {
    size_t project;
    struct text key;
    uint64_t n;
    struct text kpi;
    struct text year;
    struct text target;
    struct text result; /* of results only, as the next two */
    struct amount result_value;
    struct text status;
    struct amount target_value;
    struct text unit;
    struct text target_op; /* of kpis only */
    uint64_t line;
};

/* A row of objectives, activities, activity_results or obstacles. */
struct item {
    size_t project;
    struct text key;
    uint64_t n;
    struct text text;   /* objective, activity or obstacle */
    struct text result; /* of activity_results only */
    struct text period; /* of activities only, as the next two */
    struct day start;
    struct day end;
    uint64_t line;
};

struct summary_row {
    struct text strategy;
    struct text number;
    struct text title;
    struct text agency;
    struct text agency_text;
    struct amount progress;
    uint64_t line;
    struct text key;
    size_t project; /* or NO_PROJECT */
    bool total;
};

struct declared_row {
    struct text scope;
    struct text name;
    struct amount count;
    struct amount progress;
    uint64_t line;
};

struct dataset {
    struct rows *tables[TABLE_COUNT]; /* NULL: not there; sections is never held */
    char *paths[TABLE_COUNT];         /* NULL: not there */
    struct schema *schemas[TABLE_COUNT];

    int fiscal_year; /* Buddhist era; 0: not known */
    struct date year_start;
    struct date year_end;
    struct day period_end;

    struct project *projects;
    size_t project_count;
    struct indicator *kpis;
    size_t kpi_count;
    struct indicator *results;
    size_t result_count;
    struct item *items[TABLE_COUNT]; /* of objectives, activities, activity_results, obstacles */
    size_t item_counts[TABLE_COUNT];
    struct summary_row *summary;
    size_t summary_count;
    struct declared_row *declared;
    size_t declared_count;

    struct keyset *project_keys;
    struct arena arena;
};

/* Reads the tables in DIRECTORY. A table that is there and malformed is status 2. The caller frees. */
struct dataset *dataset_open(const char *directory, struct profile *profile);

/* The place of the first project with KEY, or NO_PROJECT. */
size_t dataset_project(const struct dataset *dataset, struct text key);

/* The place of the project with KEY that a row from LINE of the report belongs to: of several with one key, which
   is a fault, the one whose lines are around it. NO_PROJECT where no project has the key. */
size_t dataset_project_at(const struct dataset *dataset, struct text key, uint64_t line);

/* Whether the row above ROW is the same KPI in another year: a KPI may be worded anew in one of its years. */
bool indicator_repeats(const struct indicator *rows, size_t row);

/* Whether the amount is a number above 0. */
bool amount_is_positive(const struct amount *amount);

/* A number of a row or a line; 0 for what is none. */
uint64_t count_read(struct text text);

/* Reads a figure: nothing, a dash, a plain decimal, or text. */
struct amount amount_read(struct text text);

void dataset_free(struct dataset *dataset);

#endif
