// Loops of small trees, for vectors.c, once for each set of instructions. Only whole bytes are compared and selected.

FOR static void NAME(find_leaves)(
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
FOR INLINE void NAME(count_cuts)(const double *cuts, size_t number, const double *x, uint8_t *ranks) {
    lanes values = *(const loose_lanes *)x;
    // A comparison that holds is -1, and NaN is at most nothing.
    words above = {};
    for (size_t at = 0; at < number; at++) above += (words)(values <= (lanes){} + cuts[at]);
    for (int lane = 0; lane < VECTOR_LANES; lane++) ranks[lane] = (uint8_t)((int64_t)number + above[lane]);
}

// Many cuts: binary search without branches, so that the searches of several rows overlap.
FOR INLINE void NAME(search)(const double *cuts, size_t number, unsigned bits, const double *x, uint8_t *ranks, int lanes) {
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

FOR static void NAME(rank)(const double *cuts, size_t number, const double *values, size_t rows, uint8_t *ranks) {
    if (number == 0) {
        memset(ranks, 0, rows);
        return;
    }
    unsigned bits = 0;
    while ((size_t)2 << bits <= number) bits++;
    size_t row = 0;
    if (number <= FEW_CUTS) {
        for (; row + 8 <= rows; row += 8) NAME(count_cuts)(cuts, number, values + row, ranks + row);
    } else {
        for (; row + 8 <= rows; row += 8) NAME(search)(cuts, number, bits, values + row, ranks + row, 8);
    }
    for (; row < rows; row++) NAME(search)(cuts, number, bits, values + row, ranks + row, 1);
}

FOR static void NAME(look_up)(const double *table, const uint8_t *indices, size_t count, double *out) {
    size_t at = 0;
    for (; at + 8 <= count; at += 8) {
        // One load for eight indices.
        uint64_t eight;
        memcpy(&eight, indices + at, 8);
        for (int i = 0; i < 8; i++) out[at + i] = table[BYTE_OF(eight, i)];
    }
    for (; at < count; at++) out[at] = table[indices[at]];
}
