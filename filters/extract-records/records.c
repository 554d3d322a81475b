/* The walk from section to section; see records.h. */
#include "records.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diagnostics.h"
#include "records_internal.h"
#include "thai.h"

struct text records_key_text(struct records *records, struct key key) {
    buffer_clear(&records->key_text);
    key_append(&records->key_text, key);
    return buffer_text(&records->key_text);
}

void records_find(struct records *records, const struct finding_place *place, struct text observed,
                  struct text expected, const char *format, ...) {
    char *message = NULL;
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    message = memory_resize(NULL, (size_t)length + 1, 1);
    vsnprintf(message, (size_t)length + 1, format, again);
    va_end(again);
    findings_add(records->options.findings, &(struct finding){
                                                .severity = place->severity,
                                                .rule = place->rule,
                                                .key = records_key_text(records, place->key),
                                                .table = place->table,
                                                .n = place->n,
                                                .field = place->field,
                                                .line = place->line,
                                                .observed = observed,
                                                .expected = expected,
                                                .message = text_of(message),
                                            });
    free(message);
}

struct table_writer *records_writer(struct records *records, enum table table) {
    return records->options.writers->writers[table];
}

void records_tell_unread(struct records *records, struct key key, const char *table) {
    const struct grid *grid = &records->grid;
    struct finding_place place = {SEVERITY_WARNING, "table-unread", key, table, 0, "", 0};
    for (size_t i = 0; i < grid->ignored_count; i++) {
        place.line = grid->ignored[i];
        records_find(records, &place, (struct text){0}, (struct text){0},
                     grid_keeps_as_text(table)
                         ? "a table stands here whose header is not known; its rows are text of what stands "
                           "above them"
                         : "a table stands here whose header is not known; its rows are not read");
    }
    place.rule = "page-number";
    place.severity = SEVERITY_NOTE;
    place.line = grid->page_line;
    if (grid->page_line > 0)
        records_find(records, &place, (struct text){0}, (struct text){0},
                     "a number stands alone on its line; it is taken as a page's number and left out");
    place.rule = "header-years";
    place.severity = SEVERITY_WARNING;
    for (size_t i = 0; i < grid->tables; i++) {
        place.line = grid->layouts[i].line;
        if (grid->layouts[i].word.len > 0)
            records_tell_spelling(records, place,
                                  &(struct misspelling){grid->layouts[i].misspelt, grid->layouts[i].word});
        if (grid->layouts[i].years_unsure)
            records_find(records, &place, (struct text){0}, (struct text){0},
                         "a column's header names several years; the report's fiscal year is taken");
        if (grid->layouts[i].year_unread)
            records_find(
                records, &place, (struct text){0}, (struct text){0},
                "a column's header, which has digits, is no year that is known; the column is not read");
        if (grid->layouts[i].years_unknown)
            records_find(
                records, &place, (struct text){0}, (struct text){0},
                "the headers of the columns name no years that are known; the report's fiscal year is taken");
    }
}

void records_tell_shape(struct records *records, struct finding_place place, const struct grid_row *row) {
    struct text name = grid_cell(&records->grid, row, 0);
    place.severity = SEVERITY_WARNING;
    place.rule = "row-misshapen";
    if (row->untabbed)
        records_find(records, &place, name, (struct text){0},
                     "the row has lost its tabs; its second cell is what seems to be it, or blank");
    else if (row->shifted)
        records_find(
            records, &place, name, (struct text){0},
            "the row has blank cells too many; they are left out, so that the others fit the header");
    else if (row->printed != row->cells && !row->label)
        records_find(records, &place, name, (struct text){0},
                     "the row has %zu cells, its header %zu; what stands in them may be of other columns",
                     row->printed, row->cells);
}

void records_tell_line(struct records *records, struct key key, const char *table,
                       const struct grid_line *line) {
    const struct pattern *item = profile_pattern(records->options.profile, "row-numbered");
    struct finding_place place = {SEVERITY_WARNING, "line-unread", key, table, 0, "", line->line};
    if (line->touches || pattern_match(item, line->text, 0, NULL))
        records_find(records, &place, line->text, (struct text){0},
                     "this line of the table's section may be a row that lost its tab, or a part of one; it "
                     "is not read");
}

void records_tell_cut(struct records *records, struct finding_place place, const struct grid_row *row) {
    place.severity = SEVERITY_NOTE;
    place.rule = "row-joined";
    if (row->doubtful)
        records_find(records, &place, grid_cell(&records->grid, row, 0), (struct text){0},
                     "this row was cut, as it seems; the row beneath it, or beneath the page break, was "
                     "taken as its rest");
    place.rule = "cell-cut";
    if (row->tail > 0)
        records_find(
            records, &place, grid_cell(&records->grid, row, row->tail), (struct text){0},
            "a cell of this row begins with what may be the rest of the cell above the page break; it stands "
            "as it is printed");
}

void records_tell_spelling(struct records *records, struct finding_place place,
                           const struct misspelling *misspelling) {
    place.severity = SEVERITY_NOTE;
    place.rule = "word-misspelt";
    records_find(records, &place, misspelling->printed, misspelling->word,
                 "a word of the form is misspelt here, as it seems; it is read as the word that is expected");
}

struct text records_mend(struct records *records, struct finding_place place, const char *words,
                         struct text text) {
    struct misspelling misspelling;
    text = spelling_mend(records->spelling, words, text, &misspelling);
    if (misspelling.word.len > 0)
        records_tell_spelling(records, place, &misspelling);
    return text;
}

void name_list_add(struct name_list *list, struct text name) {
    buffer_append_text(&list->bytes, name);
    list->ends = memory_reserve(list->ends, &list->cap, list->count + 1, sizeof *list->ends);
    list->ends[list->count++] = list->bytes.len;
}

const struct text *name_list_texts(struct name_list *list) {
    list->texts = memory_reserve(list->texts, &list->texts_cap, list->count, sizeof *list->texts);
    for (size_t i = 0; i < list->count; i++) {
        size_t start = i > 0 ? list->ends[i - 1] : 0;
        list->texts[i] = (struct text){list->bytes.data + start, list->ends[i] - start};
    }
    return list->texts;
}

void name_list_clear(struct name_list *list) {
    buffer_clear(&list->bytes);
    list->count = 0;
}

void name_list_free(struct name_list *list) {
    buffer_free(&list->bytes);
    free(list->ends);
    free(list->texts);
}

void records_put_year(struct table_writer *writer, int year) {
    records_put_count(writer, year > 0 ? (uint64_t)year : 0);
}

void records_put_count(struct table_writer *writer, uint64_t number) {
    if (number > 0)
        table_put_number(writer, number);
    else
        table_put(writer, TEXT(""));
}

void records_put_percent(struct table_writer *writer, struct text printed) {
    struct decimal value;
    char text[DECIMAL_TEXT];
    if (decimal_parse(printed, &value))
        table_put_string(writer, decimal_format(value, text));
    else
        table_put(writer, printed);
}

struct records *records_open(const struct records_options *options) {
    struct records *records = memory_zeroed(1, sizeof *records);
    records->options = *options;
    records->headings = headings_open(options->profile);
    records->agencies = agencies_open(options->profile);
    records->spelling = spelling_open(options->profile);
    records->budgets = budgets_open(options->profile, records->spelling);
    records->calendar = calendar_open(options->profile);
    records->quantities = quantities_open(options->profile);
    records->grids = grid_reader_open(options->profile, records->spelling);
    return records;
}

/* Projects */

static void clear_project(struct project_record *project) {
    buffer_free(&project->number_printed);
    buffer_free(&project->title);
    buffer_free(&project->agency_text);
    buffer_free(&project->duration_days);
    for (size_t i = 0; i < MONEY_ITEMS; i++)
        buffer_free(&project->budget[i]);
    buffer_free(&project->activities_stated);
    buffer_free(&project->progress_total);
    buffer_free(&project->progress_year);
}

/* The number as in the table: 7, 6.1, 54.A1. */
static void append_number(struct buffer *buffer, struct key key) {
    buffer_printf(buffer, "%d", key.number);
    if (key.sub > 0)
        buffer_printf(buffer, ".%d", key.sub);
    if (key.part > 0)
        buffer_printf(buffer, ".A%d", key.part);
}

static void put_date(struct table_writer *writer, struct date date) {
    char text[DATE_TEXT];
    table_put_string(writer, date_format(date, text));
}

static void write_project(struct records *records, const struct project_record *project) {
    struct table_writer *writer = records_writer(records, TABLE_PROJECTS);
    if (writer == NULL)
        return;
    bool is_part = project->key.sub > 0 || project->key.part > 0;
    table_put(writer, records_key_text(records, project->key));
    table_put(writer, is_part ? records_key_text(records, key_parent(project->key)) : TEXT(""));
    records_put_year(writer, project->key.strategy);
    buffer_clear(&records->scratch);
    append_number(&records->scratch, project->key);
    table_put(writer, buffer_text(&records->scratch));
    table_put(writer, buffer_text(&project->number_printed));
    table_put(writer, buffer_text(&project->title));
    table_put(writer, project->agency);
    table_put(writer, buffer_text(&project->agency_text));
    if (project->sections[SECTION_OBJECTIVES])
        table_put_number(writer, project->objectives);
    else
        table_put(writer, TEXT(""));
    put_date(writer, project->period.start);
    put_date(writer, project->period.end);
    table_put(writer, buffer_text(&project->duration_days));
    for (size_t i = 0; i < MONEY_ITEMS; i++)
        table_put(writer, buffer_text(&project->budget[i]));
    table_put_number(writer, project->kpis);
    table_put_number(writer, project->results);
    table_put_number(writer, project->activities);
    table_put(writer, buffer_text(&project->activities_stated));
    table_put_string(writer, project->obstacles);
    table_put(writer, buffer_text(&project->progress_total));
    table_put(writer, buffer_text(&project->progress_year));
    table_put_number(writer, project->line_first);
    table_put_number(writer, project->line_last);
    table_end_row(writer);
}

/* The agency of a parent without sections of its own is that of its parts, when they agree. */
static void judge_parent(struct records *records) {
    struct project_record *parent = &records->projects[0];
    if (parent->agency.len > 0 || records->project_count < 2)
        return;
    struct text agency = records->projects[1].agency;
    for (size_t i = 2; i < records->project_count; i++) {
        if (!text_equal(agency, records->projects[i].agency))
            return;
    }
    parent->agency = agency;
}

static struct summary_record *find_summary(struct records *records, struct key key) {
    for (size_t i = 0; i < records->summary_count; i++) {
        if (!records->summary[i].total && key_equal(records->summary[i].key, key))
            return &records->summary[i];
    }
    return NULL;
}

/* A project whose heading is lost takes what the summary table says of it. */
static void complete_lost_project(struct records *records, struct project_record *project) {
    const struct summary_record *summary = find_summary(records, project->key);
    if (project->title.len > 0 || summary == NULL)
        return;
    buffer_append_text(&project->title, buffer_text(&summary->title));
    records_find(records,
                 &(struct finding_place){SEVERITY_WARNING, "title-from-summary", project->key, "projects", 0,
                                         "title", project->line_first},
                 (struct text){0}, buffer_text(&project->title),
                 "the project's heading is lost; its title is taken from the summary table");
}

/* Without a section of its own that names an agency: a part has that of its project; the agency that the project's
   other text cannot tell is the summary table's. */
static void complete_agency(struct records *records, struct project_record *project) {
    const struct summary_record *summary = find_summary(records, project->key);
    const struct project_record *whole = &records->projects[0];
    if (project->agency.len > 0)
        return;
    if (project != whole && project->agency_text.len == 0 && whole->agency_text.len > 0 &&
        whole->agency.len > 0) {
        project->agency = whole->agency;
        return;
    }
    struct agency_match match;
    agencies_find(records->agencies, buffer_text(&project->title), &match);
    if (match.full) {
        project->agency = match.code;
        records_find(records,
                     &(struct finding_place){SEVERITY_WARNING, "agency-from-title", project->key, "projects",
                                             0, "agency", project->line_first},
                     (struct text){0}, match.code,
                     "the project's own section names no agency that is known; it is taken from the name in "
                     "the title");
        return;
    }
    if (summary == NULL || summary->agency.len == 0)
        return;
    project->agency = summary->agency;
    records_find(
        records,
        &(struct finding_place){SEVERITY_WARNING, "agency-from-summary", project->key, "projects", 0,
                                "agency", project->line_first},
        (struct text){0}, summary->agency,
        "the project's own section names no agency that is known; it is taken from the summary table");
}

/* The agency by the project's own section goes into the summary row too. */
static void judge_summary(struct records *records, const struct project_record *project) {
    struct summary_record *summary = find_summary(records, project->key);
    if (summary == NULL || project->agency.len == 0 || text_equal(summary->agency, project->agency))
        return;
    if (summary->agency.len > 0 && summary->agency_text.len > 0)
        records_find(
            records,
            &(struct finding_place){SEVERITY_WARNING, "agency-differs", project->key, "summary", 0, "agency",
                                    summary->line},
            buffer_text(&summary->agency_text), project->agency,
            "the summary table names another agency than the project's own section (line %llu); the section "
            "counts",
            (unsigned long long)(project->agency_line > 0 ? project->agency_line : project->line_first));
    summary->agency = project->agency;
}

static void flush_projects(struct records *records) {
    if (records->project_count == 0)
        return;
    judge_parent(records);
    for (size_t i = 0; i < records->project_count; i++) {
        struct project_record *project = &records->projects[i];
        complete_lost_project(records, project);
        complete_agency(records, project);
        judge_summary(records, project);
    }
    for (size_t i = 0; i < records->project_count; i++) {
        write_project(records, &records->projects[i]);
        clear_project(&records->projects[i]);
    }
    records->project_count = 0;
}

static struct project_record *add_project(struct records *records, struct key key, uint64_t line) {
    records->projects = memory_reserve(records->projects, &records->project_cap, records->project_count + 1,
                                       sizeof *records->projects);
    struct project_record *project = &records->projects[records->project_count++];
    *project = (struct project_record){
        .key = key,
        .agency = TEXT(""),
        .obstacles = "",
        .line_first = line,
        .line_last = line,
    };
    return project;
}

/* Begins a project of ROW. A part whose parent has no heading of its own has the parent begin first. */
static struct project_record *begin_project(struct records *records, const struct section_row *row) {
    bool is_part = row->key.sub > 0 || row->key.part > 0;
    const struct project_record *open = records->project_count > 0 ? records->projects : NULL;
    if (open != NULL && (!is_part || !key_equal(open->key, key_parent(row->key))))
        flush_projects(records);
    if (is_part && records->project_count == 0)
        (void)add_project(records, key_parent(row->key), row->line_first);
    struct project_record *project = add_project(records, row->key, row->line_first);
    name_list_clear(&records->kpi_names);
    name_list_clear(&records->activity_names);
    return project;
}

/* Whether PROJECT has had sections, and not its last one. */
static bool is_repeated(const struct project_record *project) {
    bool any = false;
    for (size_t i = 0; i < SECTIONS_OF_PROJECT; i++)
        any |= project->sections[i];
    return any && !project->sections[SECTION_PROGRESS];
}

/* The project that ROW is of. Where its heading stands again before its last section, that is on a new page. */
static struct project_record *project_of(struct records *records, const struct section_row *row) {
    struct project_record *last =
        records->project_count > 0 ? &records->projects[records->project_count - 1] : NULL;
    if (last != NULL && key_equal(last->key, row->key) &&
        (row->section != SECTION_PROJECT || is_repeated(last)))
        return last;
    return begin_project(records, row);
}

/* The last line of TEXT that is not blank. */
static uint64_t last_printed_line(struct text text, uint64_t line) {
    uint64_t last = line;
    struct text piece;
    for (; text_next_line(&text, &piece); line++) {
        if (text_trim(piece).len > 0)
            last = line;
    }
    return last;
}

static void handle_section(struct records *records, const struct section_row *row) {
    if (row->section == SECTION_FRONT) {
        records_front_section(records, row);
        return;
    }
    if (!key_is_project(row->key)) {
        flush_projects(records);
        if (row->key.strategy != records->strategy) {
            records_flush_summary(records);
            records->strategy = row->key.strategy;
        }
        records_strategy_section(records, row);
        return;
    }
    if (row->key.strategy != records->strategy) {
        flush_projects(records);
        records_flush_summary(records);
        records->strategy = row->key.strategy;
    }
    struct project_record *project = project_of(records, row);
    uint64_t last = last_printed_line(row->text, row->line_first);
    for (size_t i = 0; i < records->project_count; i++) {
        struct project_record *held = &records->projects[i];
        if ((held == project || i == 0) && last > held->line_last)
            held->line_last = last;
    }
    records_project_section(records, project, row);
}

static void finish_section(struct records *records) {
    if (!records->gathering)
        return;
    records->gathering = false;
    records->section.text = buffer_text(&records->section_text);
    records->section.heading = buffer_text(&records->section_heading);
    handle_section(records, &records->section);
}

/* What stands under a heading that no section has is read as the section above; a numbered item, or an activity, may
   be printed as a heading. */
static void tell_heading(struct records *records, const struct section_row *row) {
    struct buffer heading = {0};
    thai_normalize(&heading, row->heading, THAI_READ);
    const struct pattern *item = profile_pattern(records->options.profile, "row-numbered");
    if (!pattern_match(item, buffer_text(&heading), 0, NULL))
        records_find(records,
                     &(struct finding_place){SEVERITY_NOTE, "heading-unknown", row->key, "sections", 0,
                                             "heading", row->line_first},
                     buffer_text(&heading), (struct text){0},
                     "the heading is of no section that is known; what follows is read as the section above");
    buffer_free(&heading);
}

void records_section(struct records *records, const struct section_row *row) {
    bool goes_on =
        row->section == SECTION_OTHER && records->gathering && key_equal(row->key, records->section.key);
    if (row->section == SECTION_OTHER)
        tell_heading(records, row);
    records->last_line = row->line_last;
    if (!goes_on) {
        finish_section(records);
        records->gathering = true;
        records->section = *row;
        buffer_clear(&records->section_text);
        buffer_clear(&records->section_heading);
        thai_normalize(&records->section_heading, row->heading, THAI_READ);
    }
    records->section.line_last = row->line_last;
    thai_normalize(&records->section_text, row->text, THAI_READ);
}

void records_close(struct records *records, struct text sha256) {
    finish_section(records);
    flush_projects(records);
    records_flush_summary(records);
    records_write_report(records, sha256);
    headings_close(records->headings);
    printed_line_free(&records->looked);
    buffer_free(&records->body);
    agencies_close(records->agencies);
    budgets_close(records->budgets);
    calendar_close(records->calendar);
    quantities_close(records->quantities);
    spelling_close(records->spelling);
    grid_reader_close(records->grids);
    grid_free(&records->grid);
    buffer_free(&records->section_text);
    buffer_free(&records->section_heading);
    free(records->projects);
    free(records->summary);
    name_list_free(&records->kpi_names);
    name_list_free(&records->activity_names);
    buffer_free(&records->report_title);
    for (size_t i = 0; i < sizeof records->meant / sizeof *records->meant; i++)
        buffer_free(&records->meant[i]);
    buffer_free(&records->key_text);
    buffer_free(&records->scratch);
    buffer_free(&records->message);
    free(records);
}
