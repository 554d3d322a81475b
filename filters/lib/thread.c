/* Threads; see thread.h. */
#include "thread.h"

#include <string.h>

#include "diagnostics.h"

void thread_start(struct thread *thread, void *(*work)(void *context), void *context) {
    thread->started = pthread_create(&thread->id, NULL, work, context) == 0;
    if (!thread->started)
        (void)work(context);
}

void thread_end(struct thread *thread) {
    int error = thread->started ? pthread_join(thread->id, NULL) : 0;
    if (error != 0)
        die("cannot end a thread: %s", strerror(error));
}
