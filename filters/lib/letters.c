/* Letters and their edit distance; see letters.h. */
#include "letters.h"

#include <stdlib.h>
#include <string.h>

#include "utf8.h"

static bool counts(uint32_t code) {
    if (code < 0x80)
        return (code >= '0' && code <= '9') || (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z');
    if (code >= 0x2000 && code <= 0x206F)
        return false;
    return code != 0xA0 && code != 0xB7 && code != 0xFEFF;
}

void letters_of(struct letters *letters, struct text text) {
    letters->count = 0;
    size_t at = 0;
    while (at < text.len) {
        uint32_t code = utf8_decode(text, &at);
        if (!counts(code))
            continue;
        if (code >= 'A' && code <= 'Z')
            code += 'a' - 'A';
        letters->codes =
            memory_reserve(letters->codes, &letters->cap, letters->count + 1, sizeof *letters->codes);
        letters->codes[letters->count++] = code;
    }
}

void letters_free(struct letters *letters) {
    free(letters->codes);
    *letters = (struct letters){0};
}

static size_t smallest(size_t a, size_t b, size_t c) {
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

/* Fills the last row of the distance matrix: LAST[j] is the distance of all of A to the first j letters of B. ROWS has
   room for three rows of b->count + 1. Stops early when every place is beyond BOUND; then returns NULL. */
static const size_t *last_row(const struct letters *a, const struct letters *b, size_t bound, size_t *rows) {
    size_t width = b->count + 1;
    size_t *before_last = rows;
    size_t *last = rows + width;
    size_t *row = rows + 2 * width;
    for (size_t j = 0; j < width; j++)
        last[j] = j;
    for (size_t i = 1; i <= a->count; i++) {
        row[0] = i;
        size_t least = row[0];
        for (size_t j = 1; j < width; j++) {
            bool same = a->codes[i - 1] == b->codes[j - 1];
            row[j] = smallest(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
            if (i > 1 && j > 1 && a->codes[i - 1] == b->codes[j - 2] && a->codes[i - 2] == b->codes[j - 1] &&
                before_last[j - 2] + 1 < row[j])
                row[j] = before_last[j - 2] + 1;
            if (row[j] < least)
                least = row[j];
        }
        if (least > bound)
            return NULL;
        size_t *spare = before_last;
        before_last = last;
        last = row;
        row = spare;
    }
    return last;
}

size_t letters_distance(const struct letters *a, const struct letters *b, size_t bound) {
    size_t difference = a->count > b->count ? a->count - b->count : b->count - a->count;
    if (difference > bound)
        return bound + 1;
    if (bound == 0)
        return a->count == 0 || memcmp(a->codes, b->codes, a->count * sizeof *a->codes) == 0 ? 0 : 1;
    size_t *rows = memory_resize(NULL, 3 * (b->count + 1), sizeof *rows);
    const size_t *last = last_row(a, b, bound, rows);
    size_t distance = last != NULL && last[b->count] <= bound ? last[b->count] : bound + 1;
    free(rows);
    return distance;
}

bool letters_contain(const struct letters *whole, const struct letters *part) {
    if (part->count == 0 || part->count > whole->count)
        return false;
    for (size_t at = 0; at + part->count <= whole->count; at++) {
        size_t same = 0;
        while (same < part->count && whole->codes[at + same] == part->codes[same])
            same++;
        if (same == part->count)
            return true;
    }
    return false;
}

int letters_similarity(const struct letters *a, const struct letters *b) {
    if (a->count > b->count) {
        const struct letters *longer = a;
        a = b;
        b = longer;
    }
    if (a->count == 0)
        return 0;
    size_t *rows = memory_resize(NULL, 3 * (b->count + 1), sizeof *rows);
    const size_t *last = last_row(a, b, SIZE_MAX - 1, rows);
    size_t best = last[0];
    for (size_t j = 1; j <= b->count; j++) {
        if (last[j] < best)
            best = last[j];
    }
    free(rows);
    return best >= a->count ? 0 : (int)(100 - 100 * best / a->count);
}
