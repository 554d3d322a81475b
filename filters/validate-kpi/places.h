/*
 * On which line of the report a project's values stand, as far as sections.csv tells: the table of projects itself
 * has the project's first and last line only.
 *
 * A value is looked for in the section that states it, read as extract-records reads it (digits of both scripts,
 * thousands' separators, the profile's labels and months). What is kept is one line for each section and each such
 * value of a project, and for the result of each activity, however long the text is.
 */
#ifndef PLACES_H
#define PLACES_H

#include "dataset.h"
#include "section.h"

struct places;

/* Nothing is known yet. DATA and PROFILE must outlive it. The caller frees. */
struct places *places_open(const struct dataset *data, struct profile *profile);

/* A section of PROJECT begins on LINE with its raw TEXT, which may be empty. */
void places_add(struct places *places, size_t project, enum section section, uint64_t line, struct text text);

/* The line of the value in the column FIELD of PROJECT's row: the very line, else that on which the section begins
   that states it, else the project's first line. */
uint64_t places_line(const struct places *places, size_t project, const char *field);

/* The line on which the result in ROW of the activities' results begins: the very line, else the activity's. */
uint64_t places_result_line(const struct places *places, size_t row);

/* Whether PROJECT has the section. */
bool places_has(const struct places *places, size_t project, enum section section);

/* How dates are printed, by the profile; lives as long as the places. */
struct calendar *places_calendar(struct places *places);

void places_free(struct places *places);

#endif
