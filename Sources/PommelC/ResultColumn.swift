import Evaluation

/// The cells of one result as they are computed: numbers at their rows, written by any thread; texts and lists by the table's pieces.
final class ResultColumn: @unchecked Sendable {
    let name: String
    let register: Int32
    let kind: RegisterKind
    /// Of the values, or of a list's elements.
    let type: ValueType
    let rows: Int
    /// Not 0 where there is a value.
    let isPresent: UnsafeMutablePointer<UInt8>
    /// Values as they will lie in the array; nil for texts and lists.
    private(set) var values: UnsafeMutableRawPointer?
    /// Texts and lists by piece of the table, in order.
    private(set) var parts: [Part]

    /// A piece of a column of texts or lists.
    final class Part {
        /// How many bytes or elements each cell has.
        var lengths: [Int] = []
        var bytes = ByteWriter()
        var items: [Double] = []
        /// The lengths of the texts that are elements of lists.
        var itemLengths: [Int] = []
    }

    /// - Parameter shares: how many pieces the table comes in.
    init(_ field: ResultField, rows: Int, shares: Int) {
        name = field.name
        register = field.register.index
        kind = field.register.kind
        type = kind == .list ? field.elementType ?? field.type : field.type
        self.rows = rows
        isPresent = .allocate(capacity: max(1, rows))
        parts = kind == .number ? [] : (0..<shares).map { _ in Part() }
        if kind == .number { values = .allocate(byteCount: max(64, rows * ResultType(type).width), alignment: 64) }
    }

    deinit {
        isPresent.deallocate()
        values?.deallocate()
    }

    /// Hands the memory of the values on to who frees it.
    func takeValues() -> UnsafeMutableRawPointer? {
        defer { values = nil }
        return values
    }

    /// Takes over a batch that has run.
    ///
    /// - Parameters:
    ///   - start: the row of the table that is the batch's first.
    ///   - share: which piece of the table it is of.
    func take(_ frame: Frame, at start: Int, share: Int) {
        let status = frame.status(register)
        let isPresent = isPresent + start
        for row in 0..<frame.count { isPresent[row] = (status[row] & CellStatus.missing) | frame.failed[row] == 0 ? 1 : 0 }
        switch kind {
        case .number:
            if let values { ResultType(type).store(frame.numbers(register), isPresent, count: frame.count, in: values, at: start) }
        case .text: takeTexts(frame, isPresent, parts[share])
        case .list: takeLists(frame, isPresent, parts[share])
        }
    }

    private func takeTexts(_ frame: Frame, _ isPresent: UnsafePointer<UInt8>, _ part: Part) {
        let codes = frame.codes(register)
        for row in 0..<frame.count {
            let start = part.bytes.count
            if isPresent[row] != 0 { part.bytes.append(frame.text(codes[row])) }
            part.lengths.append(part.bytes.count - start)
        }
    }

    private func takeLists(_ frame: Frame, _ isPresent: UnsafePointer<UInt8>, _ part: Part) {
        for row in 0..<frame.count {
            guard isPresent[row] != 0 else {
                part.lengths.append(0)
                continue
            }
            let list = ResultList(frame, register, row, type)
            part.lengths.append(list.items.count)
            if type == .string {
                for item in list.items {
                    let text = list.text(item)
                    part.bytes.append(text)
                    part.itemLengths.append(text.count)
                }
            } else {
                part.items += list.items
            }
        }
    }
}

/// The Arrow type of results, and how numbers become its values.
enum ResultType {
    case float64, float32, int64, boolean, date32, time64, timestamp, text

    init(_ type: ValueType) {
        switch type {
        case .string: self = .text
        case .integer: self = .int64
        case .float: self = .float32
        case .double, .days, .seconds: self = .float64
        case .boolean: self = .boolean
        case .date: self = .date32
        case .time: self = .time64
        case .dateTime: self = .timestamp
        }
    }

    var format: StaticString {
        switch self {
        case .float64: "g"
        case .float32: "f"
        case .int64: "l"
        case .boolean: "b"
        case .date32: "tdD"
        case .time64: "ttu"
        case .timestamp: "tsu:"
        case .text: "u"
        }
    }

    /// Bytes of a value; a boolean's are packed only when the column is complete.
    var width: Int {
        switch self {
        case .float64, .int64, .time64, .timestamp: 8
        case .float32, .date32: 4
        case .boolean: 1
        case .text: 0
        }
    }

    /// Writes numbers as values of the type; a cell that is not there becomes 0.
    ///
    /// What no value of the type can hold becomes a missing one.
    func store(
        _ numbers: UnsafePointer<Double>, _ isPresent: UnsafeMutablePointer<UInt8>, count: Int, in values: UnsafeMutableRawPointer, at start: Int
    ) {
        switch self {
        case .float64:
            let target = values.assumingMemoryBound(to: Double.self) + start
            for row in 0..<count { target[row] = isPresent[row] != 0 ? numbers[row] : 0 }
        case .float32:
            let target = values.assumingMemoryBound(to: Float.self) + start
            for row in 0..<count { target[row] = isPresent[row] != 0 ? Float(numbers[row]) : 0 }
        case .boolean:
            let target = values.assumingMemoryBound(to: UInt8.self) + start
            for row in 0..<count { target[row] = isPresent[row] != 0 && numbers[row] != 0 ? 1 : 0 }
        case .int64: whole(Int64.self, 1, numbers, isPresent, count, values, start)
        case .date32: whole(Int32.self, 1, numbers, isPresent, count, values, start)
        case .time64, .timestamp: whole(Int64.self, 1e6, numbers, isPresent, count, values, start)
        case .text: break
        }
    }

    private func whole<Value: FixedWidthInteger>(
        _ type: Value.Type, _ units: Double, _ numbers: UnsafePointer<Double>, _ isPresent: UnsafeMutablePointer<UInt8>, _ count: Int,
        _ values: UnsafeMutableRawPointer, _ start: Int
    ) {
        let target = values.assumingMemoryBound(to: Value.self) + start
        for row in 0..<count {
            let value = isPresent[row] != 0 ? Value(exactly: (numbers[row] * units).rounded()) : nil
            if value == nil { isPresent[row] = 0 }
            target[row] = value ?? 0
        }
    }
}
