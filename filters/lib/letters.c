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

size_t letters_missing(const struct letters *a, const struct letters *b) {
    return (size_t)__builtin_popcountll(a->marks & ~b->marks);
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
 * The distance matrix of two texts, 64 rows (letters of the first) at a time and column by column (letters of the
 * second): of a column only the differences between neighbours are kept, as bits. G. Myers, «A fast bit-vector
 * algorithm for approximate string matching» (1999); with the exchange of neighbours H. Hyyrö, «A bit-vector
 * algorithm for computing Levenshtein and Damerau edit distances» (2003).
 */
enum { ROWS = 64, PLACE_SLOTS = 2 * ROWS };

/* Where each letter stands among those of the rows, as bits. An open hash table. */
struct places {
    uint32_t codes[PLACE_SLOTS]; /* 0 is free */
    uint64_t bits[PLACE_SLOTS];
};

static size_t find_slot(const struct places *places, uint32_t code) {
    size_t slot = (code ^ code >> 5) % PLACE_SLOTS;
    while (places->codes[slot] != 0 && places->codes[slot] != code)
        slot = (slot + 1) % PLACE_SLOTS;
    return slot;
}

static void fill_places(struct places *places, const uint32_t *codes, size_t count) {
    *places = (struct places){0};
    for (size_t i = 0; i < count; i++) {
        size_t slot = find_slot(places, codes[i]);
        places->codes[slot] = codes[i];
        places->bits[slot] |= (uint64_t)1 << i;
    }
}

/* A column of the rows. */
struct column {
    uint64_t up;       /* the distance is one more than in the row above */
    uint64_t down;     /* it is one less */
    uint64_t diagonal; /* it is the same as one row above in the column before */
    uint64_t places;   /* of the column's letter */
};

/* Of the last of the rows, for those beneath: against the column before the distance is one more, one less; its
   letter is the column's, and may be exchanged. */
enum { EDGE_MORE = 1, EDGE_LESS = 2, EDGE_EXCHANGED = 4 };

/* Goes on to the column of the letter that stands at PLACES. *EDGE is that of the row above, and becomes that of the
   row LAST. */
static void next_column(struct column *column, uint64_t places, unsigned last, unsigned char *edge) {
    uint64_t same = places | (*edge & EDGE_LESS ? 1U : 0U);
    uint64_t exchanged = ~column->diagonal & places;
    uint64_t exchange = (exchanged << 1 | (*edge & EDGE_EXCHANGED ? 1U : 0U)) & column->places;
    uint64_t diagonal = (((same & column->up) + column->up) ^ column->up) | same | column->down | exchange;
    uint64_t more = column->down | ~(diagonal | column->up);
    uint64_t less = diagonal & column->up;
    uint64_t more_above = more << 1 | (*edge & EDGE_MORE ? 1U : 0U);
    uint64_t less_above = less << 1 | (*edge & EDGE_LESS ? 1U : 0U);
    *column = (struct column){
        .up = less_above | ~(diagonal | more_above),
        .down = more_above & diagonal,
        .diagonal = diagonal,
        .places = places,
    };
    *edge = (unsigned char)((more >> last & 1 ? EDGE_MORE : 0) | (less >> last & 1 ? EDGE_LESS : 0) |
                            (exchanged >> last & 1 ? EDGE_EXCHANGED : 0));
}

/* The distance of A, which has letters, to B; *LEAST becomes the least one of A to any beginning of B. */
static size_t measure(const struct letters *a, const struct letters *b, size_t *least) {
    unsigned char *edges = memory_resize(NULL, b->count, 1);
    memset(edges, EDGE_MORE, b->count);
    for (size_t i = 0; i < a->count; i += ROWS) {
        size_t rows = a->count - i < ROWS ? a->count - i : ROWS;
        struct places places;
        fill_places(&places, a->codes + i, rows);
        struct column column = {.up = UINT64_MAX};
        for (size_t j = 0; j < b->count; j++)
            next_column(&column, places.bits[find_slot(&places, b->codes[j])], (unsigned)rows - 1, &edges[j]);
    }
    size_t distance = a->count;
    *least = distance;
    for (size_t j = 0; j < b->count; j++) {
        if (edges[j] & EDGE_MORE)
            distance++;
        if (edges[j] & EDGE_LESS)
            distance--;
        if (distance < *least)
            *least = distance;
    }
    free(edges);
    return distance;
}

size_t letters_distance(const struct letters *a, const struct letters *b, size_t bound) {
    size_t difference = a->count > b->count ? a->count - b->count : b->count - a->count;
    if (difference > bound || letters_missing(a, b) > bound || letters_missing(b, a) > bound)
        return bound + 1;
    if (difference == 0 && (a->count == 0 || memcmp(a->codes, b->codes, a->count * sizeof *a->codes) == 0))
        return 0;
    if (bound == 0)
        return 1;
    size_t least;
    size_t distance = a->count > 0 ? measure(a, b, &least) : b->count;
    return distance <= bound ? distance : bound + 1;
}

int letters_similarity(const struct letters *a, const struct letters *b) {
    if (a->count > b->count) {
        const struct letters *longer = a;
        a = b;
        b = longer;
    }
    if (a->count == 0)
        return 0;
    size_t least;
    (void)measure(a, b, &least);
    return least >= a->count ? 0 : (int)(100 - 100 * least / a->count);
}
