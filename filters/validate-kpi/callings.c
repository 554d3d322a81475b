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

/* Whether TEXT, or a word of it that is about as long, is like NAME. */
static bool has_like(struct likeness *likeness, struct text text, struct text name) {
    static const char between[] = " ()/,;:*";
    letters_of(&likeness->name, name);
    if (is_like(likeness, text))
        return true;
    for (size_t at = 0, end; at < text.len; at = end + 1) {
        for (end = at; end < text.len && strchr(between, text.data[end]) == NULL; end++)
            ;
        struct text word = {text.data + at, end - at};
        if (word.len > 0 && word.len <= 2 * name.len && is_like(likeness, word))
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

void callings_free(struct callings *callings) {
    free(callings->items);
    *callings = (struct callings){0};
}
