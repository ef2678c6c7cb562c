// https://dmg.org/pmml/v4-4-1/KNN.html
import CVectors

/// Tells which instances may be among a row's nearest, from squared distances in binary32 whose error is bounded.
///
/// What passes is compared exactly; so the filter decides how fast neighbors are found, and never which. Values are taken from
/// their fields' means, which keeps the bound small.
final class NeighborFilter: @unchecked Sendable {
    private let length: Int
    private let itemCount: Int
    private let blocks: Int
    private let means: [Double]
    /// Square roots of the fields' weights.
    private let roots: [Double]
    /// Blocks of 16 items, component after component.
    private let items: UnsafeMutablePointer<Float>
    private let norms: UnsafeMutablePointer<Float>
    /// Item after item, as they are: what passes is compared with these, whose components lie side by side.
    private let exactItems: UnsafeMutablePointer<Double>
    /// The largest distance of an item from the means.
    private var largest = 0.0

    private static let blockSize = VECTOR_BLOCK
    private static let group = VECTOR_GROUP
    /// Blocks that are taken at a time: they stay in the first cache while all rows pass.
    private static let chunk = 16
    /// Lengths beyond which squares leave binary32.
    private static let mostLength = 1e15

    /// nil for measures that are not Euclidean, where items lack values, and for few items.
    init?(_ comparison: BoundComparison) {
        length = comparison.fields.count
        itemCount = comparison.itemCount
        let isEuclidean = comparison.fields.allSatisfy { $0.function == 0 && !$0.mayMiss && $0.weight >= 0 && $0.weight < 1e15 }
        guard comparison.aggregation < 2, !comparison.isFloat, isEuclidean, itemCount >= 64 else { return nil }
        blocks = (itemCount + Self.blockSize - 1) / Self.blockSize
        let padded = blocks * Self.blockSize
        var means: [Double] = []
        var squares = [Double](repeating: 0, count: itemCount)
        items = .allocate(capacity: padded * length)
        norms = .allocate(capacity: padded)
        exactItems = .allocate(capacity: itemCount * length)
        items.initialize(repeating: 0, count: padded * length)
        norms.initialize(repeating: .infinity, count: padded)
        roots = comparison.fields.map { $0.weight.squareRoot() }
        for index in 0..<length {
            let column = comparison.items.base + index * itemCount
            var sum = 0.0
            for item in 0..<itemCount { sum += column[item] / Double(itemCount) }
            means.append(sum)
            for item in 0..<itemCount {
                let value = (column[item] - sum) * roots[index]
                squares[item] += value * value
                exactItems[item * length + index] = column[item]
                items[(item / Self.blockSize * length + index) * Self.blockSize + item % Self.blockSize] = Float(value)
            }
        }
        self.means = means
        for item in 0..<itemCount {
            norms[item] = Float(squares[item])
            largest = max(largest, squares[item].squareRoot())
        }
        // What is not a number fails, too.
        guard largest < Self.mostLength else { return nil }
    }

    deinit {
        items.deallocate()
        norms.deallocate()
        exactItems.deallocate()
    }

    /// Numbers of scratch memory that a search of `rows` rows takes.
    func memory(rows: Int) -> Int {
        let padded = rows + Self.group
        // Row values in binary32, rows' norms, estimates, limits, hits, a row's exact values and the weights.
        return (padded * length + 1) / 2 + padded + Self.group * Self.chunk * Self.blockSize / 2 + Self.group + Self.group * Self.chunk + 2 * length
    }

    /// Finds the nearest instances of complete rows.
    ///
    /// - Parameters:
    ///   - rows: which rows of the batch.
    ///   - prepared: field after field, the batch's values.
    ///   - keys: for every row of the batch its `k` best keys, ascending; infinite at first.
    ///   - found: the instances that they belong to.
    func search(
        _ comparison: BoundComparison, rows: UnsafeBufferPointer<Int32>, _ prepared: UnsafePointer<Double>, stride: Int,
        memory: UnsafeMutablePointer<Double>, keys: UnsafeMutablePointer<Double>, found: UnsafeMutablePointer<Double>, k: Int
    ) {
        let group = Self.group
        let padded = (rows.count + group - 1) / group * group
        let ownNorms = memory
        let limits = UnsafeMutableRawPointer(ownNorms + padded).assumingMemoryBound(to: Float.self)
        let estimates = limits + group * 2
        let hits = UnsafeMutableRawPointer(estimates + group * Self.chunk * Self.blockSize).assumingMemoryBound(to: UInt8.self)
        let exact = UnsafeMutableRawPointer(hits + group * Self.chunk * 8).assumingMemoryBound(to: Double.self)
        let values = UnsafeMutableRawPointer(exact + 2 * length).assumingMemoryBound(to: Float.self)
        center(rows, prepared, stride, values, ownNorms)
        let isRoot = comparison.aggregation == 1
        let weights = exact + length
        for index in 0..<length { weights[index] = comparison.weights[index] }
        var first = 0
        while first < blocks {
            let count = min(Self.chunk, blocks - first)
            var start = 0
            while start < rows.count {
                let width = min(group, rows.count - start)
                for lane in 0..<group {
                    let row = Int(rows[min(start + lane, rows.count - 1)])
                    limits[lane] = lane < width ? limit(keys[row * k + k - 1], ownNorms[start + lane], isRoot) : -.infinity
                }
                VectorMath.near(
                    items + first * length * Self.blockSize, norms + first * Self.blockSize, count, length, values + start * length, limits,
                    estimates, hits)
                for lane in 0..<width {
                    let row = Int(rows[start + lane])
                    var isLoaded = false
                    var bound = limits[lane]
                    let (best, own) = (keys + row * k, found + row * k)
                    for block in 0..<count where hits[lane * count + block] != 0 {
                        if !isLoaded {
                            isLoaded = true
                            for index in 0..<length { exact[index] = prepared[index * stride + row] }
                        }
                        let guesses = estimates + (lane * count + block) * Self.blockSize
                        let base = (first + block) * Self.blockSize
                        for at in 0..<min(Self.blockSize, itemCount - base) where !(guesses[at] > bound) {
                            let key = distance(isRoot, weights, base + at, exact)
                            if !(key < best[k - 1]) { continue }
                            insert(key, base + at, best, own, k)
                            bound = limit(best[k - 1], ownNorms[start + lane], isRoot)
                        }
                    }
                }
                start += group
            }
            first += count
        }
    }

    /// The rows' values from the means, times -2, row after row; and their squared lengths.
    private func center(
        _ rows: UnsafeBufferPointer<Int32>, _ prepared: UnsafePointer<Double>, _ stride: Int, _ values: UnsafeMutablePointer<Float>,
        _ norms: UnsafeMutablePointer<Double>
    ) {
        let padded = (rows.count + Self.group - 1) / Self.group * Self.group
        for place in 0..<padded {
            let row = Int(rows[min(place, rows.count - 1)])
            var norm = 0.0
            for index in 0..<length {
                let value = (prepared[index * stride + row] - means[index]) * roots[index]
                norm += value * value
                values[place * length + index] = Float(-2 * value)
            }
            norms[place] = norm
        }
    }

    /// The estimate above which no instance can have a key below `worst`.
    ///
    /// Roundings of the values, of each product and sum and of the norms come to less than (fields + 8) units of binary32, relative to
    /// the square of both lengths together; the bound is four times that. The last summand stands for what underflows.
    @inline(__always)
    private func limit(_ worst: Double, _ norm: Double, _ isRoot: Bool) -> Float {
        let reach = norm.squareRoot() + largest
        guard reach < Self.mostLength else { return .infinity }
        let slack = Double(length + 8) * 0x1p-22 * (reach * reach) + Double(length) * 1e-29
        let square = isRoot ? worst * worst * (1 + 1e-12) : worst
        return Float(square - norm + slack).nextUp
    }

    /// As the comparison's own loops compute it, rounding for rounding.
    @inline(__always)
    private func distance(_ isRoot: Bool, _ weights: UnsafePointer<Double>, _ item: Int, _ exact: UnsafePointer<Double>) -> Double {
        let own = exactItems + item &* length
        var sum = 0.0
        for index in 0..<length {
            let difference = (own[index] - exact[index]).magnitude
            sum += weights[index] * (difference * difference)
        }
        return isRoot ? sum.squareRoot() : sum
    }

    @inline(__always)
    private func insert(_ key: Double, _ item: Int, _ keys: UnsafeMutablePointer<Double>, _ found: UnsafeMutablePointer<Double>, _ k: Int) {
        var place = k - 1
        while place > 0, keys[place - 1] > key {
            keys[place] = keys[place - 1]
            found[place] = found[place - 1]
            place -= 1
        }
        keys[place] = key
        found[place] = Double(item)
    }
}
