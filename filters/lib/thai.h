/*
 * Thai text in UTF-8: digits and canonical forms.
 *
 * Code points: Thai block U+0E00–U+0E7F of the Unicode Standard, chapter 16.1. The rules are those of
 * PyThaiNLP's normalize() and libthai's th_normalize(); normalize-thai(1) says where the two differ and which
 * is followed.
 */
#ifndef THAI_H
#define THAI_H

#include "buffer.h"

/* The steps of normalization, as bits. */
enum {
    THAI_DIGITS = 1 << 0,  /* ๐–๙ to 0–9 */
    THAI_SARA_AM = 1 << 1, /* nikhahit and sara aa to sara am, with a tone mark between them too */
    THAI_ORDER = 1 << 2,   /* vowel sign before tone mark, tone mark before a vowel that follows the letter */
    THAI_DOUBLED = 1 << 3, /* the same vowel sign or tone mark twice to once */
    THAI_SARA_AE = 1 << 4, /* sara e twice to sara ae */
    THAI_LAKKHANG = 1 << 5,   /* lakkhangyao to sara aa, except after ฤ and ฦ */
    THAI_ZERO_WIDTH = 1 << 6, /* zero-width characters removed */
    THAI_SPACES = 1 << 7,     /* no-break and other odd spaces to a space */
    THAI_ALL = (1 << 8) - 1,
    THAI_TO_THAI = 1 << 8, /* 0–9 to ๐–๙: alone, never with other steps */
    /* Full-width digits, and signs that stand in figures, to ASCII, not counted: for reading alone. */
    THAI_WIDTH = 1 << 9,
    THAI_READ = THAI_ALL | THAI_WIDTH,
};

/* How many kinds of change are counted: one for each of the first bits above, in their order. */
#define THAI_KINDS 9

/* Marks of one letter that are put right together; no word has more than three. What is beyond stays as it
   stands. */
#define THAI_MAX_MARKS 12

/* Vowels in a row that a tone mark is moved in front of. */
#define THAI_MAX_FOLLOWING 4

/* Signs above and below a letter, in canonical order: vowel signs, then tone marks and thanthakhat. */
struct thai_marks {
    uint16_t codes[THAI_MAX_MARKS];
    size_t vowels; /* how many of them are vowel signs, where they are ordered */
    size_t count;
};

/*
 * Normalization of a text that comes in pieces: the end of one piece is no end of the text. Begin with
 * thai_start(); the fields other than `changes` are for thai.c alone.
 */
struct thai_normalizer {
    unsigned steps;
    uint64_t changes[THAI_KINDS]; /* how many of each kind were made so far */

    char partial[4]; /* the first bytes of a character that the last piece cut */
    size_t partial_len;
    uint32_t letter;                        /* written last, with nothing between it and what is below */
    bool sara_e;                            /* one was read that may become sara ae */
    bool crowded;                           /* more marks than THAI_MAX_MARKS: the rest is copied */
    struct thai_marks marks;                /* of the letter */
    uint16_t following[THAI_MAX_FOLLOWING]; /* vowels that stand behind the letter: ะ า ำ ๅ */
    size_t following_count;
    bool composed;                     /* the last of them is a sara am made here */
    struct thai_marks following_marks; /* behind those */
};

void thai_start(struct thai_normalizer *normalizer, unsigned steps);

/* Appends what is settled of TEXT to BUFFER. Any bytes may come, cut anywhere: those that are not UTF-8 are
   copied. */
void thai_feed(struct thai_normalizer *normalizer, struct buffer *buffer, struct text text);

/* The text ends: appends what was held back. The normalizer can take another text then. */
void thai_end(struct thai_normalizer *normalizer, struct buffer *buffer);

/* Whether TEXT (valid UTF-8) has only what Thai texts usually have: ASCII, Thai, and characters below U+0340 or from
   U+2000 to U+2BFF. No letter of another script than Latin is among them. */
bool thai_is_usual(struct text text);

/* The first place of TEXT (valid UTF-8) where a word is cut, as no word is written so: a leading vowel, or a sign that
   a consonant must follow, at the end of a word; a sign or a following vowel at the beginning of one or behind a
   leading vowel. The vowel, or the sign with what is before it; data is NULL where there is none. The Unicode
   Standard, chapter 16.1. */
struct text thai_find_cut(struct text text);

/* Appends TEXT to BUFFER with the given STEPS taken. Line ends stay where they are. */
void thai_normalize(struct buffer *buffer, struct text text, unsigned steps);

#endif
