/*
 * Sections and keys: the parts that a report consists of, and the names of projects (DESIGN.md, «Words»).
 */
#ifndef SECTION_H
#define SECTION_H

#include "buffer.h"

/* The ten sections of a project, in the order in which they stand, then the other kinds of section. */
enum section {
    SECTION_AGENCY,
    SECTION_OBJECTIVES,
    SECTION_KPIS,
    SECTION_PLAN_PROJECT,
    SECTION_PLAN_ACTIVITIES,
    SECTION_BUDGET,
    SECTION_RESULTS,
    SECTION_ACTIVITY_RESULTS,
    SECTION_OBSTACLES,
    SECTION_PROGRESS,
    SECTION_FRONT,
    SECTION_STRATEGY,
    SECTION_STRATEGY_KPIS,
    SECTION_TACTICS,
    SECTION_SUMMARY,
    SECTION_PROJECT,
    SECTION_OTHER,
    SECTION_COUNT,
};

/* How many sections a project has; those come first in the enumeration. */
#define SECTIONS_OF_PROJECT SECTION_FRONT

/* The name as in the column `section`. */
const char *section_name(enum section section);

/* The section called NAME; false when there is none. */
bool section_parse(struct text name, enum section *section);

/* A strategy (all else 0), or a project, sub-project or part. Strategy 0 is one that the report does not
   tell. */
struct key {
    int strategy;
    int number; /* of the project; -1: none (the key is a strategy's, or empty); 0: without a number */
    int sub;    /* of the sub-project, or 0 */
    int part;   /* of a กิจกรรม (activity) with sections of its own, or 0 */
    int run; /* where a number stands again: of rising numbers in a strategy that is not told, or of a project that
                   two agencies handed in: 0 for the first, 1 for the next … */
};

/* No key at all: what belongs to the whole report. */
#define KEY_NONE ((struct key){.strategy = -1, .number = -1})

/* How many runs a key can tell apart: S0, S0b … S0z. */
enum { KEY_RUNS = 26 };

/* Appends the key's text: S3, S3.P07, S3.P06.1, S3.P54.A1, S0b.P02; nothing for KEY_NONE. */
void key_append(struct buffer *buffer, struct key key);

/* Reads such a text; empty is KEY_NONE. False for anything else. */
bool key_parse(struct text text, struct key *key);

bool key_equal(struct key a, struct key b);

/* Whether the key is of a project, sub-project or part. */
bool key_is_project(struct key key);

/* The key of the project that KEY, a sub-project or part, belongs to; a project's own key otherwise. */
struct key key_parent(struct key key);

#endif
