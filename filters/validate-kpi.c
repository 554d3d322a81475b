/*
 * validate-kpi: finds what is wrong in the tables of a progress report, and nothing else.
 *
 * With -t it reads one table and holds each row against the table's schema: good rows go to standard output as
 * they stand, the others to a file of rejects, and what was found to a findings table or to standard error. With
 * -d it reads all tables of a folder, holds them against their schemas and against each other by the rules of
 * the profile, and writes the folder's findings.csv, together with what other filters found.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check_dataset.h"
#include "check_rows.h"
#include "diagnostics.h"
#include "keyset.h"
#include "options.h"
#include "output.h"
#include "raw_rows.h"

static const char usage[] =
    "Usage: validate-kpi -t TABLE [OPTION]... [FILE]...\n"
    "       validate-kpi -d DIR [OPTION]... [FINDINGS]...\n"
    "Find what is wrong in the tables of a progress report.\n"
    "\n"
    "  -t, --table=TABLE      one table (projects, kpis, ...) against its schema, as a filter:\n"
    "                         good rows go to standard output\n"
    "  -d, --directory=DIR    all tables of DIR, by the rules that cross fields and tables;\n"
    "                         the rows of the findings tables FINDINGS are merged in\n"
    "  -r, --rejects=FILE     with -t: the rows that are not good, with their reasons\n"
    "  -f, --findings=FILE    findings as CSV (-t: standard error; -d: DIR/findings.csv)\n"
    "      --max-findings=N   list at most N findings; all are counted\n"
    "      --lang=en|th       the language of the messages (en)\n"
    "      --summary          counts by rule and agency (-t: to standard error)\n"
    "  -o, --output=FILE      with -t: write the good rows to FILE\n"
    "  -z, --gzip             compress the output\n"
    "      --bom              begin the output with a byte order mark, for spreadsheets\n"
    "  -p, --profile=DIR      the profile (TRAIMAT_PROFILE, else the one of the ministry mdes)\n"
    "      --invalid=replace  go on after bytes that are not UTF-8\n"
    "      --encoding=tis-620 read Thai in the encoding TIS-620\n"
    "      --max-bytes=N, --max-line=N\n"
    "                         limits of the input\n"
    "      --help, --version\n"
    "\n"
    "Exit status: 0 no finding of severity error, 1 some, 2 trouble.\n";

enum { OPTION_MAX_FINDINGS = OPTION_OWN, OPTION_LANG, OPTION_SUMMARY };

struct settings {
    const char *table;
    const char *directory;
    const char *rejects;
    bool summary;
    struct fault_options faults;
    struct common_options common;
};

static uint64_t parse_count(const char *value) {
    uint64_t count = 0;
    size_t digits = strspn(value, "0123456789");
    if (digits == 0 || digits > 18 || value[digits] != '\0')
        die("--max-findings: '%s' is no number", value);
    for (size_t i = 0; i < digits; i++)
        count = count * 10 + (uint64_t)(value[i] - '0');
    if (count == 0)
        die("--max-findings: at least 1");
    return count;
}

static enum language parse_language(const char *value) {
    if (strcmp(value, "en") != 0 && strcmp(value, "th") != 0)
        die("--lang: 'en' or 'th', not '%s'", value);
    return strcmp(value, "th") == 0 ? LANGUAGE_TH : LANGUAGE_EN;
}

static void take_option(struct settings *settings, int option, const char *value) {
    switch (option) {
    case 't':
        settings->table = value;
        break;
    case 'd':
        settings->directory = value;
        break;
    case 'r':
        settings->rejects = value;
        break;
    case OPTION_MAX_FINDINGS:
        settings->faults.max_listed = parse_count(value);
        break;
    case OPTION_LANG:
        settings->faults.language = parse_language(value);
        break;
    case OPTION_SUMMARY:
        settings->summary = true;
        break;
    default:
        if (!options_common(option, value, usage, &settings->common))
            options_usage_error();
    }
}

static void read_options(struct settings *settings, int argc, char **argv) {
    static const struct option longs[] = {
        {"table", required_argument, NULL, 't'},
        {"directory", required_argument, NULL, 'd'},
        {"rejects", required_argument, NULL, 'r'},
        {"max-findings", required_argument, NULL, OPTION_MAX_FINDINGS},
        {"lang", required_argument, NULL, OPTION_LANG},
        {"summary", no_argument, NULL, OPTION_SUMMARY},
        OPTIONS_FINDINGS,
        OPTIONS_COMMON,
        OPTIONS_INPUT,
        {0},
    };
    static const char letters[] = "t:d:r:" OPTIONS_FINDINGS_LETTERS OPTIONS_COMMON_LETTERS;
    int option;
    while ((option = getopt_long(argc, argv, letters, longs, NULL)) != -1)
        take_option(settings, option, optarg);
    settings->faults.path = settings->common.findings;
    if ((settings->table == NULL) == (settings->directory == NULL)) {
        diagnose(SEVERITY_ERROR, NULL, 0, "one of -t TABLE and -d DIR is needed");
        options_usage_error();
    }
    const struct common_options *common = &settings->common;
    const struct input_options *input = &common->input;
    bool filters = settings->rejects != NULL || common->output != NULL || common->gzip || common->bom;
    bool reads = input->invalid != INPUT_INVALID_DIES || input->encoding != INPUT_UTF8 ||
                 input->max_bytes > 0 || input->max_line > 0;
    if (settings->directory != NULL && (filters || reads)) {
        diagnose(SEVERITY_ERROR, NULL, 0, "%s go with -t only",
                 filters ? "-r, -o, -z and --bom" : "--invalid, --encoding, --max-bytes and --max-line");
        options_usage_error();
    }
}

/* What a table's rows go through: opened at the first file's header, shared by all files. */
struct filter {
    const struct settings *settings;
    struct profile *profile;
    struct schema *schema;
    struct faults *faults;
    struct row_checker *checker;
    struct output *good;
    struct output *bad; /* NULL: rejected rows are not kept */
    struct buffer header;
    struct buffer reasons;
    struct text run; /* good rows that lie end to end, not yet written */
    uint64_t rejected;
};

/* The rejected row, its bytes as they stand, with one more field. */
static void write_rejected(struct output *output, struct text raw, struct text reasons) {
    raw.len--; /* its line end */
    output_write(output, raw);
    output_write(output, TEXT(","));
    output_write(output, reasons); /* rule and column names: nothing that needs quotes */
    output_write(output, TEXT("\n"));
}

/* The name of the rejects' last column: `reasons`, with a number behind it where the table has that already. */
static void append_reasons_name(struct buffer *name, const struct raw_row *header) {
    for (unsigned try = 1;; try++) {
        buffer_clear(name);
        buffer_append_text(name, TEXT("reasons"));
        if (try > 1)
            buffer_append_number(name, try);
        bool taken = false;
        for (size_t i = 0; i < header->count; i++)
            taken = taken || text_equal(header->fields[i], buffer_text(name));
        if (!taken)
            return;
    }
}

static void check_header(const struct raw_row *header, const char *file) {
    struct keyset *names = keyset_new();
    uint64_t first;
    for (size_t i = 0; i < header->count; i++) {
        if (!keyset_add(names, header->fields[i], i, &first))
            die_at(file, header->line, "the header has the column '%.*s' twice", (int)header->fields[i].len,
                   header->fields[i].data);
    }
    keyset_free(names);
}

static void take_header(struct filter *filter, const struct raw_row *header, const char *file) {
    const struct settings *settings = filter->settings;
    check_header(header, file);
    bool first = filter->good == NULL;
    if (first) {
        filter->good = output_open(settings->common.output, settings->common.gzip);
        if (settings->common.bom)
            output_write(filter->good, TEXT("\xEF\xBB\xBF"));
        output_write(filter->good, header->raw);
        buffer_append_text(&filter->header, header->raw);
    } else if (!text_equal(buffer_text(&filter->header), header->raw)) {
        die_at(file, header->line, "the header is not that of the file before");
    }
    if (first && settings->rejects != NULL) {
        filter->bad = output_open(settings->rejects, false);
        append_reasons_name(&filter->reasons, header);
        write_rejected(filter->bad, header->raw, buffer_text(&filter->reasons));
    }
    if (filter->checker == NULL)
        filter->checker =
            row_checker_open(filter->schema, filter->profile, filter->faults, settings->faults.language, file,
                             true, header->fields, header->count);
    else
        row_checker_set_file(filter->checker, file);
}

static void write_run(struct filter *filter) {
    output_write(filter->good, filter->run);
    filter->run = (struct text){NULL, 0};
}

static void write_good(struct filter *filter, struct text raw) {
    if (filter->run.len > 0 && filter->run.data + filter->run.len == raw.data) {
        filter->run.len += raw.len;
        return;
    }
    write_run(filter);
    filter->run = raw;
}

static void filter_row(struct filter *filter, const struct raw_row *row) {
    buffer_clear(&filter->reasons);
    if (row_check(filter->checker, row->fields, row->line, &filter->reasons)) {
        write_good(filter, row->raw);
        return;
    }
    filter->rejected++;
    if (filter->bad != NULL)
        write_rejected(filter->bad, row->raw, buffer_text(&filter->reasons));
}

static void filter_file(struct filter *filter, const char *path) {
    struct raw_rows *rows = raw_rows_open(path, &filter->settings->common.input);
    const struct raw_row *batch;
    size_t count;
    take_header(filter, raw_rows_header(rows), raw_rows_name(rows));
    while ((count = raw_rows_read(rows, &batch)) > 0) {
        for (size_t i = 0; i < count; i++)
            row_expect(filter->checker, batch[i].fields);
        for (size_t i = 0; i < count; i++)
            filter_row(filter, &batch[i]);
        write_run(filter); /* the rows live no longer than the batch */
    }
    raw_rows_close(rows);
}

static void print_summary(struct faults *faults, FILE *stream) {
    struct buffer csv = {0};
    faults_summary(faults, &csv);
    fwrite(csv.data, 1, csv.len, stream);
    buffer_free(&csv);
    if (fflush(stream) != 0 || ferror(stream))
        die("cannot write the summary");
}

static int filter_table(const struct settings *settings, struct operands operands) {
    struct filter filter = {.settings = settings, .profile = profile_open(settings->common.profile)};
    struct rules *rules = rules_open(filter.profile);
    filter.schema = schema_open(filter.profile, settings->table);
    filter.faults = faults_open(rules, &settings->faults);

    for (size_t i = 0; i < operands.count; i++)
        filter_file(&filter, operands.paths[i]);

    faults_finish(filter.faults);
    if (filter.rejected > 0 && filter.bad == NULL)
        diagnose(SEVERITY_NOTE, NULL, 0, "%llu rows were not good and are left out; -r FILE keeps them",
                 (unsigned long long)filter.rejected);
    if (settings->summary)
        print_summary(filter.faults, stderr);
    if (filter.bad != NULL)
        output_close(filter.bad);
    output_close(filter.good);
    row_checker_free(filter.checker);
    int status = faults_close(filter.faults);
    schema_free(filter.schema);
    rules_free(rules);
    profile_close(filter.profile);
    buffer_free(&filter.header);
    buffer_free(&filter.reasons);
    return status;
}

/* A version of a store is never changed; its hashes tell it. */
static void refuse_version(const char *directory) {
    struct buffer sums = {0};
    buffer_printf(&sums, "%s/SHA256SUMS", directory);
    buffer_append_char(&sums, '\0');
    if (access(sums.data, F_OK) == 0)
        die_at(directory, 0,
               "a version of a store, which stays as it is: name a file for the findings with -f");
    buffer_free(&sums);
}

static int validate_directory(const struct settings *settings, char **files, int count) {
    struct profile *profile = profile_open(settings->common.profile);
    struct rules *rules = rules_open(profile);
    struct fault_options options = settings->faults;
    struct buffer path = {0};
    buffer_printf(&path, "%s/findings.csv", settings->directory);
    buffer_append_char(&path, '\0');
    options.sorted = true;
    if (options.path == NULL) {
        refuse_version(settings->directory);
        options.path = path.data;
    }
    struct faults *faults = faults_open(rules, &options);

    check_dataset(settings->directory, profile, rules, faults, options.language, files, (size_t)count);

    faults_finish(faults);
    if (settings->summary)
        print_summary(faults, stdout);
    int status = faults_close(faults);
    rules_free(rules);
    profile_close(profile);
    buffer_free(&path);
    return status;
}

int main(int argc, char **argv) {
    struct settings settings = {0};
    diagnostics_start(argv[0]);
    read_options(&settings, argc, argv);
    if (settings.table != NULL)
        return filter_table(&settings, options_operands(argc, argv));
    return validate_directory(&settings, argv + optind, argc - optind);
}
