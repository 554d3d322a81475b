/* The choice of vector instructions; see vector.h. */
#include "vector.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static bool known;
static enum vector_level chosen;

static enum vector_level best_of_processor(void) {
#ifdef VECTOR_X86
    __builtin_cpu_init();
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("popcnt"))
        return VECTOR_SSE2;
    bool avx512 = __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi2");
    return avx512 ? VECTOR_AVX512 : VECTOR_AVX2;
#else
    return VECTOR_NONE;
#endif
}

static enum vector_level limit_of_environment(void) {
    const char *name = getenv("TRAIMAT_VECTOR");
    if (name != NULL && strcmp(name, "none") == 0)
        return VECTOR_NONE;
    if (name != NULL && strcmp(name, "sse2") == 0)
        return VECTOR_SSE2;
    if (name != NULL && strcmp(name, "avx2") == 0)
        return VECTOR_AVX2;
    return VECTOR_AVX512;
}

void vector_limit(enum vector_level level) {
    enum vector_level best = best_of_processor();
    chosen = level < best ? level : best;
    known = true;
}

enum vector_level vector_level(void) {
    if (!known)
        vector_limit(limit_of_environment());
    return chosen;
}
