/*
 * All tables of a folder against their schemas, and against each other.
 */
#ifndef CHECK_DATASET_H
#define CHECK_DATASET_H

#include "faults.h"

/* Checks the tables in the folder DIRECTORY (TABLE.csv or TABLE.csv.gz), and adds what it finds and the rows of
   the COUNT findings tables FILES to the faults, which must be sorted ones. */
void check_dataset(const char *directory, struct profile *profile, struct rules *rules, struct faults *faults,
                   enum language language, char *const *files, size_t count);

#endif
