/*
 * accuracy: sets tables against tables made by hand.
 *
 *   accuracy MADE EXPECTED...
 *
 * MADE and EXPECTED are folders of tables. For each table of the contract that an EXPECTED folder has, rows are paired by key, and the columns that
 * both have are compared, white space, the script of the digits and a footnote's star at the end aside; numbers by value. Prints each difference
 * with the report's line, then a line for each column: table, column, cells compared, cells equal. Status 1 when a cell differs, a row is missing, or
 * a row is there for a key that the EXPECTED folder covers and it has no such row.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "decimal.h"
#include "diagnostics.h"
#include "table.h"
#include "thai.h"

#define MAX_KEYS 3
#define MAX_COLUMNS 64

/* What makes a row of a table the same row in both folders. */
static const struct {
    const char *table;
    const char *keys[MAX_KEYS];
} tables[] = {
    {"sections", {"key", "section", "line_first"}},
    {"projects", {"key"}},
    {"objectives", {"key", "n"}},
    {"kpis", {"key", "line", "year"}},
    {"results", {"key", "line", "year"}},
    {"activities", {"key", "line"}},
    {"activity_results", {"key", "line"}},
    {"obstacles", {"key"}},
    {"strategy_kpis", {"strategy", "line"}},
    {"summary", {"strategy", "number"}},
    {"declared", {"scope", "name"}},
};

/* A table read into memory. */
struct sheet {
    struct text *columns;
    size_t column_count;
    struct text *cells; /* row by row */
    size_t count;
    size_t cap;
    size_t rows;
    struct table_reader *reader;
};

static bool read_sheet(struct sheet *sheet, const char *dir, const char *table) {
    struct buffer path = {0};
    buffer_printf(&path, "%s/%s.csv", dir, table);
    buffer_append_char(&path, '\0');
    *sheet = (struct sheet){0};
    if (access(path.data, F_OK) != 0) {
        buffer_free(&path);
        return false;
    }
    sheet->reader = table_open(path.data, NULL);
    const struct text *columns = table_columns(sheet->reader, &sheet->column_count);
    sheet->columns = memory_zeroed(sheet->column_count, sizeof *sheet->columns);
    for (size_t i = 0; i < sheet->column_count; i++)
        sheet->columns[i] = columns[i];
    struct table_row row;
    while (table_read(sheet->reader, &row)) {
        sheet->cells =
            memory_reserve(sheet->cells, &sheet->cap, sheet->count + row.count, sizeof *sheet->cells);
        for (size_t i = 0; i < row.count; i++) {
            char *copy = text_copy(row.fields[i]);
            sheet->cells[sheet->count++] = (struct text){copy, row.fields[i].len};
        }
        sheet->rows++;
    }
    buffer_free(&path);
    return true;
}

static void free_sheet(struct sheet *sheet) {
    for (size_t i = 0; i < sheet->count; i++)
        free((char *)(uintptr_t)sheet->cells[i].data);
    free(sheet->cells);
    free(sheet->columns);
    if (sheet->reader != NULL)
        table_close(sheet->reader);
}

static size_t column_of(const struct sheet *sheet, const char *name) {
    for (size_t i = 0; i < sheet->column_count; i++) {
        if (text_equal(sheet->columns[i], text_of(name)))
            return i;
    }
    /* A hand-made table of sections has the line of the heading only. */
    return strcmp(name, "line_first") == 0 ? column_of(sheet, "line") : SIZE_MAX;
}

static struct text cell(const struct sheet *sheet, size_t row, size_t column) {
    return sheet->cells[row * sheet->column_count + column];
}

/* Appends TEXT with ASCII digits and without white space and end stars. */
static void reduce(struct buffer *buffer, struct text text) {
    struct buffer normalized = {0};
    thai_normalize(&normalized, text, THAI_ALL);
    for (size_t i = 0; i < normalized.len; i++) {
        if (strchr(" \t\r\n", normalized.data[i]) == NULL)
            buffer_append_char(buffer, normalized.data[i]);
    }
    while (buffer->len > 0 && buffer->data[buffer->len - 1] == '*')
        buffer->len--;
    buffer_free(&normalized);
}

/* Whether two cells say the same; an expected text that ends in an ellipsis gives only the beginning. */
static bool same(struct text made, struct text expected) {
    struct buffer a = {0};
    struct buffer b = {0};
    struct decimal x;
    struct decimal y;
    struct text ellipsis = TEXT("…");
    reduce(&a, made);
    reduce(&b, expected);
    struct text left = buffer_text(&a);
    struct text right = buffer_text(&b);
    bool equal = text_equal(left, right);
    if (!equal && decimal_parse(left, &x) && decimal_parse(right, &y))
        equal = decimal_compare(x, y) == 0;
    if (!equal && right.len > ellipsis.len &&
        text_equal(text_skip(right, right.len - ellipsis.len), ellipsis))
        equal = text_starts(left, (struct text){right.data, right.len - ellipsis.len});
    buffer_free(&a);
    buffer_free(&b);
    return equal;
}

static bool same_key(const struct sheet *a, size_t i, const struct sheet *b, size_t j,
                     const char *const keys[MAX_KEYS]) {
    for (size_t k = 0; k < MAX_KEYS && keys[k] != NULL; k++) {
        size_t x = column_of(a, keys[k]);
        size_t y = column_of(b, keys[k]);
        if (x == SIZE_MAX || y == SIZE_MAX || !same(cell(a, i, x), cell(b, j, y)))
            return false;
    }
    return true;
}

static size_t find_row(const struct sheet *in, const struct sheet *of, size_t row,
                       const char *const keys[MAX_KEYS]) {
    for (size_t i = 0; i < in->rows; i++) {
        if (same_key(of, row, in, i, keys))
            return i;
    }
    return SIZE_MAX;
}

static void print_row(const char *what, const char *table, const struct sheet *sheet, size_t row,
                      const char *const keys[MAX_KEYS]) {
    printf("%s %s", what, table);
    for (size_t k = 0; k < MAX_KEYS && keys[k] != NULL; k++) {
        struct text text = cell(sheet, row, column_of(sheet, keys[k]));
        printf(" %s=%.*s", keys[k], (int)text.len, text.data);
    }
    size_t line = column_of(sheet, "line");
    if (line != SIZE_MAX)
        printf(" line=%.*s", (int)cell(sheet, row, line).len, cell(sheet, row, line).data);
    putchar('\n');
}

struct tally {
    char name[64];
    size_t compared;
    size_t equal;
};

struct tallies {
    struct tally columns[MAX_COLUMNS];
    size_t count;
};

static struct tally *tally_of(struct tallies *tallies, struct text name) {
    for (size_t i = 0; i < tallies->count; i++) {
        if (text_equal(text_of(tallies->columns[i].name), name))
            return &tallies->columns[i];
    }
    struct tally *tally = &tallies->columns[tallies->count++];
    snprintf(tally->name, sizeof tally->name, "%.*s", (int)name.len, name.data);
    return tally;
}

static bool is_key(const char *const keys[MAX_KEYS], struct text column) {
    for (size_t k = 0; k < MAX_KEYS && keys[k] != NULL; k++) {
        if (text_equal(text_of(keys[k]), column))
            return true;
    }
    return false;
}

/* Compares the cells of a pair of rows; returns how many differ. */
static size_t compare_rows(size_t table, const struct sheet *made, size_t i, const struct sheet *expected,
                           size_t j, struct tallies *tallies) {
    size_t differences = 0;
    for (size_t y = 0; y < expected->column_count; y++) {
        struct text column = expected->columns[y];
        size_t x = SIZE_MAX;
        for (size_t c = 0; c < made->column_count; c++) {
            if (text_equal(made->columns[c], column))
                x = c;
        }
        if (x == SIZE_MAX || is_key(tables[table].keys, column) || tallies->count == MAX_COLUMNS)
            continue;
        struct tally *tally = tally_of(tallies, column);
        tally->compared++;
        if (same(cell(made, i, x), cell(expected, j, y))) {
            tally->equal++;
            continue;
        }
        differences++;
        print_row("differs:", tables[table].table, made, i, tables[table].keys);
        printf("  %s: made     %.*s\n", tally->name, (int)cell(made, i, x).len, cell(made, i, x).data);
        printf("  %s: expected %.*s\n", tally->name, (int)cell(expected, j, y).len,
               cell(expected, j, y).data);
    }
    return differences;
}

/* Whether EXPECTED covers the row of MADE: it has rows of the same first key (the project, the strategy). */
static bool covers(const struct sheet *expected, const struct sheet *made, size_t row, size_t table) {
    const char *const first[MAX_KEYS] = {tables[table].keys[0]};
    return find_row(expected, made, row, first) != SIZE_MAX;
}

static size_t compare_tables(size_t table, const struct sheet *made, const struct sheet *expected,
                             struct tallies *tallies) {
    size_t differences = 0;
    for (size_t j = 0; j < expected->rows; j++) {
        size_t i = find_row(made, expected, j, tables[table].keys);
        if (i == SIZE_MAX) {
            differences++;
            print_row("missing:", tables[table].table, expected, j, tables[table].keys);
        } else {
            differences += compare_rows(table, made, i, expected, j, tallies);
        }
    }
    /* A table of sections may list headings only. */
    bool whole = strcmp(tables[table].table, "sections") != 0;
    for (size_t i = 0; i < made->rows && whole; i++) {
        if (covers(expected, made, i, table) && find_row(expected, made, i, tables[table].keys) == SIZE_MAX) {
            differences++;
            print_row("not expected:", tables[table].table, made, i, tables[table].keys);
        }
    }
    return differences;
}

int main(int argc, char **argv) {
    size_t differences = 0;
    size_t compared = 0;
    diagnostics_start(argv[0]);
    if (argc < 3)
        die("usage: accuracy MADE EXPECTED...");
    for (size_t table = 0; table < sizeof tables / sizeof *tables; table++) {
        struct sheet made;
        struct tallies tallies = {.count = 0};
        if (!read_sheet(&made, argv[1], tables[table].table))
            die("%s has no table %s", argv[1], tables[table].table);
        for (int i = 2; i < argc; i++) {
            struct sheet expected;
            if (read_sheet(&expected, argv[i], tables[table].table))
                differences += compare_tables(table, &made, &expected, &tallies);
            free_sheet(&expected);
        }
        for (size_t i = 0; i < tallies.count; i++) {
            printf("%-18s %-20s %6zu compared %6zu equal\n", tables[table].table, tallies.columns[i].name,
                   tallies.columns[i].compared, tallies.columns[i].equal);
            compared += tallies.columns[i].compared;
        }
        free_sheet(&made);
    }
    printf("%zu cells compared, %zu differences\n", compared, differences);
    return differences > 0 || compared == 0 ? STATUS_REPORT : STATUS_DONE;
}
