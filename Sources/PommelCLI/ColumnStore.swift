import Evaluation
import Pommel
import Tabular

/// A table held in memory as typed columns, cut into batches, to be scored again and again.
final class ColumnStore: @unchecked Sendable {
    /// One batch: a column for each input of the plan.
    struct Batch {
        var count: Int
        var columns: [StoredColumn]
    }

    private(set) var batches: [Batch] = []
    private(set) var rows = 0
    /// Rows whose form is wrong, which are left out.
    private(set) var skippedRows = 0
    private let inputs: [InputField]

    /// Reads a whole table.
    ///
    /// - Throws: ``DataError`` when it cannot be read.
    init(_ reader: TableReader, _ plan: Plan) throws(DataError) {
        let read = plan.readRegisters
        inputs = plan.program.schema.inputs.filter { read.contains($0.register.index) }
        let bound = reader.rows(try reader.matching(plan), into: Frame(plan: plan))
        while try bound.fill() > 0 {
            let malformed = Set(bound.problems.map(\.row))
            let kept = (0..<bound.frame.count).filter { !malformed.contains($0) }
            skippedRows += malformed.count
            rows += kept.count
            if !kept.isEmpty { batches.append(Batch(count: kept.count, columns: inputs.map { StoredColumn($0, bound.frame, kept) })) }
        }
    }

    /// Puts a batch into a frame.
    func fill(_ frame: Frame, batch: Int) {
        frame.begin()
        frame.count = batches[batch].count
        for column in batches[batch].columns { column.fill(frame) }
    }

    /// The first rows as records: for each row the values of the named inputs, in that order.
    func records(_ names: [String], limit: Int) -> [[Value]] {
        let places = names.map { name in inputs.firstIndex { $0.name == name } }
        var found: [[Value]] = []
        for batch in batches {
            for row in 0..<min(batch.count, limit - found.count) {
                found.append(places.map { $0.map { batch.columns[$0].value(row) } ?? .missing })
            }
        }
        return found
    }
}

/// One input's column of a batch.
final class StoredColumn {
    private let input: InputField
    private let count: Int
    private let status: UnsafeMutablePointer<UInt8>
    /// Values of a number register; of an unreadable cell the index of its text.
    private let numbers: UnsafeMutablePointer<Double>
    /// Indices into `texts` or `lists`.
    private var codes: [Int32] = []
    /// The different strings of the column.
    private var texts: [[UInt8]] = []
    private var lists: [[Double]] = []

    /// Copies rows of a frame.
    init(_ input: InputField, _ frame: Frame, _ rows: [Int]) {
        self.input = input
        count = rows.count
        status = .allocate(capacity: max(1, count))
        numbers = .allocate(capacity: max(1, count))
        let register = input.register.index
        let source = frame.status(register)
        for (place, row) in rows.enumerated() {
            status[place] = source[row]
            numbers[place] = 0
        }
        var known: [Int32: Int32] = [:]
        /// The column's own index of a string of the frame.
        func index(_ code: Int32) -> Int32 {
            if let found = known[code] { return found }
            let made = Int32(truncatingIfNeeded: texts.count)
            texts.append(Array(frame.text(code)))
            known[code] = made
            return made
        }
        for (place, row) in rows.enumerated() {
            switch input.register.kind {
            case .number:
                let value = frame.numbers(register)[row]
                numbers[place] = source[row] == CellStatus.unreadable ? Double(index(Int32(exactly: value) ?? 0)) : value
            case .text:
                codes.append(source[row] & CellStatus.missing == 0 ? index(frame.codes(register)[row]) : 0)
            case .list:
                let items = source[row] & CellStatus.missing == 0 ? Array(frame.list(frame.codes(register)[row])) : []
                codes.append(Int32(truncatingIfNeeded: lists.count))
                lists.append(isOfText ? items.map { Double(index(Int32(exactly: $0) ?? 0)) } : items)
            }
        }
    }

    deinit {
        status.deallocate()
        numbers.deallocate()
    }

    private var isOfText: Bool { (input.elementType ?? input.type) == .string }

    /// Gives the column to a frame: numbers where they lie, texts by the frame's codes.
    func fill(_ frame: Frame) {
        let register = input.register.index
        switch input.register.kind {
        case .number:
            if texts.isEmpty { return frame.bind(input.register, values: numbers, status: status) }
            let target = frame.numbers(register)
            for row in 0..<count {
                target[row] = status[row] == CellStatus.unreadable ? Double(intern(Int(numbers[row]), frame)) : numbers[row]
            }
        case .text:
            let (target, interned) = (frame.codes(register), texts.indices.map { intern($0, frame) })
            if !interned.isEmpty { for row in 0..<count { target[row] = interned[Int(codes[row])] } }
        case .list:
            for row in 0..<count {
                let items = lists[Int(codes[row])]
                frame.codes(register)[row] = frame.makeList(isOfText ? items.map { Double(intern(Int($0), frame)) } : items)
            }
        }
        frame.status(register).update(from: status, count: count)
    }

    /// A cell as a value of a record.
    func value(_ row: Int) -> Value {
        if status[row] == CellStatus.unreadable, input.register.kind == .number { return .string(text(Int(numbers[row]))) }
        if status[row] & CellStatus.missing != 0 { return .missing }
        switch input.register.kind {
        case .number: return Value(numbers[row], of: input.type)
        case .text: return .string(text(Int(codes[row])))
        case .list: return .list(lists[Int(codes[row])].map { isOfText ? .string(text(Int($0))) : Value($0, of: input.elementType ?? input.type) })
        }
    }

    private func text(_ index: Int) -> String { String(decoding: texts[index], as: UTF8.self) }

    private func intern(_ index: Int, _ frame: Frame) -> Int32 { texts[index].withUnsafeBufferPointer { frame.intern($0) } }
}
