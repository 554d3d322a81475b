/*
 * The catalogue: the projects that a strategy's summary table names, for finding the right number of a project whose
 * heading has it misprinted, or not at all.
 */
#ifndef CATALOGUE_H
#define CATALOGUE_H

#include <stdint.h>

#include "buffer.h"
#include "letters.h"

struct catalogue_entry {
    int number;  /* the right one by the table's sequence; 0 for a project without a number */
    int printed; /* the row's */
    int sub;     /* of a sub-project, else 0 */
    uint64_t line;
    struct letters title;
};

struct catalogue {
    struct catalogue_entry *entries;
    size_t count;
    size_t cap;
    bool added;             /* since the numbers were settled */
    struct letters letters; /* of the title looked for */
};

/* Forgets all entries. */
void catalogue_clear(struct catalogue *catalogue);

/* Adds what the row on LINE prints; its NUMBER is less than SEQUENCE_NUMBERS. */
void catalogue_add(struct catalogue *catalogue, int number, int sub, struct text title, uint64_t line);

/* Settles the entries' right numbers, if rows were added; all that follows does it first. */
void catalogue_settle(struct catalogue *catalogue);

/* The entry with this number, or NULL. */
const struct catalogue_entry *catalogue_number(struct catalogue *catalogue, int number, int sub);

/* The details have the project of an entry whose number the sequence mended, or could not: where a heading
   prints NUMBER and a title like the row's, LIKENESS percent at least, a row that prints NUMBER too is right;
   where the project NUMBER comes next by the order, a last row out of number has NUMBER. */
void catalogue_agree(struct catalogue *catalogue, int number, struct text title, int likeness);
void catalogue_count_on(struct catalogue *catalogue, int number, struct text title, int likeness);

/* How alike TITLE and the entry's title are, in percent (letters_similarity). */
int catalogue_likeness(struct catalogue *catalogue, const struct catalogue_entry *entry, struct text title);

/* The entry whose title is most like TITLE, and how much; NULL when there are no entries. Of equals the first.
   Sub-projects only when SUBS. */
const struct catalogue_entry *catalogue_nearest(struct catalogue *catalogue, struct text title, bool subs,
                                                int *likeness);

/* The sub-project of project NUMBER, behind its sub-project SUB, whose title is most like TITLE, and how much; NULL
   when there is none. Of equals the first. */
const struct catalogue_entry *catalogue_nearest_sub(struct catalogue *catalogue, int number, int sub,
                                                    struct text title, int *likeness);

void catalogue_free(struct catalogue *catalogue);

#endif
