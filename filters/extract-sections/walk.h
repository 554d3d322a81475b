/*
 * The walk: a report line by line, with some foresight, and the rows of its sections as they are settled.
 *
 * A section's heading is known by its words; a project's by its number, its title, what follows it (the heading of the
 * agency), and the strategy's summary table. Rows of the current project are held back until the next one begins: only
 * then is it known whether a project's heading was lost with its page.
 */
#ifndef WALK_H
#define WALK_H

#include "findings.h"
#include "input.h"
#include "profile.h"
#include "table.h"

struct walk;

/* What goes in and out; all of it must outlive the walk. */
struct walk_options {
    struct profile *profile;
    char *const *paths; /* of the report's pieces, in order */
    size_t path_count;
    struct input_options *input; /* the walk sets what becomes of bytes that were replaced */
    int strategy;                /* of projects before the first strategy's heading; 0: not known */
    struct findings *findings;
};

/* Opens the report and reads its first line; dies when that cannot be. The caller closes. */
struct walk *walk_open(const struct walk_options *options);

/* Walks the whole report and writes its rows to WRITER, whose columns are those of the table of sections. */
void walk_report(struct walk *walk, struct table_writer *writer);

void walk_close(struct walk *walk);

#endif
