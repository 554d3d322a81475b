/*
 * Records: the rows of the contract's tables, made from the sections of a report, section by section as they come.
 *
 * records_section() is given each section in the report's order; rows go to the tables, doubts to the findings. A
 * project's own row is held back until its last section (a parent's until its last part), a strategy's summary rows
 * until the strategy's end: the agency is judged by the projects' own sections.
 *
 * The parts: records.c (the walk from section to section), records_project.c (a project's sections), records_front.c
 * (what stands before the projects: period, declared figures, the strategies' tables).
 */
#ifndef RECORDS_H
#define RECORDS_H

#include "agencies.h"
#include "budget.h"
#include "findings.h"
#include "grid.h"
#include "headings.h"
#include "period.h"
#include "quantity.h"
#include "section.h"
#include "writers.h"

/* A section as it stands in sections.csv. Texts live as long as the call. */
struct section_row {
    struct key key;
    enum section section;
    uint64_t line_first;
    uint64_t line_last;
    bool headed; /* its first line is its heading */
    struct text heading;
    struct text text;
};

struct records;

/* What goes in and out; all of it must outlive the records. */
struct records_options {
    struct profile *profile;
    struct writers *writers;
    struct findings *findings;
};

struct records *records_open(const struct records_options *options);

/* Takes the next section. */
void records_section(struct records *records, const struct section_row *row);

/* Writes what is held back, and closes. SHA256 is that of the report's text, for report.csv; empty: not known. */
void records_close(struct records *records, struct text sha256);

#endif
