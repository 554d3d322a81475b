/*
 * Patterns: PCRE2 regular expressions over UTF-8, compiled once with JIT, with limits on what a match may
 * cost.
 *
 * Every subject must be valid UTF-8 (what input.h hands out is); it is not checked again.
 */
#ifndef PATTERN_H
#define PATTERN_H

#include "buffer.h"

struct pattern;

/* Groups that a match can hold, the whole match included. */
#define PATTERN_MAX_GROUPS 24

/* Where a pattern matched: texts inside the subject, so they live as long as it. */
struct match {
    const struct pattern *pattern;
    /* 0 is the whole match; data is NULL for a group that took no part. */
    struct text groups[PATTERN_MAX_GROUPS];
    size_t start; /* of the whole match, in bytes */
    size_t end;
};

/* Compiles SOURCE. A pattern that is wrong ends the program with FILE, LINE and what is wrong. The caller
 * frees. */
struct pattern *pattern_compile(struct text source, const char *file, uint64_t line);

/* Whether PATTERN matches in SUBJECT at or after the byte FROM. MATCH may be NULL. A match that costs more
   than the limits (ten million steps; 16 MiB of stack, or 64 MiB of heap where patterns are not compiled to machine
   code) ends the program with status 2: better than a wrong answer. A pattern is of one thread alone. */
bool pattern_match(const struct pattern *pattern, struct text subject, size_t from, struct match *match);

/* Copies TEXT into COPY, which is emptied first, with a blank for each match of PATTERN, which matches no empty text.
   Returns what COPY holds then. TEXT is not in COPY. */
struct text pattern_blank_out(const struct pattern *pattern, struct text text, struct buffer *copy);

/* The group called NAME; data is NULL when it took no part or the pattern has no such group. */
struct text match_group(const struct match *match, const char *name);

void pattern_free(struct pattern *pattern);

#endif
