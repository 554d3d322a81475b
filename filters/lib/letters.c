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

void letters_of_beginning(struct letters *letters, struct text text, size_t most) {
    letters->count = 0;
    letters->marks = 0;
    size_t at = 0;
    while (at < text.len && letters->count < most) {
        uint32_t code = utf8_decode(text, &at);
        if (!counts(code))
            continue;
        if (code >= 'A' && code <= 'Z')
            code += 'a' - 'A';
        letters->codes =
            memory_reserve(letters->codes, &letters->cap, letters->count + 1, sizeof *letters->codes);
        letters->codes[letters->count++] = code;
        letters->marks |= (uint64_t)1 << code % 64;
    }
}

void letters_of(struct letters *letters, struct text text) {
    letters_of_beginning(letters, text, SIZE_MAX);
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

size_t letters_missing(const struct letters *a, const struct letters *b) {
    return (size_t)__builtin_popcountll(a->marks & ~b->marks);
}

size_t letters_distance(const struct letters *a, const struct letters *b, size_t bound) {
    size_t difference = a->count > b->count ? a->count - b->count : b->count - a->count;
    if (difference > bound || letters_missing(a, b) > bound || letters_missing(b, a) > bound)
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

/*
 * For each letter of a text, a mask of the places where it stands there, in words of 64 places: what the distance of many letters at once is
 * reckoned from (G. Myers, «A fast bit-vector algorithm for approximate string matching», 1999). An open hash table.
 */
struct place_masks {
    uint32_t *codes; /* of each slot; 0 is free */
    uint64_t *words; /* of each slot, WORD_COUNT of them; those of a free slot are zero */
    size_t slot_count;
    size_t word_count;
};

static size_t find_slot(const struct place_masks *masks, uint32_t code) {
    size_t slot = (code ^ code >> 5) & (masks->slot_count - 1);
    while (masks->codes[slot] != 0 && masks->codes[slot] != code)
        slot = (slot + 1) & (masks->slot_count - 1);
    return slot;
}

static struct place_masks place_masks_of(const struct letters *letters) {
    struct place_masks masks = {.slot_count = 64, .word_count = (letters->count + 63) / 64};
    while (masks.slot_count < letters->count * 2)
        masks.slot_count *= 2;
    masks.codes = memory_zeroed(masks.slot_count, sizeof *masks.codes);
    masks.words = memory_zeroed(masks.slot_count * masks.word_count, sizeof *masks.words);
    for (size_t i = 0; i < letters->count; i++) {
        size_t slot = find_slot(&masks, letters->codes[i]);
        masks.codes[slot] = letters->codes[i];
        masks.words[slot * masks.word_count + i / 64] |= (uint64_t)1 << i % 64;
    }
    return masks;
}

/*
 * A column of the distance matrix, down all of one text, by the differences of neighbours: H. Hyyrö, «A bit-vector algorithm for
 * computing Levenshtein and Damerau edit distances» (2003). Bit I of a word is the place I of the text.
 */
struct column_word {
    uint64_t up;       /* the distance is one more than at the place before */
    uint64_t down;     /* it is one less */
    uint64_t diagonal; /* it is the same as at the place before in the column before */
    uint64_t matches;  /* the places of this column's letter */
};

/* Goes on to the column of the letter that stands at MATCHES. Returns by how much the distance at the place LAST changes. */
static int next_column(struct column_word *words, size_t word_count, const uint64_t *matches, size_t last) {
    uint64_t sum_carry = 0;
    uint64_t exchange_carry = 0;
    uint64_t more_carry = 1; /* before the first letter each column is one more than the one before */
    uint64_t less_carry = 0;
    uint64_t more = 0;
    uint64_t less = 0;
    for (size_t w = 0; w < word_count; w++) {
        struct column_word *word = &words[w];
        uint64_t exchanged = ~word->diagonal & matches[w];
        uint64_t exchange = (exchanged << 1 | exchange_carry) & word->matches;
        exchange_carry = exchanged >> 63;
        uint64_t sum;
        uint64_t over = __builtin_add_overflow(matches[w] & word->up, word->up, &sum);
        over |= __builtin_add_overflow(sum, sum_carry, &sum);
        sum_carry = over;
        uint64_t diagonal = (sum ^ word->up) | matches[w] | word->down | exchange;
        more = word->down | ~(diagonal | word->up);
        less = diagonal & word->up;
        uint64_t more_above = more << 1 | more_carry;
        uint64_t less_above = less << 1 | less_carry;
        more_carry = more >> 63;
        less_carry = less >> 63;
        *word = (struct column_word){
            .up = less_above | ~(diagonal | more_above),
            .down = more_above & diagonal,
            .diagonal = diagonal,
            .matches = matches[w],
        };
    }
    return (int)(more >> last % 64 & 1) - (int)(less >> last % 64 & 1);
}

/* The least distance of all of A, which has letters, to any beginning of B. */
static size_t distance_to_beginning(const struct letters *a, const struct letters *b) {
    struct place_masks masks = place_masks_of(a);
    struct column_word *words = memory_zeroed(masks.word_count, sizeof *words);
    for (size_t w = 0; w < masks.word_count; w++)
        words[w].up = UINT64_MAX;
    size_t distance = a->count;
    size_t least = distance;
    for (size_t j = 0; j < b->count; j++) {
        size_t slot = find_slot(&masks, b->codes[j]);
        distance +=
            (size_t)next_column(words, masks.word_count, masks.words + slot * masks.word_count, a->count - 1);
        if (distance < least)
            least = distance;
    }
    free(words);
    free(masks.codes);
    free(masks.words);
    return least;
}

int letters_similarity(const struct letters *a, const struct letters *b) {
    if (a->count > b->count) {
        const struct letters *longer = a;
        a = b;
        b = longer;
    }
    if (a->count == 0)
        return 0;
    size_t least = distance_to_beginning(a, b);
    return least >= a->count ? 0 : (int)(100 - 100 * least / a->count);
}
