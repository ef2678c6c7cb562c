// https://dmg.org/pmml/v4-4-1/Output.html

/// `list.element`: the n-th element of a list of numbers, from 1; missing if there are fewer.
struct ListElementKernel: Kernel {
    static let name = "list.element"
    private let out: Int32
    private let list: Int32
    private let place: Int

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        list = try reader.input(.list)
        place = try reader.int(in: 1...Int(Int32.max)) - 1
    }

    func run(_ frame: Frame) {
        let (out, outStatus) = (frame.numbers(out), frame.status(out))
        let (lists, status) = (frame.codes(list), frame.status(list))
        for row in 0..<frame.count {
            out[row] = 0
            outStatus[row] = status[row] & CellStatus.failed
            if outStatus[row] != 0 { continue }
            let items = frame.list(lists[row])
            if place < items.count { out[row] = items[items.startIndex + place] } else { outStatus[row] = CellStatus.missing }
        }
    }
}

/// `list.pick`: the list at an index: a run of numbers or of string codes.
struct PickListKernel: Kernel {
    static let name = "list.pick"
    private let out: Int32
    private let index: Int32
    private let starts: Slab<Int32>
    private let isText: Bool
    private let codes: Slab<Int32>
    private let numbers: Slab<Double>

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.list)
        index = try reader.input(.number)
        starts = try reader.integers()
        isText = try reader.flag()
        codes = try reader.codes()
        numbers = try reader.numbers()
        let count = isText ? codes.count : numbers.count
        var last: Int32 = 0
        for place in 0..<starts.count {
            guard starts[place] >= last, Int(starts[place]) <= count else { throw reader.error("operand-range", "runs of elements are out of order") }
            last = starts[place]
        }
    }

    func run(_ frame: Frame) {
        let (out, outStatus) = (frame.codes(out), frame.status(out))
        let (x, status) = (frame.numbers(index), frame.status(index))
        let limit = Double(max(0, starts.count - 1))
        for row in 0..<frame.count {
            out[row] = 0
            outStatus[row] = status[row] & CellStatus.failed
            if outStatus[row] != 0 { continue }
            guard x[row] >= 0, x[row] < limit else {
                outStatus[row] = CellStatus.missing
                continue
            }
            let at = Int(x[row])
            let range = Int(starts[at])..<Int(starts[at + 1])
            if isText {
                // No lazy sequence: its closure would be allocated for every row.
                let elements = frame.scratch.numbers(0, range.count)
                for place in range { elements[place - range.lowerBound] = Double(codes[place]) }
                out[row] = frame.makeList(UnsafeBufferPointer(start: elements, count: range.count))
            } else {
                out[row] = frame.makeList(UnsafeBufferPointer(start: numbers.base + range.lowerBound, count: range.count))
            }
        }
    }
}

/// `list.replace`: each element of a list of numbers replaced by what a table has at that index; at most so many, 0 for all.
/// Elements without a value are left out.
struct ReplaceListKernel: Kernel {
    static let name = "list.replace"
    private let out: Int32
    private let list: Int32
    private let most: Int
    private let isText: Bool
    private let codes: Slab<Int32>
    private let numbers: Slab<Double>
    private let missing: Slab<UInt8>

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.list)
        list = try reader.input(.list)
        most = try reader.int(in: 0...Int(Int32.max))
        isText = try reader.flag()
        codes = try reader.codes()
        numbers = try reader.numbers()
        missing = try reader.bytes()
        guard missing.count == (isText ? codes.count : numbers.count) else { throw reader.error("table-size", "a table lacks cells") }
    }

    func run(_ frame: Frame) {
        let (out, outStatus) = (frame.codes(out), frame.status(out))
        let (lists, status) = (frame.codes(list), frame.status(list))
        let limit = Double(missing.count)
        for row in 0..<frame.count {
            var count = 0
            let replaced = frame.scratch.numbers(0, frame.list(lists[row]).count)
            outStatus[row] = status[row] & CellStatus.failed
            if outStatus[row] == 0 {
                var taken = 0
                for item in frame.list(lists[row]) {
                    if most > 0, taken == most { break }
                    taken += 1
                    guard item >= 0, item < limit, missing[Int(item)] == 0 else { continue }
                    replaced[count] = isText ? Double(codes[Int(item)]) : numbers[Int(item)]
                    count += 1
                }
            }
            out[row] = frame.makeList(UnsafeBufferPointer(start: replaced, count: count))
        }
    }
}

extension ProgramBuilder {
    /// The rules that a transaction fires, best first as `order` has them.
    public func firedRules(_ table: RuleTable, _ sources: [ItemSource], _ selection: RuleSelection, order: [Int]) -> Register {
        emit(FiredRulesKernel.name, .list) { writer in
            writer.int(selection.rawValue)
            writer.rules(table)
            writer.int(sources.count)
            for source in sources { writer.source(source) }
            writer.integers(order.map { Int32(truncatingIfNeeded: $0) })
        }
    }

    public func element(_ list: Register, _ place: Int) -> Register {
        emit(ListElementKernel.name, .number) {
            $0.register(list)
            $0.int(place)
        }
    }

    /// The list at an index.
    public func list(at index: Register, in lists: [[String]]) -> Register {
        emit(PickListKernel.name, .list) { writer in
            writer.register(index)
            var starts: [Int32] = [0]
            for list in lists { starts.append((starts.last ?? 0) &+ Int32(truncatingIfNeeded: list.count)) }
            writer.integers(starts)
            writer.flag(true)
            writer.codes(lists.flatMap { $0 })
            writer.numbers([])
        }
    }

    /// As ``list(at:in:)``, of numbers.
    public func list(at index: Register, in lists: [[Double]]) -> Register {
        emit(PickListKernel.name, .list) { writer in
            writer.register(index)
            var starts: [Int32] = [0]
            for list in lists { starts.append((starts.last ?? 0) &+ Int32(truncatingIfNeeded: list.count)) }
            writer.integers(starts)
            writer.flag(false)
            writer.codes([])
            writer.numbers(lists.flatMap { $0 })
        }
    }

    /// The texts at the indices of a list; nil: all of them.
    public func replaced(_ list: Register, most: Int, by texts: [String]) -> Register {
        emit(ReplaceListKernel.name, .list) {
            $0.register(list)
            $0.int(most)
            $0.flag(true)
            $0.codes(texts)
            $0.numbers([])
            $0.bytes([UInt8](repeating: 0, count: texts.count))
        }
    }

    /// The numbers at the indices of a list.
    public func replaced(_ list: Register, most: Int, by numbers: [Double?]) -> Register {
        emit(ReplaceListKernel.name, .list) {
            $0.register(list)
            $0.int(most)
            $0.flag(false)
            $0.codes([])
            $0.numbers(numbers.map { $0 ?? 0 })
            $0.bytes(numbers.map { $0 == nil ? 1 : 0 })
        }
    }

    /// The number at an index; missing where the table has none.
    public func number(at index: Register, of numbers: [Double?]) -> Register {
        emit(PickNumber.name, .number) {
            $0.register(index)
            $0.numbers(numbers.map { $0 ?? 0 })
            $0.bytes(numbers.map { $0 == nil ? 1 : 0 })
        }
    }
}

extension OperandWriter {
    mutating func source(_ source: ItemSource) {
        register(source.register)
        flag(source.isText)
        codes(source.texts)
        numbers(source.numbers)
        integers(source.items.map { Int32(truncatingIfNeeded: $0) })
    }

    mutating func rules(_ table: RuleTable) {
        var holders = [[Int32]](repeating: [], count: table.itemCount)
        for (index, itemset) in table.itemsets.enumerated() { for item in itemset { holders[item].append(Int32(truncatingIfNeeded: index)) } }
        var starts: [Int32] = [0]
        for list in holders { starts.append((starts.last ?? 0) &+ Int32(truncatingIfNeeded: list.count)) }
        integers(table.itemsets.map { Int32(truncatingIfNeeded: $0.count) })
        integers(starts)
        integers(holders.flatMap { $0 })
        integers(table.antecedents.map { Int32(truncatingIfNeeded: $0) })
        integers(table.consequents.map { Int32(truncatingIfNeeded: $0) })
    }
}
