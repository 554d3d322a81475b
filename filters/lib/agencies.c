/* Agencies by name and abbreviation; see agencies.h. */
#include "agencies.h"

#include <stdlib.h>

#include "letters.h"

struct known_agency {
    char *code;
    char *name;
    bool full;
    bool garbled;
    struct letters letters;
};

struct agencies {
    struct known_agency *known;
    size_t count;
    size_t cap;
    struct letters letters;
};

struct agencies *agencies_open(struct profile *profile) {
    struct agencies *agencies = memory_zeroed(1, sizeof *agencies);
    struct table_reader *reader = profile_table(profile, "agencies.csv");
    size_t code_at = table_require_column(reader, "code");
    size_t kind_at = table_require_column(reader, "kind");
    size_t name_at = table_require_column(reader, "name");
    struct table_row row;
    while (table_read(reader, &row)) {
        agencies->known =
            memory_reserve(agencies->known, &agencies->cap, agencies->count + 1, sizeof *agencies->known);
        struct known_agency *known = &agencies->known[agencies->count++];
        *known = (struct known_agency){
            .code = text_copy(row.fields[code_at]),
            .name = text_copy(row.fields[name_at]),
            .full = text_equal(row.fields[kind_at], TEXT("name")),
            .garbled = text_equal(row.fields[kind_at], TEXT("garbled")),
        };
        letters_of(&known->letters, row.fields[name_at]);
    }
    table_close(reader);
    return agencies;
}

void agencies_close(struct agencies *agencies) {
    for (size_t i = 0; i < agencies->count; i++) {
        free(agencies->known[i].code);
        free(agencies->known[i].name);
        letters_free(&agencies->known[i].letters);
    }
    letters_free(&agencies->letters);
    free(agencies->known);
    free(agencies);
}

static bool parts_words(char c) {
    return c == ' ' || c == '(' || c == ')' || c == '/' || c == ',' || c == ';' || c == ':';
}

/* Whether WORD stands in TEXT as a whole word. */
static bool has_word(struct text text, struct text word) {
    size_t at = 0;
    while ((at = text_find(text, word, at)) != SIZE_MAX) {
        size_t end = at + word.len;
        if ((at == 0 || parts_words(text.data[at - 1])) && (end == text.len || parts_words(text.data[end])))
            return true;
        at++;
    }
    return false;
}

static const struct known_agency *find_full(struct agencies *agencies, struct text text) {
    const struct known_agency *found = NULL;
    letters_of(&agencies->letters, text);
    for (size_t i = 0; i < agencies->count; i++) {
        const struct known_agency *known = &agencies->known[i];
        if (known->full && letters_contain(&agencies->letters, &known->letters) &&
            (found == NULL || known->letters.count > found->letters.count))
            found = known;
    }
    return found;
}

static const struct known_agency *find_short(const struct agencies *agencies, struct text text) {
    const struct known_agency *found = NULL;
    for (size_t i = 0; i < agencies->count; i++) {
        const struct known_agency *known = &agencies->known[i];
        if (!known->full && has_word(text, text_of(known->name)) &&
            (found == NULL || (found->garbled && !known->garbled)))
            found = known;
    }
    return found;
}

void agencies_find(struct agencies *agencies, struct text text, struct agency_match *match) {
    *match = (struct agency_match){.code = TEXT(""), .other = TEXT("")};
    const struct known_agency *full = find_full(agencies, text);
    const struct known_agency *abbreviated = find_short(agencies, text);
    if (full != NULL)
        match->code = text_of(full->code);
    else if (abbreviated != NULL)
        match->code = text_of(abbreviated->code);
    match->full = full != NULL;
    match->garbled = full == NULL && abbreviated != NULL && abbreviated->garbled;
    if (full != NULL && abbreviated != NULL && !abbreviated->garbled &&
        !text_equal(match->code, text_of(abbreviated->code)))
        match->other = text_of(abbreviated->code);
}
