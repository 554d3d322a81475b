/*
 * diff-quarters: what changed between two quarters, and what it means.
 *
 * Reads two CSV files or two versions (folders with the tables of a report), the old one and the new one.
 * Writes changes.csv: what came, went, moved and changed, by how much, and the word for it from the profile's
 * meanings.csv. The comparing is done by filters/lib: versions (folders), join (files, while they are read),
 * comparison (rows), changes (the list), digest (the list for people), replay (the proof).
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "comparison.h"
#include "decimal.h"
#include "diagnostics.h"
#include "digest.h"
#include "join.h"
#include "options.h"
#include "partners.h"
#include "replay.h"
#include "versions.h"

static const char usage[] =
    "usage: diff-quarters [OPTION]... [-k COLUMNS] OLD NEW\n"
    "What changed from OLD to NEW: two CSV files, or two folders with the tables of a report.\n"
    "\n"
    "  -k, --key=COLUMNS       the columns that tell a row (two files; default: those of the table)\n"
    "      --match=COLUMN      the column that matches rows without a partner (default: title)\n"
    "      --similarity=N      the least similarity of such rows, 0 to 1 (default: 0.75)\n"
    "      --tables=NAMES      compare only these tables of two folders\n"
    "      --only=FIELDS       compare only these columns\n"
    "      --ignore=FIELDS     do not compare these columns\n"
    "      --tolerance=FIELD=N differences up to N (days, for dates) are no change; may be repeated\n"
    "      --format=FORMAT     csv (default), text for a terminal, or markdown for a page to read\n"
    "      --language=LANGUAGE of text and markdown: en (default) or th\n"
    "      --summary           count the changes instead of listing them\n"
    "      --check             prove that the changes, applied to OLD, give NEW\n"
    "  -o, --output=FILE       write to FILE\n"
    "  -z, --gzip              compress the output\n"
    "      --bom               begin the CSV with a byte order mark\n"
    "  -p, --profile=DIR       the profile with meanings.csv and labels.csv\n"
    "      --encoding=ENCODING utf-8 (default) or tis-620\n"
    "      --invalid=HOW       bytes that are not UTF-8: error (default) or replace\n"
    "      --max-bytes=N, --max-line=N  limits on an input\n"
    "      --help, --version\n"
    "\n"
    "Exit status: 0 they are the same, 1 they differ, 2 trouble.\n";

enum {
    OPTION_MATCH = OPTION_OWN,
    OPTION_SIMILARITY,
    OPTION_TABLES,
    OPTION_ONLY,
    OPTION_IGNORE,
    OPTION_TOLERANCE,
    OPTION_FORMAT,
    OPTION_LANGUAGE,
    OPTION_SUMMARY,
    OPTION_CHECK,
};

static const struct option long_options[] = {
    {"key", required_argument, NULL, 'k'},
    {"match", required_argument, NULL, OPTION_MATCH},
    {"similarity", required_argument, NULL, OPTION_SIMILARITY},
    {"tables", required_argument, NULL, OPTION_TABLES},
    {"only", required_argument, NULL, OPTION_ONLY},
    {"ignore", required_argument, NULL, OPTION_IGNORE},
    {"tolerance", required_argument, NULL, OPTION_TOLERANCE},
    {"format", required_argument, NULL, OPTION_FORMAT},
    {"language", required_argument, NULL, OPTION_LANGUAGE},
    {"summary", no_argument, NULL, OPTION_SUMMARY},
    {"check", no_argument, NULL, OPTION_CHECK},
    OPTIONS_COMMON,
    OPTIONS_INPUT,
    {0},
};

/* Names parted by commas on the command line. */
struct names {
    struct text *items;
    size_t count;
    size_t cap;
};

struct tolerances {
    struct tolerance *items;
    size_t count;
    size_t cap;
};

struct named_columns {
    struct named_column *items;
    size_t count;
    size_t cap;
};

struct settings {
    struct names keys;
    const char *match; /* NULL: title, where it is there */
    unsigned similarity;
    bool similarity_set;
    struct names tables;
    struct names only;
    struct names ignored;
    struct tolerances tolerances;
    struct named_columns named; /* all columns of the options above but the keys */
    const char *format;
    bool thai;
    bool summary;
    bool check;
    struct common_options common;
    const char *old;
    const char *new;
};

static void add_names(struct names *names, const char *list) {
    struct text rest = text_of(list);
    struct text piece;
    while (text_next_piece(&rest, ',', &piece)) {
        piece = text_trim(piece);
        if (piece.len == 0)
            continue;
        names->items = memory_reserve(names->items, &names->cap, names->count + 1, sizeof *names->items);
        names->items[names->count++] = piece;
    }
}

static void add_tolerance(struct tolerances *tolerances, const char *value) {
    const char *equals = strrchr(value, '=');
    struct tolerance tolerance = {0};
    struct decimal amount;
    if (equals != NULL) {
        tolerance.field = (struct text){value, (size_t)(equals - value)};
        tolerance.amount = text_of(equals + 1);
    }
    if (tolerance.field.len == 0 || !decimal_parse(tolerance.amount, &amount) || amount.units < 0)
        die("--tolerance: FIELD=N is expected, not '%s'", value);
    tolerances->items =
        memory_reserve(tolerances->items, &tolerances->cap, tolerances->count + 1, sizeof *tolerances->items);
    tolerances->items[tolerances->count++] = tolerance;
}

static unsigned parse_similarity(const char *value) {
    struct decimal number;
    if (!decimal_parse(text_of(value), &number) || number.units <= 0 ||
        decimal_compare(number, decimal_of(1)) > 0 ||
        !decimal_multiply(number, decimal_of(SIMILARITY_FULL), &number))
        die("--similarity: a number above 0 and up to 1 is expected, not '%s'", value);
    return (unsigned)decimal_round(number, 0).units;
}

static const char *one_of(const char *option, const char *value, const char *const *values) {
    for (size_t i = 0; values[i] != NULL; i++) {
        if (strcmp(value, values[i]) == 0)
            return values[i];
    }
    die("%s: there is no '%s'", option, value);
}

static void set_option(struct settings *settings, int option) {
    static const char *const formats[] = {"csv", "text", "markdown", NULL};
    static const char *const languages[] = {"en", "th", NULL};
    switch (option) {
    case 'k':
        add_names(&settings->keys, optarg);
        break;
    case OPTION_MATCH:
        settings->match = optarg;
        break;
    case OPTION_SIMILARITY:
        settings->similarity = parse_similarity(optarg);
        settings->similarity_set = true;
        break;
    case OPTION_TABLES:
        add_names(&settings->tables, optarg);
        break;
    case OPTION_ONLY:
        add_names(&settings->only, optarg);
        break;
    case OPTION_IGNORE:
        add_names(&settings->ignored, optarg);
        break;
    case OPTION_TOLERANCE:
        add_tolerance(&settings->tolerances, optarg);
        break;
    case OPTION_FORMAT:
        settings->format = one_of("--format", optarg, formats);
        break;
    case OPTION_LANGUAGE:
        settings->thai = strcmp(one_of("--language", optarg, languages), "th") == 0;
        break;
    case OPTION_SUMMARY:
        settings->summary = true;
        break;
    case OPTION_CHECK:
        settings->check = true;
        break;
    default:
        if (!options_common(option, optarg, usage, &settings->common))
            options_usage_error();
    }
}

static void read_settings(struct settings *settings, int argc, char **argv) {
    int option;
    while ((option = getopt_long(argc, argv, "k:" OPTIONS_COMMON_LETTERS, long_options, NULL)) != -1)
        set_option(settings, option);
    if (argc - optind != 2) {
        diagnose(SEVERITY_ERROR, NULL, 0, "two operands are expected, OLD and NEW, not %d", argc - optind);
        options_usage_error();
    }
    settings->old = argv[optind];
    settings->new = argv[optind + 1];
    if (strcmp(settings->old, "-") == 0 && strcmp(settings->new, "-") == 0)
        die("only one of the two can be standard input");
    for (size_t i = 0; i < settings->tables.count; i++) {
        char *name = text_copy(settings->tables.items[i]);
        if (table_form_find(name) == NULL)
            die("--tables: there is no table '%s' that can be compared", name);
        free(name);
    }
}

static void add_named(struct named_columns *named, const char *option, struct text name) {
    named->items = memory_reserve(named->items, &named->cap, named->count + 1, sizeof *named->items);
    named->items[named->count++] = (struct named_column){option, name, false};
}

/* Gathers the columns that the options name, so that those can be told which no table has. */
static void gather_named(struct settings *settings) {
    struct named_columns *named = &settings->named;
    if (settings->match != NULL)
        add_named(named, "--match", text_of(settings->match));
    for (size_t i = 0; i < settings->only.count; i++)
        add_named(named, "--only", settings->only.items[i]);
    for (size_t i = 0; i < settings->ignored.count; i++)
        add_named(named, "--ignore", settings->ignored.items[i]);
    for (size_t i = 0; i < settings->tolerances.count; i++)
        add_named(named, "--tolerance", settings->tolerances.items[i].field);
}

static void refuse_unknown_columns(const struct named_columns *named) {
    for (size_t i = 0; i < named->count; i++) {
        const struct named_column *column = &named->items[i];
        if (!column->found)
            die("%s: no table that is compared has a column '%.*s'", column->option, (int)column->name.len,
                column->name.data);
    }
}

static bool is_folder(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* The name of the table in the file PATH: without its folder, .csv and .gz. The caller frees. */
static char *table_of_path(const char *path) {
    const char *slash = strrchr(path, '/');
    char *name = text_copy(text_of(slash != NULL ? slash + 1 : path));
    static const char *const endings[] = {".gz", ".csv"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t len = strlen(name);
        size_t ending = strlen(endings[i]);
        if (len > ending && strcmp(name + len - ending, endings[i]) == 0)
            name[len - ending] = '\0';
    }
    if (strcmp(name, "-") == 0)
        name[0] = '\0';
    return name;
}

static struct comparison make_comparison(const struct settings *settings, const struct meanings *meanings,
                                         struct changes *changes) {
    return (struct comparison){
        .meanings = meanings,
        .changes = changes,
        .similarity = similarity_create(),
        .key_floor = settings->similarity_set ? settings->similarity : COMPARISON_KEY_FLOOR,
        .text_floor = settings->similarity_set ? settings->similarity : COMPARISON_TEXT_FLOOR,
        .only = settings->only.items,
        .only_count = settings->only.count,
        .ignored = settings->ignored.items,
        .ignored_count = settings->ignored.count,
        .tolerances = settings->tolerances.items,
        .tolerance_count = settings->tolerances.count,
        .named = settings->named.items,
        .named_count = settings->named.count,
    };
}

/* How two files are compared: by a key, or as rows beneath projects. */
struct file_form {
    struct table_form form;
    char *name;
    char *texts[FORM_COLUMNS + 1]; /* what the form's names point to */
};

/* The form of the table that both files are called after, changed by what the command line says. */
static struct file_form make_form(const struct settings *settings) {
    struct file_form made = {.name = table_of_path(settings->new)};
    const struct table_form *known = table_form_find(made.name);
    if (known != NULL)
        made.form = *known;
    made.form.name = made.name;
    if (settings->keys.count > FORM_COLUMNS)
        die("-k: at most %d columns", FORM_COLUMNS);
    if (settings->keys.count > 0) {
        made.form.parent = NULL;
        made.form.same = NULL;
        made.form.is_project = known != NULL && known->is_project;
        memset(made.form.keys, 0, sizeof made.form.keys);
        for (size_t i = 0; i < settings->keys.count; i++) {
            made.texts[i] = text_copy(settings->keys.items[i]);
            made.form.keys[i] = made.texts[i];
            if (known == NULL || known->keys[i] == NULL || strcmp(known->keys[i], made.texts[i]) != 0)
                made.form.is_project = false;
        }
    }
    if (settings->match != NULL)
        made.form.text = settings->match;
    else if (made.form.text == NULL)
        made.form.text = "title";
    return made;
}

static void free_form(struct file_form *made) {
    free(made->name);
    for (size_t i = 0; i <= FORM_COLUMNS; i++)
        free(made->texts[i]);
}

struct key_context {
    const struct table_comparison *table;
    const struct form_columns *columns;
};

static bool make_key(const void *context, const struct text *fields, struct buffer *key) {
    const struct key_context *keys = context;
    if (comparison_keyless(keys->table, keys->columns, fields))
        return false;
    comparison_key(keys->table, keys->columns, fields, key);
    return true;
}

/* A project's key may have been given to another project: then the titles are unlike, and both rows are matched
   by title later. */
static bool is_same_project(const struct table_comparison *table, const struct text *old,
                            const struct text *new) {
    if (!table->form->is_project || table->old_columns.text == TABLE_NO_COLUMN ||
        table->new_columns.text == TABLE_NO_COLUMN)
        return true;
    struct text a = old[table->old_columns.text];
    struct text b = new[table->new_columns.text];
    if (value_same(a, b))
        return true;
    struct similarity *similarity = table->comparison->similarity;
    struct clusters x = similarity_clusters(similarity, a);
    struct clusters y = similarity_clusters(similarity, b);
    bool alike = similarity_score(similarity, &x, &y, table->comparison->key_floor) > 0;
    clusters_free(&x);
    clusters_free(&y);
    return alike;
}

static bool pair_rows(void *context, const struct text *old, uint64_t line_old, const struct text *new,
                      uint64_t line_new, struct text key) {
    struct table_comparison *table = context;
    if (!is_same_project(table, old, new))
        return false;
    comparison_pair(table, (struct row_view){old, line_old}, (struct row_view){new, line_new}, key, key, 0);
    return true;
}

/* Matches the rows that the join left, by title, and lists them. */
static void compare_left(struct table_comparison *table, const struct rows *old, const struct rows *new) {
    size_t *partner = memory_zeroed(old->count, sizeof *partner);
    unsigned *scores = memory_zeroed(old->count, sizeof *scores);
    bool *taken = memory_zeroed(new->count, sizeof *taken);
    struct buffer key_old = {0};
    struct buffer key_new = {0};
    partners_by_key(table, old, new, !table->form->is_project, partner, scores);
    for (size_t i = 0; i < old->count; i++) {
        struct row_view row = {rows_fields(old, i), old->lines[i]};
        buffer_clear(&key_old);
        buffer_clear(&key_new);
        comparison_key(table, &table->old_columns, row.fields, &key_old);
        if (partner[i] == PAIRING_NONE) {
            comparison_single(
                table, row, (struct row_view){0}, buffer_text(&key_old), TEXT(""),
                meaning_of_event(table->comparison->meanings, table->form->name, CONDITION_DETAILS_REMOVED));
            continue;
        }
        taken[partner[i]] = true;
        struct row_view other = {rows_fields(new, partner[i]), new->lines[partner[i]]};
        comparison_key(table, &table->new_columns, other.fields, &key_new);
        comparison_pair(table, row, other, buffer_text(&key_old), buffer_text(&key_new), scores[i]);
    }
    for (size_t j = 0; j < new->count; j++) {
        if (taken[j])
            continue;
        buffer_clear(&key_new);
        comparison_key(table, &table->new_columns, rows_fields(new, j), &key_new);
        comparison_single(
            table, (struct row_view){0}, (struct row_view){rows_fields(new, j), new->lines[j]}, TEXT(""),
            buffer_text(&key_new),
            meaning_of_event(table->comparison->meanings, table->form->name, CONDITION_PROJECT_ADDED));
    }
    buffer_free(&key_old);
    buffer_free(&key_new);
    free(partner);
    free(scores);
    free(taken);
}

/* A table without rows that has the columns of READER. */
static struct rows *rows_like(const struct table_reader *reader) {
    size_t count;
    const struct text *columns = table_columns(reader, &count);
    return rows_create(table_name(reader), columns, count);
}

/* Compares two files whose rows have keys, while they are read. */
static void join_files(struct comparison *comparison, const struct settings *settings,
                       const struct table_form *form) {
    struct table_reader *readers[2] = {table_open(settings->old, &settings->common.input),
                                       table_open(settings->new, &settings->common.input)};
    struct rows *left[2] = {rows_like(readers[0]), rows_like(readers[1])};
    struct table_comparison *table = comparison_start(comparison, form, 0, left[0], left[1]);
    comparison_note_columns(table);
    struct key_context keys[2] = {{table, &table->old_columns}, {table, &table->new_columns}};
    struct join_columns *compared = memory_zeroed(table->column_count, sizeof *compared);
    size_t count = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->columns[i].compared)
            compared[count++] = (struct join_columns){table->columns[i].old, table->columns[i].new};
    }
    struct join join = {.readers = {readers[0], readers[1]},
                        .make_key = make_key,
                        .contexts = {&keys[0], &keys[1]},
                        .compared = compared,
                        .compared_count = count,
                        .pair = pair_rows,
                        .context = table};
    join_tables(&join, left);
    compare_left(table, left[0], left[1]);
    comparison_end(table);
    free(compared);
    for (int side = 0; side < 2; side++) {
        table_close(readers[side]);
        rows_free(left[side]);
    }
}

static void compare_files(struct comparison *comparison, const struct settings *settings,
                          const struct table_form *form) {
    if (settings->tables.count > 0)
        die("--tables is for two folders");
    if (form->parent != NULL) {
        versions_compare_files(comparison, form, settings->old, settings->new, &settings->common.input);
        return;
    }
    if (form->keys[0] == NULL)
        die("which columns tell a row? Name them with -k");
    join_files(comparison, settings, form);
}

static void compare_folders(struct comparison *comparison, const struct settings *settings,
                            struct versions *versions) {
    const struct version_name *old = versions_old(versions);
    const struct version_name *new = versions_new(versions);
    if (settings->keys.count > 0 || settings->match != NULL)
        die("-k and --match are for two files: the keys of a report's tables are known");
    comparison->period.moved =
        old->period_end.len > 0 && new->period_end.len > 0 && !text_equal(old->period_end, new->period_end);
    comparison->period.new_year = old->fiscal_year.len > 0 && new->fiscal_year.len > 0 &&
                                  !text_equal(old->fiscal_year, new->fiscal_year);
    comparison->period_end =
        text_compare(old->period_end, new->period_end) > 0 ? old->period_end : new->period_end;
    if (text_compare(old->period_end, new->period_end) > 0 && new->period_end.len > 0)
        diagnose(SEVERITY_NOTE, settings->old, 0, "is of a later period than %s", settings->new);
    versions_compare(versions, comparison);
}

/* Whether the output goes to a terminal whose reader has not asked for plain text. */
static bool wants_colour(const struct settings *settings) {
    const char *no_colour = getenv("NO_COLOR");
    return settings->common.output == NULL && !settings->common.gzip && isatty(STDOUT_FILENO) == 1 &&
           (no_colour == NULL || no_colour[0] == '\0');
}

/* Writes the changes in the form that was asked for. */
static void write_changes(const struct settings *settings, const struct changes *changes,
                          const struct digest_titles *titles, struct profile *profile) {
    bool csv = strcmp(settings->format, "csv") == 0;
    struct digest_options options = {
        .markdown = strcmp(settings->format, "markdown") == 0,
        .thai = settings->thai,
        .colour = strcmp(settings->format, "text") == 0 && wants_colour(settings),
        .gzip = settings->common.gzip,
        .bom = settings->common.bom,
    };
    if (settings->summary && csv)
        digest_write_counts(changes, settings->common.output, &options);
    else if (csv)
        changes_write(changes, settings->common.output, settings->common.gzip, settings->common.bom);
    else
        digest_write(changes, titles, profile, settings->common.output, &options, settings->summary);
}

static void free_settings(struct settings *settings) {
    free(settings->keys.items);
    free(settings->tables.items);
    free(settings->only.items);
    free(settings->ignored.items);
    free(settings->tolerances.items);
    free(settings->named.items);
}

int main(int argc, char **argv) {
    diagnostics_start(argv[0]);
    struct settings settings = {.format = "csv"};
    read_settings(&settings, argc, argv);
    gather_named(&settings);
    bool folders = is_folder(settings.old) && is_folder(settings.new);
    if (!folders && (is_folder(settings.old) || is_folder(settings.new)))
        die("one is a folder and the other is not: %s, %s", settings.old, settings.new);

    struct profile *profile = profile_open(settings.common.profile);
    struct meanings *meanings = meanings_open(profile);
    struct changes changes = {0};
    struct comparison comparison = make_comparison(&settings, meanings, &changes);
    struct version_options version_options = {settings.tables.items, settings.tables.count,
                                              &settings.common.input};
    struct digest_titles titles = {settings.old, settings.new, NULL, NULL};
    struct versions *versions = NULL;
    struct file_form form = {0};
    if (folders) {
        versions = versions_open(settings.old, settings.new, &version_options);
        titles.old_name = versions_old(versions);
        titles.new_name = versions_new(versions);
        comparison.list_lead = profile_pattern(profile, "list-lead");
        compare_folders(&comparison, &settings, versions);
    } else {
        form = make_form(&settings);
        if (form.form.parent != NULL)
            comparison.list_lead = profile_pattern(profile, "list-lead");
        compare_files(&comparison, &settings, &form.form);
    }
    refuse_unknown_columns(&settings.named);
    changes_sort(&changes);
    if (settings.check)
        replay_check(&changes, &comparison, settings.old, settings.new, folders ? NULL : &form.form,
                     &version_options);
    write_changes(&settings, &changes, &titles, profile);
    int status = changes_differ(&changes) ? STATUS_REPORT : STATUS_DONE;

    if (versions != NULL)
        versions_close(versions);
    free_form(&form);
    changes_free(&changes);
    similarity_free(comparison.similarity);
    meanings_free(meanings);
    profile_close(profile);
    free_settings(&settings);
    return status;
}
