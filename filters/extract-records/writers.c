/* The tables being written; see writers.h. */
#include "writers.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "diagnostics.h"

void writers_open_one(struct writers *writers, enum table table, const char *path, bool compress, bool bom) {
    size_t count;
    const char *const *columns = tables_columns(table, &count);
    writers->writers[table] = table_create(path, compress, bom, columns, count);
}

void writers_open_all(struct writers *writers, const char *dir, bool compress, bool bom) {
    if (mkdir(dir, 0777) != 0 && errno != EEXIST)
        die_at(dir, 0, "cannot make the folder: %s", strerror(errno));
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        if (i == TABLE_SECTIONS)
            continue;
        struct buffer path = {0};
        buffer_printf(&path, "%s/%s.csv%s", dir, tables_name((enum table)i), compress ? ".gz" : "");
        buffer_append_char(&path, '\0');
        writers->paths[i] = path.data;
        writers_open_one(writers, (enum table)i, path.data, compress, bom);
    }
}

void writers_close(struct writers *writers) {
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        if (writers->writers[i] != NULL)
            table_finish(writers->writers[i]);
        free(writers->paths[i]);
    }
    *writers = (struct writers){0};
}
