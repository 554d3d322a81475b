/*
 * Text as (pointer, length), buffers that grow, and memory that is there or ends the program.
 *
 * A struct text never owns its bytes: whoever made them says how long they live. A struct buffer owns its
 * bytes until buffer_free(). No function here returns for lack of memory: it dies with status 2.
 */
#ifndef BUFFER_H
#define BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text {
    const char *data;
    size_t len; /* bytes */
};

struct buffer {
    char *data; /* NULL while nothing was ever put in */
    size_t len; /* bytes in use */
    size_t cap; /* bytes allocated */
};

/* A text of a string literal. */
#define TEXT(literal) ((struct text){(literal), sizeof(literal) - 1})

/* realloc() for COUNT elements of SIZE bytes; checks the product; dies when there is no memory. */
void *memory_resize(void *memory, size_t count, size_t size);

/* Grows an array to hold at least NEEDED elements of SIZE bytes, at least doubling *CAP; returns the array.
 */
void *memory_reserve(void *memory, size_t *cap, size_t needed, size_t size);

/* COUNT elements of SIZE bytes, all zero. The caller frees. */
void *memory_zeroed(size_t count, size_t size);

/* A copy of TEXT as a C string. The caller frees. */
char *text_copy(struct text text);

/* The text of a C string (NULL is empty); lives as long as the string. */
struct text text_of(const char *string);

bool text_equal(struct text a, struct text b);
bool text_starts(struct text text, struct text prefix);

/* Bytewise order: negative, 0 or positive. */
int text_compare(struct text a, struct text b);

/* The offset of NEEDLE's first place in TEXT at or after FROM, or SIZE_MAX where there is none. */
size_t text_find(struct text text, struct text needle, size_t from);

/* The offset of the first ASCII byte of TEXT at or after FROM, or its length where there is none. What is not ASCII
   is passed eight bytes at a time: most of the text is Thai, and what matters there is nearly always ASCII. */
size_t text_find_ascii(struct text text, size_t from);

/* The offset of the first ASCII digit of TEXT at or after FROM, or its length where there is none. */
size_t text_find_digit(struct text text, size_t from);

/* TEXT without the first COUNT bytes (at most all of them). */
struct text text_skip(struct text text, size_t count);

/* Whether C is an ASCII digit. */
static inline bool char_is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* The number that DIGITS, ASCII digits alone, print; of more than six the first six. 0 for none. */
int text_number(struct text digits);

/* TEXT without blanks, tabs, line ends and page ends (form feeds) at both ends. */
struct text text_trim(struct text text);

/* Takes the next line from REST, without its line end (LF or CRLF), and moves REST behind it; false at the
 * end. */
bool text_next_line(struct text *rest, struct text *line);

/* Takes the piece of REST up to SEPARATOR, and moves REST behind it. A text with n separators gives n + 1
   pieces; REST->data is NULL after the last, and then it returns false. */
bool text_next_piece(struct text *rest, char separator, struct text *piece);

/* FNV-1a, 64 bits: a hash for tables in memory, never for what is stored. */
uint64_t text_hash(struct text text);

void buffer_reserve(struct buffer *buffer, size_t more);
void buffer_append(struct buffer *buffer, const char *data, size_t len);
void buffer_append_text(struct buffer *buffer, struct text text);
void buffer_append_char(struct buffer *buffer, char c);
void buffer_append_number(struct buffer *buffer, uint64_t number);
void buffer_printf(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Empties the buffer and keeps its memory. */
void buffer_clear(struct buffer *buffer);

/* What the buffer holds; lives until the buffer is changed. */
struct text buffer_text(const struct buffer *buffer);

/* Takes the buffer's memory back; the buffer is empty and can be used again. */
void buffer_free(struct buffer *buffer);

#endif
