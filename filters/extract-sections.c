/*
 * extract-sections: cuts a report into its sections.
 *
 * Reads raw text, writes a table with the columns key,section,line_first,line_last,form,heading,text. The rows' texts put end
 * to end are the input, byte for byte. How sections are known is told in walk.h.
 */
#include <getopt.h>
#include <stdlib.h>

#include "diagnostics.h"
#include "findings.h"
#include "options.h"
#include "profile.h"
#include "table.h"
#include "tables.h"
#include "walk.h"

static const char usage[] =
    "Usage: extract-sections [OPTION]... [FILE]...\n"
    "Cut a report into its sections, as CSV. Without FILE, or when FILE is -, read standard input.\n"
    "\n"
    "  -f, --findings=FILE     write findings to FILE as CSV (default: to standard error)\n"
    "  -o, --output=FILE       write to FILE instead of standard output\n"
    "  -p, --profile=DIR       the ministry's profile\n"
    "      --strategy=N        the strategy of projects before the first strategy heading\n"
    "  -z, --gzip              compress the output\n"
    "      --bom               begin the output with a byte order mark\n"
    "      --invalid=HOW       bytes that are not UTF-8: error (default) or replace\n"
    "      --encoding=NAME     of the input: utf-8 (default) or tis-620\n"
    "      --max-bytes=N       limit on the size of an input, decompressed\n"
    "      --max-line=N        limit on the length of a line\n"
    "      --help              print this help\n"
    "      --version           print the version\n";

struct options {
    const char *findings;
    const char *output;
    const char *profile;
    int strategy;
    bool gzip;
    bool bom;
    struct input_options input;
};

static int extract(struct options *options, char *const *paths, size_t path_count) {
    static char *const standard_input[] = {(char *)"-"};
    if (path_count == 0) {
        paths = standard_input;
        path_count = 1;
    }
    struct profile *profile = profile_open(options->profile);
    struct findings *findings = findings_open(options->findings, paths[0]);
    struct walk *walk = walk_open(&(struct walk_options){
        .profile = profile,
        .paths = paths,
        .path_count = path_count,
        .input = &options->input,
        .strategy = options->strategy,
        .findings = findings,
    });
    size_t column_count;
    const char *const *columns = tables_columns(TABLE_SECTIONS, &column_count);
    struct table_writer *writer =
        table_create(options->output, options->gzip, options->bom, columns, column_count);
    walk_report(walk, writer);
    table_finish(writer);
    walk_close(walk);
    int status = findings_close(findings);
    profile_close(profile);
    return status;
}

static int parse_strategy(const char *value) {
    if (value[0] < '1' || value[0] > '9' || value[1] != '\0')
        die("--strategy: '%s' is no strategy's number", value);
    return value[0] - '0';
}

int main(int argc, char **argv) {
    enum { OPTION_STRATEGY = OPTION_OWN };
    static const struct option long_options[] = {
        {"findings", required_argument, NULL, 'f'},
        {"output", required_argument, NULL, 'o'},
        {"profile", required_argument, NULL, 'p'},
        {"strategy", required_argument, NULL, OPTION_STRATEGY},
        {"gzip", no_argument, NULL, 'z'},
        {"bom", no_argument, NULL, OPTION_BOM},
        {"invalid", required_argument, NULL, OPTION_INVALID},
        {"encoding", required_argument, NULL, OPTION_ENCODING},
        {"max-bytes", required_argument, NULL, OPTION_MAX_BYTES},
        {"max-line", required_argument, NULL, OPTION_MAX_LINE},
        {"help", no_argument, NULL, OPTION_HELP},
        {"version", no_argument, NULL, OPTION_VERSION},
        {0},
    };
    diagnostics_start(argv[0]);
    struct options options = {0};
    int option;
    while ((option = getopt_long(argc, argv, "f:o:p:z", long_options, NULL)) != -1) {
        if (options_input(option, optarg, &options.input))
            continue;
        switch (option) {
        case 'f':
            options.findings = optarg;
            break;
        case 'o':
            options.output = optarg;
            break;
        case 'p':
            options.profile = optarg;
            break;
        case 'z':
            options.gzip = true;
            break;
        case OPTION_BOM:
            options.bom = true;
            break;
        case OPTION_STRATEGY:
            options.strategy = parse_strategy(optarg);
            break;
        case OPTION_HELP:
            options_help(usage);
        case OPTION_VERSION:
            options_version();
        default:
            options_usage_error();
        }
    }
    return extract(&options, argv + optind, (size_t)(argc - optind));
}
