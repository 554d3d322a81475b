/* What the readers of a project's sections share; see records_section.h. */
#include "records_section.h"

/* Where the line with the text's first letters begins, in bytes; the lines above it are counted in LINE. */
static size_t first_line(struct text text, uint64_t *line) {
    struct text rest = text;
    struct text first;
    size_t at = 0;
    while (text_next_line(&rest, &first) && text_trim(first).len == 0) {
        at = (size_t)(rest.data - text.data);
        ++*line;
    }
    return at;
}

/* TEXT, of which the first lines are HEADING's further ones: without them. */
static struct text behind_heading(struct records *records, const struct section_row *row, struct text text,
                                  uint64_t *line) {
    struct text rest = text;
    struct text raw;
    (void)text_next_line(&rest, &raw);
    headings_look(records->headings, raw, &records->looked);
    if (text_equal(buffer_text(&records->looked.text), row->heading))
        return rest;
    uint64_t next_line = *line;
    struct text next = text_skip(rest, first_line(rest, &next_line));
    (void)text_next_line(&next, &raw);
    headings_look(records->headings, raw, &records->looked);
    struct text second = buffer_text(&records->looked.text);
    if (second.len == 0 || row->heading.len <= second.len ||
        !text_equal(text_skip(row->heading, row->heading.len - second.len), second))
        return rest;
    *line = next_line + 1;
    return next;
}

/* TEXT, of a section without a line for its heading: without the heading's words, where it begins with them. */
static struct text behind_lead(struct records *records, const struct section_row *row, struct text text,
                               uint64_t *line) {
    uint64_t number = *line;
    struct text rest = text_skip(text, first_line(text, &number));
    struct text raw;
    if (!text_next_line(&rest, &raw))
        return text;
    headings_look(records->headings, raw, &records->looked);
    const struct printed_line *looked = &records->looked;
    if (!looked->leads || looked->lead != row->section)
        return text;
    *line = number;
    buffer_clear(&records->body);
    buffer_append_text(&records->body, text_skip(buffer_text(&looked->text), looked->behind));
    buffer_append_char(&records->body, '\n');
    buffer_append_text(&records->body, rest);
    return buffer_text(&records->body);
}

/* The section's text without its heading; a value behind the heading's colon or its words stays. It lives until the
   next section. */
static struct text body_of(struct records *records, const struct section_row *row, uint64_t *line) {
    struct text text = row->text;
    *line = row->line_first;
    if (!row->headed)
        return behind_lead(records, row, text, line);
    struct text first = text;
    struct text raw;
    (void)text_next_line(&first, &raw);
    size_t colon = text_find(row->heading, TEXT(":"), 0);
    size_t in_line = text_find(raw, TEXT(":"), 0);
    if (colon != SIZE_MAX && in_line != SIZE_MAX && text_trim(text_skip(row->heading, colon + 1)).len > 0)
        return text_skip(text, in_line + 1);
    ++*line;
    return behind_heading(records, row, text, line);
}

void records_read_section(struct records *records, const char *kind, const struct section_row *row,
                          const struct grid_names *names) {
    uint64_t line;
    struct text body = body_of(records, row, &line);
    grid_read(records->grids, &records->grid, kind, body, line, names);
}

struct finding_place records_place(enum severity severity, const char *rule,
                                   const struct project_record *project, const char *table, uint64_t n,
                                   const char *field, uint64_t line) {
    return (struct finding_place){severity, rule, project->key, table, n, field, line};
}

void records_append_part(struct buffer *buffer, struct text text) {
    if (text.len == 0)
        return;
    if (buffer->len > 0)
        buffer_append_char(buffer, ' ');
    buffer_append_text(buffer, text);
}

void records_append_lines(struct buffer *buffer, const struct grid *grid) {
    for (size_t i = 0; i < grid->line_count; i++)
        records_append_part(buffer, grid->lines[i].text);
}

static void tell_lines(struct records *records, const struct project_record *project, const char *table) {
    const struct grid *grid = &records->grid;
    uint64_t first = grid->tables > 0 ? grid->layouts[0].line : 0;
    for (size_t i = 0; i < grid->line_count; i++) {
        if (grid->lines[i].line > first)
            records_tell_line(records, project->key, table, &grid->lines[i]);
    }
}

void records_tell_grid(struct records *records, const struct project_record *project, const char *table) {
    records_tell_unread(records, project->key, table);
    tell_lines(records, project, table);
}

void records_tell_row(struct records *records, const struct project_record *project, const char *table,
                      uint64_t n, const struct grid_row *row, const char *field) {
    struct finding_place place = records_place(SEVERITY_NOTE, "", project, table, n, field, row->line);
    records_tell_shape(records, place, row);
    records_tell_cut(records, place, row);
}

size_t records_column_of(const struct grid_layout *layout, enum grid_role role) {
    for (size_t i = 1; i < layout->count; i++) {
        if (layout->columns[i].role == role)
            return i;
    }
    return GRID_MAX_COLUMNS;
}
