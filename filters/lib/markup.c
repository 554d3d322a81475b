/* Markup dropped from texts; see markup.h. */
#include "markup.h"

#include <string.h>
#include <strings.h>

#include "thai.h"
#include "utf8.h"

static const struct {
    const char *name;
    uint32_t code;
} entities[] = {
    {"amp", '&'},      {"lt", '<'},       {"gt", '>'},       {"quot", '"'},     {"apos", '\''},
    {"nbsp", ' '},     {"ndash", 0x2013}, {"mdash", 0x2014}, {"bull", 0x2022},  {"hellip", 0x2026},
    {"lsquo", 0x2018}, {"rsquo", 0x2019}, {"ldquo", 0x201C}, {"rdquo", 0x201D}, {"middot", 0xB7},
    {"times", 0xD7},   {"le", 0x2264},    {"ge", 0x2265},    {"minus", 0x2212}, {"deg", 0xB0},
};

/* Longest link that is taken as one, in bytes. */
#define MAX_LINK ((size_t)4096)

/* Tags inside a line's text; all others that are known part it, as a line end does. */
static const char *const inline_tags[] = {"b",      "i",    "u",    "s",   "a",   "em",
                                          "strong", "span", "font", "sup", "sub", "mark"};

static const char *const block_tags[] = {
    "br", "p",  "ul",  "ol",  "li",     "table",   "thead", "tbody", "tr",       "td",
    "th", "hr", "div", "h1",  "h2",     "h3",      "h4",    "h5",    "h6",       "dl",
    "dt", "dd", "pre", "img", "center", "caption", "tfoot", "col",   "colgroup", "blockquote"};

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_name_of(struct text name, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (strlen(names[i]) == name.len && strncasecmp(names[i], name.data, name.len) == 0)
            return true;
    }
    return false;
}

/* The length of the tag at the beginning of TEXT, 0 when there is none; *PARTS says whether it parts the text. */
static size_t tag_length(struct text text, bool *parts) {
    size_t at = 1;
    if (at < text.len && text.data[at] == '/')
        at++;
    size_t start = at;
    while (at < text.len && (is_letter(text.data[at]) || char_is_digit(text.data[at])))
        at++;
    struct text name = {text.data + start, at - start};
    bool is_inline = is_name_of(name, inline_tags, sizeof inline_tags / sizeof *inline_tags);
    if (!is_inline && !is_name_of(name, block_tags, sizeof block_tags / sizeof *block_tags))
        return 0;
    /* A letter or a bar may not follow the name: <b> is a tag, <b@example.org> and <a|b> are none. */
    if (at >= text.len || strchr(" \t/>", text.data[at]) == NULL)
        return 0;
    while (at < text.len && text.data[at] != '>' && text.data[at] != '<')
        at++;
    if (at >= text.len || text.data[at] != '>')
        return 0;
    *parts = !is_inline;
    return at + 1;
}

static bool numeric_entity(struct text name, uint32_t *code) {
    bool hexadecimal = name.len > 1 && (name.data[1] == 'x' || name.data[1] == 'X');
    size_t at = hexadecimal ? 2 : 1;
    if (at >= name.len)
        return false;
    uint32_t value = 0;
    for (; at < name.len; at++) {
        char c = name.data[at];
        uint32_t digit;
        if (char_is_digit(c))
            digit = (uint32_t)(c - '0');
        else if (hexadecimal && is_letter(c) && (c | 0x20) <= 'f')
            digit = (uint32_t)((c | 0x20) - 'a') + 10;
        else
            return false;
        value = value * (hexadecimal ? 16 : 10) + digit;
        if (value > 0x10FFFF)
            return false;
    }
    if (value == 0 || (value >= 0xD800 && value <= 0xDFFF))
        return false;
    *code = value;
    return true;
}

/* The length of the entity at the beginning of TEXT, 0 when there is none. */
static size_t entity_length(struct text text, uint32_t *code) {
    size_t end = 1;
    while (end < text.len && end < 12 && text.data[end] != ';')
        end++;
    if (end >= text.len || text.data[end] != ';' || end == 1)
        return 0;
    struct text name = {text.data + 1, end - 1};
    if (name.data[0] == '#')
        return numeric_entity(name, code) ? end + 1 : 0;
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
        if (text_equal(text_of(entities[i].name), name)) {
            *code = entities[i].code;
            return end + 1;
        }
    }
    return 0;
}

/* A Markdown link [text](target) at the beginning of TEXT: its whole length, and its text; 0 when there is none. */
static size_t link_length(struct text text, struct text *inside) {
    /* A link is short: looking further would take quadratic time over many brackets. */
    if (text.len > MAX_LINK)
        text.len = MAX_LINK;
    size_t close = text_find(text, TEXT("]("), 1);
    if (close == SIZE_MAX || memchr(text.data + 1, '[', close - 1) != NULL)
        return 0;
    size_t depth = 1;
    for (size_t at = close + 2; at < text.len; at++) {
        if (text.data[at] == '(')
            depth++;
        if (text.data[at] == ')' && --depth == 0) {
            *inside = (struct text){text.data + 1, close - 1};
            return at + 1;
        }
        if (text.data[at] == ' ' || text.data[at] == '\t')
            return 0;
    }
    return 0;
}

static bool is_escapable(char c) {
    return strchr("\\`*_{}[]()#+-.!|~<>", c) != NULL && c != '\0';
}

/* The output, in which blanks wait until something follows them. */
struct folder {
    struct buffer *buffer;
    size_t start; /* of this text in the buffer */
    bool blank;   /* one waits */
};

static void put(struct folder *folder, const char *data, size_t len) {
    if (folder->blank && folder->buffer->len > folder->start &&
        folder->buffer->data[folder->buffer->len - 1] != '\t')
        buffer_append_char(folder->buffer, ' ');
    folder->blank = false;
    buffer_append(folder->buffer, data, len);
}

/* A character that is printed as an entity, as normalize-thai would have left it. White space and what cannot be seen
   is a blank. */
static void put_code(struct folder *folder, uint32_t code) {
    char bytes[4];
    struct buffer character = {bytes, 0, sizeof bytes};
    if (code <= ' ' || (code >= 0x7F && code <= 0xA0)) {
        folder->blank = true;
        return;
    }
    put(folder, NULL, 0);
    utf8_append(&character, code);
    thai_normalize(folder->buffer, buffer_text(&character), THAI_READ);
}

/* The length of the comment at the beginning of TEXT, 0 when there is none. */
static size_t comment_length(struct text text) {
    size_t end = text_starts(text, TEXT("<!--")) ? text_find(text, TEXT("-->"), 4) : SIZE_MAX;
    return end == SIZE_MAX ? 0 : end + 3;
}

/* Handles what stands at the beginning of TEXT when it is markup; returns its length, 0 when it is plain text. */
static size_t take_markup(struct folder *folder, struct text text) {
    char c = text.data[0];
    bool parts = false;
    uint32_t code;
    size_t length = 0;
    if (c == '<' && (length = tag_length(text, &parts)) > 0) {
        folder->blank |= parts;
    } else if (c == '<' && (length = comment_length(text)) > 0) {
        folder->blank = true;
    } else if (c == '&' && (length = entity_length(text, &code)) > 0) {
        put_code(folder, code);
    } else if (c == '\\' && text.len > 1 && is_escapable(text.data[1])) {
        put(folder, text.data + 1, 1);
        length = 2;
    } else if (c == '*') {
        /* Two stars are bold; one, or three, are a footnote's mark. */
        size_t stars = 1;
        while (stars < text.len && text.data[stars] == '*')
            stars++;
        if (stars != 2 && stars != 4)
            put(folder, text.data, stars);
        length = stars;
    }
    return length;
}

/* Whether plain text ends before C: white space, or what may begin markup. */
static bool ends_plain(char c) {
    static const bool ends[128] = {
        ['\t'] = true, ['\n'] = true, ['\r'] = true, [' '] = true, ['<'] = true,
        ['\f'] = true, ['&'] = true,  ['\\'] = true, ['*'] = true, ['['] = true,
    };
    return (unsigned char)c < 128 && ends[(unsigned char)c];
}

static void fold(struct folder *folder, struct text text, bool keep_tabs) {
    while (text.len > 0) {
        char c = text.data[0];
        size_t length = 1;
        struct text inside;
        if (c == '\t' && keep_tabs) {
            folder->blank = false;
            buffer_append_char(folder->buffer, '\t');
        } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
            folder->blank = true;
        } else if (c == '[' && (length = link_length(text, &inside)) > 0) {
            fold(folder, inside, keep_tabs);
        } else if (!ends_plain(c) || (length = take_markup(folder, text)) == 0) {
            length = text_find_ascii(text, 1);
            while (length < text.len && !ends_plain(text.data[length]))
                length = text_find_ascii(text, length + 1);
            put(folder, text.data, length);
        }
        text = text_skip(text, length);
    }
}

void markup_plain(struct buffer *buffer, struct text text, bool keep_tabs) {
    struct folder folder = {.buffer = buffer, .start = buffer->len};
    fold(&folder, text, keep_tabs);
}

struct text markup_row(struct buffer *scratch, struct text line) {
    if (memchr(line.data, '\t', line.len) != NULL)
        return line;
    struct text row = text_trim(line);
    if (row.len < 3 || row.data[0] != '|')
        return (struct text){0};
    bool parted = false;
    buffer_clear(scratch);
    for (size_t i = 1; i < row.len; i++) {
        bool escaped = row.data[i] == '\\' && i + 1 < row.len;
        bool bar = row.data[i] == '|';
        parted |= bar;
        if (escaped)
            buffer_append_char(scratch, row.data[i++]);
        if (!bar || i + 1 < row.len)
            buffer_append_char(scratch, bar ? '\t' : row.data[i]);
    }
    return parted ? buffer_text(scratch) : (struct text){0};
}

const char *form_name(enum form form) {
    static const char *const names[] = {"none", "plain", "bold", "markdown"};
    return names[form];
}

/* Whether a Markdown heading's text may begin behind LEVEL number signs: behind a blank of any kind, or, since OCR
   loses blanks, at once behind two or more signs. */
static bool heading_begins(struct text line, size_t level) {
    struct text rest = text_skip(line, level);
    return rest.len > 0 && (rest.data[0] == ' ' || text_starts(rest, TEXT("\xC2\xA0")) || level >= 2);
}

enum form markup_form(struct text line) {
    line = text_trim(line);
    if (line.len == 0)
        return FORM_NONE;
    size_t level = 0;
    while (level < line.len && line.data[level] == '#')
        level++;
    if (level >= 1 && level <= 6 && heading_begins(line, level))
        return FORM_MARKDOWN;
    if (text_starts(line, TEXT("<b>")))
        return text_find(line, TEXT("</b>"), 0) >= line.len - 4 ? FORM_BOLD : FORM_PLAIN;
    if (!text_starts(line, TEXT("**")) || text_starts(line, TEXT("***")))
        return FORM_PLAIN;
    size_t close = text_find(line, TEXT("**"), 2);
    return close == SIZE_MAX || close + 2 == line.len ? FORM_BOLD : FORM_PLAIN;
}
