/*
 * Diagnostics and exit statuses, the same in every filter.
 *
 * A diagnostic is one line on standard error, `filter: file:line: severity: message`, so that an editor can
 * jump to the place. What ends a program in trouble ends it through die() or die_at(): status 2, temporary
 * output files removed, nothing half written.
 */
#ifndef DIAGNOSTICS_H
#define DIAGNOSTICS_H

#include <stdint.h>

/* Exit statuses, as those of grep(1) and diff(1). */
enum {
    STATUS_DONE = 0,   /* done, nothing to report */
    STATUS_REPORT = 1, /* done, something to report */
    STATUS_TROUBLE =
        2, /* usage, unreadable or malformed input, a failed write: the output is not to be used */
};

/* How grave a finding or a diagnostic is; the names are those of the column `severity`. */
enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };

/* Sets the program's name from argv[0]; call it first. */
void diagnostics_start(const char *argv0);

/* The program's name, without its folder. */
const char *program_name(void);

/* The severity's word: note, warning or error. */
const char *severity_name(enum severity severity);

/* Prints one diagnostic. FILE may be NULL (no place), LINE 0 (no line). */
void diagnose(enum severity severity, const char *file, uint64_t line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Sets what is to be done (temporary files removed) before a program ends in trouble; one hook is enough. */
void diagnostics_at_trouble(void (*hook)(void));

/* Sets what is to be done before the reason of trouble is told; one hook is enough. */
void diagnostics_before_trouble(void (*hook)(void));

/* Ends the program at once with status 2, after the hook and without another word: what was gathered is given up. */
_Noreturn void end_in_trouble(void);

/* Prints an error and ends the program with status 2. */
_Noreturn void die(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same with a place; LINE 0 leaves the line out. */
_Noreturn void die_at(const char *file, uint64_t line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
