// https://dmg.org/pmml/v4-4-1/RuleSet.html

/// How the firing rules decide. Numbered as the native file stores them.
public enum RuleCriterion: Int, Sendable {
    case firstHit = 0, weightedMax = 1, weightedSum = 2
}

/// `rules.select`: of the rules that fire, the one that gives the prediction with a rank (1 is the prediction itself).
///
/// Outputs: the rule's index, its score's index among the scores, the confidence. Where no rule fires, the first rank has the
/// default score and no rule.
struct RuleSelectKernel: Kernel {
    static let name = "rules.select"
    private let rule: Int32
    private let score: Int32
    private let confidence: Int32
    private let criterion: RuleCriterion
    private let rank: Int
    private let conditions: [Int32]
    private let weights: Slab<Double>
    private let confidences: Slab<Double>
    private let scores: Slab<Int32>
    private let scoreCount: Int
    /// The default score's index, or -1.
    private let defaultScore: Int
    /// NaN: there is none.
    private let defaultConfidence: Double

    init(from reader: inout OperandReader) throws(FormatError) {
        rule = try reader.output(.number)
        score = try reader.output(.number)
        confidence = try reader.output(.number)
        guard let criterion = RuleCriterion(rawValue: try reader.int(in: 0...2)) else { throw reader.error("operand-range", "unknown criterion") }
        self.criterion = criterion
        rank = try reader.int(in: 1...1_000_000)
        conditions = try reader.inputs(.number)
        weights = try reader.numbers()
        confidences = try reader.numbers()
        scores = try reader.integers()
        scoreCount = try reader.int(in: 0...10_000_000)
        defaultScore = try reader.int(in: -1...max(-1, scoreCount - 1))
        defaultConfidence = try reader.number()
        guard weights.count == conditions.count, confidences.count == conditions.count, scores.count == conditions.count
        else { throw reader.error("operand-range", "rules and their values differ in number") }
        for index in 0..<scores.count where scores[index] < 0 || Int(scores[index]) >= scoreCount {
            throw reader.error("operand-range", "a rule's score does not exist")
        }
    }

    func run(_ frame: Frame) {
        if criterion == .firstHit, rank == 1 { return runFirstHit(frame) }
        // Per score: its standing, the rule that stands for it (or -1).
        let standing = frame.scratch.numbers(0, scoreCount * 2 + 1)
        let chosen = standing + scoreCount
        for row in 0..<frame.count {
            for index in 0..<scoreCount {
                standing[index] = 0
                chosen[index] = -1
            }
            var firing = 0
            var state: UInt8 = 0
            for index in conditions.indices {
                let status = frame.status(conditions[index])[row]
                state |= status & CellStatus.failure
                if status & CellStatus.missing != 0 || frame.numbers(conditions[index])[row] == 0 { continue }
                firing += 1
                let at = Int(scores[index])
                let isFirst = chosen[at] < 0
                switch criterion {
                case .firstHit: if isFirst { standing[at] = -Double(index) }
                case .weightedMax:
                    if !isFirst, weights[index] <= standing[at] { continue }
                    standing[at] = weights[index]
                    chosen[at] = Double(index)
                case .weightedSum: standing[at] += weights[index]
                }
                if isFirst { chosen[at] = Double(index) }
            }
            if state != 0 {
                write(frame, row, CellStatus.failed)
            } else if firing == 0 {
                rank == 1 ? writeDefault(frame, row) : write(frame, row, CellStatus.missing)
            } else {
                let best = ranked(standing, chosen)
                if best < 0 {
                    write(frame, row, CellStatus.missing)
                } else {
                    write(frame, row, 0)
                    frame.numbers(rule)[row] = chosen[best]
                    frame.numbers(score)[row] = Double(best)
                    frame.numbers(confidence)[row] = criterion == .weightedSum
                        ? standing[best] / Double(firing) : confidences[Int(chosen[best])]
                }
            }
        }
    }

    /// The score with the kernel's rank. Of equal standing comes first: by sums the earlier score, otherwise the earlier rule.
    private func ranked(_ standing: UnsafeMutablePointer<Double>, _ chosen: UnsafeMutablePointer<Double>) -> Int {
        var last = -1
        for place in 0..<rank {
            var best = -1
            for index in 0..<scoreCount where chosen[index] >= 0 {
                if place > 0, !precedes(last, index, standing, chosen) { continue }
                if best < 0 || precedes(index, best, standing, chosen) { best = index }
            }
            if best < 0 { return -1 }
            last = best
        }
        return last
    }

    @inline(__always)
    private func precedes(_ a: Int, _ b: Int, _ standing: UnsafeMutablePointer<Double>, _ chosen: UnsafeMutablePointer<Double>) -> Bool {
        if standing[a] != standing[b] { return standing[a] > standing[b] }
        return criterion == .weightedSum ? a < b : chosen[a] < chosen[b]
    }

    /// Column by column: the first rule that fires decides.
    private func runFirstHit(_ frame: Frame) {
        let (rules, ruleStatus) = (frame.numbers(rule), frame.status(rule))
        let (found, foundStatus) = (frame.numbers(score), frame.status(score))
        let (sure, sureStatus) = (frame.numbers(confidence), frame.status(confidence))
        for row in 0..<frame.count { ruleStatus[row] = CellStatus.missing }
        for index in conditions.indices {
            let (values, status) = (frame.numbers(conditions[index]), frame.status(conditions[index]))
            let number = Double(index)
            for row in 0..<frame.count where ruleStatus[row] == CellStatus.missing {
                if status[row] & CellStatus.missing != 0 {
                    ruleStatus[row] |= status[row] & CellStatus.failure
                } else if values[row] != 0 {
                    rules[row] = number
                    ruleStatus[row] = 0
                }
            }
        }
        for row in 0..<frame.count {
            switch ruleStatus[row] {
            case 0:
                let index = Int(rules[row])
                found[row] = Double(scores[index])
                foundStatus[row] = 0
                sure[row] = confidences[index]
                sureStatus[row] = 0
            case CellStatus.missing: writeDefault(frame, row)
            default: write(frame, row, CellStatus.failed)
            }
        }
    }

    private func write(_ frame: Frame, _ row: Int, _ status: UInt8) {
        frame.status(rule)[row] = status
        frame.status(score)[row] = status
        frame.status(confidence)[row] = status
    }

    private func writeDefault(_ frame: Frame, _ row: Int) {
        write(frame, row, CellStatus.missing)
        guard defaultScore >= 0 else { return }
        frame.numbers(score)[row] = Double(defaultScore)
        frame.status(score)[row] = 0
        if defaultConfidence.isNaN { return }
        frame.numbers(confidence)[row] = defaultConfidence
        frame.status(confidence)[row] = 0
    }
}

extension ProgramBuilder {
    /// Selects among rules; see ``RuleCriterion``.
    ///
    /// - Parameter rules: the condition under which each fires, its weight, confidence and the index of its score.
    public func selectRule(
        _ rules: [(condition: Register, weight: Double, confidence: Double, score: Int)], _ criterion: RuleCriterion, rank: Int,
        scoreCount: Int, defaultScore: Int?, defaultConfidence: Double?
    ) -> (rule: Register, score: Register, confidence: Register) {
        let found = emit(RuleSelectKernel.name, [.number, .number, .number]) {
            $0.int(criterion.rawValue)
            $0.int(rank)
            $0.registers(rules.map(\.condition))
            $0.numbers(rules.map(\.weight))
            $0.numbers(rules.map(\.confidence))
            $0.integers(rules.map { Int32(truncatingIfNeeded: $0.score) })
            $0.int(scoreCount)
            $0.int(defaultScore ?? -1)
            $0.number(defaultConfidence ?? .nan)
        }
        return (found[0], found[1], found[2])
    }
}
