/* Rules on the rows of lists: the same row twice, rows without a number, and numbers that do not follow each other. */
#include <stdlib.h>

#include "check.h"
#include "check_rows.h"
#include "spelling.h"

/* A row of a list as far as its number goes. */
struct list_row {
    struct text text;
    struct text beside; /* an activity's period or result */
    bool labelled;      /* the word for activity stands before the number */
    bool part;          /* of the row above, such as 1.1: no row of the list itself */
    bool valued;        /* has more than its text: it is no heading */
    size_t sign;        /* behind the number */
    int64_t number;     /* 0: none */
    uint64_t n;
    uint64_t line;
};

/* One project's rows of a table, or one strategy's. */
struct list {
    enum table table;
    const char *field;
    size_t project;
    struct text key;
    struct list_row *rows;
    size_t count;
    size_t cap;
};

#define SIGNS 3

/* A list's numbers so far, of one kind: what was printed last, and what it should have been. */
struct numbers {
    int64_t printed;
    int64_t right;
    bool told; /* the last one does not follow */
};

/* The kinds: with the word for activity or without, by the sign behind the number. */
struct numbering {
    struct numbers of[2][SIGNS];
    size_t gap;   /* rows without a number directly above */
    size_t blank; /* rows without a number in the whole list */
};

static size_t sign_of(struct text sign) {
    return sign.len == 0 ? 0 : sign.data[0] == '.' ? 1 : 2;
}

/* Reads the number before a row's text; the word for activity may be misspelt, as extract-records has told. */
static bool read_number(struct check *check, enum table table, struct text text, struct match *match) {
    enum { BEGINNING = 60 }; /* bytes */
    const struct pattern *pattern = rule_pattern(check->rules, RULE_ROW_MISNUMBERED);
    struct misspelling first;
    if (pattern_match(pattern, text, 0, match))
        return true;
    if (table != TABLE_ACTIVITIES && table != TABLE_ACTIVITY_RESULTS)
        return false;
    size_t len = text.len < BEGINNING ? text.len : BEGINNING;
    while (len < text.len && len > 0 && ((unsigned char)text.data[len] & 0xC0) == 0x80)
        len--;
    if (check->spelling == NULL)
        check->spelling = spelling_open(check->profile);
    return pattern_match(
        pattern, spelling_mend(check->spelling, "activity", (struct text){text.data, len}, &first), 0, match);
}

static void add_row(struct check *check, struct list *list, struct list_row row) {
    struct match match;
    if (read_number(check, list->table, row.text, &match)) {
        row.part = match_group(&match, "part").len > 0;
        row.number = row.part ? 0 : (int64_t)count_read(match_group(&match, "number"));
        row.labelled = match_group(&match, "word").len > 0;
        row.sign = sign_of(match_group(&match, "sign"));
    }
    list->rows = memory_reserve(list->rows, &list->cap, list->count + 1, sizeof *list->rows);
    list->rows[list->count++] = row;
}

static struct fault list_fault(const struct check *check, enum rule rule, const struct list *list,
                               const struct list_row *row) {
    struct fault fault = check_fault(check, rule, list->project, list->table, row->n, list->field, row->line);
    if (list->project == NO_PROJECT)
        fault.key = list->key;
    return fault;
}

static void tell_misnumbered(struct check *check, const struct list *list, const struct list_row *row,
                             int64_t right) {
    struct fault fault = list_fault(check, RULE_ROW_MISNUMBERED, list, row);
    fault.observed = check_number_text(check, decimal_of(row->number));
    fault.expected = check_number_text(check, decimal_of(right));
    check_tell(check, &fault);
}

/* NUMBER is the row's, or that of the row below, when no number is LOST. */
static void tell_unnumbered(struct check *check, const struct list *list, const struct list_row *row,
                            int64_t number, bool lost) {
    static const char *const is[] = {"by the rows around it, it is number", "เมื่อดูจากแถวข้างเคียงควรเป็นลำดับที่"};
    static const char *const between[] = {"it belongs to the row above, or was put in before number",
                                          "อาจเป็นส่วนหนึ่งของแถวก่อนหน้า หรือแทรกไว้ก่อนลำดับที่"};
    struct buffer why = {0};
    buffer_printf(&why, "%s %lld", (lost ? is : between)[check->language], (long long)number);
    struct fault fault = list_fault(check, RULE_ROW_UNNUMBERED, list, row);
    fault.observed = row->text;
    fault.arguments[0] = (struct fault_argument){"why", buffer_text(&why)};
    check_tell(check, &fault);
    buffer_free(&why);
}

static bool same_kind(const struct list_row *a, const struct list_row *b) {
    return a->number > 0 && b->number > 0 && a->labelled == b->labelled && a->sign == b->sign;
}

/* The next row of the same kind as the row AT; NULL when there is none. */
static const struct list_row *next_of_kind(const struct list *list, size_t at) {
    for (size_t i = at + 1; i < list->count; i++) {
        if (same_kind(&list->rows[i], &list->rows[at]))
            return &list->rows[i];
    }
    return NULL;
}

/* Whether a list begins anew with the 1 of the row AT: neither where the row below goes on with what should stand here,
   nor where labelled rows one behind the other are all the first. */
static bool begins_anew(const struct list *list, size_t at, const struct numbers *numbers) {
    const struct list_row *row = &list->rows[at];
    if (row->number != 1 || numbers->right == 0)
        return row->number == 1;
    const struct list_row *next = next_of_kind(list, at);
    bool again = row->labelled && at > 0 && same_kind(&list->rows[at - 1], row) && numbers->printed == 1;
    return !again && (next == NULL || next->number != numbers->right + 2);
}

static bool follows(const struct list *list, size_t at, const struct numbers *numbers) {
    int64_t number = list->rows[at].number;
    return number == numbers->right + 1 || (numbers->right > 0 && number == numbers->printed + 1) ||
           begins_anew(list, at, numbers);
}

/* The numbers that the row AT goes on with: those of its kind, or of another sign when it follows only there. */
static struct numbers *numbers_of(const struct list *list, size_t at, struct numbering *numbering) {
    const struct list_row *row = &list->rows[at];
    struct numbers *kinds = numbering->of[row->labelled];
    if (follows(list, at, &kinds[row->sign]))
        return &kinds[row->sign];
    for (size_t i = 0; i < SIGNS; i++) {
        if (kinds[i].right > 0 && kinds[i].right + 1 == row->number)
            return &kinds[i];
    }
    return &kinds[row->sign];
}

/* Of rows without a number above the row AT: as many as numbers are missing have lost theirs; the only one of a list,
   where none is missing, is no row of its own. */
static bool check_gap(struct check *check, const struct list *list, size_t at,
                      const struct numbering *numbering, int64_t right) {
    const struct list_row *row = &list->rows[at];
    size_t gap = numbering->gap;
    if (gap > 0 && row->number - right == (int64_t)gap) {
        for (size_t i = 0; i < gap; i++)
            tell_unnumbered(check, list, &row[i - gap], right + (int64_t)i, true);
        return true;
    }
    if (gap == 1 && numbering->blank == 1 && row->number == right && at > 1 && same_kind(&row[-2], row) &&
        row[-1].valued)
        tell_unnumbered(check, list, &row[-1], right, false);
    return false;
}

/* Whether the number before the row's text is the text's own, as in «20 courses»: it has neither sign nor label, and it
   goes on with nothing. */
static bool is_of_text(const struct list *list, size_t at, const struct numbers *numbers) {
    const struct list_row *row = &list->rows[at];
    return !row->labelled && row->sign == 0 && numbers->right == 0 && !follows(list, at, numbers);
}

/* Tells when the row's number does not follow that of the row before, of the same kind. */
static void check_number(struct check *check, const struct list *list, size_t at,
                         struct numbering *numbering) {
    const struct list_row *row = &list->rows[at];
    struct numbers *numbers = numbers_of(list, at, numbering);
    int64_t right = numbers->right + 1;
    if (is_of_text(list, at, numbers))
        return;
    bool right_here = check_gap(check, list, at, numbering, right) || follows(list, at, numbers);
    bool again = numbers->told && row->number == numbers->printed;
    if (!right_here && !again)
        tell_misnumbered(check, list, row, right);
    *numbers = (struct numbers){row->number, right_here ? row->number : right, !right_here};
}

static void check_numbers(struct check *check, struct list *list) {
    struct numbering numbering = {0};
    for (size_t i = 0; i < list->count; i++)
        numbering.blank += list->rows[i].number == 0 && !list->rows[i].part;
    for (size_t i = 0; i < list->count; i++) {
        if (list->rows[i].number > 0)
            check_number(check, list, i, &numbering);
        numbering.gap = list->rows[i].number > 0 || list->rows[i].part ? 0 : numbering.gap + 1;
    }
    free(list->rows);
    list->rows = NULL;
    list->count = list->cap = 0;
}

/* Whether another row of the same kind as ROW has a value. */
static bool others_valued(const struct list *list, const struct list_row *row) {
    for (size_t i = 0; i < list->count; i++) {
        if (list->rows[i].valued && same_kind(&list->rows[i], row))
            return true;
    }
    return false;
}

/* Whether ROW is the only one, or neither the first nor one of others in a list without numbers, that has no value: no
   heading of a group. */
static bool is_only_blank(const struct list *list, const struct list_row *row) {
    bool others = list->count == 1 || row != list->rows;
    for (size_t i = 0; i < list->count; i++) {
        const struct list_row *other = &list->rows[i];
        others &= other == row || (other->valued && other->number == 0 && !other->part);
    }
    return others;
}

/* Whether ROW lacks a value where others of its kind have one. A row with others of another kind below it is their
   heading. */
static bool lacks_value(const struct list *list, const struct list_row *row) {
    bool heading = row + 1 < list->rows + list->count && !same_kind(row, &row[1]);
    if (row->valued || row->text.len == 0)
        return false;
    return (row->number > 0 && !heading && others_valued(list, row)) || is_only_blank(list, row);
}

/* An activity without a period in the plan, or without a result in the details. */
static void check_blanks(struct check *check, const struct list *list, enum rule rule, const char *field) {
    for (size_t i = 0; i < list->count; i++) {
        if (!lacks_value(list, &list->rows[i]))
            continue;
        struct fault fault = list_fault(check, rule, list, &list->rows[i]);
        fault.field = field;
        fault.observed = list->rows[i].text;
        check_tell(check, &fault);
    }
}

/* Rows that say what was done, and not for which activity, beside others that do. */
static void check_unnamed(struct check *check, const struct list *list) {
    for (size_t i = 0; i < list->count && list->count > 1; i++) {
        const struct list_row *row = &list->rows[i];
        if (row->text.len > 0 || !row->valued)
            continue;
        struct fault fault = list_fault(check, RULE_ACTIVITY_BLANK, list, row);
        check_tell(check, &fault);
    }
}

/* Whether ROW alone is named by what stands beside a name: where it is the only row, or its name a dash, the cell
   beside it has a row's number. */
static bool is_exchanged(struct check *check, const struct list *list, const struct list_row *row) {
    const struct pattern *beside = profile_pattern(check->profile, "cell-beside-name");
    struct match match;
    if (!pattern_match(beside, row->text, 0, NULL) || row->beside.len == 0 ||
        pattern_match(beside, row->beside, 0, NULL))
        return false;
    for (size_t i = 0; i < list->count; i++) {
        if (&list->rows[i] != row && pattern_match(beside, list->rows[i].text, 0, NULL))
            return false;
    }
    bool dash = text_equal(row->text, TEXT("-"));
    return (list->count > 1 && !dash) || read_number(check, list->table, row->beside, &match);
}

/* Whether the cell beside ROW, whose own name has no number, begins with the word for activity and the number that
   comes next. */
static bool has_name_beside(struct check *check, const struct list *list, const struct list_row *row) {
    struct match match;
    const struct list_row *above = row;
    if (row == list->rows || row->text.len == 0 || row->number > 0 ||
        !read_number(check, list->table, row->beside, &match) || match_group(&match, "word").len == 0)
        return false;
    int64_t number = (int64_t)count_read(match_group(&match, "number"));
    do
        above--;
    while (above > list->rows && !(above->labelled && above->number > 0));
    return above->labelled && above->number > 0 && number == above->number + 1;
}

static void check_exchanged(struct check *check, const struct list *list, const char *beside) {
    for (size_t i = 0; i < list->count; i++) {
        const struct list_row *row = &list->rows[i];
        if (!is_exchanged(check, list, row) && !has_name_beside(check, list, row))
            continue;
        struct fault fault = list_fault(check, RULE_CELLS_EXCHANGED, list, row);
        fault.observed = row->text;
        fault.expected = row->beside;
        fault.arguments[0] = (struct fault_argument){"title", check_title(check, list->table, list->field)};
        fault.arguments[1] = (struct fault_argument){"other", check_title(check, list->table, beside)};
        check_tell(check, &fault);
    }
}

static bool same_item(const struct item *a, const struct item *b) {
    return text_equal(a->text, b->text) && text_equal(a->result, b->result) &&
           text_equal(a->period, b->period);
}

static void tell_twice(struct check *check, enum table table, const char *field, const struct item *item) {
    struct fault fault = check_fault(check, RULE_ROW_TWICE, item->project, table, item->n, field, item->line);
    fault.observed = item->text;
    check_tell(check, &fault);
}

static void check_items(struct check *check, enum table table) {
    const struct item *items = check->data->items[table];
    size_t count = check->data->item_counts[table];
    struct list list = {.table = table, .field = "activity"};
    for (size_t i = 0; i < count; i++) {
        const struct item *item = &items[i];
        list.project = item->project;
        add_row(check, &list,
                (struct list_row){.text = item->text,
                                  .beside = table == TABLE_ACTIVITIES ? item->period : item->result,
                                  .valued = item->period.len > 0 || item->result.len > 0,
                                  .n = item->n,
                                  .line = item->line});
        bool last = i + 1 == count || items[i + 1].project != item->project;
        if (last) {
            check_unnamed(check, &list);
            check_exchanged(check, &list, table == TABLE_ACTIVITIES ? "period" : "result");
            if (table == TABLE_ACTIVITIES)
                check_blanks(check, &list, RULE_PERIOD_BLANK, "period");
            else
                check_blanks(check, &list, RULE_RESULT_BLANK, "result");
            check_numbers(check, &list);
        } else if (same_item(item, &items[i + 1]))
            tell_twice(check, table, "activity", &items[i + 1]);
    }
}

/* Whether SEEN has the objective of its project already, whatever its number; it has it then. */
static bool is_seen(struct check *check, struct keyset *seen, const struct item *item) {
    struct buffer what = {0};
    uint64_t first;
    struct text text = check_without_number(check, item->text);
    buffer_printf(&what, "%zu ", item->project);
    value_fold(&what, text);
    bool again = text.len > 0 && !keyset_add(seen, buffer_text(&what), 0, &first);
    buffer_free(&what);
    return again;
}

/* An objective has nothing beside its text: it stands twice wherever the other one stands. */
static void check_objectives(struct check *check) {
    const struct item *items = check->data->items[TABLE_OBJECTIVES];
    size_t count = check->data->item_counts[TABLE_OBJECTIVES];
    struct list list = {.table = TABLE_OBJECTIVES, .field = "objective"};
    struct keyset *seen = keyset_new();
    for (size_t i = 0; i < count; i++) {
        if (is_seen(check, seen, &items[i]))
            tell_twice(check, TABLE_OBJECTIVES, "objective", &items[i]);
        list.project = items[i].project;
        add_row(
            check, &list,
            (struct list_row){.text = items[i].text, .valued = true, .n = items[i].n, .line = items[i].line});
        if (i + 1 == count || items[i + 1].project != items[i].project)
            check_numbers(check, &list);
    }
    keyset_free(seen);
}

/* Whether the row has the text of the one above: that of another year, or of a further target, which repeats it. */
static bool has_text_above(const struct indicator *rows, size_t row) {
    return row > 0 && rows[row - 1].project == rows[row].project &&
           (rows[row - 1].n == rows[row].n ||
            (rows[row].kpi.len > 0 && text_equal(rows[row - 1].kpi, rows[row].kpi)));
}

/* An indicator has a row for each year and for each of its targets; only the first one counts. */
static void check_indicators(struct check *check, enum table table, const struct indicator *rows,
                             size_t count) {
    struct list list = {.table = table, .field = "kpi"};
    for (size_t i = 0; i < count; i++) {
        list.project = rows[i].project;
        if (!has_text_above(rows, i))
            add_row(check, &list,
                    (struct list_row){.text = rows[i].kpi,
                                      .valued = rows[i].target.len > 0 || rows[i].result.len > 0,
                                      .n = rows[i].n,
                                      .line = rows[i].line});
        if (i + 1 == count || rows[i + 1].project != rows[i].project)
            check_numbers(check, &list);
    }
}

/* The KPIs of each strategy, as the table has them. */
static void check_strategies(struct check *check) {
    const struct rows *rows = check->data->tables[TABLE_STRATEGY_KPIS];
    struct list list = {.table = TABLE_STRATEGY_KPIS, .field = "kpi", .project = NO_PROJECT};
    struct buffer key = {0};
    if (rows == NULL)
        return;
    size_t strategy = rows_column(rows, "strategy");
    size_t n = rows_column(rows, "n");
    for (size_t i = 0; i < rows->count; i++) {
        struct text own = rows_field(rows, i, strategy);
        bool first = i == 0 || !text_equal(rows_field(rows, i - 1, strategy), own);
        if (first || !text_equal(rows_field(rows, i - 1, n), rows_field(rows, i, n)))
            add_row(check, &list,
                    (struct list_row){.text = rows_field(rows, i, rows_column(rows, "kpi")),
                                      .valued = true,
                                      .n = count_read(rows_field(rows, i, n)),
                                      .line = count_read(rows_field(rows, i, rows_column(rows, "line")))});
        if (i + 1 < rows->count && text_equal(rows_field(rows, i + 1, strategy), own))
            continue;
        buffer_clear(&key);
        append_summary_key(&key, own, TEXT(""));
        list.key = buffer_text(&key);
        check_numbers(check, &list);
    }
    buffer_free(&key);
}

void check_lists(struct check *check) {
    const struct dataset *data = check->data;
    check_objectives(check);
    check_items(check, TABLE_ACTIVITIES);
    check_items(check, TABLE_ACTIVITY_RESULTS);
    check_indicators(check, TABLE_KPIS, data->kpis, data->kpi_count);
    check_indicators(check, TABLE_RESULTS, data->results, data->result_count);
    check_strategies(check);
}
