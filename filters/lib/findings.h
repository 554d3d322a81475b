/*
 * Findings: doubts and faults in the data, each with its place, its rule and its severity (DESIGN.md,
 * «Doubt»).
 *
 * They go to a table with the columns of findings.csv, or, without one, to standard error as diagnostics.
 */
#ifndef FINDINGS_H
#define FINDINGS_H

#include "buffer.h"
#include "diagnostics.h"

/* The columns of findings.csv, in order. */
#define FINDINGS_COLUMNS 10
extern const char *const findings_columns[FINDINGS_COLUMNS];

/* One finding. Texts that do not apply are empty; n and line are 0 where there is none. */
struct finding {
    enum severity severity;
    const char *rule;     /* lower-case words with dashes */
    struct text key;      /* the project, sub-project or strategy: S3.P07 */
    const char *table;    /* the table it is about */
    uint64_t n;           /* the row's n in that table */
    const char *field;    /* the column */
    uint64_t line;        /* of the report */
    struct text observed; /* what stands there */
    struct text expected; /* what should */
    struct text message;  /* for the clerk who is to mend it */
};

struct findings;

/* Opens PATH for findings (NULL: standard error, with FILE as the place's name). Both must outlive it. */
struct findings *findings_open(const char *path, const char *file);

void findings_add(struct findings *findings, const struct finding *finding);

/* Closes; returns the exit status that the findings call for: STATUS_REPORT when one was an error. */
int findings_close(struct findings *findings);

#endif
