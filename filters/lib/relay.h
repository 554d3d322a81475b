/*
 * Batches that one thread fills and another empties, in the same order: what makes the next rows and what is done
 * with the last ones go on side by side.
 *
 * Short inputs need no thread, and none is started for them. Memory is that of the batches.
 */
#ifndef RELAY_H
#define RELAY_H

#include <stdbool.h>
#include <stddef.h>

struct relay;

/* Fills BATCH, one of those given to relay_open(); false when there is nothing more. It may end the program (die()):
   the reason is told when all batches before have been emptied, as it would be without a thread. */
typedef bool relay_fill(void *context, void *batch);

/* FILL is called with CONTEXT for one of COUNT batches of SIZE bytes that lie end to end at BATCHES; at least 3. All
   belong to the caller. With ALONE no thread is started. */
struct relay *relay_open(relay_fill *fill, void *context, void *batches, size_t count, size_t size,
                         bool alone);

/* The batch that was filled next, the caller's until the next call; NULL at the end. */
void *relay_next(struct relay *relay);

/* Ends the thread, whether or not all was filled. */
void relay_close(struct relay *relay);

#endif
