/*
 * The set of tables that extract-records writes: one of them, or all in one pass.
 */
#ifndef WRITERS_H
#define WRITERS_H

#include "table.h"
#include "tables.h"

struct writers {
    struct table_writer *writers[TABLE_COUNT]; /* NULL: not asked for */
    char *paths[TABLE_COUNT];
};

/* Opens the one TABLE for PATH (NULL: standard output). */
void writers_open_one(struct writers *writers, enum table table, const char *path, bool compress, bool bom);

/* Opens all tables but that of the sections as DIR/NAME.csv (NAME.csv.gz when COMPRESS); makes DIR when it is not
   there. */
void writers_open_all(struct writers *writers, const char *dir, bool compress, bool bom);

/* Closes those that are open and gives the files their names. */
void writers_close(struct writers *writers);

#endif
