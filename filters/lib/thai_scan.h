/*
 * Where Thai text needs a closer look, and what needs none copied at once: by vector instructions where there are any.
 */
#ifndef THAI_SCAN_H
#define THAI_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How many bytes before the first one are read, and so must be there. */
#define THAI_SCAN_BEFORE 8

/* Bytes of a word of 64 bits, a bit each, the first byte's the lowest. */
#define THAI_SCAN_WORD ((size_t)64)

/* What was found in a word, as bits. */
struct thai_found {
    uint64_t digits; /* the last byte of each Thai digit */
    /* Everything else that a step of thai.h may change: the last byte of each nikhahit and lakkhangyao, and of
       each sign that does not go with the one before it (out of order, doubled, two vowel signs on a letter);
       the first byte of characters among which odd spaces and zero-width characters are. Where the text is
       not Thai a bit may be set without need, but none is ever missing. */
    uint64_t others;
};

/* Looks over the word at DATA; for others than digits only if ALL. */
struct thai_found thai_scan(const char *data, bool all);

/* What thai_pack() did. */
struct thai_packed {
    size_t words;  /* taken */
    size_t made;   /* bytes written */
    size_t digits; /* how many were changed */
};

/*
 * Copies words from DATA to TO with Thai digits as ASCII digits, as long as thai_scan() finds nothing else in a word
 * (if ALL), the last of WORDS words never. A digit that the last word taken cuts is taken as far as it goes: its
 * first bytes are left out. No digit may be cut by DATA's beginning, but for one that an earlier call took so. TO
 * must have room for all words.
 */
struct thai_packed thai_pack(char *to, const char *data, size_t words, bool all);

#endif
