/*
 * Markup that OCR leaves in a text: HTML tags, entities, Markdown marks.
 */
#ifndef MARKUP_H
#define MARKUP_H

#include "buffer.h"

/* Appends TEXT as it reads: tags dropped (those that end a line or a block become a blank), entities decoded,
   Markdown's stars, links and backslashes dropped, white space folded to one space and trimmed. With KEEP_TABS a tab
   stays a tab, and what is between tabs is trimmed by itself. */
void markup_plain(struct buffer *buffer, struct text text, bool keep_tabs);

/* LINE with its cells parted by tabs: itself when it has tabs, or, for a row of a Markdown table (| a | b |), a copy
   that is put into SCRATCH and lives there. Without data when LINE is no row of a table. */
struct text markup_row(struct buffer *scratch, struct text line);

/* How a heading is printed; the names are those of the column `form`. */
enum form { FORM_NONE, FORM_PLAIN, FORM_BOLD, FORM_MARKDOWN };

const char *form_name(enum form form);

/* The form of a line as a whole: Markdown (# to ######), bold from end to end or bold that it opens and does not close
   (a heading over several lines), else plain. A blank line is FORM_NONE. */
enum form markup_form(struct text line);

#endif
