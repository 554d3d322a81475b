/*
 * Picked columns; see picked.h.
 *
 * libcsv hands over every field. Where there are no quotation marks a field's bytes stand in the text as they
 * are, so that its length is all that needs to be kept of it. The text is therefore given to libcsv in two kinds
 * of stretches: plain ones, of whole lines without a quotation mark, and all else, where the wanted fields are
 * copied and the line ends in fields are counted.
 *
 * Long inputs are parsed by a thread of their own, a few blocks ahead of what is done with the rows. What is wrong
 * with the input is told when the rows before it have been handed over.
 */
#include "picked.h"

#include <csv.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diagnostics.h"
#include "relay.h"

#define MAX_FIELD ((size_t)256 << 20)
#define UNWANTED UINT8_MAX
#define BATCHES 12

/* The rows that end in a block of the input. */
struct batch {
    struct buffer text;  /* the block */
    struct buffer bytes; /* of the fields that were copied; it never moves while the block is parsed */
    struct text *fields; /* PICKED_MAX for each row */
    size_t field_cap;
    uint64_t *lines; /* of each row */
    size_t line_cap;
    size_t count;
    char trouble[128]; /* what is wrong behind these rows; empty: nothing */
    uint64_t trouble_line;
};

struct picked {
    struct input *input;
    const struct picked_calls *calls;
    void *context;
    struct csv_parser parser;
    bool ended;
    struct batch batches[BATCHES];
    struct batch *batch; /* the one being filled */

    struct buffer header; /* the names end to end */
    size_t *header_ends;  /* offsets into it */
    size_t column_count;
    size_t column_cap;
    size_t wanted[PICKED_MAX + 1]; /* columns in rising order, then SIZE_MAX */
    size_t next;                   /* of the wanted columns */
    uint8_t *places;               /* for each column, UNWANTED or where its field goes */
    bool has_header;

    size_t column;  /* of the field that comes next */
    bool row_ended; /* the last thing parsed was a line end behind a row */

    bool copied; /* the stretch is none of the plain ones */
    struct buffer bytes;
    size_t starts[PICKED_MAX]; /* of the wanted fields, in bytes */
    size_t lens[PICKED_MAX];

    /* In a plain stretch: where the row begins, and where the field in each column would end, its separator
       included, if no blanks stood around fields. Fields past the header's share the last place. */
    const char **ends;
    const char *end; /* of the field that came last */

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

static void on_field(void *data, size_t len, void *context) {
    struct picked *picked = context;
    count_lines(picked, data, len);
    if (picked->column++ != picked->wanted[picked->next])
        return;
    take_field(picked, picked->places[picked->wanted[picked->next]], data, len);
    picked->next++;
}

/* Where CR alone ends lines, rows stand in the header's stretch too. */
static void on_header_field(void *data, size_t len, void *context) {
    struct picked *picked = context;
    if (picked->has_header) {
        on_field(data, len, context);
        return;
    }
    count_lines(picked, data, len);
    take_name(picked, (struct text){data, len});
    picked->column++;
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
    picked->ends = memory_zeroed(picked->column_count + 2, sizeof *picked->ends);
}

/* Keeps what is wrong at LINE; what comes behind it is not looked at. */
__attribute__((format(printf, 3, 4))) static void refuse(struct picked *picked, uint64_t line,
                                                         const char *format, ...) {
    struct batch *batch = picked->batch;
    va_list arguments;
    if (picked->ended)
        return;
    picked->ended = true;
    va_start(arguments, format);
    vsnprintf(batch->trouble, sizeof batch->trouble, format, arguments);
    va_end(arguments);
    batch->trouble_line = line;
}

/* The fields of a row to be handed over, by their places, all empty; NULL where the row is none. */
static struct text *add_row(struct picked *picked) {
    struct batch *batch = picked->batch;
    if (picked->column != picked->column_count)
        refuse(picked, picked->row_line, "the row has %zu fields, the header %zu", picked->column,
               picked->column_count);
    if (batch->trouble[0] != '\0')
        return NULL;
    size_t row = batch->count++;
    batch->lines = memory_reserve(batch->lines, &batch->line_cap, batch->count, sizeof *batch->lines);
    batch->lines[row] = picked->row_line;
    batch->fields =
        memory_reserve(batch->fields, &batch->field_cap, batch->count * PICKED_MAX, sizeof *batch->fields);
    return memset(batch->fields + row * PICKED_MAX, 0, PICKED_MAX * sizeof *batch->fields);
}

/* Only the first of a block's copied rows can be longer than the block; those behind it find room. */
static void end_row(struct picked *picked) {
    struct buffer *bytes = &picked->batch->bytes;
    struct text *fields = add_row(picked);
    if (fields != NULL) {
        if (bytes->len == 0)
            buffer_reserve(bytes, picked->bytes.len + picked->batch->text.len);
        const char *from = bytes->data + bytes->len;
        buffer_append_text(bytes, buffer_text(&picked->bytes));
        for (const size_t *column = picked->wanted; *column != SIZE_MAX; column++) {
            size_t place = picked->places[*column];
            fields[place] = (struct text){from + picked->starts[place], picked->lens[place]};
        }
    }
    picked->bytes.len = 0;
}

static void begin_row(struct picked *picked, int terminator) {
    picked->column = 0;
    picked->next = 0;
    picked->rows++;
    picked->row_ended = terminator == '\n';
    picked->line += picked->row_ended;
    picked->row_line = picked->line;
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
    begin_row(picked, terminator);
}

/* This is called for every field of plain stretches: it does as little as it can. */
static void on_plain_field(void *data, size_t len, void *context) {
    struct picked *picked = context;
    (void)data;
    size_t column = picked->column < picked->column_count ? picked->column : picked->column_count;
    picked->end += len + 1;
    picked->ends[column + 1] = picked->end;
    picked->column++;
}

static const char *skip_blanks(const char *at) {
    while (*at == ' ' || *at == '\t')
        at++;
    return at;
}

/* Finds the wanted fields where blanks stand around some; libcsv leaves them out. Returns the row's end. */
static const char *find_among_blanks(const struct picked *picked, struct text *fields) {
    const char *at = picked->ends[0];
    for (size_t i = 0; i < picked->column_count; i++) {
        size_t len = (size_t)(picked->ends[i + 1] - picked->ends[i]) - 1;
        at = skip_blanks(at);
        if (picked->places[i] != UNWANTED)
            fields[picked->places[i]] = (struct text){at, len};
        at = skip_blanks(at + len) + 1;
    }
    return at;
}

/* Without blanks around fields, the row ends where the fields' lengths say. A line end can stand nowhere else. */
static void end_plain_row(struct picked *picked, int terminator) {
    struct text *fields = add_row(picked);
    if (fields == NULL)
        return;
    if (picked->end[-1] != terminator) {
        picked->end = find_among_blanks(picked, fields);
        return;
    }
    for (const size_t *column = picked->wanted; *column != SIZE_MAX; column++) {
        const char *from = picked->ends[*column];
        size_t len = (size_t)(picked->ends[*column + 1] - from) - 1;
        fields[picked->places[*column]] = (struct text){from, len};
    }
}

static void on_plain_row(int terminator, void *context) {
    struct picked *picked = context;
    if (picked->column > 0)
        end_plain_row(picked, terminator);
    else
        picked->end = skip_blanks(picked->end) + 1;
    picked->ends[0] = picked->end;
    begin_row(picked, terminator);
}

static size_t parse_plain(struct picked *picked, struct text text) {
    picked->end = text.data;
    picked->ends[0] = text.data;
    return csv_parse(&picked->parser, text.data, text.len, on_plain_field, on_plain_row, picked);
}

static size_t parse_copied(struct picked *picked, struct text text) {
    void (*field)(void *, size_t, void *) = picked->has_header ? on_field : on_header_field;
    return csv_parse(&picked->parser, text.data, text.len, field, on_row, picked);
}

static void parse(struct picked *picked, struct text text) {
    size_t column = picked->column;
    uint64_t rows = picked->rows;
    size_t parsed = picked->copied ? parse_copied(picked, text) : parse_plain(picked, text);
    if (parsed != text.len) {
        int error = csv_error(&picked->parser);
        if (error == CSV_EPARSE)
            refuse(picked, picked->line,
                   "malformed CSV: a quote inside an unquoted field, or text behind a closing quote");
        else
            refuse(picked, picked->line, "malformed CSV: %s", csv_strerror(error));
    }
    if (picked->column != column || picked->rows != rows)
        picked->since_field = 0;
    else
        picked->since_field += text.len;
    if (picked->since_field > MAX_FIELD)
        refuse(picked, picked->row_line, "field longer than the limit of %zu bytes", MAX_FIELD);
}

/* The length of the whole lines at the beginning of TEXT that have no quotation mark. */
static size_t plain_length(struct text text) {
    const char *quote = memchr(text.data, '"', text.len);
    size_t len = quote != NULL ? (size_t)(quote - text.data) : text.len;
    while (len > 0 && text.data[len - 1] != '\n')
        len--;
    return len;
}

/* How much of TEXT can be parsed at once: a plain stretch, or else to the end of the line. */
static size_t stretch(struct picked *picked, struct text text) {
    size_t plain = picked->copied ? 0 : plain_length(text);
    if (plain > 0)
        return plain;
    picked->copied = true;
    const char *end = memchr(text.data, '\n', text.len);
    return end != NULL ? (size_t)(end - text.data) + 1 : text.len;
}

static void parse_block(struct picked *picked, struct text block) {
    while (block.len > 0 && !picked->ended) {
        size_t len = stretch(picked, block);
        picked->row_ended = false;
        parse(picked, (struct text){block.data, len});
        if (picked->has_header && picked->row_ended && block.data[len - 1] == '\n')
            picked->copied = false;
        block = text_skip(block, len);
    }
}

static void end_input(struct picked *picked) {
    if (csv_fini(&picked->parser, picked->has_header ? on_field : on_header_field, on_row, picked) != 0)
        refuse(picked, picked->line, "malformed CSV: the file ends inside a quoted field");
    picked->ended = true;
}

/* Parses blocks until a row ends, or the input. */
static bool fill(void *context, void *to) {
    struct picked *picked = context;
    struct batch *batch = to;
    struct text block;
    picked->batch = batch;
    batch->count = 0;
    buffer_clear(&batch->bytes);
    while (batch->count == 0 && !picked->ended) {
        if (input_keep_block(picked->input, &batch->text, &block))
            parse_block(picked, block);
        else
            end_input(picked);
    }
    return batch->count > 0 || batch->trouble[0] != '\0';
}

static void hand_over(const struct picked *picked, const struct batch *batch) {
    for (size_t i = 0; i < batch->count; i++)
        picked->calls->row(batch->fields + i * PICKED_MAX, batch->lines[i], picked->context);
    if (batch->trouble[0] != '\0')
        die_at(input_name(picked->input), batch->trouble_line, "%s", batch->trouble);
}

static void free_picked(struct picked *picked) {
    for (size_t i = 0; i < BATCHES; i++) {
        buffer_free(&picked->batches[i].text);
        buffer_free(&picked->batches[i].bytes);
        free(picked->batches[i].fields);
        free(picked->batches[i].lines);
    }
    csv_free(&picked->parser);
    input_close(picked->input);
    buffer_free(&picked->header);
    buffer_free(&picked->bytes);
    free(picked->header_ends);
    free(picked->places);
    free(picked->ends);
    free(picked);
}

void picked_read(const char *path, const struct input_options *options, const struct picked_calls *calls,
                 void *context) {
    struct picked *picked = memory_zeroed(1, sizeof *picked);
    picked->input = input_open(path, options);
    picked->calls = calls;
    picked->context = context;
    picked->line = 1;
    picked->row_line = 1;
    picked->copied = true; /* the header is, and the empty lines before it */
    if (csv_init(&picked->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0)
        die("cannot start to read CSV: out of memory");
    /* Whoever is told of bytes that were replaced expects it between rows. */
    bool alone = options != NULL && options->invalid == INPUT_INVALID_REPLACED;
    struct relay *relay = relay_open(fill, picked, picked->batches, BATCHES, sizeof *picked->batches, alone);
    const struct batch *batch;
    while ((batch = relay_next(relay)) != NULL)
        hand_over(picked, batch);
    relay_close(relay);
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
}

const char *picked_name(const struct picked *picked) {
    return input_name(picked->input);
}
