/* Names under numbers; see names.h. An open hash table of numbers over an array of names. */
#include "names.h"

#include <stdlib.h>
#include <string.h>

#include "diagnostics.h"
#include "rows.h"

#define SHORT_NAMES 64
#define SHORT_LENGTH 8

struct short_name {
    uint64_t bytes;
    size_t len; /* 0: none yet */
    uint32_t number;
};

struct names {
    struct text *texts; /* each with memory of its own */
    size_t count;
    size_t cap;
    uint32_t *slots; /* number + 1; 0 is free */
    size_t slot_count;
    struct short_name short_names[SHORT_NAMES];
};

/* Most names are codes of a few letters: each is kept at a place of its own too, as a number, until another
   takes the place. */
static uint64_t short_bytes(struct text name) {
    uint64_t bytes = 0;
    memcpy(&bytes, name.data, name.len);
    return bytes;
}

static struct short_name *short_place(struct names *names, uint64_t bytes) {
    return &names->short_names[(bytes ^ bytes >> 7 ^ bytes >> 17) % SHORT_NAMES];
}

static size_t slot_of(const struct names *names, struct text name) {
    size_t mask = names->slot_count - 1;
    size_t slot = (size_t)text_hash(name) & mask;
    while (names->slots[slot] != 0 && !text_equal(names->texts[names->slots[slot] - 1], name))
        slot = (slot + 1) & mask;
    return slot;
}

static void build_slots(struct names *names, size_t slot_count) {
    free(names->slots);
    names->slots = memory_zeroed(slot_count, sizeof *names->slots);
    names->slot_count = slot_count;
    for (size_t i = 0; i < names->count; i++)
        names->slots[slot_of(names, names->texts[i])] = (uint32_t)i + 1;
}

struct names *names_new(void) {
    struct names *names = memory_zeroed(1, sizeof *names);
    build_slots(names, 64);
    names->texts = memory_reserve(NULL, &names->cap, 1, sizeof *names->texts);
    names->texts[names->count++] = (struct text){text_copy(TEXT("")), 0};
    names->slots[slot_of(names, TEXT(""))] = 1;
    return names;
}

static uint32_t long_number(struct names *names, struct text name) {
    size_t slot = slot_of(names, name);
    if (names->slots[slot] != 0)
        return names->slots[slot] - 1;
    if (names->count >= UINT32_MAX - 1)
        die("more than %lu different names", (unsigned long)(UINT32_MAX - 1));
    names->texts = memory_reserve(names->texts, &names->cap, names->count + 1, sizeof *names->texts);
    names->texts[names->count++] = (struct text){text_copy(name), name.len};
    names->slots[slot] = (uint32_t)names->count;
    if (names->count * 2 > names->slot_count)
        build_slots(names, names->slot_count * 2);
    return (uint32_t)names->count - 1;
}

uint32_t names_number(struct names *names, struct text name) {
    if (name.len == 0)
        return 0;
    if (name.len > SHORT_LENGTH)
        return long_number(names, name);
    uint64_t bytes = short_bytes(name);
    struct short_name *place = short_place(names, bytes);
    if (place->bytes != bytes || place->len != name.len)
        *place = (struct short_name){bytes, name.len, long_number(names, name)};
    return place->number;
}

uint32_t names_find(const struct names *names, struct text name) {
    size_t slot = slot_of(names, name);
    return names->slots[slot] == 0 ? UINT32_MAX : names->slots[slot] - 1;
}

struct text names_text(const struct names *names, uint32_t number) {
    return names->texts[number];
}

size_t names_count(const struct names *names) {
    return names->count;
}

struct numbered {
    struct text text;
    uint32_t number;
};

static int compare_numbered(const void *a, const void *b) {
    const struct numbered *left = a;
    const struct numbered *right = b;
    return text_compare_natural(left->text, right->text);
}

uint32_t *names_sort(struct names *names) {
    struct numbered *order = memory_zeroed(names->count, sizeof *order);
    for (size_t i = 0; i < names->count; i++)
        order[i] = (struct numbered){names->texts[i], (uint32_t)i};
    qsort(order, names->count, sizeof *order, compare_numbered);
    uint32_t *numbers = memory_zeroed(names->count, sizeof *numbers);
    for (size_t i = 0; i < names->count; i++) {
        numbers[order[i].number] = (uint32_t)i;
        names->texts[i] = order[i].text;
    }
    free(order);
    memset(names->short_names, 0, sizeof names->short_names);
    build_slots(names, names->slot_count);
    return numbers;
}

void names_free(struct names *names) {
    for (size_t i = 0; i < names->count; i++)
        free((char *)names->texts[i].data);
    free(names->texts);
    free(names->slots);
    free(names);
}
