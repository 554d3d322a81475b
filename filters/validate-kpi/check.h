/*
 * What the rules share: the tables, the profile's word on each rule, and where findings go.
 *
 * Each check_*() below looks for the faults of one kind in the tables of a dataset; check_sections() and
 * check_section_texts() read the report's own text besides.
 */
#ifndef CHECK_H
#define CHECK_H

#include "dataset.h"
#include "faults.h"
#include "keyset.h"
#include "places.h"
#include "section.h"

struct money;
struct spelling;
struct quantities;

/* A heading of a project's section: a row of the profile's headings.csv. */
struct heading_form {
    size_t section;
    struct text heading;
};

struct check {
    const struct dataset *data;
    struct profile *profile;
    struct rules *rules;
    struct faults *faults;
    enum language language;
    struct text headings[SECTIONS_OF_PROJECT]; /* each section's heading in the form */
    struct heading_form *heading_forms;        /* all headings that the form has for a section */
    size_t heading_form_count;
    size_t heading_form_cap;
    bool *carried; /* for each project outside the fiscal year: its text speaks of a carried-over budget */
    struct places *places;         /* what check_sections() learnt of the lines of projects' values */
    struct keyset *told;           /* what check_section_texts() told of, so that cells do not repeat it */
    struct money *money;           /* NULL until an amount is read in a text */
    struct spelling *spelling;     /* NULL until a word may be misspelt */
    struct quantities *quantities; /* NULL until two targets differ in words */
    struct arena arena;
};

/* A finding about a row of TABLE that belongs to PROJECT (NO_PROJECT: to none). The caller fills in the rest. */
struct fault check_fault(const struct check *check, enum rule rule, size_t project, enum table table,
                         uint64_t n, const char *field, uint64_t line);

/* A finding about the column FIELD of the project's own row, on the line of the report where the value stands. */
struct fault check_project_fault(const struct check *check, enum rule rule, size_t project,
                                 const char *field);

/* Adds the finding. */
void check_tell(struct check *check, const struct fault *fault);

/* The column's name for people; lives as long as the check. */
struct text check_title(struct check *check, enum table table, const char *field);

/* `from – to` of two dates as they stand; lives as long as the check. */
struct text check_range_text(struct check *check, const struct day *from, const struct day *to);

/* An amount of baht with thousands' separators; lives as long as the check. */
struct text check_money_text(struct check *check, struct decimal amount);

/* A line of the report as text; lives as long as the check. */
struct text check_line_text(struct check *check, uint64_t line);

/* A number as text; lives as long as the check. */
struct text check_number_text(struct check *check, struct decimal number);

/* Days of the earliest and the latest day that is meant. */
int64_t day_earliest(const struct day *day);
int64_t day_latest(const struct day *day);

/* Whether both are known and END lies before START: the period has no length then, and no place. */
bool ends_before_start(const struct day *start, const struct day *end);

/* Whether the progress of the whole project is 100 %. */
bool project_is_complete(const struct project *project);

/* Whether the project ends before the report's fiscal year or starts after it, as far as both are known. */
bool project_is_outside_year(const struct dataset *data, size_t index);

/* Whether the activity lies outside its project's time, as far as both are known. */
bool activity_is_outside(const struct check *check, const struct item *activity);

void check_dates(struct check *check);
void check_money(struct check *check);
void check_progress(struct check *check);
void check_kpis(struct check *check);

/* A target that is not stated, or stated as not available. */
bool target_is_open(struct text target);

/* Whether the row of the table of KPIs is the project's weight and no KPI: by its words, or as a number beneath the
   project's own title. */
bool kpi_is_weight(struct check *check, const struct indicator *kpi);

/* The two tables' targets of one KPI and year. */
void check_target_pair(struct check *check, const struct indicator *kpi, const struct indicator *result);

/* Each target by itself, and how results meet theirs. */
void check_targets(struct check *check);

/* Texts that stand in several projects. ODD_KPIS and ODD_RESULTS tell for each row of the two tables whether the other
   one lacks it, which speaks against its place. */
void check_copies(struct check *check, const bool *odd_kpis, const bool *odd_results);

void check_structure(struct check *check);

/* Rows of lists that stand twice, that have no number, or one that does not follow. */
void check_lists(struct check *check);

struct callings;

/* The figures that the report declares, against the summary tables. CALLINGS are those of the profile. */
void check_figures(struct check *check, const struct callings *callings);

/* The sections of the report against the form. Fills in CHECK->headings, CHECK->places and CHECK->carried. */
void check_sections(struct check *check);

/* The rows of sections.csv against the schema, and their text by the rules on text. */
void check_section_texts(struct check *check);

/* A section of a project that says how long it takes: lengths in months and years against the dates beside them, and
   dates that run backwards. TEXT is the section's, from LINE of the report on. */
void check_lengths(struct check *check, size_t project, uint64_t line, struct text text);

/* The text of a row of a list behind its number. */
struct text check_without_number(struct check *check, struct text text);

/* Whether TEXT holds letters or signs that do not belong there: the first that stand together, and where. */
bool check_letters(struct check *check, struct text text, struct text *observed, struct text *where);

/* Whether characters of TEXT were lost (U+FFFD), and where. */
bool check_lost(struct text text, struct text *where);

/* Whether brackets and quotation marks have their partners; a list's mark such as `1)` needs none. */
bool check_balanced(struct text text);

/* Remembers that RULE was told of OBSERVED for KEY on LINE. */
void check_remember(struct check *check, enum rule rule, struct text key, struct text observed,
                    uint64_t line);

/* Whether RULE was told of OBSERVED for KEY, or of LINE. */
bool check_was_told(const struct check *check, enum rule rule, struct text key, struct text observed,
                    uint64_t line);

/* A cell of text for people: the column FIELD of TABLE. */
void check_cell(struct check *check, enum table table, const char *field, struct text key, uint64_t n,
                uint64_t line, struct text text);

#endif
