/*
 * Which rows of two states of a table belong together: by their keys, by what they are called, or, of rows beneath one
 * project, by their texts; equal first, then alike (similarity.h).
 *
 * In all of them PARTNER and SCORES have room for an element for each old row: its new row, or PAIRING_NONE, and how
 * alike the two are; 0 where the key says so.
 */
#ifndef PARTNERS_H
#define PARTNERS_H

#include "comparison.h"

/* Pairs all rows of OLD and NEW, by key and by text. Of rows with one key the first go with the first. STRICT keeps
   pairs of equal keys together whatever their text. */
void partners_by_key(struct table_comparison *table, const struct rows *old, const struct rows *new,
                     bool strict, size_t *partner, unsigned *scores);

/* Pairs rows beneath one project by their text. OLDS and NEWS are row indices; PARTNER gives places in NEWS. */
void partners_by_text(struct table_comparison *table, const struct rows *old, const size_t *olds,
                      size_t old_count, const struct rows *new, const size_t *news, size_t new_count,
                      size_t *partner, unsigned *scores);

/* Pairs rows with keys by what they are called, likewise. Names that hold other numbers are the same
   only under one key. */
void partners_by_name(struct table_comparison *table, const struct rows *old, const size_t *olds,
                      size_t old_count, const struct rows *new, const size_t *news, size_t new_count,
                      size_t *partner, unsigned *scores);

/* For each row of ROWS the first that has its key. Warns of keys that stand twice, naming both lines. The caller
   frees. */
size_t *partners_twins(const struct table_comparison *table, const struct form_columns *columns,
                       const struct rows *rows);

#endif
