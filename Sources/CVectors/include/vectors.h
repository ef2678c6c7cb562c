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
    // out[8 · n + lane] = offsets[n] + Σᵢ cells[8 · i + lane] · weight of neuron n for i; weights lie in pairs of neurons
    void (*layer)(const double *cells, const double *weights, const double *offsets, size_t inputs, size_t neurons, double *out);
    // sums[row] += Σᵢ columns[i][row] · coefficients[i], in that order
    void (*add_columns)(const double *_Nonnull const *columns, const double *coefficients, size_t count, size_t rows, double *sums);
    // In place.
    void (*exponential)(double *x, size_t count);
    void (*logistic)(double *x, size_t count);
    void (*tanh)(double *x, size_t count);
    // Squared distances of rows from blocks of 16 items, in binary32 and less the rows' own norms: norms[item] + Σᵢ rows[r][i] · item's i.
    // Items lie block after block, component after component; rows row after row, four at a time. For row r the estimates begin at
    // estimates + r · 16 · blocks, and hits[r · blocks + b] tells whether some estimate of block b is not above the row's limit.
    void (*near)(const float *items, const float *norms, size_t blocks, size_t length, const float *rows, const float *limits,
                 float *estimates, uint8_t *hits);
} vector_functions;

// The functions for this processor, or those that every processor runs.
const vector_functions *vector_functions_best(void);
const vector_functions *vector_functions_portable(void);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif
