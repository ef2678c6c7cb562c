// https://dmg.org/pmml/v4-4-1/KNN.html

/// `neighbor.find`: the training instances nearest to each row, best first, as indices and as distances (or similarities).
///
/// Euclidean distances of complete rows go through a filter that leaves out what is surely too far; otherwise all pairs are compared,
/// a block of instances that fits the nearest cache at a time, field after field, with all rows of the batch. Of equally near
/// instances the first is nearer. Where fewer instances can be compared, the last ranks are missing.
struct NeighborKernel: Kernel {
    static let name = "neighbor.find"
    private let indices: [Int32]
    private let affinities: [Int32]
    private let isSimilarity: Bool
    private let comparison: BoundComparison
    private let filter: NeighborFilter?
    private static let block = 512

    init(from reader: inout OperandReader) throws(FormatError) {
        let count = try reader.int(in: 2...20_000_000)
        guard count % 2 == 0 else { throw reader.error("operand-range", "there are not as many distances as neighbors") }
        var outputs: [Int32] = []
        for _ in 0..<count { outputs.append(try reader.output(.number)) }
        indices = Array(outputs[..<(count / 2)])
        affinities = Array(outputs[(count / 2)...])
        isSimilarity = try reader.flag()
        comparison = try BoundComparison(from: &reader)
        filter = isSimilarity ? nil : NeighborFilter(comparison)
    }

    func run(_ frame: Frame) {
        let rows = frame.count
        let k = indices.count
        let failures = frame.status(indices[0])
        let prepared = comparison.prepare(frame, failures)
        let memory = frame.scratch.numbers(1, max(Self.block * 6, filter?.memory(rows: rows) ?? 0) + rows)
        // Rows that the filter takes, then the others.
        let order = UnsafeMutableRawPointer(memory + max(Self.block * 6, filter?.memory(rows: rows) ?? 0)).assumingMemoryBound(to: Int32.self)
        let complete = sort(order, rows, prepared, failures)
        let keys = frame.scratch.numbers(2, rows * k * 2)
        let found = keys + rows * k
        for at in 0..<rows * k {
            keys[at] = .infinity
            found[at] = -1
        }
        if let filter, complete > 0 {
            filter.search(
                comparison, rows: UnsafeBufferPointer(start: order, count: complete), prepared, stride: rows, memory: memory, keys: keys,
                found: found, k: k)
        }
        var start = 0
        while start < comparison.itemCount, complete < rows {
            let count = min(Self.block, comparison.itemCount - start)
            let run = ComparisonRun(count: count, results: memory, seen: memory + Self.block, counts: memory + 2 * Self.block)
            for at in complete..<rows {
                let row = Int(order[at])
                if failures[row] != 0 { continue }
                compare(row, rows, prepared, start, run)
                select(run, start, keys + row * k, found + row * k, k)
            }
            start += count
        }
        for rank in (0..<k).reversed() {
            let (out, status) = (frame.numbers(indices[rank]), frame.status(indices[rank]))
            let (distance, distanceStatus) = (frame.numbers(affinities[rank]), frame.status(affinities[rank]))
            for row in 0..<rows {
                let at = row * k + rank
                let state = failures[row] | (found[at] < 0 || failures[row] != 0 ? CellStatus.missing : 0)
                out[row] = found[at]
                distance[row] = isSimilarity ? -keys[at] : keys[at]
                status[row] = state
                distanceStatus[row] = state
            }
        }
    }

    /// Puts the rows that the filter takes before the others, and gives their number.
    private func sort(
        _ order: UnsafeMutablePointer<Int32>, _ rows: Int, _ prepared: UnsafePointer<Double>, _ failures: UnsafePointer<UInt8>
    ) -> Int {
        var (front, back) = (0, rows)
        for row in 0..<rows {
            var isComplete = filter != nil && failures[row] == 0
            if isComplete {
                // A sum with what is not a number is none.
                var sum = 0.0
                for index in comparison.fields.indices { sum += prepared[index * rows + row] * 0 }
                isComplete = sum == 0
            }
            if isComplete {
                order[front] = Int32(truncatingIfNeeded: row)
                front += 1
            } else {
                back -= 1
                order[back] = Int32(truncatingIfNeeded: row)
            }
        }
        return front
    }

    @inline(__always)
    private func compare(_ row: Int, _ rows: Int, _ prepared: UnsafeMutablePointer<Double>, _ start: Int, _ run: ComparisonRun) {
        var base = 0.0
        var isComplete = true
        for (index, field) in comparison.fields.enumerated() {
            let value = prepared[index * rows + row]
            if value == value, !field.mayMiss { base += field.missingWeight } else { isComplete = false }
        }
        comparison.start(run, base: base)
        for (index, field) in comparison.fields.enumerated() {
            let value = prepared[index * rows + row]
            if value != value { continue }
            let column = comparison.items.base + index * comparison.itemCount + start
            comparison.add(field, column, value, mayMiss: field.mayMiss, isRecord: true, run)
        }
        comparison.finish(run, isComplete: isComplete)
    }

    /// Keeps the best `k`, in ascending order of their keys.
    @inline(__always)
    private func select(
        _ run: ComparisonRun, _ start: Int, _ keys: UnsafeMutablePointer<Double>, _ found: UnsafeMutablePointer<Double>, _ k: Int
    ) {
        let sign = isSimilarity ? -1.0 : 1.0
        var worst = keys[k - 1]
        for at in 0..<run.count {
            let key = run.results[at] * sign
            if !(key < worst) { continue }
            var place = k - 1
            while place > 0, keys[place - 1] > key {
                keys[place] = keys[place - 1]
                found[place] = found[place - 1]
                place -= 1
            }
            keys[place] = key
            found[place] = Double(start + at)
            worst = keys[k - 1]
        }
    }
}

extension ProgramBuilder {
    /// The `count` nearest items of a comparison: their indices, and how near they are.
    public func neighbors(_ comparison: RecordComparison, count: Int, isSimilarity: Bool) -> (indices: [Register], affinities: [Register]) {
        let registers = emit(NeighborKernel.name, [RegisterKind](repeating: .number, count: count * 2), countFirst: true) { writer in
            writer.flag(isSimilarity)
            writer.comparison(comparison)
        }
        return (Array(registers[..<count]), Array(registers[count...]))
    }
}
