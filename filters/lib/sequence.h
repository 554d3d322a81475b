/*
 * Sequences: the numbers of a table's rows, which should count up, and those among them that were misprinted.
 */
#ifndef SEQUENCE_H
#define SEQUENCE_H

#include <stddef.h>

/* The numbers of a sequence are less than this: they have at most three digits. */
enum { SEQUENCE_NUMBERS = 1000 };

/* Fills NUMBERS with the right ones of rows that print the COUNT numbers PRINTED, each from 1. A row is
   misprinted when the most rows that can be right, before it and behind it, leave room for just the rows
   between them (1 2 54 4: 3), and no row prints the number that it should have. All others keep theirs: where
   rows are lost, or one is too many, nothing says which. Where a number is none of a sequence, nothing is mended. */
void sequence_mend(const int *printed, size_t count, int *numbers);

#endif
