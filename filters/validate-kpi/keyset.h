/*
 * A set of keys, each with the place where it was first seen. Exact: keys are kept, not only their hashes.
 */
#ifndef KEYSET_H
#define KEYSET_H

#include "buffer.h"

struct keyset;

/* The caller frees with keyset_free(). */
struct keyset *keyset_new(void);

/* The same for keys that will most likely come in the order of people (S3.P99 before S3.P100), as the rows of a
   table do: while they do, none can come twice, and nothing is looked up. */
struct keyset *keyset_new_in_order(void);

/* Whether all keys came in order so far; false for a set of keyset_new(). */
bool keyset_in_order(const struct keyset *keyset);

/* For many keys at once: their hashes first, so that the places in memory are on their way when they are needed. */
uint64_t keyset_hash(struct text key);
void keyset_expect(const struct keyset *keyset, uint64_t hash);

/* As keyset_add(), with the key's hash known. Not while keyset_in_order(). */
bool keyset_add_hashed(struct keyset *keyset, struct text key, uint64_t hash, uint64_t place,
                       uint64_t *first);

/* Adds KEY with its PLACE. Returns true when it was not there; else false and, in *FIRST, its place. */
bool keyset_add(struct keyset *keyset, struct text key, uint64_t place, uint64_t *first);

/* Whether KEY is there; FIRST may be NULL. Not while keyset_in_order(). */
bool keyset_find(const struct keyset *keyset, struct text key, uint64_t *first);

void keyset_free(struct keyset *keyset);

#endif
