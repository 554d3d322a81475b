/* What the readers of a project's sections share, and the readers. */
#ifndef RECORDS_SECTION_H
#define RECORDS_SECTION_H

#include "records_internal.h"

/* Bytes of a text in which its first words are looked for when they are misspelt. */
enum { MAX_LEAD = 90 };

/* Reads the section without its heading into records->grid; KIND and NAMES are those of grid_read(). */
void records_read_section(struct records *records, const char *kind, const struct section_row *row,
                          const struct grid_names *names);

/* A place of the project for a finding. */
struct finding_place records_place(enum severity severity, const char *rule,
                                   const struct project_record *project, const char *table, uint64_t n,
                                   const char *field, uint64_t line);

/* Appends TEXT, with a blank before it where something stands already. */
void records_append_part(struct buffer *buffer, struct text text);

/* Joins the grid's lines, with a blank between them. */
void records_append_lines(struct buffer *buffer, const struct grid *grid);

/* Tells of the tables and lines of the section that was read of which no row was made. */
void records_tell_grid(struct records *records, const struct project_record *project, const char *table);

/* Tells of ROW, the N-th of TABLE, when its cells do not fit the header or it was perhaps cut. FIELD is its name's
   column. */
void records_tell_row(struct records *records, const struct project_record *project, const char *table,
                      uint64_t n, const struct grid_row *row, const char *field);

/* The first column of ROLE, GRID_MAX_COLUMNS where there is none. */
size_t records_column_of(const struct grid_layout *layout, enum grid_role role);

/* The readers: each takes what the section SECTION says into PROJECT and into the tables. */
typedef void records_reader(struct records *records, struct project_record *project,
                            const struct section_row *section);
records_reader records_read_kpis;
records_reader records_read_results;
records_reader records_read_plan_project;
records_reader records_read_activities;
records_reader records_read_budget;
records_reader records_read_activity_results;
records_reader records_read_obstacles;
records_reader records_read_progress;

#endif
