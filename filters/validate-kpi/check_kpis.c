/* Rules on KPIs: those of one table against those of the other. */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "similarity.h"

/* From this likeness on (of SIMILARITY_FULL) two texts are one text with misprints. */
#define SAME_TEXT 8000U
#define SAME_UNIT 6000U

/* So many grapheme clusters of a text are a text and not only its number. */
#define LEAST_BEGINNING 10U

/* The rows of one KPI, one for each year. */
struct group {
    size_t first;
    size_t count;
    size_t partner; /* of the other table, or SIZE_MAX */
    struct clusters clusters;
};

struct groups {
    struct group *items;
    size_t count;
};

/* What the comparison of the two tables leaves over, row by row: evidence that a text came from elsewhere. */
struct orphans {
    bool *kpis;
    bool *results;
};

static struct groups group_rows(struct similarity *similarity, const struct indicator *rows,
                                struct span span) {
    struct groups groups = {memory_zeroed(span.count, sizeof *groups.items), 0};
    for (size_t i = span.first; i < span.first + span.count; i++) {
        if (groups.count > 0 && indicator_repeats(rows, i)) {
            groups.items[groups.count - 1].count++;
            continue;
        }
        groups.items[groups.count++] =
            (struct group){i, 1, SIZE_MAX, similarity_clusters(similarity, rows[i].kpi)};
    }
    return groups;
}

static void free_groups(struct groups *groups) {
    for (size_t i = 0; i < groups->count; i++)
        clusters_free(&groups->items[i].clusters);
    free(groups->items);
}

struct matching {
    struct similarity *similarity;
    const struct groups *kpis;
    const struct groups *results;
    const struct dataset *data;
};

/* Whether one text goes on where the other ends. */
static bool begins_alike(const struct clusters *a, const struct clusters *b) {
    size_t count = a->count < b->count ? a->count : b->count;
    return count >= LEAST_BEGINNING && memcmp(a->ids, b->ids, count * sizeof *a->ids) == 0;
}

/* A KPI that the other table words at greater length, with the same target, is that KPI where no other one is. */
static struct pair_rank rank_pair(void *context, size_t i, size_t j) {
    const struct matching *matching = context;
    const struct group *kpi = &matching->kpis->items[i];
    const struct group *result = &matching->results->items[j];
    struct text target = matching->data->kpis[kpi->first].target;
    bool same_target = value_same(target, matching->data->results[result->first].target);
    unsigned score = similarity_score(matching->similarity, &kpi->clusters, &result->clusters, SAME_TEXT);
    if (score == 0 && same_target && !target_is_open(target) &&
        begins_alike(&kpi->clusters, &result->clusters))
        score = 1;
    return (struct pair_rank){score, same_target, i > j ? i - j : j - i};
}

static int order_pairs(void *context, size_t i, size_t j, size_t k, size_t l) {
    (void)context;
    if (i != k)
        return i < k ? -1 : 1;
    return (j > l) - (j < l);
}

static void match(struct matching *matching, struct groups *kpis, struct groups *results) {
    struct pairing pairing = {kpis->count, results->count, rank_pair, order_pairs, matching};
    size_t *partners = memory_zeroed(kpis->count, sizeof *partners);
    pairing_solve(&pairing, partners);
    for (size_t i = 0; i < kpis->count; i++) {
        if (partners[i] == PAIRING_NONE)
            continue;
        kpis->items[i].partner = partners[i];
        results->items[partners[i]].partner = i;
    }
    free(partners);
}

/* A unit that the table of results leaves out behind the same number; that the table of KPIs has none is told by a
   rule of its own. */
static void check_unit_missing(struct check *check, const struct indicator *kpi,
                               const struct indicator *result) {
    bool numbers = kpi->target_value.kind == VALUE_NUMBER && result->target_value.kind == VALUE_NUMBER;
    if (!numbers || result->unit.len > 0 || kpi->unit.len == 0 ||
        text_find(kpi->target, kpi->unit, 0) == SIZE_MAX)
        return;
    struct fault fault = check_fault(check, RULE_UNIT_MISSING, result->project, TABLE_RESULTS, result->n,
                                     "unit", result->line);
    fault.observed = result->target;
    fault.expected = kpi->target;
    fault.arguments[0] = (struct fault_argument){"line", check_line_text(check, kpi->line)};
    check_tell(check, &fault);
}

static void check_unit(struct check *check, struct similarity *similarity, const struct indicator *kpi,
                       const struct indicator *result) {
    if (kpi->unit.len == 0 || result->unit.len == 0 || value_same(kpi->unit, result->unit))
        return;
    struct clusters a = similarity_clusters(similarity, kpi->unit);
    struct clusters b = similarity_clusters(similarity, result->unit);
    unsigned score = similarity_score(similarity, &a, &b, SAME_UNIT);
    clusters_free(&a);
    clusters_free(&b);
    if (score == SIMILARITY_FULL)
        return;
    struct fault fault = check_fault(check, score >= SAME_UNIT ? RULE_UNIT_MISSPELT : RULE_UNIT_DIFFERS,
                                     result->project, TABLE_RESULTS, result->n, "unit", result->line);
    fault.observed = result->unit;
    fault.expected = kpi->unit;
    fault.arguments[0] = (struct fault_argument){"line", check_line_text(check, kpi->line)};
    check_tell(check, &fault);
}

/* The row of RESULTS that goes with the row KPI of KPIS: of the same year, and of several rows of that year the one that
   is as far down among them; NULL where there is none. */
static const struct indicator *row_of_year(const struct dataset *data, const struct group *kpis, size_t kpi,
                                           const struct group *results) {
    struct text year = data->kpis[kpi].year;
    size_t before = 0;
    for (size_t i = kpis->first; i < kpi; i++)
        before += text_equal(data->kpis[i].year, year);
    for (size_t i = results->first; i < results->first + results->count; i++) {
        if (text_equal(data->results[i].year, year) && before-- == 0)
            return &data->results[i];
    }
    return NULL;
}

/* Rows of one KPI in both tables, year by year. */
static void compare_years(struct check *check, struct similarity *similarity, const struct group *kpis,
                          const struct group *results) {
    const struct dataset *data = check->data;
    for (size_t i = kpis->first; i < kpis->first + kpis->count; i++) {
        const struct indicator *kpi = &data->kpis[i];
        const struct indicator *result = row_of_year(data, kpis, i, results);
        if (result == NULL)
            continue;
        check_target_pair(check, kpi, result);
        check_unit(check, similarity, kpi, result);
        check_unit_missing(check, kpi, result);
    }
}

static bool has_year(const struct indicator *rows, struct span span, struct text year) {
    for (size_t i = span.first; i < span.first + span.count; i++) {
        if (text_equal(rows[i].year, year))
            return true;
    }
    return false;
}

/* The years of ROWS in SPAN, each once, those of OTHER's rows left out; live as long as the check. */
static struct text list_years(struct check *check, const struct indicator *rows, struct span span,
                              const struct indicator *others, struct span other) {
    struct buffer list = {0};
    for (size_t i = span.first; i < span.first + span.count; i++) {
        bool again = has_year(rows, (struct span){span.first, i - span.first}, rows[i].year);
        if (again || rows[i].year.len == 0 || has_year(others, other, rows[i].year))
            continue;
        buffer_append_text(&list, list.len > 0 ? TEXT(", ") : TEXT(""));
        buffer_append_text(&list, rows[i].year);
    }
    struct text kept = arena_copy(&check->arena, buffer_text(&list));
    buffer_free(&list);
    return kept;
}

/* Whether the KPI and its result have a year in common, or one of them has none. */
static bool share_year(const struct dataset *data, const struct group *kpi, const struct group *result) {
    bool known[2] = {false, false};
    for (size_t i = kpi->first; i < kpi->first + kpi->count; i++)
        known[0] |= data->kpis[i].year.len > 0;
    for (size_t i = result->first; i < result->first + result->count; i++) {
        known[1] |= data->results[i].year.len > 0;
        if (has_year(data->kpis, (struct span){kpi->first, kpi->count}, data->results[i].year))
            return true;
    }
    return !known[0] || !known[1];
}

static void tell_kpi_years(struct check *check, const struct group *kpi, const struct group *result) {
    const struct dataset *data = check->data;
    const struct indicator *row = &data->results[result->first];
    struct span none = {0, 0};
    struct fault fault =
        check_fault(check, RULE_KPI_YEARS_DIFFER, row->project, TABLE_RESULTS, row->n, "year", row->line);
    fault.observed =
        list_years(check, data->results, (struct span){result->first, result->count}, data->kpis, none);
    fault.expected =
        list_years(check, data->kpis, (struct span){kpi->first, kpi->count}, data->results, none);
    fault.arguments[0] = (struct fault_argument){"line", check_line_text(check, data->kpis[kpi->first].line)};
    check_tell(check, &fault);
}

/* Whether A and B, of one table, are the same indicator twice, target and all. */
static bool is_same(const struct indicator *a, const struct indicator *b) {
    return a->n != b->n && text_equal(a->year, b->year) && value_same(a->kpi, b->kpi) &&
           value_same(a->target, b->target);
}

/* The row among those before ROW in SPAN that is the same indicator as it; NULL where there is none. */
static const struct indicator *find_same(const struct indicator *rows, struct span span, size_t row) {
    for (size_t i = span.first; i < row; i++) {
        if (is_same(&rows[i], &rows[row]))
            return &rows[i];
    }
    return NULL;
}

static void compare_matched(struct check *check, struct similarity *similarity, const struct group *kpi,
                            const struct group *result, bool years_told) {
    if (share_year(check->data, kpi, result))
        compare_years(check, similarity, kpi, result);
    else if (!years_told)
        tell_kpi_years(check, kpi, result);
}

/* A row of TABLE that has no counterpart in the table that the section of the column OTHER holds. */
static void tell_single(struct check *check, enum rule rule, enum table table, const struct indicator *row,
                        const char *other) {
    struct fault fault = check_fault(check, rule, row->project, table, row->n, "kpi", row->line);
    fault.observed = row->kpi;
    fault.arguments[0] = (struct fault_argument){
        "line", check_line_text(check, places_line(check->places, row->project, other))};
    check_tell(check, &fault);
}

/* Whether the KPI has a target in a year that the table of results is about: only then a result is due. */
static bool is_due(const struct dataset *data, const struct group *kpi, struct span results) {
    for (size_t i = kpi->first; i < kpi->first + kpi->count; i++) {
        struct text target = data->kpis[i].target;
        if (target_is_open(target))
            continue;
        for (size_t j = results.first; j < results.first + results.count; j++) {
            if (data->kpis[i].year.len == 0 || text_equal(data->kpis[i].year, data->results[j].year))
                return true;
        }
    }
    return false;
}

/* One of the two tables has COUNT rows, the other, that of SECTION, none. Where the section is missing as a whole,
   that is told. */
static void tell_table_missing(struct check *check, enum rule rule, size_t project, enum section section,
                               size_t count) {
    const char *field = section == SECTION_KPIS ? "kpis" : "results";
    bool told = check->data->paths[TABLE_SECTIONS] != NULL && !places_has(check->places, project, section) &&
                faults_wants(check->faults, RULE_SECTION_MISSING);
    if (told)
        return;
    struct fault fault = check_project_fault(check, rule, project, field);
    fault.observed = check_number_text(check, decimal_of((int64_t)count));
    check_tell(check, &fault);
}

/* Years of the table of results that the table of KPIs has no targets for: one of the two has a wrong header. Returns
   whether there are such. */
static bool check_years(struct check *check, size_t index) {
    const struct dataset *data = check->data;
    struct span kpis = data->projects[index].rows[TABLE_KPIS];
    struct span results = data->projects[index].rows[TABLE_RESULTS];
    struct text known = list_years(check, data->kpis, kpis, data->results, (struct span){0, 0});
    struct text more = list_years(check, data->results, results, data->kpis, kpis);
    if (known.len == 0 || more.len == 0)
        return false;
    const struct indicator *first = &data->results[results.first];
    while (has_year(data->kpis, kpis, first->year) || first->year.len == 0)
        first++;
    struct fault fault =
        check_fault(check, RULE_YEARS_DIFFER, index, TABLE_RESULTS, first->n, "year", first->line);
    fault.observed = more;
    fault.expected = known;
    fault.arguments[0] =
        (struct fault_argument){"line", check_line_text(check, places_line(check->places, index, "kpis"))};
    check_tell(check, &fault);
    return true;
}

static bool has_own_year(const struct dataset *data, const struct indicator *rows, struct span span) {
    for (size_t i = span.first; i < span.first + span.count; i++) {
        struct amount year = amount_read(rows[i].year);
        if (year.kind == VALUE_NUMBER && decimal_compare(year.number, decimal_of(data->fiscal_year)) == 0)
            return true;
    }
    return false;
}

/* A table that says nothing of the report's own year, though the project runs in it. A table without any year is as the
   form has it, unless the OTHER one has the year. Returns whether it is told. */
static bool check_own_year(struct check *check, size_t index, enum table table, const struct indicator *rows,
                           struct span span, bool other) {
    static const char *const none[] = {"no year", "ไม่ระบุปี"};
    struct text years = list_years(check, rows, span, rows, (struct span){0, 0});
    if (check->data->fiscal_year == 0 || project_is_outside_year(check->data, index) || span.count == 0 ||
        has_own_year(check->data, rows, span) || (years.len == 0 && !other))
        return false;
    const struct indicator *first = &rows[span.first];
    struct fault fault = check_fault(check, RULE_YEAR_MISSING, index, table, first->n, "year", first->line);
    fault.observed = years.len > 0 ? years : text_of(none[check->language]);
    fault.expected = check_number_text(check, decimal_of(check->data->fiscal_year));
    check_tell(check, &fault);
    return true;
}

/* How many years the row is later than the one above, of the same KPI: 0 where that is not known. */
static int64_t year_step(const struct indicator *rows, size_t row) {
    struct amount years[] = {amount_read(rows[row - 1].year), amount_read(rows[row].year)};
    bool known = years[0].kind == VALUE_NUMBER && years[1].kind == VALUE_NUMBER &&
                 years[0].number.scale == 0 && years[1].number.scale == 0;
    return known ? years[1].number.units - years[0].number.units : 0;
}

/* The columns of a table are years one behind the other, or the other way about: told at the first KPI where they are
   not. */
static void check_year_order(struct check *check, size_t index, enum table table,
                             const struct indicator *rows, struct span span) {
    struct span kpi = {span.first, 0};
    for (size_t i = span.first; i < span.first + span.count; i++) {
        if (!indicator_repeats(rows, i))
            kpi.first = i;
        int64_t step = i > kpi.first ? year_step(rows, i) : 0;
        if (step >= -1 && step <= 1)
            continue;
        while (kpi.first + kpi.count < span.first + span.count &&
               (kpi.count == 0 || indicator_repeats(rows, kpi.first + kpi.count)))
            kpi.count++;
        struct fault fault =
            check_fault(check, RULE_YEARS_APART, index, table, rows[i].n, "year", rows[i].line);
        fault.observed = list_years(check, rows, kpi, rows, (struct span){0, 0});
        check_tell(check, &fault);
        return;
    }
}

static void check_each_table(struct check *check, size_t index) {
    const struct dataset *data = check->data;
    struct span kpis = data->projects[index].rows[TABLE_KPIS];
    struct span results = data->projects[index].rows[TABLE_RESULTS];
    if (!check_own_year(check, index, TABLE_KPIS, data->kpis, kpis,
                        has_own_year(data, data->results, results)))
        check_year_order(check, index, TABLE_KPIS, data->kpis, kpis);
    if (!check_own_year(check, index, TABLE_RESULTS, data->results, results,
                        has_own_year(data, data->kpis, kpis)))
        check_year_order(check, index, TABLE_RESULTS, data->results, results);
}

/* YEARS_TOLD: the years of the two tables were found to differ. */
static void compare_tables(struct check *check, struct similarity *similarity, size_t index, bool years_told,
                           struct orphans *orphans) {
    const struct dataset *data = check->data;
    const struct project *project = &data->projects[index];
    struct groups kpis = group_rows(similarity, data->kpis, project->rows[TABLE_KPIS]);
    struct groups results = group_rows(similarity, data->results, project->rows[TABLE_RESULTS]);
    struct matching matching = {similarity, &kpis, &results, data};
    match(&matching, &kpis, &results);
    if (results.count == 0 && kpis.count > 0)
        tell_table_missing(check, RULE_RESULTS_MISSING, index, SECTION_RESULTS, kpis.count);
    if (kpis.count == 0 && results.count > 0)
        tell_table_missing(check, RULE_KPIS_MISSING, index, SECTION_KPIS, results.count);
    for (size_t i = 0; i < kpis.count && results.count > 0; i++) {
        const struct group *kpi = &kpis.items[i];
        orphans->kpis[kpi->first] = kpi->partner == SIZE_MAX;
        if (kpi->partner != SIZE_MAX)
            compare_matched(check, similarity, kpi, &results.items[kpi->partner], years_told);
        else if (is_due(data, kpi, project->rows[TABLE_RESULTS]) &&
                 find_same(data->kpis, project->rows[TABLE_KPIS], kpi->first) == NULL &&
                 !kpi_is_weight(check, &data->kpis[kpi->first]))
            tell_single(check, RULE_KPI_WITHOUT_RESULT, TABLE_KPIS, &data->kpis[kpi->first], "results");
    }
    for (size_t i = 0; i < results.count; i++) {
        const struct group *result = &results.items[i];
        orphans->results[result->first] = result->partner == SIZE_MAX;
        if (result->partner == SIZE_MAX && kpis.count > 0 &&
            find_same(data->results, project->rows[TABLE_RESULTS], result->first) == NULL)
            tell_single(check, RULE_RESULT_WITHOUT_KPI, TABLE_RESULTS, &data->results[result->first], "kpis");
    }
    free_groups(&kpis);
    free_groups(&results);
}

/* One finding for an indicator that stands twice, not one for each of its years. */
static void check_twice(struct check *check, enum rule rule, enum table table, const struct indicator *rows,
                        struct span span) {
    for (size_t i = span.first; i < span.first + span.count; i++) {
        if (indicator_repeats(rows, i))
            continue;
        const struct indicator *same = find_same(rows, span, i);
        if (same == NULL)
            continue;
        struct fault fault = check_fault(check, rule, rows[i].project, table, rows[i].n, "kpi", rows[i].line);
        fault.observed = rows[i].kpi;
        fault.expected = check_number_text(check, decimal_of((int64_t)same->n));
        check_tell(check, &fault);
    }
}

void check_kpis(struct check *check) {
    const struct dataset *data = check->data;
    struct orphans orphans = {memory_zeroed(data->kpi_count, sizeof(bool)),
                              memory_zeroed(data->result_count, sizeof(bool))};
    if (data->tables[TABLE_KPIS] != NULL && data->tables[TABLE_RESULTS] != NULL) {
        struct similarity *similarity = similarity_create();
        for (size_t i = 0; i < data->project_count; i++) {
            bool told = check_years(check, i);
            compare_tables(check, similarity, i, told, &orphans);
            if (!told)
                check_each_table(check, i);
        }
        similarity_free(similarity);
    }
    check_targets(check);
    for (size_t i = 0; i < data->project_count; i++) {
        check_twice(check, RULE_KPI_TWICE, TABLE_KPIS, data->kpis, data->projects[i].rows[TABLE_KPIS]);
        check_twice(check, RULE_RESULT_TWICE, TABLE_RESULTS, data->results,
                    data->projects[i].rows[TABLE_RESULTS]);
    }
    check_copies(check, orphans.kpis, orphans.results);
    free(orphans.kpis);
    free(orphans.results);
}
