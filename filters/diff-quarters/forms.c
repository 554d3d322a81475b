/* The tables of a version; see forms.h. */
#include "forms.h"

#include <string.h>

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
