/*
 * What the parts of the walk share; see walk.h.
 *
 * The next line is the one that foresight_line() gives for 0: nothing is settled of it yet.
 */
#ifndef WALK_INTERNAL_H
#define WALK_INTERNAL_H

#include "agencies.h"
#include "catalogue.h"
#include "diagnostics.h"
#include "foresight.h"
#include "headings.h"
#include "section.h"
#include "walk.h"

/* How many lines that are not blank may stand between a project's heading and the next one that settles it. */
enum { FORESIGHT = 6 };

/* How far to look for the section after one that a project has had already: further than any section reaches. */
enum { RESTART_FORESIGHT = 4000 };

/* How far beneath a strategy's heading to look for the sentence above its summary table. */
enum { STRATEGY_FORESIGHT = 400 };

/* How alike, in percent, a title and the summary table's must be: to prove a heading that nothing else proves; to
   prove a number that was not expected; to let a number stand. */
enum { LIKENESS_PROOF = 85, LIKENESS_OTHER_NUMBER = 75, LIKENESS_SAME_NUMBER = 55 };

/* A row of the table, held back. */
struct held_row {
    struct key key;
    enum section section;
    uint64_t line_first;
    uint64_t line_last;
    enum form form;
    struct buffer heading;
    struct buffer text;
    bool restarted; /* it belongs to what may be the next project, its heading lost */
};

struct walk {
    struct headings *headings;
    struct findings *findings;
    struct table_writer *writer;
    const struct pattern *summary_intro;
    const struct pattern *summary_sub;
    const struct pattern *summary_sub_inside;
    const struct pattern *goal;
    const struct pattern *title_end;
    const struct pattern *result_lead;
    const struct pattern *objective_lead;
    const struct pattern *obstacles_none;
    struct agencies *agencies;

    struct foresight *foresight;
    struct catalogue catalogue;
    int strategy;
    int told_strategy;      /* the last one that the report told, or 0 */
    uint64_t settled_intro; /* the line of the sentence that was set against the strategy's heading, or 0 */
    int run;                /* of rising numbers, where the strategy is not told */
    bool had[PROJECT_NUMBERS]; /* the numbers of the projects that the strategy has had */
    struct key key;            /* of the rows being made */
    int last_number;           /* of the last project in this strategy */
    int last_sub;              /* of its last sub-project, or 0 */
    struct letters last_title; /* as its heading prints it */
    struct letters title;      /* of the heading that is set against it */
    bool in_project;
    unsigned seen;                       /* the sections that the project has had, as bits */
    enum section current;                /* the section of the row being made */
    uint64_t headless_to;                /* the lines to come up to this one are no headings */
    uint64_t later[SECTIONS_OF_PROJECT]; /* the lines of headings that come later */
    bool restarted;
    bool behind_blank; /* the line passed last is blank */
    bool told_unknown_strategy;
    bool had_project;

    struct held_row *rows;
    size_t row_count;
    size_t row_cap; /* rows up to here have buffers to be used again */

    struct buffer key_text;
    struct buffer message;
};

/* Rows and findings (walk_rows.c) */

/* The key of the project NUMBER of the strategy that the walk is in. */
struct key walk_project_key(const struct walk *walk, int number);

struct held_row *walk_last_row(struct walk *walk);

/* Begins a row; the lines passed from now on are its text. */
void walk_begin_row(struct walk *walk, enum section section, enum form form, struct text heading,
                    uint64_t line);

/* Passes the next line into the last row. */
void walk_pass_line(struct walk *walk);

/* Adds the finding, with the message, for KEY. */
void walk_add_finding(struct walk *walk, struct finding finding, struct key key);

/* Adds a finding about the heading on LINE, with the message, for KEY. */
void walk_find(struct walk *walk, enum severity severity, const char *rule, struct key key, uint64_t line,
               struct text observed, struct text expected);

/* The message of the next finding. */
void walk_set_message(struct walk *walk, const char *message);

/* Writes the rows held back. NEXT is the key of the project that begins now, KEY_NONE when none does. */
void walk_release_rows(struct walk *walk, struct key next);

/* Tells that LINE, the heading of SECTION, is misspelt. */
void walk_tell_misspelt(struct walk *walk, const struct printed_line *line, enum section section,
                        const char *message);

/* Strategies (walk_strategy.c) */

/* Says which rows of the summary table are out of number, once the strategy's details are past that may agree
   with them. */
void walk_tell_misnumbered_rows(struct walk *walk);

/* A strategy begins, 0 for one that is not known: projects are counted anew. */
void walk_begin_strategy(struct walk *walk, int strategy);

/* Whether the line at AHEAD reads as a strategy's heading, if a misspelt one with the goal behind it; gives its number.
 */
bool walk_reads_as_strategy(struct walk *walk, size_t ahead, int *strategy);

/* A strategy's heading stands alone: as Markdown, in bold from end to end, or with the strategy's goal beneath it. */
bool walk_is_strategy(struct walk *walk, int *strategy);

/* Whether the line is the sentence above a summary table; gives the strategy that it prints. */
bool walk_is_summary_intro(struct walk *walk, const struct printed_line *line, int *strategy);

/* Begins the strategy that the next line heads, printing PRINTED. */
void walk_begin_headed_strategy(struct walk *walk, int printed);

/* Begins a strategy whose heading is lost, or not known, with the next line, which heads a table of strategies' KPIs:
   where the sentence above the summary table behind it names a strategy that comes later than the last one. */
bool walk_begin_unheaded_strategy(struct walk *walk);

/* The strategy that the sentence above a summary table, the line LINE, prints: that of the heading, or where nothing
   was settled with that, another one begins. */
void walk_take_summary_intro(struct walk *walk, uint64_t line, int printed);

/* Notes the projects that a row of the summary table names. Only what helps to know a project's heading is taken here;
   extract-records reads the table. */
void walk_note_summary_row(struct walk *walk, struct text row, uint64_t line);

/* Projects (walk_project.c, walk_key.c) */

/* Whether the line at AHEAD heads a project, a sub-project or a part. */
bool walk_is_project(struct walk *walk, size_t ahead);

/* The heading of the project that comes next behind the one that the next line heads, sub-projects and parts
   left out; NULL when the strategy ends before. */
const struct project_heading *walk_next_project(struct walk *walk);

/* The project that LINE, the next line, heads begins: its title is passed. */
void walk_begin_project(struct walk *walk, const struct printed_line *line);

/* Whether the next line, a project's heading, stands again on a new page: of the open project, which goes on with a
   section that it has not had, or of the one whose next sub-project comes. AS is the section of its row: of the former
   it is one more of the project, of the latter it is of none. */
bool walk_is_repeated(struct walk *walk, enum section *as);

/* Begins that row, and passes the heading's lines. */
void walk_repeat_project(struct walk *walk, const struct printed_line *line, enum section as);

/* Whether the heading has the number that comes next by the order. */
bool walk_is_next(const struct walk *walk, const struct project_heading *heading);

/* Whether the project that the next line heads, with a title that the summary table has not and a number that
   cannot be right, or none, is the next one by the order: the one behind it is the next but one, or the table
   ends with it. */
bool walk_is_next_by_order(struct walk *walk);

/* Whether the open project's sub-projects go on with a heading that the summary table does not know: its number is
   the next one's without the point, or the project's own, and what follows is the next project. */
bool walk_is_next_sub_by_order(struct walk *walk, const struct project_heading *heading);

/* The key of a project's heading. Number, order, title and summary table together settle it. */
struct key walk_settle_key(struct walk *walk, const struct project_heading *heading);

/* Sections (walk.c) */

/* The section's bit in walk->seen. */
unsigned walk_bit(enum section section);

/* Whether the line at AHEAD begins the text of a section whose heading is lost, by where it stands: the
   agency right beneath the project's heading, the objectives there or beneath the agency, obstacles that
   there are none before the progress. The heading of that section does not follow. */
bool walk_is_headless_section(struct walk *walk, size_t ahead, enum section *section);

#endif
