/*
 * What is known of each table of a version: its key, the project above a row, the text that says what a row is, and the
 * columns that only say where it stands.
 */
#ifndef FORMS_H
#define FORMS_H

#include <stdbool.h>
#include <stddef.h>

#define FORM_COLUMNS 4

struct table_form {
    const char *name;
    const char *keys[FORM_COLUMNS]; /* the columns of a row's own key; none: rows beneath a project */
    const char *parent;             /* the column with the key of the project (or strategy) above, or NULL */
    const char *text;               /* the column that says what the row is, or NULL; beneath a project it may
                                       begin with a list mark, which is not compared */
    const char *same;               /* a column that must be equal for two rows to be the same, or NULL */
    const char *places[FORM_COLUMNS]; /* columns that say where the row stands */
    bool is_project;                  /* the key is a project's: S3.P07 or strategy and number */
};

/* The form of the table NAME (projects, kpis …), or NULL. */
const struct table_form *table_form_find(const char *name);

/* All forms, in the order in which their changes are listed. */
const struct table_form *table_forms(size_t *count);

#endif
