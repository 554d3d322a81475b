/* Regular expressions over PCRE2; see pattern.h. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "pattern.h"

#include <pcre2.h>
#include <pthread.h>
#include <stdlib.h>

#include "diagnostics.h"

/* Whether a subject that begins with a letter can match, as far as that was asked. */
enum opening { OPENING_UNKNOWN, OPENING_POSSIBLE, OPENING_REFUSED };

/* The letters of which that is kept: ASCII and Thai. */
enum { BLOCK = 0x80, OPENINGS = 2 * BLOCK };

struct pattern {
    pcre2_code *code;
    pcre2_match_data *data;
    pcre2_match_context *context;
    char *file;
    uint64_t line;
    uint32_t groups;         /* the whole match included */
    bool compiled;           /* to machine code */
    unsigned char *openings; /* of an anchored pattern: an enum opening for each letter; else NULL */
};

enum { MATCH_LIMIT = 10000000, DEPTH_LIMIT = 100000, HEAP_LIMIT_KIB = 64 << 10 };

/* Bytes of the stack that compiled patterns use, at first and at most: PCRE2's own is 32 KiB, too small for a long
   list. Each thread has one. */
enum { STACK_FIRST = 32 << 10, STACK_MOST = 16 << 20 };

static pthread_once_t stack_once = PTHREAD_ONCE_INIT;
static pthread_key_t stack_key;

static void free_stack(void *stack) {
    pcre2_jit_stack_free(stack);
}

static void make_stack_key(void) {
    if (pthread_key_create(&stack_key, free_stack) != 0)
        die("no place for a thread's own data");
}

/* The stack of this thread; NULL, PCRE2's own, where there is no memory for one. */
static pcre2_jit_stack *own_stack(void *unused) {
    (void)unused;
    pcre2_jit_stack *stack = pthread_getspecific(stack_key);
    if (stack == NULL) {
        stack = pcre2_jit_stack_create(STACK_FIRST, STACK_MOST, NULL);
        (void)pthread_setspecific(stack_key, stack);
    }
    return stack;
}

static _Noreturn void die_pattern(const char *file, uint64_t line, int error, size_t offset) {
    PCRE2_UCHAR message[256];
    pcre2_get_error_message(error, message, sizeof message);
    die_at(file, line, "pattern, at byte %zu: %s", offset, (char *)message);
}

struct pattern *pattern_compile(struct text source, const char *file, uint64_t line) {
    int error;
    PCRE2_SIZE offset;
    struct pattern *pattern = memory_zeroed(1, sizeof *pattern);
    pattern->code = pcre2_compile((PCRE2_SPTR)source.data, source.len, PCRE2_UTF | PCRE2_NO_UTF_CHECK, &error,
                                  &offset, NULL);
    if (pattern->code == NULL)
        die_pattern(file, line, error, offset);
    pcre2_pattern_info(pattern->code, PCRE2_INFO_CAPTURECOUNT, &pattern->groups);
    if (++pattern->groups > PATTERN_MAX_GROUPS)
        die_at(file, line, "pattern: more than %d groups", PATTERN_MAX_GROUPS - 1);
    /* Without JIT (it may be missing on a machine) PCRE2 interprets the pattern: slower, the same result. */
    pattern->compiled = pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE) == 0;
    pattern->data = pcre2_match_data_create_from_pattern(pattern->code, NULL);
    pattern->context = pcre2_match_context_create(NULL);
    if (pattern->data == NULL || pattern->context == NULL)
        die("out of memory");
    pcre2_set_match_limit(pattern->context, MATCH_LIMIT);
    pcre2_set_depth_limit(pattern->context, DEPTH_LIMIT);
    pcre2_set_heap_limit(pattern->context, HEAP_LIMIT_KIB);
    (void)pthread_once(&stack_once, make_stack_key);
    pcre2_jit_stack_assign(pattern->context, own_stack, NULL);
    pattern->file = text_copy(text_of(file));
    pattern->line = line;
    uint32_t options;
    pcre2_pattern_info(pattern->code, PCRE2_INFO_ALLOPTIONS, &options);
    if ((options & PCRE2_ANCHORED) != 0)
        pattern->openings = memory_zeroed(OPENINGS, 1);
    return pattern;
}

/* The place of the letter at the beginning of SUBJECT in the openings, or OPENINGS for one that has none. */
static size_t opening_of(struct text subject) {
    const unsigned char *bytes = (const unsigned char *)subject.data;
    if (subject.len > 0 && bytes[0] < BLOCK)
        return bytes[0];
    if (subject.len >= 3 && bytes[0] == 0xE0 && (bytes[1] & 0xFE) == 0xB8)
        return BLOCK + (size_t)((bytes[1] & 1) << 6 | (bytes[2] & 0x3F));
    return OPENINGS;
}

/*
 * Whether an anchored pattern cannot match SUBJECT, judged by its first letter alone: most lines are refused so for a
 * hundredth of what a match costs. PCRE2 is asked once for each letter: where not even a partial match begins with
 * it, no match does.
 */
static bool is_refused(const struct pattern *pattern, struct text subject) {
    size_t place = pattern->openings != NULL ? opening_of(subject) : OPENINGS;
    if (place == OPENINGS)
        return false;
    if (pattern->openings[place] == OPENING_UNKNOWN) {
        int count = pcre2_match(pattern->code, (PCRE2_SPTR)subject.data, place < BLOCK ? 1 : 3, 0,
                                PCRE2_PARTIAL_HARD | PCRE2_NO_UTF_CHECK, pattern->data, pattern->context);
        pattern->openings[place] = count == PCRE2_ERROR_NOMATCH ? OPENING_REFUSED : OPENING_POSSIBLE;
    }
    return pattern->openings[place] == OPENING_REFUSED;
}

bool pattern_match(const struct pattern *pattern, struct text subject, size_t from, struct match *match) {
    if (from > subject.len || (from == 0 && is_refused(pattern, subject)))
        return false;
    PCRE2_SPTR data = subject.data != NULL ? (PCRE2_SPTR)subject.data : (PCRE2_SPTR) "";
    int count = pattern->compiled ? pcre2_jit_match(pattern->code, data, subject.len, from, 0, pattern->data,
                                                    pattern->context)
                                  : pcre2_match(pattern->code, data, subject.len, from, PCRE2_NO_UTF_CHECK,
                                                pattern->data, pattern->context);
    if (count == PCRE2_ERROR_NOMATCH)
        return false;
    if (count < 0)
        die_pattern(pattern->file, pattern->line, count, 0);
    if (match == NULL)
        return true;
    const PCRE2_SIZE *offsets = pcre2_get_ovector_pointer(pattern->data);
    match->pattern = pattern;
    for (size_t i = 0; i < pattern->groups; i++)
        match->groups[i] =
            i < (size_t)count && offsets[2 * i] != PCRE2_UNSET
                ? (struct text){(const char *)data + offsets[2 * i], offsets[2 * i + 1] - offsets[2 * i]}
                : (struct text){0};
    match->start = offsets[0];
    match->end = offsets[1];
    return true;
}

struct text pattern_blank_out(const struct pattern *pattern, struct text text, struct buffer *copy) {
    struct match match;
    size_t at = 0;
    buffer_clear(copy);
    for (; pattern_match(pattern, text, at, &match); at = match.end) {
        buffer_append(copy, text.data + at, match.start - at);
        buffer_append_char(copy, ' ');
    }
    buffer_append_text(copy, text_skip(text, at));
    return buffer_text(copy);
}

struct text match_group(const struct match *match, const char *name) {
    int number = pcre2_substring_number_from_name(match->pattern->code, (PCRE2_SPTR)name);
    if (number == PCRE2_ERROR_NOUNIQUESUBSTRING) {
        /* A name used in several branches ((?J)): the one that took part. */
        PCRE2_SPTR first;
        PCRE2_SPTR last;
        int size = pcre2_substring_nametable_scan(match->pattern->code, (PCRE2_SPTR)name, &first, &last);
        for (PCRE2_SPTR entry = first; size > 0 && entry <= last; entry += size) {
            size_t group = (size_t)entry[0] << 8 | entry[1];
            if (match->groups[group].data != NULL)
                return match->groups[group];
        }
        return (struct text){0};
    }
    if (number < 0)
        return (struct text){0};
    return match->groups[number];
}

void pattern_free(struct pattern *pattern) {
    pcre2_code_free(pattern->code);
    pcre2_match_data_free(pattern->data);
    pcre2_match_context_free(pattern->context);
    free(pattern->openings);
    free(pattern->file);
    free(pattern);
}
