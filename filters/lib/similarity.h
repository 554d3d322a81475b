/*
 * How alike two texts are, by their grapheme clusters, and who belongs to whom by that.
 *
 * A cluster is a Thai letter with its vowel signs and tone marks, or any other character by itself. White
 * space, quotation marks and brackets do not count, nor does the case of Latin letters. The score of two texts
 * is twice the length of their longest common subsequence of clusters through the sum of their lengths, in
 * ten-thousandths. Longest common subsequence by bits: H. Hyyrö, «Bit-parallel LCS-length computation
 * revisited» (2004).
 */
#ifndef SIMILARITY_H
#define SIMILARITY_H

#include "buffer.h"

#define SIMILARITY_FULL 10000U

/* Turns texts into clusters, numbering each cluster that it meets. */
struct similarity;

struct clusters {
    uint32_t *ids;
    size_t count;
    uint64_t marks[2]; /* a bit for each cluster: what is not in both cannot be common */
    uint64_t numbers;  /* a hash of the numbers in the text, in order */
};

struct similarity *similarity_create(void);
void similarity_free(struct similarity *similarity);

/* The clusters of TEXT. The caller frees with clusters_free(). */
struct clusters similarity_clusters(struct similarity *similarity, struct text text);
void clusters_free(struct clusters *clusters);

/* The score of A and B, or 0 when it is below FLOOR. Two empty texts are not alike. */
unsigned similarity_score(struct similarity *similarity, const struct clusters *a, const struct clusters *b,
                          unsigned floor);

/* How well two items go together: the higher score wins, then more agreement, then less distance. */
struct pair_rank {
    unsigned score; /* 0: they do not go together */
    unsigned agreement;
    uint64_t distance;
};

struct pairing {
    size_t old_count;
    size_t new_count;
    /* The rank of old item I and new item J. */
    struct pair_rank (*rank)(void *context, size_t i, size_t j);
    /* The order of pairs of equal rank: negative when (I, J) goes before (K, L). */
    int (*order)(void *context, size_t i, size_t j, size_t k, size_t l);
    void *context;
};

#define PAIRING_NONE SIZE_MAX

/* Pairs one to one, best pairs first. PARTNER has room for old_count elements: the new item of each old one, or
   PAIRING_NONE. Memory grows with the number of items, not with that of pairs. */
void pairing_solve(const struct pairing *pairing, size_t *partner);

#endif
