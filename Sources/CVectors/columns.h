// Loops over columns and vectors, for vectors.c, once for each set of instructions.

FOR static void NAME(products)(const double *cells, const double *vectors, size_t count, size_t length, double *out) {
    size_t at = 0;
    for (; at + TILE <= count; at += TILE) {
        const double *vector = vectors + at * length;
        lanes sum[TILE] = {};
        for (size_t i = 0; i < length; i++) {
            lanes value = LANES(cells, i);
            for (int t = 0; t < TILE; t++) sum[t] += value * vector[t * length + i];
        }
        for (int t = 0; t < TILE; t++) LANES(out, at + t) = sum[t];
    }
    for (; at < count; at++) {
        lanes sum = {};
        for (size_t i = 0; i < length; i++) sum += LANES(cells, i) * vectors[at * length + i];
        LANES(out, at) = sum;
    }
}

// Distances without weights; CELL(i) is component i of eight rows, OUT(v) where their distances from vector v go.
#define PLAIN_DISTANCES                                                                                                                      \
    size_t at = 0;                                                                                                                           \
    for (; at + TILE <= count; at += TILE) {                                                                                                 \
        const double *vector = vectors + at * length;                                                                                        \
        lanes sum[TILE] = {};                                                                                                                \
        for (size_t i = 0; i < length; i++) {                                                                                                \
            lanes value = CELL(i);                                                                                                           \
            for (int t = 0; t < TILE; t++) {                                                                                                 \
                lanes difference = value - vector[t * length + i];                                                                           \
                sum[t] += difference * difference;                                                                                           \
            }                                                                                                                                \
        }                                                                                                                                    \
        for (int t = 0; t < TILE; t++) OUT(at + t) = sum[t];                                                                                 \
    }                                                                                                                                        \
    for (; at < count; at++) {                                                                                                               \
        lanes sum = {};                                                                                                                      \
        for (size_t i = 0; i < length; i++) {                                                                                                \
            lanes difference = CELL(i) - vectors[at * length + i];                                                                           \
            sum += difference * difference;                                                                                                  \
        }                                                                                                                                    \
        OUT(at) = sum;                                                                                                                       \
    }

FOR static void NAME(plain_distances)(const double *cells, const double *vectors, size_t count, size_t length, double *out) {
#define CELL(i) LANES(cells, i)
#define OUT(v) LANES(out, v)
    PLAIN_DISTANCES
#undef CELL
#undef OUT
}

FOR static void NAME(column_distances)(
    const double *const *columns, const double *vectors, size_t count, size_t length, size_t row, double *const *out) {
#define CELL(i) (*(const loose_lanes *)(columns[i] + row))
#define OUT(v) (*(loose_lanes *)(out[v] + row))
    PLAIN_DISTANCES
#undef CELL
#undef OUT
}

#undef PLAIN_DISTANCES

FOR static void NAME(squared_distances)(
    const double *cells, const double *vectors, const double *weights, size_t count, size_t length, double *out) {
    if (!weights) {
        NAME(plain_distances)(cells, vectors, count, length, out);
        return;
    }
    for (size_t at = 0; at < count; at++) {
        lanes sum = {};
        for (size_t i = 0; i < length; i++) {
            lanes difference = LANES(cells, i) - vectors[at * length + i];
            sum += difference * difference * weights[i];
        }
        LANES(out, at) = sum;
    }
}

FOR static void NAME(layer)(
    const double *cells, const double *weights, const double *offsets, size_t inputs, size_t neurons, double *out) {
    size_t neuron = 0;
    for (; neuron + TILE <= neurons; neuron += TILE) {
        const double *pairs = weights + neuron * inputs;
        lanes sum[TILE];
        for (int t = 0; t < TILE; t++) sum[t] = (lanes){} + offsets[neuron + t];
        for (size_t i = 0; i < inputs; i++) {
            lanes value = LANES(cells, i);
            for (int t = 0; t < TILE; t++) sum[t] += value * pairs[(size_t)(t / 2) * 2 * inputs + 2 * i + t % 2];
        }
        for (int t = 0; t < TILE; t++) LANES(out, neuron + t) = sum[t];
    }
    for (; neuron < neurons; neuron++) {
        const double *pair = weights + (neuron & ~(size_t)1) * inputs + (neuron & 1);
        lanes sum = (lanes){} + offsets[neuron];
        for (size_t i = 0; i < inputs; i++) sum += LANES(cells, i) * pair[2 * i];
        LANES(out, neuron) = sum;
    }
}

FOR static void NAME(add_columns)(const double *const *columns, const double *coefficients, size_t count, size_t rows, double *sums) {
    size_t row = 0;
    for (; row + 2 * VECTOR_LANES <= rows; row += 2 * VECTOR_LANES) {
        lanes a = *(const loose_lanes *)(sums + row), b = *(const loose_lanes *)(sums + row + VECTOR_LANES);
        for (size_t i = 0; i < count; i++) {
            const double *column = columns[i] + row;
            a += *(const loose_lanes *)column * coefficients[i];
            b += *(const loose_lanes *)(column + VECTOR_LANES) * coefficients[i];
        }
        *(loose_lanes *)(sums + row) = a;
        *(loose_lanes *)(sums + row + VECTOR_LANES) = b;
    }
    for (; row < rows; row++) {
        double sum = sums[row];
        for (size_t i = 0; i < count; i++) sum += columns[i][row] * coefficients[i];
        sums[row] = sum;
    }
}

FOR static void NAME(least)(const double *const *columns, size_t count, size_t rows, double sign, double *indices) {
    size_t row = 0;
    for (; row + VECTOR_LANES <= rows; row += VECTOR_LANES) {
        lanes best = *(const loose_lanes *)(columns[0] + row) * sign, index = {};
        for (size_t i = 1; i < count; i++) {
            lanes value = *(const loose_lanes *)(columns[i] + row) * sign;
            words isLess = value < best;
            best = SELECT(isLess, value, best);
            index = SELECT(isLess, (lanes){} + (double)i, index);
        }
        *(loose_lanes *)(indices + row) = index;
    }
    for (; row < rows; row++) {
        double best = columns[0][row] * sign, index = 0;
        for (size_t i = 1; i < count; i++) {
            if (columns[i][row] * sign < best) {
                best = columns[i][row] * sign;
                index = (double)i;
            }
        }
        indices[row] = index;
    }
}

FOR static void NAME(near)(
    const float *items, const float *norms, size_t blocks, size_t length, const float *rows, const float *limits, float *estimates,
    uint8_t *hits) {
    for (size_t block = 0; block < blocks; block++) {
        const float *item = items + block * length * VECTOR_BLOCK;
        for (int first = 0; first < VECTOR_GROUP; first += TILE) {
            const float *row = rows + (size_t)first * length;
            singles sum[TILE];
            for (int t = 0; t < TILE; t++) sum[t] = *(const loose_singles *)(norms + block * VECTOR_BLOCK);
            for (size_t i = 0; i < length; i++) {
                singles value = *(const loose_singles *)(item + i * VECTOR_BLOCK);
                for (int t = 0; t < TILE; t++) sum[t] += value * row[(size_t)t * length + i];
            }
            for (int t = 0; t < TILE; t++) {
                *(loose_singles *)(estimates + ((size_t)(first + t) * blocks + block) * VECTOR_BLOCK) = sum[t];
                // What is not a number counts as a hit.
                hits[(size_t)(first + t) * blocks + block] = __builtin_reduce_and(sum[t] > limits[first + t]) == 0;
            }
        }
    }
}
