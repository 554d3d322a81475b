/* Rows from what stands before the projects: period, declared figures, the strategies' tables; see records.h. */
#include <stdio.h>
#include <stdlib.h>

#include "records_internal.h"
#include "sequence.h"

/* The report's own row */

/* The fiscal year begins in October and bears the number of the next year. When the cover names another first, the
   period counts. */
static void settle_fiscal_year(struct records *records) {
    struct date end = records->report_period.end;
    if (end.year == 0 || records->fiscal_year == 0)
        return;
    int year = end.year + DATE_BUDDHIST_ERA + (end.month >= 10 ? 1 : 0);
    if (year == records->fiscal_year)
        return;
    char printed[12];
    char meant[12];
    int printed_len = snprintf(printed, sizeof printed, "%d", records->fiscal_year);
    int meant_len = snprintf(meant, sizeof meant, "%d", year);
    records->fiscal_year = year;
    records_find(
        records,
        &(struct finding_place){SEVERITY_WARNING, "fiscal-year-differs", KEY_NONE, "report", 0, "fiscal_year",
                                1},
        (struct text){printed, (size_t)printed_len}, (struct text){meant, (size_t)meant_len},
        "the fiscal year that the cover names first is not that of the period; the period's is taken");
}

/* The last quarter ends with the fiscal year, in September. */
static void check_quarter(struct records *records, uint64_t line) {
    struct date end = records->report_period.end;
    if (end.year == 0 || records->quarter == 0)
        return;
    int meant = (end.month + 2) / 3 % 4 + 1;
    if (meant == records->quarter)
        return;
    char quarters[2] = {(char)('0' + records->quarter), (char)('0' + meant)};
    records_find(
        records,
        &(struct finding_place){SEVERITY_WARNING, "quarter-differs", KEY_NONE, "report", 0, "quarter", line},
        (struct text){&quarters[0], 1}, (struct text){&quarters[1], 1},
        "the quarter that is printed does not end when its period ends; it is taken as printed");
}

/* Adds a line of the cover to the report's title, which begins where a line says so: a preface or a list of contents
   may stand before it. */
static void add_to_title(struct records *records, struct text line) {
    const struct pattern *title = profile_pattern(records->options.profile, "report-title");
    struct match match;
    if (pattern_match(title, line, 0, &match))
        buffer_clear(&records->report_title);
    else if (records->report_title.len > 0)
        buffer_append_char(&records->report_title, ' ');
    buffer_append_text(&records->report_title, line);
}

static void read_cover(struct records *records) {
    struct profile *profile = records->options.profile;
    const struct pattern *year = profile_pattern(profile, "report-fiscal-year");
    const struct pattern *quarter = profile_pattern(profile, "report-quarter");
    struct match match;
    for (size_t i = 0; i < records->grid.line_count; i++) {
        struct text printed = records->grid.lines[i].text;
        if (records->fiscal_year == 0)
            add_to_title(records, printed);
        if (records->fiscal_year > 0 && records->quarter > 0)
            break;
        struct finding_place place = {
            SEVERITY_NOTE, "", KEY_NONE, "report", 0, "period_start", records->grid.lines[i].line};
        struct text line = records_mend(records, place, "cover", printed);
        if (records->fiscal_year == 0 && pattern_match(year, line, 0, &match))
            records->fiscal_year = text_number(match_group(&match, "year"));
        if (records->quarter == 0 && pattern_match(quarter, line, 0, &match)) {
            records->quarter = text_number(match_group(&match, "quarter"));
            calendar_read(records->calendar,
                          records_mend(records, place, "date", match_group(&match, "period")),
                          &records->report_period);
            check_quarter(records, records->grid.lines[i].line);
        }
    }
    settle_fiscal_year(records);
}

void records_write_report(struct records *records, struct text sha256) {
    struct table_writer *writer = records_writer(records, TABLE_REPORT);
    struct profile *profile = records->options.profile;
    bool known = records->fiscal_year > 0;
    if (!known || records->quarter == 0 || records->report_period.ranges == 0)
        records_find(
            records,
            &(struct finding_place){SEVERITY_NOTE, "period-unknown", KEY_NONE, "report", 0, "fiscal_year", 1},
            (struct text){0}, (struct text){0},
            "the report does not say for which fiscal year and quarter it is");
    if (writer == NULL)
        return;
    char date[DATE_TEXT];
    table_put(writer, known ? profile_setting(profile, "ministry") : TEXT(""));
    records_put_year(writer, records->fiscal_year);
    records_put_year(writer, records->quarter);
    table_put_string(writer, date_format(records->report_period.start, date));
    table_put_string(writer, date_format(records->report_period.end, date));
    table_put(writer, known ? buffer_text(&records->report_title) : TEXT(""));
    table_put_number(writer, records->last_line);
    table_put(writer, sha256);
    table_end_row(writer);
}

/* Declared figures */

static void put_declared(struct records *records, const char *scope, struct text name, struct text count,
                         struct text progress, uint64_t line) {
    struct table_writer *writer = records_writer(records, TABLE_DECLARED);
    if (writer == NULL)
        return;
    table_put_string(writer, scope);
    table_put(writer, name);
    table_put(writer, count);
    records_put_percent(writer, progress);
    table_put_number(writer, line);
    table_end_row(writer);
}

/* A line that counts projects and states their progress, and is not read as such. */
static void tell_undeclared(struct records *records, const struct grid_line *line) {
    struct finding_place place = {SEVERITY_WARNING, "line-unread", KEY_NONE, "declared", 0,
                                  "progress",       line->line};
    if (pattern_match(profile_pattern(records->options.profile, "declared-like"), line->text, 0, NULL))
        records_find(records, &place, line->text, (struct text){0},
                     "this line seems to declare figures; it is not read");
}

/* Whether LINE declares the ministry's figures. */
static bool read_declared_ministry(struct records *records, const struct grid_line *line) {
    struct profile *profile = records->options.profile;
    struct match count;
    struct match progress;
    bool has_count =
        pattern_match(profile_pattern(profile, "declared-ministry-count"), line->text, 0, &count);
    struct text counted = has_count ? match_group(&count, "count") : TEXT("");
    bool has_progress =
        pattern_match(profile_pattern(profile, "declared-ministry-progress"), line->text, 0, &progress);
    if (has_count || has_progress)
        put_declared(records, "ministry", profile_setting(profile, "ministry"), counted,
                     has_progress ? match_group(&progress, "progress") : TEXT(""), line->line);
    if (has_count && !has_progress)
        tell_undeclared(records, line);
    return has_count || has_progress;
}

/* Whether LINE declares an agency's figures. */
static bool read_declared_agency(struct records *records, const struct grid_line *line) {
    struct match match;
    struct agency_match agency;
    if (!pattern_match(profile_pattern(records->options.profile, "declared-agency"), line->text, 0, &match))
        return false;
    struct text printed = match_group(&match, "agency");
    agencies_find(records->agencies, printed, &agency);
    if (agency.code.len == 0)
        records_find(records,
                     &(struct finding_place){SEVERITY_WARNING, "agency-unknown", KEY_NONE, "declared", 0,
                                             "name", line->line},
                     printed, (struct text){0},
                     "no agency that is known is named here; its name is kept as printed");
    put_declared(records, "agency", agency.code.len > 0 ? agency.code : printed, match_group(&match, "count"),
                 match_group(&match, "progress"), line->line);
    /* Two lines may have become one. */
    struct grid_line rest = *line;
    rest.text = text_trim(text_skip(line->text, match.end));
    if (rest.text.len > 0 && !read_declared_agency(records, &rest))
        tell_undeclared(records, &rest);
    return true;
}

/* Whether LINE declares figures. */
static bool read_declared(struct records *records, const struct grid_line *line) {
    struct match match;
    if (pattern_match(profile_pattern(records->options.profile, "declared-strategy"), line->text, 0,
                      &match)) {
        put_declared(records, "strategy", match_group(&match, "strategy"), match_group(&match, "count"),
                     match_group(&match, "progress"), line->line);
        return true;
    }
    return read_declared_ministry(records, line) || read_declared_agency(records, line);
}

/* Whether LINE, its misspelt words put right, declares figures; if not, it may be a line that seems to. */
static void read_misspelt_declared(struct records *records, const struct grid_line *line) {
    struct misspelling misspelling;
    struct grid_line mended = *line;
    mended.text = spelling_mend(records->spelling, "declared", line->text, &misspelling);
    if (misspelling.word.len > 0 && read_declared(records, &mended))
        records_tell_spelling(
            records,
            (struct finding_place){SEVERITY_NOTE, "", KEY_NONE, "declared", 0, "progress", line->line},
            &misspelling);
    else
        tell_undeclared(records, &mended);
}

/* Whether TEXT declares all figures of a strategy, an agency or the ministry. */
static bool declares_all(struct records *records, struct text text) {
    struct profile *profile = records->options.profile;
    return pattern_match(profile_pattern(profile, "declared-strategy"), text, 0, NULL) ||
           pattern_match(profile_pattern(profile, "declared-agency"), text, 0, NULL) ||
           (pattern_match(profile_pattern(profile, "declared-ministry-count"), text, 0, NULL) &&
            pattern_match(profile_pattern(profile, "declared-ministry-progress"), text, 0, NULL));
}

/* A sentence is not printed on more lines. */
enum { SENTENCE_LINES = 4 };

/* How many lines from FIRST on are one sentence that declares figures, which goes into SENTENCE; 1: the line stands by
   itself. */
static size_t find_sentence(struct records *records, size_t first, struct buffer *sentence) {
    const struct grid *grid = &records->grid;
    const struct grid_line *line = &grid->lines[first];
    const struct pattern *item = profile_pattern(records->options.profile, "row-numbered");
    buffer_clear(sentence);
    buffer_append_text(sentence, line->text);
    for (size_t count = 1; count <= SENTENCE_LINES; count++) {
        if (declares_all(records, buffer_text(sentence)))
            return count;
        if (first + count == grid->line_count || line[count].line != line->line + count ||
            pattern_match(item, line[count].text, 0, NULL) || declares_all(records, line[count].text))
            return 1;
        buffer_append_char(sentence, ' ');
        buffer_append_text(sentence, line[count].text);
    }
    return 1;
}

void records_front_section(struct records *records, const struct section_row *row) {
    struct buffer sentence = {0};
    grid_read(records->grids, &records->grid, "", row->text, row->line_first, NULL);
    read_cover(records);
    for (size_t i = 0, count; i < records->grid.line_count; i += count) {
        struct grid_line line = records->grid.lines[i];
        count = find_sentence(records, i, &sentence);
        if (count > 1)
            line.text = buffer_text(&sentence);
        if (!read_declared(records, &line))
            read_misspelt_declared(records, &line);
    }
    buffer_free(&sentence);
}

static void tell_lines(struct records *records, const struct section_row *section, const char *table) {
    for (size_t i = 0; i < records->grid.line_count; i++)
        records_tell_line(records, section->key, table, &records->grid.lines[i]);
}

/* Behind a strategy's heading nothing is declared: a heading in the front matter makes its figures stand there. A
   table that stands there and is none of KPIs is not read. */
static void check_strategy(struct records *records, const struct section_row *row) {
    grid_read(records->grids, &records->grid, "", row->text, row->line_first, NULL);
    records_tell_unread(records, row->key, "strategy_kpis");
    tell_lines(records, row, "strategy_kpis");
    for (size_t i = 0; i < records->grid.line_count; i++)
        tell_undeclared(records, &records->grid.lines[i]);
}

/* The strategies' KPIs */

/* Where a column of a strategy's KPI table goes: 1 target, 2 owner, 3 note; 0 nowhere. */
static size_t place_of_role(enum grid_role role) {
    return role == GRID_TARGET ? 1 : role == GRID_OWNER ? 2 : role == GRID_NOTE ? 3 : 0;
}

static bool is_of_note(const struct letters *note, struct text cell) {
    struct letters letters = {0};
    letters_of(&letters, cell);
    bool contained = letters_contain(note, &letters);
    letters_free(&letters);
    return contained;
}

static void read_strategy_kpis(struct records *records, const struct section_row *section) {
    grid_read(records->grids, &records->grid, "strategy_kpis", section->text, section->line_first, NULL);
    const struct grid *grid = &records->grid;
    struct table_writer *writer = records_writer(records, TABLE_STRATEGY_KPIS);
    records_tell_unread(records, section->key, "strategy_kpis");
    tell_lines(records, section, "strategy_kpis");
    uint64_t n = 0;
    /* A table inside a note is printed again beneath the note's row: its rows are those whose cells the note has. */
    struct letters note = {0};
    for (size_t i = 0; i < grid->row_count && writer != NULL; i++) {
        const struct grid_row *row = &grid->rows[i];
        struct text cells[4] = {grid_cell(grid, row, 0), TEXT(""), TEXT(""), TEXT("")};
        int year = 0;
        const struct grid_layout *layout = grid_layout(grid, row);
        for (size_t column = 1; column < layout->count; column++) {
            size_t to = place_of_role(layout->columns[column].role);
            if (to == 0 || cells[to].len > 0)
                continue;
            cells[to] = grid_cell(grid, row, column);
            if (to == 1)
                year = layout->columns[column].year;
        }
        if (is_of_note(&note, cells[0]) && (cells[2].len == 0 || is_of_note(&note, cells[2])))
            continue;
        letters_of(&note, cells[3]);
        struct finding_place place = {SEVERITY_NOTE, "",    section->key, "strategy_kpis",
                                      ++n,           "kpi", row->line};
        records_tell_shape(records, place, row);
        records_tell_cut(records, place, row);
        table_put_number(writer, (uint64_t)section->key.strategy);
        table_put_number(writer, n);
        table_put(writer, cells[0]);
        records_put_year(writer, year > 0 ? year : records->fiscal_year);
        table_put(writer, cells[1]);
        table_put(writer, cells[2]);
        table_put(writer, cells[3]);
        table_put_number(writer, row->line);
        table_end_row(writer);
    }
    letters_free(&note);
}

/* The summary tables */

/* Whether the row is a project's, with a number of its own: no sub-row, no total. */
static bool is_numbered(const struct summary_record *record) {
    return !record->total && !record->unnumbered && record->key.number > 0 && record->key.sub == 0 &&
           record->key.part == 0;
}

static struct summary_record *add_summary(struct records *records, struct key key, uint64_t line) {
    records->summary = memory_reserve(records->summary, &records->summary_cap, records->summary_count + 1,
                                      sizeof *records->summary);
    struct summary_record *record = &records->summary[records->summary_count++];
    *record = (struct summary_record){.key = key, .agency = TEXT(""), .line = line};
    return record;
}

static void judge_agency(struct records *records, struct summary_record *record) {
    struct agency_match match;
    agencies_find(records->agencies, buffer_text(&record->agency_text), &match);
    record->agency = match.code;
}

/* Takes the next value from several in one cell. */
static struct text next_value(struct text *rest) {
    struct text value = text_trim(*rest);
    size_t end = text_find(value, TEXT(" "), 0);
    *rest = end != SIZE_MAX ? text_skip(value, end) : TEXT("");
    return end != SIZE_MAX ? (struct text){value.data, end} : value;
}

static void set_progress(struct summary_record *record, struct text printed) {
    struct decimal value;
    if (decimal_parse(printed, &value))
        decimal_append(&record->progress, value);
    else
        buffer_append_text(&record->progress, printed);
}

static void add_sub_rows(struct records *records, struct key parent, struct text title, struct text progress,
                         uint64_t line) {
    const struct pattern *sub = profile_pattern(records->options.profile, "summary-sub-inside");
    struct match match;
    size_t at = 0;
    while (pattern_match(sub, title, at, &match)) {
        struct key key = parent;
        key.sub = text_number(match_group(&match, "second"));
        at = match.end;
        struct match next;
        size_t end = pattern_match(sub, title, at, &next) ? next.start : title.len;
        struct summary_record *record = add_summary(records, key, line);
        buffer_append_text(&record->number, match_group(&match, "number"));
        buffer_append_text(&record->title, text_trim((struct text){title.data + at, end - at}));
        set_progress(record, next_value(&progress));
        record->agency = records->summary[records->summary_count - 2].agency;
    }
}

/* A row with a number: a project, perhaps with its sub-projects in the same cells. */
static void take_project_row(struct records *records, int strategy, const struct grid_row *row,
                             struct text number, const struct text cells[3]) {
    const struct pattern *sub = profile_pattern(records->options.profile, "summary-sub-inside");
    bool unnumbered = text_equal(number, TEXT("-"));
    struct key key = {.strategy = strategy, .number = unnumbered ? 0 : text_number(number)};
    struct text title = cells[0];
    struct text progress = cells[2];
    struct text sub_titles = TEXT("");
    struct match match;
    if (pattern_match(sub, title, 0, &match) && text_number(match_group(&match, "first")) == key.number &&
        match.start > 0) {
        sub_titles = text_skip(title, match.start);
        title = text_trim((struct text){title.data, match.start});
    }
    struct summary_record *record = add_summary(records, key, row->line);
    record->unnumbered = unnumbered;
    buffer_append_text(&record->number, number);
    buffer_append_text(&record->title, title);
    buffer_append_text(&record->agency_text, cells[1]);
    judge_agency(records, record);
    set_progress(record, sub_titles.len > 0 ? next_value(&progress) : progress);
    if (sub_titles.len > 0)
        add_sub_rows(records, key, sub_titles, progress, row->line);
}

/* A row without a number: a sub-project or a part of the project above. */
static void take_sub_row(struct records *records, int strategy, const struct grid_row *row,
                         const struct text cells[3]) {
    struct project_heading heading;
    struct key key = {.strategy = strategy, .number = -1};
    struct text agency = TEXT("");
    for (size_t i = records->summary_count; i-- > 0 && key.number < 0;) {
        if (records->summary[i].key.sub == 0 && records->summary[i].key.part == 0) {
            key = records->summary[i].key;
            agency = records->summary[i].agency;
        }
    }
    bool read = headings_project_text(records->headings, cells[0], &heading);
    struct text title = cells[0];
    if (read && heading.form == PROJECT_PART)
        key.part = heading.numbers[0];
    else if (read && heading.numbers[1] > 0)
        key.sub = heading.numbers[1];
    if (key.part > 0 || key.sub > 0)
        title = heading.title;
    struct summary_record *record = add_summary(records, key, row->line);
    if (key.part > 0)
        buffer_printf(&record->number, "%d.A%d", key.number, key.part);
    else if (key.sub > 0)
        buffer_printf(&record->number, "%d.%d", key.number, key.sub);
    buffer_append_text(&record->title, title);
    buffer_append_text(&record->agency_text, cells[1]);
    if (cells[1].len > 0)
        judge_agency(records, record);
    else
        record->agency = agency;
    set_progress(record, cells[2]);
    if (key.part == 0 && key.sub == 0)
        records_find(records,
                     &(struct finding_place){SEVERITY_WARNING, "summary-row-unnumbered", key, "summary", 0,
                                             "number", row->line},
                     cells[0], (struct text){0}, "a row of the summary table has no number");
}

static void take_total_row(struct records *records, int strategy, const struct grid_row *row,
                           struct text title, struct text progress) {
    struct summary_record *record =
        add_summary(records, (struct key){.strategy = strategy, .number = -1}, row->line);
    record->total = true;
    buffer_append_text(&record->number, TEXT("total"));
    buffer_append_text(&record->title, title);
    set_progress(record, progress);
}

/* A number cell with more than a number in it: the tab behind the number is lost, and the other cells stand one to the
   left. */
static void shift_cells(struct records *records, const struct grid_row *row, struct text title,
                        struct text cells[3]) {
    cells[2] = cells[1].len > 0 && cells[2].len == 0 ? cells[1] : cells[2];
    cells[1] = cells[0];
    cells[0] = title;
    records_find(records,
                 &(struct finding_place){SEVERITY_WARNING, "summary-row-shifted", KEY_NONE, "summary", 0,
                                         "number", row->line},
                 title, (struct text){0},
                 "the number and the title stand in one cell of the summary table; the cells behind them are "
                 "taken as agency and progress");
}

static void take_summary_row(struct records *records, struct key key, const struct grid_row *row) {
    int strategy = key.strategy;
    const struct grid *grid = &records->grid;
    struct profile *profile = records->options.profile;
    struct text number = grid_cell(grid, row, 0);
    struct text cells[3] = {TEXT(""), TEXT(""), TEXT("")};
    const struct grid_layout *layout = grid_layout(grid, row);
    for (size_t column = 1; column < layout->count; column++) {
        enum grid_role role = layout->columns[column].role;
        if (role >= GRID_TITLE && role <= GRID_PROGRESS && cells[role - GRID_TITLE].len == 0)
            cells[role - GRID_TITLE] = grid_cell(grid, row, column);
    }
    struct text first = number.len > 0 ? number : cells[0];
    struct match match;
    bool told = false; /* that its cells do not fit the header */
    if (pattern_match(profile_pattern(profile, "summary-total"), first, 0, NULL)) {
        take_total_row(records, strategy, row, first, cells[2]);
    } else if (text_equal(number, TEXT("-"))) {
        take_project_row(records, strategy, row, number, cells);
    } else if (pattern_match(profile_pattern(profile, "summary-number"), number, 0, &match)) {
        struct text title = match_group(&match, "rest");
        if (title.len > 0)
            shift_cells(records, row, title, cells);
        told = title.len > 0;
        take_project_row(records, strategy, row, match_group(&match, "number"), cells);
    } else {
        if (number.len > 0)
            cells[0] = number;
        take_sub_row(records, strategy, row, cells);
    }
    if (!told)
        records_tell_shape(
            records, (struct finding_place){SEVERITY_WARNING, "", key, "summary", 0, "number", row->line},
            row);
}

/* A main row whose number does not fit between its neighbours' has the one that does; extract-sections tells it. */
static void mend_numbers(struct records *records) {
    size_t count = 0;
    int *printed = memory_zeroed(2 * records->summary_count + 1, sizeof *printed);
    int *numbers = printed + records->summary_count;
    for (size_t i = 0; i < records->summary_count; i++) {
        if (is_numbered(&records->summary[i]))
            printed[count++] = records->summary[i].key.number;
    }
    sequence_mend(printed, count, numbers);
    count = 0;
    for (size_t i = 0; i < records->summary_count; i++) {
        struct summary_record *record = &records->summary[i];
        int number = is_numbered(record) ? numbers[count++] : record->key.number;
        if (number == record->key.number)
            continue;
        record->key.number = number;
        buffer_clear(&record->number);
        buffer_printf(&record->number, "%d", number);
    }
    free(printed);
}

/* The sentence above the table states how many projects the strategy has. */
static void check_stated_count(struct records *records, const struct section_row *section) {
    const struct pattern *intro = profile_pattern(records->options.profile, "summary-intro");
    uint64_t numbered = 0;
    for (size_t i = 0; i < records->summary_count; i++) {
        const struct summary_record *record = &records->summary[i];
        numbered += is_numbered(record);
    }
    for (size_t i = 0; i < records->grid.line_count; i++) {
        struct match match;
        if (!pattern_match(intro, records->grid.lines[i].text, 0, &match))
            continue;
        struct text stated = match_group(&match, "count");
        if (stated.len == 0 || (uint64_t)text_number(stated) == numbered)
            continue;
        char rows[24];
        int length = snprintf(rows, sizeof rows, "%llu", (unsigned long long)numbered);
        records_find(records,
                     &(struct finding_place){SEVERITY_WARNING, "projects-stated", section->key, "summary", 0,
                                             "number", records->grid.lines[i].line},
                     stated, (struct text){rows, (size_t)length},
                     "the sentence states another number of projects than the summary table beneath it has");
    }
}

/* A summary table without one of its columns gives rows with blank cells. */
static void tell_columns(struct records *records, struct key key) {
    static const char *const fields[] = {"title", "agency", "progress"};
    for (size_t table = 0; table < records->grid.tables; table++) {
        const struct grid_layout *layout = &records->grid.layouts[table];
        for (size_t field = 0; field < sizeof fields / sizeof *fields; field++) {
            bool has = false;
            for (size_t column = 1; column < layout->count; column++)
                has |= layout->columns[column].role == GRID_TITLE + field;
            if (!has)
                records_find(records,
                             &(struct finding_place){SEVERITY_WARNING, "column-unread", key, "summary", 0,
                                                     fields[field], layout->line},
                             (struct text){0}, (struct text){0},
                             "no column of the summary table is known as this one; the cells are left blank");
        }
    }
}

static void read_summary(struct records *records, const struct section_row *section) {
    grid_read(records->grids, &records->grid, "summary", section->text, section->line_first, NULL);
    records_tell_unread(records, section->key, "summary");
    tell_lines(records, section, "summary");
    tell_columns(records, section->key);
    for (size_t i = 0; i < records->grid.row_count; i++) {
        take_summary_row(records, section->key, &records->grid.rows[i]);
    }
    mend_numbers(records);
    check_stated_count(records, section);
}

void records_strategy_section(struct records *records, const struct section_row *row) {
    if (row->section == SECTION_STRATEGY_KPIS)
        read_strategy_kpis(records, row);
    else if (row->section == SECTION_SUMMARY)
        read_summary(records, row);
    else if (row->section == SECTION_STRATEGY)
        check_strategy(records, row);
}

/* The agency of a project whose own section does not name it is known from here alone. */
static void tell_agency(struct records *records, const struct summary_record *record) {
    struct finding_place place = {SEVERITY_WARNING, "agency-unknown", record->key, "summary", 0,
                                  "agency",         record->line};
    if (!record->total && record->agency.len == 0 && record->agency_text.len > 0)
        records_find(records, &place, buffer_text(&record->agency_text), (struct text){0},
                     "no agency that is known is named here");
}

/* Sub-projects without an agency of their own take that of their project, which its own section may have settled by
   now. */
static void settle_sub_agencies(struct records *records) {
    struct text agency = TEXT("");
    for (size_t i = 0; i < records->summary_count; i++) {
        struct summary_record *record = &records->summary[i];
        if (record->key.sub == 0 && record->key.part == 0)
            agency = record->agency;
        else if (record->agency_text.len == 0)
            record->agency = agency;
    }
}

void records_flush_summary(struct records *records) {
    struct table_writer *writer = records_writer(records, TABLE_SUMMARY);
    settle_sub_agencies(records);
    for (size_t i = 0; i < records->summary_count; i++) {
        struct summary_record *record = &records->summary[i];
        tell_agency(records, record);
        if (writer != NULL) {
            records_put_year(writer, record->key.strategy);
            table_put(writer, buffer_text(&record->number));
            table_put(writer, buffer_text(&record->title));
            table_put(writer, buffer_text(&record->agency_text));
            table_put(writer, record->agency);
            table_put(writer, buffer_text(&record->progress));
            table_put_number(writer, record->line);
            table_end_row(writer);
        }
        buffer_free(&record->number);
        buffer_free(&record->title);
        buffer_free(&record->agency_text);
        buffer_free(&record->progress);
    }
    records->summary_count = 0;
}
