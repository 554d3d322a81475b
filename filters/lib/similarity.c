/* Similarity of texts and pairs by it; see similarity.h. */
#include "similarity.h"

#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "thai.h"
#include "utf8.h"

struct similarity {
    struct arena arena;
    struct text *known; /* the clusters, by number */
    size_t known_count;
    size_t known_cap;
    uint32_t *slots; /* a hash table of numbers plus 1; 0 is free */
    size_t slot_count;
    uint64_t *masks; /* for each cluster, where it stands in the text that is compared */
    size_t mask_words;
    size_t mask_clusters;
};

struct similarity *similarity_create(void) {
    return memory_zeroed(1, sizeof(struct similarity));
}

void similarity_free(struct similarity *similarity) {
    if (similarity == NULL)
        return;
    arena_free(&similarity->arena);
    free(similarity->known);
    free(similarity->slots);
    free(similarity->masks);
    free(similarity);
}

void clusters_free(struct clusters *clusters) {
    free(clusters->ids);
    *clusters = (struct clusters){0};
}

/* Vowel signs above, below and behind (sara am), tone marks and other signs: they belong to the letter before. */
static bool is_mark(uint32_t code) {
    return code == 0x0E31 || (code >= 0x0E33 && code <= 0x0E3A) || (code >= 0x0E47 && code <= 0x0E4E);
}

/* White space, quotation marks, brackets, asterisks: printed or not by taste. */
static bool is_ornament(uint32_t code) {
    if (code < 0x80)
        return code <= ' ' || strchr("\"'()[]*`", (int)code) != NULL;
    return code == 0x00A0 || (code >= 0x2018 && code <= 0x201F) || code == 0x00AB || code == 0x00BB;
}

static void grow_slots(struct similarity *similarity) {
    size_t count = similarity->slot_count == 0 ? 1024 : similarity->slot_count * 2;
    free(similarity->slots);
    similarity->slots = memory_zeroed(count, sizeof *similarity->slots);
    similarity->slot_count = count;
    for (size_t id = 0; id < similarity->known_count; id++) {
        size_t slot = text_hash(similarity->known[id]) & (count - 1);
        while (similarity->slots[slot] != 0)
            slot = (slot + 1) & (count - 1);
        similarity->slots[slot] = (uint32_t)id + 1;
    }
}

static uint32_t cluster_id(struct similarity *similarity, struct text cluster) {
    if ((similarity->known_count + 1) * 2 > similarity->slot_count)
        grow_slots(similarity);
    size_t slot = text_hash(cluster) & (similarity->slot_count - 1);
    while (similarity->slots[slot] != 0) {
        uint32_t id = similarity->slots[slot] - 1;
        if (text_equal(similarity->known[id], cluster))
            return id;
        slot = (slot + 1) & (similarity->slot_count - 1);
    }
    similarity->known = memory_reserve(similarity->known, &similarity->known_cap, similarity->known_count + 1,
                                       sizeof *similarity->known);
    similarity->known[similarity->known_count] = arena_copy(&similarity->arena, cluster);
    similarity->slots[slot] = (uint32_t)++similarity->known_count;
    return (uint32_t)similarity->known_count - 1;
}

/* The next cluster of TEXT at *AT, lower case, without ornaments; false at the end. */
static bool next_cluster(struct text text, size_t *at, struct buffer *cluster) {
    buffer_clear(cluster);
    while (*at < text.len) {
        size_t next = *at;
        uint32_t code = utf8_decode(text, &next);
        if (is_ornament(code)) {
            *at = next;
            if (cluster->len > 0)
                return true;
            continue;
        }
        if (cluster->len > 0 && !is_mark(code))
            return true;
        if (code >= 'A' && code <= 'Z')
            code += 'a' - 'A';
        utf8_append(cluster, code);
        *at = next;
    }
    return cluster->len > 0;
}

/* A hash of the numbers in TEXT, thousands' commas left out. */
static uint64_t hash_numbers(struct text text) {
    struct buffer numbers = {0};
    bool inside = false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        bool digit = char_is_digit(c);
        if (digit)
            buffer_append_char(&numbers, c);
        else if (inside && c != ',')
            buffer_append_char(&numbers, ' ');
        inside = digit || (inside && c == ',');
    }
    uint64_t hash = text_hash(text_trim(buffer_text(&numbers)));
    buffer_free(&numbers);
    return hash;
}

struct clusters similarity_clusters(struct similarity *similarity, struct text text) {
    struct clusters clusters = {0};
    struct buffer normal = {0};
    thai_normalize(&normal, text, THAI_READ);
    text = buffer_text(&normal);
    size_t cap = 0;
    size_t at = 0;
    struct buffer cluster = {0};
    while (next_cluster(text, &at, &cluster)) {
        uint32_t id = cluster_id(similarity, buffer_text(&cluster));
        clusters.ids = memory_reserve(clusters.ids, &cap, clusters.count + 1, sizeof *clusters.ids);
        clusters.ids[clusters.count++] = id;
        clusters.marks[(id >> 6) & 1] |= (uint64_t)1 << (id & 63);
    }
    clusters.numbers = hash_numbers(text);
    buffer_free(&cluster);
    buffer_free(&normal);
    return clusters;
}

/* Room for WORDS words for each cluster known, all zero. */
static void prepare_masks(struct similarity *similarity, size_t words) {
    if (words <= similarity->mask_words && similarity->known_count <= similarity->mask_clusters)
        return;
    free(similarity->masks);
    if (words > similarity->mask_words)
        similarity->mask_words = words;
    similarity->mask_clusters = similarity->known_count * 2;
    similarity->masks =
        memory_zeroed(similarity->mask_words * similarity->mask_clusters, sizeof *similarity->masks);
}

static size_t zero_bits(const uint64_t *words, size_t bits) {
    size_t zeros = 0;
    for (size_t w = 0; w * 64 < bits; w++) {
        uint64_t unset = ~words[w];
        if (bits - w * 64 < 64)
            unset &= ((uint64_t)1 << (bits - w * 64)) - 1;
        zeros += (size_t)__builtin_popcountll(unset);
    }
    return zeros;
}

/* The length of the longest common subsequence. */
static size_t common_length(struct similarity *similarity, const struct clusters *a,
                            const struct clusters *b) {
    size_t words = (a->count + 63) / 64;
    prepare_masks(similarity, words);
    size_t stride = similarity->mask_words;
    for (size_t i = 0; i < a->count; i++)
        similarity->masks[a->ids[i] * stride + i / 64] |= (uint64_t)1 << (i % 64);

    uint64_t few[4];
    uint64_t *row = words <= 4 ? few : memory_zeroed(words, sizeof *row);
    memset(row, 0xFF, words * sizeof *row);
    for (size_t j = 0; j < b->count; j++) {
        const uint64_t *mask = similarity->masks + b->ids[j] * stride;
        uint64_t carry = 0;
        for (size_t w = 0; w < words; w++) {
            uint64_t hits = row[w] & mask[w];
            uint64_t sum;
            bool over = __builtin_add_overflow(row[w], hits, &sum);
            over |= __builtin_add_overflow(sum, carry, &sum);
            carry = over;
            row[w] = sum | (row[w] & ~hits);
        }
    }
    size_t length = zero_bits(row, a->count);
    if (row != few)
        free(row);
    for (size_t i = 0; i < a->count; i++)
        similarity->masks[a->ids[i] * stride + i / 64] = 0;
    return length;
}

static unsigned ratio(size_t common, size_t total) {
    return (unsigned)(common * 2 * SIMILARITY_FULL / total);
}

/* How many different clusters of A can have no partner in B, at least. */
static size_t missing(const struct clusters *a, const struct clusters *b) {
    return (size_t)__builtin_popcountll(a->marks[0] & ~b->marks[0]) +
           (size_t)__builtin_popcountll(a->marks[1] & ~b->marks[1]);
}

unsigned similarity_score(struct similarity *similarity, const struct clusters *a, const struct clusters *b,
                          unsigned floor) {
    size_t total = a->count + b->count;
    if (a->count == 0 || b->count == 0)
        return 0;
    size_t a_left = a->count - missing(a, b);
    size_t b_left = b->count - missing(b, a);
    if (ratio(a_left < b_left ? a_left : b_left, total) < floor)
        return 0;
    unsigned score = ratio(common_length(similarity, a, b), total);
    return score >= floor ? score : 0;
}

/* An item's best candidates. Those that did not fit are found again when all of these are taken. */
#define CANDIDATES 16

struct candidate {
    size_t item;
    struct pair_rank rank;
};

struct candidates {
    struct candidate best[CANDIDATES];
    size_t count;
    size_t next;
    bool more; /* some did not fit */
};

struct solver {
    const struct pairing *pairing;
    struct candidates *sides[2]; /* of the old items, of the new ones */
    size_t *partners[2];
};

/* Negative when A is the better candidate of ITEM on SIDE. */
static int compare_candidates(const struct solver *solver, int side, size_t item, const struct candidate *a,
                              const struct candidate *b) {
    if (a->rank.score != b->rank.score)
        return a->rank.score > b->rank.score ? -1 : 1;
    if (a->rank.agreement != b->rank.agreement)
        return a->rank.agreement > b->rank.agreement ? -1 : 1;
    if (a->rank.distance != b->rank.distance)
        return a->rank.distance < b->rank.distance ? -1 : 1;
    const struct pairing *pairing = solver->pairing;
    int order = side == 0 ? pairing->order(pairing->context, item, a->item, item, b->item)
                          : pairing->order(pairing->context, a->item, item, b->item, item);
    if (order != 0)
        return order;
    return (a->item > b->item) - (a->item < b->item);
}

static void offer(struct solver *solver, int side, size_t item, struct candidate candidate) {
    struct candidates *list = &solver->sides[side][item];
    size_t at = list->count;
    while (at > 0 && compare_candidates(solver, side, item, &candidate, &list->best[at - 1]) < 0)
        at--;
    if (list->count == CANDIDATES) {
        list->more = true;
        if (at == CANDIDATES)
            return;
        list->count--;
    }
    memmove(&list->best[at + 1], &list->best[at], (list->count - at) * sizeof *list->best);
    list->best[at] = candidate;
    list->count++;
}

static void find_candidates(struct solver *solver, int side, size_t item) {
    const struct pairing *pairing = solver->pairing;
    size_t others = side == 0 ? pairing->new_count : pairing->old_count;
    solver->sides[side][item] = (struct candidates){.count = 0};
    for (size_t other = 0; other < others; other++) {
        if (solver->partners[!side][other] != PAIRING_NONE)
            continue;
        struct pair_rank rank = side == 0 ? pairing->rank(pairing->context, item, other)
                                          : pairing->rank(pairing->context, other, item);
        if (rank.score > 0)
            offer(solver, side, item, (struct candidate){other, rank});
    }
}

/* The best candidate that is still free, or PAIRING_NONE. */
static size_t best_free(struct solver *solver, int side, size_t item) {
    struct candidates *list = &solver->sides[side][item];
    for (;;) {
        for (; list->next < list->count; list->next++) {
            size_t other = list->best[list->next].item;
            if (solver->partners[!side][other] == PAIRING_NONE)
                return other;
        }
        if (!list->more)
            return PAIRING_NONE;
        find_candidates(solver, side, item);
    }
}

/* Goes from an item to its best candidate, from there to that one's, and so on, until two are each other's
   best: they would be the next pair of the two that «best pairs first» takes. */
static void settle(struct solver *solver, size_t start) {
    while (solver->partners[0][start] == PAIRING_NONE) {
        int side = 0;
        size_t item = start;
        for (;;) {
            size_t other = best_free(solver, side, item);
            if (other == PAIRING_NONE)
                return;
            if (best_free(solver, !side, other) == item) {
                solver->partners[side][item] = other;
                solver->partners[!side][other] = item;
                break;
            }
            item = other;
            side = !side;
        }
    }
}

void pairing_solve(const struct pairing *pairing, size_t *partner) {
    struct solver solver = {.pairing = pairing};
    solver.sides[0] = memory_zeroed(pairing->old_count, sizeof *solver.sides[0]);
    solver.sides[1] = memory_zeroed(pairing->new_count, sizeof *solver.sides[1]);
    solver.partners[0] = partner;
    solver.partners[1] = memory_zeroed(pairing->new_count, sizeof *solver.partners[1]);
    for (size_t i = 0; i < pairing->old_count; i++)
        partner[i] = PAIRING_NONE;
    for (size_t j = 0; j < pairing->new_count; j++)
        solver.partners[1][j] = PAIRING_NONE;
    for (size_t i = 0; i < pairing->old_count; i++) {
        for (size_t j = 0; j < pairing->new_count; j++) {
            struct pair_rank rank = pairing->rank(pairing->context, i, j);
            if (rank.score == 0)
                continue;
            offer(&solver, 0, i, (struct candidate){j, rank});
            offer(&solver, 1, j, (struct candidate){i, rank});
        }
    }
    for (size_t i = 0; i < pairing->old_count; i++)
        settle(&solver, i);
    free(solver.sides[0]);
    free(solver.sides[1]);
    free(solver.partners[1]);
}
