/*
 * CSV read fast where only some columns are wanted: the others are parsed and checked, but not kept.
 *
 * Over libcsv, with the same form and the same refusals as table.h (DESIGN.md, «CSV»).
 */
#ifndef PICKED_H
#define PICKED_H

#include "input.h"

struct picked;

/* What is called back. */
struct picked_calls {
    /* Once, when the header has been read: says with picked_want() which columns are wanted. */
    void (*header)(struct picked *picked, void *context);
    /* For each row: PICKED_MAX fields, the wanted ones at their places and all others empty, living until the call
       returns, and the line of the file on which the row begins. */
    void (*row)(const struct text *fields, uint64_t line, void *context);
};

/* As many fields as may be wanted. */
#define PICKED_MAX 16

/* What picked_column() returns for a name that the header has not. */
#define PICKED_NO_COLUMN SIZE_MAX

/* Reads PATH (`-` or NULL: standard input) to its end. OPTIONS as for input_open(), or NULL. */
void picked_read(const char *path, const struct input_options *options, const struct picked_calls *calls,
                 void *context);

/* To be called from header() alone. */
size_t picked_column(const struct picked *picked, const char *name);
void picked_want(struct picked *picked, size_t column, size_t place);

/* The name for diagnostics; it lives as long as the path. */
const char *picked_name(const struct picked *picked);

#endif
