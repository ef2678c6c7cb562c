import CVectors

/// Functions over runs of numbers, in the instructions that the processor has; every set of them gives the same bits.
///
/// Results differ from the C library's by at most a few units in the last place. A number's result does not depend on its neighbors.
enum VectorMath {
    /// Chosen once.
    private static let functions: vector_functions = vector_functions_best().pointee

    /// eˣ in place.
    @inline(__always)
    static func exponential(_ x: UnsafeMutablePointer<Double>, _ count: Int) { functions.exponential(x, count) }

    /// 1 / (1 + e⁻ˣ) in place.
    @inline(__always)
    static func logistic(_ x: UnsafeMutablePointer<Double>, _ count: Int) { functions.logistic(x, count) }

    /// The hyperbolic tangent in place.
    @inline(__always)
    static func tanh(_ x: UnsafeMutablePointer<Double>, _ count: Int) { functions.tanh(x, count) }

    // The loops of vectors.h. Eight rows lie side by side: component i of all of them at `cells + 8 · i`.

    /// Scalar products of eight rows with each of `count` vectors.
    @inline(__always)
    static func products(
        _ cells: UnsafePointer<Double>, _ vectors: UnsafePointer<Double>, _ count: Int, _ length: Int, _ out: UnsafeMutablePointer<Double>
    ) { functions.products(cells, vectors, count, length, out) }

    /// Squared Euclidean distances of eight rows from each of `count` vectors, with a weight for each component or none.
    @inline(__always)
    static func squaredDistances(
        _ cells: UnsafePointer<Double>, _ vectors: UnsafePointer<Double>, _ weights: UnsafePointer<Double>?, _ count: Int, _ length: Int,
        _ out: UnsafeMutablePointer<Double>
    ) { functions.squared_distances(cells, vectors, weights, count, length, out) }

    /// Squared Euclidean distances of the eight rows of `columns` from `row` on from each of `count` vectors, into the same rows of `out`.
    @inline(__always)
    static func columnDistances(
        _ columns: UnsafePointer<UnsafePointer<Double>>, _ vectors: UnsafePointer<Double>, _ count: Int, _ length: Int, row: Int,
        _ out: UnsafePointer<UnsafeMutablePointer<Double>>
    ) { functions.column_distances(columns, vectors, count, length, row, out) }

    /// The index of the column with the least `sign` times number in each row; of equal ones the first. There is at least one column.
    @inline(__always)
    static func least(
        _ columns: UnsafePointer<UnsafePointer<Double>>, _ count: Int, _ rows: Int, sign: Double, _ indices: UnsafeMutablePointer<Double>
    ) { functions.least(columns, count, rows, sign, indices) }

    /// The weighted sums of a layer's neurons for eight rows; weights lie in pairs of neurons.
    @inline(__always)
    static func layer(
        _ cells: UnsafePointer<Double>, _ weights: UnsafePointer<Double>, _ offsets: UnsafePointer<Double>, _ inputs: Int, _ neurons: Int,
        _ out: UnsafeMutablePointer<Double>
    ) { functions.layer(cells, weights, offsets, inputs, neurons, out) }

    /// Adds columns times their coefficients to `sums`, in order.
    @inline(__always)
    static func addColumns(
        _ columns: UnsafePointer<UnsafePointer<Double>>, _ coefficients: UnsafePointer<Double>, _ count: Int, _ rows: Int,
        _ sums: UnsafeMutablePointer<Double>
    ) { functions.add_columns(columns, coefficients, count, rows, sums) }

    /// Estimates of squared distances in binary32; see vectors.h.
    @inline(__always)
    static func near(
        _ items: UnsafePointer<Float>, _ norms: UnsafePointer<Float>, _ blocks: Int, _ length: Int, _ rows: UnsafePointer<Float>,
        _ limits: UnsafePointer<Float>, _ estimates: UnsafeMutablePointer<Float>, _ hits: UnsafeMutablePointer<UInt8>
    ) { functions.near(items, norms, blocks, length, rows, limits, estimates, hits) }

    // Small trees, 64 rows at a time; see vectors.h.

    @inline(__always)
    static func findLeaves(
        _ nodes: UnsafePointer<tree_mask_node>, _ starts: UnsafePointer<Int32>, _ trees: Int, _ planes: UnsafePointer<UInt8>,
        _ slots: UnsafeMutablePointer<UInt8>, _ leaves: UnsafeMutablePointer<UInt8>
    ) { functions.find_leaves(nodes, starts, trees, planes, slots, leaves) }

    /// How many of the ascending cuts are less than each value.
    @inline(__always)
    static func rank(
        _ cuts: UnsafePointer<Double>, _ count: Int, _ values: UnsafePointer<Double>, _ rows: Int, _ ranks: UnsafeMutablePointer<UInt8>
    ) { functions.rank(cuts, count, values, rows, ranks) }

    /// The numbers of `table` at `count` indices.
    @inline(__always)
    static func lookUp(
        _ table: UnsafePointer<Double>, _ indices: UnsafePointer<UInt8>, _ count: Int, _ out: UnsafeMutablePointer<Double>
    ) { functions.look_up(table, indices, count, out) }
}
