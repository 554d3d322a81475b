/*
 * Comparing two versions: folders with the tables of a report.
 */
#ifndef VERSIONS_H
#define VERSIONS_H

#include "comparison.h"

struct version_options {
    const struct text *tables; /* to compare; none: all that are there */
    size_t table_count;
    const struct input_options *input;
};

/* What a version says of itself in report.csv; empty where it says nothing. */
struct version_name {
    struct text ministry;
    struct text fiscal_year;
    struct text quarter;
    struct text period_end;
};

struct versions;

/* Opens the folders OLD and NEW and reads what they cover. The caller closes with versions_close(). */
struct versions *versions_open(const char *old, const char *new, const struct version_options *options);

const struct version_name *versions_old(const struct versions *versions);
const struct version_name *versions_new(const struct versions *versions);

/* Compares all tables; the changes go to the list of COMPARISON. A table that only one version has ends the
   program, unless it was not asked for. */
void versions_compare(struct versions *versions, struct comparison *comparison);

/* Compares two files of rows that stand beneath projects (FORM says how), each project under its own key. */
void versions_compare_files(struct comparison *comparison, const struct table_form *form, const char *old,
                            const char *new, const struct input_options *input);

void versions_close(struct versions *versions);

#endif
