/*
 * A project, its sub-projects, and the figures that a report states of them.
 */
#ifndef PROJECT_H
#define PROJECT_H

#include "fraction.h"

/* What stands where a figure should. DESIGN.md: a dash, a blank and a text are never one and the same. */
enum figure_state { FIGURE_ABSENT, FIGURE_BLANK, FIGURE_DASH, FIGURE_TEXT, FIGURE_NUMBER };

#define FIGURE_STATES 5

/* A number is units / 10^scale / divisor. */
struct figure {
    int64_t units;
    int32_t divisor; /* 1, or the number of sub-projects that it is the mean of */
    int8_t scale;
    uint8_t state;
};

enum { MONEY_ALLOCATED, MONEY_CONTRACTED, MONEY_DISBURSED, MONEY_KINDS };

/* Instead of a day, in days since 1970-01-01. */
#define DAY_UNKNOWN INT32_MIN

/* A project or sub-project with what both tables say of it. */
struct project {
    uint32_t strategy; /* number of the name */
    uint32_t number;   /* 0: unnumbered */
    uint32_t sub;      /* number of the name; 0: no sub-project */
    bool in_details;
    bool in_summary;
    uint32_t agency;         /* of its own section; of the summary row where there is no section */
    uint32_t agency_summary; /* the same the other way round */
    uint32_t agency_printed; /* what the summary row's printed abbreviation stands for, else agency_summary */
    struct figure summary;   /* progress in the summary table */
    struct figure total;     /* progress in the details, of the whole project */
    struct figure year;      /* and of the fiscal year */
    struct figure money[MONEY_KINDS];
    int32_t start; /* a day; or DAY_UNKNOWN */
    int32_t end;
    uint64_t line_details; /* of the report; 0: not known */
    uint64_t line_summary;
};

/* The rows with one number: nearly always one project, and its sub-projects. Several where the tables have a
   number twice; unnumbered projects of a strategy all stand here together. */
struct family {
    const struct project *mains;
    size_t main_count;
    const struct project *subs;
    size_t sub_count;
};

struct figure figure_parse(struct text text);

/* The first (LAST false) or last day that is meant by a date, which may lack day and month, in days since 1970-01-01;
   DAY_UNKNOWN where it is no date. */
int32_t day_parse(struct text text, bool last);

struct fraction figure_fraction(struct figure figure);

/* Exact order of two numbers. */
int figure_compare(struct figure a, struct figure b);

/* Which figure is a project's progress. */
enum progress_source {
    PROGRESS_EITHER,  /* the summary's where the project has a row there, else the details' */
    PROGRESS_SUMMARY, /* the summary's */
    PROGRESS_DETAIL,  /* the details': of the whole project, else of the year */
    PROGRESS_YEAR,    /* the details': of the year, else of the whole project */
    PROGRESS_WHOLE,   /* the details': of the whole project alone */
};

struct figure project_progress(const struct project *project, enum progress_source source);

/* The progress of the family's main project number I: its own, or, where none is stated, the mean of its
   sub-projects (a dash counts as 0 if DASH_IS_ZERO, else not at all). Where a number stands twice, the
   sub-projects are those of the first. */
struct figure family_progress(const struct family *family, size_t i, enum progress_source source,
                              bool dash_is_zero);

/* Its money likewise: its own, else the sum of its sub-projects'. */
struct figure family_money(const struct family *family, size_t i, int kind);

/* Its start and end likewise: its own, else from the first start to the last end. */
void family_days(const struct family *family, size_t i, int32_t *start, int32_t *end);

#endif
