/* Where a value stands in a JSON text; see json_place.h. The text is known to be valid. */
#include "json_place.h"

struct scanner {
    struct text json;
    size_t at;
};

static bool more(const struct scanner *scanner) {
    return scanner->at < scanner->json.len;
}

static char here(const struct scanner *scanner) {
    if (!more(scanner))
        return '\0';
    return scanner->json.data[scanner->at];
}

static void skip_blanks(struct scanner *scanner) {
    while (here(scanner) == ' ' || here(scanner) == '\t' || here(scanner) == '\n' || here(scanner) == '\r')
        scanner->at++;
}

/* Steps over a string; returns what stands between its quotes, escapes and all. */
static struct text skip_string(struct scanner *scanner) {
    size_t from = ++scanner->at;
    while (more(scanner) && here(scanner) != '"')
        scanner->at += here(scanner) == '\\' ? 2 : 1;
    struct text string = {scanner->json.data + from, scanner->at - from};
    scanner->at++;
    return string;
}

/* Steps over a value: brackets are counted, strings are stepped over whole. */
static void skip_value(struct scanner *scanner) {
    size_t open = 0;
    skip_blanks(scanner);
    while (more(scanner)) {
        char c = here(scanner);
        if (open == 0 && (c == ',' || c == ']' || c == '}'))
            return;
        if (c == '"') {
            skip_string(scanner);
        } else {
            open += c == '[' || c == '{';
            open -= c == ']' || c == '}';
            scanner->at++;
        }
    }
}

/* Moves from before a value to before its part STEP; false where it has none. */
static bool enter(struct scanner *scanner, const struct json_step *step) {
    skip_blanks(scanner);
    if (here(scanner) != (step->name != NULL ? '{' : '['))
        return false;
    scanner->at++;
    for (size_t index = 0;; index++) {
        skip_blanks(scanner);
        if (here(scanner) == '}' || here(scanner) == ']' || !more(scanner))
            return false;
        if (step->name != NULL) {
            struct text name = skip_string(scanner);
            skip_blanks(scanner);
            scanner->at++; /* the colon */
            if (text_equal(name, text_of(step->name)))
                return true;
        } else if (index == step->index) {
            return true;
        }
        skip_value(scanner);
        skip_blanks(scanner);
        if (here(scanner) == ',')
            scanner->at++;
    }
}

uint64_t json_line(struct text json, const struct json_step *path, size_t depth) {
    struct scanner scanner = {json, 0};
    size_t found = 0;
    for (size_t i = 0;; i++) {
        skip_blanks(&scanner);
        found = scanner.at;
        if (i == depth || !enter(&scanner, &path[i]))
            break;
    }
    uint64_t line = 1;
    for (size_t i = 0; i < found; i++)
        line += json.data[i] == '\n';
    return line;
}
