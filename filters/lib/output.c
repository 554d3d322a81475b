/* Checked output by temporary file and rename; see output.h. */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "diagnostics.h"

#define BUFFER_SIZE ((size_t)128 << 10)

struct output {
    const char *name;
    char *path;      /* the file to make, NULL when written directly */
    char *temporary; /* its name until then */
    int fd;
    bool gzip;
    z_stream deflater;
    size_t len;
    char bytes[BUFFER_SIZE];
    char packed[BUFFER_SIZE];
    struct output *next; /* of the files being written */
};

/* The files being written, so that whatever ends the program can remove them. */
static struct output *unfinished;

static void remove_unfinished(void) {
    for (struct output *output = unfinished; output != NULL; output = output->next)
        unlink(output->temporary);
}

/* unlink(), signal() and raise() are safe in a signal handler, and the list is changed only with signals
 * blocked. */
static void remove_and_end(int number) {
    remove_unfinished();
    signal(number, SIG_DFL);
    raise(number);
}

static void block_signals(sigset_t *before) {
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, before);
}

static void watch_signals(void) {
    static const int numbers[] = {SIGHUP, SIGINT, SIGTERM, SIGPIPE, SIGXFSZ};
    static bool watching;
    if (watching)
        return;
    watching = true;
    diagnostics_at_trouble(remove_unfinished);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct sigaction old;
        if (sigaction(numbers[i], NULL, &old) != 0 || old.sa_handler == SIG_IGN)
            continue;
        /* A write past the limit on a file's size is to fail with EFBIG and be named, not to kill. */
        struct sigaction new = {.sa_handler = numbers[i] == SIGXFSZ ? SIG_IGN : remove_and_end};
        sigemptyset(&new.sa_mask);
        sigaction(numbers[i], &new, NULL);
    }
}

static bool ends_in_gz(const char *path) {
    size_t len = strlen(path);
    return len > 3 && strcmp(path + len - 3, ".gz") == 0;
}

/* FOLDER/.NAME.XXXXXX for FOLDER/NAME. */
static char *temporary_name(const char *path) {
    const char *slash = strrchr(path, '/');
    int folder = slash != NULL ? (int)(slash - path) + 1 : 0;
    struct buffer name = {0};
    buffer_printf(&name, "%.*s.%s.XXXXXX", folder, path, path + folder);
    buffer_append_char(&name, '\0');
    return name.data;
}

/* Opens the temporary file that will become PATH. A link is followed: its target is replaced, not the link.
 */
static void open_temporary(struct output *output, const char *path) {
    struct stat status;
    bool exists = stat(path, &status) == 0;
    if (exists && !S_ISREG(status.st_mode)) {
        output->fd = open(path, O_WRONLY | O_CLOEXEC);
        if (output->fd < 0)
            die_at(path, 0, "cannot write: %s", strerror(errno));
        return;
    }
    if (exists && access(path, W_OK) != 0)
        die_at(path, 0, "cannot write: %s", strerror(errno));
    output->path = exists ? realpath(path, NULL) : text_copy(text_of(path));
    if (output->path == NULL)
        die_at(path, 0, "cannot write: %s", strerror(errno));
    output->temporary = temporary_name(output->path);

    mode_t mask = umask(0);
    umask(mask);
    sigset_t before;
    block_signals(&before);
    output->fd = mkstemp(output->temporary);
    if (output->fd >= 0) {
        output->next = unfinished;
        unfinished = output;
    }
    int error = errno;
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (output->fd < 0)
        die_at(path, 0, "cannot write: %s", strerror(error));
    if (fchmod(output->fd, exists ? status.st_mode & 0777 : 0666 & ~mask) != 0)
        die_at(path, 0, "cannot set the file's mode: %s", strerror(errno));
}

struct output *output_open(const char *path, bool compress) {
    struct output *output = memory_zeroed(1, sizeof *output);
    watch_signals();
    if (path == NULL || strcmp(path, "-") == 0) {
        output->name = "standard output";
        output->fd = STDOUT_FILENO;
        output->gzip = compress;
    } else {
        output->name = path;
        output->gzip = compress || ends_in_gz(path);
        open_temporary(output, path);
    }
    if (output->gzip &&
        deflateInit2(&output->deflater, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        die_at(output->name, 0, "cannot start to compress: out of memory");
    return output;
}

static void write_all(struct output *output, const char *data, size_t len) {
    while (len > 0) {
        ssize_t written = write(output->fd, data, len);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0 && errno == EPIPE)
            end_in_trouble();
        if (written < 0)
            die_at(output->name, 0, "cannot write: %s", strerror(errno));
        data += written;
        len -= (size_t)written;
    }
}

static void deflate_and_write(struct output *output, const char *data, size_t len, int flush) {
    z_stream *stream = &output->deflater;
    stream->next_in = (Bytef *)(uintptr_t)data;
    stream->avail_in = (uInt)len;
    do {
        stream->next_out = (Bytef *)output->packed;
        stream->avail_out = (uInt)BUFFER_SIZE;
        if (deflate(stream, flush) == Z_STREAM_ERROR)
            die_at(output->name, 0, "cannot compress");
        write_all(output, output->packed, BUFFER_SIZE - stream->avail_out);
    } while (stream->avail_out == 0);
}

static void flush(struct output *output) {
    if (output->gzip)
        deflate_and_write(output, output->bytes, output->len, Z_NO_FLUSH);
    else
        write_all(output, output->bytes, output->len);
    output->len = 0;
}

void output_write(struct output *output, struct text text) {
    if (text.len >= BUFFER_SIZE && !output->gzip) {
        flush(output);
        write_all(output, text.data, text.len);
        return;
    }
    while (text.len > 0) {
        if (output->len == BUFFER_SIZE)
            flush(output);
        size_t room = BUFFER_SIZE - output->len;
        size_t part = text.len < room ? text.len : room;
        memcpy(output->bytes + output->len, text.data, part);
        output->len += part;
        text = text_skip(text, part);
    }
}

void output_close(struct output *output) {
    flush(output);
    if (output->gzip) {
        deflate_and_write(output, NULL, 0, Z_FINISH);
        deflateEnd(&output->deflater);
    }
    if (close(output->fd) != 0)
        die_at(output->name, 0, "cannot write: %s", strerror(errno));
    if (output->path != NULL) {
        sigset_t before;
        block_signals(&before);
        bool renamed = rename(output->temporary, output->path) == 0;
        int error = errno;
        if (renamed) {
            struct output **link = &unfinished;
            while (*link != output)
                link = &(*link)->next;
            *link = output->next;
        }
        sigprocmask(SIG_SETMASK, &before, NULL);
        if (!renamed)
            die_at(output->name, 0, "cannot give the file its name: %s", strerror(error));
    }
    free(output->path);
    free(output->temporary);
    free(output);
}
