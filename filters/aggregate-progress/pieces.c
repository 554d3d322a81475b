/* Rows as they are stated; see pieces.h. */
#include "pieces.h"

#include "diagnostics.h"
#include "picked.h"

/* The word for each kind of row in a piece. */
static const char *const row_words[ROW_KINDS] = {"detail", "summary", "report"};

/* The columns of each table; NULL: it has no such thing. */
static const char *const row_columns[ROW_KINDS][FIELDS] = {
    {"key", "strategy", NULL, "agency", NULL, "progress_total", "progress_year", "budget_allocated",
     "budget_contracted", "budget_disbursed", "start", "end", "line_first"},
    {NULL, "strategy", "number", "agency", "agency_text", "progress", NULL, NULL, NULL, NULL, NULL, NULL,
     "line"},
    {"ministry", NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, "period_end", NULL},
};

const char *const pieces_columns[PIECES_COLUMNS] = {
    "piece",         "key",       "strategy",   "number",    "agency", "agency_text", "progress",
    "progress_year", "allocated", "contracted", "disbursed", "start",  "end",         "line",
};

/* The place of a piece's kind among the fields that are read, behind those with FIELD_ names. */
#define PLACE_PIECE FIELDS

/* A table being read. */
struct source {
    const struct pieces_calls *calls;
    void *context;
    const char *file;
    bool piece; /* the kind stands in each row */
    bool pieces_only;
    enum row_kind kind;
};

/* What table it is, by a column that only it has. */
static enum row_kind kind_of(const struct picked *picked) {
    if (picked_column(picked, "progress_total") != PICKED_NO_COLUMN)
        return ROW_DETAIL;
    if (picked_column(picked, "period_end") != PICKED_NO_COLUMN)
        return ROW_REPORT;
    if (picked_column(picked, "number") != PICKED_NO_COLUMN &&
        picked_column(picked, "progress") != PICKED_NO_COLUMN)
        return ROW_SUMMARY;
    die_at(
        picked_name(picked), 1,
        "neither projects.csv (progress_total), summary.csv (number, progress), report.csv (period_end) nor "
        "a piece: it has the columns of none of them");
}

static void require_column(const struct picked *picked, const char *name) {
    if (picked_column(picked, name) == PICKED_NO_COLUMN)
        die_at(picked_name(picked), 1, "the column '%s' is missing", name);
}

static void begin_table(struct picked *picked, void *context) {
    struct source *source = context;
    size_t piece = picked_column(picked, pieces_columns[0]);
    source->file = picked_name(picked);
    source->piece = piece != PICKED_NO_COLUMN;
    if (source->pieces_only)
        require_column(picked, pieces_columns[0]);
    if (source->piece)
        picked_want(picked, piece, PLACE_PIECE);
    else
        source->kind = kind_of(picked);
    for (size_t i = 0; i < FIELDS; i++) {
        const char *column = source->piece ? pieces_columns[i + 1] : row_columns[source->kind][i];
        if (source->piece)
            require_column(picked, column);
        if (column != NULL && picked_column(picked, column) != PICKED_NO_COLUMN)
            picked_want(picked, picked_column(picked, column), i);
    }
    if (!source->piece && source->kind == ROW_DETAIL)
        require_column(picked, "key");
    if (!source->piece && source->kind == ROW_SUMMARY)
        require_column(picked, "strategy");
    if (!source->piece && source->calls->table != NULL)
        source->calls->table(source->kind, source->context);
}

static enum row_kind piece_kind(const struct source *source, struct text word, uint64_t line) {
    for (int kind = 0; kind < ROW_KINDS; kind++) {
        if (text_equal(word, text_of(row_words[kind])))
            return (enum row_kind)kind;
    }
    die_at(source->file, line, "no kind of piece is called '%.*s'", (int)word.len, word.data);
}

static void take_row(const struct text *fields, uint64_t line, void *context) {
    const struct source *source = context;
    struct stated stated = {source->kind, fields, source->file, line};
    if (source->piece)
        stated.kind = piece_kind(source, fields[PLACE_PIECE], line);
    source->calls->row(&stated, source->context);
}

void pieces_read(const char *path, const struct input_options *options, bool pieces_only,
                 const struct pieces_calls *calls, void *context) {
    static const struct picked_calls picked_calls = {begin_table, take_row};
    struct source source = {.calls = calls, .context = context, .pieces_only = pieces_only};
    picked_read(path, options, &picked_calls, &source);
}

static void write_row(const struct stated *stated, void *context) {
    struct table_writer *writer = context;
    table_put_string(writer, row_words[stated->kind]);
    for (size_t i = 0; i < FIELDS; i++)
        table_put(writer, stated->fields[i]);
    table_end_row(writer);
}

void pieces_write(const char *path, const struct input_options *options, struct table_writer *writer) {
    static const struct pieces_calls calls = {NULL, write_row};
    pieces_read(path, options, false, &calls, writer);
}
