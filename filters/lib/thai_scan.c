/*
 * Where Thai text needs a closer look; see thai_scan.h.
 *
 * All Thai characters are three bytes, 0xE0, 0xB8 or 0xB9, and a last one that tells them apart; only three
 * rows of sixteen matter: U+0E30 (vowels and signs), U+0E40 (vowels, tone marks, signs) and U+0E50 (digits).
 * A sign stands out either by itself or by the character before it, three bytes back. So each last byte gets
 * two sets of bits: WANTS of the characters before it that are a cause to look, GIVES of what it is for the
 * one after it. Whether the first byte is 0xE0 is not asked: in other scripts a bit too many costs a look.
 *
 * All versions give the same bytes; tests/fuzz/normalize_properties.c compares them.
 */
#include "thai_scan.h"

#include <stdbool.h>
#include <string.h>

#include "vector.h"

enum {
    VOWEL = 1 << 0,   /* a vowel sign above or below, phinthu, yamakkan */
    TOP = 1 << 1,     /* a tone mark or thanthakhat */
    BEHIND = 1 << 2,  /* sara a, sara aa, sara am */
    SARA_A = 1 << 3,  /* each of these for itself, */
    SARA_AA = 1 << 4, /* for they are looked at only when doubled */
    SARA_AM = 1 << 5,
    BEFORE = 1 << 6, /* a vowel that stands before its letter: เ แ โ ใ ไ */
    ALWAYS = 1 << 7,
};

#define G_VOWEL VOWEL
#define W_VOWEL (VOWEL | TOP)
#define G_TONE TOP
#define W_TONE (TOP | BEHIND)
#define G_A (BEHIND | SARA_A)
#define G_AA (BEHIND | SARA_AA)
#define G_AM (BEHIND | SARA_AM)

/* In a function for some processors the inner functions must be inlined, to be compiled for them too. */
#define INLINE static inline __attribute__((always_inline))

/* Of U+0E30 on and U+0E40 on. */
static const unsigned char gives_30[16] = {G_A,     G_VOWEL, G_AA,    G_AM,    G_VOWEL, G_VOWEL,
                                           G_VOWEL, G_VOWEL, G_VOWEL, G_VOWEL, G_VOWEL};
static const unsigned char wants_30[16] = {SARA_A,  W_VOWEL, SARA_AA, SARA_AM, W_VOWEL, W_VOWEL,
                                           W_VOWEL, W_VOWEL, W_VOWEL, W_VOWEL, W_VOWEL};
static const unsigned char gives_40[16] = {BEFORE, BEFORE, BEFORE, BEFORE, BEFORE, BEHIND,  0,       G_VOWEL,
                                           G_TONE, G_TONE, G_TONE, G_TONE, TOP,    G_VOWEL, G_VOWEL, 0};
static const unsigned char wants_40[16] = {BEFORE, BEFORE, BEFORE, BEFORE, BEFORE, ALWAYS, 0,       W_VOWEL,
                                           W_TONE, W_TONE, W_TONE, W_TONE, TOP,    ALWAYS, W_VOWEL, 0};
/* The first bytes of the characters among which odd spaces and zero-width characters are: 0xC2, and 0xE1 and
 * all above it. */
#define LEAD_NBSP 0xC2
#define LEAD_HIGH 0xE1

static unsigned gives(unsigned before, unsigned byte) {
    if (before == 0xB8 && (byte & 0xF0) == 0xB0)
        return gives_30[byte & 0x0F];
    if (before == 0xB9 && (byte & 0xF0) == 0x80)
        return gives_40[byte & 0x0F];
    return 0;
}

static unsigned wants(unsigned before, unsigned byte) {
    if (before == 0xB8 && (byte & 0xF0) == 0xB0)
        return wants_30[byte & 0x0F];
    if (before == 0xB9 && (byte & 0xF0) == 0x80)
        return wants_40[byte & 0x0F];
    return 0;
}

static bool is_digit(const unsigned char *at) {
    return *at >= 0x90 && *at <= 0x99 && *(at - 1) == 0xB9 && *(at - 2) == 0xE0;
}

/* Whether a step may change something here, digits apart. */
static bool is_other(const unsigned char *at) {
    if (*at >= 0xC0)
        return *at >= LEAD_HIGH || *at == LEAD_NBSP;
    return (wants(*(at - 1), *at) & (gives(*(at - 4), *(at - 3)) | ALWAYS)) != 0;
}

static struct thai_found scan_portable(const unsigned char *data, bool all) {
    struct thai_found found = {0, 0};
    for (size_t i = 0; i < THAI_SCAN_WORD; i++) {
        if (data[i] < 0x80)
            continue;
        found.digits |= (uint64_t)is_digit(data + i) << i;
        if (all)
            found.others |= (uint64_t)is_other(data + i) << i;
    }
    return found;
}

/* The bytes of a word that go when its digits and those that the next word ends are made one byte each. */
INLINE uint64_t dropped_bytes(uint64_t digits, uint64_t next) {
    return digits >> 1 | digits >> 2 | next << 63 | next << 62;
}

/* The part of thai_pack() that copies a word with digits; returns how many bytes that makes. */
static size_t pack_word(char *to, const unsigned char *data, uint64_t digits, uint64_t dropped) {
    size_t made = 0;
    size_t from = 0;
    for (; digits != 0; digits &= digits - 1) {
        size_t last = (size_t)__builtin_ctzll(digits);
        for (; from + 2 < last; from++)
            to[made++] = (char)data[from];
        to[made++] = (char)('0' + (data[last] & 0x0F));
        from = last + 1;
    }
    /* The first bytes of a digit that the next word ends. */
    size_t end = THAI_SCAN_WORD - (dropped >> 63) - (dropped >> 62 == 3);
    memcpy(to + made, data + from, end - from);
    return made + end - from;
}

/* Adds a word of MADE bytes with DIGITS to what was packed. */
INLINE void count_word(struct thai_packed *packed, size_t made, uint64_t digits) {
    packed->words++;
    packed->made += made;
    packed->digits += (size_t)__builtin_popcountll(digits);
}

typedef struct thai_found scan_function(const unsigned char *data, bool all);

static struct thai_packed pack_scanned(char *to, const unsigned char *data, size_t words, bool all,
                                       scan_function *scan) {
    struct thai_packed packed = {0};
    struct thai_found next = scan(data, all);
    while (packed.words + 1 < words && next.others == 0) {
        struct thai_found found = next;
        next = scan(data + THAI_SCAN_WORD, all);
        uint64_t dropped = dropped_bytes(found.digits, next.digits);
        size_t made = THAI_SCAN_WORD;
        if (found.digits == 0 && dropped == 0)
            memcpy(to + packed.made, data, THAI_SCAN_WORD);
        else
            made = pack_word(to + packed.made, data, found.digits, dropped);
        count_word(&packed, made, found.digits);
        data += THAI_SCAN_WORD;
    }
    return packed;
}

static struct thai_packed pack_portable(char *to, const unsigned char *data, size_t words, bool all) {
    return pack_scanned(to, data, words, all, scan_portable);
}

#ifdef VECTOR_X86

#include <immintrin.h>

/* What the last bytes before DATA give, at the end of a vector: the first characters of DATA look there. */
static void gives_before(const unsigned char *data, unsigned char *vector, size_t size) {
    memset(vector, 0, size);
    for (size_t i = 1; i <= 3; i++)
        vector[size - i] = (unsigned char)gives(*(data - i - 1), *(data - i));
}

/* Bytes as an intrinsic's argument. */
#define BYTE(value) ((char)(value))

static inline __m128i between_sse2(__m128i bytes, unsigned low, unsigned high) {
    __m128i over = _mm_sub_epi8(bytes, _mm_set1_epi8(BYTE(low)));
    return _mm_cmpeq_epi8(_mm_min_epu8(over, _mm_set1_epi8(BYTE(high - low))), over);
}

static inline __m128i equal_sse2(__m128i bytes, unsigned value) {
    return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(BYTE(value)));
}

static inline __m128i bits_sse2(__m128i mask, unsigned value) {
    return _mm_and_si128(mask, _mm_set1_epi8(BYTE(value)));
}

static inline __m128i or_sse2(__m128i a, __m128i b, __m128i c) {
    return _mm_or_si128(_mm_or_si128(a, b), c);
}

static inline __m128i load_sse2(const unsigned char *data) {
    return _mm_loadu_si128((const __m128i *)(const void *)data);
}

static inline uint64_t digits_16(const unsigned char *data) {
    __m128i prefix =
        _mm_and_si128(equal_sse2(load_sse2(data - 1), 0xB9), equal_sse2(load_sse2(data - 2), 0xE0));
    return (uint64_t)_mm_movemask_epi8(_mm_and_si128(prefix, between_sse2(load_sse2(data), 0x90, 0x99)));
}

/* SSE2 has no table look-up of bytes, so the rows are spelled as ranges. */
static inline uint64_t others_16(const unsigned char *data, __m128i *before) {
    __m128i bytes = load_sse2(data);
    __m128i second = load_sse2(data - 1);
    __m128i row_30 = equal_sse2(second, 0xB8);
    __m128i row_40 = equal_sse2(second, 0xB9);
    __m128i vowel = _mm_or_si128(
        _mm_and_si128(row_30, _mm_or_si128(equal_sse2(bytes, 0xB1), between_sse2(bytes, 0xB4, 0xBA))),
        _mm_and_si128(row_40, _mm_or_si128(equal_sse2(bytes, 0x87), equal_sse2(bytes, 0x8E))));
    __m128i tone = _mm_and_si128(row_40, between_sse2(bytes, 0x88, 0x8B));
    __m128i thanthakhat = _mm_and_si128(row_40, equal_sse2(bytes, 0x8C));
    __m128i sara_a = _mm_and_si128(row_30, equal_sse2(bytes, 0xB0));
    __m128i sara_aa = _mm_and_si128(row_30, equal_sse2(bytes, 0xB2));
    __m128i sara_am = _mm_and_si128(row_30, equal_sse2(bytes, 0xB3));
    __m128i leading = _mm_and_si128(row_40, between_sse2(bytes, 0x80, 0x84));
    __m128i nikhahit = _mm_and_si128(row_40, equal_sse2(bytes, 0x8D));
    __m128i lakkhangyao = _mm_and_si128(row_40, equal_sse2(bytes, 0x85));

    __m128i common = or_sse2(bits_sse2(sara_a, SARA_A), bits_sse2(sara_aa, SARA_AA),
                             _mm_or_si128(bits_sse2(sara_am, SARA_AM), bits_sse2(leading, BEFORE)));
    __m128i behind = _mm_or_si128(or_sse2(sara_a, sara_aa, sara_am), lakkhangyao);
    __m128i given =
        or_sse2(common, bits_sse2(_mm_or_si128(vowel, nikhahit), G_VOWEL),
                _mm_or_si128(bits_sse2(_mm_or_si128(tone, thanthakhat), TOP), bits_sse2(behind, BEHIND)));
    __m128i wanted =
        or_sse2(or_sse2(common, bits_sse2(vowel, W_VOWEL), bits_sse2(tone, W_TONE)),
                bits_sse2(thanthakhat, TOP), bits_sse2(_mm_or_si128(nikhahit, lakkhangyao), ALWAYS));
    __m128i given_before = _mm_or_si128(_mm_slli_si128(given, 3), _mm_srli_si128(*before, 13));
    *before = given;

    __m128i caused = _mm_and_si128(wanted, _mm_or_si128(given_before, _mm_set1_epi8(BYTE(ALWAYS))));
    __m128i high = _mm_cmpeq_epi8(_mm_max_epu8(bytes, _mm_set1_epi8(BYTE(LEAD_HIGH))), bytes);
    __m128i lead = _mm_or_si128(high, equal_sse2(bytes, LEAD_NBSP));
    __m128i quiet = _mm_andnot_si128(lead, _mm_cmpeq_epi8(caused, _mm_setzero_si128()));
    return ~(uint64_t)_mm_movemask_epi8(quiet) & 0xFFFFU;
}

static struct thai_found scan_sse2(const unsigned char *data, bool all) {
    struct thai_found found = {0, 0};
    unsigned char start[16];
    gives_before(data, start, sizeof start);
    __m128i before = load_sse2(start);
    for (unsigned part = 0; part < 4; part++, data += 16) {
        found.digits |= digits_16(data) << 16 * part;
        if (all)
            found.others |= others_16(data, &before) << 16 * part;
    }
    return found;
}

static struct thai_packed pack_sse2(char *to, const unsigned char *data, size_t words, bool all) {
    return pack_scanned(to, data, words, all, scan_sse2);
}

#define AVX2 __attribute__((target("avx2")))

AVX2 INLINE __m256i table_avx2(const unsigned char *row) {
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)row));
}

/* The places of BYTES in the row of sixteen that begins at FIRST, as indices for a shuffle: what is not in
   the row gets the high bit, and the shuffle gives 0 for it. */
AVX2 INLINE __m256i row_avx2(__m256i bytes, unsigned first) {
    return _mm256_adds_epu8(_mm256_sub_epi8(bytes, _mm256_set1_epi8(BYTE(first))), _mm256_set1_epi8(0x70));
}

AVX2 INLINE __m256i load_avx2(const unsigned char *data) {
    return _mm256_loadu_si256((const __m256i *)(const void *)data);
}

AVX2 INLINE __m256i equal_avx2(__m256i bytes, unsigned value) {
    return _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(BYTE(value)));
}

/* 0xFF for the last byte of each Thai digit. */
AVX2 INLINE __m256i digit_mask(const unsigned char *data) {
    __m256i over = _mm256_sub_epi8(load_avx2(data), _mm256_set1_epi8(BYTE(0x90)));
    __m256i in_row = _mm256_cmpeq_epi8(_mm256_min_epu8(over, _mm256_set1_epi8(9)), over);
    __m256i prefix =
        _mm256_and_si256(equal_avx2(load_avx2(data - 1), 0xB9), equal_avx2(load_avx2(data - 2), 0xE0));
    return _mm256_and_si256(in_row, prefix);
}

AVX2 INLINE uint64_t digits_32(const unsigned char *data) {
    return (uint32_t)_mm256_movemask_epi8(digit_mask(data));
}

/* As others_16(), for 32 bytes. */
AVX2 INLINE uint64_t others_32(const unsigned char *data, __m256i *before) {
    __m256i bytes = load_avx2(data);
    __m256i second = load_avx2(data - 1);
    __m256i in_b8 = equal_avx2(second, 0xB8);
    __m256i in_b9 = equal_avx2(second, 0xB9);
    __m256i row_30 = row_avx2(bytes, 0xB0);
    __m256i row_40 = row_avx2(bytes, 0x80);
    __m256i given =
        _mm256_or_si256(_mm256_and_si256(_mm256_shuffle_epi8(table_avx2(gives_30), row_30), in_b8),
                        _mm256_and_si256(_mm256_shuffle_epi8(table_avx2(gives_40), row_40), in_b9));
    __m256i wanted =
        _mm256_or_si256(_mm256_and_si256(_mm256_shuffle_epi8(table_avx2(wants_30), row_30), in_b8),
                        _mm256_and_si256(_mm256_shuffle_epi8(table_avx2(wants_40), row_40), in_b9));
    __m256i given_before = _mm256_alignr_epi8(given, _mm256_permute2x128_si256(*before, given, 0x21), 13);
    *before = given;

    __m256i caused = _mm256_and_si256(wanted, _mm256_or_si256(given_before, _mm256_set1_epi8(BYTE(ALWAYS))));
    __m256i high = _mm256_cmpeq_epi8(_mm256_max_epu8(bytes, _mm256_set1_epi8(BYTE(LEAD_HIGH))), bytes);
    __m256i lead = _mm256_or_si256(high, equal_avx2(bytes, LEAD_NBSP));
    __m256i quiet = _mm256_andnot_si256(lead, _mm256_cmpeq_epi8(caused, _mm256_setzero_si256()));
    return ~(uint32_t)_mm256_movemask_epi8(quiet);
}

AVX2 INLINE uint64_t others_64(const unsigned char *data, __m256i *before) {
    uint64_t low = others_32(data, before);
    return low | others_32(data + 32, before) << 32;
}

AVX2 INLINE struct thai_found scan_64(const unsigned char *data, bool all, __m256i *before) {
    return (struct thai_found){digits_32(data) | digits_32(data + 32) << 32,
                               all ? others_64(data, before) : 0};
}

AVX2 static struct thai_found scan_avx2(const unsigned char *data, bool all) {
    unsigned char start[32];
    gives_before(data, start, sizeof start);
    __m256i before = load_avx2(start);
    return scan_64(data, all, &before);
}

/* For each set of bits of a byte, the places of those that are not set, in order: a shuffle of eight bytes that drops
   some. Made at the first use. */
static const unsigned char *drop_table(void) {
    static unsigned char table[256][8];
    static bool made;
    for (unsigned bits = 0; !made && bits < 256; bits++) {
        unsigned kept = 0;
        for (unsigned i = 0; i < 8; i++) {
            if (!(bits >> i & 1))
                table[bits][kept++] = (unsigned char)i;
        }
    }
    made = true;
    return table[0];
}

#define AVX2_POPCNT __attribute__((target("avx2,popcnt")))

/* As pack_word(), eight bytes at a time and without a branch: where digits stand is as good as random. */
AVX2_POPCNT INLINE size_t pack_64(char *to, const unsigned char *data, uint64_t dropped,
                                  const unsigned char *table) {
    /* 0x90–0x99 to 0x30–0x39 where a digit ends. */
    const __m256i change = _mm256_set1_epi8(BYTE(0x90 ^ '0'));
    unsigned char changed[THAI_SCAN_WORD];
    for (size_t i = 0; i < THAI_SCAN_WORD; i += 32) {
        __m256i bytes = _mm256_xor_si256(load_avx2(data + i), _mm256_and_si256(digit_mask(data + i), change));
        _mm256_storeu_si256((__m256i *)(void *)(changed + i), bytes);
    }
    size_t made = 0;
#pragma GCC unroll 8
    for (size_t i = 0; i < THAI_SCAN_WORD; i += 8) {
        unsigned bits = (unsigned)(dropped >> i) & 0xFFU;
        __m128i bytes = _mm_loadl_epi64((const __m128i *)(const void *)(changed + i));
        __m128i places = _mm_loadl_epi64((const __m128i *)(const void *)(table + (size_t)8 * bits));
        _mm_storel_epi64((__m128i *)(void *)(to + made), _mm_shuffle_epi8(bytes, places));
        made += 8 - (size_t)__builtin_popcount(bits);
    }
    return made;
}

/* ALL is a constant where this is used, so that each use is a loop of its own. */
AVX2_POPCNT INLINE struct thai_packed pack_loop(char *to, const unsigned char *data, size_t words, bool all) {
    const unsigned char *table = drop_table();
    unsigned char start[32];
    gives_before(data, start, sizeof start);
    __m256i before = load_avx2(start);
    struct thai_packed packed = {0};
    struct thai_found next = scan_64(data, all, &before);
    while (packed.words + 1 < words && next.others == 0) {
        struct thai_found found = next;
        next = scan_64(data + THAI_SCAN_WORD, all, &before);
        uint64_t dropped = dropped_bytes(found.digits, next.digits);
        size_t made = THAI_SCAN_WORD;
        if (found.digits == 0 && dropped == 0) {
            _mm256_storeu_si256((__m256i *)(void *)(to + packed.made), load_avx2(data));
            _mm256_storeu_si256((__m256i *)(void *)(to + packed.made + 32), load_avx2(data + 32));
        } else {
            made = pack_64(to + packed.made, data, dropped, table);
        }
        count_word(&packed, made, found.digits);
        data += THAI_SCAN_WORD;
    }
    return packed;
}

AVX2_POPCNT static struct thai_packed pack_avx2(char *to, const unsigned char *data, size_t words, bool all) {
    return all ? pack_loop(to, data, words, true) : pack_loop(to, data, words, false);
}

#define AVX512 __attribute__((target("avx2,popcnt,avx512f,avx512bw,avx512vbmi2")))

AVX512 INLINE __m512i load_avx512(const unsigned char *data) {
    return _mm512_loadu_si512((const void *)data);
}

/* Where a word has the bytes of which Thai digits are made. */
struct digit_bytes {
    uint64_t first;  /* 0xE0 */
    uint64_t second; /* 0xB9 */
    uint64_t last;   /* 0x90–0x99 */
};

AVX512 INLINE struct digit_bytes digit_bytes(__m512i bytes) {
    __m512i over = _mm512_sub_epi8(bytes, _mm512_set1_epi8(BYTE(0x90)));
    return (struct digit_bytes){_mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(BYTE(0xE0))),
                                _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(BYTE(0xB9))),
                                _mm512_cmple_epu8_mask(over, _mm512_set1_epi8(9))};
}

/* The digits of a word that end in it, with the word before. */
INLINE uint64_t digits_of(struct digit_bytes before, struct digit_bytes word) {
    return word.last & (word.second << 1 | before.second >> 63) & (word.first << 2 | before.first >> 62);
}

/* As pack_loop(); there is an instruction for it. Each byte is loaded once: a load of 64 bytes that begins one byte
   before another costs as much as two. */
AVX512 INLINE struct thai_packed pack_loop_avx512(char *to, const unsigned char *data, size_t words,
                                                  bool all) {
    const __m512i change = _mm512_set1_epi8(0x90 - '0');
    unsigned char start[32];
    gives_before(data, start, sizeof start);
    __m256i before = load_avx2(start);
    struct digit_bytes at_start = {(uint64_t)(*(data - 2) == 0xE0) << 62,
                                   (uint64_t)(*(data - 1) == 0xB9) << 63, 0};
    struct thai_packed packed = {0};
    __m512i bytes = load_avx512(data);
    struct digit_bytes places = digit_bytes(bytes);
    struct thai_found found = {digits_of(at_start, places), all ? others_64(data, &before) : 0};
    while (packed.words + 1 < words && found.others == 0) {
        data += THAI_SCAN_WORD;
        __m512i next_bytes = load_avx512(data);
        struct digit_bytes next_places = digit_bytes(next_bytes);
        struct thai_found next = {digits_of(places, next_places), all ? others_64(data, &before) : 0};
        uint64_t dropped = dropped_bytes(found.digits, next.digits);
        bytes = _mm512_mask_sub_epi8(bytes, found.digits, bytes, change);
        _mm512_storeu_si512((void *)(to + packed.made), _mm512_maskz_compress_epi8(~dropped, bytes));
        count_word(&packed, THAI_SCAN_WORD - (size_t)__builtin_popcountll(dropped), found.digits);
        bytes = next_bytes;
        places = next_places;
        found = next;
    }
    return packed;
}

AVX512 static struct thai_packed pack_avx512(char *to, const unsigned char *data, size_t words, bool all) {
    return all ? pack_loop_avx512(to, data, words, true) : pack_loop_avx512(to, data, words, false);
}

#else

#define scan_sse2 scan_portable
#define scan_avx2 scan_portable
#define pack_sse2 pack_portable
#define pack_avx2 pack_portable
#define pack_avx512 pack_portable

#endif

struct thai_found thai_scan(const char *data, bool all) {
    static scan_function *const functions[] = {scan_portable, scan_sse2, scan_avx2, scan_avx2};
    return functions[vector_level()]((const unsigned char *)data, all);
}

typedef struct thai_packed pack_function(char *to, const unsigned char *data, size_t words, bool all);

struct thai_packed thai_pack(char *to, const char *data, size_t words, bool all) {
    static pack_function *const functions[] = {pack_portable, pack_sse2, pack_avx2, pack_avx512};
    return functions[vector_level()](to, (const unsigned char *)data, words, all);
}
