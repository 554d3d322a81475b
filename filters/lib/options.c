/* Options that all filters share; see options.h. */
#include "options.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diagnostics.h"

static _Noreturn void end_help(void) {
    if (fflush(stdout) != 0 || ferror(stdout))
        die("standard output: cannot write: %s", strerror(errno));
    exit(STATUS_DONE);
}

/* Prints USAGE to standard output and exits with status 0; a failed write is status 2. */
static _Noreturn void print_help(const char *usage) {
    fputs(usage, stdout);
    end_help();
}

static _Noreturn void print_version(void) {
    printf("%s (traimat) %s\n", program_name(), TRAIMAT_VERSION);
    end_help();
}

void options_usage_error(void) {
    fprintf(stderr, "Try '%s --help'.\n", program_name());
    exit(STATUS_TROUBLE);
}

/* A number of bytes with an optional K, M or G (powers of 1024). */
static uint64_t parse_size(const char *option, const char *value) {
    char *end;
    errno = 0;
    unsigned long long number = strtoull(value, &end, 10);
    int shift = 0;
    if (*end == 'K' || *end == 'M' || *end == 'G')
        shift = *end == 'K' ? 10 : *end == 'M' ? 20 : 30;
    if (value[0] < '0' || value[0] > '9' || errno != 0 || end[shift > 0] != '\0' || number == 0 ||
        number > UINT64_MAX >> shift)
        die("%s: '%s' is no number of bytes", option, value);
    return (uint64_t)number << shift;
}

static bool take_input(int option, const char *value, struct input_options *options) {
    switch (option) {
    case OPTION_INVALID:
        if (strcmp(value, "replace") != 0 && strcmp(value, "error") != 0)
            die("--invalid: 'error' or 'replace', not '%s'", value);
        options->invalid = strcmp(value, "replace") == 0 ? INPUT_INVALID_REPLACED : INPUT_INVALID_DIES;
        return true;
    case OPTION_ENCODING:
        if (strcmp(value, "utf-8") != 0 && strcmp(value, "tis-620") != 0)
            die("--encoding: 'utf-8' or 'tis-620', not '%s'", value);
        options->encoding = strcmp(value, "tis-620") == 0 ? INPUT_TIS620 : INPUT_UTF8;
        return true;
    case OPTION_MAX_BYTES:
        options->max_bytes = parse_size("--max-bytes", value);
        return true;
    case OPTION_MAX_LINE:
        options->max_line = (size_t)parse_size("--max-line", value);
        return true;
    default:
        return false;
    }
}

bool options_common(int option, const char *value, const char *usage, struct common_options *options) {
    switch (option) {
    case 'o':
        options->output = value;
        return true;
    case 'z':
        options->gzip = true;
        return true;
    case OPTION_BOM:
        options->bom = true;
        return true;
    case 'p':
        options->profile = value;
        return true;
    case 'f':
        options->findings = value;
        return true;
    case OPTION_HELP:
        print_help(usage);
    case OPTION_VERSION:
        print_version();
    default:
        return take_input(option, value, &options->input);
    }
}

struct operands options_operands(int argc, char **argv) {
    static char standard_input[] = "-";
    static char *const none[] = {standard_input};
    if (optind >= argc)
        return (struct operands){none, 1};
    return (struct operands){argv + optind, (size_t)(argc - optind)};
}
