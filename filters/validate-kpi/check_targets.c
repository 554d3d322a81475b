/* Rules on targets: what they say, and whether the two tables of a project say the same. */
#include "check.h"
#include "quantity.h"
#include "utf8.h"

bool target_is_open(struct text target) {
    return target.len == 0 || text_equal(target, TEXT("-"));
}

static bool has_number(const struct indicator *row) {
    return row->target_value.kind == VALUE_NUMBER;
}

/* How much of A and B can be left out, so that what differs can be read: what they begin with alike, up to a blank
   not far before the difference. 0 where that is near. */
static size_t alike_until(struct text a, struct text b) {
    enum { NEAR = 120, BEFORE = 20 }; /* bytes */
    size_t same = 0;
    while (same < a.len && same < b.len && a.data[same] == b.data[same])
        same++;
    if (same < NEAR)
        return 0;
    same -= BEFORE;
    while (same > 0 && a.data[same - 1] != ' ')
        same--;
    return same;
}

/* A target for people: as it is printed, from FROM on, or that it is blank. */
static struct text target_text(struct check *check, struct text target, size_t from) {
    static const char *const blank[] = {"blank", "เว้นว่าง"};
    if (target.len == 0)
        return text_of(blank[check->language]);
    struct text rest = text_skip(target, from);
    struct buffer text = {0};
    buffer_printf(&text, "“%s%.*s”", from > 0 ? "…" : "", (int)rest.len, rest.data);
    struct text kept = arena_copy(&check->arena, buffer_text(&text));
    buffer_free(&text);
    return kept;
}

static void tell_target(struct check *check, enum rule rule, const struct indicator *kpi,
                        const struct indicator *result) {
    struct fault fault =
        check_fault(check, rule, result->project, TABLE_RESULTS, result->n, "target", result->line);
    fault.observed = result->target;
    fault.expected = kpi->target;
    fault.arguments[0] = (struct fault_argument){"year", result->year};
    fault.arguments[1] = (struct fault_argument){"line", check_line_text(check, kpi->line)};
    size_t from = alike_until(result->target, kpi->target);
    fault.arguments[2] = (struct fault_argument){"result", target_text(check, result->target, from)};
    fault.arguments[3] = (struct fault_argument){"kpi", target_text(check, kpi->target, from)};
    check_tell(check, &fault);
}

/* Whether a comma of thousands stands at AT: three digits behind it, and no fourth. */
static bool is_thousands(struct text text, size_t at) {
    size_t digits = 0;
    while (digits < 4 && at + 1 + digits < text.len && char_is_digit(text.data[at + 1 + digits]))
        digits++;
    return text.data[at] == ',' && digits == 3;
}

/* The next number of REST, which moves on behind it: its digits and its point, without the commas of thousands. */
static bool next_number(struct text *rest, struct buffer *number) {
    size_t at = text_find_digit(*rest, 0);
    buffer_clear(number);
    for (; at < rest->len; at++) {
        char c = rest->data[at];
        bool point = c == '.' && at + 1 < rest->len && char_is_digit(rest->data[at + 1]);
        if (char_is_digit(c) || point)
            buffer_append_char(number, c);
        else if (!is_thousands(*rest, at))
            break;
    }
    *rest = text_skip(*rest, at);
    return number->len > 0;
}

static bool same_number(struct text a, struct text b) {
    struct decimal x;
    struct decimal y;
    if (decimal_parse(a, &x) && decimal_parse(b, &y))
        return decimal_compare(x, y) == 0;
    return text_equal(a, b);
}

/* The numbers of two targets against each other, in their order. */
struct number_match {
    bool same;
    bool as_many;
};

static struct number_match match_numbers(struct check *check, struct text a, struct text b) {
    const struct pattern *mark = profile_pattern(check->profile, "list-lead");
    struct text texts[2] = {a, b};
    struct buffer folded[2] = {{0}, {0}};
    struct buffer numbers[2] = {{0}, {0}};
    struct number_match match = {true, true};
    for (size_t i = 0; i < 2; i++) {
        struct match found;
        value_fold(&folded[i], texts[i]);
        texts[i] = buffer_text(&folded[i]);
        if (pattern_match(mark, texts[i], 0, &found))
            texts[i] = text_skip(texts[i], found.end);
    }
    for (bool more = true; more;) {
        bool first = next_number(&texts[0], &numbers[0]);
        bool second = next_number(&texts[1], &numbers[1]);
        match.as_many &= first == second;
        match.same &= same_number(buffer_text(&numbers[0]), buffer_text(&numbers[1]));
        more = first || second;
    }
    for (size_t i = 0; i < 2; i++) {
        buffer_free(&folded[i]);
        buffer_free(&numbers[i]);
    }
    return match;
}

/* Which way a target with a number may be exceeded: 1 upwards (not less than), -1 downwards (not more than), 0: not
   told. */
static int direction(struct check *check, const struct indicator *row) {
    struct quantity quantity;
    if (check->quantities == NULL)
        check->quantities = quantities_open(check->profile);
    quantities_read_target(check->quantities, row->kpi, row->target, &quantity);
    if (!quantity.has_value || quantity.op[0] == '\0')
        return 0;
    return quantity.op[0] == '>' ? 1 : quantity.op[0] == '<' ? -1 : 0;
}

static bool opposite(struct check *check, const struct indicator *kpi, const struct indicator *result) {
    if (!has_number(kpi) || !has_number(result) || value_same(kpi->target, result->target))
        return false;
    return direction(check, kpi) * direction(check, result) < 0;
}

/* Whether one of two targets is left out that the other table states: a blank, or a dash for a number; a dash beside a
   text may be meant so. */
static bool is_left_out(const struct indicator *row, const struct indicator *other) {
    return !target_is_open(other->target) &&
           (row->target.len == 0 || (target_is_open(row->target) && has_number(other)));
}

/* The letters of TEXT, Latin and Thai, without digits, blanks and signs. */
static void words_of(struct buffer *words, struct text text) {
    for (size_t at = 0; at < text.len;) {
        uint32_t code = utf8_decode(text, &at);
        bool latin = (code | 0x20) >= 'a' && (code | 0x20) <= 'z';
        if (latin || (code >= 0x0E01 && code <= 0x0E4E))
            utf8_append(words, code);
    }
}

static bool same_words(struct text a, struct text b) {
    struct buffer words[2] = {{0}, {0}};
    words_of(&words[0], a);
    words_of(&words[1], b);
    bool same = words[0].len > 0 && text_equal(buffer_text(&words[0]), buffer_text(&words[1]));
    buffer_free(&words[0]);
    buffer_free(&words[1]);
    return same;
}

/* Beside one value, a text may have numbers that the other leaves out; one that has no value, but the same words, has lost
   its number. */
void check_target_pair(struct check *check, const struct indicator *kpi, const struct indicator *result) {
    bool numbers[2] = {has_number(kpi), has_number(result)};
    bool open[2] = {target_is_open(kpi->target), target_is_open(result->target)};
    if (is_left_out(kpi, result) || is_left_out(result, kpi)) {
        tell_target(check, RULE_TARGET_BLANK, kpi, result);
        return;
    }
    if (open[0] || open[1])
        return;
    if (numbers[0] != numbers[1]) {
        if (same_words(kpi->target, result->target))
            tell_target(check, RULE_TARGET_DIFFERS, kpi, result);
        return;
    }
    struct number_match match = match_numbers(check, kpi->target, result->target);
    bool other_value =
        numbers[0] && decimal_compare(kpi->target_value.number, result->target_value.number) != 0;
    if (other_value || (!match.same && (!numbers[0] || match.as_many)) || opposite(check, kpi, result))
        tell_target(check, RULE_TARGET_DIFFERS, kpi, result);
}

/* A percentage so large that its point may be lost. */
static void check_percent(struct check *check, enum table table, const struct indicator *row,
                          const struct amount *value, const char *field, struct text printed) {
    struct decimal most = rule_threshold(check->rules, RULE_PERCENT_IN_DOUBT, "percent");
    if (value->kind != VALUE_NUMBER || decimal_compare(value->number, most) <= 0 ||
        !pattern_match(rule_pattern(check->rules, RULE_PERCENT_IN_DOUBT), row->unit, 0, NULL))
        return;
    struct fault fault =
        check_fault(check, RULE_PERCENT_IN_DOUBT, row->project, table, row->n, field, row->line);
    fault.observed = printed;
    check_tell(check, &fault);
}

static void check_percents(struct check *check) {
    const struct dataset *data = check->data;
    for (size_t i = 0; i < data->kpi_count; i++)
        check_percent(check, TABLE_KPIS, &data->kpis[i], &data->kpis[i].target_value, "target",
                      data->kpis[i].target);
    for (size_t i = 0; i < data->result_count; i++)
        check_percent(check, TABLE_RESULTS, &data->results[i], &data->results[i].result_value, "result",
                      data->results[i].result);
}

/* Whether the row above is another year of the same KPI that has no unit either. */
static bool unit_was_told(const struct indicator *rows, size_t row) {
    return indicator_repeats(rows, row) && has_number(&rows[row - 1]) && rows[row - 1].unit.len == 0;
}

/* Whether a result of the row is due and its cell is blank. */
static bool is_blank(const struct dataset *data, const struct indicator *row) {
    struct amount year = amount_read(row->year);
    bool later = data->fiscal_year != 0 && year.kind == VALUE_NUMBER &&
                 decimal_compare(year.number, decimal_of(data->fiscal_year)) > 0;
    return row->result.len == 0 && !later && !target_is_open(row->target);
}

/* Told once for a KPI, not for each of its years; of a project that is complete it is told by its own rule. */
static void check_blank_results(struct check *check) {
    const struct dataset *data = check->data;
    for (size_t i = 0; i < data->result_count; i++) {
        const struct indicator *row = &data->results[i];
        bool again = indicator_repeats(data->results, i) && is_blank(data, &row[-1]);
        if (again || row->project == NO_PROJECT || !is_blank(data, row) ||
            project_is_complete(&data->projects[row->project]))
            continue;
        struct fault fault =
            check_fault(check, RULE_RESULT_BLANK, row->project, TABLE_RESULTS, row->n, "result", row->line);
        fault.observed = row->kpi;
        check_tell(check, &fault);
    }
}

/* Whether the project's title begins with TEXT: it may have a subtitle that the text leaves out. */
static bool begins_title(const struct dataset *data, size_t project, struct text text) {
    struct buffer folded[2] = {{0}, {0}};
    value_fold(&folded[0], text);
    value_fold(&folded[1], data->projects[project].title);
    bool begins = folded[0].len > 0 && text_starts(buffer_text(&folded[1]), buffer_text(&folded[0]));
    buffer_free(&folded[0]);
    buffer_free(&folded[1]);
    return begins;
}

bool kpi_is_weight(struct check *check, const struct indicator *kpi) {
    if (pattern_match(rule_pattern(check->rules, RULE_KPI_WEIGHT), kpi->kpi, 0, NULL))
        return true;
    return kpi->project != NO_PROJECT && has_number(kpi) && kpi->unit.len == 0 &&
           decimal_compare(kpi->target_value.number, rule_threshold(check->rules, RULE_KPI_WEIGHT, "most")) <=
               0 &&
           begins_title(check->data, kpi->project, kpi->kpi);
}

/* Told once for all years of the row. */
static void check_weights(struct check *check) {
    const struct dataset *data = check->data;
    for (size_t i = 0; i < data->kpi_count; i++) {
        const struct indicator *kpi = &data->kpis[i];
        if (indicator_repeats(data->kpis, i) || !kpi_is_weight(check, kpi))
            continue;
        struct fault fault =
            check_fault(check, RULE_KPI_WEIGHT, kpi->project, TABLE_KPIS, kpi->n, "kpi", kpi->line);
        fault.observed = kpi->kpi;
        check_tell(check, &fault);
    }
}

/* A target that says how far the work is, where the result does not. */
static void check_exchanged(struct check *check) {
    const struct dataset *data = check->data;
    const struct pattern *pending = rule_pattern(check->rules, RULE_CELLS_EXCHANGED);
    for (size_t i = 0; i < data->result_count; i++) {
        const struct indicator *row = &data->results[i];
        if (row->result.len == 0 || !pattern_match(pending, row->target, 0, NULL) ||
            pattern_match(pending, row->result, 0, NULL))
            continue;
        struct fault fault = check_fault(check, RULE_CELLS_EXCHANGED, row->project, TABLE_RESULTS, row->n,
                                         "target", row->line);
        fault.observed = row->target;
        fault.expected = row->result;
        fault.arguments[0] = (struct fault_argument){"title", check_title(check, TABLE_RESULTS, "target")};
        fault.arguments[1] = (struct fault_argument){"other", check_title(check, TABLE_RESULTS, "result")};
        check_tell(check, &fault);
    }
}

void check_targets(struct check *check) {
    const struct dataset *data = check->data;
    check_weights(check);
    for (size_t i = 0; i < data->kpi_count; i++) {
        const struct indicator *kpi = &data->kpis[i];
        bool number = has_number(kpi);
        if (text_equal(kpi->target, TEXT("-")) ||
            (number && (kpi->unit.len > 0 || unit_was_told(data->kpis, i) || kpi_is_weight(check, kpi))))
            continue;
        struct fault fault =
            check_fault(check, number ? RULE_TARGET_WITHOUT_UNIT : RULE_TARGET_WITHOUT_NUMBER, kpi->project,
                        TABLE_KPIS, kpi->n, "target", kpi->line);
        fault.observed = kpi->target;
        check_tell(check, &fault);
    }
    check_blank_results(check);
    check_exchanged(check);
    for (size_t i = 0; i < data->result_count; i++) {
        const struct indicator *result = &data->results[i];
        if (!text_equal(result->status, TEXT("missed")))
            continue;
        struct fault fault = check_fault(check, RULE_TARGET_MISSED, result->project, TABLE_RESULTS, result->n,
                                         "result", result->line);
        fault.observed = result->result;
        fault.expected = result->target;
        check_tell(check, &fault);
    }
    check_percents(check);
}
