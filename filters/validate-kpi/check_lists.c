/* Rules on the rows of a project's lists: the same row twice, and numbers that do not follow each other. */
#include "check.h"

/* A list's numbers so far, of one kind: what was printed last, and what it should have been. */
struct numbers {
    int64_t printed;
    int64_t right;
};

/* The kinds: with the word for activity or without, by the sign behind the number. */
struct numbering {
    struct numbers of[2][3];
};

static size_t sign_of(struct text sign) {
    return sign.len == 0 ? 0 : sign.data[0] == '.' ? 1 : 2;
}

/* Tells when the row's number does not follow that of the row before, of the same kind. Numbers may begin again at 1. */
static void check_number(struct check *check, struct numbering *numbering, enum table table, size_t project,
                         uint64_t n, const char *field, struct text text, uint64_t line) {
    struct match match;
    if (!pattern_match(rule_pattern(check->rules, RULE_ROW_MISNUMBERED), text, 0, &match))
        return;
    int64_t number = (int64_t)count_read(match_group(&match, "number"));
    struct numbers *numbers =
        &numbering->of[match_group(&match, "word").len > 0][sign_of(match_group(&match, "sign"))];
    int64_t right = numbers->right + 1;
    bool follows = numbers->right == 0 || number == right || number == numbers->printed + 1 || number == 1;
    if (!follows) {
        struct fault fault = check_fault(check, RULE_ROW_MISNUMBERED, project, table, n, field, line);
        fault.observed = check_number_text(check, decimal_of(number));
        fault.expected = check_number_text(check, decimal_of(right));
        check_tell(check, &fault);
    }
    *numbers = (struct numbers){number, follows ? number : right};
}

static bool same_item(const struct item *a, const struct item *b) {
    return text_equal(a->text, b->text) && text_equal(a->result, b->result) &&
           text_equal(a->period, b->period);
}

static void check_items(struct check *check, enum table table) {
    const struct item *items = check->data->items[table];
    struct numbering numbering = {0};
    for (size_t i = 0; i < check->data->item_counts[table]; i++) {
        const struct item *item = &items[i];
        bool follows = i > 0 && items[i - 1].project == item->project;
        if (!follows)
            numbering = (struct numbering){0};
        check_number(check, &numbering, table, item->project, item->n, "activity", item->text, item->line);
        if (!follows || !same_item(&items[i - 1], item))
            continue;
        struct fault fault =
            check_fault(check, RULE_ROW_TWICE, item->project, table, item->n, "activity", item->line);
        fault.observed = item->text;
        check_tell(check, &fault);
    }
}

/* An indicator has a row for each year; only the first one counts. */
static void check_indicators(struct check *check, enum table table, const struct indicator *rows,
                             size_t count) {
    struct numbering numbering = {0};
    for (size_t i = 0; i < count; i++) {
        bool follows = i > 0 && rows[i - 1].project == rows[i].project;
        if (!follows)
            numbering = (struct numbering){0};
        if (!follows || rows[i - 1].n != rows[i].n)
            check_number(check, &numbering, table, rows[i].project, rows[i].n, "kpi", rows[i].kpi,
                         rows[i].line);
    }
}

void check_lists(struct check *check) {
    const struct dataset *data = check->data;
    check_items(check, TABLE_ACTIVITIES);
    check_items(check, TABLE_ACTIVITY_RESULTS);
    check_indicators(check, TABLE_KPIS, data->kpis, data->kpi_count);
    check_indicators(check, TABLE_RESULTS, data->results, data->result_count);
}
