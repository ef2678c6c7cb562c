// Elementary functions in place, for vectors.c, once for each set of instructions.

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

// Runs the statements on eight numbers at a time, `value` being those and `result` what becomes of them; the last ones may be fewer.
#define IN_PLACE(...)                                                                                                                        \
    for (size_t at = 0; at < count; at += VECTOR_LANES) {                                                                                    \
        size_t width = count - at < VECTOR_LANES ? count - at : VECTOR_LANES;                                                                \
        lanes value = {}, result;                                                                                                            \
        if (width == VECTOR_LANES) value = *(const loose_lanes *)(x + at);                                                                   \
        else memcpy(&value, x + at, width * sizeof(double));                                                                                 \
        __VA_ARGS__                                                                                                                          \
        if (width == VECTOR_LANES) *(loose_lanes *)(x + at) = result;                                                                        \
        else memcpy(x + at, &result, width * sizeof(double));                                                                                \
    }

// The exponential of `value`, what overflows and what is not a number included.
#define WHOLE_EXPONENTIAL                                                                                                                    \
    words inside = (value <= 708) & (value >= -708);                                                                                         \
    EXPONENTIAL(value, result);                                                                                                              \
    if (!__builtin_reduce_and(inside)) patch((const double *)&value, (double *)&result, width);

FOR static void NAME(exponential)(double *x, size_t count) {
    IN_PLACE(WHOLE_EXPONENTIAL)
}

FOR static void NAME(logistic)(double *x, size_t count) {
    IN_PLACE({
        value = -value;
        WHOLE_EXPONENTIAL
        result = 1 / (1 + result);
    })
}

FOR static void NAME(tanh)(double *x, size_t count) {
    IN_PLACE({
        lanes power;
        // From 20 on the result is 1 in binary64.
        value = SELECT(value < -20, (lanes){} - 20, value);
        value = SELECT(value > 20, (lanes){} + 20, value);
        lanes twice = value + value;
        EXPONENTIAL(twice, power);
        lanes square = value * value;
        // Near 0 the quotient would lose digits; there the series has them all.
        lanes series = value * (1 + square * (-1 / 3.0 + square * (2 / 15.0 + square * (-17 / 315.0 + square * (62 / 2835.0)))));
        lanes quotient = (power - 1) / (power + 1);
        result = SELECT(square < 0.0025, series, quotient);
    })
}

#undef WHOLE_EXPONENTIAL
#undef IN_PLACE
#undef EXPONENTIAL
