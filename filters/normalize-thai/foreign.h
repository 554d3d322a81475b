/*
 * Letters that do not belong into Thai text: of scripts other than Thai, Latin and Greek, flag symbols, private
 * characters, U+FFFD. OCR makes them of Thai letters and emblems.
 */
#ifndef FOREIGN_H
#define FOREIGN_H

#include "buffer.h"

struct foreign;

/* The caller frees with foreign_free(). */
struct foreign *foreign_new(void);

/* How many such letters there are in LINE (valid UTF-8); 0 when it has no Thai letter at all. Appends them to
   LETTERS, with a blank where others stand between. */
uint64_t foreign_find(const struct foreign *foreign, struct text line, struct buffer *letters);

void foreign_free(struct foreign *foreign);

#endif
