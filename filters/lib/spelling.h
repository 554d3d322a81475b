/*
 * The words of the form, known again where OCR got one letter wrong.
 *
 * The words that patterns and tables look for stand in the profile's words.csv, by the place where they are looked for;
 * of months.csv the names without a point belong to the place `date`. A word is known with one letter wrong, missing,
 * too many (a blank too) or exchanged with its neighbour, one of nine letters or more with two. With k errors, one of k
 * + 1 pieces of a word is free of them (S. Wu and U. Manber, «Fast text searching allowing errors», 1992). Words of
 * less than five letters are not looked for. The words of the place `right` are those of the language that are only a
 * letter away from a word of the form: where one of them stands, nothing is misspelt.
 */
#ifndef SPELLING_H
#define SPELLING_H

#include "buffer.h"
#include "profile.h"

struct spelling;

/* A word that was mended: as printed, in the text that was handed in, and as the profile has it. */
struct misspelling {
    struct text printed;
    struct text word;
};

/* Reads the profile's words; dies when they cannot be read. The caller closes. */
struct spelling *spelling_open(struct profile *profile);
void spelling_close(struct spelling *spelling);

/* TEXT (normalized) with the misspelt words of PLACE put right; TEXT itself when there are none. The first of them
   goes into FIRST. What is returned lives until the next call but one, so that a part of it can be handed in again. */
struct text spelling_mend(struct spelling *spelling, const char *place, struct text text,
                          struct misspelling *first);

#endif
