// https://dmg.org/pmml/v4-4-1/TreeModel.html

/// What the tests of packed trees look at: columns of small codes, such that every test is "the code is at most a cut".
///
/// A *plane* turns a feature's values into codes: ranks among the cuts of all trees, the value itself in binary32, or 0 and 1 for
/// equality, membership in a set and missing values. What a missing value does is part of the plane, not of the walk: its code lies
/// below all cuts or above them, so that it goes where its tests send it; a feature whose tests send it to different sides has a plane for
/// each. Only tests that send it to neither side need a walk of their own (``Missing/out``).
struct TreePlanes: Sendable {
    enum Kind: Int32, Sendable {
        /// How many of the plane's cuts are less than the value; all of them for NaN.
        case rank = 0
        /// The least binary32 number that is not less than the value; +∞ for NaN.
        case value = 1
        /// 0 if the value is the plane's number, else 1.
        case equal = 2
        /// 0 if the value is in the plane's set, else 1.
        case isIn = 3
        /// 0 if the value is missing, else 1.
        case isMissing = 4
    }

    /// Where a missing value goes in the tests of a plane.
    enum Missing: Int32, Sendable {
        case low = 0
        case high = 1
        /// To what the test's exit names.
        case out = 2
    }

    struct Plane: Hashable, Sendable {
        var feature: Int
        var kind: Kind
        var missing: Missing
        /// Index of the plane's first number, or of its set.
        var first: Int = 0
        /// How many numbers it has.
        var count: Int = 0

        /// Whether it has the same codes as another wherever there is a value.
        func isTwin(of other: Plane) -> Bool {
            feature == other.feature && kind == other.kind && first == other.first && count == other.count
        }
    }

    let features: [Int32]
    let planes: [Plane]
    /// For each plane an earlier one with the same codes where there is a value, or -1.
    let twins: [Int]
    private let numbers: Slab<Double>
    private let sets: Slab<Int32>
    /// Per feature: whether some plane of it sends missing values out.
    let hasOut: [Bool]

    static func encode(_ planes: [Plane], numbers: [Double], sets: [Int32], features: [Register], _ writer: inout OperandWriter) {
        encode(planes, numbers: (writer.pools.add(numbers: numbers), numbers.count), sets: sets, features: features, &writer)
    }

    /// As above, with the numbers in the pool already.
    static func encode(
        _ planes: [Plane], numbers: (offset: Int, count: Int), sets: [Int32], features: [Register], _ writer: inout OperandWriter
    ) {
        writer.registers(features)
        writer.integers(planes.flatMap { plane in
            [plane.feature, Int(plane.kind.rawValue) << 8 | Int(plane.missing.rawValue), plane.first, plane.count].map { Int32(truncatingIfNeeded: $0) }
        })
        writer.slice(numbers)
        writer.integers(sets)
    }

    /// - Parameter mostRanks: the most cuts of a plane, so that its codes fit.
    init(from reader: inout OperandReader, mostRanks: Int, takesValues: Bool) throws(FormatError) {
        features = try reader.inputs(.number)
        let words = try reader.integers()
        numbers = try reader.numbers()
        sets = try reader.integers()
        guard words.count % 4 == 0 else { throw reader.error("tree-planes", "a plane is cut off") }
        var planes: [Plane] = []
        var twins: [Int] = []
        var hasOut = [Bool](repeating: false, count: features.count)
        planes.reserveCapacity(words.count / 4)
        for index in 0..<words.count / 4 {
            let (feature, first, count) = (Int(words[index * 4]), Int(words[index * 4 + 2]), Int(words[index * 4 + 3]))
            guard feature >= 0, feature < features.count, let kind = Kind(rawValue: words[index * 4 + 1] >> 8),
                let missing = Missing(rawValue: words[index * 4 + 1] & 255), kind != .value || takesValues
            else { throw reader.error("tree-planes", "plane \(index) is of no known kind") }
            let isSound: Bool
            switch kind {
            case .rank: isSound = first >= 0 && count >= 0 && count <= mostRanks && first <= numbers.count - count && Self.isAscending(numbers, first, count)
            case .equal: isSound = first >= 0 && first < numbers.count
            case .isIn: isSound = TreeTable.isSet(at: first, sets)
            case .value, .isMissing: isSound = true
            }
            guard isSound else { throw reader.error("tree-planes", "the numbers of plane \(index) are out of range or out of order") }
            let plane = Plane(feature: feature, kind: kind, missing: missing, first: first, count: count)
            // Planes of the same codes stand side by side.
            twins.append(planes.last?.isTwin(of: plane) == true ? (twins.last.flatMap { $0 >= 0 ? $0 : nil } ?? index - 1) : -1)
            planes.append(plane)
            if missing == .out { hasOut[feature] = true }
        }
        (self.planes, self.twins, self.hasOut) = (planes, twins, hasOut)
    }

    private static func isAscending(_ numbers: Slab<Double>, _ first: Int, _ count: Int) -> Bool {
        for index in first..<first + count {
            if numbers[index].isNaN || (index > first && !(numbers[index - 1] < numbers[index])) { return false }
        }
        return true
    }

    @inline(__always)
    func cuts(_ plane: Plane) -> UnsafePointer<Double> { numbers.base + plane.first }

    /// 0 or 1 for one value of a plane that has no ranks.
    @inline(__always)
    func flag(_ plane: Plane, _ value: Double) -> Bool {
        switch plane.kind {
        case .equal: value != numbers[plane.first]
        case .isIn: !TreeTable.contains(sets, plane.first, value)
        default: true
        }
    }

    /// Marks the rows that need a walk of their own: those with a missing value that some test sends out, or with a failure, which fails
    /// the row only if it is met.
    ///
    /// - Parameters:
    ///   - careful: receives 0 or 1 per row.
    ///   - gaps: receives per feature whether a value is missing.
    /// - Returns: how many rows are marked.
    func mark(_ frame: Frame, careful: UnsafeMutablePointer<UInt8>, gaps: UnsafeMutablePointer<UInt8>) -> Int {
        let rows = frame.count
        for row in 0..<rows { careful[row] = 0 }
        var isMarked = false
        for (index, register) in features.enumerated() {
            let status = frame.status(register)
            var seen: UInt8 = 0
            for row in 0..<rows { seen |= status[row] }
            gaps[index] = seen & CellStatus.missing
            let wanted = hasOut[index] ? CellStatus.missing | CellStatus.failure : CellStatus.failure
            if seen & wanted == 0 { continue }
            isMarked = true
            for row in 0..<rows { careful[row] |= status[row] & wanted != 0 ? 1 : 0 }
        }
        guard isMarked else { return 0 }
        var marked = 0
        for row in 0..<rows { marked &+= Int(careful[row]) }
        return marked
    }
}
