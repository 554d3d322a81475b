/* The rows of sections.csv; see section_rows.h. */
#include "section_rows.h"

#include <stdlib.h>

/* Where the columns stand. */
struct section_columns {
    size_t key;
    size_t section;
    size_t form;
    size_t heading;
    size_t text;
    size_t line_first;
    size_t line_last;
};

struct section_rows {
    const struct dataset *data;
    struct table_reader *reader;
    struct section_columns columns;
    struct table_row raw;
};

size_t section_place(struct text section) {
    enum section place;
    return section_parse(section, &place) && place < SECTIONS_OF_PROJECT ? place : SECTIONS_OF_PROJECT;
}

static struct section_columns find_columns(const struct table_reader *reader) {
    return (struct section_columns){
        table_require_column(reader, "key"),
        table_require_column(reader, "section"),
        table_require_column(reader, "form"),
        table_column(reader, "heading"),
        table_column(reader, "text"),
        table_require_column(reader, "line_first"),
        table_require_column(reader, "line_last"),
    };
}

struct section_rows *section_rows_open(const struct dataset *data) {
    if (data->paths[TABLE_SECTIONS] == NULL)
        return NULL;
    struct section_rows *rows = memory_zeroed(1, sizeof *rows);
    rows->data = data;
    rows->reader = table_open(data->paths[TABLE_SECTIONS], NULL);
    rows->columns = find_columns(rows->reader);
    return rows;
}

bool section_rows_read(struct section_rows *rows, struct section_row *row) {
    const struct section_columns *columns = &rows->columns;
    struct text none = {NULL, 0};
    if (!table_read(rows->reader, &rows->raw))
        return false;
    const struct text *fields = rows->raw.fields;
    *row = (struct section_row){
        .key = fields[columns->key],
        .section = fields[columns->section],
        .form = fields[columns->form],
        .heading = columns->heading != TABLE_NO_COLUMN ? fields[columns->heading] : none,
        .text = columns->text != TABLE_NO_COLUMN ? fields[columns->text] : none,
        .line = count_read(fields[columns->line_first]),
        .line_last = count_read(fields[columns->line_last]),
    };
    row->project = dataset_project_at(rows->data, row->key, row->line);
    return true;
}

const struct text *section_rows_columns(const struct section_rows *rows, size_t *count) {
    return table_columns(rows->reader, count);
}

const struct table_row *section_rows_raw(const struct section_rows *rows) {
    return &rows->raw;
}

bool section_rows_have_text(const struct section_rows *rows) {
    return rows->columns.text != TABLE_NO_COLUMN;
}

void section_rows_close(struct section_rows *rows) {
    table_close(rows->reader);
    free(rows);
}
