/* UTF-8 and code page 874; see utf8.h. */
#include "utf8.h"

#include <string.h>

#include "byte_count.h"
#include "vector.h"

static bool is_tail(unsigned char byte) {
    return (byte & 0xC0) == 0x80;
}

/* The range of the second byte that may follow LEAD (RFC 3629, section 4); the length of the whole, 0 for no
 * lead. */
static size_t lead_length(unsigned char lead, unsigned char *low, unsigned char *high) {
    *low = 0x80;
    *high = 0xBF;
    if (lead >= 0xC2 && lead <= 0xDF)
        return 2;
    if (lead >= 0xE0 && lead <= 0xEF) {
        if (lead == 0xE0)
            *low = 0xA0;
        if (lead == 0xED)
            *high = 0x9F;
        return 3;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        if (lead == 0xF0)
            *low = 0x90;
        if (lead == 0xF4)
            *high = 0x8F;
        return 4;
    }
    return 0;
}

size_t utf8_invalid(const char *data, size_t len, bool *truncated) {
    const unsigned char *bytes = (const unsigned char *)data;
    unsigned char low;
    unsigned char high;
    *truncated = false;
    size_t whole = lead_length(bytes[0], &low, &high);
    if (whole == 0)
        return 1;
    size_t at = 1;
    if (at < len && (bytes[at] < low || bytes[at] > high))
        return 1;
    while (at < len && at < whole && is_tail(bytes[at]))
        at++;
    *truncated = at == len && at < whole;
    return at;
}

size_t utf8_sequence(const char *data, size_t len) {
    const unsigned char *bytes = (const unsigned char *)data;
    if (bytes[0] < 0x80)
        return 1;
    unsigned char low;
    unsigned char high;
    size_t whole = lead_length(bytes[0], &low, &high);
    if (whole == 0 || whole > len || bytes[1] < low || bytes[1] > high)
        return 0;
    for (size_t i = 2; i < whole; i++) {
        if (!is_tail(bytes[i]))
            return 0;
    }
    return whole;
}

/* Whether the three bytes at DATA are a character of the Thai block. */
static bool is_thai(const unsigned char *data) {
    return data[0] == 0xE0 && (data[1] & 0xFE) == 0xB8 && is_tail(data[2]);
}

static size_t valid_prefix_portable(struct text text, size_t at) {
    while (at < text.len) {
        uint64_t word;
        if (text.len - at >= sizeof word) {
            memcpy(&word, text.data + at, sizeof word);
            if ((word & 0x8080808080808080U) == 0) {
                at += sizeof word;
                continue;
            }
        }
        /* Most of the text is Thai: three bytes from a known range. */
        while (text.len - at >= 3 && is_thai((const unsigned char *)text.data + at))
            at += 3;
        size_t length = at < text.len ? utf8_sequence(text.data + at, text.len - at) : 0;
        if (length == 0)
            return at;
        at += length;
    }
    return at;
}

#ifdef VECTOR_X86

#include <immintrin.h>

/*
 * What can be wrong with two bytes in a row, after J. Keiser and D. Lemire, «Validating UTF-8 in less than
 * one instruction per byte» (2021). Each half of the first byte and the upper half of the second one tell
 * which faults they allow; what all three allow is a fault. TWO_TAILS is none where a third or fourth byte is
 * due.
 */
enum {
    TOO_SHORT = 1 << 0,      /* a lead byte, and no tail behind it */
    TOO_LONG = 1 << 1,       /* a tail behind ASCII */
    OVERLONG_3 = 1 << 2,     /* three bytes for what two can hold */
    TOO_LARGE = 1 << 3,      /* beyond U+10FFFF */
    SURROGATE = 1 << 4,      /* U+D800–U+DFFF */
    OVERLONG_2 = 1 << 5,     /* two bytes for ASCII */
    TOO_LARGE_1000 = 1 << 6, /* beyond U+10FFFF, the second byte 0x80–0x8F */
    OVERLONG_4 = 1 << 6,     /* four bytes for what three can hold */
    TWO_TAILS = 1 << 7,
    ANY_LEAD = TOO_SHORT | TOO_LONG | TWO_TAILS,
    LARGE_LEAD = ANY_LEAD | TOO_LARGE | TOO_LARGE_1000,
    ANY_TAIL = TOO_LONG | OVERLONG_2 | TWO_TAILS,
};

static const unsigned char first_upper[16] = {TOO_LONG,
                                              TOO_LONG,
                                              TOO_LONG,
                                              TOO_LONG,
                                              TOO_LONG,
                                              TOO_LONG,
                                              TOO_LONG,
                                              TOO_LONG,
                                              TWO_TAILS,
                                              TWO_TAILS,
                                              TWO_TAILS,
                                              TWO_TAILS,
                                              TOO_SHORT | OVERLONG_2,
                                              TOO_SHORT,
                                              TOO_SHORT | OVERLONG_3 | SURROGATE,
                                              TOO_SHORT | TOO_LARGE | TOO_LARGE_1000 | OVERLONG_4};
static const unsigned char first_lower[16] = {ANY_LEAD | OVERLONG_2 | OVERLONG_3 | OVERLONG_4,
                                              ANY_LEAD | OVERLONG_2,
                                              ANY_LEAD,
                                              ANY_LEAD,
                                              ANY_LEAD | TOO_LARGE,
                                              LARGE_LEAD,
                                              LARGE_LEAD,
                                              LARGE_LEAD,
                                              LARGE_LEAD,
                                              LARGE_LEAD,
                                              LARGE_LEAD,
                                              LARGE_LEAD,
                                              LARGE_LEAD,
                                              LARGE_LEAD | SURROGATE,
                                              LARGE_LEAD,
                                              LARGE_LEAD};
static const unsigned char second_upper[16] = {TOO_SHORT,
                                               TOO_SHORT,
                                               TOO_SHORT,
                                               TOO_SHORT,
                                               TOO_SHORT,
                                               TOO_SHORT,
                                               TOO_SHORT,
                                               TOO_SHORT,
                                               ANY_TAIL | OVERLONG_3 | OVERLONG_4,
                                               ANY_TAIL | OVERLONG_3 | TOO_LARGE,
                                               ANY_TAIL | SURROGATE | TOO_LARGE,
                                               ANY_TAIL | SURROGATE | TOO_LARGE,
                                               TOO_SHORT,
                                               TOO_SHORT,
                                               TOO_SHORT,
                                               TOO_SHORT};

#define AVX2 __attribute__((target("avx2")))

AVX2 static inline __m256i load_avx2(const char *data) {
    return _mm256_loadu_si256((const __m256i *)(const void *)data);
}

AVX2 static inline __m256i look_up_avx2(const unsigned char *table, __m256i halves) {
    __m256i row = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)table));
    return _mm256_shuffle_epi8(row, _mm256_and_si256(halves, _mm256_set1_epi8(0x0F)));
}

/* Faults among the 32 bytes at DATA and the three before them, as bytes that are not zero. */
AVX2 static inline __m256i faults_avx2(const char *data) {
    __m256i bytes = load_avx2(data);
    __m256i first = load_avx2(data - 1);
    __m256i pairs = _mm256_and_si256(_mm256_and_si256(look_up_avx2(first_upper, _mm256_srli_epi16(first, 4)),
                                                      look_up_avx2(first_lower, first)),
                                     look_up_avx2(second_upper, _mm256_srli_epi16(bytes, 4)));
    __m256i third = _mm256_subs_epu8(load_avx2(data - 2), _mm256_set1_epi8(0xE0 - 0x80));
    __m256i fourth = _mm256_subs_epu8(load_avx2(data - 3), _mm256_set1_epi8(0xF0 - 0x80));
    __m256i due = _mm256_and_si256(_mm256_or_si256(third, fourth), _mm256_set1_epi8((char)0x80));
    return _mm256_xor_si256(pairs, due);
}

/* The beginning of the character whose byte stands before AT, or AT where one ends there. All before AT is
   valid but for its last character, which may be cut. */
static size_t character_before(struct text text, size_t at) {
    size_t start = at;
    while (start > 0 && at - start < 3) {
        start--;
        if (!is_tail((unsigned char)text.data[start]))
            return utf8_sequence(text.data + start, at - start) == at - start ? at : start;
    }
    return at;
}

/* Of bytes counted one for each of 32 places. */
AVX2 static size_t sum_avx2(__m256i counts) {
    uint64_t parts[4];
    _mm256_storeu_si256((__m256i *)(void *)parts, _mm256_sad_epu8(counts, _mm256_setzero_si256()));
    return (size_t)(parts[0] + parts[1] + parts[2] + parts[3]);
}

/* Where the first fault may lie, or where the vectors end: all before is valid. Adds the LFs before to *LINE_ENDS. */
AVX2 static size_t valid_prefix_avx2(struct text text, size_t *line_ends) {
    const size_t stride = 512;
    size_t at = 32;
    if (text.len < 2 * stride)
        return 0;
    /* What the first vector looks back on must be valid, or the beginning of a character. */
    size_t start = valid_prefix_portable((struct text){text.data, at}, 0);
    bool truncated = true;
    if (start < at)
        utf8_invalid(text.data + start, at - start, &truncated);
    if (!truncated)
        return 0;
    *line_ends += byte_count((struct text){text.data, at}, '\n');
    while (text.len - at >= 32) {
        size_t end = text.len - at >= stride ? at + stride : at + 32;
        __m256i faults = _mm256_setzero_si256();
        __m256i counts = _mm256_setzero_si256();
        for (size_t i = at; i < end; i += 32) {
            faults = _mm256_or_si256(faults, faults_avx2(text.data + i));
            __m256i ends = _mm256_cmpeq_epi8(load_avx2(text.data + i), _mm256_set1_epi8('\n'));
            counts = _mm256_sub_epi8(counts, ends);
        }
        if (!_mm256_testz_si256(faults, faults))
            break;
        *line_ends += sum_avx2(counts);
        at = end;
    }
    return character_before(text, at);
}

#else

static size_t valid_prefix_avx2(struct text text, size_t *line_ends) {
    (void)text;
    (void)line_ends;
    return 0;
}

#endif

size_t utf8_valid_lines(struct text text, size_t *line_ends) {
    *line_ends = 0;
    size_t at = vector_level() >= VECTOR_AVX2 ? valid_prefix_avx2(text, line_ends) : 0;
    size_t valid = valid_prefix_portable(text, at);
    *line_ends += byte_count((struct text){text.data + at, valid - at}, '\n');
    return valid;
}

size_t utf8_valid_prefix(struct text text) {
    size_t line_ends;
    return utf8_valid_lines(text, &line_ends);
}

void utf8_append(struct buffer *buffer, uint32_t code) {
    char bytes[4];
    size_t len;
    if (code < 0x80) {
        bytes[0] = (char)code;
        len = 1;
    } else if (code < 0x800) {
        bytes[0] = (char)(0xC0 | code >> 6);
        bytes[1] = (char)(0x80 | (code & 0x3F));
        len = 2;
    } else if (code < 0x10000) {
        bytes[0] = (char)(0xE0 | code >> 12);
        bytes[1] = (char)(0x80 | (code >> 6 & 0x3F));
        bytes[2] = (char)(0x80 | (code & 0x3F));
        len = 3;
    } else {
        bytes[0] = (char)(0xF0 | code >> 18);
        bytes[1] = (char)(0x80 | (code >> 12 & 0x3F));
        bytes[2] = (char)(0x80 | (code >> 6 & 0x3F));
        bytes[3] = (char)(0x80 | (code & 0x3F));
        len = 4;
    }
    buffer_append(buffer, bytes, len);
}

/* How many of the eight bytes at DATA are no tails: the high bit not set, or the one below it. */
static size_t count_eight(const char *data) {
    uint64_t word;
    memcpy(&word, data, sizeof word);
    uint64_t begins = (~word >> 7 | word >> 6) & 0x0101010101010101U;
    return (size_t)(begins * 0x0101010101010101U >> 56);
}

size_t utf8_count(struct text text) {
    size_t count = 0;
    size_t at = 0;
    for (; text.len - at >= 8; at += 8)
        count += count_eight(text.data + at);
    for (; at < text.len; at++)
        count += !is_tail((unsigned char)text.data[at]);
    return count;
}

static bool is_thai_874(unsigned char byte) {
    return (byte >= 0xA1 && byte <= 0xDA) || (byte >= 0xDF && byte <= 0xFB);
}

/* The code point of a byte of code page 874, or 0 where it has none (and for NUL itself). */
static uint32_t decode_874(unsigned char byte) {
    if (byte < 0x80)
        return byte;
    if (is_thai_874(byte))
        return 0x0E00U + (byte - 0xA0U);
    switch (byte) {
    case 0x80:
        return 0x20AC;
    case 0x85:
        return 0x2026;
    case 0x91:
        return 0x2018;
    case 0x92:
        return 0x2019;
    case 0x93:
        return 0x201C;
    case 0x94:
        return 0x201D;
    case 0x95:
        return 0x2022;
    case 0x96:
        return 0x2013;
    case 0x97:
        return 0x2014;
    case 0xA0:
        return 0x00A0;
    default:
        return 0;
    }
}

size_t utf8_from_874(struct buffer *buffer, struct text text) {
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        uint32_t code = decode_874(byte);
        if (code == 0 && byte != 0)
            return i;
        utf8_append(buffer, code);
    }
    return text.len;
}

bool utf8_looks_like_874(struct text text) {
    size_t high = 0;
    size_t thai = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        high += byte >= 0x80;
        thai += is_thai_874(byte);
    }
    /* In UTF-8, two bytes of three of a Thai letter are 0xE0 and 0xB8–0xB9, Thai letters in code page 874
       too, but the third is below 0xA1 for a third of the letters; in real code page 874 nearly all high
       bytes are letters. */
    return high > 0 && thai * 20 >= high * 19;
}
