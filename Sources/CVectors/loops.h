// The loops of vectors.h, included once for each set of instructions: FOR is the functions' attribute, NAME(x) their name, TILE how many
// vectors (or rows) are taken at once, as many as the registers hold.

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

FOR static void NAME(plain_distances)(const double *cells, const double *vectors, size_t count, size_t length, double *out) {
    size_t at = 0;
    for (; at + TILE <= count; at += TILE) {
        const double *vector = vectors + at * length;
        lanes sum[TILE] = {};
        for (size_t i = 0; i < length; i++) {
            lanes value = LANES(cells, i);
            for (int t = 0; t < TILE; t++) {
                lanes difference = value - vector[t * length + i];
                sum[t] += difference * difference;
            }
        }
        for (int t = 0; t < TILE; t++) LANES(out, at + t) = sum[t];
    }
    for (; at < count; at++) {
        lanes sum = {};
        for (size_t i = 0; i < length; i++) {
            lanes difference = LANES(cells, i) - vectors[at * length + i];
            sum += difference * difference;
        }
        LANES(out, at) = sum;
    }
}

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

// eˣ for |x| ≤ 708: 2ⁿ · eʳ with |r| ≤ ln 2 / 2.
#define EXPONENTIAL(x, result)                                                                                                               \
    do {                                                                                                                                     \
        /* Adding 1.5 · 2⁵² leaves the rounded quotient in the low bits. */                                                                  \
        lanes shifted = (x) * 1.4426950408889634 + 6755399441055744.0;                                                                       \
        lanes n = shifted - 6755399441055744.0;                                                                                              \
        lanes r = ((x) - n * 0.693147180369123816490) - n * 1.90821492927058770002e-10;                                                      \
        lanes r2 = r * r, r4 = r2 * r2;                                                                                                      \
        lanes low = (1 + r) + r2 * (1 / 2.0 + r * (1 / 6.0));                                                                                \
        lanes middle = (1 / 24.0 + r * (1 / 120.0)) + r2 * (1 / 720.0 + r * (1 / 5040.0));                                                   \
        lanes high = (1 / 40320.0 + r * (1 / 362880.0)) + r2 * (1 / 3628800.0 + r * (1 / 39916800.0));                                       \
        lanes top = 1 / 479001600.0 + r * (1 / 6227020800.0);                                                                                \
        lanes sum = low + r4 * (middle + r4 * (high + r4 * top));                                                                            \
        /* The low bits of `shifted` hold n; 2ⁿ has the exponent field n + 1023. */                                                          \
        (result) = sum * (lanes)(((words)shifted + 1023) << 52);                                                                             \
    } while (0)

FOR static void NAME(exponential)(double *x, size_t count) {
    for (size_t at = 0; at < count; at += VECTOR_LANES) {
        size_t width = count - at < VECTOR_LANES ? count - at : VECTOR_LANES;
        lanes value = {}, result;
        if (width == VECTOR_LANES) value = *(const loose_lanes *)(x + at);
        else memcpy(&value, x + at, width * sizeof(double));
        words inside = (value <= 708) & (value >= -708);
        EXPONENTIAL(value, result);
        if (!__builtin_reduce_and(inside)) patch((const double *)&value, (double *)&result, width);
        if (width == VECTOR_LANES) *(loose_lanes *)(x + at) = result;
        else memcpy(x + at, &result, width * sizeof(double));
    }
}

FOR static void NAME(logistic)(double *x, size_t count) {
    for (size_t at = 0; at < count; at += VECTOR_LANES) {
        size_t width = count - at < VECTOR_LANES ? count - at : VECTOR_LANES;
        lanes value = {}, result;
        if (width == VECTOR_LANES) value = *(const loose_lanes *)(x + at);
        else memcpy(&value, x + at, width * sizeof(double));
        value = -value;
        words inside = (value <= 708) & (value >= -708);
        EXPONENTIAL(value, result);
        if (!__builtin_reduce_and(inside)) patch((const double *)&value, (double *)&result, width);
        result = 1 / (1 + result);
        if (width == VECTOR_LANES) *(loose_lanes *)(x + at) = result;
        else memcpy(x + at, &result, width * sizeof(double));
    }
}

FOR static void NAME(tanh)(double *x, size_t count) {
    for (size_t at = 0; at < count; at += VECTOR_LANES) {
        size_t width = count - at < VECTOR_LANES ? count - at : VECTOR_LANES;
        lanes value = {}, power;
        if (width == VECTOR_LANES) value = *(const loose_lanes *)(x + at);
        else memcpy(&value, x + at, width * sizeof(double));
        // From 20 on the result is 1 in binary64.
        value = SELECT(value < -20, (lanes){} - 20, value);
        value = SELECT(value > 20, (lanes){} + 20, value);
        lanes twice = value + value;
        EXPONENTIAL(twice, power);
        lanes square = value * value;
        // Near 0 the quotient would lose digits; there the series has them all.
        lanes series = value * (1 + square * (-1 / 3.0 + square * (2 / 15.0 + square * (-17 / 315.0 + square * (62 / 2835.0)))));
        lanes quotient = (power - 1) / (power + 1);
        lanes result = SELECT(square < 0.0025, series, quotient);
        if (width == VECTOR_LANES) *(loose_lanes *)(x + at) = result;
        else memcpy(x + at, &result, width * sizeof(double));
    }
}

#undef EXPONENTIAL

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

static const vector_functions NAME(functions) = {
    .products = NAME(products),
    .squared_distances = NAME(squared_distances),
    .layer = NAME(layer),
    .add_columns = NAME(add_columns),
    .exponential = NAME(exponential),
    .logistic = NAME(logistic),
    .tanh = NAME(tanh),
    .near = NAME(near),
};

#undef FOR
#undef NAME
#undef TILE
