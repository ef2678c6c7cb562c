import Evaluation
import Pommel
import Tabular

/// A table held in memory as typed columns, cut into batches, to be scored again and again.
final class ColumnStore: @unchecked Sendable {
    /// One batch: a column for each input of the plan.
    struct Batch {
        var count: Int
        var columns: [Column]
    }

    struct Column {
        var register: Int32
        var status: [UInt8]
        /// Values of number registers.
        var numbers: [Double] = []
        /// Indices into `texts`, or into `lists`.
        var codes: [Int32] = []
        /// The different strings of the column.
        var texts: [[UInt8]] = []
        var lists: [[Double]] = []
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
        let bound = reader.rows(reader.bind(plan), into: Frame(plan: plan))
        while try bound.fill() > 0 {
            let malformed = Set(bound.problems.map(\.row))
            let kept = (0..<bound.frame.count).filter { !malformed.contains($0) }
            skippedRows += malformed.count
            rows += kept.count
            if !kept.isEmpty { batches.append(Batch(count: kept.count, columns: inputs.map { Self.column($0, bound.frame, kept) })) }
        }
    }

    private static func column(_ input: InputField, _ frame: Frame, _ rows: [Int]) -> Column {
        let register = input.register.index
        let status = frame.status(register)
        var column = Column(register: register, status: rows.map { status[$0] })
        let isText = { (row: Int) in
            status[row] & CellStatus.missing == 0 ? input.register.kind == .text : status[row] == CellStatus.unreadable && input.register.kind == .number
        }
        var known: [Int32: Int32] = [:]
        /// The column's own index of a string of the frame.
        func index(_ code: Int32) -> Int32 {
            if let found = known[code] { return found }
            let made = Int32(truncatingIfNeeded: column.texts.count)
            column.texts.append(Array(frame.text(code)))
            known[code] = made
            return made
        }
        switch input.register.kind {
        case .number:
            let values = frame.numbers(register)
            // The value of an unreadable cell is its text's code.
            column.numbers = rows.map { isText($0) ? Double(index(Int32(exactly: values[$0]) ?? 0)) : values[$0] }
        case .text:
            let codes = frame.codes(register)
            column.codes = rows.map { isText($0) ? index(codes[$0]) : 0 }
        case .list:
            let codes = frame.codes(register)
            let isOfText = (input.elementType ?? input.type) == .string
            column.codes = rows.map { row in
                let items = status[row] & CellStatus.missing == 0 ? Array(frame.list(codes[row])) : []
                column.lists.append(isOfText ? items.map { Double(index(Int32(exactly: $0) ?? 0)) } : items)
                return Int32(truncatingIfNeeded: column.lists.count - 1)
            }
        }
        return column
    }

    /// Puts rows of a batch into a frame, from its first row on.
    func fill(_ frame: Frame, batch: Int, rows: Range<Int>? = nil) {
        let batch = batches[batch]
        let range = rows ?? 0..<batch.count
        frame.begin()
        frame.count = range.count
        for (index, column) in batch.columns.enumerated() {
            column.status.withUnsafeBufferPointer { copy($0, range, to: frame.status(column.register)) }
            let isSingle = range.count == 1
            switch inputs[index].register.kind {
            case .number:
                column.numbers.withUnsafeBufferPointer { copy($0, range, to: frame.numbers(column.register)) }
                if !column.texts.isEmpty { restoreUnreadable(column, range, frame) }
            case .text:
                let codes = frame.codes(column.register)
                if isSingle {
                    if !column.texts.isEmpty { codes[0] = Self.intern(column.texts[Int(column.codes[range.lowerBound])], frame) }
                } else {
                    let interned = column.texts.map { Self.intern($0, frame) }
                    if !interned.isEmpty { for row in range { codes[row - range.lowerBound] = interned[Int(column.codes[row])] } }
                }
            case .list:
                let isOfText = (inputs[index].elementType ?? inputs[index].type) == .string
                let codes = frame.codes(column.register)
                for row in range {
                    let items = column.lists[Int(column.codes[row])]
                    codes[row - range.lowerBound] = frame.makeList(
                        isOfText ? items.map { Double(Self.intern(column.texts[Int($0)], frame)) } : items)
                }
            }
        }
    }

    private func restoreUnreadable(_ column: Column, _ range: Range<Int>, _ frame: Frame) {
        let numbers = frame.numbers(column.register)
        for row in range where column.status[row] == CellStatus.unreadable {
            numbers[row - range.lowerBound] = Double(Self.intern(column.texts[Int(column.numbers[row])], frame))
        }
    }

    private func copy<Element>(_ from: UnsafeBufferPointer<Element>, _ range: Range<Int>, to: UnsafeMutablePointer<Element>) {
        guard let base = from.baseAddress, range.upperBound <= from.count else { return }
        to.update(from: base + range.lowerBound, count: range.count)
    }

    private static func intern(_ text: [UInt8], _ frame: Frame) -> Int32 {
        text.withUnsafeBufferPointer { frame.intern($0) }
    }
}
