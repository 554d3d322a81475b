/* Misspelt words of the form; see spelling.h. */
#include "spelling.h"

#include <stdlib.h>
#include <string.h>

#include "utf8.h"

/* Shorter words are too easily another word; in one of LONG_WORD letters or more two may be wrong. */
enum { LEAST_LETTERS = 5, LONG_WORD = 9, MOST_LETTERS = 60 };

struct codes {
    uint32_t *codes;
    size_t *offsets; /* in bytes; one more than codes */
    size_t count;
    size_t cap;
    size_t offset_cap;
};

struct form_word {
    char *place;
    char *text;
    struct codes codes;
};

struct spelling {
    struct form_word *words;
    size_t count;
    size_t cap;
    struct codes codes;
    struct buffer texts[2]; /* the text so far, and the one being made */
};

static void take_codes(struct codes *codes, struct text text) {
    size_t at = 0;
    codes->count = 0;
    codes->codes = memory_reserve(codes->codes, &codes->cap, text.len + 1, sizeof *codes->codes);
    codes->offsets = memory_reserve(codes->offsets, &codes->offset_cap, text.len + 1, sizeof *codes->offsets);
    while (at < text.len) {
        codes->offsets[codes->count] = at;
        codes->codes[codes->count++] = utf8_decode(text, &at);
    }
    codes->offsets[codes->count] = text.len;
}

static void free_codes(struct codes *codes) {
    free(codes->codes);
    free(codes->offsets);
}

static void add_word(struct spelling *spelling, struct text place, struct text text) {
    size_t letters = utf8_count(text);
    if (letters < LEAST_LETTERS || letters > MOST_LETTERS)
        return;
    spelling->words =
        memory_reserve(spelling->words, &spelling->cap, spelling->count + 1, sizeof *spelling->words);
    struct form_word *word = &spelling->words[spelling->count++];
    *word = (struct form_word){.place = text_copy(place), .text = text_copy(text)};
    take_codes(&word->codes, text_of(word->text));
}

static void read_words(struct spelling *spelling, struct profile *profile) {
    struct table_reader *reader = profile_table(profile, "words.csv");
    size_t place_at = table_require_column(reader, "place");
    size_t word_at = table_require_column(reader, "word");
    struct table_row row;
    while (table_read(reader, &row))
        add_word(spelling, row.fields[place_at], row.fields[word_at]);
    table_close(reader);
}

static void read_months(struct spelling *spelling, struct profile *profile) {
    struct table_reader *reader = profile_table(profile, "months.csv");
    size_t name_at = table_require_column(reader, "name");
    struct table_row row;
    while (table_read(reader, &row)) {
        if (text_find(row.fields[name_at], TEXT("."), 0) == SIZE_MAX)
            add_word(spelling, TEXT("date"), row.fields[name_at]);
    }
    table_close(reader);
}

struct spelling *spelling_open(struct profile *profile) {
    struct spelling *spelling = memory_zeroed(1, sizeof *spelling);
    read_words(spelling, profile);
    read_months(spelling, profile);
    return spelling;
}

void spelling_close(struct spelling *spelling) {
    for (size_t i = 0; i < spelling->count; i++) {
        free(spelling->words[i].place);
        free(spelling->words[i].text);
        free_codes(&spelling->words[i].codes);
    }
    free(spelling->words);
    free_codes(&spelling->codes);
    buffer_free(&spelling->texts[0]);
    buffer_free(&spelling->texts[1]);
    free(spelling);
}

/* How many letters of a word of COUNT may be wrong. */
static size_t errors_allowed(size_t count) {
    return count < LONG_WORD ? 1 : 2;
}

/* A run of codes, walked forwards (step 1) or backwards (step -1) from its first. */
struct run {
    const uint32_t *first;
    size_t count;
    int step;
};

static uint32_t code_at(struct run run, size_t i) {
    return run.first[(ptrdiff_t)i * run.step];
}

/* The edit distance of WORD to that beginning of TEXT to which it is least, or BOUND + 1 when it is larger than BOUND; LENGTH
   becomes how many codes that beginning has. Of several the one is taken that ends as WORD
   does, else the longest that does not end in a blank. */
static size_t distance_to_start(struct run text, struct run word, size_t bound, size_t *length) {
    size_t width = word.count + bound < text.count ? word.count + bound : text.count;
    unsigned char rows[2][MOST_LETTERS + 3];
    for (size_t j = 0; j <= width; j++)
        rows[0][j] = (unsigned char)j;
    for (size_t i = 1; i <= word.count; i++) {
        const unsigned char *above = rows[(i - 1) % 2];
        unsigned char *row = rows[i % 2];
        row[0] = (unsigned char)i;
        for (size_t j = 1; j <= width; j++) {
            unsigned least = above[j - 1] + (code_at(word, i - 1) != code_at(text, j - 1) ? 1U : 0U);
            if (above[j] + 1U < least)
                least = above[j] + 1U;
            if (row[j - 1] + 1U < least)
                least = row[j - 1] + 1U;
            row[j] = (unsigned char)least;
        }
    }
    const unsigned char *last = rows[word.count % 2];
    size_t least = bound + 1;
    bool whole = false; /* the beginning ends as the word does */
    for (size_t j = 0; j <= width; j++) {
        bool ends = j > 0 && word.count > 0 && code_at(text, j - 1) == code_at(word, word.count - 1);
        bool longer = j <= word.count && !whole && j > 0 && code_at(text, j - 1) != ' ';
        if (last[j] < least || (last[j] == least && least <= bound && (ends || longer))) {
            least = last[j];
            *length = j;
            whole = ends;
        }
    }
    return least;
}

/* A misspelt word in a text, as places of codes. */
struct found {
    size_t start;
    size_t end;
};

static bool is_thai(const struct codes *text, size_t at) {
    return at < text->count && text->codes[at] >= 0x0E01 && text->codes[at] <= 0x0E4E;
}

static bool is_consonant(const struct codes *text, size_t at) {
    return is_thai(text, at) && text->codes[at] <= 0x0E2E;
}

/* A word that is right but for a single letter before or behind it, which is of no other word: it is taken in. */
static bool has_stray_letter(const struct codes *text, size_t from, struct found *found) {
    if (found->start > from && is_consonant(text, found->start - 1) &&
        !(found->start > 1 && is_thai(text, found->start - 2))) {
        found->start--;
        return true;
    }
    if (is_consonant(text, found->end) && !is_thai(text, found->end + 1)) {
        found->end++;
        return true;
    }
    return false;
}

/* Whether the piece of WORD that begins at its letter PIECE stands at the code AT of TEXT, with the rest of WORD, misspelt,
   about it. */
static bool is_misspelt_at(const struct codes *text, const struct codes *word, size_t from, size_t at,
                           size_t piece, size_t piece_end, struct found *found) {
    size_t allowed = errors_allowed(word->count);
    size_t before = 0;
    size_t behind = 0;
    if (text->count - at < piece_end - piece)
        return false;
    for (size_t i = piece; i < piece_end; i++) {
        if (text->codes[at + i - piece] != word->codes[i])
            return false;
    }
    size_t end = at + piece_end - piece;
    struct run text_before = {text->codes + at - 1, at - from, -1};
    struct run word_before = {word->codes + piece - 1, piece, -1};
    size_t errors = distance_to_start(text_before, word_before, allowed, &before);
    if (errors > allowed)
        return false;
    struct run text_behind = {text->codes + end, text->count - end, 1};
    struct run word_behind = {word->codes + piece_end, word->count - piece_end, 1};
    errors += distance_to_start(text_behind, word_behind, allowed - errors, &behind);
    *found = (struct found){at - before, end + behind};
    return errors == 0 ? has_stray_letter(text, from, found) : errors <= allowed;
}

/* Looks for WORD, misspelt, in TEXT at or after the code FROM. */
static bool find_misspelt(const struct codes *text, const struct codes *word, size_t from,
                          struct found *found) {
    size_t pieces = errors_allowed(word->count) + 1;
    for (size_t at = from; at < text->count; at++) {
        for (size_t i = 0; i < pieces; i++) {
            size_t piece = word->count * i / pieces;
            if (text->codes[at] == word->codes[piece] &&
                is_misspelt_at(text, word, from, at, piece, word->count * (i + 1) / pieces, found))
                return true;
        }
    }
    return false;
}

/* Puts WORD right in TEXT wherever it is misspelt, into OUT. Returns whether it was anywhere. */
static bool mend_word(struct spelling *spelling, const struct form_word *word, struct text text,
                      struct buffer *out, struct misspelling *first) {
    struct codes *codes = &spelling->codes;
    struct found found;
    size_t from = 0;
    take_codes(codes, text);
    buffer_clear(out);
    while (find_misspelt(codes, &word->codes, from, &found)) {
        size_t start = codes->offsets[found.start];
        size_t end = codes->offsets[found.end];
        if (first->word.len == 0)
            *first = (struct misspelling){{text.data + start, end - start}, text_of(word->text)};
        buffer_append(out, text.data + codes->offsets[from], start - codes->offsets[from]);
        buffer_append_text(out, text_of(word->text));
        from = found.end;
    }
    if (from == 0)
        return false;
    buffer_append_text(out, text_skip(text, codes->offsets[from]));
    return true;
}

struct text spelling_mend(struct spelling *spelling, const char *place, struct text text,
                          struct misspelling *first) {
    size_t next = 0;
    *first = (struct misspelling){0};
    for (size_t i = 0; i < spelling->count; i++) {
        const struct form_word *word = &spelling->words[i];
        if (strcmp(word->place, place) == 0 &&
            mend_word(spelling, word, text, &spelling->texts[next], first)) {
            text = buffer_text(&spelling->texts[next]);
            next = 1 - next;
        }
    }
    return text;
}
