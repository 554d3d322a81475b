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

/* How many bytes at the beginning of TEXT are what PATTERN asks for, though its words may be misspelt: the first
   that is goes into MISSPELLING. 0: they are something else. */
static size_t lead_length(struct records *records, const struct pattern *pattern, struct text text,
                          struct misspelling *misspelling) {
    struct match match;
    *misspelling = (struct misspelling){0};
    if (pattern_match(pattern, text, 0, &match) && match.start == 0)
        return match.end;
    struct text beginning = beginning_of(text, MAX_LEAD);
    struct text mended = spelling_mend(records->spelling, "activity", beginning, misspelling);
    if (misspelling->word.len == 0 || !pattern_match(pattern, mended, 0, &match) || match.start > 0 ||
        mended.len - match.end >= beginning.len)
        return 0;
    return beginning.len - (mended.len - match.end);
}

/* The same; where a word is misspelt, there is a finding. */
static size_t length_of_lead(struct records *records, const struct project_record *project,
                             const struct pattern *pattern, const struct grid_line *line) {
    struct misspelling misspelling;
    size_t length = lead_length(records, pattern, line->text, &misspelling);
    if (length > 0 && misspelling.word.len > 0)
        records_tell_spelling(
            records, records_place(SEVERITY_NOTE, "", project, "activity_results", 0, "activity", line->line),
            &misspelling);
    return length;
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
        "the words that begin a result stand nowhere in the section; what stands beneath the activity is "
        "taken as its result");
}

/* Among labelled activities a line may begin one without the label: its number is the next. Returns whether it does. */
static bool tell_unlabelled(struct records *records, const struct project_record *project, size_t count,
                            const struct grid_line *line) {
    const struct pattern *item = profile_pattern(records->options.profile, "objective-item");
    struct match match;
    if (!line->bold || !pattern_match(item, line->text, 0, &match) ||
        (size_t)text_number(match_group(&match, "number")) != count + 1)
        return false;
    struct finding_place place = records_place(SEVERITY_WARNING, "activity-doubtful", project,
                                               "activity_results", count, "result", line->line);
    records_find(records, &place, line->text, (struct text){0},
                 "this line may begin another activity; it is read as of the one above");
    return true;
}

/* Whether a line begins with the label of an activity; where none does, whether one does whose words are misspelt
   and that has a number: there may be one activity alone. */
static bool has_labels(struct records *records, const struct pattern *label) {
    const struct grid *grid = &records->grid;
    struct misspelling misspelling;
    bool labelled = false;
    for (size_t i = 0; i < grid->line_count && !labelled; i++)
        labelled = !grid->lines[i].row && pattern_match(label, grid->lines[i].text, 0, NULL);
    for (size_t i = 0; i < grid->line_count && !labelled; i++) {
        struct text text = grid->lines[i].text;
        size_t length = lead_length(records, label, text, &misspelling);
        labelled = length > 0 && char_is_digit(text.data[length - 1]);
    }
    return labelled;
}

/* Whether LINE is «none», as where the activities' results should begin. A dash alone stands for a result. */
static bool says_nothing(const struct records *records, const struct grid_line *line) {
    return line->text.len > 1 &&
           pattern_match(profile_pattern(records->options.profile, "quantity-blank"), line->text, 0, NULL);
}

/* Whether the line INDEX heads the activities beneath it, whose numbers begin again with 1: it is bold or numbered as a
   part of something. Then it is of none of them, and told. */
static bool is_group_heading(struct records *records, const struct project_record *project, size_t count,
                             size_t index) {
    const struct grid *grid = &records->grid;
    struct profile *profile = records->options.profile;
    const struct grid_line *line = &grid->lines[index];
    struct match match;
    if (count == 0 || index + 1 == grid->line_count ||
        !pattern_match(profile_pattern(profile, "project-part"), grid->lines[index + 1].text, 0, &match) ||
        text_number(match_group(&match, "number")) != 1)
        return false;
    if (!line->bold && !pattern_match(profile_pattern(profile, "row-sub-item"), line->text, 0, NULL))
        return false;
    struct finding_place place = records_place(SEVERITY_WARNING, "line-unread", project, "activity_results",
                                               count, "result", line->line);
    records_find(records, &place, line->text, (struct text){0},
                 "this line is taken as the heading of the activities beneath it, which begin with 1 again; "
                 "it is in no row");
    return true;
}

/* A second result of one activity: another activity, whose label is not known, may have begun above it. */
static void tell_second_result(struct records *records, const struct project_record *project, size_t count,
                               const struct grid_line *line) {
    if (!pattern_match(profile_pattern(records->options.profile, "activity-result-again"), line->text, 0,
                       NULL))
        return;
    struct finding_place place = records_place(SEVERITY_WARNING, "activity-doubtful", project,
                                               "activity_results", count, "result", line->line);
    records_find(records, &place, line->text, (struct text){0},
                 "a second result begins here; it is read as of the activity above");
}

/* The sign behind the number that LINE begins with; NUL when it begins with none. */
static char item_sign(const struct records *records, const struct grid_line *line) {
    struct match match;
    if (!pattern_match(profile_pattern(records->options.profile, "objective-item"), line->text, 0, &match))
        return '\0';
    struct text sign = match_group(&match, "style");
    return sign.len > 0 ? sign.data[0] : ' ';
}

/* What stands in NAME behind its number, dash or label. */
static struct text bare_name(const struct records *records, struct text name) {
    struct match match;
    return pattern_match(profile_pattern(records->options.profile, "list-lead"), name, 0, &match)
               ? text_skip(name, match.end)
               : name;
}

/* Whether LINE is the name of one of the plan's activities, a letter in eight right or wrong. */
static bool is_planned(struct records *records, const struct grid_line *line) {
    const struct text *names = name_list_texts(&records->activity_names);
    struct letters written = {0};
    struct letters planned = {0};
    bool found = false;
    letters_of(&written, bare_name(records, line->text));
    for (size_t i = 0; i < records->activity_names.count && !found && written.count > 0; i++) {
        letters_of(&planned, bare_name(records, names[i]));
        size_t bound = planned.count / 8;
        found = letters_distance(&written, &planned, bound) <= bound;
    }
    letters_free(&written);
    letters_free(&planned);
    return found;
}

/* Whether the line INDEX, with a number and the SIGN behind it, begins an activity behind COUNT others: its number was not
   had, and where results have their words, such words stand in it or beneath it, above the next line of that form. Else
   it is an item of a list within a result. */
static bool begins_numbered_activity(const struct records *records, size_t index, char sign, bool leads,
                                     size_t count) {
    const struct grid *grid = &records->grid;
    const struct pattern *item = profile_pattern(records->options.profile, "objective-item");
    struct match match;
    const struct pattern *lead = profile_pattern(records->options.profile, "activity-result-lead");
    if (sign == '\0' || item_sign(records, &grid->lines[index]) != sign ||
        !pattern_match(item, grid->lines[index].text, 0, &match) ||
        (size_t)text_number(match_group(&match, "number")) <= count)
        return false;
    for (size_t i = index; leads && i < grid->line_count; i++) {
        if (i > index && item_sign(records, &grid->lines[i]) == sign)
            return false;
        if (pattern_match(lead, grid->lines[i].text, 0, NULL))
            return true;
    }
    return !leads;
}

/* Activities as paragraphs, being read. */
struct paragraphs {
    struct records *records;
    struct project_record *project;
    struct activity_results *list;
    bool labelled;       /* each begins with a label («activity 1 …») */
    char sign;           /* without labels: that behind their numbers; NUL: they have none */
    bool leads;          /* the words that begin a result stand in the section */
    uint64_t table_line; /* where a table begins; UINT64_MAX: there is none */
    bool open;
    bool named; /* the open activity's line has the whole of its name */
    bool in_result;
    bool doubted; /* another activity may have begun within the last one, and that is told */
};

static struct paragraphs survey_paragraphs(struct records *records, struct project_record *project,
                                           struct activity_results *list) {
    const struct grid *grid = &records->grid;
    const struct pattern *label = profile_pattern(records->options.profile, "activity-label");
    const struct pattern *stated = profile_pattern(records->options.profile, "activities-stated");
    struct paragraphs paragraphs = {.records = records,
                                    .project = project,
                                    .list = list,
                                    .leads = has_result_leads(records),
                                    .table_line = grid->row_count > 0 ? grid->rows[0].line : UINT64_MAX};
    paragraphs.labelled = has_labels(records, label);
    /* The first line may state how many activities there are. */
    size_t first = grid->line_count > 0 && pattern_match(stated, grid->lines[0].text, 0, NULL) ? 1 : 0;
    if (first < grid->line_count)
        paragraphs.sign = item_sign(records, &grid->lines[first]);
    return paragraphs;
}

/* Whether the line INDEX begins an activity. */
static bool begins_activity(struct paragraphs *paragraphs, size_t index) {
    struct records *records = paragraphs->records;
    const struct grid_line *line = &records->grid.lines[index];
    if (paragraphs->labelled)
        return length_of_lead(records, paragraphs->project,
                              profile_pattern(records->options.profile, "activity-label"), line) > 0;
    if (paragraphs->list->count == 0 && paragraphs->sign != '\0')
        return item_sign(records, line) == paragraphs->sign;
    return begins_numbered_activity(records, index, paragraphs->sign, paragraphs->leads,
                                    paragraphs->list->count) ||
           (records->grid.row_count == 0 && is_planned(records, line));
}

static void open_activity(struct paragraphs *paragraphs, const struct grid_line *line, bool in_result) {
    (void)add_activity_result(paragraphs->list, line->line);
    paragraphs->open = true;
    paragraphs->named = !paragraphs->labelled && !paragraphs->leads && is_planned(paragraphs->records, line);
    paragraphs->in_result = in_result;
    paragraphs->doubted = false;
}

/* A row of a table that is not known is the open activity's result. */
static void take_row_line(struct paragraphs *paragraphs, const struct grid_line *line) {
    struct activity_results *list = paragraphs->list;
    if (paragraphs->open)
        records_append_part(&list->items[list->count - 1].result, line->text);
    paragraphs->in_result |= paragraphs->open;
}

/* Takes LINE into the open activity. */
static void take_activity_line(struct paragraphs *paragraphs, const struct grid_line *line) {
    struct records *records = paragraphs->records;
    const struct project_record *project = paragraphs->project;
    size_t count = paragraphs->list->count;
    struct activity_result *item = &paragraphs->list->items[count - 1];
    if (paragraphs->labelled)
        paragraphs->doubted |= tell_unlabelled(records, project, count, line);
    if (!paragraphs->in_result && !paragraphs->leads && (line->list || paragraphs->named) &&
        line->line > item->line) {
        tell_result_lead_lost(records, project, count, line);
        paragraphs->in_result = true;
    }
    if (paragraphs->in_result && !paragraphs->doubted)
        tell_second_result(records, project, count, line);
    take_result_line(records, project, item, line, &paragraphs->in_result);
}

static void take_paragraph_line(struct paragraphs *paragraphs, size_t index) {
    struct records *records = paragraphs->records;
    const struct activity_results *list = paragraphs->list;
    const struct grid_line *line = &records->grid.lines[index];
    bool loose = !paragraphs->labelled && paragraphs->sign == '\0' && records->grid.row_count == 0;
    if (begins_activity(paragraphs, index)) {
        open_activity(paragraphs, line, false);
        if (line->touches)
            records_tell_line(records, paragraphs->project->key, "activity_results", line);
    } else if (!paragraphs->open && loose && !says_nothing(records, line)) {
        open_activity(paragraphs, line, true);
    }
    /* What follows a table belongs to none of the activities above it. */
    if (paragraphs->open && list->items[list->count - 1].line < paragraphs->table_line &&
        line->line > paragraphs->table_line)
        paragraphs->open = false;
    if (paragraphs->labelled && paragraphs->open &&
        is_group_heading(records, paragraphs->project, list->count, index))
        paragraphs->open = false;
    else if (paragraphs->open)
        take_activity_line(paragraphs, line);
    else
        tell_left_out(records, paragraphs->project, line);
}

static void read_result_lines(struct records *records, struct project_record *project,
                              struct activity_results *list) {
    struct paragraphs paragraphs = survey_paragraphs(records, project, list);
    for (size_t i = 0; i < records->grid.line_count; i++) {
        const struct grid_line *line = &records->grid.lines[i];
        if (line->row)
            take_row_line(&paragraphs, line);
        else if (!take_stated(records, project, line))
            take_paragraph_line(&paragraphs, i);
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

/* Where no activity of the section has a result, their column may be lost. */
static void tell_results_lost(struct records *records, const struct project_record *project,
                              const struct activity_results *list) {
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].result.len > 0)
            return;
    }
    if (list->count == 0)
        return;
    struct finding_place place = records_place(SEVERITY_WARNING, "activity-results-blank", project,
                                               "activity_results", 1, "result", list->items[0].line);
    records_find(
        records, &place, buffer_text(&list->items[0].activity), (struct text){0},
        "no activity of the section has a result; they may be lost, or stand among the activities' names");
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
    tell_results_lost(records, project, &list);
    for (size_t i = 0; i < list.count; i++) {
        buffer_free(&list.items[i].activity);
        buffer_free(&list.items[i].result);
    }
    free(list.items);
}
