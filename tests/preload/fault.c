/*
 * fault.so: a fault at the n-th step by which a run changes what is on disk, for tests of what a killed run leaves.
 *
 * To be preloaded into every program of a run. A step is a call that renames, links, makes or removes a name, changes a mode, or
 * flushes. The steps of all processes are counted together in the file $FAULT_COUNT, eight bytes in the machine's order, which
 * must be there. At step $FAULT_AT the whole process group is killed before the call ($FAULT=before), or after it ($FAULT=after), or
 * the call fails with EIO ($FAULT=error) or ENOSPC ($FAULT=full). $FAULT_STEPS, if set, has the names of the calls that count,
 * separated by blanks.
 */
#define _GNU_SOURCE /* NOLINT(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp): for RTLD_NEXT */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* The count that all processes share; NULL where the run is not counted. */
static _Atomic unsigned long *shared_count(void) {
    static _Atomic unsigned long *count;
    const char *path = getenv("FAULT_COUNT");
    if (count != NULL || path == NULL)
        return count;
    int file = open(path, O_RDWR | O_CLOEXEC);
    if (file < 0)
        return NULL;
    void *page = mmap(NULL, sizeof *count, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    (void)close(file);
    if (page != MAP_FAILED)
        count = page;
    return count;
}

static bool is_step(const char *name) {
    const char *steps = getenv("FAULT_STEPS");
    if (steps == NULL)
        return true;
    size_t len = strlen(name);
    for (const char *at = steps; (at = strstr(at, name)) != NULL; at += len) {
        if ((at == steps || at[-1] == ' ') && (at[len] == ' ' || at[len] == '\0'))
            return true;
    }
    return false;
}

/* Counts the step NAME. True where the call is to fail, with errno set; *KILL_AFTER where the run is to be killed after it. */
static bool fault(const char *name, bool *kill_after) {
    *kill_after = false;
    _Atomic unsigned long *count = shared_count();
    if (count == NULL || !is_step(name))
        return false;
    unsigned long step = atomic_fetch_add(count, 1) + 1;
    const char *at = getenv("FAULT_AT");
    const char *how = getenv("FAULT");
    if (at == NULL || how == NULL || step != strtoul(at, NULL, 10))
        return false;
    if (strcmp(how, "before") == 0)
        (void)kill(0, SIGKILL);
    *kill_after = strcmp(how, "after") == 0;
    errno = strcmp(how, "full") == 0 ? ENOSPC : EIO;
    return strcmp(how, "error") == 0 || strcmp(how, "full") == 0;
}

/* Defines the function NAME with these PARAMETERS, which calls the next one of that name with ARGUMENTS. */
#define STEP(name, parameters, arguments)                                      \
    int name parameters {                                                      \
        static int(*next) parameters; /* NOLINT(bugprone-macro-parentheses) */ \
        if (next == NULL)                                                      \
            *(void **)&next = dlsym(RTLD_NEXT, #name);                         \
        bool kill_after;                                                       \
        if (fault(#name, &kill_after))                                         \
            return -1;                                                         \
        int result = next arguments;                                           \
        if (kill_after)                                                        \
            (void)kill(0, SIGKILL);                                            \
        return result;                                                         \
    }

STEP(rename, (const char *from, const char *to), (from, to))
STEP(renameat, (int from_dir, const char *from, int to_dir, const char *to), (from_dir, from, to_dir, to))
STEP(renameat2, (int from_dir, const char *from, int to_dir, const char *to, unsigned flags),
     (from_dir, from, to_dir, to, flags))
STEP(symlink, (const char *target, const char *path), (target, path))
STEP(symlinkat, (const char *target, int dir, const char *path), (target, dir, path))
STEP(mkdir, (const char *path, mode_t mode), (path, mode))
STEP(mkdirat, (int dir, const char *path, mode_t mode), (dir, path, mode))
STEP(unlink, (const char *path), (path))
STEP(unlinkat, (int dir, const char *path, int flags), (dir, path, flags))
STEP(rmdir, (const char *path), (path))
STEP(chmod, (const char *path, mode_t mode), (path, mode))
STEP(fchmod, (int file, mode_t mode), (file, mode))
STEP(fchmodat, (int dir, const char *path, mode_t mode, int flags), (dir, path, mode, flags))
STEP(fsync, (int file), (file))
STEP(fdatasync, (int file), (file))
STEP(syncfs, (int file), (file))
