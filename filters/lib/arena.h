/*
 * Texts that stay where they are until all of them are freed at once.
 */
#ifndef ARENA_H
#define ARENA_H

#include "buffer.h"

struct arena_chunk;

/* All zero is an empty arena. */
struct arena {
    struct arena_chunk *chunks; /* the newest first */
};

/* LEN bytes that live as long as the arena, not aligned for anything but bytes. */
char *arena_take(struct arena *arena, size_t len);

/* A copy of TEXT that lives as long as the arena. */
struct text arena_copy(struct arena *arena, struct text text);

/* Takes all texts of OTHER, which is empty then. */
void arena_take_over(struct arena *arena, struct arena *other);

void arena_free(struct arena *arena);

#endif
