/* CSV rows with their bytes; see raw_rows.h. */
#include "raw_rows.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "diagnostics.h"

/* Where a row's parts lie while buffers may still move. */
struct place {
    size_t field; /* the first in ends */
    size_t count;
    size_t raw; /* in the raw bytes */
    size_t raw_len;
    uint64_t line;
};

struct raw_rows {
    struct input *input;
    struct csv_parser parser;

    struct buffer bytes; /* of the batch's fields, end to end */
    size_t *ends;        /* of each field in bytes */
    size_t count;
    size_t cap;
    struct text *fields; /* of the batch */
    size_t fields_cap;
    struct buffer raw; /* of the batch's rows */

    struct place places[RAW_ROWS_BATCH];
    struct raw_row batch[RAW_ROWS_BATCH];
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
    struct buffer *bytes = &rows->bytes;
    if (rows->row_ended) {
        rows->field_after_row = true;
        return;
    }
    if (len > bytes->cap - bytes->len)
        buffer_reserve(bytes, len);
    copy_bytes(bytes->data + bytes->len, data, len);
    bytes->len += len;
    if (rows->count == rows->cap)
        rows->ends = memory_reserve(rows->ends, &rows->cap, rows->count + 1, sizeof *rows->ends);
    rows->ends[rows->count++] = bytes->len;
}

static void on_row(int terminator, void *context) {
    struct raw_rows *rows = context;
    (void)terminator;
    rows->row_ended = true;
}

static void parse_line(struct raw_rows *rows, struct text line) {
    uint64_t number = input_line_number(rows->input);
    if (csv_parse(&rows->parser, line.data, line.len, on_field, on_row, rows) != line.len) {
        int error = csv_error(&rows->parser);
        if (error == CSV_EPARSE)
            die_at(raw_rows_name(rows), number,
                   "malformed CSV: a quote inside an unquoted field, or text behind a closing quote");
        die_at(raw_rows_name(rows), number, "malformed CSV: %s", csv_strerror(error));
    }
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
    struct text line;
    *place = (struct place){.field = rows->count, .raw = rows->raw.len};
    rows->row_ended = false;
    while (!rows->row_ended && input_line(rows->input, &line)) {
        struct text bare = without_line_end(line);
        if (place->line == 0)
            place->line = input_line_number(rows->input);
        parse_line(rows, line);
        if (rows->row_ended) {
            buffer_append_text(&rows->raw, bare);
        } else if (bare.len > 0 || rows->raw.len > place->raw) {
            buffer_append_text(&rows->raw, line);
        } else {
            place->line = 0;
        }
    }
    if (!rows->row_ended)
        end_input(rows);
    place->count = rows->count - place->field;
    buffer_append_char(&rows->raw, '\n');
    place->raw_len = rows->raw.len - place->raw;
    return rows->row_ended;
}

static void put_fields(const struct raw_rows *rows, const struct place *place, struct text *fields) {
    const char *from = rows->bytes.data + (place->field > 0 ? rows->ends[place->field - 1] : 0);
    for (size_t i = 0; i < place->count; i++) {
        const char *to = rows->bytes.data + rows->ends[place->field + i];
        fields[i] = (struct text){from, (size_t)(to - from)};
        from = to;
    }
}

static struct text without_mark(struct text text) {
    return text_starts(text, TEXT("\xEF\xBB\xBF")) ? text_skip(text, 3) : text;
}

static void forget_batch(struct raw_rows *rows) {
    rows->bytes.len = 0;
    rows->raw.len = 0;
    rows->count = 0;
}

/* Keeps the header: its fields, then the whole row, in memory of its own. */
static void keep_header(struct raw_rows *rows, const struct place *place) {
    rows->header_fields = memory_zeroed(place->count, sizeof *rows->header_fields);
    buffer_append_text(&rows->header_bytes, buffer_text(&rows->bytes));
    buffer_append_text(&rows->header_bytes, buffer_text(&rows->raw));
    put_fields(rows, place, rows->header_fields);
    for (size_t i = 0; i < place->count; i++)
        rows->header_fields[i].data =
            rows->header_bytes.data + (rows->header_fields[i].data - rows->bytes.data);
    rows->header_fields[0] = without_mark(rows->header_fields[0]);
    struct text raw = {rows->header_bytes.data + rows->bytes.len, place->raw_len};
    rows->header = (struct raw_row){rows->header_fields, place->count, without_mark(raw), place->line};
}

struct raw_rows *raw_rows_open(const char *path, const struct input_options *options) {
    struct raw_rows *rows = memory_zeroed(1, sizeof *rows);
    struct place place;
    rows->input = input_open(path, options);
    if (csv_init(&rows->parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        die("cannot start to read CSV: out of memory");
    if (!read_row(rows, &place))
        die_at(raw_rows_name(rows), 0, "empty: a table has at least a header line");
    keep_header(rows, &place);
    return rows;
}

const struct raw_row *raw_rows_header(const struct raw_rows *rows) {
    return &rows->header;
}

size_t raw_rows_read(struct raw_rows *rows, const struct raw_row **batch) {
    size_t count = 0;
    forget_batch(rows);
    while (count < RAW_ROWS_BATCH && read_row(rows, &rows->places[count])) {
        const struct place *place = &rows->places[count];
        if (place->count != rows->header.count)
            die_at(raw_rows_name(rows), place->line, "the row has %zu fields, the header %zu", place->count,
                   rows->header.count);
        count++;
        if (rows->raw.len > (size_t)256 << 10)
            break; /* long rows: no need to hold many */
    }
    rows->fields = memory_reserve(rows->fields, &rows->fields_cap, rows->count, sizeof *rows->fields);
    for (size_t i = 0; i < count; i++) {
        const struct place *place = &rows->places[i];
        struct text raw = {rows->raw.data + place->raw, place->raw_len};
        put_fields(rows, place, rows->fields + place->field);
        rows->batch[i] = (struct raw_row){rows->fields + place->field, place->count, raw, place->line};
    }
    *batch = rows->batch;
    return count;
}

const char *raw_rows_name(const struct raw_rows *rows) {
    return input_name(rows->input);
}

void raw_rows_close(struct raw_rows *rows) {
    csv_free(&rows->parser);
    input_close(rows->input);
    buffer_free(&rows->bytes);
    buffer_free(&rows->raw);
    buffer_free(&rows->header_bytes);
    free(rows->header_fields);
    free(rows->ends);
    free(rows->fields);
    free(rows);
}
