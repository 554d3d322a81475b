/*
 * The tables of the contract (DESIGN.md, «The tables»): their names and columns.
 */
#ifndef TABLES_H
#define TABLES_H

#include "buffer.h"

/* In the order of the contract. */
enum table {
    TABLE_REPORT,
    TABLE_SECTIONS,
    TABLE_PROJECTS,
    TABLE_OBJECTIVES,
    TABLE_KPIS,
    TABLE_RESULTS,
    TABLE_ACTIVITIES,
    TABLE_ACTIVITY_RESULTS,
    TABLE_OBSTACLES,
    TABLE_STRATEGY_KPIS,
    TABLE_SUMMARY,
    TABLE_DECLARED,
    TABLE_COUNT,
};

/* The table's name: kpis. */
const char *tables_name(enum table table);

/* The table called NAME; false when there is none. */
bool tables_parse(const char *name, enum table *table);

/* The path of the file of the table NAME in the folder DIRECTORY, NAME.csv or NAME.csv.gz; NULL where there is none. Two
   of them are status 2. The caller frees. */
char *tables_find(const char *directory, const char *name);

/* The table's columns, in order; *COUNT is how many. */
const char *const *tables_columns(enum table table, size_t *count);

#endif
