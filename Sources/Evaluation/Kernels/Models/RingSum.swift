/// The sum of a ring of numbers, of which one after the other is replaced.
///
/// A tree of sums of two: each number is replaced in as many steps as the tree has levels, and what is replaced leaves no rounding behind.
struct RingSum {
    /// The root at 1, below each node its two parts; the numbers are the last `capacity`.
    private var nodes = [0.0, 0.0]
    private var capacity = 1

    var total: Double { nodes[1] }

    /// - Parameter index: the number's place, at most one beyond those that are there.
    mutating func set(_ index: Int, _ value: Double) {
        if index >= capacity { grow() }
        var at = capacity + index
        nodes[at] = value
        while at > 1 {
            at /= 2
            nodes[at] = nodes[2 * at] + nodes[2 * at + 1]
        }
    }

    private mutating func grow() {
        let leaves = nodes[capacity...]
        capacity *= 2
        nodes = [Double](repeating: 0, count: capacity) + leaves + [Double](repeating: 0, count: leaves.count)
        for at in stride(from: capacity - 1, through: 1, by: -1) { nodes[at] = nodes[2 * at] + nodes[2 * at + 1] }
    }
}
