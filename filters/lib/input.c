/*
 * Input in blocks and lines; see input.h.
 *
 * Bytes go through three stages, each with its own buffer: raw (from the file), plain (inflated), text (valid
 * UTF-8). A stage that has nothing to do hands on the bytes of the one before it.
 */
#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "byte_count.h"
#include "diagnostics.h"
#include "utf8.h"

/* Bytes read in one go: few enough to stay in the processor's nearest caches while the block is used. */
#define RAW_SIZE ((size_t)32 << 10)

struct input {
    const char *name;
    int fd;
    struct input_options options;

    char raw[RAW_SIZE];
    size_t raw_at;
    size_t raw_len;
    bool raw_ended;

    bool gzip;
    bool member_open; /* inside a gzip member: the end of the file here is a truncation */
    z_stream inflater;

    struct buffer plain; /* inflated or read bytes, from plain_at on not yet handed on */
    size_t plain_at;
    uint64_t plain_bytes; /* handed on so far */

    struct buffer text; /* the last block, where it is not simply part of plain */

    struct text rest; /* of the last block, for lines */
    struct buffer line;
    uint64_t line_number;

    uint64_t lines_before; /* line ends in the blocks handed on, for diagnostics */
    uint64_t column_before;
};

static void read_raw(struct input *input) {
    ssize_t got;
    do
        got = read(input->fd, input->raw, RAW_SIZE);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        die_at(input->name, 0, "cannot read: %s", strerror(errno));
    input->raw_at = 0;
    input->raw_len = (size_t)got;
    input->raw_ended = got == 0;
}

static void start_inflater(struct input *input) {
    if (inflateInit2(&input->inflater, 15 + 16) != Z_OK)
        die_at(input->name, 0, "cannot start to decompress: out of memory");
    input->gzip = true;
    input->member_open = true;
}

/* Looks for gzip's magic bytes at the beginning; a pipe may hand them over one by one. */
static void detect_gzip(struct input *input) {
    read_raw(input);
    if (input->raw_len == 1) {
        ssize_t got;
        do
            got = read(input->fd, input->raw + 1, RAW_SIZE - 1);
        while (got < 0 && errno == EINTR);
        if (got > 0)
            input->raw_len += (size_t)got;
    }
    if (input->raw_len >= 2 && (unsigned char)input->raw[0] == 0x1F && (unsigned char)input->raw[1] == 0x8B)
        start_inflater(input);
}

static int open_file(const char *name) {
    int fd = strcmp(name, "-") == 0 ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        die_at(name, 0, "cannot open: %s", strerror(errno));
    struct stat status;
    if (fstat(fd, &status) == 0 && S_ISDIR(status.st_mode))
        die_at(name, 0, "is a folder, not a file");
    return fd;
}

struct input *input_open(const char *path, const struct input_options *options) {
    const char *name = path != NULL ? path : "-";
    int fd = open_file(name);
    struct input *input = memory_zeroed(1, sizeof *input);
    input->name = name;
    input->fd = fd;
    if (options != NULL)
        input->options = *options;
    if (input->options.max_bytes == 0)
        input->options.max_bytes = INPUT_MAX_BYTES;
    if (input->options.max_line == 0)
        input->options.max_line = INPUT_MAX_LINE;
    detect_gzip(input);
    return input;
}

/* After a member's end: another member may follow, or zeros that pad the file; anything else is an error. */
static void start_next_member(struct input *input) {
    if (input->raw_at == input->raw_len)
        read_raw(input);
    while (!input->raw_ended && input->raw[input->raw_at] == '\0') {
        input->raw_at++;
        if (input->raw_at == input->raw_len)
            read_raw(input);
    }
    if (input->raw_ended)
        return;
    if ((unsigned char)input->raw[input->raw_at] != 0x1F)
        die_at(input->name, 0, "bytes that are no gzip data follow the gzip data");
    if (inflateReset(&input->inflater) != Z_OK)
        die_at(input->name, 0, "cannot go on decompressing");
    input->member_open = true;
}

static void inflate_more(struct input *input) {
    while (!input->raw_ended) {
        if (!input->member_open) {
            start_next_member(input);
            continue;
        }
        if (input->raw_at == input->raw_len) {
            read_raw(input);
            continue;
        }
        buffer_reserve(&input->plain, RAW_SIZE);
        z_stream *stream = &input->inflater;
        stream->next_in = (Bytef *)input->raw + input->raw_at;
        stream->avail_in = (uInt)(input->raw_len - input->raw_at);
        stream->next_out = (Bytef *)input->plain.data + input->plain.len;
        stream->avail_out = (uInt)RAW_SIZE;
        int result = inflate(stream, Z_NO_FLUSH);
        input->raw_at = input->raw_len - stream->avail_in;
        size_t made = RAW_SIZE - stream->avail_out;
        input->plain.len += made;
        if (result == Z_STREAM_END)
            input->member_open = false;
        else if (result != Z_OK && result != Z_BUF_ERROR)
            die_at(input->name, 0, "damaged gzip data: %s",
                   stream->msg != NULL ? stream->msg : "unknown fault");
        if (made > 0)
            return;
    }
    if (input->member_open)
        die_at(input->name, 0, "truncated gzip data: the file ends in the middle");
}

/* Appends what read() gives to plain, without a way through raw. */
static void read_plain(struct input *input) {
    buffer_reserve(&input->plain, RAW_SIZE);
    ssize_t got;
    do
        got = read(input->fd, input->plain.data + input->plain.len, RAW_SIZE);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        die_at(input->name, 0, "cannot read: %s", strerror(errno));
    input->plain.len += (size_t)got;
    input->raw_ended = got == 0;
}

/* Appends at least one byte to plain unless the input is at its end. */
static void fill_plain(struct input *input) {
    size_t before = input->plain.len;
    if (input->gzip) {
        inflate_more(input);
    } else if (input->raw_at < input->raw_len) {
        buffer_append(&input->plain, input->raw + input->raw_at, input->raw_len - input->raw_at);
        input->raw_at = input->raw_len;
    } else if (!input->raw_ended) {
        read_plain(input);
    }
    input->plain_bytes += input->plain.len - before;
    if (input->plain_bytes > input->options.max_bytes)
        die_at(input->name, 0, "larger than the limit of %llu bytes",
               (unsigned long long)input->options.max_bytes);
}

/* Keeps line and column of what was handed on, for diagnostics: BLOCK with ENDS line ends. */
static void count_place(struct input *input, struct text block, size_t ends) {
    size_t from = 0;
    if (ends > 0) {
        from = block.len;
        while (block.data[from - 1] != '\n')
            from--;
        input->column_before = 0;
    }
    input->lines_before += ends;
    input->column_before += utf8_count(text_skip(block, from));
}

/* BAD is what is not UTF-8; CUT: a character that the input's end cuts. */
static _Noreturn void die_invalid(struct input *input, struct text bad, bool cut) {
    struct text sample = {bad.data, bad.len < 4096 ? bad.len : 4096};
    if (cut)
        die_at(input->name, input->lines_before + 1,
               "column %llu: the input ends inside a character: it is cut off; --invalid=replace goes on "
               "with U+FFFD",
               (unsigned long long)input->column_before + 1);
    if (utf8_looks_like_874(sample))
        die_at(input->name, input->lines_before + 1,
               "column %llu: not UTF-8; it looks like TIS-620 (Windows-874): read it with --encoding=tis-620",
               (unsigned long long)input->column_before + 1);
    die_at(input->name, input->lines_before + 1,
           "column %llu: not UTF-8 (byte 0x%02X); --invalid=replace goes on with U+FFFD",
           (unsigned long long)input->column_before + 1, (unsigned)(unsigned char)bad.data[0]);
}

/* Hands on the valid bytes at the beginning of RAW, or one U+FFFD for a bad sequence there; *ENDS becomes the number
   of line ends among them. Returns false when RAW is only the beginning of a character, and more is needed. */
static bool take_utf8(struct input *input, struct text raw, bool at_end, struct text *block, size_t *ends) {
    size_t valid = utf8_valid_lines(raw, ends);
    if (valid > 0) {
        *block = (struct text){raw.data, valid};
        input->plain_at += valid;
        return true;
    }
    bool truncated;
    size_t bad = utf8_invalid(raw.data, raw.len, &truncated);
    if (truncated && !at_end)
        return false;
    if (input->options.invalid == INPUT_INVALID_DIES)
        die_invalid(input, raw, truncated);
    if (input->options.on_replaced != NULL)
        input->options.on_replaced(input->options.context, input->name, input->lines_before + 1,
                                   input->column_before + 1);
    input->plain_at += bad;
    buffer_clear(&input->text);
    utf8_append(&input->text, 0xFFFD);
    *block = buffer_text(&input->text);
    return true;
}

static void take_874(struct input *input, struct text raw, struct text *block) {
    buffer_clear(&input->text);
    size_t read = utf8_from_874(&input->text, raw);
    if (read == 0) {
        if (input->options.invalid == INPUT_INVALID_DIES)
            die_at(input->name, input->lines_before + 1,
                   "column %llu: byte 0x%02X has no character in TIS-620",
                   (unsigned long long)input->column_before + 1, (unsigned)(unsigned char)raw.data[0]);
        if (input->options.on_replaced != NULL)
            input->options.on_replaced(input->options.context, input->name, input->lines_before + 1,
                                       input->column_before + 1);
        utf8_append(&input->text, 0xFFFD);
        read = 1;
    }
    input->plain_at += read;
    *block = buffer_text(&input->text);
}

static void drop_taken(struct input *input) {
    size_t left = input->plain.len - input->plain_at;
    if (left > 0 && input->plain_at > 0)
        memmove(input->plain.data, input->plain.data + input->plain_at, left);
    input->plain.len = left;
    input->plain_at = 0;
}

bool input_block(struct input *input, struct text *block) {
    bool at_end = false;
    size_t ends = 0;
    for (;;) {
        struct text raw = text_skip(buffer_text(&input->plain), input->plain_at);
        bool taken = false;
        if (raw.len > 0 && input->options.encoding == INPUT_TIS620) {
            take_874(input, raw, block);
            ends = byte_count(*block, '\n');
            taken = true;
        } else if (raw.len > 0) {
            taken = take_utf8(input, raw, at_end, block, &ends);
        }
        if (taken)
            break;
        if (at_end)
            return false;
        drop_taken(input);
        size_t before = input->plain.len;
        fill_plain(input);
        at_end = input->plain.len == before;
    }
    if (input->options.refuse_nul && memchr(block->data, '\0', block->len) != NULL) {
        const char *nul = memchr(block->data, '\0', block->len);
        struct text before = {block->data, (size_t)(nul - block->data)};
        count_place(input, before, byte_count(before, '\n'));
        die_at(input->name, input->lines_before + 1, "column %llu: a NUL byte: this is binary, not text",
               (unsigned long long)input->column_before + 1);
    }
    count_place(input, *block, ends);
    return true;
}

bool input_keep_block(struct input *input, struct buffer *kept, struct text *block) {
    bool more = input_block(input, block);
    buffer_clear(kept);
    if (more && block->data == input->text.data) {
        buffer_append_text(kept, *block);
        *block = buffer_text(kept);
    } else if (more) {
        buffer_append_text(kept, text_skip(buffer_text(&input->plain), input->plain_at));
        struct buffer plain = input->plain;
        input->plain = *kept;
        input->plain_at = 0;
        *kept = plain;
    }
    return more;
}

static void check_line(struct input *input, size_t len) {
    if (len > input->options.max_line)
        die_at(input->name, input->line_number + 1, "line longer than the limit of %zu bytes",
               input->options.max_line);
}

bool input_line(struct input *input, struct text *line) {
    buffer_clear(&input->line);
    for (;;) {
        if (input->rest.len == 0 && !input_block(input, &input->rest)) {
            if (input->line.len == 0)
                return false;
            *line = buffer_text(&input->line);
            break;
        }
        const char *end = memchr(input->rest.data, '\n', input->rest.len);
        size_t len = end != NULL ? (size_t)(end - input->rest.data) + 1 : input->rest.len;
        struct text piece = {input->rest.data, len};
        input->rest = text_skip(input->rest, len);
        check_line(input, input->line.len + len);
        if (end != NULL && input->line.len == 0) {
            *line = piece;
            break;
        }
        buffer_append_text(&input->line, piece);
        if (end != NULL) {
            *line = buffer_text(&input->line);
            break;
        }
    }
    input->line_number++;
    return true;
}

struct text input_ready(struct input *input) {
    struct text none = {NULL, 0};
    if (input->rest.len == 0 && !input_block(input, &input->rest))
        return none;
    return input->rest.len <= input->options.max_line ? input->rest : none;
}

void input_take_lines(struct input *input, size_t len, uint64_t count) {
    input->rest = text_skip(input->rest, len);
    input->line_number += count;
}

uint64_t input_line_number(const struct input *input) {
    return input->line_number;
}

const char *input_name(const struct input *input) {
    return input->name;
}

void input_close(struct input *input) {
    if (input->gzip)
        inflateEnd(&input->inflater);
    if (input->fd != STDIN_FILENO)
        close(input->fd);
    buffer_free(&input->plain);
    buffer_free(&input->text);
    buffer_free(&input->line);
    free(input);
}
