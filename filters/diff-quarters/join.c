/* Joining two tables by key; see join.h. */
#include "join.h"

#include <stdlib.h>
#include <string.h>

#include "diagnostics.h"

/* A field's length in a row that waits is a byte, or this byte and the length in four. */
#define LONG_FIELD 255

/* A key that was seen. */
struct entry {
    const char *key;
    uint32_t key_len;
    uint32_t lines[2]; /* on which it stood; 0: not yet */
    char *
        waiting; /* the row, while the other table has not had the key: the fields' lengths, then their bytes */
};

/* A place in the hash table: the hash stands here too, so that a key that is not there is told without a look at
   the entries, which lie anywhere in memory. */
struct slot {
    uint32_t number; /* of the entry, plus 1; 0: free */
    uint32_t hash;
};

/* All keys: entries in the order in which they came, and a hash table of them. */
struct index {
    struct entry *entries;
    size_t count;
    size_t cap;
    struct slot *slots;
    size_t slot_count;
    struct arena arena;
};

struct joiner {
    const struct join *join;
    struct rows *const *left;
    struct index index;
    struct text *fields[2]; /* of the rows at hand */
    bool same_columns;      /* all columns are compared, each with the one at its own place */
};

static void put_slot(struct index *index, struct slot taken) {
    size_t at = taken.hash & (index->slot_count - 1);
    while (index->slots[at].number != 0)
        at = (at + 1) & (index->slot_count - 1);
    index->slots[at] = taken;
}

static void grow_index(struct index *index) {
    struct slot *before = index->slots;
    size_t before_count = index->slot_count;
    index->slot_count = before_count == 0 ? 4096 : before_count * 2;
    if (index->slot_count > UINT32_MAX)
        die("too many keys: 2 thousand million are the limit");
    index->slots = memory_zeroed(index->slot_count, sizeof *index->slots);
    for (size_t i = 0; i < before_count; i++) {
        if (before[i].number != 0)
            put_slot(index, before[i]);
    }
    free(before);
}

/* The entry of KEY, made when there was none. Lives until the next call. */
static struct entry *find_entry(struct index *index, struct text key, uint32_t hash) {
    if (index->count * 4 >= index->slot_count * 3)
        grow_index(index);
    size_t at = hash & (index->slot_count - 1);
    for (; index->slots[at].number != 0; at = (at + 1) & (index->slot_count - 1)) {
        if (index->slots[at].hash != hash)
            continue;
        struct entry *entry = &index->entries[index->slots[at].number - 1];
        if (text_equal((struct text){entry->key, entry->key_len}, key))
            return entry;
    }
    index->entries = memory_reserve(index->entries, &index->cap, index->count + 1, sizeof *index->entries);
    struct text kept = arena_copy(&index->arena, key);
    index->entries[index->count++] = (struct entry){.key = kept.data, .key_len = (uint32_t)kept.len};
    index->slots[at] = (struct slot){(uint32_t)index->count, hash};
    return &index->entries[index->count - 1];
}

static void note_line(const struct joiner *joiner, struct entry *entry, int side, uint32_t line) {
    if (entry->lines[side] != 0)
        die_at(table_name(joiner->join->readers[side]), line,
               "the key '%.*s' stands twice: on line %lu and on line %lu", (int)entry->key_len, entry->key,
               (unsigned long)entry->lines[side], (unsigned long)line);
    entry->lines[side] = line;
}

static char *keep_row(const struct batch *batch, size_t row) {
    struct text bytes = batch_row(batch, row);
    size_t size = bytes.len;
    for (size_t i = 0; i < batch->column_count; i++)
        size += batch_field(batch, row, i).len < LONG_FIELD ? 1 : 1 + sizeof(uint32_t);
    char *waiting = memory_resize(NULL, size, 1);
    char *at = waiting;
    for (size_t i = 0; i < batch->column_count; i++) {
        uint32_t len = (uint32_t)batch_field(batch, row, i).len;
        *at++ = (char)(unsigned char)(len < LONG_FIELD ? len : LONG_FIELD);
        if (len >= LONG_FIELD) {
            memcpy(at, &len, sizeof len);
            at += sizeof len;
        }
    }
    if (bytes.len > 0)
        memcpy(at, bytes.data, bytes.len);
    return waiting;
}

static void waiting_fields(const char *waiting, struct text *fields, size_t column_count) {
    const char *at = waiting;
    for (size_t i = 0; i < column_count; i++) {
        uint32_t len = (unsigned char)*at++;
        if (len == LONG_FIELD) {
            memcpy(&len, at, sizeof len);
            at += sizeof len;
        }
        fields[i].len = len;
    }
    for (size_t i = 0; i < column_count; i++) {
        fields[i].data = at;
        at += fields[i].len;
    }
}

static void batch_fields(const struct batch *batch, size_t row, struct text *fields) {
    for (size_t i = 0; i < batch->column_count; i++)
        fields[i] = batch_field(batch, row, i);
}

/* Two rows of one key have met; their fields are at hand. */
static void meet(struct joiner *joiner, const struct entry *entry) {
    const struct join *join = joiner->join;
    const struct text *old = joiner->fields[0];
    const struct text *new = joiner->fields[1];
    bool same = true;
    for (size_t i = 0; i < join->compared_count && same; i++)
        same = text_equal(old[join->compared[i].old], new[join->compared[i].new]);
    if (same)
        return;
    if (join->pair(join->context, old, entry->lines[0], new, entry->lines[1],
                   (struct text){entry->key, entry->key_len}))
        return;
    rows_add(joiner->left[0], old, entry->lines[0]);
    rows_add(joiner->left[1], new, entry->lines[1]);
}

/* Takes one row of the table SIDE. */
static void take_row(struct joiner *joiner, int side, const struct batch *batch, size_t row) {
    if (batch->keyless[row]) {
        batch_fields(batch, row, joiner->fields[side]);
        rows_add(joiner->left[side], joiner->fields[side], batch->lines[row]);
        return;
    }
    struct entry *entry = find_entry(&joiner->index, batch_key(batch, row), batch->hashes[row]);
    note_line(joiner, entry, side, batch->lines[row]);
    if (entry->lines[!side] == 0) {
        entry->waiting = keep_row(batch, row);
        return;
    }
    batch_fields(batch, row, joiner->fields[side]);
    waiting_fields(entry->waiting, joiner->fields[!side], joiner->left[!side]->column_count);
    meet(joiner, entry);
    free(entry->waiting);
    entry->waiting = NULL;
}

/* Whether two rows are the same byte for byte, field for field. */
static bool rows_identical(const struct batch *a, size_t i, const struct batch *b, size_t j) {
    if (!text_equal(batch_row(a, i), batch_row(b, j)))
        return false;
    uint32_t a_start = i > 0 ? a->ends[i * a->column_count - 1] : 0;
    uint32_t b_start = j > 0 ? b->ends[j * b->column_count - 1] : 0;
    const uint32_t *a_ends = a->ends + i * a->column_count;
    const uint32_t *b_ends = b->ends + j * b->column_count;
    for (size_t k = 0; k < a->column_count; k++) {
        if (a_ends[k] - a_start != b_ends[k] - b_start)
            return false;
    }
    return true;
}

/* Takes a row of either table: the usual case is that they have the same key, and no row has to wait. */
static void take_both(struct joiner *joiner, const struct batch *old, size_t i, const struct batch *new,
                      size_t j) {
    if (old->keyless[i] || new->keyless[j] || old->hashes[i] != new->hashes[j] ||
        !text_equal(batch_key(old, i), batch_key(new, j))) {
        take_row(joiner, 0, old, i);
        take_row(joiner, 1, new, j);
        return;
    }
    struct entry *entry = find_entry(&joiner->index, batch_key(old, i), old->hashes[i]);
    note_line(joiner, entry, 0, old->lines[i]);
    note_line(joiner, entry, 1, new->lines[j]);
    if (joiner->same_columns && rows_identical(old, i, new, j))
        return;
    batch_fields(old, i, joiner->fields[0]);
    batch_fields(new, j, joiner->fields[1]);
    meet(joiner, entry);
}

/* What a row will need lies anywhere in memory, one thing behind the other: the slot of its key, the entry that the
   slot names, and the key and the waiting row that the entry names. Each is fetched so many rows ahead. */
#define SLOT_AHEAD 24
#define ENTRY_AHEAD 16
#define WAITING_AHEAD 8

static size_t first_slot(const struct index *index, const struct batch *batch, size_t row) {
    return batch->hashes[row] & (index->slot_count - 1);
}

/* The entry of a row's key as far as the hash tells; NULL where there is none. */
static const struct entry *likely_entry(const struct index *index, const struct batch *batch, size_t row) {
    size_t at = first_slot(index, batch, row);
    for (; index->slots[at].number != 0; at = (at + 1) & (index->slot_count - 1)) {
        if (index->slots[at].hash == batch->hashes[row])
            return &index->entries[index->slots[at].number - 1];
    }
    return NULL;
}

/* Fetches what the rows behind ROW will need. */
static void look_ahead(const struct index *index, const struct batch *batch, size_t row) {
    if (index->slot_count == 0)
        return;
    if (row + SLOT_AHEAD < batch->count)
        __builtin_prefetch(&index->slots[first_slot(index, batch, row + SLOT_AHEAD)]);
    if (row + ENTRY_AHEAD < batch->count)
        __builtin_prefetch(likely_entry(index, batch, row + ENTRY_AHEAD));
    const struct entry *entry =
        row + WAITING_AHEAD < batch->count ? likely_entry(index, batch, row + WAITING_AHEAD) : NULL;
    if (entry == NULL)
        return;
    __builtin_prefetch(entry->key);
    __builtin_prefetch(entry->waiting);
    __builtin_prefetch((const void *)((uintptr_t)entry->waiting + 64)); /* the next line of the cache */
}

static void read_both(struct joiner *joiner, struct ahead *old, struct ahead *new) {
    const struct batch *batches[2] = {ahead_next(old), ahead_next(new)};
    size_t rows[2] = {0, 0};
    while (batches[0] != NULL || batches[1] != NULL) {
        for (int side = 0; side < 2; side++) {
            if (batches[side] != NULL)
                look_ahead(&joiner->index, batches[side], rows[side]);
        }
        if (batches[0] != NULL && batches[1] != NULL)
            take_both(joiner, batches[0], rows[0]++, batches[1], rows[1]++);
        else if (batches[0] != NULL)
            take_row(joiner, 0, batches[0], rows[0]++);
        else
            take_row(joiner, 1, batches[1], rows[1]++);
        for (int side = 0; side < 2; side++) {
            if (batches[side] != NULL && rows[side] == batches[side]->count) {
                batches[side] = ahead_next(side == 0 ? old : new);
                rows[side] = 0;
            }
        }
    }
}

/* The rows that still wait have no partner. */
static void leave_waiting(struct joiner *joiner) {
    for (size_t i = 0; i < joiner->index.count; i++) {
        struct entry *entry = &joiner->index.entries[i];
        if (entry->waiting == NULL)
            continue;
        int side = entry->lines[0] != 0 ? 0 : 1;
        waiting_fields(entry->waiting, joiner->fields[side], joiner->left[side]->column_count);
        rows_add(joiner->left[side], joiner->fields[side], entry->lines[side]);
        free(entry->waiting);
        entry->waiting = NULL;
    }
}

void join_tables(const struct join *join, struct rows *const left[2]) {
    struct joiner joiner = {.join = join, .left = left};
    joiner.index.cap = 1024;
    joiner.index.entries = memory_zeroed(joiner.index.cap, sizeof *joiner.index.entries);
    joiner.same_columns = left[0]->column_count == left[1]->column_count;
    for (size_t i = 0; i < join->compared_count; i++)
        joiner.same_columns &= join->compared[i].old == join->compared[i].new;
    joiner.fields[0] = memory_zeroed(left[0]->column_count, sizeof(struct text));
    joiner.fields[1] = memory_zeroed(left[1]->column_count, sizeof(struct text));
    struct ahead *old = ahead_open(join->readers[0], join->make_key, join->contexts[0]);
    struct ahead *new = ahead_open(join->readers[1], join->make_key, join->contexts[1]);
    read_both(&joiner, old, new);
    ahead_close(old);
    ahead_close(new);
    leave_waiting(&joiner);
    free(joiner.index.entries);
    free(joiner.index.slots);
    arena_free(&joiner.index.arena);
    free(joiner.fields[0]);
    free(joiner.fields[1]);
}
