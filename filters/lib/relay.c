/* Batches filled by one thread and emptied by another; see relay.h. */
#include "relay.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "diagnostics.h"

/* So many batches are filled before a thread is worth its start. */
#define BATCHES_ALONE 2

struct relay {
    relay_fill *fill;
    void *context;
    char *batches;
    size_t count;
    size_t size;
    bool alone;
    bool started;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t changed; /* only one of the two ever waits for it */
    size_t filled;          /* batches filled so far */
    size_t given;           /* batches given out so far; the last one is in use */
    bool ended;
    bool failed;  /* the program is to end when all that was filled is emptied */
    bool awaited; /* whoever empties waits for more */
    bool stopped; /* nobody wants more */
};

/* The one that this thread fills. */
static _Thread_local struct relay *mine;

static void check(int error, const char *what) {
    if (error != 0)
        die("%s: %s", what, strerror(error));
}

static void *batch_at(const struct relay *relay, size_t number) {
    return relay->batches + number % relay->count * relay->size;
}

static size_t ready(const struct relay *relay) {
    return relay->filled - relay->given;
}

/* In trouble, this thread waits until nothing that came before can tell of other trouble. */
static void wait_until_used(void) {
    struct relay *relay = mine;
    if (relay == NULL)
        return;
    pthread_mutex_lock(&relay->mutex);
    relay->failed = true;
    pthread_cond_signal(&relay->changed);
    while ((!relay->awaited || ready(relay) > 0) && !relay->stopped)
        pthread_cond_wait(&relay->changed, &relay->mutex);
    pthread_mutex_unlock(&relay->mutex);
}

/* Whoever has to wait does so until there is work for a while: being woken costs more than a batch does. */
static void *fill_all(void *argument) {
    struct relay *relay = argument;
    bool more = true;
    mine = relay;
    while (more) {
        pthread_mutex_lock(&relay->mutex);
        if (ready(relay) >= relay->count - 1) {
            while (ready(relay) > relay->count / 2 && !relay->stopped)
                pthread_cond_wait(&relay->changed, &relay->mutex);
        }
        bool stopped = relay->stopped;
        pthread_mutex_unlock(&relay->mutex);

        more = !stopped && relay->fill(relay->context, batch_at(relay, relay->filled));

        pthread_mutex_lock(&relay->mutex);
        relay->filled += more;
        relay->ended = !more;
        if (relay->ended || ready(relay) >= relay->count / 2)
            pthread_cond_signal(&relay->changed);
        pthread_mutex_unlock(&relay->mutex);
    }
    return NULL;
}

struct relay *relay_open(relay_fill *fill, void *context, void *batches, size_t count, size_t size,
                         bool alone) {
    struct relay *relay = memory_zeroed(1, sizeof *relay);
    relay->fill = fill;
    relay->context = context;
    relay->batches = batches;
    relay->count = count;
    relay->size = size;
    relay->alone = alone;
    return relay;
}

/* Where there can be no thread, all goes on without. */
static void start(struct relay *relay) {
    check(pthread_mutex_init(&relay->mutex, NULL), "cannot make a lock");
    check(pthread_cond_init(&relay->changed, NULL), "cannot make a condition");
    diagnostics_before_trouble(wait_until_used);
    relay->started = pthread_create(&relay->thread, NULL, fill_all, relay) == 0;
    relay->alone = !relay->started;
}

/* Without a thread. */
static void *fill_next(struct relay *relay) {
    void *batch = batch_at(relay, relay->filled);
    relay->ended = relay->ended || !relay->fill(relay->context, batch);
    if (relay->ended)
        return NULL;
    relay->filled++;
    relay->given++;
    return batch;
}

/* Returns when there is a batch, or none will come. */
static void wait_for_batch(struct relay *relay) {
    relay->awaited = true;
    while (!relay->ended && ready(relay) < (relay->failed ? 1 : relay->count / 2)) {
        if (relay->failed)
            pthread_cond_signal(&relay->changed); /* the other side may end the program now */
        pthread_cond_wait(&relay->changed, &relay->mutex);
    }
    relay->awaited = false;
}

void *relay_next(struct relay *relay) {
    if (!relay->started && !relay->alone && !relay->ended && relay->filled >= BATCHES_ALONE)
        start(relay);
    if (!relay->started)
        return fill_next(relay);
    void *batch = NULL;
    pthread_mutex_lock(&relay->mutex);
    if (ready(relay) == 0)
        wait_for_batch(relay);
    if (ready(relay) > 0)
        batch = batch_at(relay, relay->given++);
    if (ready(relay) <= relay->count / 2)
        pthread_cond_signal(&relay->changed);
    pthread_mutex_unlock(&relay->mutex);
    return batch;
}

void relay_close(struct relay *relay) {
    if (relay->started) {
        pthread_mutex_lock(&relay->mutex);
        relay->stopped = true;
        pthread_cond_signal(&relay->changed);
        pthread_mutex_unlock(&relay->mutex);
        check(pthread_join(relay->thread, NULL), "cannot end a thread");
        pthread_cond_destroy(&relay->changed);
        pthread_mutex_destroy(&relay->mutex);
    }
    free(relay);
}
