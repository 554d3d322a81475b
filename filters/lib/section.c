/* Names of sections and keys; see section.h. */
#include "section.h"

static const char *const names[SECTION_COUNT] = {
    "agency",        "objectives",       "kpis",      "plan_project", "plan_activities", "budget",
    "results",       "activity_results", "obstacles", "progress",     "front",           "strategy",
    "strategy_kpis", "tactics",          "summary",   "project",      "other",
};

const char *section_name(enum section section) {
    return names[section];
}

bool section_parse(struct text name, enum section *section) {
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        if (text_equal(text_of(names[i]), name)) {
            *section = (enum section)i;
            return true;
        }
    }
    return false;
}

static void append_numbered(struct buffer *buffer, struct text mark, int number) {
    buffer_append_text(buffer, mark);
    buffer_append_number(buffer, (uint64_t)number);
}

void key_append(struct buffer *buffer, struct key key) {
    if (key.strategy < 0)
        return;
    append_numbered(buffer, TEXT("S"), key.strategy);
    if (key.run > 0)
        buffer_append_char(buffer, (char)('a' + key.run));
    if (key.number >= 0)
        append_numbered(buffer, key.number < 10 ? TEXT(".P0") : TEXT(".P"), key.number);
    if (key.sub > 0)
        append_numbered(buffer, TEXT("."), key.sub);
    if (key.part > 0)
        append_numbered(buffer, TEXT(".A"), key.part);
}

/* Takes PREFIX and a number of up to six digits from the front of REST. */
static bool take_number(struct text *rest, struct text prefix, int *number) {
    if (!text_starts(*rest, prefix))
        return false;
    struct text digits = text_skip(*rest, prefix.len);
    size_t len = 0;
    int value = 0;
    while (len < digits.len && len < 6 && char_is_digit(digits.data[len]))
        value = value * 10 + (digits.data[len++] - '0');
    if (len == 0)
        return false;
    *number = value;
    *rest = text_skip(digits, len);
    return true;
}

bool key_parse(struct text text, struct key *key) {
    struct key parsed = KEY_NONE;
    if (text.len > 0) {
        if (!take_number(&text, TEXT("S"), &parsed.strategy))
            return false;
        if (text.len > 0 && text.data[0] > 'a' && text.data[0] <= 'z') {
            parsed.run = text.data[0] - 'a';
            text = text_skip(text, 1);
        }
        if (take_number(&text, TEXT(".P"), &parsed.number)) {
            if (!take_number(&text, TEXT(".A"), &parsed.part))
                (void)take_number(&text, TEXT("."), &parsed.sub);
        }
        if (text.len > 0)
            return false;
    }
    *key = parsed;
    return true;
}

bool key_equal(struct key a, struct key b) {
    return a.strategy == b.strategy && a.number == b.number && a.sub == b.sub && a.part == b.part &&
           a.run == b.run;
}

bool key_is_project(struct key key) {
    return key.number >= 0;
}

struct key key_parent(struct key key) {
    return (struct key){.strategy = key.strategy, .number = key.number, .run = key.run};
}
