/*
 * parse [-t] [-r COLUMN] FILE...: reads CSV files with libcsv and nothing else, the least that a filter can cost,
 * and prints the number of rows beneath the headers.
 *
 * The bench sets answers in different dialects of CSV against each other by what it prints instead with
 *   -t          all fields, parted by tabs, with \t and \n in them
 *   -r COLUMN   the fields of that column, from 1, as they are and end to end, without the header's
 */
#include <csv.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct reading {
    bool tabs;
    size_t raw_column; /* 0: none */
    size_t column;     /* of the field that comes next, from 1 */
    size_t rows;
};

static void put_escaped(const char *text, size_t len) {
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '\t')
            fputs("\\t", stdout);
        else if (text[i] == '\n')
            fputs("\\n", stdout);
        else
            putchar(text[i]);
    }
}

static void count_field(void *text, size_t len, void *context) {
    (void)text;
    (void)len;
    ((struct reading *)context)->column++;
}

static void print_field(void *text, size_t len, void *context) {
    struct reading *reading = context;
    if (reading->tabs && reading->column > 1)
        putchar('\t');
    if (reading->tabs)
        put_escaped(text, len);
    else if (reading->column == reading->raw_column && reading->rows > 0)
        fwrite(text, 1, len, stdout);
    reading->column++;
}

static void end_row(int end, void *context) {
    (void)end;
    struct reading *reading = context;
    reading->column = 1;
    reading->rows++;
    if (reading->tabs)
        putchar('\n');
}

static void fail(const char *file, const char *why) {
    fprintf(stderr, "parse: error: %s: %s\n", file, why);
    exit(2);
}

static void parse_file(const char *name, struct reading *reading) {
    static char block[64 << 10];
    void (*on_field)(void *, size_t, void *) =
        reading->tabs || reading->raw_column != 0 ? print_field : count_field;
    struct csv_parser parser;
    FILE *file = strcmp(name, "-") == 0 ? stdin : fopen(name, "rb");
    if (file == NULL || csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        fail(name, "cannot open");
    size_t got;
    while ((got = fread(block, 1, sizeof block, file)) > 0) {
        if (csv_parse(&parser, block, got, on_field, end_row, reading) != got)
            fail(name, csv_strerror(csv_error(&parser)));
    }
    if (ferror(file) || csv_fini(&parser, on_field, end_row, reading) != 0)
        fail(name, "cut short");
    csv_free(&parser);
    fclose(file);
}

int main(int argc, char **argv) {
    struct reading reading = {0};
    for (int option; (option = getopt(argc, argv, "tr:")) != -1;) {
        if (option == 't')
            reading.tabs = true;
        else if (option == 'r')
            reading.raw_column = strtoul(optarg, NULL, 10);
        else
            return 2;
    }
    size_t rows = 0;
    for (int i = optind; i < argc; i++) {
        reading.column = 1;
        reading.rows = 0;
        parse_file(argv[i], &reading);
        rows += reading.rows > 0 ? reading.rows - 1 : 0;
    }
    if (!reading.tabs && reading.raw_column == 0)
        printf("%zu\n", rows);
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 2;
}
