/* Rows that belong together by their texts; see partners.h. */
#include "partners.h"

#include <stdlib.h>

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
    bool numbers_count; /* rows whose texts hold other numbers are not the same, but under one key */
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

static struct pair_rank rank_texts(void *context, size_t i, size_t j) {
    struct text_match *match = context;
    const struct table_comparison *table = match->table;
    const struct text *old = rows_fields(match->old, match->olds[i]);
    const struct text *new = rows_fields(match->new, match->news[j]);
    if (match->numbers_count && match->old_clusters[i].numbers != match->new_clusters[j].numbers &&
        !comparison_same_key(table, old, new))
        return (struct pair_rank){.score = 0};
    if (!match->any_same && !comparison_same(table, old, new))
        return (struct pair_rank){.score = 0};
    unsigned score = score_texts(match, i, j);
    /* Beneath one project two rows without a text are told apart by the rest. */
    if (!match->numbers_count && match->old_clusters[i].count + match->new_clusters[j].count == 0)
        score = SIMILARITY_FULL;
    if (score == 0)
        return (struct pair_rank){.score = 0};
    uint64_t a = comparison_number(comparison_field((struct row_view){old, 0}, table->old_columns.n));
    uint64_t b = comparison_number(comparison_field((struct row_view){new, 0}, table->new_columns.n));
    return (struct pair_rank){score, comparison_agreeing(table, old, new), a > b ? a - b : b - a};
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
                                          with_marks ? text : comparison_bare_text(table, text));
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
    bool marks = comparison_has_list_marks(table);
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
    if (!text_equal(comparison_field(x, a->text), comparison_field(y, b->text)) ||
        !text_equal(comparison_field(x, a->same), comparison_field(y, b->same)))
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

/* Whether another one of the COUNT rows INDICES says the same in COLUMN as the one at PLACE, and something else in
   SAME: another year of one KPI. */
static bool has_other_year(const struct rows *rows, const size_t *indices, size_t count, size_t column,
                           size_t same, size_t place) {
    for (size_t i = 0; i < count; i++) {
        if (value_same(rows_field(rows, indices[i], column), rows_field(rows, indices[place], column)) &&
            !value_same(rows_field(rows, indices[i], same), rows_field(rows, indices[place], same)))
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
                                       const struct form_columns *columns, const bool *taken) {
    struct lone_rows lone = {memory_zeroed(count, sizeof *lone.places),
                             memory_zeroed(count, sizeof *lone.indices), 0};
    for (size_t i = 0; i < count; i++) {
        if (taken[i] || has_other_year(rows, indices, count, columns->text, columns->same, i))
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

/* Pairs KPIs without a partner whose year alone is another, and their text as good as the same: the year was mended, or
   is that of the next report. */
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
        find_lone_rows(match->old, match->olds, old_count, &table->old_columns, old_taken);
    struct lone_rows news =
        find_lone_rows(match->new, match->news, new_count, &table->new_columns, new_taken);
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

/* How alike the texts of two rows are, however little. */
static unsigned score_place(const struct text_match *match, size_t i, size_t j) {
    const struct table_comparison *table = match->table;
    bool marks = comparison_has_list_marks(table);
    struct clusters *old =
        all_clusters(table, match->old, &match->olds[i], 1, table->old_columns.text, !marks);
    struct clusters *new =
        all_clusters(table, match->new, &match->news[j], 1, table->new_columns.text, !marks);
    unsigned score = similarity_score(table->comparison->similarity, old, new, 0);
    free_clusters(old, 1);
    free_clusters(new, 1);
    return score;
}

/* How many of the rows from START on have no partner; PARTNER is that of each. */
static size_t run_without(const size_t *partner, size_t start, size_t count) {
    size_t length = 0;
    while (start + length < count && partner[start + length] == PAIRING_NONE)
        length++;
    return length;
}

/* Pairs rows without a partner that stand at the same place, between the same rows, and of which all but the text is
   the same: an activity or a KPI got quite another name. */
static void match_places(const struct text_match *match, size_t old_count, size_t new_count, size_t *partner,
                         unsigned *scores) {
    size_t *back = memory_zeroed(new_count, sizeof *back);
    for (size_t j = 0; j < new_count; j++)
        back[j] = PAIRING_NONE;
    for (size_t i = 0; i < old_count; i++) {
        if (partner[i] != PAIRING_NONE)
            back[partner[i]] = i;
    }
    for (size_t i = 0; i < old_count; i++) {
        size_t length = run_without(partner, i, old_count);
        if (length == 0)
            continue;
        size_t j = i == 0 ? 0 : partner[i - 1] + 1;
        size_t end = i + length == old_count ? new_count : partner[i + length];
        size_t next = i + length;
        if (end == j + length && run_without(back, j, end) == length) {
            for (; i < next; i++, j++) {
                if (!comparison_all_but_text(match->table, rows_fields(match->old, match->olds[i]),
                                             rows_fields(match->new, match->news[j])))
                    continue;
                partner[i] = j;
                scores[i] = score_place(match, i, j);
            }
        }
        i = next;
    }
    free(back);
}

void partners_by_text(struct table_comparison *table, const struct rows *old, const size_t *olds,
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
    if (table->form->same != NULL)
        match_other_years(&match, old_count, new_count, partner, scores);
    match_places(&match, old_count, new_count, partner, scores);
}

void partners_by_name(struct table_comparison *table, const struct rows *old, const size_t *olds,
                      size_t old_count, const struct rows *new, const size_t *news, size_t new_count,
                      size_t *partner, unsigned *scores) {
    struct text_match match = {.table = table,
                               .old = old,
                               .new = new,
                               .olds = olds,
                               .news = news,
                               .floor = table->comparison->key_floor,
                               .numbers_count = true};
    solve_texts(&match, old_count, new_count, partner, scores);
}
