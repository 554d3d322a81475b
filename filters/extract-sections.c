/*
 * extract-sections: cuts a report into its sections.
 *
 * Reads raw text, writes a table with the columns key,section,line_first,line_last,form,heading,text. The rows' texts
 * put end to end are the input, byte for byte. How sections are known is told in walk.h.
 */
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
    int strategy;
    struct common_options common;
};

static int extract(struct options *options, struct operands operands) {
    struct common_options *common = &options->common;
    struct profile *profile = profile_open(common->profile);
    struct findings *findings = findings_open(common->findings, operands.paths[0]);
    struct walk *walk = walk_open(&(struct walk_options){
        .profile = profile,
        .paths = operands.paths,
        .path_count = operands.count,
        .input = &common->input,
        .strategy = options->strategy,
        .findings = findings,
    });
    size_t column_count;
    const char *const *columns = tables_columns(TABLE_SECTIONS, &column_count);
    struct table_writer *writer =
        table_create(common->output, common->gzip, common->bom, columns, column_count);
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
        {"strategy", required_argument, NULL, OPTION_STRATEGY},
        OPTIONS_FINDINGS,
        OPTIONS_COMMON,
        OPTIONS_INPUT,
        {0},
    };
    static const char letters[] = OPTIONS_FINDINGS_LETTERS OPTIONS_COMMON_LETTERS;
    struct options options = {0};
    int option;
    diagnostics_start(argv[0]);
    while ((option = getopt_long(argc, argv, letters, long_options, NULL)) != -1) {
        if (option == OPTION_STRATEGY)
            options.strategy = parse_strategy(optarg);
        else if (!options_common(option, optarg, usage, &options.common))
            options_usage_error();
    }
    return extract(&options, options_operands(argc, argv));
}
