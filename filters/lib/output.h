/*
 * Output: standard output or a file, plain or gzip, every write checked.
 *
 * A file is written under a temporary name in its own folder and renamed when it is complete: a reader sees
 * the old file or the new one, and a program that fails or is ended by a signal leaves nothing behind. Gzip
 * carries no time and no name, so that the same data give the same bytes.
 */
#ifndef OUTPUT_H
#define OUTPUT_H

#include "buffer.h"

struct output;

/* Opens PATH (NULL or `-`: standard output). COMPRESS, or a name that ends in .gz, writes gzip. A path that
   exists and is no regular file (a device, a pipe) is written directly. Dies when it cannot be opened. PATH
   must outlive it. */
struct output *output_open(const char *path, bool compress);

/* Dies when the bytes cannot be written; a pipe that nobody reads any more ends the program without a
 * message. */
void output_write(struct output *output, struct text text);

/* Flushes, closes, and gives the file its name; dies on any failure (a full disk shows up here at the
 * latest). */
void output_close(struct output *output);

#endif
