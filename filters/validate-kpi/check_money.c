/* Rules on money: allocation, contract and disbursement of a project, and its size beside the others'. */
#include "check.h"

#include <stdlib.h>

static void tell_above(struct check *check, enum rule rule, size_t index, const char *field,
                       const struct amount *amount, const struct amount *limit) {
    struct fault fault = check_project_fault(check, rule, index, field);
    fault.observed = check_money_text(check, amount->number);
    fault.expected = check_money_text(check, limit->number);
    check_tell(check, &fault);
}

/* Whether the project may be paid over several years: an allocation is then only a part of it. */
static bool may_take_years(const struct project *project, int64_t days) {
    const struct day *first = &project->start;
    const struct day *last = &project->end;
    if (!first->known || !last->known)
        return true;
    if (ends_before_start(first, last)) { /* as long as it is when they change places */
        first = &project->end;
        last = &project->start;
    }
    return day_latest(last) - day_earliest(first) + 1 > days;
}

static bool is_above(const struct amount *amount, const struct amount *limit) {
    return amount->kind == VALUE_NUMBER && amount_is_positive(limit) &&
           decimal_compare(amount->number, limit->number) > 0;
}

/* Whether LARGE is at least RATIO times SMALL. */
static bool is_times(const struct amount *large, const struct amount *small, struct decimal ratio) {
    struct decimal product;
    return amount_is_positive(large) && amount_is_positive(small) &&
           decimal_multiply(small->number, ratio, &product) && decimal_compare(large->number, product) >= 0;
}

static void tell_unit(struct check *check, size_t index, const char *field, const struct amount *amount,
                      const struct amount *beside, bool large) {
    static const char *const sizes[2][2] = {{"small", "ต่ำ"}, {"large", "สูง"}};
    struct fault fault = check_project_fault(check, RULE_UNIT_IN_DOUBT, index, field);
    fault.observed = check_money_text(check, amount->number);
    fault.expected = check_money_text(check, beside->number);
    fault.arguments[0] = (struct fault_argument){"title", check_title(check, TABLE_PROJECTS, field)};
    fault.arguments[1] = (struct fault_argument){"size", text_of(sizes[large][check->language])};
    check_tell(check, &fault);
}

/* Among the amounts of one project the one that is out of step is told: the one far from the other two. */
static bool check_siblings(struct check *check, size_t index, struct decimal ratio) {
    const struct project *project = &check->data->projects[index];
    const struct amount *allocated = &project->allocated;
    const struct amount *contracted = &project->contracted;
    const struct amount *disbursed = &project->disbursed;
    bool contract_large = is_times(contracted, allocated, ratio);
    bool contract_small = is_times(allocated, contracted, ratio);
    bool paid_large = is_times(disbursed, contracted, ratio) || is_times(disbursed, allocated, ratio);
    if (contract_large && is_times(disbursed, allocated, ratio))
        tell_unit(check, index, "budget_allocated", allocated, contracted, false);
    else if (contract_small && is_times(disbursed, contracted, ratio))
        tell_unit(check, index, "budget_contracted", contracted, allocated, false);
    else if (contract_large || contract_small)
        tell_unit(check, index, "budget_contracted", contracted, allocated, contract_large);
    else if (paid_large)
        tell_unit(check, index, "budget_disbursed", disbursed,
                  amount_is_positive(contracted) ? contracted : allocated, true);
    return contract_large || contract_small || paid_large;
}

static int compare_amounts(const void *a, const void *b) {
    return decimal_compare(((const struct amount *)a)->number, ((const struct amount *)b)->number);
}

/* The middle one of all allocations; false where there are too few to tell. */
static bool middle_allocation(const struct dataset *data, struct amount *middle) {
    struct amount *amounts = memory_zeroed(data->project_count, sizeof *amounts);
    size_t count = 0;
    for (size_t i = 0; i < data->project_count; i++) {
        if (amount_is_positive(&data->projects[i].allocated))
            amounts[count++] = data->projects[i].allocated;
    }
    if (count > 0) {
        qsort(amounts, count, sizeof *amounts, compare_amounts);
        *middle = amounts[count / 2];
    }
    free(amounts);
    return count >= 3;
}

static void check_share(struct check *check, size_t index, const struct amount *middle,
                        struct decimal share) {
    const struct project *project = &check->data->projects[index];
    const struct amount *amounts[] = {&project->allocated, &project->contracted};
    static const char *const fields[] = {"budget_allocated", "budget_contracted"};
    for (size_t i = 0; i < 2; i++) {
        bool large = is_times(amounts[i], middle, share);
        if (large || is_times(middle, amounts[i], share))
            tell_unit(check, index, fields[i], amounts[i], middle, large);
    }
}

void check_money(struct check *check) {
    const struct dataset *data = check->data;
    int64_t days = rule_whole_threshold(check->rules, RULE_CONTRACT_ABOVE_ALLOCATION, "days");
    struct decimal ratio = rule_threshold(check->rules, RULE_UNIT_IN_DOUBT, "ratio");
    struct decimal share = rule_threshold(check->rules, RULE_UNIT_IN_DOUBT, "share");
    struct amount middle;
    bool known = middle_allocation(data, &middle);
    for (size_t i = 0; i < data->project_count; i++) {
        const struct project *project = &data->projects[i];
        bool doubtful = check_siblings(check, i, ratio);
        if (known && !doubtful)
            check_share(check, i, &middle, share);
        if (is_above(&project->contracted, &project->allocated))
            tell_above(check,
                       may_take_years(project, days) ? RULE_CONTRACT_ABOVE_YEAR
                                                     : RULE_CONTRACT_ABOVE_ALLOCATION,
                       i, "budget_contracted", &project->contracted, &project->allocated);
        if (is_above(&project->disbursed, &project->contracted))
            tell_above(check, RULE_DISBURSED_ABOVE_CONTRACT, i, "budget_disbursed", &project->disbursed,
                       &project->contracted);
    }
}
