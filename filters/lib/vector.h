/*
 * Which vector instructions the code may use: chosen when the program runs, not when it is built.
 *
 * The environment variable TRAIMAT_VECTOR (avx512, avx2, sse2 or none) forbids what is better than it says; results
 * are the same with any, byte for byte.
 */
#ifndef VECTOR_H
#define VECTOR_H

/* Whether there is vector code at all: -DTRAIMAT_PORTABLE builds without it, as on other processors. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(TRAIMAT_PORTABLE)
#define VECTOR_X86
#endif

/* In rising order; a processor that has one has those before it. */
enum vector_level { VECTOR_NONE, VECTOR_SSE2, VECTOR_AVX2, VECTOR_AVX512 };

/* The best that the processor has and that is not forbidden. */
enum vector_level vector_level(void);

/* Forbids what is better than LEVEL from now on, in place of TRAIMAT_VECTOR: for tests. */
void vector_limit(enum vector_level level);

#endif
