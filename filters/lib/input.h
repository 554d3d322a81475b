/*
 * Input: files and standard input, plain or gzip, in blocks or lines of valid UTF-8.
 *
 * Gzip is recognised by its magic bytes, not by the file's name; concatenated members are read one after the
 * other. What cannot be read ends the program with status 2 and the file's name; a limit that is passed does
 * so too: nothing is ever cut. A byte order mark and CRLF are left as they are, so that a reader can account
 * for every byte.
 */
#ifndef INPUT_H
#define INPUT_H

#include "buffer.h"

/* What to do with bytes that are not UTF-8. */
enum input_invalid {
    INPUT_INVALID_DIES,     /* end with status 2, naming line and column */
    INPUT_INVALID_REPLACED, /* put U+FFFD for each maximal bad sequence, and tell the listener */
};

enum input_encoding { INPUT_UTF8, INPUT_TIS620 };

struct input_options {
    enum input_invalid invalid;
    enum input_encoding encoding;
    uint64_t max_bytes; /* of a whole input, decompressed; 0: INPUT_MAX_BYTES */
    size_t max_line;    /* bytes of a line; 0: INPUT_MAX_LINE */
    bool refuse_nul;    /* a NUL byte ends the program: the input is binary and no text */
    /* Called for each bad sequence that was replaced; LINE and COLUMN (in characters) count from 1. May be
     * NULL. */
    void (*on_replaced)(void *context, const char *file, uint64_t line, uint64_t column);
    void *context;
};

#define INPUT_MAX_BYTES ((uint64_t)1 << 40)
#define INPUT_MAX_LINE ((size_t)64 << 20)

struct input;

/* Opens PATH (`-` or NULL: standard input) and reads its first bytes. OPTIONS may be NULL for the defaults;
   it is copied. Dies when the file cannot be opened or is a folder. The caller closes with input_close(). */
struct input *input_open(const char *path, const struct input_options *options);

/* The next block of valid UTF-8, never cut inside a character; it lives until the next call. False at the
 * end. */
bool input_block(struct input *input, struct text *block);

/* The same, but the block's bytes become those of KEPT, in exchange for what it held: they live until KEPT is
   changed. */
bool input_keep_block(struct input *input, struct buffer *kept, struct text *block);

/* The next line with its LF (the last one may have none); it lives until the next call. False at the end. */
bool input_line(struct input *input, struct text *line);

/* The bytes that lie ready behind the last line given, without taking them; they live until the next call of
   input_line() or input_ready(). None at the end, and where lines among them may be longer than the limit: only
   input_line() tells. */
struct text input_ready(struct input *input);

/* Takes the first LEN bytes of those ready: COUNT whole lines. */
void input_take_lines(struct input *input, size_t len, uint64_t count);

/* The number of the line that was given or taken last, from 1; 0 before the first. */
uint64_t input_line_number(const struct input *input);

/* The name for diagnostics: the path, or `-`. Lives as long as the input. */
const char *input_name(const struct input *input);

void input_close(struct input *input);

#endif
