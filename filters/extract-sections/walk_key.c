/* Which project a heading is of; see walk_internal.h. */
#include "walk_internal.h"

bool walk_is_next(const struct walk *walk, const struct project_heading *heading) {
    return heading->form == PROJECT_NUMBERED && heading->numbers[1] == 0 &&
           heading->numbers[0] == walk->last_number + 1;
}

/* Whether a heading's number, or none, gives way to that of the project which comes next by the order: the summary
   table has that one, its title fits better there than in the row of the number that is printed, ENTRY, and nowhere
   better. */
static bool is_next_by_title(struct walk *walk, const struct project_heading *heading,
                             const struct catalogue_entry *entry, const struct catalogue_entry *nearest) {
    int number = walk->last_number + 1;
    const struct catalogue_entry *next = catalogue_number(&walk->catalogue, number, 0);
    if (next == NULL || nearest == NULL || heading->numbers[0] == number || heading->numbers[1] > 0)
        return false;
    int likeness = catalogue_likeness(&walk->catalogue, next, heading->title);
    return likeness >= LIKENESS_SAME_NUMBER &&
           (entry == NULL || likeness > catalogue_likeness(&walk->catalogue, entry, heading->title)) &&
           likeness >= catalogue_likeness(&walk->catalogue, nearest, heading->title);
}

/* Whether the printed number is the next one by the order, and the summary table has no row of it: the row is lost or
   its number misprinted, and the title may be like another row's. */
static bool is_next_without_row(const struct walk *walk, const struct project_heading *heading,
                                const struct catalogue_entry *entry) {
    return entry == NULL && walk_is_next(walk, heading);
}

/* The same where the row is there, with another title, and the row that has this one is of a project that was had. */
static bool is_next_of_other_title(const struct walk *walk, const struct project_heading *heading,
                                   const struct catalogue_entry *nearest) {
    return walk_is_next(walk, heading) && nearest->number < PROJECT_NUMBERS && walk->had[nearest->number];
}

bool walk_is_next_by_order(struct walk *walk) {
    int number = walk->last_number + 1;
    if (number >= PROJECT_NUMBERS || walk->had[number])
        return false;
    const struct project_heading *next = walk_next_project(walk);
    if (next == NULL) /* unless it may be the table's project without a number */
        return catalogue_number(&walk->catalogue, number, 0) != NULL &&
               catalogue_number(&walk->catalogue, number + 1, 0) == NULL &&
               catalogue_number(&walk->catalogue, 0, 0) == NULL;
    return next->form == PROJECT_NUMBERED && next->numbers[0] == number + 1;
}

/* Sets the summary table's numbers that are in doubt against a project's heading. */
static void settle_row_number(struct walk *walk, const struct project_heading *heading) {
    int next = walk->last_number + 1;
    if (heading->form == PROJECT_NUMBERED && heading->numbers[1] == 0)
        catalogue_agree(&walk->catalogue, heading->numbers[0], heading->title, LIKENESS_OTHER_NUMBER);
    if (heading->form == PROJECT_UNNUMBERED || walk_is_next(walk, heading))
        catalogue_count_on(&walk->catalogue, next, heading->title, LIKENESS_OTHER_NUMBER);
}

/* Whether nothing but the heading itself speaks for its number: it has none, or one that was had, or the summary table
   has another project of it. */
static bool is_doubted(const struct walk *walk, const struct project_heading *heading,
                       const struct catalogue_entry *entry) {
    return heading->form == PROJECT_UNNUMBERED || walk->had[heading->numbers[0]] || entry != NULL;
}

/* Settles *NUMBER, that is printed, by the summary table's titles, of which ENTRY has that number; returns
   whether they tell it. */
static bool settle_by_title(struct walk *walk, const struct project_heading *heading,
                            const struct catalogue_entry *entry, int *number) {
    bool fits = entry != NULL && heading->numbers[1] == 0 &&
                catalogue_likeness(&walk->catalogue, entry, heading->title) >= LIKENESS_SAME_NUMBER;
    if (fits && walk_is_next(walk, heading))
        return true;
    int likeness;
    const struct catalogue_entry *nearest =
        catalogue_nearest(&walk->catalogue, heading->title, false, &likeness);
    if (is_next_by_title(walk, heading, entry, nearest))
        *number = walk->last_number + 1;
    else if (!fits && nearest != NULL && likeness >= LIKENESS_OTHER_NUMBER &&
             !is_next_of_other_title(walk, heading, nearest))
        *number = nearest->number;
    else
        return fits;
    return true;
}

/* The two numbers of a sub-project, printed without the point between them: 2.2 as 22. */
static int without_point(int number, int sub) {
    return number * (sub < 10 ? 10 : 100) + sub;
}

bool walk_is_next_sub_by_order(struct walk *walk, const struct project_heading *heading) {
    if (walk->last_sub == 0 || heading->form != PROJECT_NUMBERED || heading->numbers[1] > 0)
        return false;
    if (heading->numbers[0] == without_point(walk->last_number, walk->last_sub + 1))
        return true;
    /* A number 1 is rather another strategy's. */
    if (heading->numbers[0] != walk->last_number || walk->last_number == 1)
        return false;
    const struct project_heading *next = walk_next_project(walk);
    return next != NULL && walk_is_next(walk, next);
}

/* Whether the heading has the number of the open project's next sub-project. */
static bool is_next_sub(const struct walk *walk, const struct project_heading *heading) {
    return heading->form == PROJECT_NUMBERED && heading->numbers[0] == walk->last_number &&
           heading->numbers[1] == walk->last_sub + 1;
}

/* Whether a heading whose number is no sub-project's, or another's, is of a sub-project of the open project all the
   same: by its title in the summary table, which fits no other row as well, ENTRY, the row of the number,
   included; or, where no row fits, by the order. Gives its number. */
static bool settle_sub(struct walk *walk, const struct project_heading *heading,
                       const struct catalogue_entry *entry, int *number) {
    int own = entry != NULL ? catalogue_likeness(&walk->catalogue, entry, heading->title) : 0;
    if (walk_is_next(walk, heading) && (entry == NULL || own >= LIKENESS_SAME_NUMBER))
        return false;
    if (is_next_sub(walk, heading) && entry == NULL) /* the table's row of it is lost */
        return false;
    int likeness;
    int other;
    const struct catalogue_entry *sub =
        catalogue_nearest_sub(&walk->catalogue, walk->last_number, walk->last_sub, heading->title, &likeness);
    bool without = sub != NULL && heading->numbers[0] == without_point(sub->number, sub->sub);
    if (sub != NULL && likeness >= (without ? LIKENESS_SAME_NUMBER : LIKENESS_OTHER_NUMBER) &&
        likeness > own) {
        (void)catalogue_nearest(&walk->catalogue, heading->title, false, &other);
        *number = sub->sub;
        return likeness > other;
    }
    if (own >= LIKENESS_SAME_NUMBER || !walk_is_next_sub_by_order(walk, heading))
        return false;
    *number = walk->last_sub + 1;
    (void)catalogue_nearest(&walk->catalogue, heading->title, true, &other);
    return other < LIKENESS_OTHER_NUMBER;
}

/* Whether a heading with the number of a sub-project, 5.6, which the summary table does not have, is that of project 6 in
   strategy 5, and has the title of the next project there. */
static bool is_next_in_strategy(struct walk *walk, const struct project_heading *heading,
                                const struct catalogue_entry *entry) {
    if (heading->numbers[1] != walk->last_number + 1 || heading->numbers[0] != walk->strategy ||
        entry != NULL)
        return false;
    int likeness;
    const struct catalogue_entry *nearest =
        catalogue_nearest(&walk->catalogue, heading->title, false, &likeness);
    return nearest != NULL && nearest->number == walk->last_number + 1 && likeness >= LIKENESS_OTHER_NUMBER;
}

struct key walk_settle_key(struct walk *walk, const struct project_heading *heading) {
    struct key key = walk_project_key(walk, heading->numbers[0]);
    if (heading->form == PROJECT_PART) {
        key.number = walk->last_number;
        key.part = heading->numbers[0];
        return key;
    }
    settle_row_number(walk, heading);
    const struct catalogue_entry *entry =
        catalogue_number(&walk->catalogue, heading->numbers[0], heading->numbers[1]);
    if (settle_sub(walk, heading, entry, &key.sub)) {
        key.number = walk->last_number;
        return key;
    }
    key.sub = 0;
    if (is_next_in_strategy(walk, heading, entry)) {
        key.number = walk->last_number + 1;
        return key;
    }
    bool is_sub = heading->numbers[1] > 0 && (entry != NULL || heading->numbers[0] == walk->last_number);
    if (is_sub) {
        key.sub = heading->numbers[1];
        return key;
    }
    if (is_next_without_row(walk, heading, entry))
        return key;
    if (settle_by_title(walk, heading, entry, &key.number))
        return key;
    /* 4.2 where no project 4 is open: the point may be a misprint in 42. */
    int next = walk->last_number + 1;
    bool has_sub = heading->numbers[1] > 0;
    if (has_sub
            ? heading->numbers[0] * 10 + heading->numbers[1] == next
            : !walk_is_next(walk, heading) && is_doubted(walk, heading, entry) && walk_is_next_by_order(walk))
        key.number = next;
    else if (has_sub)
        key.sub = heading->numbers[1];
    return key;
}
