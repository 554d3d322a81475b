/*
 * Amounts in words; see baht_words.h.
 *
 * A number below a million is digits, each before its place (สองหมื่น 20,000), the places falling; a digit without a
 * place ends it. A place without a digit is one of it (สิบ 10). ล้าน multiplies all that stands before it by a million,
 * and one more number below a million may follow.
 */
#include "baht_words.h"

#define MILLION 1000000
#define SATANG 100 /* of a baht */

static const struct number_word {
    const char *word;
    int64_t value;
} digits[] = {{"หนึ่ง", 1}, {"เอ็ด", 1}, {"ยี่", 2},   {"สอง", 2}, {"สาม", 3}, {"สี่", 4},
              {"ห้า", 5},  {"หก", 6},  {"เจ็ด", 7}, {"แปด", 8}, {"เก้า", 9}},
  places[] = {{"สิบ", 10}, {"ร้อย", 100}, {"พัน", 1000}, {"หมื่น", 10000}, {"แสน", 100000}};

static bool take(struct text *rest, const char *word) {
    *rest = text_trim(*rest);
    if (!text_starts(*rest, text_of(word)))
        return false;
    *rest = text_skip(*rest, text_of(word).len);
    return true;
}

/* The value of the word that REST begins with, which is taken; 0 when it is none of WORDS. */
static int64_t take_value(struct text *rest, const struct number_word *words, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (take(rest, words[i].word))
            return words[i].value;
    }
    return 0;
}

/* A number below a million; false when there is none. */
static bool read_below_million(struct text *rest, int64_t *number) {
    int64_t last = MILLION; /* place */
    *number = 0;
    while (last > 1) {
        struct text before = *rest;
        int64_t digit = take_value(rest, digits, sizeof digits / sizeof *digits);
        int64_t place = take_value(rest, places, sizeof places / sizeof *places);
        if (digit == 0 && place == 0)
            break;
        if (place == 0)
            place = 1;
        if (place >= last) {
            *rest = before;
            break;
        }
        *number += (digit > 0 ? digit : 1) * place;
        last = place;
    }
    return *number > 0;
}

static bool read_number(struct text *rest, int64_t *number) {
    int64_t more;
    if (take(rest, "ศูนย์")) {
        *number = 0;
        return true;
    }
    if (!read_below_million(rest, number))
        return false;
    if (!take(rest, "ล้าน"))
        return true;
    do {
        if (*number > INT64_MAX / MILLION / SATANG)
            return false;
        *number *= MILLION;
    } while (take(rest, "ล้าน"));
    if (read_below_million(rest, &more))
        *number += more;
    return true;
}

bool baht_words_read(struct text words, struct decimal *baht) {
    int64_t whole;
    int64_t satang = 0;
    if (!read_number(&words, &whole) || whole > INT64_MAX / SATANG - 1 || !take(&words, "บาท"))
        return false;
    if (read_number(&words, &satang) && (satang >= SATANG || !take(&words, "สตางค์")))
        return false;
    (void)take(&words, "ถ้วน");
    *baht = (struct decimal){whole * SATANG + satang, 2};
    return text_trim(words).len == 0;
}
