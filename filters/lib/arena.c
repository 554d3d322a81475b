/* Texts in chunks; see arena.h. */
#include "arena.h"

#include <stdlib.h>
#include <string.h>

#define CHUNK_SIZE ((size_t)64 << 10)

struct arena_chunk {
    struct arena_chunk *next;
    size_t used;
    size_t size;
    char bytes[];
};

static struct arena_chunk *new_chunk(size_t size) {
    struct arena_chunk *chunk = memory_resize(NULL, sizeof *chunk + size, 1);
    *chunk = (struct arena_chunk){.size = size};
    return chunk;
}

char *arena_take(struct arena *arena, size_t len) {
    struct arena_chunk *newest = arena->chunks;
    if (newest == NULL || newest->size - newest->used < len) {
        struct arena_chunk *chunk = new_chunk(len > CHUNK_SIZE / 4 ? len : CHUNK_SIZE);
        /* A chunk made for one long text goes behind the newest, which still has room. */
        if (newest != NULL && chunk->size != CHUNK_SIZE) {
            chunk->next = newest->next;
            newest->next = chunk;
        } else {
            chunk->next = newest;
            arena->chunks = chunk;
        }
        newest = chunk;
    }
    char *taken = newest->bytes + newest->used;
    newest->used += len;
    return taken;
}

struct text arena_copy(struct arena *arena, struct text text) {
    if (text.len == 0)
        return (struct text){"", 0};
    char *copy = arena_take(arena, text.len);
    memcpy(copy, text.data, text.len);
    return (struct text){copy, text.len};
}

void arena_take_over(struct arena *arena, struct arena *other) {
    struct arena_chunk **end = &arena->chunks;
    while (*end != NULL)
        end = &(*end)->next;
    *end = other->chunks;
    other->chunks = NULL;
}

void arena_free(struct arena *arena) {
    while (arena->chunks != NULL) {
        struct arena_chunk *next = arena->chunks->next;
        free(arena->chunks);
        arena->chunks = next;
    }
}
