/* How often a byte stands in a text, at the speed of reading it. */
#ifndef BYTE_COUNT_H
#define BYTE_COUNT_H

#include "buffer.h"

size_t byte_count(struct text text, char byte);

#endif
