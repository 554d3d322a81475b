/* Radix sort, byte by byte from the lightest; bytes that are alike in all keys are passed over. */
#include "order.h"

#include <stdlib.h>
#include <string.h>

int order_compare(const struct order_key *a, const struct order_key *b) {
    for (int i = 0; i < 3; i++) {
        if (a->parts[i] != b->parts[i])
            return a->parts[i] < b->parts[i] ? -1 : 1;
    }
    return 0;
}

static bool is_sorted(const struct order_key *keys, size_t count) {
    for (size_t i = 1; i < count; i++) {
        if (order_compare(&keys[i - 1], &keys[i]) > 0)
            return false;
    }
    return true;
}

/* Puts FROM into TO in the order of one byte; false, and nothing done, where it is the same in all. */
static bool sort_byte(const struct order_key *from, struct order_key *to, size_t count, int part, int shift) {
    size_t ends[256] = {0};
    for (size_t i = 0; i < count; i++)
        ends[from[i].parts[part] >> shift & 0xFF]++;
    if (ends[from[0].parts[part] >> shift & 0xFF] == count)
        return false;
    size_t place = 0;
    for (int byte = 0; byte < 256; byte++) {
        size_t here = ends[byte];
        ends[byte] = place;
        place += here;
    }
    for (size_t i = 0; i < count; i++)
        to[ends[from[i].parts[part] >> shift & 0xFF]++] = from[i];
    return true;
}

void order_sort(struct order_key *keys, size_t count) {
    if (count == 0 || is_sorted(keys, count))
        return;
    struct order_key *spare = memory_resize(NULL, count, sizeof *spare);
    struct order_key *from = keys;
    struct order_key *to = spare;
    for (int byte = 0; byte < 12; byte++) {
        if (sort_byte(from, to, count, 2 - byte / 4, byte % 4 * 8)) {
            struct order_key *sorted = to;
            to = from;
            from = sorted;
        }
    }
    if (from != keys)
        memcpy(keys, from, count * sizeof *keys);
    free(spare);
}
