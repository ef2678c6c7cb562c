// https://dmg.org/pmml/v4-4-1/ClusteringModel.html

/// `cluster.compare`: each row against every cluster's center, one output per cluster. Missing where nothing can be compared.
struct ClusterKernel: Kernel {
    static let name = "cluster.compare"
    private let outputs: [Int32]
    private let comparison: BoundComparison
    /// Center after center, where all are complete and distances are Euclidean.
    private let centers: [Double]

    init(from reader: inout OperandReader) throws(FormatError) {
        let count = try reader.int(in: 1...10_000_000)
        var outputs: [Int32] = []
        for _ in 0..<count { outputs.append(try reader.output(.number)) }
        self.outputs = outputs
        comparison = try BoundComparison(from: &reader)
        guard comparison.itemCount == count else { throw reader.error("operand-range", "centers and outputs differ in number") }
        let isEuclidean = comparison.aggregation < 2 && !comparison.isFloat && comparison.fields.allSatisfy { $0.function == 0 && !$0.mayMiss }
        let (items, fields) = (comparison.items, comparison.fields.count)
        centers = isEuclidean ? (0..<count * fields).map { items[$0 % fields * count + $0 / fields] } : []
    }

    func run(_ frame: Frame) {
        guard let first = outputs.first else { return }
        let rows = frame.count
        if !centers.isEmpty, isComplete(frame) { return runComplete(frame) }
        let failures = frame.status(first)
        let prepared = comparison.prepare(frame, failures)
        let memory = frame.scratch.numbers(1, rows * 5 + comparison.fields.count)
        // Which fields some row of the batch lacks.
        let lacking = memory + rows * 5
        for index in comparison.fields.indices {
            let column = prepared + index * rows
            var isMissing = false
            for row in 0..<rows { isMissing = isMissing || column[row] != column[row] }
            lacking[index] = isMissing ? 1 : 0
        }
        // The first output's status holds the failures until all others have theirs.
        for (cluster, register) in outputs.enumerated().reversed() {
            let run = ComparisonRun(count: rows, results: frame.numbers(register), seen: memory, counts: memory + rows)
            var base = 0.0
            var isComplete = true
            for (index, field) in comparison.fields.enumerated() {
                let isThere = !comparison.items[index * comparison.itemCount + cluster].isNaN
                if isThere, lacking[index] == 0 { base += field.missingWeight } else { isComplete = false }
            }
            comparison.start(run, base: base)
            for (index, field) in comparison.fields.enumerated() {
                let fixed = comparison.items[index * comparison.itemCount + cluster]
                if fixed.isNaN { continue }
                comparison.add(field, prepared + index * rows, fixed, mayMiss: lacking[index] != 0, isRecord: false, run)
            }
            comparison.finish(run, isComplete: isComplete)
            let status = frame.status(register)
            for row in 0..<rows {
                let isMissing = failures[row] != 0 || run.results[row] != run.results[row]
                status[row] = failures[row] | (isMissing ? CellStatus.missing : 0)
            }
        }
    }
}

extension ClusterKernel {
    private func isComplete(_ frame: Frame) -> Bool {
        var seen: UInt8 = 0
        for field in comparison.fields {
            let status = frame.status(field.register)
            for row in 0..<frame.count { seen |= status[row] }
        }
        return seen & CellStatus.failed == 0
    }

    /// Eight rows at a time against all centers.
    private func runComplete(_ frame: Frame) {
        let (lanes, rows, fields, count) = (VectorBlock.lanes, frame.count, comparison.fields.count, outputs.count)
        let columns = frame.scratch.pointers(fields + count)
        for (index, field) in comparison.fields.enumerated() { columns[index] = frame.numbers(field.register) }
        for (index, register) in outputs.enumerated() { columns[fields + index] = frame.numbers(register) }
        let whole = comparison.weights.contains { $0 != 1 } ? 0 : rows & ~(lanes - 1)
        centers.withUnsafeBufferPointer { centers in
            guard let base = centers.baseAddress else { return }
            columns.withMemoryRebound(to: UnsafePointer<Double>.self, capacity: fields + count) { inputs in
                var row = 0
                while row < whole {
                    VectorMath.columnDistances(inputs, base, count, fields, row: row, columns + fields)
                    row &+= lanes
                }
            }
            if whole < rows { compareCopies(frame, columns, base, from: whole) }
        }
        if comparison.aggregation == 1 {
            for register in outputs {
                let values = frame.numbers(register)
                for row in 0..<rows { values[row] = values[row].squareRoot() }
            }
        }
        for register in outputs {
            let (values, status) = (frame.numbers(register), frame.status(register))
            for row in 0..<frame.count { status[row] = values[row] == values[row] ? 0 : CellStatus.missing }
        }
    }

    /// Rows that are copied side by side first: the last ones, which are fewer than eight, or all where components have weights.
    private func compareCopies(
        _ frame: Frame, _ columns: UnsafeMutablePointer<UnsafeMutablePointer<Double>>, _ centers: UnsafePointer<Double>, from first: Int
    ) {
        let (lanes, fields, count) = (VectorBlock.lanes, comparison.fields.count, outputs.count)
        let cells = frame.scratch.numbers(0, fields * lanes)
        let distances = frame.scratch.numbers(1, count * lanes)
        comparison.weights.withUnsafeBufferPointer { weights in
            var start = first
            while start < frame.count {
                let width = min(lanes, frame.count - start)
                for index in 0..<fields { VectorBlock.load(columns[index] + start, width, into: cells + index &* lanes) }
                VectorMath.squaredDistances(cells, centers, weights.baseAddress, count, fields, distances)
                for index in 0..<count { VectorBlock.store(distances + index &* lanes, width, into: columns[fields + index] + start) }
                start &+= lanes
            }
        }
    }
}

/// `cluster.mahalanobis`: each row's distance √((x − m)ᵀ C⁻¹ (x − m)) from every cluster, or its square.
struct MahalanobisKernel: Kernel {
    static let name = "cluster.mahalanobis"
    private let outputs: [Int32]
    private let inputs: [Int32]
    private let isRoot: Bool
    private let isFloat: Bool
    /// Cluster after cluster.
    private let centers: Slab<Double>
    /// Cluster after cluster, row after row.
    private let inverses: Slab<Double>
    private let missingWeights: Slab<Double>

    init(from reader: inout OperandReader) throws(FormatError) {
        let count = try reader.int(in: 1...10_000_000)
        var outputs: [Int32] = []
        for _ in 0..<count { outputs.append(try reader.output(.number)) }
        self.outputs = outputs
        inputs = try reader.inputs(.number)
        isRoot = try reader.flag()
        isFloat = try reader.flag()
        centers = try reader.numbers()
        inverses = try reader.numbers()
        missingWeights = try reader.numbers()
        let fields = inputs.count
        guard fields > 0, fields <= 100_000, missingWeights.count == fields, centers.count / fields == count, centers.count % fields == 0,
            inverses.count / fields / fields == count, inverses.count % (fields * fields) == 0
        else { throw reader.error("operand-range", "centers or covariances are of the wrong size") }
    }

    func run(_ frame: Frame) {
        let fields = inputs.count
        let difference = frame.scratch.numbers(0, fields * 2)
        let present = difference + fields
        var total = 0.0
        for field in 0..<fields { total += missingWeights[field] }
        for row in 0..<frame.count {
            var failure: UInt8 = 0
            var seen = 0.0
            for field in 0..<fields {
                let status = frame.status(inputs[field])[row]
                failure |= status & CellStatus.failure
                present[field] = status & CellStatus.missing == 0 ? 1 : 0
                if present[field] != 0 { seen += missingWeights[field] }
            }
            for (cluster, register) in outputs.enumerated() {
                let inverse = inverses.base + cluster * fields * fields
                for field in 0..<fields {
                    difference[field] = present[field] == 0 ? 0 : frame.numbers(inputs[field])[row] - centers[cluster * fields + field]
                }
                var sum = 0.0
                for a in 0..<fields {
                    var product = 0.0
                    for b in 0..<fields { product += inverse[a * fields + b] * difference[b] }
                    sum += product * difference[a]
                }
                if seen != total { sum *= total / seen }
                let result = isRoot ? sum.squareRoot() : sum
                frame.numbers(register)[row] = isFloat ? Double(Float(result)) : result
                frame.status(register)[row] = failure | (failure != 0 || seen <= 0 || result.isNaN ? CellStatus.missing : 0)
            }
        }
    }
}

/// `entity.rank`: the indices of the best numbers, best first; of equal ones the first comes first.
struct EntityRankKernel: Kernel {
    static let name = "entity.rank"
    private let outputs: [Int32]
    private let isAscending: Bool
    private let inputs: [Int32]

    init(from reader: inout OperandReader) throws(FormatError) {
        let count = try reader.int(in: 1...10_000_000)
        var outputs: [Int32] = []
        for _ in 0..<count { outputs.append(try reader.output(.number)) }
        self.outputs = outputs
        isAscending = try reader.flag()
        inputs = try reader.inputs(.number)
        guard !inputs.isEmpty else { throw reader.error("operand-range", "there is nothing to rank") }
    }

    func run(_ frame: Frame) {
        let rows = frame.count
        let ranks = outputs.count
        let sign = isAscending ? 1.0 : -1.0
        if ranks == 1, runLeast(frame, sign) { return }
        // Row after row, the best keys so far.
        let keys = frame.scratch.numbers(0, rows * ranks)
        for at in 0..<rows * ranks { keys[at] = .infinity }
        for register in outputs {
            let (out, status) = (frame.numbers(register), frame.status(register))
            for row in 0..<rows {
                out[row] = -1
                status[row] = 0
            }
        }
        guard let first = outputs.first else { return }
        let failures = frame.status(first)
        for (index, register) in inputs.enumerated() {
            let (values, status) = (frame.numbers(register), frame.status(register))
            for row in 0..<rows {
                failures[row] |= status[row] & CellStatus.failure
                if status[row] & CellStatus.missing != 0 { continue }
                insert(values[row] * sign, index, keys + row * ranks, row, frame)
            }
        }
        for register in outputs.reversed() {
            let (out, status) = (frame.numbers(register), frame.status(register))
            for row in 0..<rows { status[row] = failures[row] | (out[row] < 0 || failures[row] != 0 ? CellStatus.missing : 0) }
        }
    }

    /// The best of each row alone, unless some row of the batch has missing numbers.
    private func runLeast(_ frame: Frame, _ sign: Double) -> Bool {
        let rows = frame.count
        let columns = frame.scratch.pointers(inputs.count)
        var seen: UInt8 = 0
        for (index, register) in inputs.enumerated() {
            let status = frame.status(register)
            for row in 0..<rows { seen |= status[row] }
            columns[index] = frame.numbers(register)
        }
        if seen & CellStatus.failed != 0 { return false }
        let out = frame.status(outputs[0])
        columns.withMemoryRebound(to: UnsafePointer<Double>.self, capacity: inputs.count) {
            VectorMath.least($0, inputs.count, rows, sign: sign, frame.numbers(outputs[0]))
        }
        for row in 0..<rows { out[row] = 0 }
        return true
    }

    @inline(__always)
    private func insert(_ key: Double, _ index: Int, _ keys: UnsafeMutablePointer<Double>, _ row: Int, _ frame: Frame) {
        var at = outputs.count - 1
        if !(key < keys[at] || frame.numbers(outputs[at])[row] < 0) { return }
        while at > 0, keys[at - 1] > key || frame.numbers(outputs[at - 1])[row] < 0 {
            keys[at] = keys[at - 1]
            frame.numbers(outputs[at])[row] = frame.numbers(outputs[at - 1])[row]
            at -= 1
        }
        keys[at] = key
        frame.numbers(outputs[at])[row] = Double(index)
    }
}

extension ProgramBuilder {
    /// How near each row is to each item, by the comparison's measure; one register per item.
    public func compare(_ comparison: RecordComparison) -> [Register] {
        let count = comparison.items.count / max(1, comparison.fields.count)
        return emit(ClusterKernel.name, [RegisterKind](repeating: .number, count: count), countFirst: true) { $0.comparison(comparison) }
    }

    /// Mahalanobis distances from centers.
    ///
    /// - Parameters:
    ///   - centers: cluster after cluster.
    ///   - inverses: the inverse covariances, cluster after cluster, row after row.
    public func mahalanobis(
        _ inputs: [Register], centers: [Double], inverses: [Double], missingWeights: [Double], isRoot: Bool, isFloat: Bool
    ) -> [Register] {
        let count = centers.count / max(1, inputs.count)
        return emit(MahalanobisKernel.name, [RegisterKind](repeating: .number, count: count), countFirst: true) { writer in
            writer.registers(inputs)
            writer.flag(isRoot)
            writer.flag(isFloat)
            writer.numbers(centers)
            writer.numbers(inverses)
            writer.numbers(missingWeights)
        }
    }

    /// The indices of the `count` best of `values`, best first.
    public func ranked(_ values: [Register], count: Int, isAscending: Bool) -> [Register] {
        emit(EntityRankKernel.name, [RegisterKind](repeating: .number, count: count), countFirst: true) { writer in
            writer.flag(isAscending)
            writer.registers(values)
        }
    }
}
