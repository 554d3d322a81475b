/*
 * A set of keys; see keyset.h.
 *
 * Open addressing, at most half full. A slot is eight bytes, so that a million keys stay near the processor: some
 * bits of the key's hash, and where its record lies. The records lie end to end: length and place as numbers of
 * seven bits a byte, then the key.
 */
#include "keyset.h"

#include <stdlib.h>
#include <string.h>

/* The lower bits of a slot: the record's offset and one more; 0 is a free slot. A terabyte of keys is enough. */
#define OFFSET_BITS 40
#define OFFSET_MASK (((uint64_t)1 << OFFSET_BITS) - 1)
/* Longest number in front of a key. */
#define MAX_NUMBER 10

struct keyset {
    uint64_t *slots; /* NULL while the keys come in order */
    size_t cap;      /* a power of two */
    size_t count;
    struct buffer keys;
    struct text last; /* the key added last, while they come in order; its bytes lie in keys */
};

/* Eight bytes a step (multiply and fold); keys of a table are short and alike. */
uint64_t keyset_hash(struct text key) {
    uint64_t hash = 0x9E3779B97F4A7C15U ^ key.len;
    size_t at = 0;
    for (; at + sizeof(uint64_t) <= key.len; at += sizeof(uint64_t)) {
        uint64_t word;
        memcpy(&word, key.data + at, sizeof word);
        hash = (hash ^ word) * 0xD6E8FEB86659FD93U;
        hash ^= hash >> 32;
    }
    uint64_t word = 0;
    for (; at < key.len; at++)
        word = word << 8 | (unsigned char)key.data[at];
    hash = (hash ^ word) * 0xD6E8FEB86659FD93U;
    return hash ^ hash >> 32;
}

struct keyset *keyset_new(void) {
    struct keyset *keyset = memory_zeroed(1, sizeof *keyset);
    keyset->cap = 1024;
    keyset->slots = memory_zeroed(keyset->cap, sizeof *keyset->slots);
    return keyset;
}

struct keyset *keyset_new_in_order(void) {
    struct keyset *keyset = memory_zeroed(1, sizeof *keyset);
    keyset->cap = 512;
    return keyset;
}

bool keyset_in_order(const struct keyset *keyset) {
    return keyset->slots == NULL;
}

/* The digits of TEXT from AT on, without leading zeros. */
static struct text digits_at(struct text text, size_t at) {
    while (at < text.len && text.data[at] == '0')
        at++;
    size_t end = at;
    while (end < text.len && char_is_digit(text.data[end]))
        end++;
    return (struct text){text.data + at, end - at};
}

/* Whether B comes after A when runs of digits count as numbers; equal numbers of other forms do not. Whatever comes
   after something that comes after A comes after A: that is all that is needed. */
static bool comes_after(struct text a, struct text b) {
    size_t at = 0;
    while (at < a.len && at < b.len && a.data[at] == b.data[at])
        at++;
    if (at == a.len || at == b.len)
        return a.len < b.len;
    size_t run = at;
    while (run > 0 && char_is_digit(a.data[run - 1]))
        run--;
    if (char_is_digit(a.data[run]) && char_is_digit(b.data[run])) {
        struct text x = digits_at(a, run);
        struct text y = digits_at(b, run);
        return x.len != y.len ? x.len < y.len : text_compare(x, y) < 0;
    }
    return (unsigned char)a.data[at] < (unsigned char)b.data[at];
}

static void append_number(struct buffer *keys, uint64_t number) {
    for (; number >= 0x80; number >>= 7)
        keys->data[keys->len++] = (char)(number | 0x80);
    keys->data[keys->len++] = (char)number;
}

static uint64_t read_number(const char **at) {
    uint64_t number = 0;
    for (int shift = 0;; shift += 7) {
        unsigned char byte = (unsigned char)*(*at)++;
        number |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80)
            return number;
    }
}

/* The key of the record at an offset; *AT, the record's end, may be NULL. */
static struct text read_record(const struct keyset *keyset, size_t offset, uint64_t *place, size_t *end) {
    const char *at = keyset->keys.data + offset;
    struct text key;
    key.len = (size_t)read_number(&at);
    *place = read_number(&at);
    key.data = at;
    if (end != NULL)
        *end = (size_t)(at - keyset->keys.data) + key.len;
    return key;
}

static uint64_t make_slot(uint64_t hash, size_t offset) {
    return (hash & ~OFFSET_MASK) | (uint64_t)(offset + 1);
}

/* The slot of KEY, or the free one where it belongs; *PLACE is that of the key. */
static uint64_t *find_slot(const struct keyset *keyset, struct text key, uint64_t hash, uint64_t *place) {
    size_t i = (size_t)hash & (keyset->cap - 1);
    for (;; i = (i + 1) & (keyset->cap - 1)) {
        uint64_t *slot = &keyset->slots[i];
        if (*slot == 0)
            return slot;
        if (((*slot ^ hash) & ~OFFSET_MASK) == 0 &&
            text_equal(read_record(keyset, (size_t)(*slot & OFFSET_MASK) - 1, place, NULL), key))
            return slot;
    }
}

/* All keys into twice as many slots. */
static void grow(struct keyset *keyset) {
    free(keyset->slots);
    keyset->cap *= 2;
    while (keyset->count * 2 > keyset->cap)
        keyset->cap *= 2;
    keyset->slots = memory_zeroed(keyset->cap, sizeof *keyset->slots);
    size_t end;
    for (size_t offset = 0; offset < keyset->keys.len; offset = end) {
        uint64_t place;
        uint64_t hash = keyset_hash(read_record(keyset, offset, &place, &end));
        size_t to = (size_t)hash & (keyset->cap - 1);
        while (keyset->slots[to] != 0)
            to = (to + 1) & (keyset->cap - 1);
        keyset->slots[to] = make_slot(hash, offset);
    }
}

static void append_record(struct keyset *keyset, struct text key, uint64_t place) {
    struct buffer *keys = &keyset->keys;
    size_t needed = key.len + (size_t)2 * MAX_NUMBER;
    if (needed > keys->cap - keys->len)
        buffer_reserve(keys, needed);
    append_number(keys, key.len);
    append_number(keys, place);
    keyset->last = (struct text){keys->data + keys->len, key.len};
    if (key.len > 0)
        memcpy(keys->data + keys->len, key.data, key.len);
    keys->len += key.len;
    keyset->count++;
}

void keyset_expect(const struct keyset *keyset, uint64_t hash) {
    __builtin_prefetch(&keyset->slots[(size_t)hash & (keyset->cap - 1)], 1);
}

bool keyset_add(struct keyset *keyset, struct text key, uint64_t place, uint64_t *first) {
    if (keyset_in_order(keyset)) {
        if (keyset->count == 0 || comes_after(keyset->last, key)) {
            append_record(keyset, key, place);
            return true;
        }
        grow(keyset);
    }
    return keyset_add_hashed(keyset, key, keyset_hash(key), place, first);
}

bool keyset_add_hashed(struct keyset *keyset, struct text key, uint64_t hash, uint64_t place,
                       uint64_t *first) {
    uint64_t *slot = find_slot(keyset, key, hash, first);
    if (*slot != 0)
        return false;
    *slot = make_slot(hash, keyset->keys.len);
    append_record(keyset, key, place);
    if (keyset->count * 2 > keyset->cap)
        grow(keyset);
    return true;
}

bool keyset_find(const struct keyset *keyset, struct text key, uint64_t *first) {
    uint64_t place = 0;
    if (*find_slot(keyset, key, keyset_hash(key), &place) == 0)
        return false;
    if (first != NULL)
        *first = place;
    return true;
}

void keyset_free(struct keyset *keyset) {
    free(keyset->slots);
    buffer_free(&keyset->keys);
    free(keyset);
}
