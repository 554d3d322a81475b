/*
 * Amounts in words, as Thai contracts and budgets print them behind the figures: สี่ล้านบาทถ้วน is 4,000,000 baht,
 * ยี่สิบเอ็ดบาทห้าสิบสตางค์ 21.50 baht.
 */
#ifndef BAHT_WORDS_H
#define BAHT_WORDS_H

#include "decimal.h"

/* Reads WORDS, which must be an amount and nothing else; blanks between words count for nothing. False for anything
   that is not such an amount, a misspelt word too, or too large. */
bool baht_words_read(struct text words, struct decimal *baht);

#endif
