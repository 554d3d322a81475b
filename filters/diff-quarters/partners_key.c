/* Rows that belong together by their keys or names; see partners.h. */
#include "partners.h"

#include <stdlib.h>

#include "arena.h"
#include "diagnostics.h"

/* A row's key or text, for finding equal ones. */
struct named_row {
    struct text name;
    size_t row;
};

static int compare_named(const void *left, const void *right) {
    const struct named_row *a = left;
    const struct named_row *b = right;
    int order = text_compare(a->name, b->name);
    return order != 0 ? order : (a->row > b->row) - (a->row < b->row);
}

enum naming { BY_KEY, BY_TEXT, BY_BOTH };

static struct text name_row(const struct table_comparison *table, const struct form_columns *columns,
                            const struct text *fields, enum naming naming, struct arena *arena) {
    struct buffer name = {0};
    if (naming != BY_TEXT)
        comparison_key(table, columns, fields, &name);
    if (naming == BY_BOTH)
        buffer_append_char(&name, '\n');
    if (naming != BY_KEY && columns->text != TABLE_NO_COLUMN)
        comparison_fold_text(fields[columns->text], &name);
    struct text copy = arena_copy(arena, buffer_text(&name));
    buffer_free(&name);
    return copy;
}

/* The rows that TAKEN does not hold, sorted by name. */
static struct named_row *name_rows(const struct table_comparison *table, const struct form_columns *columns,
                                   const struct rows *rows, const bool *taken, enum naming naming,
                                   struct arena *arena, size_t *count) {
    struct named_row *named = memory_zeroed(rows->count, sizeof *named);
    *count = 0;
    for (size_t i = 0; i < rows->count; i++) {
        const struct text *fields = rows_fields(rows, i);
        if ((taken != NULL && taken[i]) || (naming != BY_TEXT && comparison_keyless(table, columns, fields)))
            continue;
        struct text name = name_row(table, columns, fields, naming, arena);
        if (name.len > 0 || naming != BY_TEXT)
            named[(*count)++] = (struct named_row){name, i};
    }
    qsort(named, *count, sizeof *named, compare_named);
    return named;
}

size_t *partners_twins(const struct table_comparison *table, const struct form_columns *columns,
                       const struct rows *rows) {
    struct arena arena = {0};
    size_t count;
    struct named_row *named = name_rows(table, columns, rows, NULL, BY_KEY, &arena, &count);
    size_t *twins = memory_zeroed(rows->count, sizeof *twins);
    for (size_t i = 0; i < rows->count; i++)
        twins[i] = i;
    for (size_t i = 1; i < count; i++) {
        size_t row = named[i].row;
        if (!text_equal(named[i].name, named[i - 1].name))
            continue;
        twins[row] = twins[named[i - 1].row];
        diagnose(
            SEVERITY_WARNING, rows->path, rows->lines[row],
            "the key '%.*s' stands twice: on line %llu and on line %llu; rows without a partner are listed "
            "as added or removed",
            (int)named[i].name.len, named[i].name.data, (unsigned long long)rows->lines[named[i - 1].row],
            (unsigned long long)rows->lines[row]);
    }
    free(named);
    arena_free(&arena);
    return twins;
}

/* The state of matching the rows with keys of a table. */
struct key_match {
    struct table_comparison *table;
    const struct rows *old;
    const struct rows *new;
    size_t *partner;
    unsigned *scores;
    bool *old_taken;
    bool *new_taken;
};

static void take_pair(struct key_match *match, size_t old, size_t new, unsigned score) {
    match->partner[old] = new;
    match->scores[old] = score;
    match->old_taken[old] = true;
    match->new_taken[new] = true;
}

/* The same for rows that were found to be alike: where their key is the same, that says so. */
static void take_alike(struct key_match *match, size_t old, size_t new, unsigned score) {
    bool same_key =
        comparison_same_key(match->table, rows_fields(match->old, old), rows_fields(match->new, new));
    take_pair(match, old, new, same_key ? 0 : score);
}

/* How many from AT on have the same name. */
static size_t run_length(const struct named_row *named, size_t count, size_t at) {
    size_t length = 1;
    while (at + length < count && text_equal(named[at].name, named[at + length].name))
        length++;
    return length;
}

/* Whether two rows of one key may be the same thing. */
typedef bool accepts(const struct key_match *match, size_t old, size_t new);

/* Pairs the rows left whose name is the same, and that ACCEPT (or NULL): of a key that stands twice the first rows go
   together, then the second. A text that stands twice tells nothing. */
static void pair_equal(struct key_match *match, enum naming naming, accepts *accept, unsigned score) {
    struct arena arena = {0};
    size_t old_count;
    size_t new_count;
    struct named_row *olds = name_rows(match->table, &match->table->old_columns, match->old, match->old_taken,
                                       naming, &arena, &old_count);
    struct named_row *news = name_rows(match->table, &match->table->new_columns, match->new, match->new_taken,
                                       naming, &arena, &new_count);
    size_t i = 0;
    size_t j = 0;
    while (i < old_count && j < new_count) {
        int order = text_compare(olds[i].name, news[j].name);
        size_t old_run = run_length(olds, old_count, i);
        size_t new_run = run_length(news, new_count, j);
        size_t pairs = order != 0 ? 0 : old_run < new_run ? old_run : new_run;
        if (naming == BY_TEXT && old_run + new_run > 2)
            pairs = 0;
        for (size_t k = 0; k < pairs; k++) {
            if (accept == NULL || accept(match, olds[i + k].row, news[j + k].row))
                take_pair(match, olds[i + k].row, news[j + k].row, score);
        }
        i += order <= 0 ? old_run : 0;
        j += order >= 0 ? new_run : 0;
    }
    free(olds);
    free(news);
    arena_free(&arena);
}

/* How alike the names of two rows are, and whether they hold other numbers. */
struct likeness {
    unsigned score;
    bool other_numbers;
};

static struct likeness compare_names(const struct key_match *match, size_t old, size_t new) {
    struct similarity *similarity = match->table->comparison->similarity;
    struct clusters a =
        similarity_clusters(similarity, rows_field(match->old, old, match->table->old_columns.text));
    struct clusters b =
        similarity_clusters(similarity, rows_field(match->new, new, match->table->new_columns.text));
    struct likeness likeness = {similarity_score(similarity, &a, &b, 0), a.numbers != b.numbers};
    clusters_free(&a);
    clusters_free(&b);
    return likeness;
}

static unsigned score_rows(const struct key_match *match, size_t old, size_t new) {
    return compare_names(match, old, new).score;
}

static bool is_alike(const struct key_match *match, size_t old, size_t new) {
    return score_rows(match, old, new) >= match->table->comparison->key_floor;
}

/* Columns whose values tell a project, where no other has the same. */
static const char *const figures[] = {
    "budget_allocated", "budget_contracted", "budget_disbursed", "start", "end", "progress"};

static bool stands_once(const struct rows *rows, size_t column, struct text value) {
    size_t count = 0;
    for (size_t i = 0; i < rows->count && count < 2; i++)
        count += value_same(rows_field(rows, i, column), value);
    return count == 1;
}

/* How many figures two rows have in common, and no other row has: half of all projects begin on the first day of the
   fiscal year. */
static unsigned common_figures(const struct key_match *match, size_t old, size_t new) {
    unsigned count = 0;
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        size_t old_column = rows_column(match->old, figures[i]);
        size_t new_column = rows_column(match->new, figures[i]);
        struct text a = rows_field(match->old, old, old_column);
        struct text b = rows_field(match->new, new, new_column);
        count += a.len > 1 && value_same(a, b) && stands_once(match->old, old_column, a) &&
                 stands_once(match->new, new_column, b);
    }
    return count;
}

/* From here on, two titles have more in common than any two; below, nothing. */
#define LIKE 5000U
#define UNLIKE 4000U

/* Of so many values that two rows state, three in four say the same: they are one project, whatever it is called. */
#define MANY_STATED 8U

static bool mostly_agree(const struct key_match *match, size_t old, size_t new) {
    const struct text *a = rows_fields(match->old, old);
    const struct text *b = rows_fields(match->new, new);
    unsigned stated = comparison_stated(match->table, a, b);
    return stated >= MANY_STATED && 4 * comparison_agreeing(match->table, a, b) >= 3 * stated;
}

/* Whether rows of one key with unlike titles are one project that got another title. */
static bool is_retitled(const struct key_match *match, size_t old, size_t new) {
    return score_rows(match, old, new) >= LIKE || common_figures(match, old, new) > 0 ||
           mostly_agree(match, old, new);
}

static size_t *rows_left(const struct rows *rows, const bool *taken, size_t *count) {
    size_t *left = memory_zeroed(rows->count, sizeof *left);
    *count = 0;
    for (size_t i = 0; i < rows->count; i++) {
        if (!taken[i])
            left[(*count)++] = i;
    }
    return left;
}

/* More are not tried: it would take long, and is a sign that the two tables have nothing to do with each other.
 */
#define MAX_PAIRS ((size_t)100 * 1000 * 1000)
#define MAX_LEFT ((size_t)50 * 1000)

/* Pairs the rows left by their names, the best pairs first. False when there are too many. */
static bool pair_alike(struct key_match *match) {
    size_t old_count;
    size_t new_count;
    size_t *olds = rows_left(match->old, match->old_taken, &old_count);
    size_t *news = rows_left(match->new, match->new_taken, &new_count);
    bool too_many = old_count > 0 && new_count > 0 &&
                    (old_count > MAX_LEFT || new_count > MAX_LEFT || new_count > MAX_PAIRS / old_count);
    if (too_many) {
        diagnose(SEVERITY_WARNING, match->new->path, 0,
                 "%zu rows without a partner against %zu: too many to be matched by similarity; only equal "
                 "titles were matched",
                 new_count, old_count);
    } else if (old_count > 0 && new_count > 0) {
        size_t *partner = memory_zeroed(old_count, sizeof *partner);
        unsigned *scores = memory_zeroed(old_count, sizeof *scores);
        partners_by_name(match->table, match->old, olds, old_count, match->new, news, new_count, partner,
                         scores);
        for (size_t i = 0; i < old_count; i++) {
            if (partner[i] != PAIRING_NONE)
                take_alike(match, olds[i], news[partner[i]], scores[i]);
        }
        free(partner);
        free(scores);
    }
    free(olds);
    free(news);
    return !too_many;
}

/* Two rows that have figures in common. */
struct relation {
    size_t old;
    size_t new;
    unsigned figures;
    unsigned score; /* of their names */
};

static int compare_relations(const void *left, const void *right) {
    const struct relation *a = left;
    const struct relation *b = right;
    if (a->figures != b->figures)
        return a->figures > b->figures ? -1 : 1;
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    return a->old != b->old ? (a->old > b->old) - (a->old < b->old) : (a->new > b->new) - (a->new < b->new);
}

#define MAX_RELATIONS ((size_t)1000 * 1000)

/* Pairs the rows left that have a figure in common, or, where AGREEING is enough, most values, and names that are alike
   by FLOOR at least, under any key: a project got another title and another number. */
static void pair_related(struct key_match *match, unsigned floor, bool agreeing) {
    size_t old_count;
    size_t new_count;
    size_t *olds = rows_left(match->old, match->old_taken, &old_count);
    size_t *news = rows_left(match->new, match->new_taken, &new_count);
    struct relation *relations = NULL;
    size_t count = 0;
    size_t cap = 0;
    bool too_many = old_count > 0 && new_count > MAX_RELATIONS / old_count;
    for (size_t i = 0; i < old_count && !too_many; i++) {
        for (size_t j = 0; j < new_count; j++) {
            struct relation relation = {olds[i], news[j], common_figures(match, olds[i], news[j]), 0};
            if (relation.figures == 0 && !(agreeing && mostly_agree(match, olds[i], news[j])))
                continue;
            struct likeness likeness = compare_names(match, olds[i], news[j]);
            relation.score = likeness.score;
            if (relation.score < floor || (relation.figures == 0 && likeness.other_numbers))
                continue;
            relations = memory_reserve(relations, &cap, count + 1, sizeof *relations);
            relations[count++] = relation;
        }
    }
    if (count > 0)
        qsort(relations, count, sizeof *relations, compare_relations);
    for (size_t i = 0; i < count; i++) {
        const struct relation *relation = &relations[i];
        if (!match->old_taken[relation->old] && !match->new_taken[relation->new])
            take_alike(match, relation->old, relation->new, relation->score);
    }
    free(relations);
    free(olds);
    free(news);
}

/* Pairs the rows left by what else there is: figures, then the key. */
static void pair_by_figures(struct key_match *match) {
    pair_related(match, UNLIKE, true);
    pair_equal(match, BY_KEY, is_retitled, 0);
}

void partners_by_key(struct table_comparison *table, const struct rows *old, const struct rows *new,
                     bool strict, size_t *partner, unsigned *scores) {
    struct key_match match = {table, old, new, partner, scores, NULL, NULL};
    match.old_taken = memory_zeroed(old->count, sizeof *match.old_taken);
    match.new_taken = memory_zeroed(new->count, sizeof *match.new_taken);
    for (size_t i = 0; i < old->count; i++)
        partner[i] = PAIRING_NONE;
    bool has_text = table->old_columns.text != TABLE_NO_COLUMN && table->new_columns.text != TABLE_NO_COLUMN;
    if (strict || !has_text) {
        pair_equal(&match, BY_KEY, NULL, 0);
    } else {
        /* Key and title; the title alone, for the numbers may have moved up. */
        pair_equal(&match, BY_BOTH, NULL, 0);
        pair_equal(&match, BY_TEXT, NULL, SIMILARITY_FULL);
        pair_related(&match, table->comparison->key_floor, false);
    }
    if (has_text) {
        if (strict)
            pair_equal(&match, BY_TEXT, NULL, SIMILARITY_FULL);
        if (!pair_alike(&match) && !strict)
            pair_equal(&match, BY_KEY, is_alike, 0);
        if (!strict)
            pair_by_figures(&match);
    }
    free(match.old_taken);
    free(match.new_taken);
}
