/*
 * normalize-thai: Thai digits to ASCII digits, and Thai text in its canonical form.
 *
 * Reads text, or with -c a CSV table; writes the same, each line where it was, each step of thai.h taken that is
 * not switched off. With --count or -f it looks at each line and tells what it changed, and which letters do not
 * belong into Thai text; without, blocks go through as they come.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "diagnostics.h"
#include "findings.h"
#include "foreign.h"
#include "input.h"
#include "options.h"
#include "output.h"
#include "table.h"
#include "thai.h"

static const char usage[] =
    "usage: normalize-thai [-dz] [-c COLUMNS] [-f FINDINGS] [-o OUTPUT] [FILE...]\n"
    "\n"
    "Makes ASCII digits of Thai digits, and canonical text of Thai text. No line is joined,\n"
    "split or dropped.\n"
    "\n"
    "  -c, --columns=COLUMNS   the input is CSV: change only these columns (a,b,...)\n"
    "  -d, --digits            only Thai digits to ASCII digits\n"
    "      --to-thai           only ASCII digits to Thai digits\n"
    "      --count             tell on standard error what was changed, by kind\n"
    "  -f, --findings=FILE     write what does not belong into Thai text to FILE\n"
    "  -o, --output=FILE       write to FILE instead of standard output\n"
    "  -z, --gzip              compress the output\n"
    "      --bom               begin a CSV with a byte order mark, for spreadsheets\n"
    "  -p, --profile=DIR       taken and not used: no step depends on a ministry's form\n"
    "\n"
    "Steps to leave out:\n"
    "      --no-digits         Thai digits to ASCII digits\n"
    "      --no-sara-am        nikhahit and sara aa to sara am\n"
    "      --no-order          vowel signs and tone marks in their order\n"
    "      --no-doubled        doubled vowels and tone marks to one\n"
    "      --no-sara-ae        sara e twice to sara ae\n"
    "      --no-lakkhangyao    lakkhangyao to sara aa, except after ru and lu\n"
    "      --no-zero-width     zero-width characters removed\n"
    "      --no-spaces         no-break and other odd spaces to a space\n"
    "\n"
    "      --invalid=HOW       bytes that are not UTF-8: error (default) or replace\n"
    "      --encoding=NAME     of the input: utf-8 (default) or tis-620\n"
    "      --max-bytes=SIZE    the longest input, decompressed\n"
    "      --max-line=SIZE     the longest line, where lines are looked at\n"
    "      --help, --version\n";

enum {
    OPTION_TO_THAI = OPTION_OWN,
    OPTION_COUNT,
    OPTION_NO, /* and the number of a step's bit */
};

/* The kinds of change by their bits in thai.h, as the options have them. */
static const char *const kind_names[THAI_KINDS] = {
    "digits", "sara-am", "order", "doubled", "sara-ae", "lakkhangyao", "zero-width", "spaces", "to-thai",
};

/* The output is written in pieces of at least this size. */
#define WRITE_SIZE ((size_t)128 << 10)

struct settings {
    unsigned steps;
    const char *columns;
    bool count;
    struct common_options common;
    struct operands operands;
};

/* Something counted, and where it was seen first. */
struct tally {
    uint64_t count;
    const char *file;
    uint64_t line;
};

/* What is told of the work. */
struct account {
    struct tally kinds[THAI_KINDS];
    struct tally foreign_letters;
    uint64_t invalid;
    struct foreign *foreign;   /* NULL: lines are not looked at */
    struct findings *findings; /* NULL: none are asked for */
    bool many_files;
    struct buffer letters;
    struct buffer message;
};

/* Where a text stands: in the input, for the user, and in the report, for findings. */
struct place {
    const char *file;
    uint64_t line;
    uint64_t report_line;
    struct text key;
};

static void add(struct tally *tally, uint64_t count, const struct place *place) {
    if (count == 0)
        return;
    if (tally->count == 0) {
        tally->file = place->file;
        tally->line = place->line;
    }
    tally->count += count;
}

static void find(struct account *account, enum severity severity, const char *rule, const struct place *place,
                 struct text observed) {
    if (account->many_files)
        buffer_printf(&account->message, " (%s)", place->file);
    struct finding finding = {
        .severity = severity,
        .rule = rule,
        .key = place->key,
        .table = "",
        .field = "",
        .line = place->report_line,
        .observed = observed,
        .message = buffer_text(&account->message),
    };
    findings_add(account->findings, &finding);
}

static void on_replaced(void *context, const char *file, uint64_t line, uint64_t column) {
    struct account *account = context;
    account->invalid++;
    buffer_clear(&account->message);
    buffer_printf(&account->message, "bytes that are not UTF-8 at column %" PRIu64 " were replaced by U+FFFD",
                  column);
    if (account->findings == NULL) {
        diagnose(SEVERITY_ERROR, file, line, "%.*s", (int)account->message.len, account->message.data);
        return;
    }
    struct place place = {.file = file, .line = line, .report_line = line};
    find(account, SEVERITY_ERROR, "invalid-utf8", &place, TEXT(""));
}

/* Looks for letters in LINE that do not belong there. */
static void look_for_foreign(struct account *account, struct text line, const struct place *place) {
    buffer_clear(&account->letters);
    uint64_t count = foreign_find(account->foreign, line, &account->letters);
    add(&account->foreign_letters, count, place);
    if (count == 0 || account->findings == NULL)
        return;
    buffer_clear(&account->message);
    buffer_printf(&account->message, "%" PRIu64 " %s that %s not belong into Thai text: %.*s", count,
                  count == 1 ? "letter" : "letters", count == 1 ? "does" : "do", (int)account->letters.len,
                  account->letters.data);
    find(account, SEVERITY_WARNING, "foreign-letters", place, buffer_text(&account->letters));
}

/* Counts what NORMALIZER has changed since BEFORE. */
static void count_changes(struct account *account, const struct thai_normalizer *normalizer,
                          const uint64_t before[THAI_KINDS], const struct place *place) {
    for (size_t i = 0; i < THAI_KINDS; i++)
        add(&account->kinds[i], normalizer->changes[i] - before[i], place);
}

static void print_tally(const char *name, const struct tally *tally, const char *what) {
    if (tally->count > 0)
        diagnose(SEVERITY_NOTE, tally->file, tally->line, "%s: %" PRIu64 " %s, the first in this line", name,
                 tally->count, what);
}

static void print_count(const struct account *account) {
    uint64_t changed = 0;
    for (size_t i = 0; i < THAI_KINDS; i++) {
        print_tally(kind_names[i], &account->kinds[i], "changed");
        changed += account->kinds[i].count;
    }
    if (changed == 0)
        diagnose(SEVERITY_NOTE, NULL, 0, "nothing changed");
    print_tally("foreign-letters", &account->foreign_letters, "left as they are");
}

static void open_account(struct account *account, struct settings *settings) {
    if (settings->count || settings->common.findings != NULL)
        account->foreign = foreign_new();
    if (settings->common.findings != NULL)
        account->findings = findings_open(settings->common.findings, settings->operands.paths[0]);
    account->many_files = settings->operands.count > 1;
    settings->common.input.on_replaced = on_replaced;
    settings->common.input.context = account;
}

/* Returns the exit status that the account calls for. */
static int close_account(struct account *account, const struct settings *settings) {
    if (settings->count)
        print_count(account);
    if (account->findings != NULL)
        findings_close(account->findings);
    foreign_free(account->foreign);
    buffer_free(&account->letters);
    buffer_free(&account->message);
    return account->invalid > 0 ? STATUS_REPORT : STATUS_DONE;
}

/* A text on its way from the input to the output. */
struct stream {
    struct output *output;
    struct thai_normalizer normalizer;
    struct buffer changed;
};

static void write_changed(struct stream *stream) {
    output_write(stream->output, buffer_text(&stream->changed));
    buffer_clear(&stream->changed);
}

static void take_blocks(struct stream *stream, struct input *input) {
    struct text block;
    while (input_block(input, &block)) {
        thai_feed(&stream->normalizer, &stream->changed, block);
        if (stream->changed.len >= WRITE_SIZE)
            write_changed(stream);
    }
}

static void take_lines(struct stream *stream, struct input *input, struct account *account) {
    struct text line;
    while (input_line(input, &line)) {
        uint64_t number = input_line_number(input);
        struct place place = {.file = input_name(input), .line = number, .report_line = number};
        uint64_t before[THAI_KINDS];
        memcpy(before, stream->normalizer.changes, sizeof before);
        look_for_foreign(account, line, &place);
        thai_feed(&stream->normalizer, &stream->changed, line);
        count_changes(account, &stream->normalizer, before, &place);
        if (stream->changed.len >= WRITE_SIZE)
            write_changed(stream);
    }
}

/* The files are one text: what the end of one cuts goes on in the next. */
static void normalize_text(const struct settings *settings, struct account *account) {
    struct stream stream = {.output = output_open(settings->common.output, settings->common.gzip)};
    thai_start(&stream.normalizer, settings->steps);
    for (size_t i = 0; i < settings->operands.count; i++) {
        struct input *input = input_open(settings->operands.paths[i], &settings->common.input);
        if (account->foreign != NULL)
            take_lines(&stream, input, account);
        else
            take_blocks(&stream, input);
        input_close(input);
    }
    thai_end(&stream.normalizer, &stream.changed);
    write_changed(&stream);
    buffer_free(&stream.changed);
    output_close(stream.output);
}

/* A table on its way. */
struct tables {
    struct table_writer *writer; /* NULL before the first file's header */
    char **columns;              /* of the first file, in order; owned */
    bool *chosen;                /* which of them are changed */
    size_t count;
    struct buffer changed;
};

static void choose_columns(struct tables *tables, const struct table_reader *reader, const char *names) {
    struct text rest = text_of(names);
    struct text name;
    while (text_next_piece(&rest, ',', &name)) {
        char *string = text_copy(name);
        tables->chosen[table_require_column(reader, string)] = true;
        free(string);
    }
}

static void open_tables(struct tables *tables, const struct table_reader *reader,
                        const struct settings *settings) {
    const struct text *columns = table_columns(reader, &tables->count);
    tables->columns = memory_zeroed(tables->count, sizeof *tables->columns);
    tables->chosen = memory_zeroed(tables->count, sizeof *tables->chosen);
    for (size_t i = 0; i < tables->count; i++)
        tables->columns[i] = text_copy(columns[i]);
    choose_columns(tables, reader, settings->columns);
    tables->writer = table_create_like(settings->common.output, settings->common.gzip, settings->common.bom,
                                       columns, tables->count);
}

/* Where READER has the columns of the first file; it must have just those, in any order. The caller frees. */
static size_t *match_columns(const struct tables *tables, const struct table_reader *reader) {
    size_t count;
    const struct text *columns = table_columns(reader, &count);
    size_t *places = memory_zeroed(tables->count, sizeof *places);
    for (size_t i = 0; i < tables->count; i++)
        places[i] = table_require_column(reader, tables->columns[i]);
    for (size_t i = 0; i < count && count != tables->count; i++) {
        size_t known = 0;
        while (known < tables->count && !text_equal(text_of(tables->columns[known]), columns[i]))
            known++;
        if (known == tables->count)
            die_at(table_name(reader), 1, "the first file has no column '%.*s'", (int)columns[i].len,
                   columns[i].data);
    }
    return places;
}

/* The columns by which a row tells where in the report it stands. */
struct guides {
    size_t key;
    size_t line;
};

static struct guides find_guides(const struct table_reader *reader) {
    struct guides guides = {table_column(reader, "key"), table_column(reader, "line_first")};
    if (guides.line == TABLE_NO_COLUMN)
        guides.line = table_column(reader, "line");
    return guides;
}

static uint64_t line_of(struct text field) {
    uint64_t line = 0;
    for (size_t i = 0; i < field.len && line < UINT64_MAX / 10 - 1; i++) {
        if (field.data[i] < '0' || field.data[i] > '9')
            return 0;
        line = line * 10 + (uint64_t)(field.data[i] - '0');
    }
    return line;
}

static struct place place_of(const struct table_reader *reader, const struct table_row *row,
                             const struct guides *guides) {
    struct place place = {.file = table_name(reader), .line = row->line, .report_line = row->line};
    if (guides->key != TABLE_NO_COLUMN)
        place.key = row->fields[guides->key];
    if (guides->line != TABLE_NO_COLUMN)
        place.report_line = line_of(row->fields[guides->line]);
    return place;
}

/* A field of a table; one with several lines has them from the row's line of the report on. */
static void take_field(struct tables *tables, struct text field, unsigned steps, struct place place,
                       struct account *account) {
    static const uint64_t none[THAI_KINDS];
    struct thai_normalizer normalizer;
    buffer_clear(&tables->changed);
    thai_start(&normalizer, steps);
    thai_feed(&normalizer, &tables->changed, field);
    thai_end(&normalizer, &tables->changed);
    table_put(tables->writer, buffer_text(&tables->changed));
    if (account->foreign == NULL)
        return;
    count_changes(account, &normalizer, none, &place);
    struct text line;
    while (text_next_line(&field, &line)) {
        look_for_foreign(account, line, &place);
        place.report_line += place.report_line > 0;
    }
}

static void take_rows(struct tables *tables, struct table_reader *reader, const struct settings *settings,
                      struct account *account) {
    size_t *places = match_columns(tables, reader);
    struct guides guides = find_guides(reader);
    struct table_row row;
    while (table_read(reader, &row)) {
        struct place place = place_of(reader, &row, &guides);
        for (size_t i = 0; i < tables->count; i++) {
            struct text field = row.fields[places[i]];
            if (tables->chosen[i])
                take_field(tables, field, settings->steps, place, account);
            else
                table_put(tables->writer, field);
        }
        table_end_row(tables->writer);
    }
    free(places);
}

static void close_tables(struct tables *tables) {
    for (size_t i = 0; i < tables->count; i++)
        free(tables->columns[i]);
    free(tables->columns);
    free(tables->chosen);
    buffer_free(&tables->changed);
    table_finish(tables->writer);
}

/* The files are one table: they must have the same columns, and one header is written. */
static void normalize_tables(const struct settings *settings, struct account *account) {
    struct tables tables = {0};
    for (size_t i = 0; i < settings->operands.count; i++) {
        struct table_reader *reader = table_open(settings->operands.paths[i], &settings->common.input);
        if (tables.writer == NULL)
            open_tables(&tables, reader, settings);
        take_rows(&tables, reader, settings, account);
        table_close(reader);
    }
    close_tables(&tables);
}

static const struct option long_options[] = {
    {"columns", required_argument, NULL, 'c'},
    {"digits", no_argument, NULL, 'd'},
    {"to-thai", no_argument, NULL, OPTION_TO_THAI},
    {"count", no_argument, NULL, OPTION_COUNT},
    {"no-digits", no_argument, NULL, OPTION_NO},
    {"no-sara-am", no_argument, NULL, OPTION_NO + 1},
    {"no-order", no_argument, NULL, OPTION_NO + 2},
    {"no-doubled", no_argument, NULL, OPTION_NO + 3},
    {"no-sara-ae", no_argument, NULL, OPTION_NO + 4},
    {"no-lakkhangyao", no_argument, NULL, OPTION_NO + 5},
    {"no-zero-width", no_argument, NULL, OPTION_NO + 6},
    {"no-spaces", no_argument, NULL, OPTION_NO + 7},
    OPTIONS_FINDINGS,
    OPTIONS_COMMON,
    OPTIONS_INPUT,
    {0},
};

/* Which of the exclusive -d and --to-thai are given, and the steps left out. */
struct choice {
    bool digits;
    bool to_thai;
    unsigned left_out;
};

static void take_option(struct settings *settings, struct choice *choice, int option, const char *value) {
    switch (option) {
    case 'c':
        settings->columns = value;
        break;
    case 'd':
        choice->digits = true;
        break;
    case OPTION_TO_THAI:
        choice->to_thai = true;
        break;
    case OPTION_COUNT:
        settings->count = true;
        break;
    default:
        if (option >= OPTION_NO && option < OPTION_NO + THAI_KINDS)
            choice->left_out |= 1U << (option - OPTION_NO);
        else if (!options_common(option, value, usage, &settings->common))
            options_usage_error();
    }
}

static unsigned chosen_steps(const struct choice *choice) {
    if (choice->to_thai)
        return THAI_TO_THAI;
    return (choice->digits ? (unsigned)THAI_DIGITS : (unsigned)THAI_ALL) & ~choice->left_out;
}

static struct settings parse_options(int argc, char **argv) {
    static const char letters[] = "c:d" OPTIONS_FINDINGS_LETTERS OPTIONS_COMMON_LETTERS;
    struct settings settings = {0};
    struct choice choice = {0};
    int option;
    while ((option = getopt_long(argc, argv, letters, long_options, NULL)) != -1)
        take_option(&settings, &choice, option, optarg);
    if (choice.digits && choice.to_thai)
        die("-d and --to-thai exclude each other");
    if (settings.common.bom && settings.columns == NULL)
        die("--bom is for CSV: it needs -c");
    settings.steps = chosen_steps(&choice);
    settings.operands = options_operands(argc, argv);
    return settings;
}

int main(int argc, char **argv) {
    diagnostics_start(argv[0]);
    struct settings settings = parse_options(argc, argv);
    struct account account = {0};
    open_account(&account, &settings);
    if (settings.columns != NULL)
        normalize_tables(&settings, &account);
    else
        normalize_text(&settings, &account);
    return close_account(&account, &settings);
}
