/*
 * CSV rows with their bytes; see raw_rows.h.
 *
 * Where there are no quotation marks a row's fields stand in its line as they are: libcsv is given many such lines
 * at once, and of each field only its length is needed. All other rows go line by line, and what libcsv makes of
 * them is copied. Long inputs are parsed by a thread of their own, ahead of whoever reads the rows.
 */
#include "raw_rows.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "byte_count.h"
#include "diagnostics.h"
#include "relay.h"

/* Plain lines that are parsed at once. */
#define PLAIN_SIZE ((size_t)16 << 10)
/* Batches between the one that is being filled and the one that is in use. */
#define BATCHES 16

/* Where a copied row's parts lie while buffers may still move. */
struct place {
    size_t field; /* the first in ends */
    size_t count;
    size_t raw; /* in the raw bytes */
    size_t raw_len;
    uint64_t line;
};

/* Rows either plain or copied, in memory of their own. */
struct batch {
    struct raw_row *rows;
    size_t count;
    size_t row_cap;
    struct text *fields;
    size_t field_cap;
    struct buffer bytes; /* the plain lines, or the copied fields end to end */
    struct buffer raw;   /* of copied rows */
    size_t *ends;        /* of each copied field in bytes */
    size_t end_count;
    size_t end_cap;
};

struct raw_rows {
    struct input *input;
    struct csv_parser parser;
    struct relay *relay;
    struct batch batches[BATCHES];
    const struct batch *used; /* the batch whose rows are given out; NULL: none yet */
    size_t used_rows;         /* of it */

    struct batch *batch; /* the one being filled */

    /* Plain lines being parsed. */
    struct text *row_fields; /* those of the row being parsed */
    struct text *next_field;
    const char *row_start;
    const char *field_start; /* of the next one, if no blanks stand around fields */
    uint64_t row_line;

    /* A line being parsed on its own. */
    struct place places[RAW_ROWS_BATCH];
    bool row_ended;
    bool field_after_row; /* in one line: only a carriage return can do that */

    struct raw_row header; /* its memory is its own */
    struct buffer header_bytes;
    struct text *header_fields;
};

/* Most fields are short: copied without a call. */
static void copy_bytes(char *to, const char *from, size_t len) {
    if (len > 16) {
        memcpy(to, from, len);
    } else if (len >= 8) {
        uint64_t words[2];
        memcpy(&words[0], from, 8);
        memcpy(&words[1], from + len - 8, 8);
        memcpy(to, &words[0], 8);
        memcpy(to + len - 8, &words[1], 8);
    } else {
        for (size_t i = 0; i < len; i++)
            to[i] = from[i];
    }
}

static void on_field(void *data, size_t len, void *context) {
    struct raw_rows *rows = context;
    struct batch *batch = rows->batch;
    struct buffer *bytes = &batch->bytes;
    if (rows->row_ended) {
        rows->field_after_row = true;
        return;
    }
    if (len > bytes->cap - bytes->len)
        buffer_reserve(bytes, len);
    copy_bytes(bytes->data + bytes->len, data, len);
    bytes->len += len;
    if (batch->end_count == batch->end_cap)
        batch->ends = memory_reserve(batch->ends, &batch->end_cap, batch->end_count + 1, sizeof *batch->ends);
    batch->ends[batch->end_count++] = bytes->len;
}

static void on_row(int terminator, void *context) {
    struct raw_rows *rows = context;
    (void)terminator;
    rows->row_ended = true;
}

/* Feeds libcsv the TEXT whose last line is the line NUMBER. */
static void parse(struct raw_rows *rows, struct text text, uint64_t number,
                  void (*field)(void *, size_t, void *), void (*row)(int, void *)) {
    if (csv_parse(&rows->parser, text.data, text.len, field, row, rows) == text.len)
        return;
    int error = csv_error(&rows->parser);
    if (error == CSV_EPARSE)
        die_at(raw_rows_name(rows), number,
               "malformed CSV: a quote inside an unquoted field, or text behind a closing quote");
    die_at(raw_rows_name(rows), number, "malformed CSV: %s", csv_strerror(error));
}

static void parse_line(struct raw_rows *rows, struct text line) {
    uint64_t number = input_line_number(rows->input);
    parse(rows, line, number, on_field, on_row);
    if (rows->field_after_row)
        die_at(raw_rows_name(rows), number, "malformed CSV: a carriage return outside quotes in mid-line");
}

static void end_input(struct raw_rows *rows) {
    if (csv_fini(&rows->parser, on_field, on_row, rows) != 0)
        die_at(raw_rows_name(rows), input_line_number(rows->input),
               "malformed CSV: the file ends inside a quoted field");
}

static struct text without_line_end(struct text raw) {
    if (raw.len > 0 && raw.data[raw.len - 1] == '\n')
        raw.len--;
    while (raw.len > 0 && raw.data[raw.len - 1] == '\r')
        raw.len--;
    return raw;
}

/* Reads lines until a row is complete, and keeps its place; false at the end of the input. A line of nothing is
   no row. */
static bool read_row(struct raw_rows *rows, struct place *place) {
    struct batch *batch = rows->batch;
    struct text line;
    *place = (struct place){.field = batch->end_count, .raw = batch->raw.len};
    rows->row_ended = false;
    while (!rows->row_ended && input_line(rows->input, &line)) {
        struct text bare = without_line_end(line);
        if (place->line == 0)
            place->line = input_line_number(rows->input);
        parse_line(rows, line);
        if (rows->row_ended) {
            buffer_append_text(&batch->raw, bare);
        } else if (bare.len > 0 || batch->raw.len > place->raw) {
            buffer_append_text(&batch->raw, line);
        } else {
            place->line = 0;
        }
    }
    if (!rows->row_ended)
        end_input(rows);
    place->count = batch->end_count - place->field;
    buffer_append_char(&batch->raw, '\n');
    place->raw_len = batch->raw.len - place->raw;
    return rows->row_ended;
}

/* This is called for every field of plain lines: it does as little as it can. */
static void on_plain_field(void *data, size_t len, void *context) {
    struct raw_rows *rows = context;
    (void)data;
    *rows->next_field++ = (struct text){rows->field_start, len};
    rows->field_start += len + 1;
}

static const char *skip_blanks(const char *at) {
    while (*at == ' ' || *at == '\t')
        at++;
    return at;
}

/* Finds the fields of a row with blanks around some, or lines of nothing but blanks in front; libcsv leaves them
   out. Returns the row's end. */
static const char *find_among_blanks(struct raw_rows *rows, const char *at) {
    while (*(at = skip_blanks(at)) == '\n')
        at++;
    for (struct text *field = rows->row_fields; field < rows->next_field; field++) {
        at = skip_blanks(at);
        field->data = at;
        at = skip_blanks(at + field->len) + 1;
    }
    return at;
}

/* Without blanks around fields, the row ends where the fields' lengths say. A line end can stand nowhere else. */
static void on_plain_row(int terminator, void *context) {
    struct raw_rows *rows = context;
    const char *start = rows->row_start;
    const char *end = rows->field_start;
    (void)terminator;
    for (; *start == '\n'; start++)
        rows->row_line++;
    uint64_t line = rows->row_line++;
    if (start != rows->row_start || *start == ' ' || *start == '\t' || end[-1] != '\n') {
        end = find_among_blanks(rows, start);
        rows->row_line = line + byte_count((struct text){start, (size_t)(end - start)}, '\n');
    }
    struct text raw = {start, (size_t)(end - start)};
    size_t count = (size_t)(rows->next_field - rows->row_fields);
    rows->batch->rows[rows->batch->count++] = (struct raw_row){rows->row_fields, count, raw, line};
    rows->row_fields = rows->next_field;
    rows->row_start = end;
    rows->field_start = end;
}

/* The whole lines among the first LEN bytes of TEXT. */
static struct text lines_within(struct text text, size_t len) {
    while (len > 0 && text.data[len - 1] != '\n')
        len--;
    return (struct text){text.data, len};
}

/* The LINES before the first with a quotation mark or a carriage return. */
static struct text lines_plain(struct text lines) {
    const char *quote = memchr(lines.data, '"', lines.len);
    if (quote != NULL)
        lines.len = (size_t)(quote - lines.data);
    const char *carriage_return = memchr(lines.data, '\r', lines.len);
    if (carriage_return != NULL)
        lines.len = (size_t)(carriage_return - lines.data);
    return lines_within(lines, lines.len);
}

/* The plain lines that come next. Where the next one is not plain that is found out fast. */
static struct text plain_lines(struct raw_rows *rows) {
    struct text none = {NULL, 0};
    struct text ready = input_ready(rows->input);
    const char *end = ready.len > 0 ? memchr(ready.data, '\n', ready.len) : NULL;
    if (end == NULL)
        return none;
    struct text first = {ready.data, (size_t)(end - ready.data) + 1};
    if (lines_plain(first).len == 0)
        return none;
    size_t most = first.len > PLAIN_SIZE ? first.len : PLAIN_SIZE;
    return lines_plain(lines_within(ready, ready.len < most ? ready.len : most));
}

static void reserve_rows(struct batch *batch, size_t rows, size_t fields) {
    batch->rows = memory_reserve(batch->rows, &batch->row_cap, rows, sizeof *batch->rows);
    batch->fields = memory_reserve(batch->fields, &batch->field_cap, fields, sizeof *batch->fields);
}

static void check_count(const struct raw_rows *rows, size_t count, uint64_t line) {
    if (count != rows->header.count)
        die_at(raw_rows_name(rows), line, "the row has %zu fields, the header %zu", count,
               rows->header.count);
}

/* Parses LINES and takes those that gave rows; a blank line at the end may belong to the row that follows. */
static void fill_plain(struct raw_rows *rows, struct text lines) {
    struct batch *batch = rows->batch;
    uint64_t number = input_line_number(rows->input);
    buffer_append_text(&batch->bytes, lines);
    lines = buffer_text(&batch->bytes);
    reserve_rows(batch, lines.len / 2, lines.len); /* no row or field takes less */
    rows->row_fields = batch->fields;
    rows->next_field = batch->fields;
    rows->row_start = lines.data;
    rows->field_start = lines.data;
    rows->row_line = number + 1;
    parse(rows, lines, number + 1, on_plain_field, on_plain_row);
    input_take_lines(rows->input, (size_t)(rows->row_start - lines.data), rows->row_line - number - 1);
    for (size_t i = 0; i < batch->count; i++)
        check_count(rows, batch->rows[i].count, batch->rows[i].line);
}

static void put_fields(const struct batch *batch, const struct place *place, struct text *fields) {
    const char *from = batch->bytes.data + (place->field > 0 ? batch->ends[place->field - 1] : 0);
    for (size_t i = 0; i < place->count; i++) {
        const char *to = batch->bytes.data + batch->ends[place->field + i];
        fields[i] = (struct text){from, (size_t)(to - from)};
        from = to;
    }
}

/* Copies rows until plain ones come. */
static void fill_copied(struct raw_rows *rows) {
    struct batch *batch = rows->batch;
    size_t count = 0;
    while (count < RAW_ROWS_BATCH && read_row(rows, &rows->places[count])) {
        check_count(rows, rows->places[count].count, rows->places[count].line);
        count++;
        if (batch->raw.len > (size_t)256 << 10)
            break; /* long rows: no need to hold many */
        if (plain_lines(rows).len > 0)
            break;
    }
    reserve_rows(batch, count, batch->end_count);
    for (size_t i = 0; i < count; i++) {
        const struct place *place = &rows->places[i];
        struct text *fields = batch->fields + place->field;
        struct text raw = {batch->raw.data + place->raw, place->raw_len};
        put_fields(batch, place, fields);
        batch->rows[i] = (struct raw_row){fields, place->count, raw, place->line};
    }
    batch->count = count;
}

static void start_batch(struct raw_rows *rows, struct batch *batch) {
    rows->batch = batch;
    batch->count = 0;
    batch->end_count = 0;
    buffer_clear(&batch->bytes);
    buffer_clear(&batch->raw);
}

static bool fill(void *context, void *batch) {
    struct raw_rows *rows = context;
    start_batch(rows, batch);
    struct text lines = plain_lines(rows);
    if (lines.len > 0)
        fill_plain(rows, lines);
    if (rows->batch->count == 0) {
        start_batch(rows, batch);
        fill_copied(rows);
    }
    return rows->batch->count > 0;
}

static struct text without_mark(struct text text) {
    return text_starts(text, TEXT("\xEF\xBB\xBF")) ? text_skip(text, 3) : text;
}

/* Keeps the header: its fields, then the whole row, in memory of its own. */
static void keep_header(struct raw_rows *rows, const struct place *place) {
    const struct batch *batch = rows->batch;
    rows->header_fields = memory_zeroed(place->count, sizeof *rows->header_fields);
    buffer_append_text(&rows->header_bytes, buffer_text(&batch->bytes));
    buffer_append_text(&rows->header_bytes, buffer_text(&batch->raw));
    put_fields(batch, place, rows->header_fields);
    for (size_t i = 0; i < place->count; i++)
        rows->header_fields[i].data =
            rows->header_bytes.data + (rows->header_fields[i].data - batch->bytes.data);
    rows->header_fields[0] = without_mark(rows->header_fields[0]);
    struct text raw = {rows->header_bytes.data + batch->bytes.len, place->raw_len};
    rows->header = (struct raw_row){rows->header_fields, place->count, without_mark(raw), place->line};
}

struct raw_rows *raw_rows_open(const char *path, const struct input_options *options) {
    struct raw_rows *rows = memory_zeroed(1, sizeof *rows);
    struct place place;
    rows->input = input_open(path, options);
    if (csv_init(&rows->parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        die("cannot start to read CSV: out of memory");
    start_batch(rows, &rows->batches[0]);
    if (!read_row(rows, &place))
        die_at(raw_rows_name(rows), 0, "empty: a table has at least a header line");
    keep_header(rows, &place);
    /* Whoever is told of bytes that were replaced expects it between rows. */
    bool alone = options != NULL && options->invalid == INPUT_INVALID_REPLACED;
    rows->relay = relay_open(fill, rows, rows->batches, BATCHES, sizeof *rows->batches, alone);
    return rows;
}

const struct raw_row *raw_rows_header(const struct raw_rows *rows) {
    return &rows->header;
}

size_t raw_rows_read(struct raw_rows *rows, const struct raw_row **batch) {
    if (rows->used == NULL || rows->used_rows == rows->used->count) {
        rows->used = relay_next(rows->relay);
        rows->used_rows = 0;
    }
    if (rows->used == NULL)
        return 0;
    size_t left = rows->used->count - rows->used_rows;
    size_t count = left < RAW_ROWS_BATCH ? left : RAW_ROWS_BATCH;
    *batch = rows->used->rows + rows->used_rows;
    rows->used_rows += count;
    return count;
}

const char *raw_rows_name(const struct raw_rows *rows) {
    return input_name(rows->input);
}

void raw_rows_close(struct raw_rows *rows) {
    relay_close(rows->relay);
    for (size_t i = 0; i < BATCHES; i++) {
        struct batch *batch = &rows->batches[i];
        free(batch->rows);
        free(batch->fields);
        free(batch->ends);
        buffer_free(&batch->bytes);
        buffer_free(&batch->raw);
    }
    csv_free(&rows->parser);
    input_close(rows->input);
    buffer_free(&rows->header_bytes);
    free(rows->header_fields);
    free(rows);
}
