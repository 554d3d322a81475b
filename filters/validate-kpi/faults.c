/* What validation finds; see faults.h. */
#include "faults.h"

#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "keyset.h"
#include "table.h"

/* A finding kept for sorting. */
struct kept {
    struct finding finding;
    struct text agency;
    bool merged; /* another filter made it */
};

/* How often a rule spoke for an agency. */
struct tally {
    char *rule;
    char *agency;
    uint64_t counts[3];
};

struct faults {
    const struct rules *rules;
    struct fault_options options;
    struct findings *findings; /* NULL: standard error */
    uint64_t counts[3];
    uint64_t listed;

    struct kept *kept;
    size_t kept_count;
    size_t kept_cap;
    struct arena arena;    /* of their texts */
    struct keyset *merged; /* what findings of other filters are about; NULL: there are none */

    struct tally *tallies;
    size_t tally_count;
    size_t tally_cap;
    struct keyset *tally_places; /* by rule and agency */

    struct text (*agency_of)(void *context, struct text key); /* NULL: not known */
    void *agency_context;

    struct buffer message;
};

struct faults *faults_open(const struct rules *rules, const struct fault_options *options) {
    struct faults *faults = memory_zeroed(1, sizeof *faults);
    faults->rules = rules;
    faults->options = *options;
    faults->tally_places = keyset_new();
    if (options->path != NULL && !options->sorted)
        faults->findings = findings_open(options->path, NULL);
    return faults;
}

void faults_set_agencies(struct faults *faults, struct text (*agency_of)(void *context, struct text key),
                         void *context) {
    faults->agency_of = agency_of;
    faults->agency_context = context;
}

bool faults_wants(const struct faults *faults, enum rule rule) {
    return rule_is_on(faults->rules, rule);
}

static void count(struct faults *faults, struct text rule, struct text agency, enum severity severity) {
    uint64_t place = 0;
    struct buffer key = {0};
    faults->counts[severity]++;
    buffer_append_text(&key, rule);
    buffer_append_char(&key, ' ');
    buffer_append_text(&key, agency);
    bool known = !keyset_add(faults->tally_places, buffer_text(&key), faults->tally_count, &place);
    buffer_free(&key);
    if (known) {
        faults->tallies[place].counts[severity]++;
        return;
    }
    faults->tallies =
        memory_reserve(faults->tallies, &faults->tally_cap, faults->tally_count + 1, sizeof *faults->tallies);
    struct tally *tally = &faults->tallies[faults->tally_count++];
    *tally = (struct tally){text_copy(rule), text_copy(agency), {0, 0, 0}};
    tally->counts[severity]++;
}

/* Appends «Strategy 3, project 6.1: » for S3.P06.1. A strategy that is not known (S0, S?) is left out. */
static void append_place(struct buffer *message, struct text key, enum language language) {
    static const char *const strategy[] = {"Strategy ", "ยุทธศาสตร์ที่ "};
    static const char *const project[] = {"project ", "โครงการที่ "};
    static const char *const part[] = {", part ", " กิจกรรมที่ "};
    if (key.len < 2 || key.data[0] != 'S')
        return;
    struct text rest = text_skip(key, 1);
    struct text piece;
    text_next_piece(&rest, '.', &piece);
    bool known = !text_equal(piece, TEXT("?")) && !text_equal(piece, TEXT("0"));
    if (known)
        buffer_printf(message, "%s%.*s", strategy[language], (int)piece.len, piece.data);
    bool first = true;
    while (rest.data != NULL && text_next_piece(&rest, '.', &piece)) {
        struct text number = text_skip(piece, 1);
        while (first && number.len > 1 && number.data[0] == '0')
            number = text_skip(number, 1);
        if (first)
            buffer_printf(message, "%s%s%.*s",
                          !known                    ? ""
                          : language == LANGUAGE_EN ? ", "
                                                    : " ",
                          project[language], (int)number.len, number.data);
        else if (piece.len > 0 && piece.data[0] == 'A')
            buffer_printf(message, "%s%.*s", part[language], (int)number.len, number.data);
        else
            buffer_printf(message, ".%.*s", (int)piece.len, piece.data);
        first = false;
    }
    buffer_append_text(message, TEXT(": "));
}

static struct text argument(const struct fault *fault, struct text name, struct buffer *number) {
    if (text_equal(name, TEXT("observed")))
        return fault->observed;
    if (text_equal(name, TEXT("expected")))
        return fault->expected;
    if (text_equal(name, TEXT("n"))) {
        buffer_clear(number);
        buffer_append_number(number, fault->n);
        return buffer_text(number);
    }
    for (size_t i = 0; i < FAULT_ARGUMENTS && fault->arguments[i].name != NULL; i++) {
        if (text_equal(name, text_of(fault->arguments[i].name)))
            return fault->arguments[i].value;
    }
    die("rules.csv: the message of '%s' names '%.*s', which the rule does not have", rule_name(fault->rule),
        (int)name.len, name.data);
}

/* At most this many bytes of a value are repeated in a message; `observed` and `expected` have all of it. */
#define MESSAGE_VALUE 240

static void append_value(struct buffer *message, struct text value) {
    if (value.len <= MESSAGE_VALUE) {
        buffer_append_text(message, value);
        return;
    }
    value.len = MESSAGE_VALUE;
    while (value.len > 0 && ((unsigned char)value.data[value.len] & 0xC0) == 0x80)
        value.len--;
    buffer_append_text(message, value);
    buffer_append_text(message, TEXT("…"));
}

static void word(struct faults *faults, const struct fault *fault) {
    enum language language = faults->options.language;
    struct text template = text_of(rule_message(faults->rules, fault->rule, language));
    struct buffer number = {0};
    buffer_clear(&faults->message);
    append_place(&faults->message, fault->key, language);
    for (;;) {
        size_t open = text_find(template, TEXT("{"), 0);
        size_t close = open != SIZE_MAX ? text_find(template, TEXT("}"), open) : SIZE_MAX;
        if (close == SIZE_MAX)
            break;
        buffer_append(&faults->message, template.data, open);
        struct text name = {template.data + open + 1, close - open - 1};
        append_value(&faults->message, argument(fault, name, &number));
        template = text_skip(template, close + 1);
    }
    buffer_append_text(&faults->message, template);
    if (fault->file != NULL && faults->options.path != NULL)
        buffer_printf(&faults->message, language == LANGUAGE_EN ? " (%s, line %llu)" : " (%s บรรทัดที่ %llu)",
                      fault->file, (unsigned long long)fault->file_line);
    buffer_free(&number);
}

/* A copy of a name (NULL is empty), which ends with NUL. */
static const char *keep_name(struct faults *faults, const char *name) {
    size_t len = text_of(name).len;
    char *copy = arena_take(&faults->arena, len + 1);
    if (len > 0)
        memcpy(copy, name, len);
    copy[len] = '\0';
    return copy;
}

static void keep_finding(struct faults *faults, const struct finding *finding, struct text agency,
                         bool merged) {
    if (agency.len == 0 && faults->agency_of != NULL)
        agency = faults->agency_of(faults->agency_context, finding->key);
    faults->kept =
        memory_reserve(faults->kept, &faults->kept_cap, faults->kept_count + 1, sizeof *faults->kept);
    struct kept *kept = &faults->kept[faults->kept_count++];
    kept->finding = *finding;
    kept->finding.key = arena_copy(&faults->arena, finding->key);
    kept->finding.observed = arena_copy(&faults->arena, finding->observed);
    kept->finding.expected = arena_copy(&faults->arena, finding->expected);
    kept->finding.message = arena_copy(&faults->arena, finding->message);
    kept->finding.rule = keep_name(faults, finding->rule);
    kept->finding.table = keep_name(faults, finding->table);
    kept->finding.field = keep_name(faults, finding->field);
    kept->agency = arena_copy(&faults->arena, agency);
    kept->merged = merged;
}

/* Whether another finding may be listed; counts it when so. */
static bool may_list(struct faults *faults) {
    if (faults->options.max_listed > 0 && faults->listed >= faults->options.max_listed)
        return false;
    faults->listed++;
    return true;
}

int faults_add(struct faults *faults, const struct fault *fault) {
    if (!rule_is_on(faults->rules, fault->rule))
        return -1;
    enum severity severity = rule_severity(faults->rules, fault->rule);
    word(faults, fault);
    struct finding finding = {severity,        rule_name(fault->rule),
                              fault->key,      fault->table,
                              fault->n,        fault->field,
                              fault->line,     fault->observed,
                              fault->expected, buffer_text(&faults->message)};
    if (faults->options.sorted) {
        keep_finding(faults, &finding, fault->agency, false);
        return (int)severity;
    }
    count(faults, text_of(finding.rule), fault->agency, severity);
    if (!may_list(faults))
        return (int)severity;
    if (faults->findings != NULL)
        findings_add(faults->findings, &finding);
    else
        diagnose(severity, fault->file, fault->file_line, "%s: %.*s", finding.rule, (int)finding.message.len,
                 finding.message.data);
    return (int)severity;
}

/* Rule, key and line of a finding in one: what it is about. */
static void append_subject(struct buffer *what, const struct finding *finding) {
    buffer_printf(what, "%s %.*s %llu", finding->rule, (int)finding->key.len,
                  finding->key.data != NULL ? finding->key.data : "", (unsigned long long)finding->line);
}

/* Doubts of other filters about a cell that say already what a rule of ours would say of it. */
static const struct {
    enum rule rule;
    const char *said;
} said_already[] = {
    {RULE_TARGET_WITHOUT_NUMBER, "several-numbers"},
    {RULE_NOT_A_NUMBER, "amount-unread"},
    {RULE_NOT_A_NUMBER, "progress-unread"},
};

/* The cell that a finding is about, with what stands in it, as RULE's subject. */
static void append_cell(struct buffer *what, const char *rule, const struct finding *finding) {
    buffer_printf(what, "%s ", rule);
    buffer_append_text(what, finding->key);
    buffer_printf(what, " %s %llu %s ", finding->table, (unsigned long long)finding->n, finding->field);
    buffer_append_text(what, finding->observed);
}

static void remember_merged(struct faults *faults, const struct finding *finding) {
    struct buffer what = {0};
    uint64_t first;
    if (faults->merged == NULL)
        faults->merged = keyset_new();
    append_subject(&what, finding);
    (void)keyset_add(faults->merged, buffer_text(&what), 0, &first);
    buffer_clear(&what);
    append_cell(&what, finding->rule, finding);
    (void)keyset_add(faults->merged, buffer_text(&what), 0, &first);
    buffer_free(&what);
}

static uint64_t read_number(const struct table_reader *reader, uint64_t line, struct text text) {
    uint64_t number = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] < '0' || text.data[i] > '9' || i > 17)
            die_at(table_name(reader), line, "expected a number, not '%.*s'", (int)text.len, text.data);
        number = number * 10 + (uint64_t)(text.data[i] - '0');
    }
    return number;
}

static enum severity read_severity(const struct table_reader *reader, uint64_t line, struct text text) {
    for (int i = SEVERITY_NOTE; i <= SEVERITY_ERROR; i++) {
        if (text_equal(text_of(severity_name((enum severity)i)), text))
            return (enum severity)i;
    }
    die_at(table_name(reader), line, "expected error, warning or note, not '%.*s'", (int)text.len, text.data);
}

void faults_merge(struct faults *faults, const char *path) {
    struct table_reader *reader = table_open(path, NULL);
    size_t places[FINDINGS_COLUMNS];
    for (size_t i = 0; i < FINDINGS_COLUMNS; i++)
        places[i] = table_require_column(reader, findings_columns[i]);
    struct table_row row;
    while (table_read(reader, &row)) {
        struct text values[FINDINGS_COLUMNS];
        for (size_t i = 0; i < FINDINGS_COLUMNS; i++)
            values[i] = row.fields[places[i]];
        char *names[3]; /* rule, table and field */
        static const size_t named[3] = {1, 3, 5};
        for (size_t i = 0; i < 3; i++)
            names[i] = text_copy(values[named[i]]);
        struct finding finding = {read_severity(reader, row.line, values[0]),
                                  names[0],
                                  values[2],
                                  names[1],
                                  read_number(reader, row.line, values[4]),
                                  names[2],
                                  read_number(reader, row.line, values[6]),
                                  values[7],
                                  values[8],
                                  values[9]};
        keep_finding(faults, &finding, (struct text){NULL, 0}, true);
        remember_merged(faults, &finding);
        for (size_t i = 0; i < 3; i++)
            free(names[i]);
    }
    table_close(reader);
}

struct faults *faults_open_beside(const struct faults *faults, const struct rules *rules) {
    struct faults *beside = faults_open(rules, &faults->options);
    faults_set_agencies(beside, faults->agency_of, faults->agency_context);
    return beside;
}

void faults_take(struct faults *faults, struct faults *other) {
    size_t count = faults->kept_count + other->kept_count;
    faults->kept = memory_reserve(faults->kept, &faults->kept_cap, count, sizeof *faults->kept);
    if (other->kept_count > 0)
        memcpy(faults->kept + faults->kept_count, other->kept, other->kept_count * sizeof *other->kept);
    faults->kept_count = count;
    arena_take_over(&faults->arena, &other->arena);
    other->kept_count = 0;
    (void)faults_close(other);
}

/* The order of findings.csv: the gravest first, then by line, rule and key; the rest only so that equal rows
   meet and the order is always the same. */
static int compare(const void *a, const void *b) {
    const struct finding *x = &((const struct kept *)a)->finding;
    const struct finding *y = &((const struct kept *)b)->finding;
    if (x->severity != y->severity)
        return x->severity > y->severity ? -1 : 1;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    int order = strcmp(x->rule, y->rule);
    if (order == 0)
        order = text_compare(x->key, y->key);
    if (order == 0)
        order = strcmp(x->table, y->table);
    if (order == 0)
        order = (x->n > y->n) - (x->n < y->n);
    if (order == 0)
        order = strcmp(x->field, y->field);
    if (order == 0)
        order = text_compare(x->observed, y->observed);
    if (order == 0)
        order = text_compare(x->expected, y->expected);
    return order != 0 ? order : text_compare(x->message, y->message);
}

/* Whether finding INDEX is our own and stands beside one of another filter about the same thing, or one that says as
   much of the same cell. */
static bool gives_way(const struct faults *faults, size_t index) {
    const struct finding *own = &faults->kept[index].finding;
    if (faults->kept[index].merged || faults->merged == NULL)
        return false;
    struct buffer what = {0};
    append_subject(&what, own);
    bool found = keyset_find(faults->merged, buffer_text(&what), NULL);
    for (size_t i = 0; i < sizeof said_already / sizeof *said_already && !found; i++) {
        if (strcmp(rule_name(said_already[i].rule), own->rule) != 0)
            continue;
        buffer_clear(&what);
        append_cell(&what, said_already[i].said, own);
        found = keyset_find(faults->merged, buffer_text(&what), NULL);
    }
    buffer_free(&what);
    return found;
}

/* Says how many findings were counted and not listed, in the list itself and on standard error. */
static void tell_not_listed(struct faults *faults) {
    uint64_t all = faults->counts[0] + faults->counts[1] + faults->counts[2];
    if (all == faults->listed)
        return;
    char number[32];
    struct buffer digits = {0};
    buffer_append_number(&digits, all - faults->listed);
    memcpy(number, digits.data, digits.len);
    struct fault fault = {.rule = RULE_FINDINGS_NOT_LISTED, .observed = {number, digits.len}};
    buffer_free(&digits);
    word(faults, &fault);
    struct finding finding = {
        SEVERITY_NOTE, rule_name(fault.rule),        fault.key, "", 0, "", 0, fault.observed,
        {NULL, 0},     buffer_text(&faults->message)};
    if (faults->findings != NULL)
        findings_add(faults->findings, &finding);
    diagnose(SEVERITY_NOTE, faults->options.path, 0, "%.*s", (int)faults->message.len, faults->message.data);
}

void faults_finish(struct faults *faults) {
    if (faults->options.sorted) {
        if (faults->kept_count > 0)
            qsort(faults->kept, faults->kept_count, sizeof *faults->kept, compare);
        faults->findings = findings_open(faults->options.path, NULL);
        for (size_t i = 0; i < faults->kept_count; i++) {
            const struct kept *kept = &faults->kept[i];
            if ((i > 0 && compare(kept - 1, kept) == 0) || gives_way(faults, i))
                continue;
            count(faults, text_of(kept->finding.rule), kept->agency, kept->finding.severity);
            if (may_list(faults))
                findings_add(faults->findings, &kept->finding);
        }
    }
    tell_not_listed(faults);
}

static int compare_tallies(const void *a, const void *b) {
    const struct tally *x = a;
    const struct tally *y = b;
    int order = strcmp(x->rule, y->rule);
    return order != 0 ? order : strcmp(x->agency, y->agency);
}

void faults_summary(struct faults *faults, struct buffer *csv) {
    if (faults->tally_count > 0)
        qsort(faults->tallies, faults->tally_count, sizeof *faults->tallies, compare_tallies);
    buffer_append_text(csv, TEXT("rule,agency,errors,warnings,notes\n"));
    for (size_t i = 0; i < faults->tally_count; i++) {
        const struct tally *tally = &faults->tallies[i];
        table_append_field(csv, text_of(tally->rule));
        buffer_append_char(csv, ',');
        table_append_field(csv, text_of(tally->agency));
        buffer_printf(csv, ",%llu,%llu,%llu\n", (unsigned long long)tally->counts[SEVERITY_ERROR],
                      (unsigned long long)tally->counts[SEVERITY_WARNING],
                      (unsigned long long)tally->counts[SEVERITY_NOTE]);
    }
    buffer_printf(csv, "total,,%llu,%llu,%llu\n", (unsigned long long)faults->counts[SEVERITY_ERROR],
                  (unsigned long long)faults->counts[SEVERITY_WARNING],
                  (unsigned long long)faults->counts[SEVERITY_NOTE]);
}

int faults_close(struct faults *faults) {
    int status = faults->counts[SEVERITY_ERROR] > 0 ? STATUS_REPORT : STATUS_DONE;
    if (faults->findings != NULL)
        (void)findings_close(faults->findings);
    for (size_t i = 0; i < faults->tally_count; i++) {
        free(faults->tallies[i].rule);
        free(faults->tallies[i].agency);
    }
    free(faults->kept);
    arena_free(&faults->arena);
    if (faults->merged != NULL)
        keyset_free(faults->merged);
    free(faults->tallies);
    keyset_free(faults->tally_places);
    buffer_free(&faults->message);
    free(faults);
    return status;
}
