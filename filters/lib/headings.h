/*
 * Headings: what a printed line looks like, and which section, strategy or project it may head.
 *
 * A heading of a section is known by the profile's headings.csv (section,heading), with up to two letters wrong,
 * missing, doubled or exchanged (one in a short heading). A heading of a project is only a candidate here: whether it
 * is one is decided by what follows it and by the summary table (see extract-sections).
 */
#ifndef HEADINGS_H
#define HEADINGS_H

#include "buffer.h"
#include "letters.h"
#include "markup.h"
#include "profile.h"
#include "section.h"

struct headings;

/* Reads the profile's headings.csv and patterns. The profile must outlive it. The caller closes. */
struct headings *headings_open(struct profile *profile);
void headings_close(struct headings *headings);

/* The number of a project is less than this: it has at most three digits. */
enum { PROJECT_NUMBERS = 1000 };

/* The kind of a heading of a project. */
enum project_form {
    PROJECT_NUMBERED,   /* 12. title, or 6.1 title */
    PROJECT_PART,       /* กิจกรรมที่ (activity) 1 : title */
    PROJECT_UNNUMBERED, /* a title that begins as projects' titles do */
};

/* A line as a project's heading; texts point into the line. */
struct project_heading {
    enum project_form form;
    struct text printed; /* the number as printed: 4.2; empty for PROJECT_UNNUMBERED */
    int numbers[2];      /* its parts, 0 where there is none: 4, 2; of a part its number */
    struct text title;   /* what follows the number, on this line */
    bool labelled; /* printed with a label that only projects have («ชื่อแผนงาน/โครงการ») */
    bool titled; /* the title begins as projects' titles do */
};

/* A printed line, looked at once. */
struct printed_line {
    struct buffer raw;  /* as it stands, with its line end */
    struct buffer text; /* normalized, marks dropped, tabs kept */
    uint64_t number;    /* in the report, from 1 */
    enum form form;     /* of the whole line; FORM_NONE when blank */
    bool has_tab;       /* a row of a table */
    bool is_section;    /* it heads a section: */
    enum section section;
    int errors; /* letters in which it differs from the profile's heading */
    bool leads; /* it begins with the words of a section's heading, and other text stands behind them: */
    enum section lead;
    size_t behind;        /* where that text begins, in TEXT */
    bool begins_heading;  /* it may be the first line of a section's heading */
    size_t heading_lines; /* of the section's heading: 1, or as headings_join() says */
    bool is_project;      /* it may head a project: */
    struct project_heading project;
    /* The strategy that it would head if a misspelt word before the number were put right (the profile's words.csv,
       place `strategy`), else 0; what follows the line must tell. */
    int misspelt_strategy;
};

/* Fills LINE (but for its number) from RAW. Buffers in LINE are used again. */
void headings_look(struct headings *headings, struct text raw, struct printed_line *line);

/* Whether the lines FIRST and SECOND are the halves of a section's heading, with BETWEEN blank lines between
   them: then FIRST heads the section, and SECOND nothing. */
bool headings_join(struct headings *headings, struct printed_line *first, struct printed_line *second,
                   size_t between);

void printed_line_free(struct printed_line *line);

/* Reads a project's heading from its TEXT, normalized and without marks. */
bool headings_project_text(struct headings *headings, struct text text, struct project_heading *project);

/* Whether the line heads a strategy; gives its number. */
bool headings_strategy(struct headings *headings, const struct printed_line *line, int *strategy);

/* The section that the line opens when its heading is lost: a table's header or a first sentence that only that section
   has (the profile's openings.csv). */
bool headings_opening(struct headings *headings, const struct printed_line *line, enum section *section);

#endif
