/*
 * The figures that a report states of its projects: those of the details (projects.csv) and those of the
 * summary tables (summary.csv), brought together by strategy and number.
 *
 * Rows may come in any order and in any number of tables, and in pieces (pieces.h); what is kept
 * afterwards depends on the rows alone.
 */
#ifndef FIGURES_H
#define FIGURES_H

#include "input.h"
#include "names.h"
#include "profile.h"
#include "project.h"

/* A total row of a summary table. */
struct stated_total {
    uint32_t strategy;
    struct figure progress;
    uint64_t line;    /* of the report; 0: not known */
    const char *file; /* lives as long as the path */
    uint64_t row_line;
};

struct figures;

struct figures *figures_new(void);

/* Learns the abbreviations of agencies from the profile's agencies.csv, if it has one, so that agency_printed
   can be told. Call it before the first table. */
void figures_know_agencies(struct figures *figures, struct profile *profile);

/* Reads all rows of a table: projects.csv, summary.csv, report.csv or pieces, told apart by their columns;
   anything else dies, and with PIECES_ONLY what is no piece. PATH and OPTIONS as for input_open(). */
void figures_read(struct figures *figures, const char *path, const struct input_options *options,
                  bool pieces_only);

/* To be called after the last table and before anything below. */
void figures_finish(struct figures *figures);

/* Walks the families in the order of strategy and number: start with a cursor of zeros, and free it with
   figures_end(). The family lives until the next call. */
struct figures_cursor {
    size_t detail;
    size_t summary;
    struct project *projects;
    size_t count;
    size_t cap;
};
bool figures_next(const struct figures *figures, struct figures_cursor *cursor, struct family *family);
void figures_end(struct figures_cursor *cursor);

/* The names behind the numbers; after figures_finish() in natural order. */
struct names *figures_strategies(struct figures *figures);
struct names *figures_agencies(struct figures *figures);

const struct stated_total *figures_totals(const struct figures *figures, size_t *count);

/* Whether a strategy has rows in a summary table. */
bool figures_summarized(const struct figures *figures, uint32_t strategy);

/* The ministry's code from report.csv; empty where there was none. */
struct text figures_ministry(const struct figures *figures);

/* The period's last day (in days since 1970-01-01) from report.csv, or DAY_UNKNOWN. */
int32_t figures_period_end(const struct figures *figures);

/* Appends the project's key: S3.P06.1. */
void figures_append_key(const struct figures *figures, const struct project *project, struct buffer *buffer);

void figures_free(struct figures *figures);

#endif
