/* What was done, activity by activity; see records_section.h. */
#include <stdlib.h>

#include "records_section.h"

struct activity_result {
    struct buffer activity;
    struct buffer result;
    uint64_t line;
};

struct activity_results {
    struct activity_result *items;
    size_t count;
    size_t cap;
};

static struct activity_result *add_activity_result(struct activity_results *list, uint64_t line) {
    list->items = memory_reserve(list->items, &list->cap, list->count + 1, sizeof *list->items);
    struct activity_result *item = &list->items[list->count++];
    *item = (struct activity_result){.line = line};
    return item;
}

/* The first LEN bytes of LINE, or one or two less where that would part a letter. */
static struct text beginning_of(struct text line, size_t len) {
    if (line.len <= len)
        return line;
    while (len > 0 && ((unsigned char)line.data[len] & 0xC0) == 0x80)
        len--;
    return (struct text){line.data, len};
}

/* How many bytes at the beginning of LINE are what PATTERN asks for, though its words may be misspelt: then there is a
   finding. 0: they are something else. */
static size_t length_of_lead(struct records *records, const struct project_record *project,
                             const struct pattern *pattern, const struct grid_line *line) {
    struct misspelling misspelling;
    struct match match;
    if (pattern_match(pattern, line->text, 0, &match) && match.start == 0)
        return match.end;
    struct text beginning = beginning_of(line->text, MAX_LEAD);
    struct text mended = spelling_mend(records->spelling, "activity", beginning, &misspelling);
    if (misspelling.word.len == 0 || !pattern_match(pattern, mended, 0, &match) || match.start > 0 ||
        mended.len - match.end >= beginning.len)
        return 0;
    records_tell_spelling(
        records, records_place(SEVERITY_NOTE, "", project, "activity_results", 0, "activity", line->line),
        &misspelling);
    return beginning.len - (mended.len - match.end);
}

/* Takes LINE into the activity's ITEM: the label's text, then, behind the words «has the result», the result's. */
static void take_result_line(struct records *records, const struct project_record *project,
                             struct activity_result *item, const struct grid_line *line, bool *in_result) {
    const struct pattern *lead = profile_pattern(records->options.profile, "activity-result-lead");
    struct text text = line->text;
    struct match match;
    size_t length;
    if (!*in_result && pattern_match(lead, text, 0, &match)) {
        records_append_part(&item->activity, text_trim((struct text){text.data, match.start}));
        text = text_skip(text, match.end);
        *in_result = true;
    } else if (!*in_result && (length = length_of_lead(records, project, lead, line)) > 0) {
        text = text_skip(text, length);
        *in_result = true;
    }
    records_append_part(*in_result ? &item->result : &item->activity, text_trim(text));
}

/* Takes the number of activities that LINE states, whose words may be misspelt; false when it states none. */
static bool take_stated(struct records *records, struct project_record *project,
                        const struct grid_line *line) {
    const struct pattern *stated = profile_pattern(records->options.profile, "activities-stated");
    struct misspelling misspelling = {0};
    struct match match;
    if (!pattern_match(stated, line->text, 0, &match)) {
        struct text mended = spelling_mend(records->spelling, "stated", line->text, &misspelling);
        if (misspelling.word.len == 0 || !pattern_match(stated, mended, 0, &match))
            return false;
    }
    struct finding_place place =
        records_place(SEVERITY_NOTE, "", project, "projects", 0, "activities_stated", line->line);
    if (misspelling.word.len > 0)
        records_tell_spelling(records, place, &misspelling);
    buffer_clear(&project->activities_stated);
    buffer_append_text(&project->activities_stated, match_group(&match, "count"));
    return true;
}

/* A line that belongs to no activity: it may be a part of a row, or seem to state how many activities there are. */
static void tell_left_out(struct records *records, const struct project_record *project,
                          const struct grid_line *line) {
    const struct grid *grid = &records->grid;
    struct finding_place beneath =
        records_place(SEVERITY_WARNING, "line-unread", project, "activity_results", 0, "result", line->line);
    if (grid->row_count > 0 && (line->line > grid->rows[0].line || line->touches))
        records_find(
            records, &beneath, line->text, (struct text){0},
            "this line stands beside or beneath the table and may be of one of its activities; it is "
            "not read");
    struct finding_place place = records_place(SEVERITY_WARNING, "line-unread", project, "projects", 0,
                                               "activities_stated", line->line);
    if (pattern_match(profile_pattern(records->options.profile, "activities-stated-like"), line->text, 0,
                      NULL))
        records_find(records, &place, line->text, (struct text){0},
                     "this line seems to state a number of activities; it is not read");
}

/* Whether the words that begin an activity's result stand somewhere in the section. */
static bool has_result_leads(const struct records *records) {
    const struct pattern *lead = profile_pattern(records->options.profile, "activity-result-lead");
    for (size_t i = 0; i < records->grid.line_count; i++) {
        if (pattern_match(lead, records->grid.lines[i].text, 0, NULL))
            return true;
    }
    return false;
}

static void tell_result_lead_lost(struct records *records, const struct project_record *project, uint64_t n,
                                  const struct grid_line *line) {
    struct finding_place place = records_place(SEVERITY_NOTE, "result-lead-lost", project, "activity_results",
                                               n, "result", line->line);
    records_find(
        records, &place, line->text, (struct text){0},
        "the words that begin a result stand nowhere in the section; the list beneath the activity is "
        "taken as its result");
}

/* Among labelled activities a line may begin one without the label: its number is the next. */
static void tell_unlabelled(struct records *records, const struct project_record *project, size_t count,
                            const struct grid_line *line) {
    const struct pattern *item = profile_pattern(records->options.profile, "objective-item");
    struct match match;
    if (!line->bold || !pattern_match(item, line->text, 0, &match) ||
        (size_t)text_number(match_group(&match, "number")) != count + 1)
        return;
    struct finding_place place = records_place(SEVERITY_WARNING, "activity-doubtful", project,
                                               "activity_results", count, "result", line->line);
    records_find(records, &place, line->text, (struct text){0},
                 "this line may begin another activity; it is read as of the one above");
}

/* How the paragraphs of a section say which activity they are about. */
struct result_form {
    bool labelled; /* by a label («activity 1 …») */
    bool numbered; /* by a number */
    bool leads;    /* the words that begin a result stand somewhere in the section */
};

/* Numbers count where there are no labels and the first line has one, be it behind the line that states how many
   activities there are. */
static struct result_form result_form_of(const struct records *records) {
    const struct grid *grid = &records->grid;
    struct profile *profile = records->options.profile;
    const struct pattern *label = profile_pattern(profile, "activity-label");
    struct result_form form = {.leads = has_result_leads(records)};
    for (size_t i = 0; i < grid->line_count; i++)
        form.labelled |= pattern_match(label, grid->lines[i].text, 0, NULL);
    size_t first = grid->line_count > 1 &&
                   pattern_match(profile_pattern(profile, "activities-stated"), grid->lines[0].text, 0, NULL);
    form.numbered =
        !form.labelled && grid->line_count > 0 &&
        pattern_match(profile_pattern(profile, "objective-item"), grid->lines[first].text, 0, NULL);
    return form;
}

/* Whether the line AT, or one beneath it before the next numbered one, begins a result. */
static bool leads_to_result(const struct records *records, size_t at) {
    const struct grid *grid = &records->grid;
    struct profile *profile = records->options.profile;
    const struct pattern *item = profile_pattern(profile, "objective-item");
    const struct pattern *lead = profile_pattern(profile, "activity-result-lead");
    for (size_t i = at; i < grid->line_count; i++) {
        if (i > at && pattern_match(item, grid->lines[i].text, 0, NULL))
            return false;
        if (pattern_match(lead, grid->lines[i].text, 0, NULL))
            return true;
    }
    return false;
}

/* Whether an activity begins with the line AT, behind COUNT others: a number that was had is one of a list within a
   result, and so is one that no result follows, where results have words of their own. */
static bool begins_activity(struct records *records, const struct project_record *project,
                            const struct result_form *form, size_t at, size_t count) {
    struct profile *profile = records->options.profile;
    const struct grid_line *line = &records->grid.lines[at];
    struct match match;
    if (form->labelled)
        return length_of_lead(records, project, profile_pattern(profile, "activity-label"), line) > 0;
    return form->numbered &&
           pattern_match(profile_pattern(profile, "objective-item"), line->text, 0, &match) &&
           (size_t)text_number(match_group(&match, "number")) > count &&
           (!form->leads || leads_to_result(records, at));
}

/* Activities as paragraphs: each begins with a label; without labels, numbered items are they. */
static void read_result_lines(struct records *records, struct project_record *project,
                              struct activity_results *list) {
    const struct grid *grid = &records->grid;
    struct result_form form = result_form_of(records);
    uint64_t table_line = grid->row_count > 0 ? grid->rows[0].line : UINT64_MAX;
    size_t rows = list->count;
    bool open = false;
    bool in_result = false;
    for (size_t i = 0; i < grid->line_count; i++) {
        const struct grid_line *line = &grid->lines[i];
        if (take_stated(records, project, line))
            continue;
        if (begins_activity(records, project, &form, i, list->count - rows)) {
            (void)add_activity_result(list, line->line);
            if (line->touches)
                records_tell_line(records, project->key, "activity_results", line);
            open = true;
            in_result = false;
        }
        if (!open && !form.labelled && !form.numbered && grid->row_count == 0) {
            (void)add_activity_result(list, grid->lines[i].line);
            open = true;
            in_result = true;
        }
        /* What follows a table belongs to none of the activities above it. */
        if (open && list->items[list->count - 1].line < table_line && grid->lines[i].line > table_line)
            open = false;
        if (form.labelled && open)
            tell_unlabelled(records, project, list->count, line);
        if (open && !in_result && !form.leads && line->list &&
            line->line > list->items[list->count - 1].line) {
            tell_result_lead_lost(records, project, list->count, line);
            in_result = true;
        }
        if (open)
            take_result_line(records, project, &list->items[list->count - 1], line, &in_result);
        else
            tell_left_out(records, project, line);
    }
}

static int by_line(const void *a, const void *b) {
    const struct activity_result *x = a;
    const struct activity_result *y = b;
    return (x->line > y->line) - (x->line < y->line);
}

static void write_activity_results(struct records *records, const struct project_record *project,
                                   const struct activity_results *list) {
    struct table_writer *writer = records_writer(records, TABLE_ACTIVITY_RESULTS);
    for (size_t i = 0; i < list->count && writer != NULL; i++) {
        table_put(writer, records_key_text(records, project->key));
        table_put_number(writer, i + 1);
        table_put(writer, buffer_text(&list->items[i].activity));
        table_put(writer, buffer_text(&list->items[i].result));
        table_put_number(writer, list->items[i].line);
        table_end_row(writer);
    }
}

void records_read_activity_results(struct records *records, struct project_record *project,
                                   const struct section_row *section) {
    struct grid_names names = {name_list_texts(&records->activity_names), records->activity_names.count};
    records_read_section(records, "activity_results", section, &names);
    const struct grid *grid = &records->grid;
    struct activity_results list = {0};
    records_tell_unread(records, project->key, "activity_results");
    for (size_t i = 0; i < grid->row_count; i++) {
        const struct grid_row *row = &grid->rows[i];
        struct activity_result *item = add_activity_result(&list, row->line);
        buffer_append_text(&item->activity, grid_cell(grid, row, 0));
        buffer_append_text(&item->result,
                           grid_cell(grid, row, records_column_of(grid_layout(grid, row), GRID_RESULT)));
        records_tell_row(records, project, "activity_results", list.count, row, "activity");
    }
    read_result_lines(records, project, &list);
    if (list.count > 0)
        qsort(list.items, list.count, sizeof *list.items, by_line);
    write_activity_results(records, project, &list);
    for (size_t i = 0; i < list.count; i++) {
        buffer_free(&list.items[i].activity);
        buffer_free(&list.items[i].result);
    }
    free(list.items);
}
