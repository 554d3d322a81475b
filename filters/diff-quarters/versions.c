/* Comparing two versions; see versions.h. */
#include "versions.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "diagnostics.h"

struct versions {
    const char *old_dir;
    const char *new_dir;
    const struct version_options *options;
    struct rows *old_report;
    struct rows *new_report;
    struct version_name old_name;
    struct version_name new_name;
};

char *version_table_path(const char *dir, const char *table) {
    static const char *const endings[] = {".csv", ".csv.gz"};
    char *found = NULL;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        struct buffer path = {0};
        buffer_printf(&path, "%s/%s%s", dir, table, endings[i]);
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

static struct rows *load_table(const struct versions *versions, const char *dir, const char *table) {
    char *path = version_table_path(dir, table);
    if (path == NULL)
        return NULL;
    struct rows *rows = rows_load(path, versions->options->input);
    free(path);
    return rows;
}

static struct version_name read_name(const struct rows *report) {
    struct version_name name = {0};
    if (report == NULL || report->count == 0)
        return name;
    name.ministry = rows_field(report, 0, rows_column(report, "ministry"));
    name.fiscal_year = rows_field(report, 0, rows_column(report, "fiscal_year"));
    name.quarter = rows_field(report, 0, rows_column(report, "quarter"));
    name.period_end = rows_field(report, 0, rows_column(report, "period_end"));
    return name;
}

struct versions *versions_open(const char *old, const char *new, const struct version_options *options) {
    struct versions *versions = memory_zeroed(1, sizeof *versions);
    versions->old_dir = old;
    versions->new_dir = new;
    versions->options = options;
    versions->old_report = load_table(versions, old, "report");
    versions->new_report = load_table(versions, new, "report");
    versions->old_name = read_name(versions->old_report);
    versions->new_name = read_name(versions->new_report);
    return versions;
}

const struct version_name *versions_old(const struct versions *versions) {
    return &versions->old_name;
}

const struct version_name *versions_new(const struct versions *versions) {
    return &versions->new_name;
}

void versions_close(struct versions *versions) {
    rows_free(versions->old_report);
    rows_free(versions->new_report);
    free(versions);
}

/* A project, or whatever rows stand beneath: in the old version, the new one, or both. */
struct group {
    struct text key_old; /* empty when it is not in the old version */
    struct text key_new;
};

/* Which group a key of one version belongs to. */
struct key_group {
    struct text key;
    size_t group;
};

/* All groups, and the keys of either version sorted, so that they can be found. */
struct groups {
    struct group *items;
    size_t count;
    size_t cap;
    struct key_group *keys[2];
    size_t key_count[2];
    size_t key_cap[2];
    struct arena arena;
};

static int compare_keys(const void *left, const void *right) {
    const struct key_group *a = left;
    const struct key_group *b = right;
    return text_compare(a->key, b->key);
}

static void add_key(struct groups *groups, int side, struct text key, size_t group) {
    groups->keys[side] = memory_reserve(groups->keys[side], &groups->key_cap[side],
                                        groups->key_count[side] + 1, sizeof *groups->keys[side]);
    groups->keys[side][groups->key_count[side]++] = (struct key_group){key, group};
}

/* Adds a group; an empty key is that of a version that has it not. */
static size_t add_group(struct groups *groups, struct text key_old, struct text key_new) {
    groups->items = memory_reserve(groups->items, &groups->cap, groups->count + 1, sizeof *groups->items);
    struct group *group = &groups->items[groups->count];
    *group = (struct group){arena_copy(&groups->arena, key_old), arena_copy(&groups->arena, key_new)};
    if (key_old.len > 0)
        add_key(groups, 0, group->key_old, groups->count);
    if (key_new.len > 0)
        add_key(groups, 1, group->key_new, groups->count);
    return groups->count++;
}

static void sort_keys(struct groups *groups) {
    for (int side = 0; side < 2; side++) {
        if (groups->key_count[side] > 0)
            qsort(groups->keys[side], groups->key_count[side], sizeof *groups->keys[side], compare_keys);
    }
}

/* Moves the key that was added last to its place among the sorted ones. */
static void settle_last(struct groups *groups, int side) {
    struct key_group *keys = groups->keys[side];
    for (size_t i = groups->key_count[side] - 1; i > 0 && compare_keys(&keys[i - 1], &keys[i]) > 0; i--) {
        struct key_group before = keys[i - 1];
        keys[i - 1] = keys[i];
        keys[i] = before;
    }
}

/* Adds a group that is in one version only. */
static size_t add_single(struct groups *groups, int side, struct text key) {
    size_t index = side == 0 ? add_group(groups, key, TEXT("")) : add_group(groups, TEXT(""), key);
    settle_last(groups, side);
    return index;
}

static const struct key_group *find_key(const struct groups *groups, int side, struct text key) {
    struct key_group wanted = {key, 0};
    if (groups->key_count[side] == 0)
        return NULL;
    return bsearch(&wanted, groups->keys[side], groups->key_count[side], sizeof wanted, compare_keys);
}

static void free_groups(struct groups *groups) {
    free(groups->items);
    free(groups->keys[0]);
    free(groups->keys[1]);
    arena_free(&groups->arena);
}

/* Whether the version's summary table lists the project of KEY and TITLE: under its key with a like title, or
   under any with the same. */
static bool summary_lists(struct comparison *comparison, const struct table_comparison *summary,
                          const struct form_columns *columns, const struct rows *rows, struct text key,
                          struct text title) {
    bool listed = false;
    struct buffer row_key = {0};
    struct clusters wanted = similarity_clusters(comparison->similarity, title);
    for (size_t i = 0; i < rows->count && !listed; i++) {
        struct text other = rows_field(rows, i, columns->text);
        buffer_clear(&row_key);
        comparison_key(summary, columns, rows_fields(rows, i), &row_key);
        listed = value_same(title, other);
        if (!listed && text_equal(buffer_text(&row_key), key)) {
            struct clusters clusters = similarity_clusters(comparison->similarity, other);
            listed = similarity_score(comparison->similarity, &wanted, &clusters, comparison->text_floor) > 0;
            clusters_free(&clusters);
        }
    }
    buffer_free(&row_key);
    clusters_free(&wanted);
    return listed;
}

/* The summary tables of both versions, which tell a project that came from one that was only handed in. */
struct summaries {
    struct table_comparison *table; /* NULL when a version has none */
    struct rows *old;
    struct rows *new;
};

static const struct meaning *meaning_of_coming(struct comparison *comparison,
                                               const struct summaries *summaries, struct text key,
                                               struct text title) {
    bool listed =
        summaries->table != NULL && summary_lists(comparison, summaries->table,
                                                  &summaries->table->old_columns, summaries->old, key, title);
    return meaning_of_event(comparison->meanings, "projects",
                            listed ? CONDITION_DETAILS_ADDED : CONDITION_PROJECT_ADDED);
}

static const struct meaning *meaning_of_going(struct comparison *comparison,
                                              const struct summaries *summaries, struct text key,
                                              struct text title) {
    bool gone = summaries->table != NULL && summaries->new->count > 0 &&
                !summary_lists(comparison, summaries->table, &summaries->table->new_columns, summaries->new,
                               key, title);
    return meaning_of_event(comparison->meanings, "projects",
                            gone ? CONDITION_PROJECT_REMOVED : CONDITION_DETAILS_REMOVED);
}

/* The meaning of a row with a key that came or went. */
static const struct meaning *meaning_of_row(struct table_comparison *table, const struct summaries *summaries,
                                            bool came, struct text key, struct text title) {
    struct comparison *comparison = table->comparison;
    if (strcmp(table->form->name, "projects") == 0)
        return came ? meaning_of_coming(comparison, summaries, key, title)
                    : meaning_of_going(comparison, summaries, key, title);
    return meaning_of_event(comparison->meanings, table->form->name,
                            came ? CONDITION_ROW_ADDED : CONDITION_ROW_REMOVED);
}

static struct row_view view(const struct rows *rows, size_t row) {
    return (struct row_view){rows_fields(rows, row), rows->lines[row]};
}

/* Lists the rows of NEW that no old row has for a partner. */
static void list_added(struct table_comparison *table, const struct rows *old, const struct rows *new,
                       const size_t *partner, const struct summaries *summaries, struct groups *groups,
                       bool list) {
    bool *taken = memory_zeroed(new->count, sizeof *taken);
    for (size_t i = 0; i < old->count; i++) {
        if (partner[i] != PAIRING_NONE)
            taken[partner[i]] = true;
    }
    struct buffer key = {0};
    for (size_t j = 0; j < new->count; j++) {
        if (taken[j])
            continue;
        buffer_clear(&key);
        comparison_key(table, &table->new_columns, rows_fields(new, j), &key);
        if (groups != NULL) {
            add_group(groups, TEXT(""), buffer_text(&key));
            changes_add_title(table->comparison->changes, TEXT(""), buffer_text(&key),
                              rows_field(new, j, table->new_columns.text));
        }
        if (list)
            comparison_single(table, (struct row_view){0}, view(new, j), TEXT(""), buffer_text(&key),
                              meaning_of_row(table, summaries, true, buffer_text(&key),
                                             rows_field(new, j, table->new_columns.text)));
    }
    buffer_free(&key);
    free(taken);
}

/* Compares a table whose rows have keys. GROUPS, where it is not NULL, takes the keys of either side; LIST says
   whether the changes are asked for. */
static void compare_keyed(struct table_comparison *table, const struct rows *old, const struct rows *new,
                          const struct summaries *summaries, struct groups *groups, bool list) {
    comparison_refuse_duplicates(table, &table->old_columns, old);
    comparison_refuse_duplicates(table, &table->new_columns, new);
    size_t *partner = memory_zeroed(old->count, sizeof *partner);
    unsigned *scores = memory_zeroed(old->count, sizeof *scores);
    comparison_match_keyed(table, old, new, false, partner, scores);

    struct buffer key_old = {0};
    struct buffer key_new = {0};
    for (size_t i = 0; i < old->count; i++) {
        buffer_clear(&key_old);
        buffer_clear(&key_new);
        comparison_key(table, &table->old_columns, rows_fields(old, i), &key_old);
        bool paired = partner[i] != PAIRING_NONE;
        if (paired)
            comparison_key(table, &table->new_columns, rows_fields(new, partner[i]), &key_new);
        if (groups != NULL) {
            add_group(groups, buffer_text(&key_old), buffer_text(&key_new));
            changes_add_title(table->comparison->changes, buffer_text(&key_old), buffer_text(&key_new),
                              paired ? rows_field(new, partner[i], table->new_columns.text)
                                     : rows_field(old, i, table->old_columns.text));
        }
        if (list && paired)
            comparison_pair(table, view(old, i), view(new, partner[i]), buffer_text(&key_old),
                            buffer_text(&key_new), scores[i]);
        else if (list)
            comparison_single(table, view(old, i), (struct row_view){0}, buffer_text(&key_old), TEXT(""),
                              meaning_of_row(table, summaries, false, buffer_text(&key_old),
                                             rows_field(old, i, table->old_columns.text)));
    }
    list_added(table, old, new, partner, summaries, groups, list);
    buffer_free(&key_old);
    buffer_free(&key_new);
    free(partner);
    free(scores);
}

/* The rows of one version, put together by group. */
struct grouped {
    size_t *rows;   /* row indices, group after group */
    size_t *starts; /* for each group, where its rows begin; one more than there are groups */
};

/* The group of a KEY that no project of its version (SIDE) has: that of the other version's project which is in
   that version only, else a group of its own. */
static size_t find_orphan(struct groups *groups, int side, struct text key) {
    const struct key_group *other = find_key(groups, !side, key);
    if (other == NULL || groups->items == NULL) {
        size_t index = add_group(groups, key, key);
        settle_last(groups, 0);
        settle_last(groups, 1);
        return index;
    }
    size_t index = other->group;
    struct text kept = other->key;
    struct group *group = &groups->items[index];
    if (side == 0 && group->key_old.len == 0)
        group->key_old = kept;
    else if (side == 1 && group->key_new.len == 0)
        group->key_new = kept;
    else
        return add_single(groups, side, key);
    add_key(groups, side, kept, index);
    settle_last(groups, side);
    return index;
}

/* The group of each row. */
static size_t *find_groups(const struct table_comparison *table, const struct rows *rows, int side,
                           struct groups *groups) {
    const struct form_columns *columns = side == 0 ? &table->old_columns : &table->new_columns;
    size_t *found = memory_zeroed(rows->count, sizeof *found);
    struct buffer key = {0};
    struct buffer last = {0};
    for (size_t i = 0; i < rows->count; i++) {
        buffer_clear(&key);
        comparison_key(table, columns, rows_fields(rows, i), &key);
        if (i > 0 && text_equal(buffer_text(&key), buffer_text(&last))) {
            found[i] = found[i - 1];
            continue;
        }
        const struct key_group *known = find_key(groups, side, buffer_text(&key));
        found[i] = known != NULL ? known->group : find_orphan(groups, side, buffer_text(&key));
        buffer_clear(&last);
        buffer_append_text(&last, buffer_text(&key));
    }
    buffer_free(&key);
    buffer_free(&last);
    return found;
}

static struct grouped group_rows(const size_t *found, size_t row_count, size_t group_count) {
    struct grouped grouped = {memory_zeroed(row_count, sizeof *grouped.rows),
                              memory_zeroed(group_count + 2, sizeof *grouped.starts)};
    for (size_t i = 0; i < row_count; i++)
        grouped.starts[found[i] + 2]++;
    for (size_t g = 2; g < group_count + 2; g++)
        grouped.starts[g] += grouped.starts[g - 1];
    for (size_t i = 0; i < row_count; i++)
        grouped.rows[grouped.starts[found[i] + 1]++] = i;
    return grouped;
}

static void compare_group(struct table_comparison *table, const struct rows *old, const size_t *olds,
                          size_t old_count, const struct rows *new, const size_t *news, size_t new_count,
                          const struct group *group) {
    struct comparison *comparison = table->comparison;
    size_t *partner = memory_zeroed(old_count, sizeof *partner);
    unsigned *scores = memory_zeroed(old_count, sizeof *scores);
    bool *taken = memory_zeroed(new_count, sizeof *taken);
    if (old_count > 0 && new_count > 0)
        comparison_match_texts(table, old, olds, old_count, new, news, new_count, partner, scores);
    else
        memset(partner, 0xFF, old_count * sizeof *partner);
    bool stays = group->key_old.len > 0 && group->key_new.len > 0;
    for (size_t i = 0; i < old_count; i++) {
        if (partner[i] == PAIRING_NONE) {
            comparison_single(
                table, view(old, olds[i]), (struct row_view){0}, group->key_old, group->key_new,
                stays ? meaning_of_event(comparison->meanings, table->form->name, CONDITION_ROW_REMOVED)
                      : NULL);
            continue;
        }
        taken[partner[i]] = true;
        comparison_pair(table, view(old, olds[i]), view(new, news[partner[i]]), group->key_old,
                        group->key_new, scores[i]);
    }
    for (size_t j = 0; j < new_count; j++) {
        if (!taken[j])
            comparison_single(
                table, (struct row_view){0}, view(new, news[j]), group->key_old, group->key_new,
                stays ? meaning_of_event(comparison->meanings, table->form->name, CONDITION_ROW_ADDED)
                      : NULL);
    }
    free(partner);
    free(scores);
    free(taken);
}

/* Compares a table whose rows stand beneath a project. */
static void compare_beneath(struct table_comparison *table, const struct rows *old, const struct rows *new,
                            struct groups *groups) {
    size_t *old_groups = find_groups(table, old, 0, groups);
    size_t *new_groups = find_groups(table, new, 1, groups);
    struct grouped olds = group_rows(old_groups, old->count, groups->count);
    struct grouped news = group_rows(new_groups, new->count, groups->count);
    for (size_t g = 0; g < groups->count; g++) {
        size_t old_start = olds.starts[g];
        size_t new_start = news.starts[g];
        size_t old_count = olds.starts[g + 1] - old_start;
        size_t new_count = news.starts[g + 1] - new_start;
        if (old_count + new_count > 0)
            compare_group(table, old, olds.rows + old_start, old_count, new, news.rows + new_start, new_count,
                          &groups->items[g]);
    }
    free(old_groups);
    free(new_groups);
    free(olds.rows);
    free(olds.starts);
    free(news.rows);
    free(news.starts);
}

void versions_compare_files(struct comparison *comparison, const struct table_form *form, const char *old,
                            const char *new, const struct input_options *input) {
    struct rows *old_rows = rows_load(old, input);
    struct rows *new_rows = rows_load(new, input);
    struct table_comparison *table = comparison_start(comparison, form, 0, old_rows, new_rows);
    struct groups groups = {0};
    compare_beneath(table, old_rows, new_rows, &groups);
    free_groups(&groups);
    comparison_end(table);
    rows_free(old_rows);
    rows_free(new_rows);
}

static bool is_asked_for(const struct version_options *options, const char *table) {
    if (options->table_count == 0)
        return true;
    for (size_t i = 0; i < options->table_count; i++) {
        if (text_equal(options->tables[i], text_of(table)))
            return true;
    }
    return false;
}

/* A table of both versions. */
struct both {
    struct rows *old;
    struct rows *new;
};

static struct both load_both(const struct versions *versions, const char *table, bool needed) {
    struct both both = {load_table(versions, versions->old_dir, table),
                        load_table(versions, versions->new_dir, table)};
    if (both.old != NULL && both.new != NULL)
        return both;
    if (needed && (both.old != NULL || both.new != NULL))
        die_at(both.old == NULL ? versions->old_dir : versions->new_dir, 0,
               "has no table '%s', and the other version has: leave it out with --tables", table);
    rows_free(both.old);
    rows_free(both.new);
    return (struct both){NULL, NULL};
}

static void free_both(struct both both) {
    rows_free(both.old);
    rows_free(both.new);
}

/* Compares one table, if both versions have it. */
static void compare_table(const struct versions *versions, struct comparison *comparison,
                          const struct table_form *form, unsigned rank, const struct summaries *summaries,
                          struct groups *projects) {
    bool asked = is_asked_for(versions->options, form->name);
    bool is_projects = strcmp(form->name, "projects") == 0;
    if (!asked && !is_projects)
        return;
    struct both both = load_both(versions, form->name, asked);
    if (both.old == NULL)
        return;
    struct changes none = {0};
    struct changes *wanted = comparison->changes;
    if (!asked)
        comparison->changes = &none;
    struct table_comparison *table = comparison_start(comparison, form, rank, both.old, both.new);
    if (form->parent == NULL) {
        compare_keyed(table, both.old, both.new, summaries, is_projects ? projects : NULL, asked);
    } else if (strcmp(form->parent, "key") == 0) {
        compare_beneath(table, both.old, both.new, projects);
    } else {
        struct groups own = {0};
        compare_beneath(table, both.old, both.new, &own);
        free_groups(&own);
    }
    if (is_projects)
        sort_keys(projects);
    comparison->changes = wanted;
    changes_free(&none);
    comparison_end(table);
    free_both(both);
}

void versions_compare(struct versions *versions, struct comparison *comparison) {
    struct groups projects = {0};
    struct changes none = {0};
    struct changes *wanted = comparison->changes;
    struct both both = load_both(versions, "summary", false);
    struct summaries summaries = {NULL, both.old, both.new};
    if (both.old != NULL) {
        comparison->changes = &none;
        summaries.table = comparison_start(comparison, table_form_find("summary"), 0, both.old, both.new);
        comparison->changes = wanted;
    }
    size_t count;
    const struct table_form *forms = table_forms(&count);
    for (size_t i = 0; i < count; i++)
        compare_table(versions, comparison, &forms[i], (unsigned)i, &summaries, &projects);
    if (summaries.table != NULL)
        comparison_end(summaries.table);
    free_both(both);
    changes_free(&none);
    free_groups(&projects);
}
