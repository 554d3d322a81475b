/*
 * Foresight: the lines of a report, each looked at once, with those that are still to come.
 */
#ifndef FORESIGHT_H
#define FORESIGHT_H

#include "headings.h"
#include "input.h"

struct foresight;

/* Opens the inputs PATHS, one behind the other; they are one report. HEADINGS, PATHS and OPTIONS must outlive it. */
struct foresight *foresight_open(struct headings *headings, char *const *paths, size_t count,
                                 const struct input_options *options);
void foresight_close(struct foresight *foresight);

/* The line AHEAD lines in front (0: the next one to be passed), NULL behind the end. It lives until it was passed.
   Dies for an input that cannot be read, or that is empty. */
const struct printed_line *foresight_line(struct foresight *foresight, size_t ahead);

/* Passes the next line. */
void foresight_pass(struct foresight *foresight);

#endif
