/*
 * Normalization of Thai text; see thai.h.
 *
 * A text is a row of clusters: a base (a letter, a digit, a blank, anything that has no marks), its marks,
 * vowels that stand behind it, their marks. What lies before a base never bears on what comes from it on.
 * So most of the text is only looked over (thai_scan.h) and copied in runs; where a step may change
 * something, the code goes back to the base before and takes the clusters from there character by character:
 * step() gathers the parts of a cluster, and flush() writes them when the next base comes.
 *
 * That a second run changes nothing rests on three things: marks are folded and ordered as they come, so that
 * the limits on their number meet the text of the second run at the same place; sara am is composed before
 * the tone mark behind it is moved; and what is beyond a limit is copied as it stands.
 */
#include "thai.h"

#include <string.h>

#include "thai_scan.h"
#include "utf8.h"

enum {
    RU = 0x0E24, /* ฤ */
    LU = 0x0E26, /* ฦ */
    SARA_A = 0x0E30,
    SARA_AA = 0x0E32,
    SARA_AM = 0x0E33,
    SARA_E = 0x0E40,
    SARA_AE = 0x0E41,
    SARA_AI = 0x0E44, /* the last of the five vowels before a letter */
    LAKKHANGYAO = 0x0E45,
    MAI_EK = 0x0E48, /* the first of the four tone marks */
    MAI_CHATTAWA = 0x0E4B,
    THANTHAKHAT = 0x0E4C,
    NIKHAHIT = 0x0E4D,
    DIGIT_ZERO = 0x0E50,
    DIGIT_NINE = 0x0E59,
};

/* The places of the steps' bits in `changes`. */
enum { DIGITS, AM, ORDER, DOUBLED, AE, LAKKHANG, ZERO_WIDTH, SPACES, TO_THAI };

/* The steps that look at more than one character. */
#define CLUSTER_STEPS (THAI_SARA_AM | THAI_ORDER | THAI_DOUBLED | THAI_SARA_AE | THAI_LAKKHANG)

/* Texts shorter than this are not looked over first: it would cost more than it saves. */
#define SCAN_WORTH ((size_t)32)

enum kind { BASE, LEADING, FOLLOWING, VOWEL_SIGN, TONE_MARK, THANTHAKHAT_MARK };

#define B BASE
#define L LEADING
#define F FOLLOWING
#define V VOWEL_SIGN
#define T TONE_MARK
#define K THANTHAKHAT_MARK

/* From U+0E30 on: ะ to ฺ and the baht sign, then เ to the last tone marks and signs. Phinthu and yamakkan
   count as vowel signs: libthai has them on those levels. */
static const unsigned char kinds[32] = {
    F, V, F, F, V, V, V, V, V, V, V, B, B, B, B, B, /* U+0E30 */
    L, L, L, L, L, F, B, V, T, T, T, T, K, V, V, B, /* U+0E40 */
};

#undef B
#undef L
#undef F
#undef V
#undef T
#undef K

static enum kind kind_of(uint32_t code, unsigned steps) {
    return code - SARA_A < sizeof kinds && (steps & CLUSTER_STEPS) ? (enum kind)kinds[code - SARA_A] : BASE;
}

static bool is_zero_width(uint32_t code) {
    return (code >= 0x200B && code <= 0x200D) || code == 0x2060 || code == 0xFEFF;
}

static bool is_odd_space(uint32_t code) {
    return code == 0x00A0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200A) || code == 0x202F ||
           code == 0x205F || code == 0x3000;
}

/* The ASCII character of the full-width CODE (Halfwidth and Fullwidth Forms, U+FF01–U+FF5E): a digit, or a sign that
   stands in figures; 0 for any other. */
static char narrow(uint32_t code) {
    if (code < 0xFF01 || code > 0xFF5E)
        return '\0';
    char ascii = (char)(code - 0xFF01 + '!');
    return char_is_digit(ascii) || strchr("%(),-./:", ascii) != NULL ? ascii : '\0';
}

static bool is_tone(uint32_t code) {
    return code >= MAI_EK && code <= MAI_CHATTAWA;
}

static bool is_thai_digit(uint32_t code) {
    return code >= DIGIT_ZERO && code <= DIGIT_NINE;
}

/* Whether the mark CODE is the one BEFORE again, or a tone mark in its place: of two tone marks on a letter
   both references keep the one typed last. */
static bool replaces(uint32_t before, uint32_t code) {
    return before == code || (is_tone(before) && is_tone(code));
}

/* Puts CODE among the marks; false when there is no room. */
static bool add_mark(struct thai_normalizer *normalizer, struct thai_marks *marks, uint32_t code) {
    bool ordered = (normalizer->steps & THAI_ORDER) && kind_of(code, normalizer->steps) == VOWEL_SIGN;
    size_t place = ordered ? marks->vowels : marks->count;
    if ((normalizer->steps & THAI_DOUBLED) && place > 0 && replaces(marks->codes[place - 1], code)) {
        marks->codes[place - 1] = (uint16_t)code;
        normalizer->changes[DOUBLED]++;
        return true;
    }
    if (marks->count == THAI_MAX_MARKS)
        return false;
    if (place < marks->count)
        normalizer->changes[ORDER]++;
    memmove(marks->codes + place + 1, marks->codes + place, (marks->count - place) * sizeof *marks->codes);
    marks->codes[place] = (uint16_t)code;
    marks->vowels += ordered;
    marks->count++;
    return true;
}

static void remove_mark(struct thai_marks *marks, size_t place) {
    marks->count--;
    memmove(marks->codes + place, marks->codes + place + 1, (marks->count - place) * sizeof *marks->codes);
    marks->vowels -= place < marks->vowels;
}

static void write_marks(struct buffer *buffer, struct thai_marks *marks) {
    for (size_t i = 0; i < marks->count; i++)
        utf8_append(buffer, marks->codes[i]);
    marks->count = 0;
    marks->vowels = 0;
}

/* Takes a nikhahit that only tone marks part from the end out of the marks; false when there is none. */
static bool take_nikhahit(struct thai_marks *marks) {
    size_t place = marks->count;
    while (place > 0 && is_tone(marks->codes[place - 1]))
        place--;
    if (place == 0 || marks->codes[place - 1] != NIKHAHIT)
        return false;
    remove_mark(marks, place - 1);
    return true;
}

/* Moves tone marks from behind the following vowels to the letter's marks. */
static void move_tones(struct thai_normalizer *normalizer) {
    struct thai_marks *from = &normalizer->following_marks;
    if (!(normalizer->steps & THAI_ORDER))
        return;
    while (from->count > 0 && is_tone(from->codes[0]) &&
           add_mark(normalizer, &normalizer->marks, from->codes[0])) {
        remove_mark(from, 0);
        normalizer->changes[ORDER]++;
    }
}

static void write_sara_e(struct thai_normalizer *normalizer, struct buffer *buffer) {
    if (!normalizer->sara_e)
        return;
    utf8_append(buffer, SARA_E);
    normalizer->letter = SARA_E;
    normalizer->sara_e = false;
}

static void write_cluster(struct thai_normalizer *normalizer, struct buffer *buffer) {
    write_marks(buffer, &normalizer->marks);
    for (size_t i = 0; i < normalizer->following_count; i++)
        utf8_append(buffer, normalizer->following[i]);
    normalizer->following_count = 0;
    write_marks(buffer, &normalizer->following_marks);
}

/* Writes what was gathered. */
static void flush(struct thai_normalizer *normalizer, struct buffer *buffer) {
    write_sara_e(normalizer, buffer);
    move_tones(normalizer);
    write_cluster(normalizer, buffer);
    normalizer->crowded = false;
}

static void take_mark(struct thai_normalizer *normalizer, struct buffer *buffer, uint32_t code) {
    write_sara_e(normalizer, buffer);
    struct thai_marks *marks =
        normalizer->following_count > 0 ? &normalizer->following_marks : &normalizer->marks;
    if (!normalizer->crowded && add_mark(normalizer, marks, code))
        return;
    write_cluster(normalizer, buffer);
    normalizer->crowded = true;
    normalizer->letter = 0;
    utf8_append(buffer, code);
}

/* Whether the vowel CODE, about to join those behind the letter, is the last of them again. */
static bool repeats_following(const struct thai_normalizer *normalizer, uint32_t code) {
    if (!(normalizer->steps & THAI_DOUBLED))
        return false;
    uint32_t last = normalizer->letter;
    if (normalizer->following_count > 0)
        last = normalizer->following[normalizer->following_count - 1];
    else if (normalizer->marks.count > 0)
        return false;
    return last == code || (last == SARA_AM && normalizer->composed && code == SARA_AA);
}

static uint32_t replace_lakkhangyao(struct thai_normalizer *normalizer, uint32_t code) {
    if (code != LAKKHANGYAO || !(normalizer->steps & THAI_LAKKHANG))
        return code;
    if (normalizer->following_count == 0 && (normalizer->letter == RU || normalizer->letter == LU))
        return code;
    if (normalizer->following_count > 0 && normalizer->following_marks.count == 0 &&
        repeats_following(normalizer, code))
        return code;
    normalizer->changes[LAKKHANG]++;
    return SARA_AA;
}

static void take_following(struct thai_normalizer *normalizer, struct buffer *buffer, uint32_t code) {
    write_sara_e(normalizer, buffer);
    code = replace_lakkhangyao(normalizer, code);
    struct thai_marks *marks =
        normalizer->following_count > 0 ? &normalizer->following_marks : &normalizer->marks;
    bool composed = (normalizer->steps & THAI_SARA_AM) && code == SARA_AA && take_nikhahit(marks);
    if (composed) {
        normalizer->changes[AM]++;
        code = SARA_AM;
    }
    move_tones(normalizer);
    if (normalizer->following_marks.count > 0) {
        struct thai_marks between = normalizer->following_marks;
        normalizer->following_marks.count = 0;
        write_cluster(normalizer, buffer);
        normalizer->marks = between;
        normalizer->letter = 0;
    }
    if (repeats_following(normalizer, code)) {
        normalizer->changes[DOUBLED]++;
        return;
    }
    normalizer->crowded = false;
    normalizer->following[normalizer->following_count++] = (uint16_t)code;
    normalizer->composed = composed;
    if (normalizer->following_count == THAI_MAX_FOLLOWING) {
        write_cluster(normalizer, buffer);
        normalizer->letter = code;
    }
}

static void take_leading(struct thai_normalizer *normalizer, struct buffer *buffer, uint32_t code) {
    if (code == SARA_E && normalizer->sara_e) {
        normalizer->sara_e = false;
        normalizer->changes[AE]++;
        code = SARA_AE;
    } else {
        bool parted = normalizer->marks.count > 0 || normalizer->following_count > 0 || normalizer->crowded;
        flush(normalizer, buffer);
        if (parted)
            normalizer->letter = 0;
        normalizer->sara_e = code == SARA_E && (normalizer->steps & THAI_SARA_AE);
        if (normalizer->sara_e)
            return;
    }
    if ((normalizer->steps & THAI_DOUBLED) && code != SARA_E && normalizer->letter == code) {
        normalizer->changes[DOUBLED]++;
        return;
    }
    utf8_append(buffer, code);
    normalizer->letter = code;
}

static void take_base(struct thai_normalizer *normalizer, struct buffer *buffer, uint32_t code) {
    flush(normalizer, buffer);
    normalizer->letter = code;
    if (is_thai_digit(code) && (normalizer->steps & THAI_DIGITS)) {
        buffer_append_char(buffer, (char)('0' + (code - DIGIT_ZERO)));
        normalizer->changes[DIGITS]++;
    } else if (is_odd_space(code) && (normalizer->steps & THAI_SPACES)) {
        buffer_append_char(buffer, ' ');
        normalizer->changes[SPACES]++;
    } else if ((normalizer->steps & THAI_WIDTH) && narrow(code) != '\0') {
        buffer_append_char(buffer, narrow(code));
    } else {
        utf8_append(buffer, code);
    }
}

/* Takes one character of TEXT at AT, or one byte that is not UTF-8; returns the offset behind it. */
static size_t step(struct thai_normalizer *normalizer, struct buffer *buffer, struct text text, size_t at) {
    if (utf8_sequence(text.data + at, text.len - at) == 0) {
        flush(normalizer, buffer);
        normalizer->letter = 0;
        buffer_append_char(buffer, text.data[at]);
        return at + 1;
    }
    uint32_t code = utf8_decode(text, &at);
    if ((normalizer->steps & THAI_ZERO_WIDTH) && is_zero_width(code)) {
        normalizer->changes[ZERO_WIDTH]++;
        return at;
    }
    switch (kind_of(code, normalizer->steps)) {
    case BASE:
        take_base(normalizer, buffer, code);
        break;
    case LEADING:
        take_leading(normalizer, buffer, code);
        break;
    case FOLLOWING:
        take_following(normalizer, buffer, code);
        break;
    default:
        take_mark(normalizer, buffer, code);
    }
    return at;
}

/* Whether a base begins at AT, so that nothing before AT matters any more. */
static bool is_base(const struct thai_normalizer *normalizer, struct text text, size_t at) {
    if (utf8_sequence(text.data + at, text.len - at) == 0)
        return true;
    uint32_t code = utf8_decode(text, &at);
    return kind_of(code, normalizer->steps) == BASE && !is_zero_width(code);
}

/* The place nearest to AT, at or before it but not before FROM, from which on all that is before does not matter:
   where a base begins, or behind a digit, which is taken at once. */
static size_t settled_before(const struct thai_normalizer *normalizer, struct text text, size_t from,
                             size_t at) {
    for (;;) {
        while (at > from && ((unsigned char)text.data[at] & 0xC0) == 0x80)
            at--;
        size_t after = at;
        if (at <= from || utf8_sequence(text.data + at, text.len - at) == 0)
            return at;
        uint32_t code = utf8_decode(text, &after);
        if (is_thai_digit(code) && (normalizer->steps & THAI_DIGITS))
            return after;
        if (is_base(normalizer, text, at))
            return at;
        at--;
    }
}

/* A text that is copied in runs. */
struct run {
    struct text text;
    size_t from;    /* copied or taken up to here; what was copied last can be taken back, down to settled */
    size_t settled; /* a character begins here, and nothing before it matters */
    char *to;       /* in the buffer, where there is room for the rest of the text and for SPARE more */
};

/* Runs are copied in pieces of this size, which may write too much: the next run writes over it. */
#define SPARE THAI_SCAN_WORD

/* Copies what lies before TO. */
static inline void copy_run(struct run *run, size_t to) {
    size_t len = to - run->from;
    const char *data = run->text.data + run->from;
    if (len <= SPARE && run->text.len - run->from >= SPARE) {
        memcpy(run->to, data, SPARE / 2);
        if (len > SPARE / 2)
            memcpy(run->to + SPARE / 2, data + SPARE / 2, SPARE / 2);
    } else {
        memcpy(run->to, data, len);
    }
    run->to += len;
    run->from = to;
}

/* Makes a digit of the character that ends at AT. */
static inline void take_digit(struct run *run, size_t at) {
    if (run->from < at - 2)
        copy_run(run, at - 2);
    *run->to++ = (char)('0' + (run->text.data[at] & 0x0F));
    run->from = at + 1;
    run->settled = at + 1;
}

/* Whether the base CODE is to become another one, digits apart. */
static bool changes_base(const struct thai_normalizer *normalizer, uint32_t code) {
    return (is_odd_space(code) && (normalizer->steps & THAI_SPACES)) ||
           ((normalizer->steps & THAI_WIDTH) && narrow(code) != '\0');
}

/* Looks closer at the byte AT of the run, where a step may have something to change; the buffer ends where
   the run does. */
static void look_closer(struct thai_normalizer *normalizer, struct buffer *buffer, struct run *run,
                        size_t at) {
    struct text text = run->text;
    if (((unsigned char)text.data[at] & 0xC0) == 0xC0 && is_base(normalizer, text, at)) {
        size_t after = at;
        if (utf8_sequence(text.data + at, text.len - at) == 0 ||
            !changes_base(normalizer, utf8_decode(text, &after)))
            return;
    }
    size_t behind = settled_before(normalizer, text, run->settled, at);
    if (behind < run->from)
        run->to -= run->from - behind;
    else
        copy_run(run, behind);
    buffer->len = (size_t)(run->to - buffer->data);
    normalizer->letter = 0;
    while (behind < text.len && (behind <= at || !is_base(normalizer, text, behind)))
        behind = step(normalizer, buffer, text, behind);
    if (behind < text.len) {
        flush(normalizer, buffer);
        normalizer->letter = 0;
    }
    run->to = buffer->data + buffer->len;
    run->from = behind;
    run->settled = behind;
}

/* Whether others than digits are looked for. */
static bool scans_all(const struct thai_normalizer *normalizer) {
    return (normalizer->steps & ~(unsigned)THAI_DIGITS) != 0;
}

/* Looks over the word at AT, which may be longer than the text, or too near its beginning to look back. */
static struct thai_found scan_word(const struct thai_normalizer *normalizer, struct text text, size_t at) {
    if (at >= THAI_SCAN_BEFORE && text.len - at >= THAI_SCAN_WORD)
        return thai_scan(text.data + at, scans_all(normalizer));
    char edge[THAI_SCAN_BEFORE + THAI_SCAN_WORD] = {0};
    size_t before = at < THAI_SCAN_BEFORE ? at : THAI_SCAN_BEFORE;
    size_t len = text.len - at < THAI_SCAN_WORD ? text.len - at : THAI_SCAN_WORD;
    memcpy(edge + THAI_SCAN_BEFORE - before, text.data + at - before, before + len);
    return thai_scan(edge + THAI_SCAN_BEFORE, scans_all(normalizer));
}

/* Takes the next word, what was found in it one by one, and copies what lies between and behind, but for the
   beginning of a character that the word's end cuts. */
static void take_word(struct thai_normalizer *normalizer, struct buffer *buffer, struct run *run) {
    struct text text = run->text;
    size_t at = run->from;
    struct thai_found found = scan_word(normalizer, text, at);
    for (uint64_t word = found.digits | found.others; word != 0; word &= word - 1) {
        unsigned bit = (unsigned)__builtin_ctzll(word);
        if (at + bit < run->settled)
            continue;
        if ((found.digits >> bit & 1) == 0) {
            look_closer(normalizer, buffer, run, at + bit);
        } else if (normalizer->steps & THAI_DIGITS) {
            take_digit(run, at + bit);
            normalizer->changes[DIGITS]++;
        }
    }
    size_t end = at + THAI_SCAN_WORD < text.len ? at + THAI_SCAN_WORD : text.len;
    while (end > run->from && end < text.len && ((unsigned char)text.data[end] & 0xC0) == 0x80)
        end--;
    if (end > run->from)
        copy_run(run, end);
}

/* Takes words as long as there is nothing in them but digits; the last of them may cut a digit. */
static void take_words(struct thai_normalizer *normalizer, struct run *run) {
    size_t words = (run->text.len - run->from) / THAI_SCAN_WORD;
    if (words < 2 || run->from < THAI_SCAN_BEFORE || !(normalizer->steps & THAI_DIGITS))
        return;
    struct thai_packed packed = thai_pack(run->to, run->text.data + run->from, words, scans_all(normalizer));
    run->to += packed.made;
    run->from += packed.words * THAI_SCAN_WORD;
    normalizer->changes[DIGITS] += packed.digits;
}

/* Takes TEXT from AT on, where a base begins and nothing is held back. What it returns is the offset of the last base
   (everything behind may depend on what comes after the text), or the end when the last cluster was taken
   already. */
static size_t take_runs(struct thai_normalizer *normalizer, struct buffer *buffer, struct text text,
                        size_t at) {
    buffer_reserve(buffer, text.len - at + SPARE);
    struct run run = {text, at, at, buffer->data + buffer->len};
    normalizer->letter = 0;
    while (run.from < text.len) {
        take_words(normalizer, &run);
        take_word(normalizer, buffer, &run);
    }
    if (run.settled < text.len) {
        size_t last = settled_before(normalizer, text, run.settled, text.len - 1);
        if (last < run.from)
            run.to -= run.from - last;
        else
            copy_run(&run, last);
        run.from = last;
    }
    buffer->len = (size_t)(run.to - buffer->data);
    return run.from;
}

static void feed_whole(struct thai_normalizer *normalizer, struct buffer *buffer, struct text text) {
    size_t at = 0;
    while (at < text.len && (text.len - at < SCAN_WORTH || !is_base(normalizer, text, at)))
        at = step(normalizer, buffer, text, at);
    if (at < text.len) {
        flush(normalizer, buffer);
        at = take_runs(normalizer, buffer, text, at);
    }
    while (at < text.len)
        at = step(normalizer, buffer, text, at);
}

static void feed_to_thai(struct thai_normalizer *normalizer, struct buffer *buffer, struct text text) {
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (char_is_digit(c)) {
            utf8_append(buffer, DIGIT_ZERO + (uint32_t)(c - '0'));
            normalizer->changes[TO_THAI]++;
        } else {
            buffer_append_char(buffer, c);
        }
    }
}

/* How many bytes at the end of TEXT are the beginning of a character. */
static size_t cut_character(struct text text) {
    for (size_t back = 1; back <= 3 && back <= text.len; back++) {
        const char *lead = text.data + text.len - back;
        if (((unsigned char)*lead & 0xC0) == 0x80)
            continue;
        bool truncated = false;
        if (utf8_sequence(lead, back) == 0)
            utf8_invalid(lead, back, &truncated);
        return truncated ? back : 0;
    }
    return 0;
}

/* Completes the character that the last piece cut with bytes of TEXT; returns how many it took. */
static size_t complete_character(struct thai_normalizer *normalizer, struct buffer *buffer,
                                 struct text text) {
    size_t took = 0;
    while (normalizer->partial_len > 0 && took < text.len) {
        normalizer->partial[normalizer->partial_len++] = text.data[took++];
        struct text partial = {normalizer->partial, normalizer->partial_len};
        size_t cut = cut_character(partial);
        if (cut == partial.len)
            continue;
        partial.len -= cut;
        feed_whole(normalizer, buffer, partial);
        memmove(normalizer->partial, normalizer->partial + partial.len, cut);
        normalizer->partial_len = cut;
    }
    return took;
}

void thai_start(struct thai_normalizer *normalizer, unsigned steps) {
    *normalizer = (struct thai_normalizer){.steps = steps};
}

void thai_feed(struct thai_normalizer *normalizer, struct buffer *buffer, struct text text) {
    if (normalizer->steps & THAI_TO_THAI) {
        feed_to_thai(normalizer, buffer, text);
        return;
    }
    if (normalizer->partial_len > 0)
        text = text_skip(text, complete_character(normalizer, buffer, text));
    size_t cut = cut_character(text);
    text.len -= cut;
    feed_whole(normalizer, buffer, text);
    if (cut > 0) {
        memcpy(normalizer->partial, text.data + text.len, cut);
        normalizer->partial_len = cut;
    }
}

void thai_end(struct thai_normalizer *normalizer, struct buffer *buffer) {
    struct text partial = {normalizer->partial, normalizer->partial_len};
    feed_whole(normalizer, buffer, partial);
    normalizer->partial_len = 0;
    flush(normalizer, buffer);
    normalizer->letter = 0;
}

void thai_normalize(struct buffer *buffer, struct text text, unsigned steps) {
    struct thai_normalizer normalizer;
    thai_start(&normalizer, steps);
    thai_feed(&normalizer, buffer, text);
    thai_end(&normalizer, buffer);
}

/* Whether the character of the Thai block at BYTES is assigned. */
static bool is_assigned(const unsigned char *bytes) {
    unsigned char last = bytes[2];
    return bytes[1] == 0xB8 ? last > 0x80 && (last < 0xBB || last == 0xBF) : bytes[1] == 0xB9 && last < 0x9C;
}

bool thai_is_usual(struct text text) {
    const unsigned char *bytes = (const unsigned char *)text.data;
    for (size_t at = 0; at < text.len;) {
        unsigned char first = bytes[at];
        if (first < 0x80)
            at++;
        else if (first < 0xCD)
            at += 2;
        else if ((first == 0xE0 && is_assigned(bytes + at)) || (first == 0xE2 && bytes[at + 1] < 0xB0))
            at += 3;
        else
            return false;
    }
    return true;
}

/* What a word cannot end with or go on from. */
enum joint { JOINT_NONE, JOINT_BLANK, JOINT_LEADING, JOINT_OPEN };

/* ั and ื: a consonant follows. */
static enum joint joint_of(uint32_t code) {
    if (code >= 0x0E40 && code <= 0x0E44)
        return JOINT_LEADING;
    return code == 0x0E31 || code == 0x0E37 ? JOINT_OPEN : JOINT_NONE;
}

/* Signs above and below, and the vowels that follow a consonant. */
static bool needs_consonant(uint32_t code) {
    return (code >= 0x0E30 && code <= 0x0E3A) || code == 0x0E45 || (code >= 0x0E47 && code <= 0x0E4E);
}

struct text thai_find_cut(struct text text) {
    enum joint before = JOINT_BLANK;
    size_t start = 0; /* of the character before */
    for (size_t at = 0; at < text.len;) {
        size_t here = at;
        uint32_t code = utf8_decode(text, &at);
        bool blank = code == ' ' || (code >= '\t' && code <= '\r');
        if (blank && (before == JOINT_LEADING || before == JOINT_OPEN))
            return (struct text){text.data + start, here - start};
        if (needs_consonant(code) && (before == JOINT_BLANK || before == JOINT_LEADING))
            return (struct text){text.data + start, at - start};
        before = blank ? JOINT_BLANK : joint_of(code);
        start = here;
    }
    if (before == JOINT_LEADING || before == JOINT_OPEN)
        return text_skip(text, start);
    return (struct text){0};
}
