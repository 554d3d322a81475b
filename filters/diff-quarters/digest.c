/* The list of changes for people; see digest.h. */
#include "digest.h"

#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "decimal.h"
#include "diagnostics.h"
#include "rows.h"
#include "table.h"
#include "utf8.h"

/* A word for the reader. */
struct label {
    char *name;
    char *text;
};

struct digest {
    const struct changes *changes;
    const struct digest_options *options;
    struct output *output;
    struct label *labels;
    size_t label_count;
    size_t label_cap;
    struct buffer line;
};

/* Changes from FIRST on, COUNT of them, that are of one project. */
struct project {
    size_t first;
    size_t count;
};

static void load_labels(struct digest *digest, struct profile *profile) {
    struct table_reader *reader = profile_table(profile, "labels.csv");
    size_t name = table_require_column(reader, "name");
    size_t text = table_require_column(reader, digest->options->thai ? "thai" : "english");
    struct table_row row;
    while (table_read(reader, &row)) {
        digest->labels = memory_reserve(digest->labels, &digest->label_cap, digest->label_count + 1,
                                        sizeof *digest->labels);
        digest->labels[digest->label_count++] =
            (struct label){text_copy(row.fields[name]), text_copy(row.fields[text])};
    }
    table_close(reader);
}

/* The word for NAME, or NAME itself. */
static struct text label(const struct digest *digest, struct text name) {
    for (size_t i = 0; i < digest->label_count; i++) {
        if (text_equal(text_of(digest->labels[i].name), name))
            return text_of(digest->labels[i].text);
    }
    return name;
}

static void put(struct digest *digest, const char *text) {
    buffer_append_text(&digest->line, text_of(text));
}

static void put_label(struct digest *digest, const char *name) {
    buffer_append_text(&digest->line, label(digest, text_of(name)));
}

static void end_line(struct digest *digest) {
    buffer_append_char(&digest->line, '\n');
    output_write(digest->output, buffer_text(&digest->line));
    buffer_clear(&digest->line);
}

/* Characters that mean something to Markdown. */
static bool is_markup(char c) {
    return strchr("\\`*_{}[]<>#|~", c) != NULL;
}

/* Text from the tables: control characters are shown as `?`, so that a terminal obeys none. */
static void put_text(struct digest *digest, struct text text) {
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        /* U+0080 to U+009F are control characters too: C2 80 to C2 9F. */
        bool is_c1 = c == 0xC2 && i + 1 < text.len && (unsigned char)text.data[i + 1] < 0xA0;
        if (c == '\n' || c == '\t' || c == '\r') {
            buffer_append_char(&digest->line, ' ');
        } else if (c < ' ' || c == 0x7F || is_c1) {
            buffer_append_char(&digest->line, '?');
            i += is_c1;
        } else {
            if (digest->options->markdown && is_markup((char)c))
                buffer_append_char(&digest->line, '\\');
            buffer_append_char(&digest->line, (char)c);
        }
    }
}

/* At most LIMIT characters of TEXT. */
static void put_short(struct digest *digest, struct text text, size_t limit) {
    size_t at = 0;
    size_t count = 0;
    while (at < text.len && count < limit) {
        utf8_decode(text, &at);
        count++;
    }
    put_text(digest, (struct text){text.data, at});
    if (at < text.len)
        put(digest, "…");
}

enum colour { PLAIN, OLD_VALUE, NEW_VALUE, MEANING, HEADING };

static void put_colour(struct digest *digest, enum colour colour) {
    static const char *const codes[] = {"\033[0m", "\033[31m", "\033[32m", "\033[33m", "\033[1m"};
    if (digest->options->colour)
        put(digest, codes[colour]);
}

/* 12500000.5 as 12,500,000.5. */
static void put_amount(struct digest *digest, struct text amount) {
    size_t whole = 0;
    while (whole < amount.len && amount.data[whole] != '.')
        whole++;
    for (size_t i = 0; i < amount.len; i++) {
        if (i > 0 && i < whole && (whole - i) % 3 == 0 && amount.data[i - 1] != '-')
            buffer_append_char(&digest->line, ',');
        buffer_append_char(&digest->line, amount.data[i]);
    }
}

/* 2024-09-30 as 30 ก.ย. 2567. */
static void put_thai_date(struct digest *digest, struct date date) {
    char month[] = "month-00";
    if (date.day > 0)
        buffer_printf(&digest->line, "%d ", date.day);
    if (date.month > 0) {
        month[6] = (char)('0' + date.month / 10);
        month[7] = (char)('0' + date.month % 10);
        put_label(digest, month);
        put(digest, " ");
    }
    buffer_printf(&digest->line, "%d", date.year + DATE_BUDDHIST_ERA);
}

static bool is_date_field(struct text field) {
    return text_equal(field, TEXT("start")) || text_equal(field, TEXT("period_start")) || field_is_end(field);
}

/* Longest value that is shown whole, in characters. */
#define VALUE_LIMIT 160
#define TITLE_LIMIT 100

/* A code that the tables use, in the reader's words: `status=met` in labels.csv. */
static bool put_code(struct digest *digest, struct text field, struct text value) {
    struct buffer name = {0};
    buffer_printf(&name, "%.*s=%.*s", (int)field.len, field.data, (int)value.len, value.data);
    struct text word = label(digest, buffer_text(&name));
    bool known = word.data != name.data;
    if (known)
        buffer_append_text(&digest->line, word);
    buffer_free(&name);
    return known;
}

static void put_value(struct digest *digest, struct text field, struct text value) {
    struct decimal number;
    struct date date;
    if (value.len < 16 && value.len > 0 && put_code(digest, field, value))
        return;
    if (value.len == 0)
        put_label(digest, "(empty)");
    else if (change_is_amount(field) && decimal_parse(value, &number))
        put_amount(digest, value);
    else if (digest->options->thai && is_date_field(field) && date_parse(value, &date))
        put_thai_date(digest, date);
    else
        put_short(digest, value, VALUE_LIMIT);
}

/* The difference: its number, with thousands parted and a plus, and what stands behind. */
static void put_delta(struct digest *digest, const struct change *change) {
    struct text delta = change->delta;
    if (delta.len == 0 || text_equal(delta, TEXT("0")))
        return;
    put(digest, "  (");
    if (delta.data[0] == '~') {
        put_label(digest, "similarity");
        put(digest, " ");
        put_text(digest, text_skip(delta, 1));
    } else {
        size_t blank = text_find(delta, TEXT(" "), 0);
        struct text number = {delta.data, blank == SIZE_MAX ? delta.len : blank};
        if (number.data[0] != '-')
            put(digest, "+");
        put_amount(digest, number);
        if (blank != SIZE_MAX && text_find(delta, TEXT("day"), 0) != SIZE_MAX) {
            put(digest, " ");
            put_label(digest, "days");
        } else if (blank != SIZE_MAX) {
            put(digest, ", ");
            put_text(digest, text_trim((struct text){delta.data + blank + 2, delta.len - blank - 3}));
        }
    }
    put(digest, ")");
}

static const char *meaning_text(const struct digest *digest, const struct meaning *meaning) {
    return digest->options->thai ? meaning->thai : meaning->english;
}

static void put_meaning(struct digest *digest, const struct meaning *meaning) {
    if (meaning == NULL)
        return;
    put_colour(digest, MEANING);
    put(digest, digest->options->markdown ? " — **" : "  ");
    put_text(digest, text_of(meaning_text(digest, meaning)));
    if (digest->options->markdown)
        put(digest, "**");
    put_colour(digest, PLAIN);
}

static bool same_project(const struct change *a, const struct change *b) {
    return text_equal(a->key_old, b->key_old) && text_equal(a->key_new, b->key_new);
}

static bool next_project(const struct changes *changes, struct project *project) {
    project->first += project->count;
    project->count = 0;
    while (project->first + project->count < changes->count &&
           same_project(&changes->items[project->first], &changes->items[project->first + project->count]))
        project->count++;
    return project->count > 0;
}

static bool is_table(const struct change *change, const char *name) {
    return strcmp(change->table, name) == 0;
}

/* Whether the change is in a row beneath a project: a KPI, an activity. */
static bool is_beneath(const struct change *change) {
    const struct table_form *form = table_form_find(change->table);
    return form != NULL && form->parent != NULL;
}

/* Whether the change is in a table about the report as a whole, whose rows are no projects. */
static bool is_of_report(const struct change *change) {
    const struct table_form *form = table_form_find(change->table);
    return form != NULL && form->parent == NULL && !form->is_project;
}

/* Whether it is one of the figures of ministry, strategies and agencies. */
static bool is_figure(const struct change *change) {
    return is_of_report(change) && !is_table(change, "report");
}

/* Whether a change of the summary table only says again what one of the project's own section says, or one of
   the aggregates what one of the declared figures says. */
static bool is_said_before(const struct changes *changes, const struct project *project, size_t index) {
    const struct change *change = &changes->items[index];
    if (is_table(change, "aggregates") && text_starts(change->field, TEXT("declared_")))
        return true;
    if (!is_table(change, "summary"))
        return false;
    for (size_t i = project->first; i < index; i++) {
        const struct change *before = &changes->items[i];
        if (!is_table(before, "projects") || before->kind != change->kind)
            continue;
        if (change->kind == CHANGE_ADDED || change->kind == CHANGE_REMOVED ||
            (text_equal(before->old, change->old) && text_equal(before->new, change->new)))
            return true;
    }
    return false;
}

/* Whether the change is a row beneath a project that itself came or went. */
static bool is_carried(const struct change *change) {
    return (change->key_old.len == 0) != (change->key_new.len == 0) && is_beneath(change);
}

static void put_key(struct digest *digest, const struct change *change) {
    put_text(digest, change->key_old);
    if (change->key_old.len > 0 && change->key_new.len > 0 && !text_equal(change->key_old, change->key_new))
        put(digest, " → ");
    if (!text_equal(change->key_old, change->key_new))
        put_text(digest, change->key_new);
}

static struct text project_title(const struct changes *changes, const struct project *project) {
    const struct change *first = &changes->items[project->first];
    const struct text *title = changes_title(changes, first->key_old, first->key_new);
    if (title != NULL)
        return *title;
    for (size_t i = project->first; i < project->first + project->count; i++) {
        if (!is_beneath(&changes->items[i]))
            return changes->items[i].title;
    }
    return TEXT("");
}

/* The heading of a project; tables of the whole report have one heading for all their rows. */
static void write_heading(struct digest *digest, const struct project *project) {
    const struct change *first = &digest->changes->items[project->first];
    bool of_report = is_of_report(first);
    if (is_figure(first) && project->first > 0 && is_figure(&first[-1]))
        return;
    end_line(digest);
    put(digest, digest->options->markdown ? "### " : "");
    put_colour(digest, HEADING);
    if (is_figure(first))
        put_label(digest, "figures");
    else if (of_report || first->key_old.len + first->key_new.len == 0)
        put_label(digest, first->table);
    else
        put_key(digest, first);
    put_colour(digest, PLAIN);
    struct text title = of_report ? TEXT("") : project_title(digest->changes, project);
    if (title.len > 0) {
        put(digest, "  ");
        put_text(digest, title);
    }
    end_line(digest);
    if (digest->options->markdown)
        end_line(digest);
}

static bool same_row(const struct change *a, const struct change *b) {
    return strcmp(a->table, b->table) == 0 && a->line_old == b->line_old && a->line_new == b->line_new &&
           text_equal(a->n, b->n) && text_equal(a->title, b->title);
}

/* Where the year begins that stands in brackets behind the title of a KPI; the title's length where none does. */
static size_t year_start(const struct change *change) {
    const struct table_form *form = table_form_find(change->table);
    size_t at = change->title.len;
    if (form == NULL || form->same == NULL || at == 0 || change->title.data[at - 1] != ')')
        return at;
    while (at > 0 && change->title.data[at - 1] != '(')
        at--;
    return at > 1 ? at - 2 : change->title.len;
}

/* How many changes from FIRST on, before END, are of one row. */
static size_t row_length(const struct changes *changes, size_t first, size_t end) {
    size_t length = 1;
    while (first + length < end && same_row(&changes->items[first], &changes->items[first + length]))
        length++;
    return length;
}

/* Whether LENGTH changes from A on say of one year of a KPI what those from B on say of another. */
static bool says_of_other_year(const struct change *a, const struct change *b, size_t length) {
    for (size_t i = 0; i < length; i++, a++, b++) {
        size_t start = year_start(a);
        bool whole = a->kind == CHANGE_ADDED || a->kind == CHANGE_REMOVED;
        if (strcmp(a->table, b->table) != 0 || a->kind != b->kind || a->meaning != b->meaning ||
            start == a->title.len || start != year_start(b) ||
            memcmp(a->title.data, b->title.data, start) != 0 || !text_equal(a->n, b->n) ||
            !text_equal(a->field, b->field) ||
            (!whole && (!text_equal(a->old, b->old) || !text_equal(a->new, b->new))))
            return false;
    }
    return true;
}

static void put_row_name(struct digest *digest, const struct change *change) {
    put_label(digest, change->table);
    if (change->n.len > 0) {
        put(digest, " ");
        put_text(digest, change->n);
    }
    if (change->title.len > 0) {
        put(digest, " «");
        size_t year = year_start(change);
        put_short(digest, (struct text){change->title.data, year}, TITLE_LIMIT);
        put_text(digest, text_skip(change->title, year));
        put(digest, "»");
    }
}

static void put_field_name(struct digest *digest, const struct change *change) {
    struct buffer name = {0};
    buffer_printf(&name, "%s.%.*s", change->table, (int)change->field.len, change->field.data);
    struct text word = label(digest, buffer_text(&name));
    if (word.data == name.data)
        word = label(digest, change->field);
    put_text(digest, word);
    buffer_free(&name);
}

/* Whether a column of the summary table is one of the project's own too, and that changed otherwise: it must be told
   which is meant. */
static bool is_repeated_field(const struct digest *digest, const struct change *change) {
    if (!is_table(change, "summary"))
        return false;
    for (const struct change *before = change; before > digest->changes->items; before--) {
        if (!same_project(&before[-1], change))
            return false;
        if (is_table(&before[-1], "projects") && text_equal(before[-1].field, change->field))
            return true;
    }
    return false;
}

static void write_field(struct digest *digest, const struct change *change, const char *indent) {
    put(digest, indent);
    put(digest, digest->options->markdown ? "- " : "");
    if (is_figure(change) && change->key_old.len + change->key_new.len > 0) {
        put_key(digest, change);
        put(digest, ", ");
        put_label(digest, change->table);
        put(digest, ": ");
    }
    if (change->field.len == 0 || change->is_column) {
        put_label(digest, change_kind_name(change->kind));
        put(digest, change->field.len > 0 ? ": " : "");
        put_text(digest, change->field);
        put_meaning(digest, change->meaning);
        end_line(digest);
        return;
    }
    if (is_repeated_field(digest, change)) {
        put_label(digest, change->table);
        put(digest, ", ");
    }
    if (change->kind == CHANGE_RENUMBERED || change->kind == CHANGE_MOVED)
        put_label(digest, change_kind_name(change->kind));
    else
        put_field_name(digest, change);
    put(digest, ": ");
    put_colour(digest, OLD_VALUE);
    put_value(digest, change->field, change->old);
    put_colour(digest, PLAIN);
    if (change->kind != CHANGE_UNCHANGED) {
        put(digest, " → ");
        put_colour(digest, NEW_VALUE);
        put_value(digest, change->field, change->new);
        put_colour(digest, PLAIN);
        put_delta(digest, change);
    }
    put_meaning(digest, change->meaning);
    end_line(digest);
}

/* The rows that came or went with the project, counted by table. */
static void write_carried(struct digest *digest, const struct project *project) {
    size_t end = project->first + project->count;
    bool first = true;
    for (size_t i = project->first; i < end;) {
        const struct change *change = &digest->changes->items[i];
        size_t count = 0;
        while (i + count < end && strcmp(digest->changes->items[i + count].table, change->table) == 0)
            count++;
        if (is_carried(change)) {
            put(digest, first ? (digest->options->markdown ? "- " : "  ") : ", ");
            if (first)
                put_label(digest, "rows-beneath");
            put(digest, first ? ": " : "");
            put_label(digest, change->table);
            buffer_printf(&digest->line, " %zu", count);
            first = false;
        }
        i += count;
    }
    if (!first)
        end_line(digest);
}

/* Writes the changes of the row beneath a project that begin at FIRST, before END, and says of which other years they
   are too. Returns where the next row's begin. */
static size_t write_row(struct digest *digest, size_t first, size_t end) {
    const struct change *items = digest->changes->items;
    const struct change *change = &items[first];
    bool markdown = digest->options->markdown;
    bool whole = change->kind == CHANGE_ADDED || change->kind == CHANGE_REMOVED;
    size_t length = row_length(digest->changes, first, end);
    size_t next = first + length;
    put(digest, markdown ? "- " : "  ");
    if (whole) {
        put_label(digest, change_kind_name(change->kind));
        put(digest, ": ");
    }
    put_row_name(digest, change);
    for (; next + length <= end && row_length(digest->changes, next, end) == length &&
           says_of_other_year(change, &items[next], length);
         next += length) {
        put(digest, ",");
        put_text(digest, text_skip(items[next].title, year_start(&items[next])));
    }
    if (whole)
        put_meaning(digest, change->meaning);
    end_line(digest);
    for (size_t i = first; i < first + length && !whole; i++)
        write_field(digest, &items[i], markdown ? "  " : "    ");
    return next;
}

static void write_project(struct digest *digest, const struct project *project) {
    const struct change *items = digest->changes->items;
    size_t end = project->first + project->count;
    write_heading(digest, project);
    for (size_t i = project->first; i < end;) {
        const struct change *change = &items[i];
        if (is_carried(change) || is_said_before(digest->changes, project, i) ||
            (change->kind == CHANGE_UNCHANGED && change->meaning == NULL)) {
            i++;
        } else if (is_beneath(change) && !change->is_column) {
            i = write_row(digest, i, end);
        } else {
            write_field(digest, change, digest->options->markdown ? "" : "  ");
            i++;
        }
    }
    write_carried(digest, project);
}

/* One line of the counts: all changes of one meaning, or of one kind without meaning. */
struct count {
    const struct meaning *meaning; /* the first of its name; NULL for a kind */
    enum change_kind kind;
    size_t projects;
    size_t changes;
};

static bool counts_as(const struct change *change, const struct count *count) {
    if (count->meaning != NULL)
        return change->meaning != NULL && strcmp(change->meaning->name, count->meaning->name) == 0;
    return change->meaning == NULL && change->kind == count->kind;
}

static int compare_counts(const void *left, const void *right) {
    const struct count *a = left;
    const struct count *b = right;
    if ((a->meaning == NULL) != (b->meaning == NULL))
        return a->meaning == NULL ? 1 : -1;
    if (a->meaning != NULL)
        return (a->meaning > b->meaning) - (a->meaning < b->meaning);
    return (int)a->kind - (int)b->kind;
}

/* Counts by meaning, in the order of meanings.csv, then what has none by kind. The caller frees. */
static struct count *count_meanings(const struct changes *changes, size_t *found) {
    struct count *counts = NULL;
    size_t cap = 0;
    *found = 0;
    struct project project = {0, 0};
    while (next_project(changes, &project)) {
        size_t known = *found;
        bool *seen = memory_zeroed(known + project.count, sizeof *seen);
        for (size_t i = project.first; i < project.first + project.count; i++) {
            const struct change *change = &changes->items[i];
            if (change->kind == CHANGE_UNCHANGED && change->meaning == NULL)
                continue;
            size_t at = 0;
            while (at < *found && !counts_as(change, &counts[at]))
                at++;
            if (at == *found) {
                counts = memory_reserve(counts, &cap, *found + 1, sizeof *counts);
                counts[(*found)++] = (struct count){change->meaning, change->kind, 0, 0};
            }
            if (change->meaning != NULL && change->meaning < counts[at].meaning)
                counts[at].meaning = change->meaning;
            counts[at].projects += !seen[at];
            counts[at].changes++;
            seen[at] = true;
        }
        free(seen);
    }
    if (*found > 0)
        qsort(counts, *found, sizeof *counts, compare_counts);
    return counts;
}

/* As many keys are named in the counts. */
#define TEXT_KEYS 12
#define PAGE_KEYS 200

/* The keys of the projects that COUNT counts. */
static void put_keys(struct digest *digest, const struct count *count) {
    struct project project = {0, 0};
    size_t limit = digest->options->markdown ? PAGE_KEYS : TEXT_KEYS;
    size_t named = 0;
    while (next_project(digest->changes, &project)) {
        bool counted = false;
        for (size_t i = project.first; i < project.first + project.count && !counted; i++)
            counted = counts_as(&digest->changes->items[i], count);
        if (!counted)
            continue;
        put(digest, named == 0 ? "" : ", ");
        if (named++ == limit) {
            put(digest, "…");
            return;
        }
        put_key(digest, &digest->changes->items[project.first]);
    }
}

static void write_counts(struct digest *digest) {
    size_t found;
    struct count *counts = count_meanings(digest->changes, &found);
    bool markdown = digest->options->markdown;
    if (markdown && found > 0) {
        put(digest, "| ");
        put_label(digest, "what");
        put(digest, " | ");
        put_label(digest, "how-many");
        put(digest, " | ");
        put_label(digest, "which");
        put(digest, " |");
        end_line(digest);
        put(digest, "| --- | ---: | --- |");
        end_line(digest);
    }
    for (size_t i = 0; i < found; i++) {
        const struct count *count = &counts[i];
        bool is_plain =
            count->meaning == NULL &&
            (count->kind == CHANGE_CHANGED || count->kind == CHANGE_ADDED || count->kind == CHANGE_REMOVED);
        put(digest, markdown ? "| " : "  ");
        if (count->meaning != NULL)
            put_text(digest, text_of(meaning_text(digest, count->meaning)));
        else
            put_label(digest, is_plain ? (count->kind == CHANGE_CHANGED ? "otherwise-changed"
                                          : count->kind == CHANGE_ADDED ? "otherwise-added"
                                                                        : "otherwise-removed")
                                       : change_kind_name(count->kind));
        put(digest, markdown ? " | " : ": ");
        buffer_printf(&digest->line, "%zu", is_plain ? count->changes : count->projects);
        put(digest, markdown ? " | " : "  ");
        if (!is_plain)
            put_keys(digest, count);
        put(digest, markdown ? " |" : "");
        while (digest->line.len > 0 && digest->line.data[digest->line.len - 1] == ' ')
            digest->line.len--;
        end_line(digest);
    }
    free(counts);
}

static void put_version(struct digest *digest, const struct version_name *name, const char *path) {
    if (name == NULL || name->fiscal_year.len == 0 || name->quarter.len == 0) {
        put_text(digest, text_of(path));
        return;
    }
    put_text(digest, name->ministry);
    put(digest, name->ministry.len > 0 ? " " : "");
    put_text(digest, name->fiscal_year);
    put(digest, "-q");
    put_text(digest, name->quarter);
}

static void write_title(struct digest *digest, const struct digest_titles *titles) {
    put(digest, digest->options->markdown ? "# " : "");
    put_colour(digest, HEADING);
    if (digest->options->markdown) {
        put_label(digest, "page-title");
        put(digest, ": ");
    }
    put_version(digest, titles->old_name, titles->old_path);
    put(digest, " → ");
    put_version(digest, titles->new_name, titles->new_path);
    put_colour(digest, PLAIN);
    end_line(digest);
}

void digest_write(const struct changes *changes, const struct digest_titles *titles, struct profile *profile,
                  const char *path, const struct digest_options *options, bool only_counts) {
    struct digest digest = {
        .changes = changes, .options = options, .output = output_open(path, options->gzip)};
    bool markdown = options->markdown;
    load_labels(&digest, profile);
    write_title(&digest, titles);
    end_line(&digest);
    if (changes->count == 0) {
        put(&digest, markdown ? "" : "  ");
        put_label(&digest, "no-change");
        end_line(&digest);
    }
    if (markdown && changes->count > 0) {
        put(&digest, "## ");
        put_label(&digest, "in-short");
        end_line(&digest);
        end_line(&digest);
    }
    write_counts(&digest);
    if (!only_counts && changes->count > 0) {
        if (markdown) {
            end_line(&digest);
            put(&digest, "## ");
            put_label(&digest, "by-project");
            end_line(&digest);
        }
        struct project project = {0, 0};
        while (next_project(changes, &project))
            write_project(&digest, &project);
    }
    output_close(digest.output);
    for (size_t i = 0; i < digest.label_count; i++) {
        free(digest.labels[i].name);
        free(digest.labels[i].text);
    }
    free(digest.labels);
    buffer_free(&digest.line);
}

/* A line of the counts as a table. */
struct tally {
    const char *table;
    unsigned rank;
    enum change_kind kind;
    const char *meaning;
    size_t projects;
    size_t changes;
    const struct change *last;
};

static int compare_tallies(const void *left, const void *right) {
    const struct tally *a = left;
    const struct tally *b = right;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    if (a->kind != b->kind)
        return (int)a->kind - (int)b->kind;
    return strcmp(a->meaning, b->meaning);
}

void digest_write_counts(const struct changes *changes, const char *path,
                         const struct digest_options *options) {
    static const char *const columns[] = {"table", "change", "meaning", "projects", "changes"};
    struct tally *tallies = NULL;
    size_t count = 0;
    size_t cap = 0;
    for (size_t i = 0; i < changes->count; i++) {
        const struct change *change = &changes->items[i];
        const char *meaning = change->meaning != NULL ? change->meaning->name : "";
        size_t at = 0;
        while (at < count && (tallies[at].rank != change->table_rank || tallies[at].kind != change->kind ||
                              strcmp(tallies[at].meaning, meaning) != 0))
            at++;
        if (at == count) {
            tallies = memory_reserve(tallies, &cap, count + 1, sizeof *tallies);
            tallies[count++] =
                (struct tally){change->table, change->table_rank, change->kind, meaning, 0, 0, NULL};
        }
        tallies[at].projects += tallies[at].last == NULL || !same_project(tallies[at].last, change);
        tallies[at].changes++;
        tallies[at].last = change;
    }
    if (count > 0)
        qsort(tallies, count, sizeof *tallies, compare_tallies);
    struct table_writer *writer = table_create(path, options->gzip, options->bom, columns, 5);
    for (size_t i = 0; i < count; i++) {
        table_put_string(writer, tallies[i].table);
        table_put_string(writer, change_kind_name(tallies[i].kind));
        table_put_string(writer, tallies[i].meaning);
        table_put_number(writer, tallies[i].projects);
        table_put_number(writer, tallies[i].changes);
        table_end_row(writer);
    }
    table_finish(writer);
    free(tallies);
}
