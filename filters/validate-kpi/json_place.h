/*
 * Where a value stands in a JSON text: jansson tells values, not their lines.
 */
#ifndef JSON_PLACE_H
#define JSON_PLACE_H

#include "buffer.h"

/* One step from a value into a part of it. */
struct json_step {
    const char *name; /* of an object's member; NULL: an element of an array */
    size_t index;     /* of the element, from 0 */
};

/* The line, from 1, on which the value at the end of PATH begins in JSON, which must be valid; where the path
   leads to nothing, the line of the last value on the way to it. */
uint64_t json_line(struct text json, const struct json_step *path, size_t depth);

#endif
