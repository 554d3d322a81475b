/*
 * What validation finds: from a rule that was broken to a row of findings.csv.
 *
 * Words a finding in the reader's language, counts it, and hands it on: at once (findings of one table, in the
 * order of its rows), or sorted by severity, line, rule and key, each row once, with findings that other filters
 * made among them.
 */
#ifndef FAULTS_H
#define FAULTS_H

#include "findings.h"
#include "rules.h"

#define FAULT_ARGUMENTS 4

/* A value that a rule's message names: {name}. */
struct fault_argument {
    const char *name;
    struct text value;
};

/* A rule that was broken. Texts need live only during faults_add(). */
struct fault {
    enum rule rule;
    struct text key;    /* the project, sub-project or strategy; empty: none */
    struct text agency; /* whose it is, for the counts; empty: not known */
    const char *table;  /* lives as long as the faults */
    uint64_t n;         /* 0: none */
    const char *field;  /* the column; NULL: none; lives as long as the faults */
    uint64_t line;      /* of the report; 0: none */
    const char *file;   /* the CSV file and its line, where that is what the reader has at hand; NULL: not */
    uint64_t file_line;
    struct text observed;
    struct text expected;
    struct fault_argument arguments[FAULT_ARGUMENTS];
};

struct fault_options {
    enum language language;
    uint64_t max_listed; /* findings listed; 0: all. All are counted. */
    bool sorted;
    const char *path; /* of the findings; NULL: standard error */
};

struct faults;

/* RULES and the options' path must outlive it. */
struct faults *faults_open(const struct rules *rules, const struct fault_options *options);

/* Whether a rule is on: what costs much to look for can be left. */
bool faults_wants(const struct faults *faults, enum rule rule);

/* Adds a finding, unless its rule is off. Returns its severity's value, or -1 when the rule is off. */
int faults_add(struct faults *faults, const struct fault *fault);

/* How to find whose project KEY is, where a finding does not say: AGENCY_OF is called with CONTEXT while findings
   are added. */
void faults_set_agencies(struct faults *faults, struct text (*agency_of)(void *context, struct text key),
                         void *context);

/* Adds the rows of the findings table PATH, unchanged, to sorted faults. A finding of our own with the same rule,
   key and line as one of them gives way to it, and so does one about a cell of which one of them says as much. */
void faults_merge(struct faults *faults, const char *path);

/* An empty list beside sorted FAULTS, which another thread may fill; faults_take() closes it. RULES must outlive it. */
struct faults *faults_open_beside(const struct faults *faults, const struct rules *rules);

/* Adds the findings of OTHER, which faults_open_beside() opened. */
void faults_take(struct faults *faults, struct faults *other);

/* Writes what is still to be written, and ends the list. Call it before the summary. */
void faults_finish(struct faults *faults);

/* Appends a table of counts by rule and agency, as CSV: rule,agency,errors,warnings,notes; the last row is the
   total. */
void faults_summary(struct faults *faults, struct buffer *csv);

/* STATUS_REPORT when there is an error among the findings. */
int faults_close(struct faults *faults);

#endif
