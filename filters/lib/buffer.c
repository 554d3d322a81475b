/* Texts, growing buffers and checked memory; see buffer.h. */
#include "buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diagnostics.h"

void *memory_resize(void *memory, size_t count, size_t size) {
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        die("out of memory");
    void *resized = realloc(memory, bytes > 0 ? bytes : 1);
    if (resized == NULL)
        die("out of memory");
    return resized;
}

void *memory_reserve(void *memory, size_t *cap, size_t needed, size_t size) {
    if (needed <= *cap)
        return memory;
    size_t wanted = *cap < 8 ? 8 : *cap;
    while (wanted < needed) {
        if (__builtin_mul_overflow(wanted, 2, &wanted))
            die("out of memory");
    }
    *cap = wanted;
    return memory_resize(memory, wanted, size);
}

void *memory_zeroed(size_t count, size_t size) {
    void *memory = calloc(count > 0 ? count : 1, size);
    if (memory == NULL)
        die("out of memory");
    return memory;
}

char *text_copy(struct text text) {
    char *copy = memory_resize(NULL, text.len + 1, 1);
    if (text.len > 0)
        memcpy(copy, text.data, text.len);
    copy[text.len] = '\0';
    return copy;
}

struct text text_of(const char *string) {
    return (struct text){string, string != NULL ? strlen(string) : 0};
}

bool text_equal(struct text a, struct text b) {
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

bool text_starts(struct text text, struct text prefix) {
    return text.len >= prefix.len && (prefix.len == 0 || memcmp(text.data, prefix.data, prefix.len) == 0);
}

int text_number(struct text digits) {
    int value = 0;
    for (size_t i = 0; i < digits.len && i < 6; i++)
        value = value * 10 + (digits.data[i] - '0');
    return value;
}

int text_compare(struct text a, struct text b) {
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter > 0 ? memcmp(a.data, b.data, shorter) : 0;
    if (order != 0)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

size_t text_find(struct text text, struct text needle, size_t from) {
    if (from > text.len || needle.len > text.len - from)
        return SIZE_MAX;
    if (needle.len == 0)
        return from;
    /* The first two bytes of nearly all Thai letters are the same: the third tells them apart. */
    size_t telling = needle.len > 2 ? 2 : 0;
    const char *at = text.data + from + telling;
    const char *last = text.data + text.len - needle.len + telling;
    while (at <= last) {
        at = memchr(at, needle.data[telling], (size_t)(last - at) + 1);
        if (at == NULL)
            return SIZE_MAX;
        if (memcmp(at - telling, needle.data, needle.len) == 0)
            return (size_t)(at - telling - text.data);
        at++;
    }
    return SIZE_MAX;
}

size_t text_find_ascii(struct text text, size_t from) {
    const uint64_t high_bits = 0x8080808080808080U;
    uint64_t word = high_bits;
    size_t at = from;
    for (; text.len - at >= sizeof word; at += sizeof word) {
        memcpy(&word, text.data + at, sizeof word);
        if ((word & high_bits) != high_bits)
            break;
    }
    while (at < text.len && (unsigned char)text.data[at] >= 0x80)
        at++;
    return at;
}

size_t text_find_digit(struct text text, size_t from) {
    size_t at = text_find_ascii(text, from);
    while (at < text.len && (text.data[at] < '0' || text.data[at] > '9'))
        at = text_find_ascii(text, at + 1);
    return at;
}

struct text text_skip(struct text text, size_t count) {
    if (count > text.len)
        count = text.len;
    return (struct text){text.data + count, text.len - count};
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

struct text text_trim(struct text text) {
    while (text.len > 0 && is_blank(text.data[0]))
        text = text_skip(text, 1);
    while (text.len > 0 && is_blank(text.data[text.len - 1]))
        text.len--;
    return text;
}

bool text_next_line(struct text *rest, struct text *line) {
    if (rest->len == 0)
        return false;
    const char *end = memchr(rest->data, '\n', rest->len);
    *line = (struct text){rest->data, end != NULL ? (size_t)(end - rest->data) : rest->len};
    *rest = text_skip(*rest, line->len + (end != NULL ? 1 : 0));
    if (line->len > 0 && line->data[line->len - 1] == '\r')
        line->len--;
    return true;
}

bool text_next_piece(struct text *rest, char separator, struct text *piece) {
    if (rest->data == NULL)
        return false;
    const char *end = rest->len > 0 ? memchr(rest->data, separator, rest->len) : NULL;
    if (end == NULL) {
        *piece = *rest;
        *rest = (struct text){NULL, 0};
    } else {
        *piece = (struct text){rest->data, (size_t)(end - rest->data)};
        *rest = text_skip(*rest, piece->len + 1);
    }
    return true;
}

uint64_t text_hash(struct text text) {
    uint64_t hash = 14695981039346656037U;
    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.data[i]) * 1099511628211U;
    return hash;
}

void buffer_reserve(struct buffer *buffer, size_t more) {
    size_t needed;
    if (__builtin_add_overflow(buffer->len, more, &needed))
        die("out of memory");
    buffer->data = memory_reserve(buffer->data, &buffer->cap, needed, 1);
}

void buffer_append(struct buffer *buffer, const char *data, size_t len) {
    if (len == 0)
        return;
    buffer_reserve(buffer, len);
    memcpy(buffer->data + buffer->len, data, len);
    buffer->len += len;
}

void buffer_append_text(struct buffer *buffer, struct text text) {
    buffer_append(buffer, text.data, text.len);
}

void buffer_append_char(struct buffer *buffer, char c) {
    buffer_append(buffer, &c, 1);
}

void buffer_append_number(struct buffer *buffer, uint64_t number) {
    char digits[20];
    size_t start = sizeof digits;
    do {
        digits[--start] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    buffer_append(buffer, digits + start, sizeof digits - start);
}

void buffer_printf(struct buffer *buffer, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0)
        die("cannot format a message");
    buffer_reserve(buffer, (size_t)length + 1);
    vsnprintf(buffer->data + buffer->len, (size_t)length + 1, format, again);
    va_end(again);
    buffer->len += (size_t)length;
}

void buffer_clear(struct buffer *buffer) {
    buffer->len = 0;
}

struct text buffer_text(const struct buffer *buffer) {
    return (struct text){buffer->data, buffer->len};
}

void buffer_free(struct buffer *buffer) {
    free(buffer->data);
    *buffer = (struct buffer){0};
}
