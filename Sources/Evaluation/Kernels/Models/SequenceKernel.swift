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
    /// The steps of each whole rule.
    private let wholes: [[SequencePattern.Step]]
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
    private struct History {
        var transactions: [Transaction] = []
        /// For each rule, bit 0: its antecedent has happened; bit 1: the whole of it has.
        var happened: [UInt8]
    }
    private final class Groups { var histories: [[UInt8]: History] = [:] }
    /// Whether a step asks for the very next transaction, which one that comes in between takes away.
    private let asksForNext: Bool

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
        wholes = patterns.map { $0.antecedent + $0.consequent }
        asksForNext = wholes.contains { $0.contains(where: \.isNext) }
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
                var history = groups.histories.removeValue(forKey: key) ?? History(happened: [UInt8](repeating: 0, count: patterns.count))
                let first = status & CellStatus.missing == 0 ? add(seen, row, frame, &history, &counts) : history.transactions.count
                let fired = fired(&history, from: first)
                groups.histories[key] = history
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
    ///
    /// - Returns: the first transaction at which a rule may end that had not happened before.
    private func add(_ items: [Int32], _ row: Int, _ frame: Frame, _ history: inout History, _ counts: inout [Int32]) -> Int {
        let count = history.transactions.count
        var moment = (history.transactions.last?.time ?? 0) + 1
        if let time {
            if frame.status(time)[row] & CellStatus.missing != 0 { return count }
            moment = frame.numbers(time)[row]
            if moment.isNaN { return count }
        }
        var place = count
        while place > 0, history.transactions[place - 1].time > moment { place -= 1 }
        var first = place
        if place > 0, history.transactions[place - 1].time == moment {
            place -= 1
            first = place
            var known = Set(history.transactions[place].items)
            for item in items where known.insert(item).inserted { history.transactions[place].items.append(item) }
        } else {
            history.transactions.insert(Transaction(time: moment, items: items, holds: []), at: place)
            if place < count, asksForNext {
                first = 0
                for rule in history.happened.indices { history.happened[rule] = 0 }
            }
        }
        table.count(history.transactions[place].items, &counts)
        history.transactions[place].holds = (0..<table.itemsetCount).map { table.holds(Int32(truncatingIfNeeded: $0), counts) }
        table.uncount(history.transactions[place].items, &counts)
        return first
    }

    private func fired(_ history: inout History, from first: Int) -> [Double] {
        var fired: [Double] = []
        for place in 0..<order.count {
            let rule = Int(order[place])
            if selection != .ruleAssociation { note(patterns[rule].antecedent, 1, rule, &history, from: first) }
            if selection != .recommendation { note(wholes[rule], 2, rule, &history, from: first) }
            let happened = history.happened[rule]
            let holds = switch selection {
            case .recommendation: happened & 1 != 0
            case .exclusiveRecommendation: happened == 1
            case .ruleAssociation: happened & 2 != 0
            }
            if holds { fired.append(Double(rule)) }
        }
        return fired
    }

    /// Notes steps that have now been taken; what has happened remains so.
    private func note(_ steps: [SequencePattern.Step], _ bit: UInt8, _ rule: Int, _ history: inout History, from first: Int) {
        guard history.happened[rule] & bit == 0, first < history.transactions.count else { return }
        let transactions = history.transactions
        if (first..<transactions.count).contains(where: { isTaken(steps, transactions, endingAt: $0) }) { history.happened[rule] |= bit }
    }

    /// Whether the steps have been taken in some way that ends at a transaction.
    private func isTaken(_ steps: [SequencePattern.Step], _ transactions: [Transaction], endingAt end: Int) -> Bool {
        guard transactions[end].holds[steps[steps.count - 1].itemset] else { return false }
        // The transactions at which the step may be taken, in order: backwards, step by step.
        var places = [end]
        for index in stride(from: steps.count - 1, to: 0, by: -1) {
            let itemset = steps[index - 1].itemset
            let before = earlier(steps[index], places, transactions).filter { transactions[$0].holds[itemset] }
            if before.isEmpty { return false }
            places = before
        }
        return places.contains { totalTime.contains(transactions[end].time - transactions[$0].time) }
    }

    /// The transactions from which a step leads to one of some places.
    private func earlier(_ step: SequencePattern.Step, _ places: [Int], _ transactions: [Transaction]) -> [Int] {
        if step.isSameTime { return places }
        func separation(_ before: Int, _ after: Int) -> Double { transactions[after].time - transactions[before].time }
        if step.isNext {
            return places.map { $0 - 1 }.filter { $0 >= 0 && separation($0, $0 + 1) >= step.least && separation($0, $0 + 1) <= step.most }
        }
        var found: [Int] = []
        var next = 0
        for before in 0..<(places.last ?? 0) {
            // Times ascend: the first place that is far enough is the nearest.
            while next < places.count, places[next] <= before || separation(before, places[next]) < step.least { next += 1 }
            if next == places.count { break }
            if separation(before, places[next]) <= step.most { found.append(before) }
        }
        return found
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
