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
    char *text;
    struct codes codes;
};

/* A piece of a word, which is looked for first. */
struct piece {
    size_t word;
    size_t start; /* in codes */
    size_t end;
    size_t next; /* the next piece in the same bucket, from 1; 0: none */
};

/* Pieces are found by their first two codes: none is shorter. */
enum { BUCKETS = 1024 };

/* The words that are looked for in one place, in the order of the profile. */
struct place {
    char *name;
    struct form_word *words;
    size_t count;
    size_t cap;
    struct piece *pieces;
    size_t piece_count;
    size_t piece_cap;
    size_t buckets[BUCKETS]; /* their first pieces, from 1 */
};

struct spelling {
    struct place *places;
    size_t count;
    size_t cap;
    struct codes codes;
    struct buffer mended[2]; /* the last two results */
    size_t last;
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

/* How many letters of a word of COUNT may be wrong. */
static size_t errors_allowed(size_t count) {
    return count < LONG_WORD ? 1 : 2;
}

static struct place *find_place(struct spelling *spelling, struct text name) {
    for (size_t i = 0; i < spelling->count; i++) {
        if (text_equal(text_of(spelling->places[i].name), name))
            return &spelling->places[i];
    }
    return NULL;
}

static size_t bucket_of(const uint32_t *codes) {
    return (codes[0] * 61 + codes[1]) % BUCKETS;
}

/* Adds a piece at the end of its bucket, so that words are tried in their order. */
static void add_piece(struct place *place, struct piece piece) {
    size_t *link = &place->buckets[bucket_of(place->words[piece.word].codes.codes + piece.start)];
    while (*link > 0)
        link = &place->pieces[*link - 1].next;
    *link = place->piece_count + 1;
    place->pieces =
        memory_reserve(place->pieces, &place->piece_cap, place->piece_count + 1, sizeof *place->pieces);
    place->pieces[place->piece_count++] = piece;
}

static void add_word(struct spelling *spelling, struct text name, struct text text) {
    size_t letters = utf8_count(text);
    if (letters < LEAST_LETTERS || letters > MOST_LETTERS)
        return;
    struct place *place = find_place(spelling, name);
    if (place == NULL) {
        spelling->places =
            memory_reserve(spelling->places, &spelling->cap, spelling->count + 1, sizeof *spelling->places);
        place = &spelling->places[spelling->count++];
        *place = (struct place){.name = text_copy(name)};
    }
    place->words = memory_reserve(place->words, &place->cap, place->count + 1, sizeof *place->words);
    struct form_word *word = &place->words[place->count++];
    *word = (struct form_word){.text = text_copy(text)};
    take_codes(&word->codes, text_of(word->text));
    size_t pieces = errors_allowed(letters) + 1;
    for (size_t i = 0; i < pieces; i++)
        add_piece(place, (struct piece){.word = place->count - 1,
                                        .start = letters * i / pieces,
                                        .end = letters * (i + 1) / pieces});
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
        struct place *place = &spelling->places[i];
        for (size_t j = 0; j < place->count; j++) {
            free(place->words[j].text);
            free_codes(&place->words[j].codes);
        }
        free(place->name);
        free(place->words);
        free(place->pieces);
    }
    free(spelling->places);
    free_codes(&spelling->codes);
    buffer_free(&spelling->mended[0]);
    buffer_free(&spelling->mended[1]);
    free(spelling);
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

/*
 * The edit distance (insertion, deletion, substitution, exchange of neighbours count 1 each) of WORD to that beginning
 * of TEXT to which it is least, or BOUND + 1 when it is larger than BOUND; LENGTH becomes how many codes that beginning
 * has. Of several the one is taken that ends as WORD does, else the longest that does not end in a blank. What is more
 * than BOUND places off the diagonal costs more than BOUND: only the cells about it are reckoned (Ukkonen, Algorithms
 * for approximate string matching, 1985).
 */
static size_t distance_to_start(struct run text, struct run word, size_t bound, size_t *length) {
    size_t width = word.count + bound < text.count ? word.count + bound : text.count;
    unsigned char rows[3][MOST_LETTERS + 4];
    unsigned char beyond = (unsigned char)(bound + 1);
    for (size_t j = 0; j <= bound + 1; j++)
        rows[0][j] = (unsigned char)j;
    for (size_t i = 1; i <= word.count; i++) {
        const unsigned char *above = rows[(i - 1) % 3];
        unsigned char *row = rows[i % 3];
        size_t first = i > bound ? i - bound : 1;
        size_t last = i + bound < width ? i + bound : width;
        row[first - 1] = i > bound ? beyond : (unsigned char)i;
        for (size_t j = first; j <= last; j++) {
            unsigned least = above[j - 1] + (code_at(word, i - 1) != code_at(text, j - 1) ? 1U : 0U);
            if (above[j] + 1U < least)
                least = above[j] + 1U;
            if (row[j - 1] + 1U < least)
                least = row[j - 1] + 1U;
            if (i > 1 && j > 1 && code_at(word, i - 1) == code_at(text, j - 2) &&
                code_at(word, i - 2) == code_at(text, j - 1) && rows[(i - 2) % 3][j - 2] + 1U < least)
                least = rows[(i - 2) % 3][j - 2] + 1U;
            row[j] = (unsigned char)least;
        }
        row[last + 1] = beyond;
    }
    const unsigned char *costs = rows[word.count % 3];
    size_t least = bound + 1;
    bool whole = false; /* the beginning ends as the word does */
    for (size_t j = word.count > bound ? word.count - bound : 0; j <= width; j++) {
        bool ends = j > 0 && word.count > 0 && code_at(text, j - 1) == code_at(word, word.count - 1);
        bool longer = j <= word.count && !whole && j > 0 && code_at(text, j - 1) != ' ';
        if (costs[j] < least || (costs[j] == least && least <= bound && (ends || longer))) {
            least = costs[j];
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

static bool stands_at(const struct codes *text, size_t at, const uint32_t *codes, size_t count) {
    return text->count - at >= count && memcmp(text->codes + at, codes, count * sizeof *codes) == 0;
}

/* Whether PIECE stands at the code AT of TEXT, and the rest of its word about it with something wrong, all at or after
   FROM. */
static bool is_misspelt_at(const struct codes *text, const struct codes *word, const struct piece *piece,
                           size_t from, size_t at, struct found *found) {
    size_t allowed = errors_allowed(word->count);
    size_t length = piece->end - piece->start;
    size_t before = 0;
    size_t behind = 0;
    if (!stands_at(text, at, word->codes + piece->start, length))
        return false;
    /* Most words are right. */
    if (at - from >= piece->start && stands_at(text, at - piece->start, word->codes, word->count)) {
        *found = (struct found){at - piece->start, at - piece->start + word->count};
        return has_stray_letter(text, from, found);
    }
    size_t end = at + length;
    struct run text_before = {text->codes + at - 1, at - from, -1};
    struct run word_before = {word->codes + piece->start - 1, piece->start, -1};
    size_t errors = distance_to_start(text_before, word_before, allowed, &before);
    if (errors > allowed)
        return false;
    struct run text_behind = {text->codes + end, text->count - end, 1};
    struct run word_behind = {word->codes + piece->end, word->count - piece->end, 1};
    errors += distance_to_start(text_behind, word_behind, allowed - errors, &behind);
    *found = (struct found){at - before, end + behind};
    return errors == 0 ? has_stray_letter(text, from, found) : errors <= allowed;
}

/* Whether a word of RIGHT, which may be NULL, stands over some of what was FOUND in TEXT. */
static bool is_right(const struct place *right, const struct codes *text, struct found found) {
    for (size_t i = 0; right != NULL && i < right->count; i++) {
        const struct codes *word = &right->words[i].codes;
        size_t first = found.start + 1 > word->count ? found.start + 1 - word->count : 0;
        for (size_t at = first; at < found.end; at++) {
            if (stands_at(text, at, word->codes, word->count))
                return true;
        }
    }
    return false;
}

/* The word of PLACE of which a piece stands at the code AT of TEXT, and which is misspelt there, where no word of RIGHT
   stands; NULL: none is. */
static const struct form_word *misspelt_word(const struct place *place, const struct place *right,
                                             const struct codes *text, size_t from, size_t at,
                                             struct found *found) {
    size_t i = place->buckets[bucket_of(text->codes + at)];
    for (; i > 0; i = place->pieces[i - 1].next) {
        const struct piece *piece = &place->pieces[i - 1];
        const struct form_word *word = &place->words[piece->word];
        if (is_misspelt_at(text, &word->codes, piece, from, at, found) && !is_right(right, text, *found))
            return word;
    }
    return NULL;
}

struct text spelling_mend(struct spelling *spelling, const char *name, struct text text,
                          struct misspelling *first) {
    struct codes *codes = &spelling->codes;
    const struct place *place = find_place(spelling, text_of(name));
    const struct place *right = find_place(spelling, TEXT("right"));
    struct buffer *mended = &spelling->mended[1 - spelling->last];
    struct found found;
    size_t from = 0;
    *first = (struct misspelling){0};
    if (place == NULL)
        return text;
    take_codes(codes, text);
    buffer_clear(mended);
    for (size_t at = 0; at + 1 < codes->count; at++) {
        const struct form_word *word = misspelt_word(place, right, codes, from, at, &found);
        if (word == NULL)
            continue;
        size_t start = codes->offsets[found.start];
        size_t end = codes->offsets[found.end];
        if (first->word.len == 0)
            *first = (struct misspelling){{text.data + start, end - start}, text_of(word->text)};
        buffer_append(mended, text.data + codes->offsets[from], start - codes->offsets[from]);
        buffer_append_text(mended, text_of(word->text));
        from = found.end;
        at = from - 1;
    }
    if (first->word.len == 0)
        return text;
    buffer_append_text(mended, text_skip(text, codes->offsets[from]));
    spelling->last = 1 - spelling->last;
    return buffer_text(mended);
}
