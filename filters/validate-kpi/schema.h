/*
 * Table Schemas (Frictionless Data), read from the profile's schemas/TABLE.json: what a table's columns may
 * hold.
 *
 * Of the specification: types string, integer, number, boolean, date, year and any; the constraints required,
 * unique, minLength, maxLength, minimum, maximum, pattern (PCRE2, the whole value) and enum; missingValues,
 * primaryKey and foreignKeys. Properties of our own, which other readers of Table Schemas pass over:
 *   title_th   the column's name for a Thai reader
 *   omissible  the column may be left out of a table without a finding
 *   codes      {"file": F, "column": C}: the value stands in column C of the profile's table F
 *   stated     {"type": "number"|"integer"|"date", "minimum": …, "maximum": …}: the report states a value of
 *              that kind here, or `-`, or text that is kept as printed
 */
#ifndef SCHEMA_H
#define SCHEMA_H

#include "buffer.h"
#include "decimal.h"
#include "pattern.h"
#include "profile.h"

enum schema_type {
    SCHEMA_STRING,
    SCHEMA_INTEGER,
    SCHEMA_NUMBER,
    SCHEMA_BOOLEAN,
    SCHEMA_DATE, /* as exact as printed where it is `stated`, else a full day */
    SCHEMA_YEAR,
    SCHEMA_ANY,
};

struct schema_field {
    char *name;
    char *title;    /* for people; the name where the schema has none */
    char *title_th; /* the title where the schema has none */
    enum schema_type type;
    bool stated; /* `-` and text are legal too */
    bool required;
    bool unique;
    bool omissible;
    char *minimum; /* as written in the schema; NULL: none */
    char *maximum;
    struct decimal minimum_value; /* of integers, numbers and years */
    struct decimal maximum_value;
    size_t min_length; /* in characters */
    size_t max_length; /* SIZE_MAX: none */
    char *pattern_text;
    struct pattern *pattern; /* NULL: none */
    char **values;           /* the enumeration */
    size_t value_count;      /* 0: none */
    char *codes_file;        /* NULL: none */
    char *codes_column;
};

/* Columns whose values together must stand in columns of another table. */
struct schema_reference {
    size_t *fields;
    char **targets; /* names of the other table's columns, as many */
    size_t count;
    char *table; /* empty: this table itself */
};

struct schema {
    char *name;
    char *title;
    char *title_th;
    char *path; /* of the file */
    struct schema_field *fields;
    size_t field_count;
    size_t *primary; /* places of the primary key's fields */
    size_t primary_count;
    struct schema_reference *references;
    size_t reference_count;
    char **missing; /* values that mean «nothing»; the empty one is always among them */
    size_t missing_count;
};

/* Reads the schema of TABLE, an error in it being status 2 with file, line and what was expected. The caller
   frees with schema_free(). */
struct schema *schema_open(struct profile *profile, const char *table);

/* The place of the field NAME, or SIZE_MAX. */
size_t schema_field(const struct schema *schema, struct text name);

void schema_free(struct schema *schema);

#endif
