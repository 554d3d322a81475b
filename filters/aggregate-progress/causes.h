/*
 * Causes: why a declared figure is not the computed one, found by counting again in other ways until the
 * declared figure comes out.
 */
#ifndef CAUSES_H
#define CAUSES_H

#include "declared.h"
#include "figures.h"
#include "tally.h"

enum suspect_scope {
    SUSPECT_NOTHING,  /* no cause is looked for */
    SUSPECT_EMPTY,    /* what no project names */
    SUSPECT_MINISTRY, /* all projects; the mean of the strategies' means */
    SUSPECT_PROJECTS, /* all projects */
    SUSPECT_STRATEGY,
    SUSPECT_AGENCY
};

/* A declared figure that disagrees, and how the computed one was reckoned. */
struct suspect {
    const struct declared *declared;
    enum suspect_scope scope;
    uint32_t number; /* of the strategy's or the agency's name */
    struct tally_rule rule;
    enum progress_source source;
};

/* Appends the likely cause to CAUSE, or nothing where none was found. The work grows with the number of
   projects, some hundred passes over them. */
void causes_find(struct figures *figures, const struct suspect *suspect, struct buffer *cause);

#endif
