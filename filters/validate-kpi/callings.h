/*
 * How agencies are called: the rows of the profile's agencies.csv.
 */
#ifndef CALLINGS_H
#define CALLINGS_H

#include "check.h"

struct calling {
    struct text code;
    bool garbled; /* a misprint that is known */
    bool brief;   /* an abbreviation */
    struct text name;
};

struct callings {
    struct calling *items;
    size_t count;
    size_t cap;
};

/* Reads agencies.csv, where the profile has one, into CALLINGS, which is empty. The texts live as long as the check;
   the caller frees the rest by callings_free(). */
void callings_read(struct callings *callings, struct check *check);
void callings_free(struct callings *callings);

/* Whether the name stands in TEXT, not as the tail of a longer word. */
bool calling_stands_in(const struct calling *calling, struct text text);

/* Whether TEXT, or a word of it, is like a name of the agency CODE: perhaps a misprint of it. */
bool callings_are_like(const struct callings *callings, struct text code, struct text text);

/* The word of TEXT that is like an abbreviation of the agency CODE, where none of its abbreviations stands; empty where
   there is no such word. */
struct text callings_misprint(const struct callings *callings, struct text code, struct text text);

#endif
