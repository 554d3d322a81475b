/* Diagnostics on standard error and the end of a program in trouble; see diagnostics.h. */
#include "diagnostics.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *name = "traimat";
static void (*before_trouble_hook)(void);
static void (*trouble_hook)(void);

void diagnostics_start(const char *argv0) {
    if (argv0 == NULL || argv0[0] == '\0')
        return;
    const char *slash = strrchr(argv0, '/');
    name = slash != NULL ? slash + 1 : argv0;
}

const char *program_name(void) {
    return name;
}

const char *severity_name(enum severity severity) {
    static const char *const names[] = {"note", "warning", "error"};
    return names[severity];
}

static void print_line(enum severity severity, const char *file, uint64_t line, const char *format,
                       va_list arguments) {
    flockfile(stderr);
    fprintf(stderr, "%s: ", name);
    if (file != NULL && line > 0)
        fprintf(stderr, "%s:%llu: ", file, (unsigned long long)line);
    else if (file != NULL)
        fprintf(stderr, "%s: ", file);
    fprintf(stderr, "%s: ", severity_name(severity));
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    funlockfile(stderr);
}

void diagnose(enum severity severity, const char *file, uint64_t line, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    print_line(severity, file, line, format, arguments);
    va_end(arguments);
}

void diagnostics_at_trouble(void (*hook)(void)) {
    trouble_hook = hook;
}

void diagnostics_before_trouble(void (*hook)(void)) {
    before_trouble_hook = hook;
}

static void before_trouble(void) {
    if (before_trouble_hook != NULL)
        before_trouble_hook();
}

void end_in_trouble(void) {
    if (trouble_hook != NULL)
        trouble_hook();
    fflush(stderr);
    _exit(STATUS_TROUBLE);
}

void die(const char *format, ...) {
    va_list arguments;
    before_trouble();
    va_start(arguments, format);
    print_line(SEVERITY_ERROR, NULL, 0, format, arguments);
    va_end(arguments);
    end_in_trouble();
}

void die_at(const char *file, uint64_t line, const char *format, ...) {
    va_list arguments;
    before_trouble();
    va_start(arguments, format);
    print_line(SEVERITY_ERROR, file, line, format, arguments);
    va_end(arguments);
    end_in_trouble();
}
