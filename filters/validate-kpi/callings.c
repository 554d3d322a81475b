/* How agencies are called; see callings.h. */
#include "callings.h"

#include <stdlib.h>
#include <string.h>

#include "letters.h"

void callings_read(struct callings *callings, struct check *check) {
    char *path = profile_find(check->profile, "agencies.csv");
    if (path == NULL)
        return;
    free(path);
    struct table_reader *reader = profile_table(check->profile, "agencies.csv");
    size_t code = table_require_column(reader, "code");
    size_t kind = table_require_column(reader, "kind");
    size_t name = table_require_column(reader, "name");
    struct table_row row;
    while (table_read(reader, &row)) {
        callings->items =
            memory_reserve(callings->items, &callings->cap, callings->count + 1, sizeof *callings->items);
        callings->items[callings->count++] = (struct calling){
            arena_copy(&check->arena, row.fields[code]),
            text_equal(row.fields[kind], TEXT("garbled")),
            text_equal(row.fields[kind], TEXT("short")),
            arena_copy(&check->arena, row.fields[name]),
        };
    }
    table_close(reader);
}

bool calling_stands_in(const struct calling *calling, struct text text) {
    for (size_t at = 0; (at = text_find(text, calling->name, at)) != SIZE_MAX; at++) {
        if (at == 0 || (unsigned char)text.data[at - 1] < 0x80)
            return true;
    }
    return false;
}

/* From this likeness on, in percent, a text is a misprint of a name; below it is another text, in a wrong place. */
enum { LIKENESS_MISPRINT = 60 };

/* What one name for an agency is set against: letters, used again and again. */
struct likeness {
    struct letters name;
    struct letters printed;
};

static bool is_like(struct likeness *likeness, struct text printed) {
    letters_of(&likeness->printed, printed);
    return letters_similarity(&likeness->printed, &likeness->name) >= LIKENESS_MISPRINT;
}

/* The next word of TEXT from AT on; AT goes behind it. False when there is none. */
static bool next_word(struct text text, size_t *at, struct text *word) {
    static const char between[] = " ()/,;:*";
    while (*at < text.len && strchr(between, text.data[*at]) != NULL)
        (*at)++;
    size_t start = *at;
    while (*at < text.len && strchr(between, text.data[*at]) == NULL)
        (*at)++;
    *word = (struct text){text.data + start, *at - start};
    return word->len > 0;
}

/* Whether TEXT, or a word of it that is about as long, is like NAME. */
static bool has_like(struct likeness *likeness, struct text text, struct text name) {
    struct text word;
    letters_of(&likeness->name, name);
    if (is_like(likeness, text))
        return true;
    for (size_t at = 0; next_word(text, &at, &word);) {
        if (word.len <= 2 * name.len && is_like(likeness, word))
            return true;
    }
    return false;
}

bool callings_are_like(const struct callings *callings, struct text code, struct text text) {
    struct likeness likeness = {0};
    bool like = false;
    for (size_t i = 0; i < callings->count && !like; i++)
        like =
            text_equal(callings->items[i].code, code) && has_like(&likeness, text, callings->items[i].name);
    letters_free(&likeness.name);
    letters_free(&likeness.printed);
    return like;
}

/* Whether PRINTED has one letter of the name wrong; with two letters nothing would be left of it. */
static bool is_one_off(struct likeness *likeness, struct text printed) {
    letters_of(&likeness->printed, printed);
    return likeness->name.count > 2 && likeness->printed.count == likeness->name.count &&
           letters_distance(&likeness->printed, &likeness->name, 1) == 1;
}

struct text callings_misprint(const struct callings *callings, struct text code, struct text text) {
    struct likeness likeness = {0};
    struct text found = {NULL, 0};
    bool right = false;
    for (size_t i = 0; i < callings->count && !right; i++) {
        const struct calling *calling = &callings->items[i];
        struct text word;
        if (!calling->brief || !text_equal(calling->code, code))
            continue;
        right = calling_stands_in(calling, text);
        letters_of(&likeness.name, calling->name);
        for (size_t at = 0; found.len == 0 && next_word(text, &at, &word);) {
            if (is_one_off(&likeness, word))
                found = word;
        }
    }
    letters_free(&likeness.name);
    letters_free(&likeness.printed);
    return right ? (struct text){NULL, 0} : found;
}

void callings_free(struct callings *callings) {
    free(callings->items);
    *callings = (struct callings){0};
}
