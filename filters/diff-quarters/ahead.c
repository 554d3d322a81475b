/* Reading ahead; see ahead.h. */
#include "ahead.h"

#include <stdlib.h>

#include "diagnostics.h"
#include "relay.h"

#define BATCH_ROWS 2048
#define BATCHES 3 /* one being filled, one waiting, one in use */

struct ahead {
    struct table_reader *reader;
    key_maker *make_key;
    const void *context;
    struct relay *relay;
    struct batch batches[BATCHES];
};

static void batch_open(struct batch *batch, size_t column_count) {
    batch->column_count = column_count;
    batch->ends = memory_resize(NULL, BATCH_ROWS * column_count, sizeof *batch->ends);
    batch->key_ends = memory_resize(NULL, BATCH_ROWS, sizeof *batch->key_ends);
    batch->hashes = memory_resize(NULL, BATCH_ROWS, sizeof *batch->hashes);
    batch->lines = memory_resize(NULL, BATCH_ROWS, sizeof *batch->lines);
    batch->keyless = memory_resize(NULL, BATCH_ROWS, sizeof *batch->keyless);
}

static void batch_close(struct batch *batch) {
    buffer_free(&batch->bytes);
    buffer_free(&batch->keys);
    free(batch->ends);
    free(batch->key_ends);
    free(batch->hashes);
    free(batch->lines);
    free(batch->keyless);
}

static void batch_add(struct ahead *ahead, struct batch *batch, const struct table_row *row) {
    size_t index = batch->count++;
    uint32_t *ends = batch->ends + index * batch->column_count;
    for (size_t i = 0; i < batch->column_count; i++) {
        buffer_append_text(&batch->bytes, row->fields[i]);
        ends[i] = (uint32_t)batch->bytes.len;
    }
    size_t key_start = batch->keys.len;
    batch->keyless[index] = !ahead->make_key(ahead->context, row->fields, &batch->keys);
    struct text key = {batch->keys.data + key_start, batch->keys.len - key_start};
    /* Keys in a row differ little; the multiplication spreads that over all bits. */
    uint64_t hash = text_hash(key) * 0x9E3779B97F4A7C15U;
    batch->key_ends[index] = (uint32_t)batch->keys.len;
    batch->hashes[index] = (uint32_t)(hash >> 32);
    batch->lines[index] = (uint32_t)row->line;
    if (batch->bytes.len > UINT32_MAX / 2 || batch->keys.len > UINT32_MAX / 2 || row->line > UINT32_MAX)
        die_at(table_name(ahead->reader), row->line,
               "too large: rows of %u bytes and 4 thousand million lines are the limit", UINT32_MAX / 2);
}

/* A batch of long rows ends early. */
static bool fill(void *context, void *to) {
    struct ahead *ahead = context;
    struct batch *batch = to;
    struct table_row row;
    batch->count = 0;
    buffer_clear(&batch->bytes);
    buffer_clear(&batch->keys);
    while (batch->count < BATCH_ROWS && batch->bytes.len < (size_t)1 << 20 && table_read(ahead->reader, &row))
        batch_add(ahead, batch, &row);
    return batch->count > 0;
}

struct ahead *ahead_open(struct table_reader *reader, key_maker *key, const void *context) {
    struct ahead *ahead = memory_zeroed(1, sizeof *ahead);
    size_t column_count;
    table_columns(reader, &column_count);
    ahead->reader = reader;
    ahead->make_key = key;
    ahead->context = context;
    for (size_t i = 0; i < BATCHES; i++)
        batch_open(&ahead->batches[i], column_count);
    ahead->relay = relay_open(fill, ahead, ahead->batches, BATCHES, sizeof *ahead->batches, false);
    return ahead;
}

const struct batch *ahead_next(struct ahead *ahead) {
    return relay_next(ahead->relay);
}

void ahead_close(struct ahead *ahead) {
    relay_close(ahead->relay);
    for (size_t i = 0; i < BATCHES; i++)
        batch_close(&ahead->batches[i]);
    free(ahead);
}

struct text batch_row(const struct batch *batch, size_t row) {
    size_t last = (row + 1) * batch->column_count - 1;
    size_t start = row > 0 ? batch->ends[row * batch->column_count - 1] : 0;
    return (struct text){batch->bytes.data + start, batch->ends[last] - start};
}

struct text batch_field(const struct batch *batch, size_t row, size_t column) {
    size_t at = row * batch->column_count + column;
    size_t start = at > 0 ? batch->ends[at - 1] : 0;
    return (struct text){batch->bytes.data + start, batch->ends[at] - start};
}

struct text batch_key(const struct batch *batch, size_t row) {
    size_t start = row > 0 ? batch->key_ends[row - 1] : 0;
    return (struct text){batch->keys.data + start, batch->key_ends[row] - start};
}
