/*
 * Work that goes on beside, in a thread of its own.
 */
#ifndef THREAD_H
#define THREAD_H

#include <pthread.h>
#include <stdbool.h>

struct thread {
    pthread_t id;
    bool started;
};

/* Begins WORK with CONTEXT in another thread; where none can be had, WORK is done before it returns. */
void thread_start(struct thread *thread, void *(*work)(void *context), void *context);

/* Waits until the work is done. */
void thread_end(struct thread *thread);

#endif
