/* The projects that a summary table names; see catalogue.h. */
#include "catalogue.h"

#include <stdlib.h>

#include "sequence.h"

void catalogue_clear(struct catalogue *catalogue) {
    for (size_t i = 0; i < catalogue->count; i++)
        letters_free(&catalogue->entries[i].title);
    catalogue->count = 0;
    catalogue->added = false;
}

void catalogue_add(struct catalogue *catalogue, int number, int sub, struct text title, uint64_t line) {
    catalogue->entries =
        memory_reserve(catalogue->entries, &catalogue->cap, catalogue->count + 1, sizeof *catalogue->entries);
    struct catalogue_entry *entry = &catalogue->entries[catalogue->count++];
    *entry = (struct catalogue_entry){.number = number, .printed = number, .sub = sub, .line = line};
    letters_of(&entry->title, title);
    catalogue->added = true;
}

/* Whether the entry is in the table's sequence. */
static bool is_counted(const struct catalogue_entry *entry) {
    return entry->printed > 0 && entry->sub == 0;
}

void catalogue_settle(struct catalogue *catalogue) {
    if (!catalogue->added)
        return;
    catalogue->added = false;
    int *printed = memory_zeroed(catalogue->count, sizeof *printed);
    int *numbers = memory_zeroed(catalogue->count, sizeof *numbers);
    size_t count = 0;
    for (size_t i = 0; i < catalogue->count; i++) {
        if (is_counted(&catalogue->entries[i]))
            printed[count++] = catalogue->entries[i].printed;
    }
    sequence_mend(printed, count, numbers);
    count = 0;
    for (size_t i = 0; i < catalogue->count; i++) {
        if (is_counted(&catalogue->entries[i]))
            catalogue->entries[i].number = numbers[count++];
    }
    free(printed);
    free(numbers);
}

static struct catalogue_entry *find_number(struct catalogue *catalogue, int number, int sub) {
    catalogue_settle(catalogue);
    for (size_t i = 0; i < catalogue->count; i++) {
        if (catalogue->entries[i].number == number && catalogue->entries[i].sub == sub)
            return &catalogue->entries[i];
    }
    return NULL;
}

const struct catalogue_entry *catalogue_number(struct catalogue *catalogue, int number, int sub) {
    return find_number(catalogue, number, sub);
}

int catalogue_likeness(struct catalogue *catalogue, const struct catalogue_entry *entry, struct text title) {
    letters_of(&catalogue->letters, title);
    return letters_similarity(&entry->title, &catalogue->letters);
}

const struct catalogue_entry *catalogue_nearest(struct catalogue *catalogue, struct text title, bool subs,
                                                int *likeness) {
    const struct catalogue_entry *nearest = NULL;
    *likeness = 0;
    catalogue_settle(catalogue);
    letters_of(&catalogue->letters, title);
    for (size_t i = 0; i < catalogue->count; i++) {
        const struct catalogue_entry *entry = &catalogue->entries[i];
        if (entry->sub > 0 && !subs)
            continue;
        int likely = letters_similarity(&entry->title, &catalogue->letters);
        if (nearest != NULL && likely <= *likeness)
            continue;
        nearest = entry;
        *likeness = likely;
    }
    return nearest;
}

const struct catalogue_entry *catalogue_nearest_sub(struct catalogue *catalogue, int number, int sub,
                                                    struct text title, int *likeness) {
    const struct catalogue_entry *nearest = NULL;
    *likeness = 0;
    for (size_t i = 0; i < catalogue->count; i++) {
        const struct catalogue_entry *entry = &catalogue->entries[i];
        if (entry->number != number || entry->sub <= sub)
            continue;
        int likely = catalogue_likeness(catalogue, entry, title);
        if (nearest != NULL && likely <= *likeness)
            continue;
        nearest = entry;
        *likeness = likely;
    }
    return nearest;
}

void catalogue_agree(struct catalogue *catalogue, int number, struct text title, int likeness) {
    if (find_number(catalogue, number, 0) != NULL)
        return;
    for (size_t i = 0; i < catalogue->count; i++) {
        struct catalogue_entry *entry = &catalogue->entries[i];
        if (is_counted(entry) && entry->printed == number &&
            catalogue_likeness(catalogue, entry, title) >= likeness)
            entry->number = number;
    }
}

void catalogue_count_on(struct catalogue *catalogue, int number, struct text title, int likeness) {
    struct catalogue_entry *last = NULL;
    int before = 0; /* the number of the row before it */
    if (find_number(catalogue, number, 0) != NULL)
        return;
    for (size_t i = 0; i < catalogue->count; i++) {
        if (!is_counted(&catalogue->entries[i]))
            continue;
        before = last != NULL ? last->number : 0;
        last = &catalogue->entries[i];
    }
    int likely;
    if (last != NULL && before + 1 == number && catalogue_nearest(catalogue, title, false, &likely) == last &&
        likely >= likeness)
        last->number = number;
}

void catalogue_free(struct catalogue *catalogue) {
    catalogue_clear(catalogue);
    free(catalogue->entries);
    letters_free(&catalogue->letters);
    *catalogue = (struct catalogue){0};
}
