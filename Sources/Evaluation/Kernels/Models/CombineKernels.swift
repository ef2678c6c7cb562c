// https://dmg.org/pmml/v4-4-1/MultipleModels.html#xsdType_MULTIPLE-MODEL-METHOD

/// How the segments' predictions become one number. Numbered as the native file stores them.
public enum Combination: Int, Sendable {
    case sum = 0, average = 1, median = 2, max = 3
}

/// `segments.combine`: the predictions of those segments whose predicate is true, combined into one number.
struct CombineKernel: Kernel {
    static let name = "segments.combine"
    private let out: Int32
    private let method: Combination
    private let isFloat: Bool
    private let rule: MissingRule
    private let segments: [Segment]

    private struct Segment {
        /// The predicate's register, or -1 for a segment that always applies.
        var active: Int32
        var weight: Double
        var value: Int32
    }

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        guard let method = Combination(rawValue: try reader.int(in: 0...3)) else { throw reader.error("operand-range", "unknown combination") }
        self.method = method
        isFloat = try reader.flag()
        let missing: MissingMember = try reader.int(in: 0...1) == 0 ? .returnMissing : .skip
        rule = MissingRule(missing: missing, threshold: try reader.number())
        var segments: [Segment] = []
        for _ in 0..<(try reader.int(in: 0...100_000_000)) {
            segments.append(Segment(active: try reader.optionalInput(.number) ?? -1, weight: try reader.number(), value: try reader.input(.number)))
        }
        self.segments = segments
    }

    func run(_ frame: Frame) {
        let (out, outStatus) = (frame.numbers(out), frame.status(out))
        let members = frame.scratch.numbers(0, segments.count * 2 + 1)
        let weights = members + segments.count
        for row in 0..<frame.count {
            var count = 0
            var (taking, lost, total, lostWeight) = (0.0, 0.0, 0.0, 0.0)
            var failed = false
            for segment in segments {
                if segment.active >= 0 {
                    let state = frame.status(segment.active)[row]
                    if state & CellStatus.failure != 0 { failed = true }
                    if state & CellStatus.missing != 0 || frame.numbers(segment.active)[row] == 0 { continue }
                }
                taking += 1
                total += abs(segment.weight)
                let state = frame.status(segment.value)[row]
                if state & CellStatus.missing != 0 {
                    if state & CellStatus.failure != 0 { failed = true }
                    lost += 1
                    lostWeight += abs(segment.weight)
                    continue
                }
                members[count] = frame.numbers(segment.value)[row]
                weights[count] = segment.weight
                count += 1
            }
            if failed {
                outStatus[row] = CellStatus.failed
            } else if rule.leavesNothing(lost: lost, weighing: lostWeight, members: taking, total: total) {
                outStatus[row] = CellStatus.missing
            } else {
                out[row] = combined(members, weights, count)
                outStatus[row] = out[row].isNaN ? CellStatus.missing : 0
            }
        }
    }

    private func combined(_ members: UnsafeMutablePointer<Double>, _ weights: UnsafeMutablePointer<Double>, _ count: Int) -> Double {
        switch method {
        case .sum: return sum(members, weights, count)
        case .average:
            // Weights that add up to nothing leave no mean.
            var total = 0.0
            for index in 0..<count { total += weights[index] }
            if total <= 0 { return .nan }
            let whole = sum(members, weights, count)
            return isFloat ? Double(Float(whole) / Float(total)) : whole / total
        case .max:
            var largest = members[0]
            for index in 1..<Swift.max(1, count) where members[index] > largest { largest = members[index] }
            return largest
        case .median: return weightedMedian(members, weights, count)
        }
    }

    private func sum(_ members: UnsafeMutablePointer<Double>, _ weights: UnsafeMutablePointer<Double>, _ count: Int) -> Double {
        if isFloat {
            var sum: Float = 0
            for index in 0..<count { sum += Float(weights[index]) * Float(members[index]) }
            return Double(sum)
        }
        var sum = 0.0
        for index in 0..<count { sum += weights[index] * members[index] }
        return sum
    }

    /// The member at which the ascending members' weights reach half of the total; the mean of two when it is reached exactly.
    private func weightedMedian(_ members: UnsafeMutablePointer<Double>, _ weights: UnsafeMutablePointer<Double>, _ count: Int) -> Double {
        // Insertion into order: ensembles under a median are small, and nothing is allocated.
        for index in 1..<Swift.max(1, count) {
            let (member, weight) = (members[index], weights[index])
            var at = index
            while at > 0, members[at - 1] > member {
                members[at] = members[at - 1]
                weights[at] = weights[at - 1]
                at -= 1
            }
            members[at] = member
            weights[at] = weight
        }
        var total = 0.0
        for index in 0..<count { total += weights[index] }
        if total <= 0 { return .nan }
        // Members without weight have no part: the two of which the mean is taken are the one that reaches half and the next that weighs.
        var (below, last, isHalf) = (0.0, members[0], false)
        for index in 0..<count where weights[index] != 0 {
            if isHalf { return (last + members[index]) / 2 }
            last = members[index]
            below += weights[index]
            if below * 2 > total { break }
            isHalf = below * 2 == total
        }
        return last
    }
}

/// `segments.vote`: the weighted share of each class among the predictions of those segments whose predicate is true.
struct VoteKernel: Kernel {
    static let name = "segments.vote"
    private let outputs: [Int32]
    private let rule: MissingRule
    private let segments: [(active: Int32, weight: Double, value: Int32)]

    init(from reader: inout OperandReader) throws(FormatError) {
        let classes = try reader.int(in: 1...1_000_000)
        var outputs: [Int32] = []
        for _ in 0..<classes { outputs.append(try reader.output(.number)) }
        self.outputs = outputs
        let missing = MissingMember(rawValue: try reader.int(in: 0...2)) ?? .skip
        rule = MissingRule(missing: missing, threshold: try reader.number())
        var segments: [(active: Int32, weight: Double, value: Int32)] = []
        for _ in 0..<(try reader.int(in: 0...100_000_000)) {
            segments.append((try reader.optionalInput(.number) ?? -1, try reader.number(), try reader.input(.number)))
        }
        self.segments = segments
    }

    /// Each segment's `value` is the index of the class that it predicts.
    func run(_ frame: Frame) {
        let rows = frame.count
        let classes = outputs.count
        let votes = frame.scratch.numbers(0, rows * (classes + 2) + MemberTally.size(rows))
        let taking = votes + rows * classes
        let total = taking + rows
        let tally = MemberTally(total + rows, rows)
        for index in 0..<(rows * (classes + 2)) { votes[index] = 0 }
        for row in 0..<rows { tally.begin(row) }
        let status = frame.status(outputs[0])
        for row in 0..<rows { status[row] = 0 }
        for segment in segments {
            let (values, state) = (frame.numbers(segment.value), frame.status(segment.value))
            for row in 0..<rows {
                if segment.active >= 0 {
                    let guarded = frame.status(segment.active)[row]
                    status[row] |= guarded & CellStatus.failure
                    if guarded & CellStatus.missing != 0 || frame.numbers(segment.active)[row] == 0 { continue }
                }
                taking[row] += 1
                total[row] += abs(segment.weight)
                let vote = values[row]
                if state[row] & CellStatus.missing != 0 || vote < 0 || vote >= Double(classes) {
                    status[row] |= state[row] & CellStatus.failure
                    tally.lose(row, segment.weight)
                } else {
                    tally.present[row] += segment.weight
                    votes[row * classes + Int(vote)] += segment.weight
                }
            }
        }
        for row in 0..<rows {
            if status[row] != 0 {
                status[row] = CellStatus.failed
                continue
            }
            let most = UnsafeBufferPointer(start: votes + row * classes, count: classes).max() ?? 0
            // Weights that add up to nothing leave no shares.
            if tally.present[row] <= 0
                || rule.leavesNothing(lost: tally.lost[row], weighing: tally.lostWeight[row], members: taking[row], total: total[row], mostVotes: most)
            {
                status[row] = CellStatus.missing
            }
        }
        for (index, register) in outputs.enumerated() {
            let (out, outStatus) = (frame.numbers(register), frame.status(register))
            for row in 0..<rows {
                out[row] = votes[row * classes + index] / tally.present[row]
                outStatus[row] = status[row]
            }
        }
    }
}
