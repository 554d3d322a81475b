/*
 * Misprinted numbers of a sequence; see sequence.h.
 *
 * The rows that can be right together are those whose number less their place never falls: rows may be missing
 * between them, but none may be too many. The most of them are a longest non-decreasing subsequence, found with one
 * search for each row.
 */
#include "sequence.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "buffer.h"

enum { NO_ROW = -1 };

struct chain {
    int *ends;   /* of the best chain of each length, its last row */
    int *before; /* of each row the one before it in its chain */
    size_t length;
};

/* One more than the rows that are missing before the row AT. */
static int shift_of(const int *printed, int at) {
    return printed[at] - at;
}

/* Adds the row AT to the longest chain that it can end. */
static void add_row(struct chain *chain, const int *printed, int at) {
    size_t low = 0;
    size_t high = chain->length;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (shift_of(printed, chain->ends[middle]) <= shift_of(printed, at))
            low = middle + 1;
        else
            high = middle;
    }
    chain->before[at] = low > 0 ? chain->ends[low - 1] : NO_ROW;
    chain->ends[low] = at;
    if (low == chain->length)
        chain->length++;
}

/* Mends the rows between FROM and TO, which are right; FROM may be NO_ROW, before the first. */
static void mend_between(const int *printed, int from, int to, const bool *is_printed, int *numbers) {
    int before = from == NO_ROW ? 0 : printed[from];
    if (printed[to] - before != to - from)
        return;
    for (int at = from + 1; at < to; at++) {
        int number = before + at - from;
        if (!is_printed[number])
            numbers[at] = number;
    }
}

void sequence_mend(const int *printed, size_t count, int *numbers) {
    bool is_printed[SEQUENCE_NUMBERS] = {false};
    if (count == 0)
        return;
    memcpy(numbers, printed, count * sizeof *numbers);
    for (size_t i = 0; i < count; i++) {
        if (printed[i] < 0 || printed[i] >= SEQUENCE_NUMBERS)
            return;
    }
    struct chain chain = {
        .ends = memory_zeroed(count, sizeof *chain.ends),
        .before = memory_zeroed(count, sizeof *chain.before),
    };
    for (size_t i = 0; i < count; i++) {
        is_printed[printed[i]] = true;
        if (printed[i] > (int)i) /* else too many rows stand before it */
            add_row(&chain, printed, (int)i);
    }
    int to = chain.length > 0 ? chain.ends[chain.length - 1] : NO_ROW;
    while (to != NO_ROW) {
        mend_between(printed, chain.before[to], to, is_printed, numbers);
        to = chain.before[to];
    }
    free(chain.ends);
    free(chain.before);
}
