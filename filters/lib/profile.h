/*
 * Profiles: folders of data files that describe a ministry's form. What is knowledge stands there and not in
 * code.
 *
 * A file is looked for in the profile's own folder, then in the folder `common` beside the profiles that came
 * with the program (what all ministries share: months, units, schemas). See traimat-profile(5).
 */
#ifndef PROFILE_H
#define PROFILE_H

#include "buffer.h"
#include "pattern.h"
#include "table.h"

struct profile;

/* Opens the profile in the folder DIR; NULL: the folder that TRAIMAT_PROFILE names, else the profile `mdes`
   that came with the program (in the source tree or installed). Dies when there is no such folder. The caller
   closes. */
struct profile *profile_open(const char *dir);

/* Opens the same profile once more: a profile and its patterns are of one thread alone. The caller closes. */
struct profile *profile_open_again(const struct profile *profile);

/* The path of the profile's file NAME; dies when neither folder has it. The caller frees. */
char *profile_path(const struct profile *profile, const char *name);

/* The same, NULL when there is no such file. */
char *profile_find(const struct profile *profile, const char *name);

/* Opens the profile's table NAME. Its diagnostics name the file. The caller closes; the reader must be closed
   before the profile. */
struct table_reader *profile_table(struct profile *profile, const char *name);

/* The pattern called NAME in the profile's patterns.csv, compiled at its first use; dies when there is none.
   It lives as long as the profile. */
const struct pattern *profile_pattern(struct profile *profile, const char *name);

/* The value of NAME in the profile's settings.csv; dies when there is none. Lives as long as the profile. */
struct text profile_setting(struct profile *profile, const char *name);

void profile_close(struct profile *profile);

#endif
