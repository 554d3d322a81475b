/* diff_parse FILE...: parses CSV files with libcsv and nothing else, for the ratios of the benchmark `diff`. */
#include <csv.h>
#include <stdio.h>
#include <stdlib.h>

struct counts {
    size_t fields;
    size_t rows;
};

static void on_field(void *data, size_t len, void *context) {
    (void)data;
    (void)len;
    ((struct counts *)context)->fields++;
}

static void on_row(int terminator, void *context) {
    (void)terminator;
    ((struct counts *)context)->rows++;
}

int main(int argc, char **argv) {
    static char block[256 << 10];
    struct counts counts = {0, 0};
    for (int i = 1; i < argc; i++) {
        struct csv_parser parser;
        FILE *file = fopen(argv[i], "rb");
        if (file == NULL || csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
            return 2;
        size_t got;
        while ((got = fread(block, 1, sizeof block, file)) > 0) {
            if (csv_parse(&parser, block, got, on_field, on_row, &counts) != got)
                return 2;
        }
        if (ferror(file) || csv_fini(&parser, on_field, on_row, &counts) != 0)
            return 2;
        csv_free(&parser);
        fclose(file);
    }
    printf("%zu fields, %zu rows\n", counts.fields, counts.rows);
    return 0;
}
