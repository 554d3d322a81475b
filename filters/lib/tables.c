/* The contract's tables; see tables.h. */
#include "tables.h"

#include <string.h>
#include <unistd.h>

#include "diagnostics.h"

#define MAX_COLUMNS 24

static const struct {
    const char *name;
    const char *columns[MAX_COLUMNS];
} definitions[TABLE_COUNT] = {
    [TABLE_REPORT] = {"report",
                      {"ministry", "fiscal_year", "quarter", "period_start", "period_end", "title", "lines",
                       "sha256"}},
    [TABLE_SECTIONS] = {"sections", {"key", "section", "line_first", "line_last", "form", "heading", "text"}},
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

const char *tables_name(enum table table) {
    return definitions[table].name;
}

bool tables_parse(const char *name, enum table *table) {
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        if (strcmp(definitions[i].name, name) == 0) {
            *table = (enum table)i;
            return true;
        }
    }
    return false;
}

char *tables_find(const char *directory, const char *name) {
    static const char *const endings[] = {".csv", ".csv.gz"};
    char *found = NULL;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        struct buffer path = {0};
        buffer_printf(&path, "%s/%s%s", directory, name, endings[i]);
        buffer_append_char(&path, '\0');
        if (access(path.data, F_OK) != 0) {
            buffer_free(&path);
            continue;
        }
        if (found != NULL)
            die_at(found, 0, "stands there plain and compressed: which one is meant?");
        found = path.data;
    }
    return found;
}

const char *const *tables_columns(enum table table, size_t *count) {
    *count = 0;
    while (*count < MAX_COLUMNS && definitions[table].columns[*count] != NULL)
        ++*count;
    return definitions[table].columns;
}
