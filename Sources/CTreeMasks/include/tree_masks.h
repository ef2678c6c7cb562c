#ifndef TREE_MASKS_H
#define TREE_MASKS_H

#include <stddef.h>
#include <stdint.h>

/// Rows that are taken at once; every column of bytes below has so many.
enum { TREE_BLOCK_ROWS = 64 };
/// Slots below this are leaves, the others nodes.
enum { TREE_LEAF_SLOTS = 256 };

/// A test, 8 bytes: a row whose byte in column `plane` is at most `cut` goes to slot `low`, any other to slot `high`.
typedef struct {
    uint16_t plane;
    uint8_t cut;
    uint8_t reserved;
    uint16_t low;
    uint16_t high;
} tree_mask_node;

/// Whether the machine has AVX2.
int tree_masks_has_avx2(void);

/// Fills the slots of the leaves, once for a block of memory: slot k is 64 bytes of k.
void tree_masks_fill_leaves(uint8_t *slots);

/// Finds the leaf of every row of a block in each of `trees` trees, all nodes of a tree at once.
///
/// - nodes: the nodes of all trees; a node's slots are leaves, or nodes before it in its tree. The last node is the root.
/// - starts: per tree the index of its first node, and after the last tree the end; a tree without nodes is leaf 0.
/// - planes: columns of 64 bytes.
/// - slots: 64 bytes for each leaf and for each node of the largest tree; the leaves are filled.
/// - leaves: receives 64 leaf numbers per tree.
/// - wide: whether to use AVX2; the leaves are the same either way.
void tree_masks_find(
    const tree_mask_node *nodes, const int32_t *starts, size_t trees, const uint8_t *planes, uint8_t *slots, uint8_t *leaves, int wide);

/// Writes the rank of each of `rows` values among ascending `cuts`: how many are less than it; all of them for NaN. At most 255 cuts.
void tree_masks_rank(const double *cuts, size_t count, const double *values, size_t rows, uint8_t *ranks, int wide);

#endif
