/*
 * Figures of projects; see figures.h.
 *
 * Rows of details and of summaries are kept in two arrays, sorted once, and walked side by side.
 */
#include "figures.h"

#include <stdlib.h>
#include <string.h>

#include "diagnostics.h"
#include "order.h"
#include "pieces.h"

struct identity {
    uint32_t strategy;
    uint32_t number;
    uint32_t sub;
};

/* The figures of a row of details: a projects.csv can have a million of them, so they are packed. */
enum { DETAIL_TOTAL, DETAIL_YEAR, DETAIL_MONEY, DETAIL_FIGURES = DETAIL_MONEY + MONEY_KINDS };

struct detail_row {
    struct identity id; /* first: sort_rows() looks for it there */
    uint32_t agency;
    int64_t units[DETAIL_FIGURES];
    int32_t start; /* as in struct project */
    int32_t end;
    uint32_t line;
    uint8_t states[DETAIL_FIGURES]; /* enum figure_state, and above it the scale */
};

struct summary_row {
    struct identity id; /* first, likewise */
    uint32_t agency;
    uint32_t agency_printed; /* 0: not known */
    struct figure progress;
    uint32_t line;
};

struct figures {
    struct names *strategies;
    struct names *subs;
    struct names *agencies;
    struct names *abbreviations;  /* as printed; empty while none is known */
    uint32_t *abbreviated_agency; /* of each abbreviation, the agency; 0: of several */
    size_t abbreviated_cap;

    struct detail_row *details;
    uint32_t *detail_order; /* the rows' indices in order; NULL: they stand in order */
    size_t detail_count;
    size_t detail_cap;
    struct summary_row *summaries;
    uint32_t *summary_order;
    size_t summary_count;
    size_t summary_cap;
    struct stated_total *totals;
    size_t total_count;
    size_t total_cap;
    bool *summarized; /* for each strategy, whether a summary table has it */
    struct buffer ministry;
    int32_t period_end;
};

struct figures *figures_new(void) {
    struct figures *figures = memory_zeroed(1, sizeof *figures);
    figures->strategies = names_new();
    figures->subs = names_new();
    figures->agencies = names_new();
    figures->abbreviations = names_new();
    figures->period_end = DAY_UNKNOWN;
    return figures;
}

void figures_know_agencies(struct figures *figures, struct profile *profile) {
    char *path = profile_find(profile, "agencies.csv");
    if (path == NULL)
        return;
    free(path);
    struct table_reader *reader = profile_table(profile, "agencies.csv");
    size_t code = table_require_column(reader, "code");
    size_t name = table_require_column(reader, "name");
    struct table_row row;
    while (table_read(reader, &row)) {
        size_t known = names_count(figures->abbreviations);
        uint32_t abbreviation = names_number(figures->abbreviations, row.fields[name]);
        uint32_t agency = names_number(figures->agencies, row.fields[code]);
        figures->abbreviated_agency = memory_reserve(figures->abbreviated_agency, &figures->abbreviated_cap,
                                                     (size_t)abbreviation + 1, sizeof(uint32_t));
        if (abbreviation >= known)
            figures->abbreviated_agency[abbreviation] = agency;
        else if (abbreviation > 0 && figures->abbreviated_agency[abbreviation] != agency)
            figures->abbreviated_agency[abbreviation] = 0;
    }
    table_close(reader);
}

#define STATE_BITS 3

static void pack_figure(struct detail_row *row, int which, struct figure figure) {
    row->units[which] = figure.units;
    row->states[which] = (uint8_t)(figure.state | figure.scale << STATE_BITS);
}

static struct figure unpack_figure(const struct detail_row *row, int which) {
    uint8_t state = row->states[which];
    return (struct figure){row->units[which], 1, (int8_t)(state >> STATE_BITS),
                           state & ((1 << STATE_BITS) - 1)};
}

/* A whole number of at most nine digits, moved over; false when there is none. */
static bool take_number(struct text *text, uint32_t *number) {
    size_t i = 0;
    uint32_t value = 0;
    for (; i < text->len && i < 9 && char_is_digit(text->data[i]); i++)
        value = value * 10 + (uint32_t)(text->data[i] - '0');
    if (i == 0)
        return false;
    *number = value;
    *text = text_skip(*text, i);
    return true;
}

/* Reads `6`, `6.1`, `47.A1`; `-` and a blank are 0, no number. */
static bool parse_number(struct figures *figures, struct text text, struct identity *id) {
    if (text.len == 0 || (text.len == 1 && text.data[0] == '-')) {
        id->number = 0;
        id->sub = 0;
        return true;
    }
    if (!take_number(&text, &id->number))
        return false;
    if (text.len == 0) {
        id->sub = 0;
        return true;
    }
    if (text.data[0] != '.' || text.len == 1)
        return false;
    id->sub = names_number(figures->subs, text_skip(text, 1));
    return true;
}

/* Reads `S3.P06.1`. The strategy's own column is asked first. */
static bool parse_key(struct figures *figures, struct text key, struct text strategy, struct identity *id) {
    size_t point = text_find(key, TEXT(".P"), 0);
    if (!text_starts(key, TEXT("S")) || point == SIZE_MAX)
        return false;
    struct text printed = {key.data + 1, point - 1};
    id->strategy = names_number(figures->strategies, strategy.len > 0 ? strategy : printed);
    return parse_number(figures, text_skip(key, point + 2), id);
}

static uint32_t parse_line(struct text text) {
    uint32_t line;
    return take_number(&text, &line) && text.len == 0 ? line : 0;
}

static void take_detail(struct figures *figures, const struct stated *stated) {
    const struct text *fields = stated->fields;
    struct detail_row row = {0};
    if (!parse_key(figures, fields[FIELD_KEY], fields[FIELD_STRATEGY], &row.id))
        die_at(stated->file, stated->row_line, "'%.*s' is no project's key", (int)fields[FIELD_KEY].len,
               fields[FIELD_KEY].data);
    row.agency = names_number(figures->agencies, fields[FIELD_AGENCY]);
    for (int i = 0; i < DETAIL_FIGURES; i++)
        pack_figure(&row, i, figure_parse(fields[FIELD_PROGRESS + i]));
    row.start = day_parse(fields[FIELD_START], false);
    row.end = day_parse(fields[FIELD_END], true);
    row.line = parse_line(fields[FIELD_LINE]);
    figures->details = memory_reserve(figures->details, &figures->detail_cap, figures->detail_count + 1,
                                      sizeof *figures->details);
    figures->details[figures->detail_count++] = row;
}

static void take_total(struct figures *figures, const struct stated *stated) {
    struct stated_total total = {names_number(figures->strategies, stated->fields[FIELD_STRATEGY]),
                                 figure_parse(stated->fields[FIELD_PROGRESS]),
                                 parse_line(stated->fields[FIELD_LINE]), stated->file, stated->row_line};
    figures->totals = memory_reserve(figures->totals, &figures->total_cap, figures->total_count + 1,
                                     sizeof *figures->totals);
    figures->totals[figures->total_count++] = total;
}

static void take_summary(struct figures *figures, const struct stated *stated) {
    const struct text *fields = stated->fields;
    struct text number = fields[FIELD_NUMBER];
    if (text_equal(number, TEXT("total"))) {
        take_total(figures, stated);
        return;
    }
    struct summary_row row = {0};
    row.id.strategy = names_number(figures->strategies, fields[FIELD_STRATEGY]);
    if (!parse_number(figures, number, &row.id))
        die_at(stated->file, stated->row_line, "'%.*s' is no project's number", (int)number.len, number.data);
    row.agency = names_number(figures->agencies, fields[FIELD_AGENCY]);
    if (fields[FIELD_AGENCY_TEXT].len > 0) {
        uint32_t abbreviation = names_find(figures->abbreviations, fields[FIELD_AGENCY_TEXT]);
        if (abbreviation != UINT32_MAX)
            row.agency_printed = figures->abbreviated_agency[abbreviation];
    }
    row.progress = figure_parse(fields[FIELD_PROGRESS]);
    row.line = parse_line(fields[FIELD_LINE]);
    figures->summaries = memory_reserve(figures->summaries, &figures->summary_cap, figures->summary_count + 1,
                                        sizeof *figures->summaries);
    figures->summaries[figures->summary_count++] = row;
}

static void take_report(struct figures *figures, const struct stated *stated) {
    struct text ministry = stated->fields[FIELD_KEY];
    int32_t end = day_parse(stated->fields[FIELD_END], true);
    if (ministry.len > 0 && figures->ministry.len > 0 &&
        !text_equal(ministry, buffer_text(&figures->ministry)))
        die_at(stated->file, stated->row_line, "the tables are of two ministries");
    if (end != DAY_UNKNOWN && figures->period_end != DAY_UNKNOWN && end != figures->period_end)
        die_at(stated->file, stated->row_line, "the tables are of two periods");
    if (figures->ministry.len == 0)
        buffer_append_text(&figures->ministry, ministry);
    if (end != DAY_UNKNOWN)
        figures->period_end = end;
}

static void take_row(const struct stated *stated, void *context) {
    if (stated->kind == ROW_DETAIL)
        take_detail(context, stated);
    else if (stated->kind == ROW_SUMMARY)
        take_summary(context, stated);
    else
        take_report(context, stated);
}

void figures_read(struct figures *figures, const char *path, const struct input_options *options,
                  bool pieces_only) {
    static const struct pieces_calls calls = {NULL, take_row};
    pieces_read(path, options, pieces_only, &calls, figures);
}

#define COMPARE(a, b)                  \
    do {                               \
        if ((a) != (b))                \
            return (a) < (b) ? -1 : 1; \
    } while (0)

/* Any order that depends on what stands there alone. */
static int compare_stated(struct figure a, struct figure b) {
    COMPARE(a.state, b.state);
    COMPARE(a.scale, b.scale);
    COMPARE(a.units, b.units);
    return 0;
}

static int compare_identity(const struct identity *a, const struct identity *b) {
    COMPARE(a->strategy, b->strategy);
    COMPARE(a->number, b->number);
    COMPARE(a->sub, b->sub);
    return 0;
}

/* Rows are compared by pointers to them. Nothing may depend on the order in which rows with the same identity
   came. */
static int compare_details(const void *left, const void *right) {
    const struct detail_row *a = *(const struct detail_row *const *)left;
    const struct detail_row *b = *(const struct detail_row *const *)right;
    int order = compare_identity(&a->id, &b->id);
    if (order != 0)
        return order;
    COMPARE(a->line, b->line);
    COMPARE(a->agency, b->agency);
    COMPARE(a->start, b->start);
    COMPARE(a->end, b->end);
    for (int i = 0; i < DETAIL_FIGURES && order == 0; i++)
        order = compare_stated(unpack_figure(a, i), unpack_figure(b, i));
    return order;
}

static int compare_summaries(const void *left, const void *right) {
    const struct summary_row *a = *(const struct summary_row *const *)left;
    const struct summary_row *b = *(const struct summary_row *const *)right;
    int order = compare_identity(&a->id, &b->id);
    if (order != 0)
        return order;
    COMPARE(a->line, b->line);
    COMPARE(a->agency, b->agency);
    COMPARE(a->agency_printed, b->agency_printed);
    return compare_stated(a->progress, b->progress);
}

static int compare_totals(const void *left, const void *right) {
    const struct stated_total *a = left;
    const struct stated_total *b = right;
    COMPARE(a->strategy, b->strategy);
    COMPARE(a->line, b->line);
    return compare_stated(a->progress, b->progress);
}

/* How two pointers to rows compare. */
typedef int row_order(const void *left, const void *right);

/* Rows of SIZE bytes that begin with their identity. */
struct row_array {
    const char *rows;
    size_t count;
    size_t size;
    row_order *compare;
};

static const void *row_at(const struct row_array *array, size_t i) {
    return array->rows + i * array->size;
}

static bool in_order(const struct row_array *array) {
    for (size_t i = 1; i < array->count; i++) {
        const void *before = row_at(array, i - 1);
        const void *row = row_at(array, i);
        if (array->compare(&before, &row) > 0)
            return false;
    }
    return true;
}

/* Puts COUNT rows with the same identity in order; POINTERS has room for them. */
static void sort_run(const struct row_array *array, uint32_t *order, size_t count, const void **pointers) {
    for (size_t i = 0; i < count; i++)
        pointers[i] = row_at(array, order[i]);
    qsort(pointers, count, sizeof *pointers, array->compare);
    for (size_t i = 0; i < count; i++)
        order[i] = (uint32_t)((size_t)((const char *)pointers[i] - array->rows) / array->size);
}

/* The order of the rows; NULL where they stand in it. */
static uint32_t *sort_rows(const struct row_array *array) {
    size_t count = array->count;
    if (in_order(array))
        return NULL;
    struct order_key *keys = memory_resize(NULL, count, sizeof *keys);
    for (size_t i = 0; i < count; i++) {
        const struct identity *id = row_at(array, i);
        keys[i] = (struct order_key){{id->strategy, id->number, id->sub}, (uint32_t)i};
    }
    order_sort(keys, count);
    uint32_t *order = memory_resize(NULL, count, sizeof *order);
    const void **pointers = NULL;
    size_t cap = 0;
    for (size_t i = 0, run; i < count; i += run) {
        for (run = 0; i + run < count && order_compare(&keys[i], &keys[i + run]) == 0; run++)
            order[i + run] = keys[i + run].index;
        if (run == 1)
            continue;
        pointers = memory_reserve(pointers, &cap, run, sizeof *pointers);
        sort_run(array, order + i, run, pointers);
    }
    free(pointers);
    free(keys);
    return order;
}

/* The new numbers of all names. */
struct renumbering {
    uint32_t *strategies;
    uint32_t *subs;
    uint32_t *agencies;
};

static void renumber_identity(const struct renumbering *to, struct identity *id) {
    id->strategy = to->strategies[id->strategy];
    id->sub = to->subs[id->sub];
}

/* Names were numbered as they came; from here on numbers stand in the names' order. */
static void renumber_rows(struct figures *figures, const struct renumbering *to) {
    for (size_t i = 0; i < figures->detail_count; i++) {
        struct detail_row *row = &figures->details[i];
        renumber_identity(to, &row->id);
        row->agency = to->agencies[row->agency];
    }
    for (size_t i = 0; i < figures->summary_count; i++) {
        struct summary_row *row = &figures->summaries[i];
        renumber_identity(to, &row->id);
        row->agency = to->agencies[row->agency];
        row->agency_printed = to->agencies[row->agency_printed];
    }
    for (size_t i = 0; i < figures->total_count; i++) {
        figures->totals[i].strategy = to->strategies[figures->totals[i].strategy];
    }
}

void figures_finish(struct figures *figures) {
    struct renumbering to = {names_sort(figures->strategies), names_sort(figures->subs),
                             names_sort(figures->agencies)};
    renumber_rows(figures, &to);
    free(to.strategies);
    free(to.subs);
    free(to.agencies);
    figures->detail_order = sort_rows(&(struct row_array){
        (const char *)figures->details, figures->detail_count, sizeof *figures->details, compare_details});
    figures->summary_order =
        sort_rows(&(struct row_array){(const char *)figures->summaries, figures->summary_count,
                                      sizeof *figures->summaries, compare_summaries});
    if (figures->total_count > 0)
        qsort(figures->totals, figures->total_count, sizeof *figures->totals, compare_totals);
    figures->summarized = memory_zeroed(names_count(figures->strategies), sizeof *figures->summarized);
    for (size_t i = 0; i < figures->summary_count; i++)
        figures->summarized[figures->summaries[i].id.strategy] = true;
}

/* Makes PROJECT that of a row of details, of summaries or of both (either may be NULL). */
static void make_project(struct project *project, const struct identity *id, const struct detail_row *detail,
                         const struct summary_row *summary) {
    *project = (struct project){.start = DAY_UNKNOWN, .end = DAY_UNKNOWN};
    project->strategy = id->strategy;
    project->number = id->number;
    project->sub = id->sub;
    if (summary != NULL) {
        project->in_summary = true;
        project->agency = summary->agency;
        project->agency_summary = summary->agency;
        project->summary = summary->progress;
        project->line_summary = summary->line;
    }
    if (detail != NULL) {
        project->in_details = true;
        if (detail->agency != 0)
            project->agency = detail->agency;
        if (project->agency_summary == 0)
            project->agency_summary = detail->agency;
        project->total = unpack_figure(detail, DETAIL_TOTAL);
        project->year = unpack_figure(detail, DETAIL_YEAR);
        for (int kind = 0; kind < MONEY_KINDS; kind++)
            project->money[kind] = unpack_figure(detail, DETAIL_MONEY + kind);
        project->start = detail->start;
        project->end = detail->end;
        project->line_details = detail->line;
    }
    project->agency_printed =
        summary != NULL && summary->agency_printed != 0 ? summary->agency_printed : project->agency_summary;
}

/* The row that comes next; NULL at the end. */
static const struct detail_row *next_detail(const struct figures *figures,
                                            const struct figures_cursor *cursor) {
    size_t at = cursor->detail;
    if (at >= figures->detail_count)
        return NULL;
    return &figures->details[figures->detail_order != NULL ? figures->detail_order[at] : at];
}

static const struct summary_row *next_summary(const struct figures *figures,
                                              const struct figures_cursor *cursor) {
    size_t at = cursor->summary;
    if (at >= figures->summary_count)
        return NULL;
    return &figures->summaries[figures->summary_order != NULL ? figures->summary_order[at] : at];
}

static bool same_identity(const struct identity *a, const struct identity *b) {
    return a->number == b->number && a->sub == b->sub && a->strategy == b->strategy;
}

/* The identity that comes next; NULL at the end. */
static const struct identity *next_identity(const struct figures *figures,
                                            const struct figures_cursor *cursor) {
    const struct detail_row *detail = next_detail(figures, cursor);
    const struct summary_row *summary = next_summary(figures, cursor);
    if (summary == NULL)
        return detail != NULL ? &detail->id : NULL;
    if (detail == NULL)
        return &summary->id;
    return compare_identity(&summary->id, &detail->id) < 0 ? &summary->id : &detail->id;
}

/* Appends the projects with the identity that comes first at the cursor: the first row of the one table with
   the first of the other, and so on. */
static void take_identity(const struct figures *figures, struct figures_cursor *cursor,
                          const struct identity *id) {
    for (;;) {
        const struct detail_row *detail = next_detail(figures, cursor);
        const struct summary_row *summary = next_summary(figures, cursor);
        if (detail != NULL && !same_identity(&detail->id, id))
            detail = NULL;
        if (summary != NULL && !same_identity(&summary->id, id))
            summary = NULL;
        if (detail == NULL && summary == NULL)
            return;
        cursor->detail += detail != NULL;
        cursor->summary += summary != NULL;
        if (cursor->count == cursor->cap)
            cursor->projects =
                memory_reserve(cursor->projects, &cursor->cap, cursor->count + 1, sizeof *cursor->projects);
        make_project(&cursor->projects[cursor->count++], id, detail, summary);
    }
}

bool figures_next(const struct figures *figures, struct figures_cursor *cursor, struct family *family) {
    const struct identity *id = next_identity(figures, cursor);
    const struct identity *first = id;
    size_t mains = 0;
    cursor->count = 0;
    while (id != NULL && id->strategy == first->strategy && id->number == first->number) {
        take_identity(figures, cursor, id);
        if (id->sub == 0)
            mains = cursor->count;
        id = next_identity(figures, cursor);
    }
    *family = (struct family){cursor->projects, mains, cursor->projects + mains, cursor->count - mains};
    return first != NULL;
}

void figures_end(struct figures_cursor *cursor) {
    free(cursor->projects);
    *cursor = (struct figures_cursor){0};
}

struct names *figures_strategies(struct figures *figures) {
    return figures->strategies;
}

struct names *figures_agencies(struct figures *figures) {
    return figures->agencies;
}

const struct stated_total *figures_totals(const struct figures *figures, size_t *count) {
    *count = figures->total_count;
    return figures->totals;
}

bool figures_summarized(const struct figures *figures, uint32_t strategy) {
    return figures->summarized[strategy];
}

struct text figures_ministry(const struct figures *figures) {
    return buffer_text(&figures->ministry);
}

int32_t figures_period_end(const struct figures *figures) {
    return figures->period_end;
}

void figures_append_key(const struct figures *figures, const struct project *project, struct buffer *buffer) {
    struct text strategy = names_text(figures->strategies, project->strategy);
    struct text sub = names_text(figures->subs, project->sub);
    buffer_append_char(buffer, 'S');
    buffer_append_text(buffer, strategy.len > 0 ? strategy : TEXT("?"));
    buffer_append_text(buffer, project->number < 10 ? TEXT(".P0") : TEXT(".P"));
    buffer_append_number(buffer, project->number);
    if (project->sub != 0) {
        buffer_append_char(buffer, '.');
        buffer_append_text(buffer, sub);
    }
}

void figures_free(struct figures *figures) {
    names_free(figures->strategies);
    names_free(figures->subs);
    names_free(figures->agencies);
    names_free(figures->abbreviations);
    free(figures->abbreviated_agency);
    free(figures->details);
    free(figures->detail_order);
    free(figures->summary_order);
    free(figures->summaries);
    free(figures->totals);
    free(figures->summarized);
    buffer_free(&figures->ministry);
    free(figures);
}
