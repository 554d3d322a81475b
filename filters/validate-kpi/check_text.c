/* Rules on the text of cells: letters that do not belong, lost characters, brackets, cut words. */
#include "check.h"
#include "thai.h"
#include "utf8.h"

static void tell_cell(struct check *check, enum rule rule, enum table table, const char *field,
                      struct text key, uint64_t n, uint64_t line, struct text observed, struct text whole) {
    struct fault fault = check_fault(check, rule, dataset_project(check->data, key), table, n, field, line);
    fault.key = key;
    fault.observed = observed;
    fault.expected = whole;
    fault.arguments[0] = (struct fault_argument){"title", check_title(check, table, field)};
    check_tell(check, &fault);
}

struct text check_without_number(struct check *check, struct text text) {
    struct match match;
    if (!pattern_match(rule_pattern(check->rules, RULE_ROW_MISNUMBERED), text, 0, &match))
        return text;
    return text_trim(text_skip(text, match.end));
}

/* The text around a place: for people to find it. */
static struct text around(struct text text, size_t start, size_t end) {
    enum { BEFORE = 60, AFTER = 60 }; /* bytes */
    size_t from = start > BEFORE ? start - BEFORE : 0;
    size_t to = end + AFTER < text.len ? end + AFTER : text.len;
    while (from > 0 && ((unsigned char)text.data[from] & 0xC0) == 0x80)
        from--;
    while (to < text.len && ((unsigned char)text.data[to] & 0xC0) == 0x80)
        to++;
    return text_trim((struct text){text.data + from, to - from});
}

/* Whether an ASCII letter follows a character that is none. */
static bool has_latin_behind(struct text text) {
    for (size_t at = text_find_ascii(text, 0); at < text.len; at = text_find_ascii(text, at + 1)) {
        char lower = (char)(text.data[at] | 0x20);
        if (at > 0 && lower >= 'a' && lower <= 'z' && (unsigned char)text.data[at - 1] >= 0x80)
            return true;
    }
    return false;
}

/* The pattern is asked only where there is something that it could find: most texts are Thai all through. */
bool check_letters(struct check *check, struct text text, struct text *observed, struct text *where) {
    struct match match;
    struct match next;
    if ((thai_is_usual(text) && !has_latin_behind(text)) ||
        !pattern_match(rule_pattern(check->rules, RULE_FOREIGN_LETTERS), text, 0, &match))
        return false;
    /* The pattern finds one sign: those behind it are of the same word. */
    size_t end = match.end;
    while (pattern_match(rule_pattern(check->rules, RULE_FOREIGN_LETTERS), text, end, &next) &&
           next.start == end && next.end > end)
        end = next.end;
    *observed = (struct text){text.data + match.start, end - match.start};
    *where = around(text, match.start, end);
    return true;
}

bool check_lost(struct text text, struct text *where) {
    size_t at = text_find(text, TEXT("\xEF\xBF\xBD"), 0);
    if (at == SIZE_MAX)
        return false;
    *where = around(text, at, at + 3);
    return true;
}

static void append_told(struct buffer *what, enum rule rule, struct text key, struct text observed) {
    buffer_printf(what, "%d %.*s ", (int)rule, (int)key.len, key.data != NULL ? key.data : "");
    buffer_append_text(what, observed);
}

static void append_told_line(struct buffer *what, enum rule rule, uint64_t line) {
    buffer_printf(what, "%d %llu", (int)rule, (unsigned long long)line);
}

void check_remember(struct check *check, enum rule rule, struct text key, struct text observed,
                    uint64_t line) {
    struct buffer what = {0};
    uint64_t first;
    append_told(&what, rule, key, observed);
    (void)keyset_add(check->told, buffer_text(&what), 0, &first);
    buffer_clear(&what);
    append_told_line(&what, rule, line);
    (void)keyset_add(check->told, buffer_text(&what), 0, &first);
    buffer_free(&what);
}

bool check_was_told(const struct check *check, enum rule rule, struct text key, struct text observed,
                    uint64_t line) {
    struct buffer what = {0};
    append_told(&what, rule, key, observed);
    bool told = keyset_find(check->told, buffer_text(&what), NULL);
    buffer_clear(&what);
    append_told_line(&what, rule, line);
    told = told || keyset_find(check->told, buffer_text(&what), NULL);
    buffer_free(&what);
    return told;
}

/* Whether the `)` at AT ends a list's mark such as `1)`, `2.1)` or `ก)`: digits and points or a single letter, at
   the beginning of a word. */
static bool is_list_mark(struct text text, size_t at) {
    size_t from = at;
    while (from > 0 && (char_is_digit(text.data[from - 1]) || text.data[from - 1] == '.'))
        from--;
    if (from == at) {
        if (from == 0)
            return false;
        from--;
        while (from > 0 && ((unsigned char)text.data[from] & 0xC0) == 0x80)
            from--;
    }
    if (from == 0)
        return true;
    char before = text.data[from - 1];
    return before == ' ' || before == ',' || before == ';' || before == ':' || before == '-' || before == '/';
}

/* How many of one kind of bracket may be open: a list's mark may close one or none. */
struct depth {
    int least;
    int most;
};

static bool close_one(struct depth *depth, bool perhaps) {
    if (!perhaps)
        depth->most--;
    depth->least--;
    if (depth->most < 0)
        return false;
    if (depth->least < 0)
        depth->least = 0;
    return true;
}

static void open_one(struct depth *depth) {
    depth->least++;
    depth->most++;
}

bool check_balanced(struct text text) {
    struct depth round = {0, 0};
    struct depth square = {0, 0};
    struct depth quotes = {0, 0};
    bool right = true;
    for (size_t at = 0; at < text.len && right;) {
        size_t here = at;
        uint32_t code = utf8_decode(text, &at);
        if (code == '(')
            open_one(&round);
        else if (code == ')')
            right = close_one(&round, is_list_mark(text, here)) || is_list_mark(text, here);
        else if (code == '[')
            open_one(&square);
        else if (code == ']')
            right = close_one(&square, false);
        else if (code == 0x201C)
            open_one(&quotes);
        else if (code == 0x201D)
            right = close_one(&quotes, false);
    }
    return right && round.least == 0 && square.least == 0 && quotes.least == 0;
}

void check_cell(struct check *check, enum table table, const char *field, struct text key, uint64_t n,
                uint64_t line, struct text text) {
    struct text observed;
    struct text where;
    if (text.len == 0)
        return;
    if (faults_wants(check->faults, RULE_FOREIGN_LETTERS) && check_letters(check, text, &observed, &where) &&
        !check_was_told(check, RULE_FOREIGN_LETTERS, key, observed, line))
        tell_cell(check, RULE_FOREIGN_LETTERS, table, field, key, n, line, observed, where);
    if (faults_wants(check->faults, RULE_REPLACEMENT_CHARACTER) && check_lost(text, &where) &&
        !check_was_told(check, RULE_REPLACEMENT_CHARACTER, key, TEXT(""), line))
        tell_cell(check, RULE_REPLACEMENT_CHARACTER, table, field, key, n, line, where, TEXT(""));
    if (faults_wants(check->faults, RULE_UNBALANCED_MARKS) && !check_balanced(text) &&
        !check_was_told(check, RULE_UNBALANCED_MARKS, key, text, line))
        tell_cell(check, RULE_UNBALANCED_MARKS, table, field, key, n, line, text, TEXT(""));
    if (!faults_wants(check->faults, RULE_CUT_WORD))
        return;
    struct text cut = thai_find_cut(text);
    size_t start = cut.data != NULL ? (size_t)(cut.data - text.data) : 0;
    if (cut.data != NULL)
        tell_cell(check, RULE_CUT_WORD, table, field, key, n, line, around(text, start, start + cut.len),
                  TEXT(""));
}
