/* Rules on money: allocation, contract and disbursement of a project, and its size beside the others'. */
#include "check.h"

#include <stdlib.h>
#include <string.h>

/* Allocations of all projects by their size. */
struct sizes {
    struct amount middle;
    struct amount upper; /* what nine of ten do not exceed */
};

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

/* How many times one amount is the other, whichever is larger; false when that is not known. */
static bool distance(const struct amount *a, const struct amount *b, struct decimal *times) {
    bool larger = decimal_compare(a->number, b->number) >= 0;
    return amount_is_positive(a) && amount_is_positive(b) &&
           decimal_divide((larger ? a : b)->number, (larger ? b : a)->number, 3, times);
}

/* Whether the allocation is farther from the MIDDLE one of all than the contract is. */
static bool is_farther(const struct project *project, const struct amount *middle) {
    struct decimal allocated;
    struct decimal contracted;
    return distance(&project->allocated, middle, &allocated) &&
           distance(&project->contracted, middle, &contracted) && decimal_compare(allocated, contracted) > 0;
}

/* Which of allocation and contract, far from each other, is the wrong one: what is paid may be above one of them only,
   or side with one of them, unless it shares its unit; the other projects tell the rest. */
static bool allocation_is_odd(const struct project *project, const struct amount *middle,
                              struct decimal ratio) {
    const struct amount *paid = &project->disbursed;
    bool above = is_above(paid, &project->allocated);
    if (amount_is_positive(paid) && above != is_above(paid, &project->contracted))
        return above;
    if (amount_is_positive(paid) && !above && !is_times(&project->contracted, &project->allocated, ratio) &&
        !is_times(&project->allocated, &project->contracted, ratio))
        return true;
    return is_farther(project, middle);
}

/* Among the amounts of one project the one that is out of step is told. Returns its column, or NULL. An allocation is
   seldom many times the contract; a contract for years may be many times the allocation of one. */
static const char *check_siblings(struct check *check, size_t index, const struct amount *middle) {
    const struct project *project = &check->data->projects[index];
    const struct amount *allocated = &project->allocated;
    const struct amount *contracted = &project->contracted;
    const struct amount *disbursed = &project->disbursed;
    struct decimal ratio = rule_threshold(check->rules, RULE_UNIT_IN_DOUBT, "ratio");
    struct decimal most = rule_threshold(check->rules, RULE_UNIT_IN_DOUBT, "allocation");
    bool large = is_times(allocated, contracted, most);
    if (large || is_times(contracted, allocated, ratio)) {
        bool odd = allocation_is_odd(project, middle, ratio);
        const char *field = odd ? "budget_allocated" : "budget_contracted";
        tell_unit(check, index, field, odd ? allocated : contracted, odd ? contracted : allocated,
                  large == odd);
        return field;
    }
    if (!is_times(disbursed, contracted, ratio) && !is_times(disbursed, allocated, ratio))
        return NULL;
    tell_unit(check, index, "budget_disbursed", disbursed,
              amount_is_positive(contracted) ? contracted : allocated, true);
    return "budget_disbursed";
}

static int compare_amounts(const void *a, const void *b) {
    return decimal_compare(((const struct amount *)a)->number, ((const struct amount *)b)->number);
}

/* What the allocations of all projects are; the two are nothing where there are too few projects to tell. */
static struct sizes learn_sizes(const struct dataset *data, size_t projects) {
    struct amount *amounts = memory_zeroed(data->project_count, sizeof *amounts);
    struct sizes sizes = {0};
    size_t count = 0;
    for (size_t i = 0; i < data->project_count; i++) {
        if (amount_is_positive(&data->projects[i].allocated))
            amounts[count++] = data->projects[i].allocated;
    }
    if (count > 0)
        qsort(amounts, count, sizeof *amounts, compare_amounts);
    if (count >= 3)
        sizes.middle = amounts[count / 2];
    if (count > 0 && count >= projects)
        sizes.upper = amounts[(count * 9 + 9) / 10 - 1];
    free(amounts);
    return sizes;
}

/* An amount far from those of the other projects. A few projects may be far larger than most, whose unit is right: how
   much larger, the large ones tell. */
static void check_share(struct check *check, size_t index, const struct sizes *sizes) {
    const struct project *project = &check->data->projects[index];
    const struct amount *amounts[] = {&project->allocated, &project->contracted};
    static const char *const fields[] = {"budget_allocated", "budget_contracted"};
    struct decimal share = rule_threshold(check->rules, RULE_UNIT_IN_DOUBT, "share");
    struct decimal upper = rule_threshold(check->rules, RULE_UNIT_IN_DOUBT, "upper");
    for (size_t i = 0; i < 2; i++) {
        if (is_times(amounts[i], &sizes->upper, upper))
            tell_unit(check, index, fields[i], amounts[i], &sizes->upper, true);
        else if (is_times(amounts[i], &sizes->middle, share))
            tell_unit(check, index, fields[i], amounts[i], &sizes->middle, true);
        else if (is_times(&sizes->middle, amounts[i], share))
            tell_unit(check, index, fields[i], amounts[i], &sizes->middle, false);
    }
}

/* The contract against the allocation. Where DOUBTFUL, a column, was told of, or more was paid than allocated, the
   allocation is the wrong one. */
static void check_contract(struct check *check, size_t index, const char *doubtful, bool years) {
    const struct project *project = &check->data->projects[index];
    const struct amount *allocated = &project->allocated;
    const struct amount *contracted = &project->contracted;
    const struct amount *paid = &project->disbursed;
    if (!is_above(contracted, allocated))
        return;
    bool odd = doubtful != NULL ? strcmp(doubtful, "budget_allocated") == 0
                                : !years && is_above(paid, allocated) && !is_above(paid, contracted);
    tell_above(check, years ? RULE_CONTRACT_ABOVE_YEAR : RULE_CONTRACT_ABOVE_ALLOCATION, index,
               odd ? "budget_allocated" : "budget_contracted", contracted, allocated);
}

/* What is paid against the contract; where there is none, against the allocation. */
static void check_paid(struct check *check, size_t index, bool years) {
    const struct project *project = &check->data->projects[index];
    const struct amount *paid = &project->disbursed;
    bool contract = project->contracted.kind == VALUE_NUMBER || project->contracted.kind == VALUE_TEXT;
    if (is_above(paid, &project->contracted))
        tell_above(check, RULE_DISBURSED_ABOVE_CONTRACT, index, "budget_disbursed", paid,
                   &project->contracted);
    else if (!contract && is_above(paid, &project->allocated))
        tell_above(check, years ? RULE_DISBURSED_ABOVE_YEAR : RULE_DISBURSED_ABOVE_ALLOCATION, index,
                   "budget_disbursed", paid, &project->allocated);
}

void check_money(struct check *check) {
    const struct dataset *data = check->data;
    int64_t days = rule_whole_threshold(check->rules, RULE_CONTRACT_ABOVE_ALLOCATION, "days");
    struct sizes sizes =
        learn_sizes(data, (size_t)rule_whole_threshold(check->rules, RULE_UNIT_IN_DOUBT, "projects"));
    for (size_t i = 0; i < data->project_count; i++) {
        bool years = may_take_years(&data->projects[i], days);
        const char *doubtful = check_siblings(check, i, &sizes.middle);
        if (doubtful == NULL)
            check_share(check, i, &sizes);
        check_contract(check, i, doubtful, years);
        check_paid(check, i, years);
    }
}
