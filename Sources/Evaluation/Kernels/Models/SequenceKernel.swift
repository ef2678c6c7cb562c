// https://dmg.org/pmml/v4-4-1/Sequence.html

/// A rule of sets that follow one another.
public struct SequencePattern: Sendable {
    public struct Step: Sendable {
        public var itemset: Int
        /// In the same transaction as the step before; else in a later one.
        public var isSameTime: Bool
        /// In the very next transaction.
        public var isNext: Bool
        /// Time since the step before.
        public var least: Double
        public var most: Double
        public init(itemset: Int, isSameTime: Bool, isNext: Bool, least: Double, most: Double) {
            self.itemset = itemset
            self.isSameTime = isSameTime
            self.isNext = isNext
            self.least = least
            self.most = most
        }
    }
    public var antecedent: [Step]
    public var consequent: [Step]
    public init(antecedent: [Step], consequent: [Step]) {
        self.antecedent = antecedent
        self.consequent = consequent
    }
}

/// `rules.sequence`: the rules that a group's transactions so far fire, by their numbers, in the given order. Missing if none does.
struct SequenceKernel: EffectKernel {
    static let name = "rules.sequence"
    private let out: Int32
    private let selection: RuleSelection
    private let table: BoundRules
    private let sources: [BoundItems]
    private let patterns: [SequencePattern]
    private let group: Register?
    private let time: Int32?
    private let active: Int32?
    private let totalTime: ClosedRange<Double>
    private let order: Slab<Int32>

    private struct Transaction {
        var time: Double
        var items: [Int32]
        /// Whether each itemset lies in it.
        var holds: [Bool]
    }
    private final class Groups { var transactions: [[UInt8]: [Transaction]] = [:] }

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.list)
        selection = RuleSelection(rawValue: try reader.int(in: 0...2)) ?? .recommendation
        table = try BoundRules(from: &reader)
        var sources: [BoundItems] = []
        for _ in 0..<(try reader.int(in: 0...1_000_000)) { sources.append(try BoundItems(from: &reader, itemCount: table.itemCount)) }
        self.sources = sources
        var patterns: [SequencePattern] = []
        for _ in 0..<(try reader.int(in: 0...10_000_000)) {
            let antecedent = try Self.steps(&reader, table.itemsetCount)
            patterns.append(SequencePattern(antecedent: antecedent, consequent: try Self.steps(&reader, table.itemsetCount)))
        }
        self.patterns = patterns
        group = try reader.flag() ? try reader.inputOfAnyKind() : nil
        if group?.kind == .list { throw reader.error("register-kind", "a collection is no group") }
        time = try reader.optionalInput(.number)
        active = try reader.optionalInput(.number)
        let (least, most) = (try reader.number(), try reader.number())
        guard least <= most else { throw reader.error("operand-range", "the times are out of order") }
        totalTime = least...most
        order = try reader.integers()
        for index in 0..<order.count where order[index] < 0 || Int(order[index]) >= patterns.count {
            throw reader.error("operand-range", "there is no rule \(order[index])")
        }
    }

    private static func steps(_ reader: inout OperandReader, _ itemsets: Int) throws(FormatError) -> [SequencePattern.Step] {
        var steps: [SequencePattern.Step] = []
        for _ in 0..<(try reader.int(in: 1...1_000_000)) {
            let itemset = try reader.int(in: 0...Int(Int32.max))
            guard itemset < itemsets else { throw reader.error("operand-range", "there is no itemset \(itemset)") }
            steps.append(SequencePattern.Step(
                itemset: itemset, isSameTime: try reader.flag(), isNext: try reader.flag(), least: try reader.number(), most: try reader.number()))
        }
        return steps
    }

    func run(_ frame: Frame) {
        let groups = state(frame, Int(out)) { Groups() }
        let (out, outStatus) = (frame.codes(out), frame.status(out))
        var present = [Bool](repeating: false, count: table.itemCount)
        var counts = [Int32](repeating: 0, count: table.itemsetCount)
        var seen: [Int32] = []
        for row in 0..<frame.count {
            out[row] = 0
            outStatus[row] = CellStatus.missing
            guard isActive(active, row, frame), let key = key(row, frame) else { continue }
            var status: UInt8 = CellStatus.missing
            for source in sources { status = source.collect(row, frame, status, &present, &seen) }
            if status & CellStatus.failure != 0 {
                outStatus[row] = CellStatus.failed
            } else {
                var history = groups.transactions.removeValue(forKey: key) ?? []
                if status & CellStatus.missing == 0 { add(seen, row, frame, &history, &counts) }
                let fired = fired(history)
                groups.transactions[key] = history
                out[row] = frame.makeList(fired)
                if !fired.isEmpty { outStatus[row] = 0 }
            }
            for item in seen { present[Int(item)] = false }
            seen.removeAll(keepingCapacity: true)
        }
    }

    private func key(_ row: Int, _ frame: Frame) -> [UInt8]? {
        guard let group else { return [] }
        if frame.status(group.index)[row] & CellStatus.missing != 0 { return nil }
        if group.kind == .text { return Array(frame.text(frame.codes(group.index)[row])) }
        return withUnsafeBytes(of: (frame.numbers(group.index)[row] + 0).bitPattern) { Array($0) }
    }

    /// Adds the row's items to the transaction of its time, or a transaction where its time belongs.
    private func add(_ items: [Int32], _ row: Int, _ frame: Frame, _ history: inout [Transaction], _ counts: inout [Int32]) {
        var moment = (history.last?.time ?? 0) + 1
        if let time {
            if frame.status(time)[row] & CellStatus.missing != 0 { return }
            moment = frame.numbers(time)[row]
            if moment.isNaN { return }
        }
        var place = history.count
        while place > 0, history[place - 1].time > moment { place -= 1 }
        if place > 0, history[place - 1].time == moment {
            place -= 1
            for item in items where !history[place].items.contains(item) { history[place].items.append(item) }
        } else {
            history.insert(Transaction(time: moment, items: items, holds: []), at: place)
        }
        table.count(history[place].items, &counts)
        history[place].holds = (0..<table.itemsetCount).map { table.holds(Int32(truncatingIfNeeded: $0), counts) }
        table.uncount(history[place].items, &counts)
    }

    private func fired(_ history: [Transaction]) -> [Double] {
        var fired: [Double] = []
        for place in 0..<order.count {
            let rule = Int(order[place])
            let pattern = patterns[rule]
            let holds: Bool = switch selection {
            case .recommendation: happened(pattern.antecedent, history)
            case .exclusiveRecommendation:
                happened(pattern.antecedent, history) && !happened(pattern.antecedent + pattern.consequent, history)
            case .ruleAssociation: happened(pattern.antecedent + pattern.consequent, history)
            }
            if holds { fired.append(Double(rule)) }
        }
        return fired
    }

    /// Whether the steps have been taken in some way.
    private func happened(_ steps: [SequencePattern.Step], _ history: [Transaction]) -> Bool {
        for start in history.indices where history[start].holds[steps[0].itemset] {
            // The transactions at which the steps so far may end.
            var ends = [start]
            for step in steps.dropFirst() {
                var next: [Int] = []
                for end in history.indices where history[end].holds[step.itemset] {
                    let follows = ends.contains { before in
                        if step.isSameTime { return end == before }
                        guard end > before, !step.isNext || end == before + 1 else { return false }
                        let separation = history[end].time - history[before].time
                        return separation >= step.least && separation <= step.most
                    }
                    if follows { next.append(end) }
                }
                ends = next
                if ends.isEmpty { break }
            }
            if ends.contains(where: { totalTime.contains(history[$0].time - history[start].time) }) { return true }
        }
        return false
    }
}

extension ProgramBuilder {
    /// The rules that the transactions of a row's group fire, best first as `order` has them.
    public func firedSequences(
        _ table: RuleTable, _ sources: [ItemSource], _ patterns: [SequencePattern], _ selection: RuleSelection, group: Register?, time: Register?,
        active: Register?, totalTime: ClosedRange<Double>, order: [Int]
    ) -> Register {
        emit(SequenceKernel.name, .list) { writer in
            writer.int(selection.rawValue)
            writer.rules(table)
            writer.int(sources.count)
            for source in sources { writer.source(source) }
            writer.int(patterns.count)
            for pattern in patterns {
                for steps in [pattern.antecedent, pattern.consequent] {
                    writer.int(steps.count)
                    for step in steps {
                        writer.int(step.itemset)
                        writer.flag(step.isSameTime)
                        writer.flag(step.isNext)
                        writer.number(step.least)
                        writer.number(step.most)
                    }
                }
            }
            writer.flag(group != nil)
            if let group { writer.register(group) }
            writer.optional(time)
            writer.optional(active)
            writer.number(totalTime.lowerBound)
            writer.number(totalTime.upperBound)
            writer.integers(order.map { Int32(truncatingIfNeeded: $0) })
        }
    }
}
