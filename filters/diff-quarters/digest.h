/*
 * The list of changes for people: grouped by project, as text for a terminal or as Markdown.
 */
#ifndef DIGEST_H
#define DIGEST_H

#include "changes.h"
#include "versions.h"

struct digest_options {
    bool markdown;
    bool thai;   /* the words for the reader; else English */
    bool colour; /* of a terminal */
    bool gzip;
    bool bom;
};

/* What is compared. */
struct digest_titles {
    const char *old_path;
    const char *new_path;
    const struct version_name *old_name; /* NULL for two files */
    const struct version_name *new_name;
};

/* Writes CHANGES, which must be sorted, to PATH. The words come from the profile's labels.csv. ONLY_COUNTS
   leaves the projects out. */
void digest_write(const struct changes *changes, const struct digest_titles *titles, struct profile *profile,
                  const char *path, const struct digest_options *options, bool only_counts);

/* Writes a table with the columns table,change,meaning,projects,changes: how many of each there are. */
void digest_write_counts(const struct changes *changes, const char *path,
                         const struct digest_options *options);

#endif
