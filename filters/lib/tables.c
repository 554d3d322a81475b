/* The contract's tables; see tables.h. */
#include "tables.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "diagnostics.h"

#define MAX_COLUMNS 24

static const struct {
    const char *name;
    const char *columns[MAX_COLUMNS];
} definitions[TABLE_COUNT] = {
    [TABLE_REPORT] = {"report",
                      {"ministry", "fiscal_year", "quarter", "period_start", "period_end", "title", "lines",
                       "sha256"}},
    [TABLE_PROJECTS] = {"projects",
                        {"key",
                         "parent",
                         "strategy",
                         "number",
                         "number_printed",
                         "title",
                         "agency",
                         "agency_text",
                         "objectives",
                         "start",
                         "end",
                         "duration_days",
                         "budget_allocated",
                         "budget_contracted",
                         "budget_disbursed",
                         "kpis",
                         "results",
                         "activities",
                         "activities_stated",
                         "obstacles",
                         "progress_total",
                         "progress_year",
                         "line_first",
                         "line_last"}},
    [TABLE_OBJECTIVES] = {"objectives", {"key", "n", "objective", "line"}},
    [TABLE_KPIS] = {"kpis",
                    {"key", "group", "n", "kpi", "year", "target", "target_value", "target_unit", "target_op",
                     "line"}},
    [TABLE_RESULTS] = {"results",
                       {"key", "group", "n", "kpi", "year", "target", "result", "target_value",
                        "result_value", "unit", "status", "line"}},
    [TABLE_ACTIVITIES] = {"activities", {"key", "n", "activity", "period", "start", "end", "line"}},
    [TABLE_ACTIVITY_RESULTS] = {"activity_results", {"key", "n", "activity", "result", "line"}},
    [TABLE_OBSTACLES] = {"obstacles", {"key", "text", "line"}},
    [TABLE_STRATEGY_KPIS] = {"strategy_kpis",
                             {"strategy", "n", "kpi", "year", "target", "owner", "note", "line"}},
    [TABLE_SUMMARY] = {"summary",
                       {"strategy", "number", "title", "agency_text", "agency", "progress", "line"}},
    [TABLE_DECLARED] = {"declared", {"scope", "name", "count", "progress", "line"}},
};

const char *tables_name(enum table_id id) {
    return definitions[id].name;
}

bool tables_parse(const char *name, enum table_id *id) {
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        if (strcmp(definitions[i].name, name) == 0) {
            *id = (enum table_id)i;
            return true;
        }
    }
    return false;
}

static size_t column_count(enum table_id id) {
    size_t count = 0;
    while (count < MAX_COLUMNS && definitions[id].columns[count] != NULL)
        count++;
    return count;
}

void tables_open_one(struct tables *tables, enum table_id id, const char *path, bool compress, bool bom) {
    tables->writers[id] = table_create(path, compress, bom, definitions[id].columns, column_count(id));
}

void tables_open_all(struct tables *tables, const char *dir, bool compress, bool bom) {
    if (mkdir(dir, 0777) != 0 && errno != EEXIST)
        die_at(dir, 0, "cannot make the folder: %s", strerror(errno));
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        struct buffer path = {0};
        buffer_printf(&path, "%s/%s.csv%s", dir, definitions[i].name, compress ? ".gz" : "");
        buffer_append_char(&path, '\0');
        tables->paths[i] = path.data;
        tables_open_one(tables, (enum table_id)i, path.data, compress, bom);
    }
}

void tables_close(struct tables *tables) {
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        if (tables->writers[i] != NULL)
            table_finish(tables->writers[i]);
        free(tables->paths[i]);
    }
    *tables = (struct tables){0};
}
