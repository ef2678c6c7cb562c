// https://dmg.org/pmml/v4-4-1/KNN.html

/// What the kernels that score by neighbors share: the neighbors, and how much each counts.
struct WeightedNeighbors: Sendable {
    let indices: [Int32]
    let affinities: [Int32]
    let isWeighted: Bool
    let isSimilarity: Bool
    let isFloat: Bool
    /// Added to a distance before its inverse becomes a weight.
    let threshold: Double

    init(from reader: inout OperandReader) throws(FormatError) {
        indices = try reader.inputs(.number)
        affinities = try reader.inputs(.number)
        guard indices.count == affinities.count, !indices.isEmpty else { throw reader.error("operand-range", "there are no neighbors") }
        isWeighted = try reader.flag()
        isSimilarity = try reader.flag()
        isFloat = try reader.flag()
        threshold = try reader.number()
    }

    /// The position of a neighbor of a row among `count` instances, or -1 where there is none.
    @inline(__always)
    func position(_ rank: Int, _ row: Int, _ count: Int, _ frame: Frame) -> Int {
        let value = frame.numbers(indices[rank])[row]
        return frame.status(indices[rank])[row] & CellStatus.missing == 0 && value >= 0 && value < Double(count) ? Int(value) : -1
    }

    @inline(__always)
    func weight(_ rank: Int, _ row: Int, _ frame: Frame) -> Double {
        if !isWeighted { return 1 }
        let affinity = frame.numbers(affinities[rank])[row]
        return isSimilarity ? affinity : narrowed(1 / narrowed(affinity + threshold))
    }

    @inline(__always)
    func narrowed(_ value: Double) -> Double { isFloat ? Double(Float(value)) : value }

    /// The failures of the neighbors' search.
    @inline(__always)
    func failure(_ row: Int, _ frame: Frame) -> UInt8 { frame.status(indices[0])[row] & CellStatus.failure }
}

/// `neighbor.vote`: the class that most neighbors have, and the share of each class in the votes.
///
/// Of classes with equal votes the one with the lowest priority number wins.
struct NeighborVoteKernel: Kernel {
    static let name = "neighbor.vote"
    private let out: Int32
    private let shares: [Int32]
    private let neighbors: WeightedNeighbors
    private let classes: Slab<Int32>
    private let priorities: Slab<Int32>

    init(from reader: inout OperandReader) throws(FormatError) {
        let count = try reader.int(in: 2...10_000_000)
        out = try reader.output(.number)
        var shares: [Int32] = []
        for _ in 1..<count { shares.append(try reader.output(.number)) }
        self.shares = shares
        neighbors = try WeightedNeighbors(from: &reader)
        classes = try reader.integers()
        priorities = try reader.integers()
        guard priorities.count == shares.count else { throw reader.error("operand-range", "classes differ in number") }
        for index in 0..<classes.count where classes[index] < -1 || Int(classes[index]) >= shares.count {
            throw reader.error("operand-range", "there is no class \(classes[index])")
        }
    }

    func run(_ frame: Frame) {
        let votes = frame.scratch.numbers(0, shares.count)
        let (index, status) = (frame.numbers(out), frame.status(out))
        for row in 0..<frame.count {
            for at in 0..<shares.count { votes[at] = 0 }
            var total = 0.0
            var best = -1
            for rank in neighbors.indices.indices {
                let position = neighbors.position(rank, row, classes.count, frame)
                if position < 0 || classes[position] < 0 { continue }
                let weight = neighbors.weight(rank, row, frame)
                votes[Int(classes[position])] = neighbors.narrowed(votes[Int(classes[position])] + weight)
                total = neighbors.narrowed(total + weight)
                best = Int(classes[position])
            }
            let failure = neighbors.failure(row, frame)
            let state = failure | (best < 0 || failure != 0 ? CellStatus.missing : 0)
            if best >= 0 {
                for at in 0..<shares.count {
                    if votes[at] > votes[best] || (votes[at] == votes[best] && priorities[at] < priorities[best]) { best = at }
                }
            }
            index[row] = Double(best)
            status[row] = state
            for at in 0..<shares.count {
                frame.numbers(shares[at])[row] = total == 0 ? 0 : neighbors.narrowed(votes[at] / total)
                frame.status(shares[at])[row] = state
            }
        }
    }
}

/// `neighbor.average`: the mean, weighted mean or median of the neighbors' numbers.
struct NeighborAverageKernel: Kernel {
    static let name = "neighbor.average"
    private let out: Int32
    private let isMedian: Bool
    private let neighbors: WeightedNeighbors
    private let values: Slab<Double>

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        isMedian = try reader.flag()
        neighbors = try WeightedNeighbors(from: &reader)
        values = try reader.numbers()
    }

    func run(_ frame: Frame) {
        let sorted = frame.scratch.numbers(0, neighbors.indices.count)
        let (result, status) = (frame.numbers(out), frame.status(out))
        for row in 0..<frame.count {
            var (sum, total) = (0.0, 0.0)
            var count = 0
            for rank in neighbors.indices.indices {
                let position = neighbors.position(rank, row, values.count, frame)
                if position < 0 || values[position].isNaN { continue }
                let value = values[position]
                let weight = neighbors.weight(rank, row, frame)
                sum = neighbors.narrowed(sum + neighbors.narrowed(weight * value))
                total = neighbors.narrowed(total + weight)
                if isMedian {
                    var place = count
                    while place > 0, sorted[place - 1] > value {
                        sorted[place] = sorted[place - 1]
                        place -= 1
                    }
                    sorted[place] = value
                }
                count += 1
            }
            let failure = neighbors.failure(row, frame)
            status[row] = failure | (count == 0 || failure != 0 ? CellStatus.missing : 0)
            if count == 0 {
                result[row] = 0
            } else if isMedian {
                let middle = count / 2
                result[row] = count % 2 == 1 ? sorted[middle] : neighbors.narrowed((sorted[middle - 1] + sorted[middle]) / 2)
            } else {
                result[row] = neighbors.narrowed(sum / total)
            }
        }
    }
}

/// The neighbors that score a row.
public struct FoundNeighbors: Sendable {
    public var indices: [Register]
    public var affinities: [Register]
    public var isSimilarity: Bool
    public var isFloat: Bool
    public var threshold: Double
    public init(indices: [Register], affinities: [Register], isSimilarity: Bool, isFloat: Bool, threshold: Double) {
        self.indices = indices
        self.affinities = affinities
        self.isSimilarity = isSimilarity
        self.isFloat = isFloat
        self.threshold = threshold
    }
}

extension OperandWriter {
    fileprivate mutating func neighbors(_ neighbors: FoundNeighbors, isWeighted: Bool) {
        registers(neighbors.indices)
        registers(neighbors.affinities)
        flag(isWeighted)
        flag(neighbors.isSimilarity)
        flag(neighbors.isFloat)
        number(neighbors.threshold)
    }
}

extension ProgramBuilder {
    /// The class that most neighbors have, and each class's share.
    ///
    /// - Parameters:
    ///   - classes: each instance's class, -1 for none.
    ///   - priorities: of classes with equal votes, the one with the lowest number wins.
    public func vote(_ neighbors: FoundNeighbors, isWeighted: Bool, classes: [Int32], priorities: [Int32]) -> (index: Register, shares: [Register]) {
        let kinds = [RegisterKind](repeating: .number, count: priorities.count + 1)
        let registers = emit(NeighborVoteKernel.name, kinds, countFirst: true) { writer in
            writer.neighbors(neighbors, isWeighted: isWeighted)
            writer.integers(classes)
            writer.integers(priorities)
        }
        return (registers[0], Array(registers.dropFirst()))
    }

    /// The neighbors' mean, weighted mean or median. `values` has a number per instance, NaN for none.
    public func average(_ neighbors: FoundNeighbors, isWeighted: Bool, isMedian: Bool, values: [Double]) -> Register {
        emit(NeighborAverageKernel.name, .number) { writer in
            writer.flag(isMedian)
            writer.neighbors(neighbors, isWeighted: isWeighted)
            writer.numbers(values)
        }
    }
}
