/*
 * The order of many small keys, found by radix sort: stable, and without a comparison.
 */
#ifndef ORDER_H
#define ORDER_H

#include "buffer.h"

/* A key in order of its parts, the first the weightiest, and what it is the key of. */
struct order_key {
    uint32_t parts[3];
    uint32_t index;
};

/* Sorts COUNT keys; keys with the same parts stay as they stand. */
void order_sort(struct order_key *keys, size_t count);

int order_compare(const struct order_key *a, const struct order_key *b);

#endif
