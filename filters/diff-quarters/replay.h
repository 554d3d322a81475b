/*
 * The proof of a comparison: the changes, applied to the old tables, give the new ones.
 */
#ifndef REPLAY_H
#define REPLAY_H

#include "comparison.h"
#include "versions.h"

/* Reads OLD and NEW again, applies CHANGES to the old tables and compares with the new ones; ends the program
   with status 2 when they are not the same. FORM is that of two files, NULL for two folders. Left out are what
   is not compared: columns that say where a row stands, or that --only, --ignore and --tolerance leave out. */
void replay_check(const struct changes *changes, const struct comparison *comparison, const char *old,
                  const char *new, const struct table_form *form, const struct version_options *options);

#endif
