/* Counting a byte, by vector instructions where there are any; see byte_count.h. */
#include "byte_count.h"

#include "vector.h"

static size_t count_portable(const char *data, size_t len, char byte) {
    size_t count = 0;
    for (size_t i = 0; i < len; i++)
        count += data[i] == byte;
    return count;
}

#ifdef VECTOR_X86

#include <immintrin.h>

/* Each of 32 counters of a byte holds at most 255. */
__attribute__((target("avx2"))) static size_t count_avx2(const char *data, size_t len, char byte) {
    const __m256i wanted = _mm256_set1_epi8(byte);
    __m256i sums = _mm256_setzero_si256();
    size_t at = 0;
    while (len - at >= 32) {
        __m256i counters = _mm256_setzero_si256();
        for (unsigned i = 0; i < 255 && len - at >= 32; i++, at += 32) {
            __m256i bytes = _mm256_loadu_si256((const __m256i *)(const void *)(data + at));
            counters = _mm256_sub_epi8(counters, _mm256_cmpeq_epi8(bytes, wanted));
        }
        sums = _mm256_add_epi64(sums, _mm256_sad_epu8(counters, _mm256_setzero_si256()));
    }
    uint64_t parts[4];
    _mm256_storeu_si256((__m256i *)(void *)parts, sums);
    return (size_t)(parts[0] + parts[1] + parts[2] + parts[3]) + count_portable(data + at, len - at, byte);
}

#else

#define count_avx2 count_portable

#endif

size_t byte_count(struct text text, char byte) {
    return vector_level() >= VECTOR_AVX2 ? count_avx2(text.data, text.len, byte)
                                         : count_portable(text.data, text.len, byte);
}
