/*
 * Names that occur often, each kept once under a small number.
 */
#ifndef NAMES_H
#define NAMES_H

#include "buffer.h"

struct names;

/* An empty set. Number 0 is always the empty name. The caller frees with names_free(). */
struct names *names_new(void);

/* The number of NAME, a new one where it was not known. */
uint32_t names_number(struct names *names, struct text name);

/* The number of NAME, or UINT32_MAX where it is not known. */
uint32_t names_find(const struct names *names, struct text name);

/* The name with NUMBER; it lives until names_free(). */
struct text names_text(const struct names *names, uint32_t number);

/* How many names there are; numbers run from 0. */
size_t names_count(const struct names *names);

/* Numbers the names anew in the order of people (rows.h) and returns the new number of each old one; the caller
   frees it. */
uint32_t *names_sort(struct names *names);

void names_free(struct names *names);

#endif
