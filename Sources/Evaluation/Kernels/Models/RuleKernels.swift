// https://dmg.org/pmml/v4-4-1/AssociationRules.html and https://dmg.org/pmml/v4-4-1/Output.html

/// Which rules a transaction fires; the file stores the raw values.
public enum RuleSelection: Int, Sendable {
    /// The antecedent lies in the transaction.
    case recommendation = 0
    /// The antecedent lies in the transaction, the consequent does not.
    case exclusiveRecommendation
    /// Antecedent and consequent lie in the transaction.
    case ruleAssociation
}

/// Where items come from: a register with a value or a list of values, and the item that each value is.
public struct ItemSource: Sendable {
    public var register: Register
    /// Whether values are texts.
    public var isText: Bool
    public var texts: [String]
    public var numbers: [Double]
    /// The item of each value.
    public var items: [Int]
    public init(register: Register, isText: Bool, texts: [String] = [], numbers: [Double] = [], items: [Int]) {
        self.register = register
        self.isText = isText
        self.texts = texts
        self.numbers = numbers
        self.items = items
    }
}

/// Itemsets as runs of items, and rules as pairs of itemsets, best rule first.
public struct RuleTable: Sendable {
    public var itemCount = 0
    public var itemsets: [[Int]] = []
    /// Antecedent and consequent: indices into `itemsets`.
    public var antecedents: [Int] = []
    public var consequents: [Int] = []
    public init() {}
}

/// `rules.fired`: the rules that each transaction fires, by their numbers, in the given order. Missing if no rule fires or the
/// transaction is missing.
struct FiredRulesKernel: Kernel {
    static let name = "rules.fired"
    private let out: Int32
    private let selection: RuleSelection
    private let sources: [BoundItems]
    private let table: BoundRules
    private let order: Slab<Int32>

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.list)
        selection = RuleSelection(rawValue: try reader.int(in: 0...2)) ?? .recommendation
        table = try BoundRules(from: &reader)
        var sources: [BoundItems] = []
        for _ in 0..<(try reader.int(in: 0...1_000_000)) { sources.append(try BoundItems(from: &reader, itemCount: table.itemCount)) }
        self.sources = sources
        order = try reader.integers()
        for index in 0..<order.count where order[index] < 0 || Int(order[index]) >= table.antecedents.count {
            throw reader.error("operand-range", "there is no rule \(order[index])")
        }
    }

    func run(_ frame: Frame) {
        let (out, outStatus) = (frame.codes(out), frame.status(out))
        let memory: RuleMemory
        if let kept = frame.stateSlots[Int(self.out)] as? RuleMemory {
            memory = kept
        } else {
            memory = RuleMemory(table)
            frame.stateSlots[Int(self.out)] = memory
        }
        // Taken out of the object while they change, which spares the checks of access to them.
        var (present, counts, seen, fired) = (memory.present, memory.counts, memory.seen, memory.fired)
        (memory.present, memory.counts, memory.seen, memory.fired) = ([], [], [], [])
        defer { (memory.present, memory.counts, memory.seen, memory.fired) = (present, counts, seen, fired) }
        for row in 0..<frame.count {
            fired.removeAll(keepingCapacity: true)
            var status: UInt8 = sources.isEmpty ? 0 : CellStatus.missing
            for source in sources { status = source.collect(row, frame, status, &present, &seen) }
            if status & CellStatus.failed == 0 {
                table.count(seen, &counts)
                select(counts, &fired)
                table.uncount(seen, &counts)
            }
            for item in seen { present[Int(item)] = false }
            seen.removeAll(keepingCapacity: true)
            out[row] = frame.makeList(fired)
            outStatus[row] = status & CellStatus.failure != 0 ? CellStatus.failed : fired.isEmpty ? CellStatus.missing : 0
        }
    }

    private func select(_ counts: [Int32], _ fired: inout [Double]) {
        for place in 0..<order.count {
            let rule = Int(order[place])
            guard table.holds(table.antecedents[rule], counts) else { continue }
            switch selection {
            case .recommendation: break
            case .exclusiveRecommendation: if table.holds(table.consequents[rule], counts) { continue }
            case .ruleAssociation: if !table.holds(table.consequents[rule], counts) { continue }
            }
            fired.append(Double(rule))
        }
    }
}

/// One word per item and per itemset, reused from row to row; all false and 0 between rows.
private final class RuleMemory {
    var present: [Bool]
    var counts: [Int32]
    var seen: [Int32] = []
    var fired: [Double] = []

    init(_ table: BoundRules) {
        present = [Bool](repeating: false, count: table.itemCount)
        counts = [Int32](repeating: 0, count: table.itemsetCount)
    }
}

/// A rule table as a file holds it.
struct BoundRules: Sendable {
    let itemCount: Int
    /// `itemsetCount + 1` offsets into nothing but sizes: the number of items of each itemset.
    let sizes: Slab<Int32>
    /// For each item, the run of itemsets that hold it.
    let starts: Slab<Int32>
    let holders: Slab<Int32>
    let antecedents: Slab<Int32>
    let consequents: Slab<Int32>
    var itemsetCount: Int { sizes.count }

    init(from reader: inout OperandReader) throws(FormatError) {
        sizes = try reader.integers()
        starts = try reader.integers()
        holders = try reader.integers()
        antecedents = try reader.integers()
        consequents = try reader.integers()
        itemCount = max(0, starts.count - 1)
        var last: Int32 = 0
        for index in 0..<starts.count {
            guard starts[index] >= last, Int(starts[index]) <= holders.count else { throw reader.error("operand-range", "runs of itemsets are out of order") }
            last = starts[index]
        }
        guard antecedents.count == consequents.count else { throw reader.error("operand-range", "rules differ in number") }
        for list in [holders, antecedents, consequents] {
            for index in 0..<list.count where list[index] < 0 || Int(list[index]) >= sizes.count {
                throw reader.error("operand-range", "there is no itemset \(list[index])")
            }
        }
    }

    @inline(__always)
    func count(_ items: [Int32], _ counts: inout [Int32]) {
        for item in items {
            for at in Int(starts[Int(item)])..<Int(starts[Int(item) + 1]) { counts[Int(holders[at])] &+= 1 }
        }
    }

    @inline(__always)
    func uncount(_ items: [Int32], _ counts: inout [Int32]) {
        for item in items {
            for at in Int(starts[Int(item)])..<Int(starts[Int(item) + 1]) { counts[Int(holders[at])] = 0 }
        }
    }

    @inline(__always)
    func holds(_ itemset: Int32, _ counts: [Int32]) -> Bool { counts[Int(itemset)] == sizes[Int(itemset)] }
}

/// A source of items as a file holds it.
struct BoundItems: Sendable {
    let register: Register
    private let isText: Bool
    private let codes: Slab<Int32>
    private let numbers: Slab<Double>
    private let items: Slab<Int32>
    /// The item of each string code of the program from the first on that an item has, or -1.
    private let byCode: [Int32]
    private let firstCode: Int

    init(from reader: inout OperandReader, itemCount: Int) throws(FormatError) {
        register = try reader.inputOfAnyKind()
        isText = try reader.flag()
        codes = try reader.codes()
        numbers = try reader.numbers()
        items = try reader.integers()
        guard register.kind == .list || (register.kind == .text) == isText else { throw reader.error("register-kind", "items are not of the field's kind") }
        guard items.count == (isText ? codes.count : numbers.count) else { throw reader.error("operand-range", "values and items differ in number") }
        for index in 0..<items.count where items[index] < 0 || Int(items[index]) >= itemCount { throw reader.error("operand-range", "there is no item \(items[index])") }
        let used = isText ? codes.array : []
        let first = used.min().map(Int.init) ?? 0
        var byCode = [Int32](repeating: -1, count: used.max().map { Int($0) - first + 1 } ?? 0)
        for (index, code) in used.enumerated() where byCode[Int(code) - first] < 0 { byCode[Int(code) - first] = items[index] }
        firstCode = first
        self.byCode = byCode
    }

    /// Marks the row's items as present and adds them to `seen`; the status becomes that of a transaction of all sources so far.
    func collect(_ row: Int, _ frame: Frame, _ status: UInt8, _ present: inout [Bool], _ seen: inout [Int32]) -> UInt8 {
        let own = frame.status(register.index)[row]
        if own & CellStatus.missing != 0 { return status | own & CellStatus.failure }
        switch register.kind {
        case .list: for value in frame.list(frame.codes(register.index)[row]) { mark(value, &present, &seen) }
        case .text: mark(Double(frame.codes(register.index)[row]), &present, &seen)
        case .number: mark(frame.numbers(register.index)[row], &present, &seen)
        }
        // A transaction is missing only if all its fields are.
        return status & ~CellStatus.missing
    }

    @inline(__always)
    private func mark(_ value: Double, _ present: inout [Bool], _ seen: inout [Int32]) {
        var item: Int32 = -1
        if isText {
            let place = value - Double(firstCode)
            if place >= 0, place < Double(byCode.count) { item = byCode[Int(place)] }
        } else {
            for index in 0..<numbers.count where numbers[index] == value {
                item = items[index]
                break
            }
        }
        if item < 0 || present[Int(item)] { return }
        present[Int(item)] = true
        seen.append(item)
    }
}
