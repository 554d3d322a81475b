/*
 * Agencies: the code of the agency that a text names, by the profile's agencies.csv (code,kind,name).
 *
 * The kinds: `name` a full name, looked for anywhere in the text; `short` an abbreviation, `garbled` one as OCR
 * misprints it: both must be a whole word of the text.
 */
#ifndef AGENCIES_H
#define AGENCIES_H

#include "profile.h"

struct agencies;

struct agency_match {
    struct text code; /* of the agency; empty when none is named. Lives as long as the agencies */
    bool full;        /* it was known by its full name */
    bool garbled;     /* it was known by a misprinted abbreviation only */
    /* The code by the abbreviation, when that differs from the one by the full name; else empty. */
    struct text other;
};

struct agencies *agencies_open(struct profile *profile);
void agencies_close(struct agencies *agencies);

/* Finds the agency that TEXT (normalized) names. A full name counts more than an abbreviation; of several names the
   longest. */
void agencies_find(struct agencies *agencies, struct text text, struct agency_match *match);

#endif
