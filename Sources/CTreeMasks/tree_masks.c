// One source for every machine: vector types that the compiler maps to what the target has (SSE2, NEON), and, on x86-64, the same
// functions once more for AVX2. Only whole bytes are compared and selected, so that both give the same bits.
#include "tree_masks.h"

#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
#define WIDE 1
#define FOR_AVX2 __attribute__((target("avx2")))
#else
#define WIDE 0
#endif

#define INLINE static inline __attribute__((always_inline))

// Vectors only live inside functions: passing them would depend on the target. No alignment is assumed of memory.
typedef uint8_t bytes __attribute__((vector_size(32)));
typedef bytes loose_bytes __attribute__((aligned(1), may_alias));
typedef double numbers __attribute__((vector_size(32)));
typedef numbers loose_numbers __attribute__((aligned(8), may_alias));
typedef int64_t counts __attribute__((vector_size(32)));

int tree_masks_has_avx2(void) {
#if WIDE
    // For counting instructions, which must not depend on the machine.
    return !getenv("POMMEL_PORTABLE") && __builtin_cpu_supports("avx2") != 0;
#else
    return 0;
#endif
}

void tree_masks_fill_leaves(uint8_t *slots) {
    for (size_t leaf = 0; leaf < TREE_LEAF_SLOTS; leaf++) memset(slots + leaf * TREE_BLOCK_ROWS, (int)leaf, TREE_BLOCK_ROWS);
}

INLINE void find(
    const tree_mask_node *nodes, const int32_t *starts, size_t trees, const uint8_t *planes, uint8_t *slots, uint8_t *leaves) {
    for (size_t tree = 0; tree < trees; tree++) {
        const tree_mask_node *node = nodes + starts[tree], *end = nodes + starts[tree + 1];
        uint8_t *out = slots + TREE_LEAF_SLOTS * TREE_BLOCK_ROWS;
        if (node == end) out = slots + TREE_BLOCK_ROWS;
        for (; node < end; node++, out += TREE_BLOCK_ROWS) {
            const uint8_t *column = planes + (size_t)node->plane * TREE_BLOCK_ROWS;
            const uint8_t *low = slots + (size_t)node->low * TREE_BLOCK_ROWS;
            const uint8_t *high = slots + (size_t)node->high * TREE_BLOCK_ROWS;
            bytes cut = (bytes){} + node->cut;
            for (int half = 0; half < TREE_BLOCK_ROWS; half += 32) {
                bytes isHigh = (bytes)(*(const loose_bytes *)(column + half) > cut);
                bytes a = *(const loose_bytes *)(low + half), b = *(const loose_bytes *)(high + half);
                *(loose_bytes *)(out + half) = (b & isHigh) | (a & ~isHigh);
            }
        }
        memcpy(leaves + tree * TREE_BLOCK_ROWS, out - TREE_BLOCK_ROWS, TREE_BLOCK_ROWS);
    }
}

// Few cuts: each is compared with eight values.
INLINE void count(const double *cuts, size_t number, const double *x, uint8_t *ranks) {
    numbers a = *(const loose_numbers *)x, b = *(const loose_numbers *)(x + 4);
    counts below = {}, belowToo = {};
    for (size_t at = 0; at < number; at++) {
        numbers cut = (numbers){} + cuts[at];
        // A comparison that holds is -1, and NaN is at most nothing.
        below += (counts)(a <= cut);
        belowToo += (counts)(b <= cut);
    }
    for (int lane = 0; lane < 4; lane++) {
        ranks[lane] = (uint8_t)((int64_t)number + below[lane]);
        ranks[4 + lane] = (uint8_t)((int64_t)number + belowToo[lane]);
    }
}

// Many cuts: binary search without branches, so that the searches of several rows overlap.
INLINE void search(const double *cuts, size_t number, unsigned bits, const double *x, uint8_t *ranks, int lanes) {
    // Either the first 2^bits cuts hold the place, or the last 2^bits do.
    size_t rest = number - ((size_t)1 << bits);
    size_t rank[8];
    for (int lane = 0; lane < lanes; lane++) rank[lane] = rest * (size_t) !(x[lane] <= cuts[rest]);
    for (unsigned bit = bits; bit-- > 0;) {
        const double *probe = cuts + ((size_t)1 << bit) - 1;
        for (int lane = 0; lane < lanes; lane++) rank[lane] += (size_t) !(x[lane] <= probe[rank[lane]]) << bit;
    }
    for (int lane = 0; lane < lanes; lane++) ranks[lane] = (uint8_t)(rank[lane] + (size_t) !(x[lane] <= cuts[rank[lane]]));
}

enum { FEW_CUTS = 12 };

INLINE void rank(const double *cuts, size_t number, const double *values, size_t rows, uint8_t *ranks) {
    if (number == 0) {
        memset(ranks, 0, rows);
        return;
    }
    unsigned bits = 0;
    while ((size_t)2 << bits <= number) bits++;
    size_t row = 0;
    if (number <= FEW_CUTS) {
        for (; row + 8 <= rows; row += 8) count(cuts, number, values + row, ranks + row);
    } else {
        for (; row + 8 <= rows; row += 8) search(cuts, number, bits, values + row, ranks + row, 8);
    }
    for (; row < rows; row++) search(cuts, number, bits, values + row, ranks + row, 1);
}

#if WIDE
FOR_AVX2 static void find_wide(
    const tree_mask_node *nodes, const int32_t *starts, size_t trees, const uint8_t *planes, uint8_t *slots, uint8_t *leaves) {
    find(nodes, starts, trees, planes, slots, leaves);
}

FOR_AVX2 static void rank_wide(const double *cuts, size_t number, const double *values, size_t rows, uint8_t *ranks) {
    rank(cuts, number, values, rows, ranks);
}
#endif

void tree_masks_find(
    const tree_mask_node *nodes, const int32_t *starts, size_t trees, const uint8_t *planes, uint8_t *slots, uint8_t *leaves, int wide) {
#if WIDE
    if (wide) return find_wide(nodes, starts, trees, planes, slots, leaves);
#endif
    (void)wide;
    find(nodes, starts, trees, planes, slots, leaves);
}

void tree_masks_rank(const double *cuts, size_t number, const double *values, size_t rows, uint8_t *ranks, int wide) {
#if WIDE
    if (wide) return rank_wide(cuts, number, values, rows, ranks);
#endif
    (void)wide;
    rank(cuts, number, values, rows, ranks);
}
