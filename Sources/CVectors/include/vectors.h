#ifndef VECTORS_H
#define VECTORS_H

#include <stddef.h>
#include <stdint.h>

// Inner loops over numbers, for the instructions that the processor has. Every set of functions gives the same bits: each result is made
// of the same roundings in the same order, and no product is fused with a sum.

// Rows that are taken at a time: component i of eight rows lies at cells + 8 · i.
enum { VECTOR_LANES = 8 };
// Items of a block, and the most rows, of `near`.
enum { VECTOR_BLOCK = 16, VECTOR_GROUP = 4 };

// Rows of a block of trees; and slots below this are leaves, the others nodes.
enum { TREE_BLOCK_ROWS = 64, TREE_LEAF_SLOTS = 256 };

// A test, 8 bytes: a row whose byte in column `plane` is at most `cut` goes to slot `low`, any other to slot `high`.
typedef struct {
    uint16_t plane;
    uint8_t cut;
    uint8_t reserved;
    uint16_t low;
    uint16_t high;
} tree_mask_node;

#if defined(__clang__)
#pragma clang assume_nonnull begin
#define OPTIONAL _Nullable
#else
#define OPTIONAL
#define _Nonnull
#endif

typedef struct {
    // out[8 · v + lane] = Σᵢ cells[8 · i + lane] · vectors[v · length + i]
    void (*products)(const double *cells, const double *vectors, size_t count, size_t length, double *out);
    // out[8 · v + lane] = Σᵢ weights[i] · (cells[8 · i + lane] - vectors[v · length + i])²; no weights: 1
    void (*squared_distances)(const double *cells, const double *vectors, const double *OPTIONAL weights, size_t count, size_t length, double *out);
    // out[v][row + lane] = Σᵢ (columns[i][row + lane] - vectors[v · length + i])², for eight rows from `row` on
    void (*column_distances)(const double *_Nonnull const *_Nonnull columns, const double *vectors, size_t count, size_t length, size_t row,
                             double *_Nonnull const *_Nonnull out);
    // indices[row] = which of the columns, of which there is at least one, has the least sign · columns[i][row]; of equal ones the first
    void (*least)(const double *_Nonnull const *_Nonnull columns, size_t count, size_t rows, double sign, double *indices);
    // out[8 · n + lane] = offsets[n] + Σᵢ cells[8 · i + lane] · weight of neuron n for i; weights lie in pairs of neurons
    void (*layer)(const double *cells, const double *weights, const double *offsets, size_t inputs, size_t neurons, double *out);
    // sums[row] += Σᵢ columns[i][row] · coefficients[i], in that order
    void (*add_columns)(const double *_Nonnull const *_Nonnull columns, const double *coefficients, size_t count, size_t rows, double *sums);
    // In place.
    void (*exponential)(double *x, size_t count);
    void (*logistic)(double *x, size_t count);
    void (*tanh)(double *x, size_t count);
    // Squared distances of rows from blocks of 16 items, in binary32 and less the rows' own norms: norms[item] + Σᵢ rows[r][i] · item's i.
    // Items lie block after block, component after component; rows row after row, four at a time. For row r the estimates begin at
    // estimates + r · 16 · blocks, and hits[r · blocks + b] tells whether some estimate of block b is not above the row's limit.
    void (*near)(const float *items, const float *norms, size_t blocks, size_t length, const float *rows, const float *limits,
                 float *estimates, uint8_t *hits);
    // The leaf of every row of a block in each of `trees` trees, all nodes of a tree at once. A node's slots are leaves, or nodes before it
    // in its tree, and the last node is the root; tree t has the nodes from starts[t] up to starts[t + 1], or none and then leaf 0. `planes`
    // are columns of 64 bytes; `slots` has 64 bytes for each leaf, filled, and for each node of the largest tree; `leaves` gets 64 per tree.
    void (*find_leaves)(const tree_mask_node *nodes, const int32_t *starts, size_t trees, const uint8_t *planes, uint8_t *slots,
                        uint8_t *leaves);
    // ranks[row] = how many of at most 255 ascending cuts are less than values[row]; all of them for NaN
    void (*rank)(const double *cuts, size_t count, const double *values, size_t rows, uint8_t *ranks);
    // out[i] = table[indices[i]]
    void (*look_up)(const double *table, const uint8_t *indices, size_t count, double *out);
} vector_functions;

// Fills the slots of the leaves of `find_leaves`, once for a block of memory: slot k is 64 bytes of k.
void vector_leaf_slots(uint8_t *slots);

// The functions for this processor, or those that every processor runs.
const vector_functions *vector_functions_best(void);
const vector_functions *vector_functions_portable(void);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif
