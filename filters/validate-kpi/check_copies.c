/* Rules on long texts that stand in several projects, where one of them may have been copied. */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "letters.h"
#include "similarity.h"
#include "thai.h"

/* From this likeness on (of SIMILARITY_FULL) an activity is one of the plan's, in other words. */
#define SAME_ACTIVITY 8000U

/* So many of the other places are named at most. */
enum { MOST_PLACES = 20 };

/* A text and where it stands. */
struct place {
    uint64_t letters; /* a hash of what is compared: those of the text, without the number before it */
    struct text text;
    size_t project;
    enum table table;
    const char *field;
    uint64_t n;
    uint64_t line;
    bool odd; /* something else speaks against its place too */
};

struct copies {
    struct check *check;
    struct place *items;
    size_t count;
    size_t cap;
    size_t least;         /* characters of a text */
    size_t most;          /* projects: more have words of the form */
    struct buffer normal; /* a text at hand */
    struct letters letters;
    struct letters others; /* of a text that it is compared with */
};

/* The places of one text: those from FIRST to END. */
struct group {
    const struct place *first;
    const struct place *end;
};

static size_t count_characters(struct text text) {
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += ((unsigned char)text.data[i] & 0xC0) != 0x80;
    return count;
}

/* The letters of a text in one form, as bytes; they live in LETTERS. */
static struct text letters_text(struct copies *copies, struct letters *letters, struct text text) {
    buffer_clear(&copies->normal);
    thai_normalize(&copies->normal, check_without_number(copies->check, text), THAI_READ);
    letters_of(letters, buffer_text(&copies->normal));
    return (struct text){(const char *)letters->codes, letters->count * sizeof *letters->codes};
}

static bool is_same_text(struct copies *copies, const struct place *a, const struct place *b) {
    return a->letters == b->letters &&
           (text_equal(a->text, b->text) || text_equal(letters_text(copies, &copies->letters, a->text),
                                                       letters_text(copies, &copies->others, b->text)));
}

static void add_place(struct copies *copies, struct place place) {
    if (place.project == NO_PROJECT || place.text.len < copies->least ||
        count_characters(place.text) < copies->least)
        return;
    struct text letters = letters_text(copies, &copies->letters, place.text);
    if (letters.len == 0)
        return;
    place.letters = text_hash(letters);
    copies->items = memory_reserve(copies->items, &copies->cap, copies->count + 1, sizeof *copies->items);
    copies->items[copies->count++] = place;
}

static void add_indicators(struct copies *copies, enum table table, const struct indicator *rows,
                           size_t count, const bool *odd) {
    for (size_t i = 0; i < count; i++) {
        const struct indicator *row = &rows[i];
        if (!indicator_repeats(rows, i))
            add_place(copies, (struct place){.text = row->kpi,
                                             .project = row->project,
                                             .table = table,
                                             .field = "kpi",
                                             .n = row->n,
                                             .line = row->line,
                                             .odd = odd[i]});
    }
}

static void add_items(struct copies *copies, enum table table, const char *field) {
    const struct check *check = copies->check;
    const struct dataset *data = check->data;
    bool result = text_equal(text_of(field), TEXT("result"));
    for (size_t i = 0; i < data->item_counts[table]; i++) {
        const struct item *item = &data->items[table][i];
        add_place(copies,
                  (struct place){.text = result ? item->result : item->text,
                                 .project = item->project,
                                 .table = table,
                                 .field = field,
                                 .n = item->n,
                                 .line = result ? places_result_line(check->places, i) : item->line,
                                 .odd = table == TABLE_ACTIVITIES && activity_is_outside(check, item)});
    }
}

static int order_places(const struct place *a, const struct place *b) {
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    return (a->n > b->n) - (a->n < b->n);
}

static int compare_texts(const void *a, const void *b) {
    const struct place *x = a;
    const struct place *y = b;
    if (x->letters != y->letters)
        return x->letters < y->letters ? -1 : 1;
    return order_places(x, y);
}

static int compare_in_table(const void *a, const void *b) {
    const struct place *x = a;
    const struct place *y = b;
    if (x->table != y->table)
        return x->table < y->table ? -1 : 1;
    return compare_texts(a, b);
}

static size_t top_of(const struct dataset *data, size_t project) {
    size_t parent = data->projects[project].parent;
    return parent != NO_PROJECT ? parent : project;
}

/* Whether another place of the group before PLACE belongs to the same project, sub-projects counted as one. */
static bool is_counted(const struct dataset *data, const struct group *group, const struct place *place) {
    for (const struct place *before = group->first; before < place; before++) {
        if (top_of(data, before->project) == top_of(data, place->project))
            return true;
    }
    return false;
}

/* Whether the text stands in several projects, but not in so many that it is one of the form's. */
static bool is_copied(const struct dataset *data, const struct group *group, size_t most) {
    size_t count = 0;
    for (const struct place *place = group->first; place < group->end && count <= most; place++)
        count += !is_counted(data, group, place);
    return count >= 2 && count <= most;
}

/* Tells PLACE with the other projects' places: where it is odd, with those that are not, if there are such. */
static void tell_place(struct check *check, enum rule rule, const struct group *group,
                       const struct place *place) {
    const struct dataset *data = check->data;
    struct buffer keys = {0};
    struct buffer lines = {0};
    bool even = false;
    for (const struct place *other = group->first; other < group->end; other++)
        even |= !other->odd && top_of(data, other->project) != top_of(data, place->project);
    size_t listed = 0;
    for (const struct place *other = group->first; other < group->end && listed < MOST_PLACES; other++) {
        bool again = other > group->first && other[-1].project == other->project;
        if (again || top_of(data, other->project) == top_of(data, place->project) || (even && other->odd))
            continue;
        listed++;
        buffer_append_text(&keys, keys.len > 0 ? TEXT(", ") : TEXT(""));
        buffer_append_text(&keys, data->projects[other->project].key);
        buffer_append_text(&lines, lines.len > 0 ? TEXT(", ") : TEXT(""));
        buffer_append_text(&lines, check_line_text(check, other->line));
    }
    struct fault fault =
        check_fault(check, rule, place->project, place->table, place->n, place->field, place->line);
    fault.observed = place->text;
    fault.expected = buffer_text(&keys);
    fault.arguments[0] = (struct fault_argument){"line", buffer_text(&lines)};
    check_tell(check, &fault);
    buffer_free(&keys);
    buffer_free(&lines);
}

/* A text of several projects: where something else speaks against some of its places, those are told. A row of results
   that has its KPI repeats the KPI's text, which is told there. */
static void check_group(struct check *check, const struct group *group) {
    bool odd = false;
    bool even = false;
    for (const struct place *place = group->first; place < group->end; place++) {
        odd |= place->odd;
        even |= !place->odd;
    }
    for (const struct place *place = group->first; place < group->end; place++) {
        bool again = place > group->first && place[-1].project == place->project;
        bool repeats = place->table == TABLE_RESULTS && !place->odd;
        if (odd && even && place->odd)
            tell_place(check, RULE_TEXT_OF_ANOTHER_PROJECT, group, place);
        else if (odd == even || again || repeats)
            continue;
        else
            tell_place(check, RULE_TEXT_IN_TWO_PROJECTS, group, place);
    }
}

/* Whether the plan of the activity's project has it, in other words or more or fewer of them. */
static bool is_planned(struct copies *copies, struct similarity *similarity, const struct place *place) {
    struct check *check = copies->check;
    const struct dataset *data = check->data;
    struct span plan = data->projects[place->project].rows[TABLE_ACTIVITIES];
    struct text own = letters_text(copies, &copies->letters, place->text);
    struct clusters text = similarity_clusters(similarity, check_without_number(check, place->text));
    bool found = false;
    for (size_t i = plan.first; i < plan.first + plan.count && !found; i++) {
        struct text planned = data->items[TABLE_ACTIVITIES][i].text;
        struct text letters = letters_text(copies, &copies->others, planned);
        size_t least = letters.len < own.len ? letters.len : own.len;
        struct clusters clusters = similarity_clusters(similarity, check_without_number(check, planned));
        found = (least > 0 && memcmp(letters.data, own.data, least) == 0) ||
                similarity_score(similarity, &text, &clusters, SAME_ACTIVITY) > 0;
        clusters_free(&clusters);
    }
    clusters_free(&text);
    return found;
}

/* Activities of the details that the project's own plan does not have, but another project. */
static void check_activities(struct copies *copies, struct similarity *similarity, struct place *first,
                             struct place *end) {
    struct check *check = copies->check;
    struct group group = {first, end};
    for (struct place *place = first; place < end; place++)
        place->odd = place->table == TABLE_ACTIVITY_RESULTS &&
                     check->data->projects[place->project].rows[TABLE_ACTIVITIES].count > 0 &&
                     !is_planned(copies, similarity, place);
    for (const struct place *place = first; place < end; place++) {
        if (place->odd)
            tell_place(check, RULE_TEXT_OF_ANOTHER_PROJECT, &group, place);
    }
}

/* Calls for each text that several projects have: activities of plan and details together, or SIMILARITY is NULL. */
static void check_texts(struct copies *copies, struct similarity *similarity) {
    int (*compare)(const void *, const void *) = similarity != NULL ? compare_texts : compare_in_table;
    if (copies->count > 0)
        qsort(copies->items, copies->count, sizeof *copies->items, compare);
    for (size_t first = 0, end; first < copies->count; first = end) {
        const struct place *place = &copies->items[first];
        for (end = first + 1; end < copies->count; end++) {
            const struct place *other = &copies->items[end];
            if ((similarity == NULL && other->table != place->table) || !is_same_text(copies, place, other))
                break;
        }
        struct group group = {place, &copies->items[end]};
        if (!is_copied(copies->check->data, &group, copies->most))
            continue;
        if (similarity != NULL)
            check_activities(copies, similarity, &copies->items[first], &copies->items[end]);
        else
            check_group(copies->check, &group);
    }
}

void check_copies(struct check *check, const bool *odd_kpis, const bool *odd_results) {
    const struct dataset *data = check->data;
    struct copies copies = {
        .check = check,
        .least = (size_t)rule_whole_threshold(check->rules, RULE_TEXT_OF_ANOTHER_PROJECT, "characters"),
        .most = (size_t)rule_whole_threshold(check->rules, RULE_TEXT_OF_ANOTHER_PROJECT, "projects")};
    add_indicators(&copies, TABLE_KPIS, data->kpis, data->kpi_count, odd_kpis);
    add_indicators(&copies, TABLE_RESULTS, data->results, data->result_count, odd_results);
    add_items(&copies, TABLE_OBJECTIVES, "objective");
    add_items(&copies, TABLE_ACTIVITIES, "activity");
    add_items(&copies, TABLE_ACTIVITY_RESULTS, "result");
    add_items(&copies, TABLE_OBSTACLES, "text");
    check_texts(&copies, NULL);
    copies.count = 0;
    add_items(&copies, TABLE_ACTIVITIES, "activity");
    add_items(&copies, TABLE_ACTIVITY_RESULTS, "activity");
    struct similarity *similarity = similarity_create();
    check_texts(&copies, similarity);
    similarity_free(similarity);
    letters_free(&copies.letters);
    letters_free(&copies.others);
    buffer_free(&copies.normal);
    free(copies.items);
}
