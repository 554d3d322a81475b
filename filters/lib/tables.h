/*
 * The tables of the contract (DESIGN.md, «The tables»): their names and columns, and the set of those being written.
 */
#ifndef TABLES_H
#define TABLES_H

#include "buffer.h"
#include "table.h"

enum table_id {
    TABLE_REPORT,
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
const char *tables_name(enum table_id id);

/* The table called NAME; false when there is none. */
bool tables_parse(const char *name, enum table_id *id);

struct tables {
    struct table_writer *writers[TABLE_COUNT]; /* NULL: not asked for */
    char *paths[TABLE_COUNT];
};

/* Opens the one table ID for PATH (NULL: standard output). */
void tables_open_one(struct tables *tables, enum table_id id, const char *path, bool compress, bool bom);

/* Opens all tables as DIR/NAME.csv (NAME.csv.gz when COMPRESS); makes DIR when it is not there. */
void tables_open_all(struct tables *tables, const char *dir, bool compress, bool bom);

/* Closes those that are open and gives the files their names. */
void tables_close(struct tables *tables);

#endif
