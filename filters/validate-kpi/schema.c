/* Table Schemas; see schema.h. Whatever is wrong in one is told with the line of the value that is wrong. */
#include "schema.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "diagnostics.h"
#include "input.h"
#include "json_place.h"

#define MAX_DEPTH 8

struct loader {
    const char *path;
    struct buffer json;
    struct json_step steps[MAX_DEPTH]; /* from the top to the value being read */
    size_t depth;
};

static const struct {
    const char *name;
    enum schema_type type;
} types[] = {
    {"string", SCHEMA_STRING},   {"integer", SCHEMA_INTEGER}, {"number", SCHEMA_NUMBER},
    {"boolean", SCHEMA_BOOLEAN}, {"date", SCHEMA_DATE},       {"year", SCHEMA_YEAR},
    {"any", SCHEMA_ANY},
};

static _Noreturn void die_schema(struct loader *loader, const char *expected) {
    die_at(loader->path, json_line(buffer_text(&loader->json), loader->steps, loader->depth),
           "schema: expected %s", expected);
}

static void step_into(struct loader *loader, const char *name, size_t index) {
    loader->steps[loader->depth++] = (struct json_step){name, index};
}

static void step_out(struct loader *loader) {
    loader->depth--;
}

/* The string member NAME of OBJECT; NULL where there is none and it is not NEEDED. The caller frees. */
static char *read_string(struct loader *loader, const json_t *object, const char *name, bool needed) {
    json_t *value = json_object_get(object, name);
    if (value == NULL && !needed)
        return NULL;
    step_into(loader, name, 0);
    if (!json_is_string(value)) {
        struct buffer expected = {0};
        buffer_printf(&expected, "a string as \"%s\"", name);
        buffer_append_char(&expected, '\0');
        die_schema(loader, expected.data);
    }
    step_out(loader);
    return text_copy((struct text){json_string_value(value), json_string_length(value)});
}

static bool read_flag(struct loader *loader, const json_t *object, const char *name) {
    json_t *value = json_object_get(object, name);
    if (value == NULL)
        return false;
    step_into(loader, name, 0);
    if (!json_is_boolean(value))
        die_schema(loader, "true or false");
    step_out(loader);
    return json_is_true(value);
}

static size_t read_length(struct loader *loader, const json_t *object, const char *name, size_t otherwise) {
    json_t *value = json_object_get(object, name);
    if (value == NULL)
        return otherwise;
    step_into(loader, name, 0);
    if (!json_is_integer(value) || json_integer_value(value) < 0)
        die_schema(loader, "a length: an integer of 0 or more");
    step_out(loader);
    return (size_t)json_integer_value(value);
}

/* A limit as text: a JSON number, or a string that a value of the field's type could be. */
static char *read_limit(struct loader *loader, const json_t *object, const char *name,
                        const struct schema_field *field, struct decimal *value) {
    json_t *limit = json_object_get(object, name);
    if (limit == NULL)
        return NULL;
    step_into(loader, name, 0);
    bool numeric =
        field->type == SCHEMA_INTEGER || field->type == SCHEMA_NUMBER || field->type == SCHEMA_YEAR;
    if (!numeric && field->type != SCHEMA_DATE)
        die_schema(loader, "a limit only where the type is integer, number, year or date");
    char *text = json_is_string(limit) ? text_copy(text_of(json_string_value(limit)))
                                       : json_dumps(limit, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
    if (text == NULL)
        die("out of memory");
    struct date date;
    if (numeric && !decimal_parse(text_of(text), value))
        die_schema(loader, "a number as limit");
    if (!numeric && !(json_is_string(limit) && date_parse(text_of(text), &date)))
        die_schema(loader, "a date as limit: \"2024-08-03\"");
    step_out(loader);
    return text;
}

static void read_pattern(struct loader *loader, const json_t *object, struct schema_field *field) {
    field->pattern_text = read_string(loader, object, "pattern", false);
    if (field->pattern_text == NULL)
        return;
    step_into(loader, "pattern", 0);
    uint64_t line = json_line(buffer_text(&loader->json), loader->steps, loader->depth);
    step_out(loader);
    struct buffer whole = {0};
    buffer_printf(&whole, "\\A(?:%s)\\z", field->pattern_text);
    field->pattern = pattern_compile(buffer_text(&whole), loader->path, line);
    buffer_free(&whole);
}

/* An array of strings (numbers count as their text), or NULL where OBJECT has no member NAME. */
static char **read_strings(struct loader *loader, const json_t *object, const char *name, size_t *count) {
    json_t *array = json_object_get(object, name);
    *count = 0;
    if (array == NULL)
        return NULL;
    step_into(loader, name, 0);
    if (!json_is_array(array) || json_array_size(array) == 0)
        die_schema(loader, "an array with at least one value");
    char **strings = memory_zeroed(json_array_size(array), sizeof *strings);
    for (size_t i = 0; i < json_array_size(array); i++) {
        json_t *value = json_array_get(array, i);
        step_into(loader, NULL, i);
        if (json_is_string(value))
            strings[i] = text_copy(text_of(json_string_value(value)));
        else if (json_is_number(value))
            strings[i] = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
        if (strings[i] == NULL)
            die_schema(loader, "a string or a number");
        step_out(loader);
    }
    *count = json_array_size(array);
    step_out(loader);
    return strings;
}

static void check_constraint_names(struct loader *loader, const json_t *constraints) {
    static const char *const known[] = {"required", "unique",  "minLength", "maxLength",
                                        "minimum",  "maximum", "pattern",   "enum"};
    void *at = json_object_iter((json_t *)constraints);
    for (; at != NULL; at = json_object_iter_next((json_t *)constraints, at)) {
        bool found = false;
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            found = found || strcmp(known[i], json_object_iter_key(at)) == 0;
        if (!found) {
            step_into(loader, json_object_iter_key(at), 0);
            die_schema(loader, "one of the constraints required, unique, minLength, maxLength, minimum, "
                               "maximum, pattern, enum");
        }
    }
}

static void read_constraints(struct loader *loader, const json_t *object, struct schema_field *field) {
    json_t *constraints = json_object_get(object, "constraints");
    field->max_length = SIZE_MAX;
    if (constraints == NULL)
        return;
    step_into(loader, "constraints", 0);
    if (!json_is_object(constraints))
        die_schema(loader, "an object as \"constraints\"");
    check_constraint_names(loader, constraints);
    field->required = read_flag(loader, constraints, "required");
    field->unique = read_flag(loader, constraints, "unique");
    field->min_length = read_length(loader, constraints, "minLength", 0);
    field->max_length = read_length(loader, constraints, "maxLength", SIZE_MAX);
    field->minimum = read_limit(loader, constraints, "minimum", field, &field->minimum_value);
    field->maximum = read_limit(loader, constraints, "maximum", field, &field->maximum_value);
    read_pattern(loader, constraints, field);
    field->values = read_strings(loader, constraints, "enum", &field->value_count);
    step_out(loader);
}

static enum schema_type read_type(struct loader *loader, const json_t *object) {
    char *name = read_string(loader, object, "type", false);
    if (name == NULL)
        return SCHEMA_STRING; /* the specification's default */
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (strcmp(types[i].name, name) == 0) {
            free(name);
            return types[i].type;
        }
    }
    step_into(loader, "type", 0);
    die_schema(loader, "one of the types string, integer, number, boolean, date, year, any");
}

static void read_codes(struct loader *loader, const json_t *object, struct schema_field *field) {
    json_t *codes = json_object_get(object, "codes");
    if (codes == NULL)
        return;
    step_into(loader, "codes", 0);
    if (!json_is_object(codes))
        die_schema(loader, "{\"file\": …, \"column\": …} as \"codes\"");
    field->codes_file = read_string(loader, codes, "file", true);
    field->codes_column = read_string(loader, codes, "column", true);
    step_out(loader);
}

static void read_stated(struct loader *loader, const json_t *object, struct schema_field *field) {
    json_t *stated = json_object_get(object, "stated");
    if (stated == NULL)
        return;
    if (field->type != SCHEMA_STRING) {
        step_into(loader, "type", 0);
        die_schema(loader, "the type string beside \"stated\"");
    }
    step_into(loader, "stated", 0);
    if (!json_is_object(stated))
        die_schema(loader, "{\"type\": …} as \"stated\"");
    field->type = read_type(loader, stated);
    if (field->type != SCHEMA_NUMBER && field->type != SCHEMA_INTEGER && field->type != SCHEMA_DATE) {
        step_into(loader, "type", 0);
        die_schema(loader, "number, integer or date");
    }
    field->stated = true;
    field->minimum = read_limit(loader, stated, "minimum", field, &field->minimum_value);
    field->maximum = read_limit(loader, stated, "maximum", field, &field->maximum_value);
    step_out(loader);
}

static void read_field(struct loader *loader, const json_t *object, struct schema_field *field) {
    if (!json_is_object(object))
        die_schema(loader, "an object: a field");
    field->name = read_string(loader, object, "name", true);
    field->title = read_string(loader, object, "title", false);
    field->title_th = read_string(loader, object, "title_th", false);
    if (field->title == NULL)
        field->title = text_copy(text_of(field->name));
    if (field->title_th == NULL)
        field->title_th = text_copy(text_of(field->title));
    field->type = read_type(loader, object);
    field->omissible = read_flag(loader, object, "omissible");
    read_constraints(loader, object, field);
    read_stated(loader, object, field);
    read_codes(loader, object, field);
}

static void read_fields(struct loader *loader, const json_t *top, struct schema *schema) {
    json_t *fields = json_object_get(top, "fields");
    step_into(loader, "fields", 0);
    if (!json_is_array(fields) || json_array_size(fields) == 0)
        die_schema(loader, "an array of fields as \"fields\"");
    schema->fields = memory_zeroed(json_array_size(fields), sizeof *schema->fields);
    for (size_t i = 0; i < json_array_size(fields); i++) {
        step_into(loader, NULL, i);
        read_field(loader, json_array_get(fields, i), &schema->fields[i]);
        if (schema_field(schema, text_of(schema->fields[i].name)) != SIZE_MAX) {
            step_into(loader, "name", 0);
            die_schema(loader, "a name that no other field has");
        }
        schema->field_count++;
        step_out(loader);
    }
    step_out(loader);
}

/* The member NAME: one field's name or an array of them, as places in the schema. */
static size_t *read_places(struct loader *loader, const json_t *object, const char *name,
                           const struct schema *schema, size_t *count) {
    json_t *value = json_object_get(object, name);
    step_into(loader, name, 0);
    bool single = json_is_string(value);
    if (!single && (!json_is_array(value) || json_array_size(value) == 0))
        die_schema(loader, "a field's name or an array of fields' names");
    *count = single ? 1 : json_array_size(value);
    size_t *places = memory_zeroed(*count, sizeof *places);
    for (size_t i = 0; i < *count; i++) {
        const json_t *part = single ? value : json_array_get(value, i);
        if (!single)
            step_into(loader, NULL, i);
        places[i] = json_is_string(part) ? schema_field(schema, text_of(json_string_value(part))) : SIZE_MAX;
        if (places[i] == SIZE_MAX)
            die_schema(loader, "the name of a field of this schema");
        if (!single)
            step_out(loader);
    }
    step_out(loader);
    return places;
}

static void read_target(struct loader *loader, const json_t *object, struct schema_reference *reference) {
    json_t *target = json_object_get(object, "reference");
    step_into(loader, "reference", 0);
    if (!json_is_object(target))
        die_schema(loader, "{\"resource\": …, \"fields\": …} as \"reference\"");
    reference->table = read_string(loader, target, "resource", true);
    json_t *fields = json_object_get(target, "fields");
    size_t count = 1;
    if (json_is_string(fields)) {
        reference->targets = memory_zeroed(1, sizeof *reference->targets);
        reference->targets[0] = text_copy(text_of(json_string_value(fields)));
    } else {
        reference->targets = read_strings(loader, target, "fields", &count);
    }
    if (reference->targets == NULL || count != reference->count) {
        step_into(loader, "fields", 0);
        die_schema(loader, "as many fields as the foreign key has");
    }
    step_out(loader);
}

static void read_references(struct loader *loader, const json_t *top, struct schema *schema) {
    json_t *keys = json_object_get(top, "foreignKeys");
    if (keys == NULL)
        return;
    step_into(loader, "foreignKeys", 0);
    if (!json_is_array(keys))
        die_schema(loader, "an array as \"foreignKeys\"");
    schema->references = memory_zeroed(json_array_size(keys), sizeof *schema->references);
    for (size_t i = 0; i < json_array_size(keys); i++) {
        struct schema_reference *reference = &schema->references[schema->reference_count++];
        json_t *key = json_array_get(keys, i);
        step_into(loader, NULL, i);
        if (!json_is_object(key))
            die_schema(loader, "an object: a foreign key");
        reference->fields = read_places(loader, key, "fields", schema, &reference->count);
        read_target(loader, key, reference);
        step_out(loader);
    }
    step_out(loader);
}

static void read_top(struct loader *loader, const json_t *top, struct schema *schema) {
    if (!json_is_object(top))
        die_schema(loader, "an object: a Table Schema");
    schema->title = read_string(loader, top, "title", false);
    schema->title_th = read_string(loader, top, "title_th", false);
    if (schema->title == NULL)
        schema->title = text_copy(text_of(schema->name));
    if (schema->title_th == NULL)
        schema->title_th = text_copy(text_of(schema->title));
    read_fields(loader, top, schema);
    if (json_object_get(top, "primaryKey") != NULL)
        schema->primary = read_places(loader, top, "primaryKey", schema, &schema->primary_count);
    for (size_t i = 0; i < schema->primary_count; i++)
        schema->fields[schema->primary[i]].required = true;
    read_references(loader, top, schema);
    schema->missing = read_strings(loader, top, "missingValues", &schema->missing_count);
}

static void read_file(struct loader *loader) {
    struct input *input = input_open(loader->path, NULL);
    struct text block;
    while (input_block(input, &block))
        buffer_append_text(&loader->json, block);
    input_close(input);
}

struct schema *schema_open(struct profile *profile, const char *table) {
    struct schema *schema = memory_zeroed(1, sizeof *schema);
    schema->name = text_copy(text_of(table));
    struct buffer name = {0};
    buffer_printf(&name, "schemas/%s.json", table);
    buffer_append_char(&name, '\0');
    schema->path = profile_path(profile, name.data);
    buffer_free(&name);

    struct loader loader = {.path = schema->path};
    read_file(&loader);
    json_error_t error;
    json_t *top = json_loadb(loader.json.data != NULL ? loader.json.data : "", loader.json.len,
                             JSON_REJECT_DUPLICATES, &error);
    if (top == NULL)
        die_at(schema->path, error.line > 0 ? (uint64_t)error.line : 1, "schema: expected JSON: %s",
               error.text);
    read_top(&loader, top, schema);
    json_decref(top);
    buffer_free(&loader.json);
    return schema;
}

size_t schema_field(const struct schema *schema, struct text name) {
    for (size_t i = 0; i < schema->field_count; i++) {
        if (text_equal(text_of(schema->fields[i].name), name))
            return i;
    }
    return SIZE_MAX;
}

static void free_strings(char **strings, size_t count) {
    for (size_t i = 0; i < count; i++)
        free(strings[i]);
    free(strings);
}

static void free_field(struct schema_field *field) {
    free(field->name);
    free(field->title);
    free(field->title_th);
    free(field->minimum);
    free(field->maximum);
    free(field->pattern_text);
    if (field->pattern != NULL)
        pattern_free(field->pattern);
    free_strings(field->values, field->value_count);
    free(field->codes_file);
    free(field->codes_column);
}

void schema_free(struct schema *schema) {
    for (size_t i = 0; i < schema->field_count; i++)
        free_field(&schema->fields[i]);
    for (size_t i = 0; i < schema->reference_count; i++) {
        free(schema->references[i].fields);
        free_strings(schema->references[i].targets, schema->references[i].count);
        free(schema->references[i].table);
    }
    free_strings(schema->missing, schema->missing_count);
    free(schema->fields);
    free(schema->references);
    free(schema->primary);
    free(schema->name);
    free(schema->title);
    free(schema->title_th);
    free(schema->path);
    free(schema);
}
