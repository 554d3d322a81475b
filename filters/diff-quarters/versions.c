/* Comparing two versions; see versions.h. */
#include "versions.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "diagnostics.h"
#include "partners.h"
#include "tables.h"

struct versions {
    const char *old_dir;
    const char *new_dir;
    const struct version_options *options;
    struct rows *old_report;
    struct rows *new_report;
    struct version_name old_name;
    struct version_name new_name;
};

static struct rows *load_table(const struct versions *versions, const char *dir, const char *table) {
    char *path = tables_find(dir, table);
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
    bool in[2]; /* a key may be empty where the project is there */
};

/* Which group a key of one version belongs to. */
struct key_group {
    struct text key;
    size_t group;
    uint64_t line_first; /* of the project in the report; 0: not known */
    uint64_t line_last;
    bool shared; /* another project of the version has the key too */
};

/* All groups, and the keys of either version sorted, so that they can be found. */
struct groups {
    struct group *items;
    size_t count;
    size_t cap;
    struct key_group *keys[2];
    size_t key_count[2];
    size_t key_cap[2];
    size_t sorted[2]; /* how many keys stand in order; those behind them are not found yet */
    struct arena arena;
};

static int compare_keys(const void *left, const void *right) {
    const struct key_group *a = left;
    const struct key_group *b = right;
    int order = text_compare(a->key, b->key);
    return order != 0 ? order : (a->group > b->group) - (a->group < b->group);
}

static void add_key(struct groups *groups, int side, struct key_group key) {
    groups->keys[side] = memory_reserve(groups->keys[side], &groups->key_cap[side],
                                        groups->key_count[side] + 1, sizeof *groups->keys[side]);
    groups->keys[side][groups->key_count[side]++] = key;
}

/* Adds a group with the key and the lines that it has in either version; NULL for one that has it not. */
static size_t add_group(struct groups *groups, const struct key_group *old, const struct key_group *new) {
    const struct key_group *sides[2] = {old, new};
    struct text keys[2] = {TEXT(""), TEXT("")};
    for (int side = 0; side < 2; side++) {
        if (sides[side] == NULL)
            continue;
        struct key_group key = *sides[side];
        key.group = groups->count;
        key.key = keys[side] = arena_copy(&groups->arena, key.key);
        add_key(groups, side, key);
    }
    groups->items = memory_reserve(groups->items, &groups->cap, groups->count + 1, sizeof *groups->items);
    groups->items[groups->count] = (struct group){keys[0], keys[1], {old != NULL, new != NULL}};
    return groups->count++;
}

/* The KEY of the project ROW of a version, and where that stands in the report. */
static struct key_group key_with_lines(const struct rows *rows, size_t row, struct text key) {
    return (struct key_group){
        .key = key,
        .line_first = comparison_number(rows_field(rows, row, rows_column(rows, "line_first"))),
        .line_last = comparison_number(rows_field(rows, row, rows_column(rows, "line_last")))};
}

static void sort_keys(struct groups *groups) {
    for (int side = 0; side < 2; side++) {
        struct key_group *keys = groups->keys[side];
        size_t count = groups->key_count[side];
        if (count > 0)
            qsort(keys, count, sizeof *keys, compare_keys);
        for (size_t i = 1; i < count; i++) {
            if (text_equal(keys[i - 1].key, keys[i].key))
                keys[i - 1].shared = keys[i].shared = true;
        }
        groups->sorted[side] = count;
    }
}

/* The place of KEY: of several that of the project which LINE is in, else the first. */
static const struct key_group *find_key(const struct groups *groups, int side, struct text key,
                                        uint64_t line) {
    const struct key_group *keys = groups->keys[side];
    size_t low = 0;
    size_t count = groups->sorted[side];
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text_compare(keys[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == count || !text_equal(keys[low].key, key))
        return NULL;
    for (size_t i = low; i < count && text_equal(keys[i].key, key); i++) {
        if (line > 0 && keys[i].line_first <= line && line <= keys[i].line_last)
            return &keys[i];
    }
    return &keys[low];
}

static void free_groups(struct groups *groups) {
    free(groups->items);
    free(groups->keys[0]);
    free(groups->keys[1]);
    arena_free(&groups->arena);
}

/* The summary tables of both versions, which tell a project that came from one that was only handed in. */
struct summaries {
    struct table_comparison *table; /* NULL when a version has none */
    struct rows *old;
    struct rows *new;
    size_t *partner; /* for each old row its new one; NULL until someone asks */
};

/* The row of a version's summary table that lists the project of KEY and TITLE: under its key with a like title, else
   under any with the same; PAIRING_NONE where no row does. */
static size_t find_in_summary(const struct summaries *summaries, bool in_new, struct text key,
                              struct text title) {
    struct table_comparison *table = summaries->table;
    struct similarity *similarity = table->comparison->similarity;
    const struct form_columns *columns = in_new ? &table->new_columns : &table->old_columns;
    const struct rows *rows = in_new ? summaries->new : summaries->old;
    size_t found = PAIRING_NONE;
    bool is_sure = false;
    struct buffer row_key = {0};
    struct clusters wanted = similarity_clusters(similarity, title);
    for (size_t i = 0; i < rows->count && !is_sure; i++) {
        struct text other = rows_field(rows, i, columns->text);
        buffer_clear(&row_key);
        comparison_key(table, columns, rows_fields(rows, i), &row_key);
        if (text_equal(buffer_text(&row_key), key)) {
            struct clusters clusters = similarity_clusters(similarity, other);
            is_sure = similarity_score(similarity, &wanted, &clusters, table->comparison->text_floor) > 0;
            clusters_free(&clusters);
        }
        if (is_sure || (found == PAIRING_NONE && value_same(title, other)))
            found = i;
    }
    buffer_free(&row_key);
    clusters_free(&wanted);
    return found;
}

/* Whether ROW of one version's summary table has a partner in the other's. */
static bool has_partner(struct summaries *summaries, bool in_new, size_t row) {
    size_t count = summaries->old->count;
    if (summaries->partner == NULL) {
        unsigned *scores = memory_zeroed(count, sizeof *scores);
        summaries->partner = memory_zeroed(count, sizeof *summaries->partner);
        partners_by_key(summaries->table, summaries->old, summaries->new, false, summaries->partner, scores);
        free(scores);
    }
    if (!in_new)
        return summaries->partner[row] != PAIRING_NONE;
    for (size_t i = 0; i < count; i++) {
        if (summaries->partner[i] == row)
            return true;
    }
    return false;
}

/* Whether the project of KEY and TITLE, whose details only one version has (CAME: the new one), is in the other's
   summary table. Its row in its own says that best: a new project may have the number, and much of the title, of one
   that moved on. */
static bool other_lists(struct summaries *summaries, bool came, struct text key, struct text title) {
    size_t own = find_in_summary(summaries, came, key, title);
    if (own != PAIRING_NONE)
        return has_partner(summaries, came, own);
    return find_in_summary(summaries, !came, key, title) != PAIRING_NONE;
}

static const struct meaning *meaning_of_coming(struct comparison *comparison, struct summaries *summaries,
                                               struct text key, struct text title) {
    bool listed = summaries->table != NULL && other_lists(summaries, true, key, title);
    return meaning_of_event(comparison->meanings, "projects",
                            listed ? CONDITION_DETAILS_ADDED : CONDITION_PROJECT_ADDED);
}

static const struct meaning *meaning_of_going(struct comparison *comparison, struct summaries *summaries,
                                              struct text key, struct text title) {
    bool gone =
        summaries->table != NULL && summaries->new->count > 0 && !other_lists(summaries, false, key, title);
    return meaning_of_event(comparison->meanings, "projects",
                            gone ? CONDITION_PROJECT_REMOVED : CONDITION_DETAILS_REMOVED);
}

/* The meaning of a row with a key that came or went. */
static const struct meaning *meaning_of_row(struct table_comparison *table, struct summaries *summaries,
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

/* The rows of one version that have the same key. */
struct twins {
    size_t *first; /* for each row the first that has its key */
    bool *met;     /* for that one: whether one of them has a partner */
};

static struct twins find_twins(const struct table_comparison *table, const struct form_columns *columns,
                               const struct rows *rows) {
    return (struct twins){partners_twins(table, columns, rows), memory_zeroed(rows->count, sizeof(bool))};
}

static void free_twins(struct twins twins) {
    free(twins.first);
    free(twins.met);
}

/* Whether ROW, which has no partner, stands beside another with its key: nothing came or went but the row. */
static bool is_double(struct twins twins, size_t row) {
    return twins.met[twins.first[row]] || twins.first[row] != row;
}

/* A table with keys that is compared. */
struct keyed_tables {
    struct table_comparison *table;
    const struct rows *old;
    const struct rows *new;
    struct twins old_twins;
    struct twins new_twins;
    struct summaries *summaries;
    struct groups *groups; /* takes the keys of either side, or NULL */
    bool list;             /* whether the changes are asked for */
};

/* Lists a row of one version, ROW, that has no partner. */
static void take_single(const struct keyed_tables *tables, bool came, size_t row) {
    struct table_comparison *table = tables->table;
    const struct rows *rows = came ? tables->new : tables->old;
    struct form_columns *columns = came ? &table->new_columns : &table->old_columns;
    struct text title = rows_field(rows, row, columns->text);
    struct buffer buffer = {0};
    comparison_key(table, columns, rows_fields(rows, row), &buffer);
    struct text key = buffer_text(&buffer);
    struct text key_old = came ? TEXT("") : key;
    struct text key_new = came ? key : TEXT("");
    if (tables->groups != NULL) {
        struct key_group place = key_with_lines(rows, row, key);
        add_group(tables->groups, came ? NULL : &place, came ? &place : NULL);
        changes_add_title(table->comparison->changes, key_old, key_new, title);
    }
    if (tables->list) {
        const struct row_view none = {0};
        bool twin = is_double(came ? tables->new_twins : tables->old_twins, row);
        const struct meaning *meaning =
            twin ? meaning_of_event(table->comparison->meanings, table->form->name,
                                    came ? CONDITION_ROW_ADDED : CONDITION_ROW_REMOVED)
                 : meaning_of_row(table, tables->summaries, came, key, title);
        comparison_single(table, came ? none : view(rows, row), came ? view(rows, row) : none, key_old,
                          key_new, meaning);
    }
    buffer_free(&buffer);
}

/* Lists what changed from the row OLD to its partner NEW. */
static void take_pair(const struct keyed_tables *tables, size_t old, size_t new, unsigned score) {
    struct table_comparison *table = tables->table;
    struct buffer key_old = {0};
    struct buffer key_new = {0};
    comparison_key(table, &table->old_columns, rows_fields(tables->old, old), &key_old);
    comparison_key(table, &table->new_columns, rows_fields(tables->new, new), &key_new);
    if (tables->groups != NULL) {
        struct key_group old_place = key_with_lines(tables->old, old, buffer_text(&key_old));
        struct key_group new_place = key_with_lines(tables->new, new, buffer_text(&key_new));
        add_group(tables->groups, &old_place, &new_place);
        changes_add_title(table->comparison->changes, buffer_text(&key_old), buffer_text(&key_new),
                          rows_field(tables->new, new, table->new_columns.text));
    }
    if (tables->list)
        comparison_pair(table, view(tables->old, old), view(tables->new, new), buffer_text(&key_old),
                        buffer_text(&key_new), score);
    buffer_free(&key_old);
    buffer_free(&key_new);
}

/* What became of the project of KEY, by the table of projects: its group, or NULL where that has no such project. */
static const struct group *fate_of(const struct groups *projects, struct text key) {
    const struct key_group *known = find_key(projects, 0, key, 0);
    return known != NULL ? &projects->items[known->group] : NULL;
}

static bool is_key_of(const struct table_comparison *table, const struct form_columns *columns,
                      const struct rows *rows, size_t row, struct text key) {
    struct buffer own = {0};
    comparison_key(table, columns, rows_fields(rows, row), &own);
    bool same = text_equal(buffer_text(&own), key);
    buffer_free(&own);
    return same;
}

/* The row of NEW, not TAKEN, that has the key of the project that GROUP is; PAIRING_NONE where there is none. */
static size_t find_follower(const struct table_comparison *table, const struct rows *new, const bool *taken,
                            const struct group *group) {
    for (size_t j = 0; j < new->count && group->key_new.len > 0; j++) {
        if (!taken[j] && is_key_of(table, &table->new_columns, new, j, group->key_new))
            return j;
    }
    return PAIRING_NONE;
}

/* Pairs the rows of the summary table that are left as the details of their projects were paired, which say more of
   them than a row does. */
static void follow_projects(const struct keyed_tables *tables, const struct groups *projects,
                            size_t *partner) {
    struct table_comparison *table = tables->table;
    bool *taken = memory_zeroed(tables->new->count, sizeof *taken);
    struct buffer key = {0};
    for (size_t i = 0; i < tables->old->count; i++) {
        if (partner[i] != PAIRING_NONE)
            taken[partner[i]] = true;
    }
    for (size_t i = 0; i < tables->old->count; i++) {
        if (partner[i] != PAIRING_NONE ||
            comparison_keyless(table, &table->old_columns, rows_fields(tables->old, i)))
            continue;
        buffer_clear(&key);
        comparison_key(table, &table->old_columns, rows_fields(tables->old, i), &key);
        const struct group *fate = fate_of(projects, buffer_text(&key));
        size_t follower = fate != NULL ? find_follower(table, tables->new, taken, fate) : PAIRING_NONE;
        if (follower == PAIRING_NONE)
            continue;
        partner[i] = follower;
        taken[follower] = true;
    }
    buffer_free(&key);
    free(taken);
}

/* Compares a table whose rows have keys. GROUPS, where it is not NULL, takes the keys of either side; PROJECTS holds
   those of the table of projects, where that is not the one that is compared; LIST says whether the changes are asked
   for. */
static void compare_keyed(struct table_comparison *table, const struct rows *old, const struct rows *new,
                          struct summaries *summaries, struct groups *groups, const struct groups *projects,
                          bool list) {
    struct keyed_tables tables = {table,
                                  old,
                                  new,
                                  find_twins(table, &table->old_columns, old),
                                  find_twins(table, &table->new_columns, new),
                                  summaries,
                                  groups,
                                  list};
    size_t *partner = memory_zeroed(old->count, sizeof *partner);
    unsigned *scores = memory_zeroed(old->count, sizeof *scores);
    bool *taken = memory_zeroed(new->count, sizeof *taken);
    partners_by_key(table, old, new, false, partner, scores);
    if (table->form->is_project && projects != NULL)
        follow_projects(&tables, projects, partner);
    for (size_t i = 0; i < old->count; i++) {
        if (partner[i] == PAIRING_NONE)
            continue;
        taken[partner[i]] = true;
        tables.old_twins.met[tables.old_twins.first[i]] = true;
        tables.new_twins.met[tables.new_twins.first[partner[i]]] = true;
    }
    for (size_t i = 0; i < old->count; i++) {
        if (partner[i] != PAIRING_NONE)
            take_pair(&tables, i, partner[i], scores[i]);
        else
            take_single(&tables, false, i);
    }
    for (size_t j = 0; j < new->count; j++) {
        if (!taken[j])
            take_single(&tables, true, j);
    }
    free_twins(tables.old_twins);
    free_twins(tables.new_twins);
    free(partner);
    free(scores);
    free(taken);
}

/* The rows of one version, put together by group. */
struct grouped {
    size_t *rows;   /* row indices, group after group */
    size_t *starts; /* for each group, where its rows begin; one more than there are groups */
};

/* The group of a KEY that no project of its version (SIDE) has: that of the other version's project which is in
   that version only, else a group of its own. */
static size_t find_orphan(struct groups *groups, int side, struct text key) {
    const struct key_group *other = find_key(groups, !side, key, 0);
    struct key_group own = {.key = key};
    if (other == NULL || groups->items == NULL)
        return add_group(groups, &own, &own);
    struct group *group = &groups->items[other->group];
    if (group->in[side])
        return side == 0 ? add_group(groups, &own, NULL) : add_group(groups, NULL, &own);
    own.key = other->key;
    own.group = other->group;
    *(side == 0 ? &group->key_old : &group->key_new) = own.key;
    group->in[side] = true;
    add_key(groups, side, own);
    return own.group;
}

/* A row with a key that no project of its version has. */
struct orphan {
    struct text key;
    size_t row;
    size_t count; /* of the first with its key: how many rows have that; else 0 */
};

static int compare_orphans(const void *left, const void *right) {
    const struct orphan *a = left;
    const struct orphan *b = right;
    int order = text_compare(a->key, b->key);
    return order != 0 ? order : (a->row > b->row) - (a->row < b->row);
}

/* By the rows of the orphans that are pointed to. */
static int compare_rows(const void *left, const void *right) {
    const struct orphan *a = *(const struct orphan *const *)left;
    const struct orphan *b = *(const struct orphan *const *)right;
    return (a->row > b->row) - (a->row < b->row);
}

/* Puts the orphans with the same key together; returns the first of each, as they came. The caller frees. */
static const struct orphan **sort_orphans(struct orphan *orphans, size_t count, size_t *firsts) {
    const struct orphan **first = memory_zeroed(count, sizeof *first);
    *firsts = 0;
    qsort(orphans, count, sizeof *orphans, compare_orphans);
    for (size_t i = 0; i < count; i += orphans[i].count) {
        do
            orphans[i].count++;
        while (i + orphans[i].count < count && text_equal(orphans[i].key, orphans[i + orphans[i].count].key));
        first[(*firsts)++] = &orphans[i];
    }
    qsort(first, *firsts, sizeof *first, compare_rows);
    return first;
}

/* Finds the groups of the rows with keys that no project has. */
static void find_orphans(struct groups *groups, int side, struct orphan *orphans, size_t count,
                         size_t *found) {
    size_t firsts;
    if (orphans == NULL)
        return;
    const struct orphan **first = sort_orphans(orphans, count, &firsts);
    for (size_t i = 0; i < firsts; i++) {
        size_t group = find_orphan(groups, side, first[i]->key);
        for (size_t j = 0; j < first[i]->count; j++)
            found[first[i][j].row] = group;
    }
    sort_keys(groups);
    free(first);
}

/* The group of each row. */
static size_t *find_groups(const struct table_comparison *table, const struct rows *rows, int side,
                           struct groups *groups) {
    const struct form_columns *columns = side == 0 ? &table->old_columns : &table->new_columns;
    size_t *found = memory_zeroed(rows->count, sizeof *found);
    struct orphan *orphans = NULL;
    size_t orphan_count = 0;
    size_t orphan_cap = 0;
    struct buffer key = {0};
    struct buffer last = {0};
    const struct key_group *known = NULL;
    for (size_t i = 0; i < rows->count; i++) {
        buffer_clear(&key);
        comparison_key(table, columns, rows_fields(rows, i), &key);
        if (i == 0 || (known != NULL && known->shared) || !text_equal(buffer_text(&key), buffer_text(&last)))
            known = find_key(groups, side, buffer_text(&key),
                             comparison_number(rows_field(rows, i, columns->line)));
        if (known != NULL) {
            found[i] = known->group;
        } else {
            orphans = memory_reserve(orphans, &orphan_cap, orphan_count + 1, sizeof *orphans);
            orphans[orphan_count++] =
                (struct orphan){.key = arena_copy(&groups->arena, buffer_text(&key)), .row = i};
        }
        buffer_clear(&last);
        buffer_append_text(&last, buffer_text(&key));
    }
    find_orphans(groups, side, orphans, orphan_count, found);
    free(orphans);
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
        partners_by_text(table, old, olds, old_count, new, news, new_count, partner, scores);
    else
        memset(partner, 0xFF, old_count * sizeof *partner);
    bool stays = group->in[0] && group->in[1];
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
    comparison_note_columns(table);
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
                          const struct table_form *form, unsigned rank, struct summaries *summaries,
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
    if (asked)
        comparison_note_columns(table);
    if (form->parent == NULL) {
        compare_keyed(table, both.old, both.new, summaries, is_projects ? projects : NULL,
                      is_projects ? NULL : projects, asked);
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
    struct summaries summaries = {NULL, both.old, both.new, NULL};
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
    free(summaries.partner);
    free_both(both);
    changes_free(&none);
    free_groups(&projects);
}
