/*
 * Profiles; see profile.h.
 *
 * patterns.csv has the columns name,pattern; a name in the profile's own file hides the same name in
 * common/patterns.csv. In a pattern, {other} stands for the pattern called `other`, in a group of its own, so
 * that what is known once is written once. settings.csv has the columns name,value, and own values hide
 * common ones too.
 */
#include "profile.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "diagnostics.h"

struct entry {
    char *name;
    size_t name_len; /* in bytes */
    char *value;
    char *file; /* where it stands */
    uint64_t line;
    struct pattern *pattern; /* once compiled */
};

struct entries {
    struct entry *items;
    size_t count;
    size_t cap;
};

struct profile {
    char *dir;
    char *common; /* NULL when it cannot be found */
    struct entries patterns;
    struct entries settings;
    char **paths; /* of the tables opened, which their readers point into */
    size_t path_count;
    size_t path_cap;
};

static char *join_path(const char *dir, const char *name) {
    struct buffer path = {0};
    buffer_printf(&path, "%s/%s", dir, name);
    buffer_append_char(&path, '\0');
    return path.data;
}

static bool is_folder(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* The folder of the program, or NULL. The caller frees. */
static char *program_folder(void) {
    char path[4096];
    ssize_t len = readlink("/proc/self/exe", path, sizeof path - 1);
    if (len <= 0)
        return NULL;
    path[len] = '\0';
    char *slash = strrchr(path, '/');
    if (slash == NULL)
        return NULL;
    *slash = '\0';
    return text_copy(text_of(path));
}

/* The folder of the profiles that came with the program: installed beside it, or in the tree that it was
 * built in. */
static char *profiles_folder(void) {
    static const char *const places[] = {"../share/traimat/profiles", "../../pipelines/profiles",
                                         "../../../pipelines/profiles"};
    char *program = program_folder();
    if (program == NULL)
        return NULL;
    char *found = NULL;
    for (size_t i = 0; i < sizeof places / sizeof *places && found == NULL; i++) {
        char *path = join_path(program, places[i]);
        if (is_folder(path))
            found = path;
        else
            free(path);
    }
    free(program);
    return found;
}

static struct entry *find_entry(const struct entries *entries, struct text name) {
    for (size_t i = 0; i < entries->count; i++) {
        if (text_equal((struct text){entries->items[i].name, entries->items[i].name_len}, name))
            return &entries->items[i];
    }
    return NULL;
}

static void read_entries(struct entries *entries, const char *dir, const char *name,
                         const char *value_column) {
    if (dir == NULL)
        return;
    char *path = join_path(dir, name);
    if (access(path, F_OK) != 0) {
        free(path);
        return;
    }
    struct table_reader *reader = table_open(path, NULL);
    size_t name_at = table_require_column(reader, "name");
    size_t value_at = table_require_column(reader, value_column);
    struct table_row row;
    size_t before = entries->count;
    while (table_read(reader, &row)) {
        struct entry *known = find_entry(entries, row.fields[name_at]);
        if (known != NULL && (size_t)(known - entries->items) >= before)
            die_at(path, row.line, "'%.*s' stands here twice", (int)row.fields[name_at].len,
                   row.fields[name_at].data);
        if (known != NULL)
            continue;
        entries->items =
            memory_reserve(entries->items, &entries->cap, entries->count + 1, sizeof *entries->items);
        entries->items[entries->count++] = (struct entry){
            .name = text_copy(row.fields[name_at]),
            .name_len = row.fields[name_at].len,
            .value = text_copy(row.fields[value_at]),
            .file = text_copy(text_of(path)),
            .line = row.line,
        };
    }
    table_close(reader);
    free(path);
}

struct profile *profile_open(const char *dir) {
    struct profile *profile = memory_zeroed(1, sizeof *profile);
    char *profiles = profiles_folder();
    if (dir == NULL)
        dir = getenv("TRAIMAT_PROFILE");
    if (dir != NULL && dir[0] != '\0')
        profile->dir = text_copy(text_of(dir));
    else if (profiles != NULL)
        profile->dir = join_path(profiles, "mdes");
    else
        die("no profile: name one with -p DIR or TRAIMAT_PROFILE");
    if (!is_folder(profile->dir))
        die_at(profile->dir, 0, "no profile: there is no such folder");
    if (profiles != NULL)
        profile->common = join_path(profiles, "common");
    free(profiles);
    read_entries(&profile->patterns, profile->dir, "patterns.csv", "pattern");
    read_entries(&profile->patterns, profile->common, "patterns.csv", "pattern");
    read_entries(&profile->settings, profile->dir, "settings.csv", "value");
    read_entries(&profile->settings, profile->common, "settings.csv", "value");
    return profile;
}

struct profile *profile_open_again(const struct profile *profile) {
    return profile_open(profile->dir);
}

char *profile_find(const struct profile *profile, const char *name) {
    char *path = join_path(profile->dir, name);
    if (access(path, F_OK) == 0)
        return path;
    free(path);
    if (profile->common == NULL)
        return NULL;
    path = join_path(profile->common, name);
    if (access(path, F_OK) == 0)
        return path;
    free(path);
    return NULL;
}

char *profile_path(const struct profile *profile, const char *name) {
    char *path = profile_find(profile, name);
    if (path == NULL)
        die_at(profile->dir, 0, "the profile has no file '%s'", name);
    return path;
}

struct table_reader *profile_table(struct profile *profile, const char *name) {
    profile->paths =
        memory_reserve(profile->paths, &profile->path_cap, profile->path_count + 1, sizeof *profile->paths);
    char *path = profile_path(profile, name);
    profile->paths[profile->path_count++] = path;
    return table_open(path, NULL);
}

/* Appends SOURCE with each {name} that is a pattern's name replaced by that pattern. DEPTH guards against
 * circles. */
static void expand(const struct profile *profile, struct buffer *expanded, const struct entry *entry,
                   int depth) {
    if (depth > 8)
        die_at(entry->file, entry->line, "the pattern '%s' refers to itself", entry->name);
    struct text source = text_of(entry->value);
    size_t at = 0;
    while (at < source.len) {
        size_t open = text_find(source, TEXT("{"), at);
        size_t close = open != SIZE_MAX ? text_find(source, TEXT("}"), open) : SIZE_MAX;
        if (close == SIZE_MAX)
            break;
        struct text name = {source.data + open + 1, close - open - 1};
        const struct entry *other = find_entry(&profile->patterns, name);
        if (other == NULL) {
            buffer_append(expanded, source.data + at, open + 1 - at);
            at = open + 1;
            continue;
        }
        buffer_append(expanded, source.data + at, open - at);
        buffer_append_text(expanded, TEXT("(?:"));
        expand(profile, expanded, other, depth + 1);
        buffer_append_char(expanded, ')');
        at = close + 1;
    }
    buffer_append(expanded, source.data + at, source.len - at);
}

const struct pattern *profile_pattern(struct profile *profile, const char *name) {
    struct entry *entry = find_entry(&profile->patterns, text_of(name));
    if (entry == NULL)
        die_at(profile->dir, 0, "the profile has no pattern '%s'", name);
    if (entry->pattern == NULL) {
        struct buffer source = {0};
        expand(profile, &source, entry, 0);
        entry->pattern = pattern_compile(buffer_text(&source), entry->file, entry->line);
        buffer_free(&source);
    }
    return entry->pattern;
}

struct text profile_setting(struct profile *profile, const char *name) {
    const struct entry *entry = find_entry(&profile->settings, text_of(name));
    if (entry == NULL)
        die_at(profile->dir, 0, "the profile has no setting '%s'", name);
    return text_of(entry->value);
}

static void free_entries(struct entries *entries) {
    for (size_t i = 0; i < entries->count; i++) {
        free(entries->items[i].name);
        free(entries->items[i].value);
        free(entries->items[i].file);
        if (entries->items[i].pattern != NULL)
            pattern_free(entries->items[i].pattern);
    }
    free(entries->items);
}

void profile_close(struct profile *profile) {
    free_entries(&profile->patterns);
    free_entries(&profile->settings);
    for (size_t i = 0; i < profile->path_count; i++)
        free(profile->paths[i]);
    free(profile->paths);
    free(profile->dir);
    free(profile->common);
    free(profile);
}
