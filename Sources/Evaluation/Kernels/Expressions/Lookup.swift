// https://dmg.org/pmml/v4-4-1/Transformations.html#xsdElement_MapValues and #xsdElement_Discretize

/// The number at an index; missing outside the table and where the table's cell is. Operands: out, index, numbers, missing cells (bytes).
struct PickNumber: Kernel {
    static let name = "number.pick"
    let out: Int32, index: Int32
    let values: Slab<Double>
    let missing: Slab<UInt8>

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        index = try reader.input(.number)
        values = try reader.numbers()
        missing = try reader.bytes()
        guard values.count == missing.count else { throw reader.error("table-size", "a table lacks cells") }
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.numbers(out), frame.status(out))
        let (x, xs) = (frame.numbers(index), frame.status(index))
        let limit = Double(values.count)
        for row in 0..<frame.count {
            status[row] = xs[row] & CellStatus.failed
            if status[row] != 0 { continue }
            if x[row] >= 0, x[row] < limit {
                let place = Int(x[row])
                out[row] = values[place]
                status[row] = missing[place] != 0 ? CellStatus.missing : 0
            } else {
                status[row] = CellStatus.missing
            }
        }
    }
}

/// As ``PickNumber``, for texts. Operands: out, index, string codes, missing cells (bytes).
struct PickText: Kernel {
    static let name = "text.pick"
    let out: Int32, index: Int32
    let values: Slab<Int32>
    let missing: Slab<UInt8>

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.text)
        index = try reader.input(.number)
        values = try reader.codes()
        missing = try reader.bytes()
        guard values.count == missing.count else { throw reader.error("table-size", "a table lacks cells") }
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.codes(out), frame.status(out))
        let (x, xs) = (frame.numbers(index), frame.status(index))
        let limit = Double(values.count)
        for row in 0..<frame.count {
            status[row] = xs[row] & CellStatus.failed
            if status[row] != 0 { continue }
            if x[row] >= 0, x[row] < limit {
                let place = Int(x[row])
                out[row] = values[place]
                status[row] = missing[place] != 0 ? CellStatus.missing : 0
            } else {
                status[row] = CellStatus.missing
            }
        }
    }
}

/// The row of a table whose keys equal some cells: the first such row, or the number of rows. Missing if a cell is missing.
///
/// Operands: out, registers (their number, then number or text registers), for each column its keys: numbers, or string codes.
struct FindRow: Kernel {
    static let name = "cell.find"
    let out: Int32
    private let columns: [Register]
    private let rows: [Key: Int32]
    private let singles: [UInt64: Int32]
    /// The answer where no row fits.
    private let none: Int32

    private struct Key: Hashable {
        var parts: [UInt64]
    }

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        let count = try reader.int(in: 1...10_000)
        var columns: [Register] = []
        for _ in 0..<count { columns.append(try reader.inputOfAnyKind()) }
        var keys: [[UInt64]] = []
        for column in columns {
            switch column.kind {
            case .number: keys.append(try reader.numbers().array.map(Self.bits))
            case .text: keys.append(try reader.codes().array.map { UInt64(UInt32(bitPattern: $0)) })
            case .list: throw reader.error("register-kind", "a list cannot be looked up")
            }
        }
        let length = keys[0].count
        for column in keys where column.count != length { throw reader.error("table-size", "a table lacks cells") }
        var rows: [Key: Int32] = [:]
        var singles: [UInt64: Int32] = [:]
        if count == 1 {
            singles.reserveCapacity(length)
            for row in 0..<length where singles[keys[0][row]] == nil { singles[keys[0][row]] = Int32(truncatingIfNeeded: row) }
        } else {
            rows.reserveCapacity(length)
            for row in 0..<length {
                let key = Key(parts: keys.map { $0[row] })
                if rows[key] == nil { rows[key] = Int32(truncatingIfNeeded: row) }
            }
        }
        self.columns = columns
        self.rows = rows
        self.singles = singles
        none = Int32(truncatingIfNeeded: length)
    }

    /// Equal numbers have equal bits: there is one zero.
    @inline(__always)
    private static func bits(_ value: Double) -> UInt64 { value == 0 ? 0 : value.bitPattern }

    func run(_ frame: Frame) {
        let (out, status) = (frame.numbers(out), frame.status(out))
        let count = frame.count
        for row in 0..<count { status[row] = 0 }
        for column in columns {
            let state = frame.status(column.index)
            for row in 0..<count { status[row] |= state[row] & CellStatus.failed }
        }
        if columns.count == 1 {
            let column = columns[0]
            if column.kind == .text {
                let codes = frame.codes(column.index)
                for row in 0..<count where status[row] == 0 { out[row] = Double(singles[UInt64(UInt32(bitPattern: codes[row]))] ?? none) }
            } else {
                let numbers = frame.numbers(column.index)
                for row in 0..<count where status[row] == 0 { out[row] = Double(singles[Self.bits(numbers[row])] ?? none) }
            }
            return
        }
        var key = Key(parts: [UInt64](repeating: 0, count: columns.count))
        for row in 0..<count where status[row] == 0 {
            for (place, column) in columns.enumerated() {
                key.parts[place] = column.kind == .text
                    ? UInt64(UInt32(bitPattern: frame.codes(column.index)[row])) : Self.bits(frame.numbers(column.index)[row])
            }
            out[row] = Double(rows[key] ?? none)
        }
    }
}
