/*
 * What must hold of the normalization of Thai text whatever the text is: a second run changes nothing, vector
 * and portable code make the same bytes, a text in pieces gives what the whole gives, and what no step is
 * about stays.
 *
 * usage: normalize_properties [-q] [SEED]
 *
 * Goes over every single one, pair and triple of code points of the Thai block, each cut at every byte; every
 * row of four of a choice of characters of all kinds; every set of steps; bytes that are not UTF-8 at every
 * place; and random rows that come from SEED. -q leaves most of the triples out, for slow builds. Prints the
 * text that breaks a rule, as hexadecimal bytes, and ends with status 1.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diagnostics.h"
#include "thai.h"
#include "utf8.h"
#include "vector.h"

/* At least this much text, and the vector code is used. */
#define LONG_TEXT 200

static const enum vector_level levels[] = {VECTOR_NONE, VECTOR_SSE2, VECTOR_AVX2, VECTOR_AVX512};
#define LEVELS (sizeof levels / sizeof *levels)

/* A choice of characters: of each class that a step knows, and of what is near them. */
static const uint32_t choice[] = {
    0x0E01, 0x0E24, 0x0E30, 0x0E32, 0x0E33, 0x0E45, 0x0E31, 0x0E34, 0x0E38, 0x0E3A, 0x0E47, 0x0E4D,
    0x0E48, 0x0E49, 0x0E4C, 0x0E40, 0x0E41, 0x0E42, 0x0E46, 0x0E50, 0x200B, 0x00A0, '\n',   'a',
};
#define CHOICES (sizeof choice / sizeof *choice)

/* The classes in few characters, for the longest rows. */
static const uint32_t few[] = {0x0E01, 0x0E24, 0x0E32, 0x0E45, 0x0E31, 0x0E4D, 0x0E48,
                               0x0E49, 0x0E4C, 0x0E40, 0x0E41, 0x200B, ' '};
#define FEW (sizeof few / sizeof *few)

static unsigned long long checked;

static void print_bytes(const char *name, struct text text, size_t from) {
    printf("%s:", name);
    for (size_t i = from; i < text.len && i < from + 90; i++)
        printf(" %02x", (unsigned)(unsigned char)text.data[i]);
    putchar('\n');
}

/* Prints what differs, from 30 bytes before the first difference on. */
static void expect_equal(const char *rule, struct text input, struct text expected, struct text got) {
    checked++;
    if (text_equal(expected, got))
        return;
    size_t same = 0;
    while (same < expected.len && same < got.len && expected.data[same] == got.data[same])
        same++;
    size_t from = same > 30 ? same - 30 : 0;
    printf("broken: %s (input of %zu bytes, seen at byte %zu of the output)\n", rule, input.len, same);
    if (input.len <= 90)
        print_bytes("input", input, 0);
    print_bytes("expected", expected, from);
    print_bytes("got", got, from);
    exit(1);
}

static void normalize(struct buffer *to, struct text text, unsigned steps) {
    buffer_clear(to);
    thai_normalize(to, text, steps);
}

/* The same in pieces that end at CUTS. */
static void normalize_cut(struct buffer *to, struct text text, unsigned steps, const size_t *cuts,
                          size_t count) {
    struct thai_normalizer normalizer;
    size_t from = 0;
    buffer_clear(to);
    thai_start(&normalizer, steps);
    for (size_t i = 0; i < count; i++) {
        thai_feed(&normalizer, to, (struct text){text.data + from, cuts[i] - from});
        from = cuts[i];
    }
    thai_feed(&normalizer, to, text_skip(text, from));
    thai_end(&normalizer, to);
}

static void append_codes(struct buffer *buffer, const uint32_t *codes, size_t count) {
    for (size_t i = 0; i < count; i++)
        utf8_append(buffer, codes[i]);
}

/* Whether a step may change, remove or make this character. */
static bool is_touched(uint32_t code) {
    return (code >= 0x0E00 && code <= 0x0E7F) || (code >= '0' && code <= '9') || code == ' ' ||
           code == 0x00A0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200D) || code == 0x202F ||
           code == 0x205F || code == 0x2060 || code == 0x3000 || code == 0xFEFF;
}

/* What no step is about, bytes that are not UTF-8 included. */
static void untouched(struct buffer *to, struct text text) {
    buffer_clear(to);
    for (size_t at = 0; at < text.len;) {
        size_t len = utf8_sequence(text.data + at, text.len - at);
        size_t after = at;
        if (len == 0 || !is_touched(utf8_decode(text, &after)))
            buffer_append(to, text.data + at, len > 0 ? len : 1);
        at += len > 0 ? len : 1;
    }
}

static struct buffer once;
static struct buffer twice;
static struct buffer pieces;
static struct buffer kept;
static struct buffer kept_after;

static void check_idempotent(struct text text, unsigned steps) {
    normalize(&once, text, steps);
    normalize(&twice, buffer_text(&once), steps);
    expect_equal("a second run changes nothing", text, buffer_text(&once), buffer_text(&twice));
}

static void check_untouched(struct text text) {
    normalize(&once, text, THAI_ALL);
    untouched(&kept, text);
    untouched(&kept_after, buffer_text(&once));
    expect_equal("what no step is about stays", text, buffer_text(&kept), buffer_text(&kept_after));
}

static void check_every_cut(struct text text, size_t from, size_t to, unsigned steps) {
    normalize(&once, text, steps);
    for (size_t cut = from; cut <= to; cut++) {
        normalize_cut(&pieces, text, steps, &cut, 1);
        expect_equal("a cut changes nothing", text, buffer_text(&once), buffer_text(&pieces));
    }
}

static void check_levels(struct text text, unsigned steps, struct buffer *result) {
    for (size_t i = 0; i < LEVELS; i++) {
        vector_limit(levels[i]);
        normalize(i == 0 ? result : &pieces, text, steps);
        if (i > 0)
            expect_equal("vector code as portable code", text, buffer_text(result), buffer_text(&pieces));
    }
}

static void append_filler(struct buffer *buffer, size_t len) {
    while (len-- > 0)
        utf8_append(buffer, 0x0E01);
}

/* Long texts of short ones with letters between, so that each short one stands somewhere in a block. */
static struct buffer long_text;
static struct buffer long_expected;

static void append_short(struct text text, size_t filler) {
    buffer_append_text(&long_text, text);
    normalize(&once, text, THAI_ALL);
    buffer_append_text(&long_expected, buffer_text(&once));
    append_filler(&long_text, filler);
    append_filler(&long_expected, filler);
}

/* Thai digits as ASCII digits, the plain way. */
static void plain_digits(struct buffer *to, struct text text) {
    buffer_clear(to);
    for (size_t at = 0; at < text.len;) {
        size_t after = at;
        uint32_t code = utf8_decode(text, &after);
        if (code >= 0x0E50 && code <= 0x0E59)
            buffer_append_char(to, (char)('0' + (code - 0x0E50)));
        else
            buffer_append(to, text.data + at, after - at);
        at = after;
    }
}

static void check_long(void) {
    struct buffer result = {0};
    check_levels(buffer_text(&long_text), THAI_ALL, &result);
    expect_equal("a long text as its parts", buffer_text(&long_text), buffer_text(&long_expected),
                 buffer_text(&result));
    check_levels(buffer_text(&long_text), THAI_DIGITS, &result);
    plain_digits(&long_expected, buffer_text(&long_text));
    expect_equal("digits, and nothing else", buffer_text(&long_text), buffer_text(&long_expected),
                 buffer_text(&result));
    buffer_free(&result);
    buffer_clear(&long_text);
    buffer_clear(&long_expected);
}

static void check_thai_rows(bool quick) {
    struct buffer text = {0};
    for (uint32_t a = 0x0E00; a <= 0x0E7F; a++) {
        for (uint32_t b = 0x0E00; b <= 0x0E7F; b++) {
            uint32_t last = quick && b % 4 != 0 ? 0x0E00 : 0x0E80;
            for (uint32_t c = 0x0E00; c <= last; c++) {
                uint32_t codes[] = {a, b, c};
                size_t count = c == 0x0E80 ? 2 : 3;
                buffer_clear(&text);
                append_codes(&text, codes, count);
                check_idempotent(buffer_text(&text), THAI_ALL);
                check_every_cut(buffer_text(&text), 1, text.len - 1, THAI_ALL);
                append_short(buffer_text(&text), 1 + (a + 3 * b + 7 * c) % 23);
            }
        }
        check_long();
    }
    buffer_free(&text);
}

/* Rows of characters of SET, counted through like a number's digits; false after the last. */
static bool next_row(size_t *row, size_t len, size_t base) {
    for (size_t i = 0; i < len; i++) {
        if (++row[i] < base)
            return true;
        row[i] = 0;
    }
    return false;
}

static void check_rows(const uint32_t *set, size_t base, size_t len) {
    struct buffer text = {0};
    size_t row[8] = {0};
    size_t made = 0;
    do {
        buffer_clear(&text);
        for (size_t i = 0; i < len; i++)
            utf8_append(&text, set[row[i]]);
        check_idempotent(buffer_text(&text), THAI_ALL);
        check_untouched(buffer_text(&text));
        append_short(buffer_text(&text), 1 + made % 41);
        if (++made % 10000 == 0)
            check_long();
    } while (next_row(row, len, base));
    check_long();
    buffer_free(&text);
}

/* Every cut of a long text around each row of LEN characters in its middle, by every kind of code. */
static void check_block_edges(size_t len) {
    struct buffer text = {0};
    size_t row[8] = {0};
    do {
        buffer_clear(&text);
        append_filler(&text, LONG_TEXT / 3 + row[0] % 32);
        size_t from = text.len;
        for (size_t i = 0; i < len; i++)
            utf8_append(&text, choice[row[i]]);
        size_t to = text.len;
        append_filler(&text, LONG_TEXT / 3);
        for (size_t i = 0; i < LEVELS; i++) {
            vector_limit(levels[i]);
            check_every_cut(buffer_text(&text), from - 3, to + 3, THAI_ALL);
            check_every_cut(buffer_text(&text), from - 3, to + 3, THAI_DIGITS);
        }
    } while (next_row(row, len, CHOICES));
    buffer_free(&text);
}

/* What the piece before last left behind must not bear on the last one when a long piece lies between. */
static void check_three_pieces(void) {
    struct buffer text = {0};
    size_t row[3] = {0};
    do {
        buffer_clear(&text);
        utf8_append(&text, choice[row[0]]);
        size_t cuts[2] = {text.len};
        append_filler(&text, LONG_TEXT / 3);
        utf8_append(&text, choice[row[1]]);
        cuts[1] = text.len;
        utf8_append(&text, choice[row[2]]);
        normalize(&once, buffer_text(&text), THAI_ALL);
        normalize_cut(&pieces, buffer_text(&text), THAI_ALL, cuts, 2);
        expect_equal("cuts change nothing", buffer_text(&text), buffer_text(&once), buffer_text(&pieces));
    } while (next_row(row, 3, CHOICES));
    buffer_free(&text);
}

/* Every character there is, with letters around. */
static void check_every_character(void) {
    struct buffer text = {0};
    for (uint32_t code = 0; code <= 0x10FFFF; code++) {
        if (code >= 0xD800 && code <= 0xDFFF)
            continue;
        utf8_append(&text, 0x0E01);
        utf8_append(&text, code);
        if (code % 0x100 != 0xFF)
            continue;
        check_untouched(buffer_text(&text));
        check_idempotent(buffer_text(&text), THAI_ALL);
        buffer_clear(&text);
    }
    buffer_free(&text);
}

static void check_step_sets(void) {
    struct buffer text = {0};
    for (unsigned steps = 0; steps <= THAI_ALL; steps++) {
        size_t row[3] = {0};
        do {
            buffer_clear(&text);
            for (size_t i = 0; i < 3; i++)
                utf8_append(&text, choice[row[i]]);
            check_idempotent(buffer_text(&text), steps);
        } while (next_row(row, 3, CHOICES));
    }
    buffer_free(&text);
}

static void check_invalid(void) {
    static const struct text bad[] = {
        {"\x80", 1},     {"\xB9", 1},         {"\xE0", 1},         {"\xE0\xB9", 2},     {"\xE0\xB8", 2},
        {"\xC0\x80", 2}, {"\xC2", 1},         {"\xE0\x80\x80", 3}, {"\xED\xA0\x80", 3}, {"\xF0\x9F\x87", 3},
        {"\xFF", 1},     {"\xF5\x80\x80", 3}, {"\xE2\x80", 2},     {"\xB9\x90", 2},
    };
    static const uint32_t codes[] = {0x0E40, 0x0E40, 0x0E01, 0x0E4D, 0x0E48, 0x0E32, 0x0E50,
                                     0x0E59, 0x0E48, 0x0E38, 0x0E4C, 0x0E24, 0x0E45, 0x0E45,
                                     0x0E33, 0x0E49, 0x200B, 0x00A0, 'a',    '\n'};
    struct buffer text = {0};
    struct buffer whole = {0};
    struct buffer result = {0};
    append_codes(&whole, codes, sizeof codes / sizeof *codes);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        for (size_t place = 0; place <= whole.len; place++) {
            for (size_t filler = 0; filler < 2; filler++) {
                buffer_clear(&text);
                append_filler(&text, filler * LONG_TEXT);
                buffer_append(&text, whole.data, place);
                buffer_append_text(&text, bad[i]);
                buffer_append(&text, whole.data + place, whole.len - place);
                append_filler(&text, filler * LONG_TEXT);
                check_levels(buffer_text(&text), THAI_ALL, &result);
                check_levels(buffer_text(&text), THAI_DIGITS, &result);
                check_every_cut(buffer_text(&text), 0, text.len, THAI_ALL);
                /* Where bytes of a zero-width character or of a space were parted, its rest may
                   make a character with what follows. */
                if (utf8_valid_prefix((struct text){whole.data, place}) == place)
                    check_untouched(buffer_text(&text));
            }
        }
    }
    buffer_free(&text);
    buffer_free(&whole);
    buffer_free(&result);
}

/* Whether vector and portable code agree on where TEXT stops to be UTF-8, and on its line ends up to there. */
static void check_validation(struct text text) {
    size_t places[LEVELS];
    size_t ends[LEVELS];
    for (size_t i = 0; i < LEVELS; i++) {
        vector_limit(levels[i]);
        places[i] = utf8_valid_lines(text, &ends[i]);
        expect_equal("UTF-8 is valid up to the same place", text, (struct text){text.data, places[0]},
                     (struct text){text.data, places[i]});
        expect_equal("with as many line ends", text, (struct text){text.data, ends[0]},
                     (struct text){text.data, ends[i]});
    }
}

/* Every first and second byte, with a choice of what may follow, at many places of a long text. */
static void check_validations(bool quick) {
    static const unsigned char tails[] = {0x80, '\n', 0xBF, 0xE0};
    size_t used = quick ? 2 : 4;
    struct buffer text = {0};
    append_filler(&text, 400);
    for (size_t i = 0; i < 100; i++)
        buffer_append_char(&text, i % 10 == 0 ? '\n' : 'x');
    size_t place = text.len - 4;
    append_filler(&text, 400);
    for (size_t i = 0; i < (size_t)128 * 256 * used * used; i++) {
        size_t at = place - i % 11;
        char saved[4];
        memcpy(saved, text.data + at, 4);
        text.data[at] = (char)(0x80 + i / 256 / used / used);
        text.data[at + 1] = (char)(i / used / used % 256);
        text.data[at + 2] = (char)tails[i / used % used];
        text.data[at + 3] = (char)tails[i % used];
        check_validation(buffer_text(&text));
        check_validation(text_skip(buffer_text(&text), at - i % 67));
        check_validation((struct text){text.data, at + i % 67});
        memcpy(text.data + at, saved, 4);
    }
    buffer_free(&text);
}

/* ASCII digits to Thai ones and back. */
static void check_to_thai(struct text text) {
    normalize(&once, text, THAI_DIGITS);
    normalize(&twice, buffer_text(&once), THAI_TO_THAI);
    normalize(&pieces, buffer_text(&twice), THAI_DIGITS);
    expect_equal("digits there and back", text, buffer_text(&once), buffer_text(&pieces));
}

static uint64_t random_state;

static size_t random_below(size_t limit) {
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (size_t)(random_state % limit);
}

static void append_random_row(struct buffer *text) {
    size_t len = random_below(60);
    size_t width = 1 + random_below(CHOICES);
    for (size_t i = 0; i < len; i++)
        utf8_append(text, choice[(random_below(width) + len) % CHOICES]);
}

static void check_random(size_t rounds) {
    struct buffer text = {0};
    struct buffer result = {0};
    for (size_t round = 0; round < rounds; round++) {
        buffer_clear(&text);
        for (size_t rows = random_below(30); rows > 0; rows--) {
            append_random_row(&text);
            append_filler(&text, random_below(8) == 0 ? random_below(100) : random_below(5));
        }
        size_t cuts[4] = {0};
        for (size_t i = 0; i < 4; i++)
            cuts[i] = (i > 0 ? cuts[i - 1] : 0) + random_below(text.len / 4 + 1);
        for (size_t i = 0; i < LEVELS; i++) {
            vector_limit(levels[i]);
            normalize(&result, buffer_text(&text), THAI_ALL);
            normalize_cut(&pieces, buffer_text(&text), THAI_ALL, cuts, 4);
            expect_equal("a cut changes nothing", buffer_text(&text), buffer_text(&result),
                         buffer_text(&pieces));
        }
        unsigned steps = (unsigned)random_below(THAI_ALL + 1);
        check_levels(buffer_text(&text), steps, &result);
        check_levels(buffer_text(&text), THAI_ALL, &result);
        check_idempotent(buffer_text(&text), THAI_ALL);
        check_untouched(buffer_text(&text));
        check_to_thai(buffer_text(&text));
    }
    buffer_free(&text);
    buffer_free(&result);
}

int main(int argc, char **argv) {
    diagnostics_start(argv[0]);
    bool quick = argc > 1 && strcmp(argv[1], "-q") == 0;
    const char *seed = argc > 1 + quick ? argv[1 + quick] : "1";
    random_state = strtoull(seed, NULL, 10) * 2654435769U + 1;
    check_random(quick ? 2000 : 20000);
    check_invalid();
    check_validations(quick);
    check_rows(choice, CHOICES, quick ? 3 : 4);
    if (!quick)
        check_rows(few, FEW, 5);
    check_block_edges(quick ? 2 : 3);
    check_step_sets();
    check_three_pieces();
    check_every_character();
    check_thai_rows(quick);
    buffer_free(&once);
    buffer_free(&twice);
    buffer_free(&pieces);
    buffer_free(&kept);
    buffer_free(&kept_after);
    buffer_free(&long_text);
    buffer_free(&long_expected);
    printf("%llu comparisons hold\n", checked);
    return 0;
}
