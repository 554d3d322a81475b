/*
 * What every filter's command line has: --help, --version, -o, -z, -p, and how to report a wrong use.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

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

/* Prints USAGE to standard output and exits with status 0; a failed write is status 2. */
_Noreturn void options_help(const char *usage);

/* Prints `NAME (traimat) VERSION` and exits likewise. */
_Noreturn void options_version(void);

/* For a wrong use: prints a pointer to --help and exits with status 2. */
_Noreturn void options_usage_error(void);

/* Takes --invalid, --encoding, --max-bytes and --max-line: returns false when OPTION is none of them. A wrong
   value ends the program with status 2. */
bool options_input(int option, const char *value, struct input_options *options);

#endif
