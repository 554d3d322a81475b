/*
 * extract-records: makes the tables of records from the sections of a report.
 *
 * Reads sections.csv as extract-sections writes it, normalized or not; writes one table (-t) or all of them in one pass
 * (-d). The rows of a table are the same either way. See records.h for how rows are made.
 */
#include <stdlib.h>

#include "diagnostics.h"
#include "findings.h"
#include "options.h"
#include "profile.h"
#include "records.h"
#include "table.h"

static const char usage[] =
    "Usage: extract-records (-t TABLE | -d DIR) [OPTION]... [FILE]...\n"
    "Make the tables of a report from its sections. Without FILE, or when FILE is -, read standard input.\n"
    "\n"
    "  -t, --table=TABLE       write one table: report, projects, objectives, kpis, results, activities,\n"
    "                          activity_results, obstacles, strategy_kpis, summary or declared\n"
    "  -d, --directory=DIR     write all of them, as DIR/TABLE.csv\n"
    "  -f, --findings=FILE     write findings to FILE as CSV (default: to standard error)\n"
    "  -o, --output=FILE       write the one table to FILE instead of standard output\n"
    "  -p, --profile=DIR       the ministry's profile\n"
    "      --sha256=HASH       the SHA-256 of the report's text, for the table report\n"
    "      --sha256-file=FILE  take it from FILE, as sha256sum writes it, once the sections are read\n"
    "  -z, --gzip              compress the output\n"
    "      --bom               begin each table with a byte order mark\n"
    "      --help              print this help\n"
    "      --version           print the version\n";

struct options {
    const char *table;
    const char *dir;
    const char *sha256;
    const char *sha256_file;
    struct common_options common;
};

struct columns {
    size_t key;
    size_t section;
    size_t line_first;
    size_t line_last;
    size_t form;
    size_t heading;
    size_t text;
};

static uint64_t parse_line(const struct table_reader *reader, const struct table_row *row, size_t column) {
    struct text field = row->fields[column];
    uint64_t value = 0;
    bool good = field.len > 0 && field.len < 19;
    for (size_t i = 0; i < field.len && good; i++) {
        good = char_is_digit(field.data[i]);
        value = value * 10 + (uint64_t)(field.data[i] - '0');
    }
    if (!good)
        die_at(table_name(reader), row->line, "'%.*s' is no line's number", (int)field.len, field.data);
    return value;
}

static void read_section(const struct table_reader *reader, const struct table_row *row,
                         const struct columns *columns, struct section_row *section) {
    struct text key = row->fields[columns->key];
    struct text name = row->fields[columns->section];
    if (!key_parse(key, &section->key))
        die_at(table_name(reader), row->line, "'%.*s' is no key", (int)key.len, key.data);
    if (!section_parse(name, &section->section))
        die_at(table_name(reader), row->line, "'%.*s' is no section", (int)name.len, name.data);
    section->line_first = parse_line(reader, row, columns->line_first);
    section->line_last = parse_line(reader, row, columns->line_last);
    section->headed = !text_equal(row->fields[columns->form], TEXT("none"));
    section->heading = row->fields[columns->heading];
    section->text = row->fields[columns->text];
}

static void read_sections(struct table_reader *reader, struct records *records) {
    struct columns columns = {
        .key = table_require_column(reader, "key"),
        .section = table_require_column(reader, "section"),
        .line_first = table_require_column(reader, "line_first"),
        .line_last = table_require_column(reader, "line_last"),
        .form = table_require_column(reader, "form"),
        .heading = table_require_column(reader, "heading"),
        .text = table_require_column(reader, "text"),
    };
    struct table_row row;
    struct section_row section;
    while (table_read(reader, &row)) {
        read_section(reader, &row, &columns, &section);
        records_section(records, &section);
    }
}

enum { SHA256_LENGTH = 64 };

static bool is_sha256(struct text text) {
    for (size_t i = 0; i < text.len; i++) {
        if ((text.data[i] < '0' || text.data[i] > '9') && (text.data[i] < 'a' || text.data[i] > 'f'))
            return false;
    }
    return text.len == SHA256_LENGTH;
}

/* Puts the report's SHA-256 into HASH, nothing where it is not known. The file may be a pipe that is still written
   to: what reckons the hash has all the time that the sections take. */
static void take_sha256(const struct options *options, struct buffer *hash) {
    buffer_append_text(hash, text_of(options->sha256));
    if (options->sha256_file == NULL)
        return;
    struct input *input = input_open(options->sha256_file, NULL);
    struct text line;
    if (!input_line(input, &line) || line.len < SHA256_LENGTH ||
        !is_sha256((struct text){line.data, SHA256_LENGTH}))
        die_at(options->sha256_file, 0, "no SHA-256 stands here");
    buffer_append(hash, line.data, SHA256_LENGTH);
    input_close(input);
}

static int extract(const struct options *options, struct operands operands) {
    const struct common_options *common = &options->common;
    struct profile *profile = profile_open(common->profile);
    struct table_reader *reader = table_open(operands.paths[0], NULL);
    struct writers writers = {0};
    enum table table = TABLE_REPORT;
    if (options->table != NULL && (!tables_parse(options->table, &table) || table == TABLE_SECTIONS))
        die("-t: there is no table '%s'", options->table);
    if (options->table != NULL)
        writers_open_one(&writers, table, common->output, common->gzip, common->bom);
    else
        writers_open_all(&writers, options->dir, common->gzip, common->bom);
    struct findings *findings = findings_open(common->findings, operands.paths[0]);
    struct records *records = records_open(&(struct records_options){profile, &writers, findings});
    for (size_t i = 0;; reader = table_open(operands.paths[i], NULL)) {
        read_sections(reader, records);
        table_close(reader);
        if (++i == operands.count)
            break;
    }
    struct buffer hash = {0};
    take_sha256(options, &hash);
    records_close(records, buffer_text(&hash));
    buffer_free(&hash);
    writers_close(&writers);
    int status = findings_close(findings);
    profile_close(profile);
    return status;
}

static const char *parse_sha256(const char *value) {
    if (!is_sha256(text_of(value)))
        die("--sha256: '%s' is no SHA-256 in lower-case hexadecimal", value);
    return value;
}

enum { OPTION_SHA256 = OPTION_OWN, OPTION_SHA256_FILE };

static const struct option long_options[] = {
    {"table", required_argument, NULL, 't'},
    {"directory", required_argument, NULL, 'd'},
    {"sha256", required_argument, NULL, OPTION_SHA256},
    {"sha256-file", required_argument, NULL, OPTION_SHA256_FILE},
    OPTIONS_FINDINGS,
    OPTIONS_COMMON,
    {0},
};

static void take_option(struct options *options, int option, const char *value) {
    switch (option) {
    case 't':
        options->table = value;
        break;
    case 'd':
        options->dir = value;
        break;
    case OPTION_SHA256:
        options->sha256 = parse_sha256(value);
        break;
    case OPTION_SHA256_FILE:
        options->sha256_file = value;
        break;
    default:
        if (!options_common(option, value, usage, &options->common))
            options_usage_error();
    }
}

int main(int argc, char **argv) {
    static const char letters[] = "t:d:" OPTIONS_FINDINGS_LETTERS OPTIONS_COMMON_LETTERS;
    struct options options = {0};
    int option;
    diagnostics_start(argv[0]);
    while ((option = getopt_long(argc, argv, letters, long_options, NULL)) != -1)
        take_option(&options, option, optarg);
    if ((options.table == NULL) == (options.dir == NULL)) {
        diagnose(SEVERITY_ERROR, NULL, 0, "give one of -t TABLE and -d DIR");
        options_usage_error();
    }
    if (options.sha256 != NULL && options.sha256_file != NULL) {
        diagnose(SEVERITY_ERROR, NULL, 0, "give one of --sha256 and --sha256-file");
        options_usage_error();
    }
    return extract(&options, options_operands(argc, argv));
}
