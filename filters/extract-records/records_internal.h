/* What the parts of the records share; see records.h. */
#ifndef RECORDS_INTERNAL_H
#define RECORDS_INTERNAL_H

#include "records.h"
#include "spelling.h"

/* A text that a record owns. */
struct owned {
    struct buffer text;
    bool set;
};

/* A project's row while it is made. */
struct project_record {
    struct key key;
    struct buffer number_printed;
    struct buffer title;
    struct buffer agency_text;
    struct text agency; /* of the agencies */
    uint64_t agency_line;
    bool sections[SECTIONS_OF_PROJECT]; /* those that it has */
    struct period period;
    struct buffer duration_days;
    struct buffer budget[MONEY_ITEMS];
    uint64_t objectives;
    uint64_t kpis;
    uint64_t results;
    uint64_t activities;
    struct buffer activities_stated;
    const char *obstacles; /* none, present, or empty */
    struct buffer progress_total;
    struct buffer progress_year;
    uint64_t line_first;
    uint64_t line_last;
};

/* A row of a strategy's summary table while it is held back. */
struct summary_record {
    struct key key; /* number -1 for the total */
    bool total;
    bool unnumbered;      /* a dash is printed for the number */
    struct buffer number; /* as in the column */
    struct buffer title;
    struct buffer agency_text;
    struct text agency;
    struct buffer progress;
    uint64_t line;
};

/* Names of rows in a project's earlier tables, for telling a row of a later table from the rest of a cut one. */
struct name_list {
    struct buffer bytes;
    size_t *ends;
    size_t count;
    size_t cap;
    struct text *texts; /* made by name_list_texts() */
    size_t texts_cap;
};

struct records {
    struct records_options options;
    struct headings *headings;
    struct printed_line looked; /* the last line that was looked at as a heading */
    struct buffer body;         /* of a section whose heading has text behind it on its line */
    struct agencies *agencies;
    struct budgets *budgets;
    struct calendar *calendar;
    struct quantities *quantities;
    struct spelling *spelling;
    struct grid_reader *grids;
    struct grid grid;

    /* The section being gathered: sub-headings that are no sections belong to it. */
    struct section_row section;
    struct buffer section_text;
    struct buffer section_heading;
    bool gathering;

    /* The project being made is the last; those before it are its parent and the parent's earlier parts. */
    struct project_record *projects;
    size_t project_count;
    size_t project_cap;
    struct name_list kpi_names;
    struct name_list activity_names;
    bool kpi_names_complete;

    struct summary_record *summary;
    size_t summary_count;
    size_t summary_cap;
    int strategy;

    int fiscal_year; /* Buddhist era; 0: not known */
    uint64_t last_line;
    bool front_seen;
    struct buffer report_title;
    int quarter;
    struct period report_period;

    struct buffer meant[3]; /* cells of a row, misspelt words put right */
    struct buffer key_text;
    struct buffer scratch;
    struct buffer message;
};

/* A finding about the row N of TABLE, or the field of a project's row (N 0). The message is printf-like. */
struct finding_place {
    enum severity severity;
    const char *rule;
    struct key key;
    const char *table;
    uint64_t n;
    const char *field;
    uint64_t line;
};

void records_find(struct records *records, const struct finding_place *place, struct text observed,
                  struct text expected, const char *format, ...) __attribute__((format(printf, 5, 6)));

/* The key's text, until the next call. */
struct text records_key_text(struct records *records, struct key key);

/* The writer of the table, or NULL when it is not asked for. */
struct table_writer *records_writer(struct records *records, enum table table);

void name_list_add(struct name_list *list, struct text name);
const struct text *name_list_texts(struct name_list *list);
void name_list_clear(struct name_list *list);
void name_list_free(struct name_list *list);

/* TEXT with the misspelt words of the form put right, those of WORDS (a place in the profile's words.csv), until the
   next call; a finding at PLACE tells of the first. */
struct text records_mend(struct records *records, struct finding_place place, const char *words,
                         struct text text);

/* Tells that a word of the form is misspelt and was read as it is meant; PLACE says where, its rule and severity are
   set here. */
void records_tell_spelling(struct records *records, struct finding_place place,
                           const struct misspelling *misspelling);

/* Puts the digits of a year, or nothing for 0. */
void records_put_year(struct table_writer *writer, int year);

/* Puts a number, or nothing for 0. */
void records_put_count(struct table_writer *writer, uint64_t number);

/* Puts a percentage as printed: a plain decimal, or the text when it is none. */
void records_put_percent(struct table_writer *writer, struct text printed);

/* Tells of a table in the section that was read of which no row could be taken, its header not being known, and of a
   header that names several years for one column. */
void records_tell_unread(struct records *records, struct key key, const char *table);

/* Tells of a row whose cells are more or fewer than its header's; PLACE says where, its rule and severity are set
   here. */
void records_tell_shape(struct records *records, struct finding_place place, const struct grid_row *row);

/* Tells of LINE, of a section of KEY that has a table, when it may be a row that lost its tab, or a part of a row that
   was parted: it is numbered as rows are, or touches one. */
void records_tell_line(struct records *records, struct key key, const char *table,
                       const struct grid_line *line);

/* Tells of a row that was put together, or of a cell that a page break may have cut, where that is not certain; PLACE
   as above. */
void records_tell_cut(struct records *records, struct finding_place place, const struct grid_row *row);

/* records_project.c: the section of the project that is last in records->projects. */
void records_project_section(struct records *records, struct project_record *project,
                             const struct section_row *row);

/* records_front.c */
void records_front_section(struct records *records, const struct section_row *row);
void records_strategy_section(struct records *records, const struct section_row *row);
void records_flush_summary(struct records *records);
void records_write_report(struct records *records, struct text sha256);

#endif
