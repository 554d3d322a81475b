/*
 * Letters of a text, for comparing what OCR may have garbled: blanks, punctuation and marks of emphasis do not count.
 */
#ifndef LETTERS_H
#define LETTERS_H

#include "buffer.h"

struct letters {
    uint32_t *codes; /* code points: letters (Latin ones lower), digits, Thai signs */
    size_t count;
    size_t cap;
    uint64_t marks; /* a bit for each letter, some share one: letters_missing() */
};

/* Fills LETTERS with those of TEXT (valid UTF-8); what was in it is forgotten, its memory used again. */
void letters_of(struct letters *letters, struct text text);

/* As letters_of(), of the first MOST letters alone. */
void letters_of_beginning(struct letters *letters, struct text text, size_t most);

void letters_free(struct letters *letters);

/* The edit distance (insertion, deletion, substitution, exchange of neighbours count 1 each: optimal string
   alignment), or BOUND + 1 when it is larger than BOUND. */
size_t letters_distance(const struct letters *a, const struct letters *b, size_t bound);

/* How many different letters of A do not stand in B, at least: so many errors lie between the two, at least. */
size_t letters_missing(const struct letters *a, const struct letters *b);

/* Whether the letters of PART stand in those of WHOLE, one behind the other; false for a part without letters. */
bool letters_contain(const struct letters *whole, const struct letters *part);

/* How alike two titles are, in percent of the shorter text's letters, when what the longer one has beyond the shorter
   one's length may be left out (a subtitle that only one of the two places prints). 0 when one is empty. */
int letters_similarity(const struct letters *a, const struct letters *b);

#endif
