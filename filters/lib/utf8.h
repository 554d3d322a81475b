/*
 * UTF-8 and the single-byte Thai encodings.
 *
 * Sources: RFC 3629 (UTF-8), Unicode 15 chapter 3 (substitution of maximal subparts), TIS 620-2533 and
 * Microsoft's code page 874.
 */
#ifndef UTF8_H
#define UTF8_H

#include "buffer.h"

/* The length in bytes of the valid sequence at DATA (LEN > 0 bytes), 0 when the bytes there are not valid. */
size_t utf8_sequence(const char *data, size_t len);

/* How many bytes at DATA, where no valid sequence begins, are to be replaced by one U+FFFD. When the bytes
   could still become a valid sequence if more followed, *TRUNCATED is true. */
size_t utf8_invalid(const char *data, size_t len, bool *truncated);

/* The offset of the first byte that is not valid UTF-8, or TEXT.len. */
size_t utf8_valid_prefix(struct text text);

/* The same; *LINE_ENDS becomes how many LFs there are before that offset. */
size_t utf8_valid_lines(struct text text, size_t *line_ends);

/* The code point at *AT, which must lie in valid UTF-8; moves *AT behind it. Here, since all texts go through it a
   letter at a time. */
static inline uint32_t utf8_decode(struct text text, size_t *at) {
    const unsigned char *bytes = (const unsigned char *)text.data + *at;
    if (bytes[0] < 0x80) {
        *at += 1;
        return bytes[0];
    }
    if (bytes[0] < 0xE0) {
        *at += 2;
        return (uint32_t)(bytes[0] & 0x1F) << 6 | (bytes[1] & 0x3FU);
    }
    if (bytes[0] < 0xF0) {
        *at += 3;
        return (uint32_t)(bytes[0] & 0x0F) << 12 | (uint32_t)(bytes[1] & 0x3F) << 6 | (bytes[2] & 0x3FU);
    }
    *at += 4;
    return (uint32_t)(bytes[0] & 0x07) << 18 | (uint32_t)(bytes[1] & 0x3F) << 12 |
           (uint32_t)(bytes[2] & 0x3F) << 6 | (bytes[3] & 0x3FU);
}

/* Appends a code point as UTF-8. */
void utf8_append(struct buffer *buffer, uint32_t code);

/* How many code points TEXT has. */
size_t utf8_count(struct text text);

/* Appends TEXT, read as code page 874 (a superset of TIS-620). Returns the offset of the first byte that has
   no character there, or TEXT.len when all could be read. */
size_t utf8_from_874(struct buffer *buffer, struct text text);

/* Whether bytes that are not UTF-8 look like code page 874: most of the high bytes are Thai letters there. */
bool utf8_looks_like_874(struct text text);

#endif
