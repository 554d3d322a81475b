/*
 * CSV tables over libcsv; see table.h.
 *
 * libcsv hands over fields and row ends by callbacks while it parses a block. The fields of a block's rows
 * are kept in one buffer, and table_read() gives them out one by one before the next block is parsed: memory
 * is that of one block and of the longest row.
 *
 * libcsv looks at each byte by itself. What stands between two quotes cannot end a field or be wrong, so it is not
 * given to libcsv but goes into that buffer at once: of a quoted field libcsv sees the quotes alone.
 */
#include "table.h"

#include <assert.h>
#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "diagnostics.h"

#define PARSE_SIZE ((size_t)64 << 10)
/* Fields of a row. */
enum { MAX_FIELDS = 10000 };

#define MAX_FIELD ((size_t)256 << 20)

struct parsed_row {
    size_t first_field;
    size_t fields;
    uint64_t line;
};

struct table_reader {
    struct input *input;
    struct csv_parser parser;
    struct text block; /* of the input, not yet parsed */
    bool ended;

    struct buffer bytes; /* of all fields of the rows below, end to end */
    size_t *field_ends;  /* offsets into bytes */
    size_t field_count;
    size_t field_cap;
    struct parsed_row *rows;
    size_t row_count;
    size_t row_cap;
    size_t next_row;
    size_t row_first_field; /* of the row being parsed */
    uint64_t row_line;
    uint64_t line; /* of the CSV, where the parser stands */
    size_t since_field;
    bool inside; /* quotes */
    bool quoted; /* the field being parsed; what it holds so far is in bytes */

    struct text *fields; /* of the row given out last */
    size_t fields_cap;

    struct text *columns;
    size_t column_count;
    char *header;
};

/* Counts the line ends in the field that was put into bytes last. */
static void count_lines(struct table_reader *reader) {
    size_t start = reader->field_count > 0 ? reader->field_ends[reader->field_count - 1] : 0;
    const char *at = reader->bytes.data + start;
    const char *end = reader->bytes.data + reader->bytes.len;
    while (at < end && (at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
        reader->line++;
        at++;
    }
}

static void on_field(void *data, size_t len, void *context) {
    struct table_reader *reader = context;
    struct text field = {data, len};
    if (reader->field_count - reader->row_first_field == MAX_FIELDS)
        die_at(input_name(reader->input), reader->row_line, "a row of more than %d fields", MAX_FIELDS);
    if (reader->field_count == reader->row_first_field)
        reader->row_line = reader->line;
    /* Without quotation marks about it a field holds no line end. */
    if (reader->quoted)
        count_lines(reader);
    else
        buffer_append_text(&reader->bytes, field);
    reader->quoted = false;
    reader->field_ends = memory_reserve(reader->field_ends, &reader->field_cap, reader->field_count + 1,
                                        sizeof *reader->field_ends);
    reader->field_ends[reader->field_count++] = reader->bytes.len;
    reader->since_field = 0;
}

/* CSV_REPALL_NL makes libcsv report each line end of its own, that of a blank line and the LF of a CRLF too:
   such a «row» has no field. So lines can be counted. */
static void on_row(int terminator, void *context) {
    struct table_reader *reader = context;
    size_t fields = reader->field_count - reader->row_first_field;
    if (fields > 0) {
        reader->rows =
            memory_reserve(reader->rows, &reader->row_cap, reader->row_count + 1, sizeof *reader->rows);
        reader->rows[reader->row_count++] =
            (struct parsed_row){reader->row_first_field, fields, reader->row_line};
        reader->row_first_field = reader->field_count;
    }
    if (terminator == '\n')
        reader->line++;
}

static _Noreturn void die_parse(struct table_reader *reader) {
    int error = csv_error(&reader->parser);
    if (error == CSV_EPARSE)
        die_at(input_name(reader->input), reader->line,
               "malformed CSV: a quote inside an unquoted field, or text behind a closing quote");
    die_at(input_name(reader->input), reader->line, "malformed CSV: %s", csv_strerror(error));
}

static void parse(struct table_reader *reader, const char *data, size_t len) {
    if (csv_parse(&reader->parser, data, len, on_field, on_row, reader) != len)
        die_parse(reader);
}

/* Parses TEXT up to its first quote; returns how far that was. A quote that opens a field again was doubled: in
   strict parsing nothing else is let through. */
static size_t parse_to_quote(struct table_reader *reader, struct text text) {
    const char *quote = memchr(text.data, '"', text.len);
    size_t len = quote != NULL ? (size_t)(quote - text.data) : text.len;
    if (reader->inside)
        buffer_append(&reader->bytes, text.data, len);
    else
        parse(reader, text.data, len);
    if (quote == NULL)
        return len;
    parse(reader, quote, 1);
    if (!reader->inside && reader->quoted)
        buffer_append_char(&reader->bytes, '"');
    reader->quoted = true;
    reader->inside = !reader->inside;
    return len + 1;
}

/* Parses one piece of the input, or ends the parsing. The rows kept before are forgotten. */
static void parse_more(struct table_reader *reader) {
    /* The fields of an unfinished row move to the front. */
    size_t first = reader->row_first_field;
    size_t start = first > 0 ? reader->field_ends[first - 1] : 0;
    size_t pending = reader->field_count - first;
    if (reader->bytes.len > start && start > 0)
        memmove(reader->bytes.data, reader->bytes.data + start, reader->bytes.len - start);
    reader->bytes.len -= start;
    for (size_t i = 0; i < pending; i++)
        reader->field_ends[i] = reader->field_ends[first + i] - start;
    reader->field_count = pending;
    reader->row_first_field = 0;
    reader->row_count = 0;
    reader->next_row = 0;

    if (reader->block.len == 0 && !input_block(reader->input, &reader->block)) {
        if (csv_fini(&reader->parser, on_field, on_row, reader) != 0)
            die_at(input_name(reader->input), reader->line,
                   "malformed CSV: the file ends inside a quoted field");
        reader->ended = true;
        return;
    }
    size_t len = reader->block.len < PARSE_SIZE ? reader->block.len : PARSE_SIZE;
    reader->since_field += len;
    for (size_t parsed = 0; parsed < len;)
        parsed += parse_to_quote(reader, (struct text){reader->block.data + parsed, len - parsed});
    if (reader->since_field > MAX_FIELD)
        die_at(input_name(reader->input), reader->row_line, "field longer than the limit of %zu bytes",
               MAX_FIELD);
    reader->block = text_skip(reader->block, len);
}

static bool read_row(struct table_reader *reader, struct table_row *row) {
    while (reader->next_row == reader->row_count) {
        if (reader->ended)
            return false;
        parse_more(reader);
    }
    const struct parsed_row *parsed = &reader->rows[reader->next_row++];
    reader->fields =
        memory_reserve(reader->fields, &reader->fields_cap, parsed->fields, sizeof *reader->fields);
    for (size_t i = 0; i < parsed->fields; i++) {
        size_t index = parsed->first_field + i;
        size_t from = index > 0 ? reader->field_ends[index - 1] : 0;
        reader->fields[i] = (struct text){reader->bytes.data + from, reader->field_ends[index] - from};
    }
    *row = (struct table_row){reader->fields, parsed->fields, parsed->line};
    return true;
}

static void read_header(struct table_reader *reader) {
    struct table_row row;
    if (!read_row(reader, &row))
        die_at(input_name(reader->input), 0, "empty: a table has at least a header line");
    size_t bytes = 0;
    for (size_t i = 0; i < row.count; i++)
        bytes += row.fields[i].len;
    reader->header = memory_resize(NULL, bytes, 1);
    reader->columns = memory_zeroed(row.count, sizeof *reader->columns);
    reader->column_count = row.count;
    char *to = reader->header;
    for (size_t i = 0; i < row.count; i++) {
        struct text field = row.fields[i];
        if (field.len > 0)
            memcpy(to, field.data, field.len);
        reader->columns[i] = (struct text){to, field.len};
        to += field.len;
        for (size_t j = 0; j < i; j++) {
            if (text_equal(reader->columns[j], reader->columns[i]))
                die_at(input_name(reader->input), row.line, "the header has the column '%.*s' twice",
                       (int)field.len, field.data);
        }
    }
}

struct table_reader *table_open(const char *path, const struct input_options *options) {
    struct table_reader *reader = memory_zeroed(1, sizeof *reader);
    reader->input = input_open(path, options);
    reader->line = 1;
    if (csv_init(&reader->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0)
        die("cannot start to read CSV: out of memory");
    csv_set_blk_size(&reader->parser, PARSE_SIZE);
    if (input_block(reader->input, &reader->block) && text_starts(reader->block, TEXT("\xEF\xBB\xBF")))
        reader->block = text_skip(reader->block, 3);
    read_header(reader);
    return reader;
}

bool table_read(struct table_reader *reader, struct table_row *row) {
    if (!read_row(reader, row))
        return false;
    if (row->count != reader->column_count)
        die_at(input_name(reader->input), row->line, "the row has %zu fields, the header %zu", row->count,
               reader->column_count);
    return true;
}

const struct text *table_columns(const struct table_reader *reader, size_t *count) {
    *count = reader->column_count;
    return reader->columns;
}

size_t table_column(const struct table_reader *reader, const char *name) {
    for (size_t i = 0; i < reader->column_count; i++) {
        if (text_equal(reader->columns[i], text_of(name)))
            return i;
    }
    return TABLE_NO_COLUMN;
}

size_t table_require_column(const struct table_reader *reader, const char *name) {
    size_t column = table_column(reader, name);
    if (column == TABLE_NO_COLUMN)
        die_at(input_name(reader->input), 1, "the column '%s' is missing", name);
    return column;
}

const char *table_name(const struct table_reader *reader) {
    return input_name(reader->input);
}

void table_close(struct table_reader *reader) {
    csv_free(&reader->parser);
    input_close(reader->input);
    buffer_free(&reader->bytes);
    free(reader->field_ends);
    free(reader->rows);
    free(reader->fields);
    free(reader->columns);
    free(reader->header);
    free(reader);
}

struct table_writer {
    struct output *output;
    struct buffer row;
    size_t columns;
    size_t fields;
};

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static bool needs_quotes(struct text field) {
    if (field.len == 0)
        return false;
    if (is_blank(field.data[0]) || is_blank(field.data[field.len - 1]))
        return true;
    for (size_t i = text_find_ascii(field, 0); i < field.len; i = text_find_ascii(field, i + 1)) {
        char c = field.data[i];
        if (c == ',' || c == '"' || c == '\n' || c == '\r')
            return true;
    }
    return false;
}

void table_append_field(struct buffer *row, struct text field) {
    if (!needs_quotes(field)) {
        buffer_append_text(row, field);
        return;
    }
    buffer_append_char(row, '"');
    struct text piece;
    struct text rest = field;
    bool first = true;
    while (text_next_piece(&rest, '"', &piece)) {
        if (!first)
            buffer_append_text(row, TEXT("\"\""));
        buffer_append_text(row, piece);
        first = false;
    }
    buffer_append_char(row, '"');
}

void table_put(struct table_writer *writer, struct text field) {
    if (writer->fields++ > 0)
        buffer_append_char(&writer->row, ',');
    if (field.len == 0 && writer->columns == 1)
        buffer_append_text(&writer->row, TEXT("\"\"")); /* a blank line is no row */
    else
        table_append_field(&writer->row, field);
}

void table_put_string(struct table_writer *writer, const char *field) {
    table_put(writer, text_of(field));
}

void table_put_number(struct table_writer *writer, uint64_t number) {
    struct buffer digits = {0};
    buffer_append_number(&digits, number);
    table_put(writer, buffer_text(&digits));
    buffer_free(&digits);
}

void table_end_row(struct table_writer *writer) {
    assert(writer->fields == writer->columns);
    buffer_append_char(&writer->row, '\n');
    output_write(writer->output, buffer_text(&writer->row));
    buffer_clear(&writer->row);
    writer->fields = 0;
}

struct table_writer *table_create_like(const char *path, bool compress, bool bom, const struct text *columns,
                                       size_t count) {
    struct table_writer *writer = memory_zeroed(1, sizeof *writer);
    writer->output = output_open(path, compress);
    writer->columns = count;
    if (bom)
        output_write(writer->output, TEXT("\xEF\xBB\xBF"));
    for (size_t i = 0; i < count; i++)
        table_put(writer, columns[i]);
    table_end_row(writer);
    return writer;
}

struct table_writer *table_create(const char *path, bool compress, bool bom, const char *const *columns,
                                  size_t count) {
    struct text *names = memory_zeroed(count, sizeof *names);
    for (size_t i = 0; i < count; i++)
        names[i] = text_of(columns[i]);
    struct table_writer *writer = table_create_like(path, compress, bom, names, count);
    free(names);
    return writer;
}

void table_finish(struct table_writer *writer) {
    output_close(writer->output);
    buffer_free(&writer->row);
    free(writer);
}
