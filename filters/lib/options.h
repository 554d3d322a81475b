/*
 * What the filters' command lines share: -o, -z, --bom, -p, --help and --version, which all have; -f and the
 * options on how an input is read, which most have; operands that are files; and how to report a wrong use.
 *
 * A filter's table of options holds the rows of those groups that it takes, behind its own:
 *
 *     static const struct option long_options[] = {
 *         {"table", required_argument, NULL, 't'},
 *         OPTIONS_FINDINGS,
 *         OPTIONS_COMMON,
 *         OPTIONS_INPUT,
 *         {0},
 *     };
 *     getopt_long(argc, argv, "t:" OPTIONS_FINDINGS_LETTERS OPTIONS_COMMON_LETTERS, long_options, NULL)
 *
 * An option without a row there is refused by getopt_long(), though options_common() would know it.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <getopt.h>

#include "input.h"

/* TRAIMAT_VERSION, the version as a string, is set by the Makefile. */

/* Values of long options without a letter; a filter's own begin at OPTION_OWN. */
enum {
    OPTION_HELP = 256,
    OPTION_VERSION,
    OPTION_INVALID,
    OPTION_ENCODING,
    OPTION_MAX_BYTES,
    OPTION_MAX_LINE,
    OPTION_BOM,
    OPTION_OWN
};

#define OPTIONS_ROW(name, argument, value) \
    { name, argument, NULL, value }

#define OPTIONS_COMMON                                                                               \
    OPTIONS_ROW("output", required_argument, 'o'), OPTIONS_ROW("gzip", no_argument, 'z'),            \
        OPTIONS_ROW("bom", no_argument, OPTION_BOM), OPTIONS_ROW("profile", required_argument, 'p'), \
        OPTIONS_ROW("help", no_argument, OPTION_HELP), OPTIONS_ROW("version", no_argument, OPTION_VERSION)
#define OPTIONS_COMMON_LETTERS "o:zp:"

#define OPTIONS_FINDINGS OPTIONS_ROW("findings", required_argument, 'f')
#define OPTIONS_FINDINGS_LETTERS "f:"

#define OPTIONS_INPUT                                                  \
    OPTIONS_ROW("invalid", required_argument, OPTION_INVALID),         \
        OPTIONS_ROW("encoding", required_argument, OPTION_ENCODING),   \
        OPTIONS_ROW("max-bytes", required_argument, OPTION_MAX_BYTES), \
        OPTIONS_ROW("max-line", required_argument, OPTION_MAX_LINE)

/* What the shared options say. Zeroed is what holds where none is given. */
struct common_options {
    const char *output;   /* -o; NULL: standard output */
    const char *profile;  /* -p; NULL: the one of profile_open() */
    const char *findings; /* -f; NULL: where the filter tells them otherwise */
    bool gzip;
    bool bom;
    struct input_options input;
};

/* Takes one of the shared options: returns false when OPTION is none of them. --help prints USAGE, --version
   the version; both end the program, and so does a wrong value. VALUE lives as long as the options. */
bool options_common(int option, const char *value, const char *usage, struct common_options *options);

/* The files that a command line names. */
struct operands {
    char *const *paths;
    size_t count; /* at least 1 */
};

/* The operands behind the options, after getopt_long() has taken these; `-`, standard input, where there is
   none. They live as long as ARGV. */
struct operands options_operands(int argc, char **argv);

/* For a wrong use: prints a pointer to --help and exits with status 2. */
_Noreturn void options_usage_error(void);

#endif
