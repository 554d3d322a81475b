/*
 * The catalogue: the projects that a strategy's summary table names, for finding the right number of a project whose
 * heading has it misprinted, or not at all.
 */
#ifndef CATALOGUE_H
#define CATALOGUE_H

#include "buffer.h"
#include "letters.h"

struct catalogue_entry {
    int number; /* 0 for a project without a number */
    int sub;    /* of a sub-project, else 0 */
    struct letters title;
};

struct catalogue {
    struct catalogue_entry *entries;
    size_t count;
    size_t cap;
    struct letters letters; /* of the title looked for */
};

/* Forgets all entries. */
void catalogue_clear(struct catalogue *catalogue);

void catalogue_add(struct catalogue *catalogue, int number, int sub, struct text title);

/* The entry with this number, or NULL. */
const struct catalogue_entry *catalogue_number(const struct catalogue *catalogue, int number, int sub);

/* How alike TITLE and the entry's title are, in percent (letters_similarity). */
int catalogue_likeness(struct catalogue *catalogue, const struct catalogue_entry *entry, struct text title);

/* The entry whose title is most like TITLE, and how much; NULL when there are no entries. Of equals the first. Sub-projects
   only when SUBS. */
const struct catalogue_entry *catalogue_nearest(struct catalogue *catalogue, struct text title, bool subs,
                                                int *likeness);

void catalogue_free(struct catalogue *catalogue);

#endif
