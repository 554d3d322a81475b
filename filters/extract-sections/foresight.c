/*
 * Lines with foresight; see foresight.h.
 *
 * Lines read and not yet passed stand in a list, those passed at its front until there are more of them than of the
 * others; their buffers are used again.
 */
#include "foresight.h"

#include <stdlib.h>
#include <string.h>

#include "diagnostics.h"

struct line_list {
    struct printed_line **lines;
    size_t count;
    size_t cap;
};

struct foresight {
    struct headings *headings;
    char *const *paths; /* of the inputs not yet opened */
    size_t path_count;
    const struct input_options *options;
    struct input *input;
    struct line_list ahead;
    size_t passed; /* at the front of the list */
    struct line_list spare;
    uint64_t lines_read;
};

struct foresight *foresight_open(struct headings *headings, char *const *paths, size_t count,
                                 const struct input_options *options) {
    struct foresight *foresight = memory_zeroed(1, sizeof *foresight);
    foresight->headings = headings;
    foresight->paths = paths;
    foresight->path_count = count;
    foresight->options = options;
    return foresight;
}

static void free_lines(struct line_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        printed_line_free(list->lines[i]);
        free(list->lines[i]);
    }
    free(list->lines);
}

void foresight_close(struct foresight *foresight) {
    /* The lines passed were given to the spare ones. */
    foresight->ahead.count -= foresight->passed;
    if (foresight->passed > 0)
        memmove(foresight->ahead.lines, foresight->ahead.lines + foresight->passed,
                foresight->ahead.count * sizeof *foresight->ahead.lines);
    free_lines(&foresight->ahead);
    free_lines(&foresight->spare);
    free(foresight);
}

static void add_line(struct line_list *list, struct printed_line *line) {
    list->lines = memory_reserve(list->lines, &list->cap, list->count + 1, sizeof *list->lines);
    list->lines[list->count++] = line;
}

static bool read_line(struct foresight *foresight, struct text *raw) {
    for (;;) {
        if (foresight->input == NULL) {
            if (foresight->path_count == 0)
                return false;
            foresight->input = input_open(*foresight->paths, foresight->options);
            foresight->paths++;
            foresight->path_count--;
        }
        if (input_line(foresight->input, raw))
            return true;
        if (input_line_number(foresight->input) == 0)
            die_at(input_name(foresight->input), 0, "empty: no report");
        input_close(foresight->input);
        foresight->input = NULL;
    }
}

/* The line AHEAD, read if it was not; NULL behind the end. */
static struct printed_line *reach_line(struct foresight *foresight, size_t ahead) {
    while (foresight->ahead.count - foresight->passed <= ahead) {
        struct text raw;
        if (!read_line(foresight, &raw))
            return NULL;
        struct line_list *spare = &foresight->spare;
        struct printed_line *line =
            spare->count > 0 ? spare->lines[--spare->count] : memory_zeroed(1, sizeof *line);
        headings_look(foresight->headings, raw, line);
        line->number = ++foresight->lines_read;
        add_line(&foresight->ahead, line);
    }
    return foresight->ahead.lines[foresight->passed + ahead];
}

/* Joins the line AHEAD, that may be the first half of a heading, with the next one, if that is the other
   half; a blank line may stand between them. */
static void join_halves(struct foresight *foresight, size_t ahead) {
    struct printed_line *first = reach_line(foresight, ahead);
    first->begins_heading = false;
    struct printed_line *second = reach_line(foresight, ahead + 1);
    size_t between = 0;
    if (second != NULL && second->form == FORM_NONE)
        second = reach_line(foresight, ahead + 1 + ++between);
    if (second != NULL && second->form != FORM_NONE)
        (void)headings_join(foresight->headings, first, second, between);
}

const struct printed_line *foresight_line(struct foresight *foresight, size_t ahead) {
    struct printed_line *line = reach_line(foresight, ahead);
    if (line != NULL && line->begins_heading)
        join_halves(foresight, ahead);
    return line;
}

void foresight_pass(struct foresight *foresight) {
    struct line_list *ahead = &foresight->ahead;
    add_line(&foresight->spare, ahead->lines[foresight->passed++]);
    if (foresight->passed * 2 < ahead->count)
        return;
    ahead->count -= foresight->passed;
    memmove(ahead->lines, ahead->lines + foresight->passed, ahead->count * sizeof *ahead->lines);
    foresight->passed = 0;
}
