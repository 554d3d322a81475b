/*
 * The least that reading a CSV file with libcsv costs: parses FILE and adds up the fields' lengths. The
 * measure for tests/bench/aggregate and tests/bench/validate.
 *
 * It is what a user of the library would write: blocks of 64 KiB by fread(), strict quotes as the filters ask for
 * them, no other option, one thread.
 */
#include <csv.h>
#include <stdio.h>

static void on_field(void *data, size_t len, void *context) {
    (void)data;
    *(size_t *)context += len;
}

static void on_row(int terminator, void *context) {
    (void)terminator;
    (void)context;
}

int main(int argc, char **argv) {
    static char block[65536];
    struct csv_parser parser;
    size_t bytes = 0;
    size_t got;
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (file == NULL || csv_init(&parser, CSV_STRICT) != 0)
        return 2;
    while ((got = fread(block, 1, sizeof block, file)) > 0) {
        if (csv_parse(&parser, block, got, on_field, on_row, &bytes) != got)
            return 2;
    }
    csv_fini(&parser, on_field, on_row, &bytes);
    csv_free(&parser);
    fclose(file);
    printf("%zu\n", bytes);
    return 0;
}
