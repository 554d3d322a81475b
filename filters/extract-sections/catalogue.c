/* The projects that a summary table names; see catalogue.h. */
#include "catalogue.h"

#include <stdlib.h>

void catalogue_clear(struct catalogue *catalogue) {
    for (size_t i = 0; i < catalogue->count; i++)
        letters_free(&catalogue->entries[i].title);
    catalogue->count = 0;
}

void catalogue_add(struct catalogue *catalogue, int number, int sub, struct text title) {
    catalogue->entries =
        memory_reserve(catalogue->entries, &catalogue->cap, catalogue->count + 1, sizeof *catalogue->entries);
    struct catalogue_entry *entry = &catalogue->entries[catalogue->count++];
    *entry = (struct catalogue_entry){.number = number, .sub = sub};
    letters_of(&entry->title, title);
}

const struct catalogue_entry *catalogue_number(const struct catalogue *catalogue, int number, int sub) {
    for (size_t i = 0; i < catalogue->count; i++) {
        if (catalogue->entries[i].number == number && catalogue->entries[i].sub == sub)
            return &catalogue->entries[i];
    }
    return NULL;
}

int catalogue_likeness(struct catalogue *catalogue, const struct catalogue_entry *entry, struct text title) {
    letters_of(&catalogue->letters, title);
    return letters_similarity(&entry->title, &catalogue->letters);
}

const struct catalogue_entry *catalogue_nearest(struct catalogue *catalogue, struct text title, bool subs,
                                                int *likeness) {
    const struct catalogue_entry *nearest = NULL;
    *likeness = 0;
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

void catalogue_free(struct catalogue *catalogue) {
    catalogue_clear(catalogue);
    free(catalogue->entries);
    letters_free(&catalogue->letters);
    *catalogue = (struct catalogue){0};
}
