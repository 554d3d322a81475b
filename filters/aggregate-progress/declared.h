/*
 * Declared figures: the counts and means that a report states itself (declared.csv), and how they stand to
 * computed ones.
 */
#ifndef DECLARED_H
#define DECLARED_H

#include "fraction.h"

struct input_options;

struct declared {
    char *scope; /* ministry, strategy, agency */
    char *name;
    bool has_count;
    uint64_t count;
    bool has_progress;
    struct decimal progress;
    uint64_t line;     /* of the report; 0: not known */
    const char *file;  /* the table that it stands in, or NULL */
    uint64_t row_line; /* of the file */
    bool taken;        /* for the caller: it has been set against something */
};

struct declarations {
    struct declared *items;
    size_t count;
    size_t cap;
};

/* Reads declared.csv. A figure that is no number dies. PATH must live as long as the declarations. Free with
   declarations_free(). */
void declarations_read(struct declarations *declarations, const char *path,
                       const struct input_options *options);

/* The first figure of SCOPE, or NULL. */
const struct declared *declarations_first(const struct declarations *declarations, const char *scope);

void declarations_free(struct declarations *declarations);

/* To how many places a declared mean is compared: two, or as many as it has. */
int declared_places(struct decimal progress);

/* Whether OTHER states nothing that ONE does not state. */
bool declared_repeats(const struct declared *one, const struct declared *other);

/* Whether the exact MEAN, rounded, is the declared one. */
bool declared_agrees(struct decimal progress, struct fraction mean);

#endif
