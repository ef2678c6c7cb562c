// Every set of functions from one source: vector types that the compiler maps to what the target has (SSE2, NEON), and, on x86-64, the same functions once more for AVX2.
#include "vectors.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// A fused product and sum would round once where other machines round twice.
#pragma STDC FP_CONTRACT OFF

// Vectors only live inside functions: passing them would depend on the target. No alignment is assumed of memory.
typedef double lanes __attribute__((vector_size(64)));
typedef lanes loose_lanes __attribute__((aligned(8), may_alias));
typedef int64_t words __attribute__((vector_size(64)));
typedef float singles __attribute__((vector_size(64)));
typedef singles loose_singles __attribute__((aligned(4), may_alias));
typedef uint8_t bytes __attribute__((vector_size(32)));
typedef bytes loose_bytes __attribute__((aligned(1), may_alias));

#define INLINE static inline __attribute__((always_inline))
#define LANES(base, index) (((loose_lanes *)(base))[index])
#define SELECT(condition, a, b) ((lanes)(((words)(a) & (condition)) | ((words)(b) & ~(condition))))

// Byte i in memory of eight that were loaded at once.
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define BYTE_OF(eight, i) ((uint8_t)((eight) >> (8 * (i))))
#else
#define BYTE_OF(eight, i) ((uint8_t)((eight) >> (56 - 8 * (i))))
#endif

// More cuts than this are searched, fewer compared one after the other.
enum { FEW_CUTS = 12 };

// Overflow, underflow and what is not a number, as the C library has them.
static __attribute__((noinline)) void patch(const double *x, double *results, size_t width) {
    for (size_t at = 0; at < width; at++)
        if (!(x[at] <= 708 && x[at] >= -708)) results[at] = exp(x[at]);
}

#define FOR
#define NAME(x) portable_##x
#define TILE 2
#include "functions.h"
#include "columns.h"
#include "trees.h"
#include "table.h"

void vector_leaf_slots(uint8_t *slots) {
    for (size_t leaf = 0; leaf < TREE_LEAF_SLOTS; leaf++) memset(slots + leaf * TREE_BLOCK_ROWS, (int)leaf, TREE_BLOCK_ROWS);
}

const vector_functions *vector_functions_portable(void) { return &portable_functions; }

#if defined(__x86_64__)

#define FOR __attribute__((target("avx2")))
#define NAME(x) wide_##x
#define TILE 4
#include "functions.h"
#include "columns.h"
#include "trees.h"
#include "table.h"

const vector_functions *vector_functions_best(void) {
    // For counting instructions, which must not depend on the machine.
    if (getenv("POMMEL_PORTABLE")) return &portable_functions;
    return __builtin_cpu_supports("avx2") ? &wide_functions : &portable_functions;
}

#else

const vector_functions *vector_functions_best(void) { return &portable_functions; }

#endif
