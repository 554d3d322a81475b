/*
 * Picked columns; see picked.h.
 *
 * libcsv hands over every field. Of those that are not wanted only the line ends inside must be counted, and
 * only a quoted field can hold any: so the text is given to libcsv in stretches with quotation marks and
 * stretches without, and only in the former are fields looked through.
 */
#include "picked.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "diagnostics.h"

#define MAX_FIELD ((size_t)256 << 20)
#define UNWANTED UINT8_MAX

struct picked {
    struct input *input;
    const struct picked_calls *calls;
    void *context;
    struct csv_parser parser;

    struct buffer header; /* the names end to end */
    size_t *header_ends;  /* offsets into it */
    size_t column_count;
    size_t column_cap;
    size_t place_count;
    size_t wanted[PICKED_MAX + 1]; /* columns in rising order, then SIZE_MAX */
    size_t next;                   /* of the wanted columns */
    uint8_t *places;               /* for each column, UNWANTED or where its field goes */
    bool has_header;

    size_t column; /* of the field that comes next */
    struct buffer bytes;
    size_t starts[PICKED_MAX]; /* of the wanted fields, in bytes */
    size_t lens[PICKED_MAX];
    struct text fields[PICKED_MAX]; /* as they are handed over */
    bool quotes;                    /* fields may hold line ends */
    bool row_ended;                 /* the last thing parsed was a line end behind a row */
    uint64_t line;
    uint64_t row_line;
    uint64_t rows;      /* ended so far */
    size_t since_field; /* bytes that were parsed and gave no field yet, at least */
};

static void count_lines(struct picked *picked, const char *data, size_t len) {
    const char *end = data + len;
    while (data < end && (data = memchr(data, '\n', (size_t)(end - data))) != NULL) {
        picked->line++;
        data++;
    }
}

static void take_name(struct picked *picked, struct text name) {
    if (picked->column == 0 && text_starts(name, TEXT("\xEF\xBB\xBF")))
        name = text_skip(name, 3);
    picked->header_ends = memory_reserve(picked->header_ends, &picked->column_cap, picked->column + 1,
                                         sizeof *picked->header_ends);
    buffer_append_text(&picked->header, name);
    picked->header_ends[picked->column] = picked->header.len;
    picked->column_count = picked->column + 1;
}

static void take_field(struct picked *picked, size_t place, const char *data, size_t len) {
    struct buffer *bytes = &picked->bytes;
    if (bytes->cap - bytes->len < len)
        buffer_reserve(bytes, len);
    picked->starts[place] = bytes->len;
    picked->lens[place] = len;
    if (len > 0)
        memcpy(bytes->data + bytes->len, data, len);
    bytes->len += len;
}

static void on_header_field(void *data, size_t len, void *context) {
    struct picked *picked = context;
    if (picked->quotes)
        count_lines(picked, data, len);
    take_name(picked, (struct text){data, len});
    picked->column++;
}

/* This is called for every field: it does as little as it can. */
static void on_field(void *data, size_t len, void *context) {
    struct picked *picked = context;
    if (picked->quotes)
        count_lines(picked, data, len);
    if (picked->column++ != picked->wanted[picked->next])
        return;
    take_field(picked, picked->places[picked->wanted[picked->next]], data, len);
    picked->next++;
}

static struct text header_name(const struct picked *picked, size_t column) {
    size_t from = column > 0 ? picked->header_ends[column - 1] : 0;
    return (struct text){picked->header.data + from, picked->header_ends[column] - from};
}

static void end_header(struct picked *picked) {
    for (size_t i = 0; i < picked->column_count; i++) {
        struct text name = header_name(picked, i);
        for (size_t j = 0; j < i; j++) {
            if (text_equal(header_name(picked, j), name))
                die_at(input_name(picked->input), picked->row_line, "the header has the column '%.*s' twice",
                       (int)name.len, name.data);
        }
    }
    picked->places = memory_resize(NULL, picked->column_count, 1);
    memset(picked->places, UNWANTED, picked->column_count);
    picked->has_header = true;
    picked->calls->header(picked, picked->context);
    size_t count = 0;
    for (size_t i = 0; i < picked->column_count; i++) {
        if (picked->places[i] != UNWANTED)
            picked->wanted[count++] = i;
    }
    picked->wanted[count] = SIZE_MAX;
}

static void end_row(struct picked *picked) {
    struct text *fields = picked->fields;
    if (picked->column != picked->column_count)
        die_at(input_name(picked->input), picked->row_line, "the row has %zu fields, the header %zu",
               picked->column, picked->column_count);
    for (size_t i = 0; i < picked->place_count; i++)
        fields[i] = (struct text){picked->bytes.data + picked->starts[i], picked->lens[i]};
    picked->calls->row(fields, picked->row_line, picked->context);
    picked->bytes.len = 0;
}

/* CSV_REPALL_NL makes libcsv report each line end of its own, that of a blank line and the LF of a CRLF too:
   such a «row» has no field. So lines can be counted. */
static void on_row(int terminator, void *context) {
    struct picked *picked = context;
    if (picked->column > 0) {
        if (picked->has_header)
            end_row(picked);
        else
            end_header(picked);
    }
    picked->column = 0;
    picked->next = 0;
    picked->rows++;
    picked->row_ended = terminator == '\n';
    if (terminator == '\n')
        picked->line++;
    picked->row_line = picked->line;
}

static void parse(struct picked *picked, struct text text) {
    size_t column = picked->column;
    uint64_t rows = picked->rows;
    void (*field)(void *, size_t, void *) = picked->has_header ? on_field : on_header_field;
    if (csv_parse(&picked->parser, text.data, text.len, field, on_row, picked) != text.len) {
        int error = csv_error(&picked->parser);
        if (error == CSV_EPARSE)
            die_at(input_name(picked->input), picked->line,
                   "malformed CSV: a quote inside an unquoted field, or text behind a closing quote");
        die_at(input_name(picked->input), picked->line, "malformed CSV: %s", csv_strerror(error));
    }
    if (picked->column != column || picked->rows != rows)
        picked->since_field = 0;
    else
        picked->since_field += text.len;
    if (picked->since_field > MAX_FIELD)
        die_at(input_name(picked->input), picked->row_line, "field longer than the limit of %zu bytes",
               MAX_FIELD);
}

/* How much of TEXT can be parsed at once: up to the beginning of the line with the next quotation mark, or,
   where that is here, to the end of the line. The header, too, is a stretch of its own. */
static size_t stretch(struct picked *picked, struct text text) {
    bool here = picked->quotes || !picked->has_header;
    const char *quote = here ? text.data : memchr(text.data, '"', text.len);
    if (quote == NULL)
        return text.len;
    while (quote > text.data && quote[-1] != '\n')
        quote--;
    if (quote > text.data)
        return (size_t)(quote - text.data);
    picked->quotes = true;
    const char *end = memchr(text.data, '\n', text.len);
    return end != NULL ? (size_t)(end - text.data) + 1 : text.len;
}

static void parse_block(struct picked *picked, struct text block) {
    while (block.len > 0) {
        size_t len = stretch(picked, block);
        picked->row_ended = false;
        parse(picked, (struct text){block.data, len});
        if (picked->row_ended && block.data[len - 1] == '\n')
            picked->quotes = false;
        block = text_skip(block, len);
    }
}

static void free_picked(struct picked *picked) {
    csv_free(&picked->parser);
    input_close(picked->input);
    buffer_free(&picked->header);
    buffer_free(&picked->bytes);
    free(picked->header_ends);
    free(picked->places);
    free(picked);
}

void picked_read(const char *path, const struct input_options *options, const struct picked_calls *calls,
                 void *context) {
    struct picked *picked = memory_zeroed(1, sizeof *picked);
    struct text block;
    picked->input = input_open(path, options);
    picked->calls = calls;
    picked->context = context;
    picked->line = 1;
    picked->row_line = 1;
    if (csv_init(&picked->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0)
        die("cannot start to read CSV: out of memory");
    while (input_block(picked->input, &block))
        parse_block(picked, block);
    if (csv_fini(&picked->parser, picked->has_header ? on_field : on_header_field, on_row, picked) != 0)
        die_at(input_name(picked->input), picked->line, "malformed CSV: the file ends inside a quoted field");
    if (!picked->has_header)
        die_at(input_name(picked->input), 0, "empty: a table has at least a header line");
    free_picked(picked);
}

size_t picked_column(const struct picked *picked, const char *name) {
    for (size_t i = 0; i < picked->column_count; i++) {
        if (text_equal(header_name(picked, i), text_of(name)))
            return i;
    }
    return PICKED_NO_COLUMN;
}

void picked_want(struct picked *picked, size_t column, size_t place) {
    picked->places[column] = (uint8_t)place;
    if (place >= picked->place_count)
        picked->place_count = place + 1;
}

const char *picked_name(const struct picked *picked) {
    return input_name(picked->input);
}
