/*
 * Threads for work that goes on beside: begun and ended, or the program dies with status 2.
 */
#ifndef THREAD_H
#define THREAD_H

#include <pthread.h>

/* Begins WORK with CONTEXT in another thread. */
void thread_start(pthread_t *thread, void *(*work)(void *context), void *context);

/* Waits until the thread has ended. */
void thread_end(pthread_t thread);

#endif
