/* Threads; see thread.h. */
#include "thread.h"

#include <string.h>

#include "diagnostics.h"

static void must(int error) {
    if (error != 0)
        die("thread: %s", strerror(error));
}

void thread_start(pthread_t *thread, void *(*work)(void *context), void *context) {
    must(pthread_create(thread, NULL, work, context));
}

void thread_end(pthread_t thread) {
    must(pthread_join(thread, NULL));
}
