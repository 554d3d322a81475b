/* Rules on KPIs: their targets, their results, and texts that stand in two projects. */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "similarity.h"

/* From this likeness on (of SIMILARITY_FULL) two texts are one text with misprints. */
#define SAME_TEXT 8000U
#define SAME_UNIT 6000U

/* So many grapheme clusters of a text are a text and not only its number. */
#define LEAST_BEGINNING 10U

/* The rows of one KPI: equal n and text, one for each year. */
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

/* A target that is not stated, or stated as not available. */
static bool is_open(struct text target) {
    return target.len == 0 || text_equal(target, TEXT("-"));
}

static struct groups group_rows(struct similarity *similarity, const struct indicator *rows,
                                struct span span) {
    struct groups groups = {memory_zeroed(span.count, sizeof *groups.items), 0};
    for (size_t i = span.first; i < span.first + span.count; i++) {
        if (groups.count > 0 && rows[i - 1].n == rows[i].n && text_equal(rows[i - 1].kpi, rows[i].kpi)) {
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
    if (score == 0 && same_target && !is_open(target) && begins_alike(&kpi->clusters, &result->clusters))
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

/* How much of A and B can be left out, so that what differs can be read: what they begin with alike, up to a blank
   not far before the difference. 0 where that is near. */
static size_t alike_until(struct text a, struct text b) {
    enum { NEAR = 120, BEFORE = 20 }; /* bytes */
    size_t same = 0;
    while (same < a.len && same < b.len && a.data[same] == b.data[same])
        same++;
    if (same < NEAR)
        return 0;
    same -= BEFORE;
    while (same > 0 && a.data[same - 1] != ' ')
        same--;
    return same;
}

/* A target for people: as it is printed, from FROM on, or that it is blank. */
static struct text target_text(struct check *check, struct text target, size_t from) {
    static const char *const blank[] = {"blank", "เว้นว่าง"};
    if (target.len == 0)
        return text_of(blank[check->language]);
    struct text rest = text_skip(target, from);
    struct buffer text = {0};
    buffer_printf(&text, "“%s%.*s”", from > 0 ? "…" : "", (int)rest.len, rest.data);
    struct text kept = arena_copy(&check->arena, buffer_text(&text));
    buffer_free(&text);
    return kept;
}

static void tell_target(struct check *check, enum rule rule, const struct indicator *kpi,
                        const struct indicator *result) {
    struct fault fault =
        check_fault(check, rule, result->project, TABLE_RESULTS, result->n, "target", result->line);
    fault.observed = result->target;
    fault.expected = kpi->target;
    fault.arguments[0] = (struct fault_argument){"year", result->year};
    fault.arguments[1] = (struct fault_argument){"line", check_line_text(check, kpi->line)};
    size_t from = alike_until(result->target, kpi->target);
    fault.arguments[2] = (struct fault_argument){"result", target_text(check, result->target, from)};
    fault.arguments[3] = (struct fault_argument){"kpi", target_text(check, kpi->target, from)};
    check_tell(check, &fault);
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Whether a comma of thousands stands at AT: three digits behind it, and no fourth. */
static bool is_thousands(struct text text, size_t at) {
    size_t digits = 0;
    while (digits < 4 && at + 1 + digits < text.len && is_digit(text.data[at + 1 + digits]))
        digits++;
    return text.data[at] == ',' && digits == 3;
}

/* The next number of REST, which moves on behind it: its digits and its point, without the commas of thousands. */
static bool next_number(struct text *rest, struct buffer *number) {
    size_t at = 0;
    buffer_clear(number);
    while (at < rest->len && !is_digit(rest->data[at]))
        at++;
    for (; at < rest->len; at++) {
        char c = rest->data[at];
        bool point = c == '.' && at + 1 < rest->len && is_digit(rest->data[at + 1]);
        if (is_digit(c) || point)
            buffer_append_char(number, c);
        else if (!is_thousands(*rest, at))
            break;
    }
    *rest = text_skip(*rest, at);
    return number->len > 0;
}

static bool same_number(struct text a, struct text b) {
    struct decimal x;
    struct decimal y;
    if (decimal_parse(a, &x) && decimal_parse(b, &y))
        return decimal_compare(x, y) == 0;
    return text_equal(a, b);
}

/* The numbers of two targets against each other, in their order. */
struct number_match {
    bool same;
    bool as_many;
};

static struct number_match match_numbers(struct check *check, struct text a, struct text b) {
    const struct pattern *mark = profile_pattern(check->profile, "list-number");
    struct text texts[2] = {a, b};
    struct buffer folded[2] = {{0}, {0}};
    struct buffer numbers[2] = {{0}, {0}};
    struct number_match match = {true, true};
    for (size_t i = 0; i < 2; i++) {
        struct match found;
        value_fold(&folded[i], texts[i]);
        texts[i] = buffer_text(&folded[i]);
        if (pattern_match(mark, texts[i], 0, &found))
            texts[i] = text_skip(texts[i], found.end);
    }
    for (bool more = true; more;) {
        bool first = next_number(&texts[0], &numbers[0]);
        bool second = next_number(&texts[1], &numbers[1]);
        match.as_many &= first == second;
        match.same &= same_number(buffer_text(&numbers[0]), buffer_text(&numbers[1]));
        more = first || second;
    }
    for (size_t i = 0; i < 2; i++) {
        buffer_free(&folded[i]);
        buffer_free(&numbers[i]);
    }
    return match;
}

/* Two targets of one KPI and year. Beside one value, a text may have numbers that the other leaves out. */
static void compare_targets(struct check *check, const struct indicator *kpi,
                            const struct indicator *result) {
    bool numbers[2] = {kpi->target_value.kind == VALUE_NUMBER, result->target_value.kind == VALUE_NUMBER};
    bool open[2] = {is_open(kpi->target), is_open(result->target)};
    if ((open[0] && numbers[1]) || (open[1] && numbers[0])) {
        tell_target(check, RULE_TARGET_BLANK, kpi, result);
        return;
    }
    if (open[0] || open[1] || numbers[0] != numbers[1])
        return;
    struct number_match match = match_numbers(check, kpi->target, result->target);
    bool other_value =
        numbers[0] && decimal_compare(kpi->target_value.number, result->target_value.number) != 0;
    if (other_value || (!match.same && (!numbers[0] || match.as_many)))
        tell_target(check, RULE_TARGET_DIFFERS, kpi, result);
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

/* Rows of one KPI in both tables, year by year. */
static void compare_years(struct check *check, struct similarity *similarity, const struct group *kpis,
                          const struct group *results) {
    const struct dataset *data = check->data;
    for (size_t i = kpis->first; i < kpis->first + kpis->count; i++) {
        const struct indicator *kpi = &data->kpis[i];
        for (size_t j = results->first; j < results->first + results->count; j++) {
            const struct indicator *result = &data->results[j];
            if (!text_equal(kpi->year, result->year))
                continue;
            compare_targets(check, kpi, result);
            check_unit(check, similarity, kpi, result);
        }
    }
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
        if (is_open(target))
            continue;
        for (size_t j = results.first; j < results.first + results.count; j++) {
            if (data->kpis[i].year.len == 0 || text_equal(data->kpis[i].year, data->results[j].year))
                return true;
        }
    }
    return false;
}

/* One of the two tables has COUNT rows, the other none. */
static void tell_table_missing(struct check *check, enum rule rule, size_t project, const char *field,
                               size_t count) {
    struct fault fault = check_project_fault(check, rule, project, field);
    fault.observed = check_number_text(check, decimal_of((int64_t)count));
    check_tell(check, &fault);
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

/* Years of the table of results that the table of KPIs has no targets for: one of the two has a wrong header. */
static void check_years(struct check *check, size_t index) {
    const struct dataset *data = check->data;
    struct span kpis = data->projects[index].rows[TABLE_KPIS];
    struct span results = data->projects[index].rows[TABLE_RESULTS];
    struct text known = list_years(check, data->kpis, kpis, NULL, (struct span){0, 0});
    struct text more = list_years(check, data->results, results, data->kpis, kpis);
    if (known.len == 0 || more.len == 0)
        return;
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
}

static void compare_tables(struct check *check, struct similarity *similarity, size_t index,
                           struct orphans *orphans) {
    const struct dataset *data = check->data;
    const struct project *project = &data->projects[index];
    struct groups kpis = group_rows(similarity, data->kpis, project->rows[TABLE_KPIS]);
    struct groups results = group_rows(similarity, data->results, project->rows[TABLE_RESULTS]);
    struct matching matching = {similarity, &kpis, &results, data};
    match(&matching, &kpis, &results);
    if (results.count == 0 && kpis.count > 0)
        tell_table_missing(check, RULE_RESULTS_MISSING, index, "results", kpis.count);
    if (kpis.count == 0 && results.count > 0)
        tell_table_missing(check, RULE_KPIS_MISSING, index, "kpis", results.count);
    for (size_t i = 0; i < kpis.count && results.count > 0; i++) {
        const struct group *kpi = &kpis.items[i];
        orphans->kpis[kpi->first] = kpi->partner == SIZE_MAX;
        if (kpi->partner != SIZE_MAX)
            compare_years(check, similarity, kpi, &results.items[kpi->partner]);
        else if (is_due(data, kpi, project->rows[TABLE_RESULTS]) &&
                 find_same(data->kpis, project->rows[TABLE_KPIS], kpi->first) == NULL)
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

static void check_targets(struct check *check) {
    const struct dataset *data = check->data;
    for (size_t i = 0; i < data->kpi_count; i++) {
        const struct indicator *kpi = &data->kpis[i];
        if (text_equal(kpi->target, TEXT("-")))
            continue;
        bool number = kpi->target_value.kind == VALUE_NUMBER;
        if (number && kpi->unit.len > 0)
            continue;
        struct fault fault =
            check_fault(check, number ? RULE_TARGET_WITHOUT_UNIT : RULE_TARGET_WITHOUT_NUMBER, kpi->project,
                        TABLE_KPIS, kpi->n, "target", kpi->line);
        fault.observed = kpi->target;
        check_tell(check, &fault);
    }
    for (size_t i = 0; i < data->result_count; i++) {
        const struct indicator *result = &data->results[i];
        if (!text_equal(result->status, TEXT("missed")))
            continue;
        struct fault fault = check_fault(check, RULE_TARGET_MISSED, result->project, TABLE_RESULTS, result->n,
                                         "result", result->line);
        fault.observed = result->result;
        fault.expected = result->target;
        check_tell(check, &fault);
    }
}

/* A percentage so large that its point may be lost. */
static void check_percent(struct check *check, enum table table, const struct indicator *row,
                          const struct amount *value, const char *field, struct text printed) {
    struct decimal most = rule_threshold(check->rules, RULE_PERCENT_IN_DOUBT, "percent");
    if (value->kind != VALUE_NUMBER || decimal_compare(value->number, most) <= 0 ||
        !pattern_match(rule_pattern(check->rules, RULE_PERCENT_IN_DOUBT), row->unit, 0, NULL))
        return;
    struct fault fault =
        check_fault(check, RULE_PERCENT_IN_DOUBT, row->project, table, row->n, field, row->line);
    fault.observed = printed;
    check_tell(check, &fault);
}

static void check_percents(struct check *check) {
    const struct dataset *data = check->data;
    for (size_t i = 0; i < data->kpi_count; i++)
        check_percent(check, TABLE_KPIS, &data->kpis[i], &data->kpis[i].target_value, "target",
                      data->kpis[i].target);
    for (size_t i = 0; i < data->result_count; i++)
        check_percent(check, TABLE_RESULTS, &data->results[i], &data->results[i].result_value, "result",
                      data->results[i].result);
}

/* One finding for an indicator that stands twice, not one for each of its years. */
static void check_twice(struct check *check, enum rule rule, enum table table, const struct indicator *rows,
                        struct span span) {
    for (size_t i = span.first; i < span.first + span.count; i++) {
        if (i > span.first && rows[i - 1].n == rows[i].n)
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

/* A long text and the places where it stands. */
struct place {
    struct text folded;
    struct text text;
    size_t project;
    enum table table;
    uint64_t n;
    uint64_t line;
    bool odd; /* something else speaks against its place too */
};

struct places {
    struct place *items;
    size_t count;
    size_t cap;
    size_t least; /* characters */
};

static size_t count_characters(struct text text) {
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += ((unsigned char)text.data[i] & 0xC0) != 0x80;
    return count;
}

static void add_place(struct check *check, struct places *places, struct text text, size_t project,
                      enum table table, uint64_t n, uint64_t line, bool odd) {
    if (project == NO_PROJECT || text.len < places->least || count_characters(text) < places->least)
        return;
    struct buffer folded = {0};
    value_fold(&folded, text);
    places->items = memory_reserve(places->items, &places->cap, places->count + 1, sizeof *places->items);
    places->items[places->count++] =
        (struct place){arena_copy(&check->arena, buffer_text(&folded)), text, project, table, n, line, odd};
    buffer_free(&folded);
}

static void add_indicators(struct check *check, struct places *places, enum table table,
                           const struct indicator *rows, size_t count, const bool *orphans) {
    for (size_t i = 0; i < count; i++) {
        bool again = i > 0 && rows[i - 1].project == rows[i].project && rows[i - 1].n == rows[i].n;
        if (!again)
            add_place(check, places, rows[i].kpi, rows[i].project, table, rows[i].n, rows[i].line,
                      orphans[i]);
    }
}

static int compare_places(const void *a, const void *b) {
    const struct place *x = a;
    const struct place *y = b;
    if (x->table != y->table)
        return x->table < y->table ? -1 : 1;
    int order = text_compare(x->folded, y->folded);
    if (order != 0)
        return order;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    return (x->n > y->n) - (x->n < y->n);
}

static size_t top_of(const struct dataset *data, size_t project) {
    size_t parent = data->projects[project].parent;
    return parent != NO_PROJECT ? parent : project;
}

static void tell_place(struct check *check, enum rule rule, const struct place *place,
                       const struct place *other) {
    static const char *const fields[TABLE_COUNT] = {[TABLE_OBJECTIVES] = "objective",
                                                    [TABLE_KPIS] = "kpi",
                                                    [TABLE_RESULTS] = "kpi",
                                                    [TABLE_ACTIVITIES] = "activity",
                                                    [TABLE_ACTIVITY_RESULTS] = "result",
                                                    [TABLE_OBSTACLES] = "text"};
    struct fault fault =
        check_fault(check, rule, place->project, place->table, place->n, fields[place->table], place->line);
    fault.observed = place->text;
    fault.expected = check->data->projects[other->project].key;
    fault.arguments[0] = (struct fault_argument){"line", check_line_text(check, other->line)};
    check_tell(check, &fault);
}

/* A text that two projects have and no third one: words of the form stand in many. */
static void check_places(struct check *check, struct places *places) {
    if (places->count > 0)
        qsort(places->items, places->count, sizeof *places->items, compare_places);
    for (size_t first = 0, end; first < places->count; first = end) {
        const struct place *a = &places->items[first];
        const struct place *b = NULL;
        bool third = false;
        for (end = first + 1; end < places->count; end++) {
            const struct place *other = &places->items[end];
            if (other->table != a->table || !text_equal(other->folded, a->folded))
                break;
            if (b == NULL && other->project != a->project)
                b = other;
            third = third || (b != NULL && other->project != a->project && other->project != b->project);
        }
        if (b == NULL || third || top_of(check->data, a->project) == top_of(check->data, b->project))
            continue;
        if (a->odd != b->odd) {
            tell_place(check, RULE_TEXT_OF_ANOTHER_PROJECT, a->odd ? a : b, a->odd ? b : a);
        } else {
            tell_place(check, RULE_TEXT_IN_TWO_PROJECTS, a, b);
            tell_place(check, RULE_TEXT_IN_TWO_PROJECTS, b, a);
        }
    }
}

static void check_texts(struct check *check, const struct orphans *orphans) {
    const struct dataset *data = check->data;
    struct places places = {
        .least = (size_t)rule_whole_threshold(check->rules, RULE_TEXT_OF_ANOTHER_PROJECT, "characters")};
    add_indicators(check, &places, TABLE_KPIS, data->kpis, data->kpi_count, orphans->kpis);
    add_indicators(check, &places, TABLE_RESULTS, data->results, data->result_count, orphans->results);
    static const enum table tables[] = {TABLE_OBJECTIVES, TABLE_ACTIVITIES, TABLE_ACTIVITY_RESULTS,
                                        TABLE_OBSTACLES};
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
        for (size_t i = 0; i < data->item_counts[tables[t]]; i++) {
            const struct item *item = &data->items[tables[t]][i];
            add_place(check, &places, tables[t] == TABLE_ACTIVITY_RESULTS ? item->result : item->text,
                      item->project, tables[t], item->n, item->line,
                      tables[t] == TABLE_ACTIVITIES && activity_is_outside(check, item));
        }
    }
    check_places(check, &places);
    free(places.items);
}

void check_kpis(struct check *check) {
    const struct dataset *data = check->data;
    struct orphans orphans = {memory_zeroed(data->kpi_count, sizeof(bool)),
                              memory_zeroed(data->result_count, sizeof(bool))};
    if (data->tables[TABLE_KPIS] != NULL && data->tables[TABLE_RESULTS] != NULL) {
        struct similarity *similarity = similarity_create();
        for (size_t i = 0; i < data->project_count; i++) {
            compare_tables(check, similarity, i, &orphans);
            check_years(check, i);
        }
        similarity_free(similarity);
    }
    check_targets(check);
    check_percents(check);
    for (size_t i = 0; i < data->project_count; i++) {
        check_twice(check, RULE_KPI_TWICE, TABLE_KPIS, data->kpis, data->projects[i].rows[TABLE_KPIS]);
        check_twice(check, RULE_RESULT_TWICE, TABLE_RESULTS, data->results,
                    data->projects[i].rows[TABLE_RESULTS]);
    }
    check_texts(check, &orphans);
    free(orphans.kpis);
    free(orphans.results);
}
