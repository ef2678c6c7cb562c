import Evaluation

/// What a cell of the caller's says, before it is known what the field wants.
enum CellValue {
    case missing
    case number(Double)
    /// A whole number, of which a text keeps every digit.
    case integer(Int64)
    /// Digits with a point, of which a text keeps every one.
    case decimal(ArrowDecimal)
    case boolean(Bool)
    case text(UnsafeBufferPointer<UInt8>)
    /// Days since 1970-01-01.
    case date(Double)
    /// Seconds since midnight.
    case time(Double)
    /// Seconds since 1970-01-01T00:00:00.
    case dateTime(Double)

    /// The text that stands for the value where a field takes texts, and in messages; an integer's, a number's shortest, ISO 8601.
    private var made: String {
        switch self {
        case .missing: ""
        case .number(let number): NumberPrinting.text(number)
        case .integer(let number): String(number)
        case .decimal(let number): number.text
        case .boolean(let flag): flag ? "true" : "false"
        case .text(let text): String(decoding: text, as: UTF8.self)
        case .date(let number): Temporal.text(number, as: .date)
        case .time(let number): Temporal.text(number, as: .time)
        case .dateTime(let number): Temporal.text(number, as: .dateTime)
        }
    }

    /// The number by which a register of a type holds the value; nil when it is no value of the type.
    func number(as type: ValueType) -> Double? {
        switch self {
        case .missing: return nil
        case .number(let number):
            switch type {
            case .float: return Double(Float(number))
            case .boolean: return number == 0 || number == 1 ? number : nil
            default: return number.magnitude > type.largest ? nil : number
            }
        case .integer(let number): return CellValue.number(Double(number)).number(as: type)
        case .decimal(let decimal): return decimal.number.flatMap { CellValue.number($0).number(as: type) }
        case .boolean(let flag): return flag ? 1 : 0
        case .text(let text): return CellValue.number(text, as: type)
        case .date(let days):
            if type == .dateTime { return days * Temporal.secondsPerDay }
            return type == .date ? days : nil
        case .time(let seconds): return type == .time || type == .seconds ? seconds : nil
        case .dateTime(let seconds):
            if type == .dateTime { return seconds }
            // A day is meant where the time is midnight.
            let days = seconds / Temporal.secondsPerDay
            return type == .date && days == days.rounded(.down) ? days : nil
        }
    }

    private static func number(_ text: UnsafeBufferPointer<UInt8>, as type: ValueType) -> Double? {
        switch type {
        case .boolean: NumberParsing.boolean(text).map { $0 ? 1 : 0 }
        case .date, .time, .dateTime: Temporal.parse(text, as: type)
        case .float: NumberParsing.float(text).map(Double.init)
        default: NumberParsing.double(text).flatMap { $0.magnitude > type.largest ? nil : $0 }
        }
    }

    /// The code of the value as a text.
    func code(_ frame: Frame) -> Int32 {
        // Ill-formed UTF-8 is mended on the way through a String, so that it cannot reach an output.
        if case .text(let text) = self, text.allSatisfy({ $0 < 128 }) { return frame.intern(text) }
        return frame.intern(made)
    }

    /// Puts the value into a number or text input of a frame.
    ///
    /// A text that is no value of the field's type is kept: what becomes of it is for the model's fields to say.
    func store(_ target: InputTarget, _ frame: Frame, _ row: Int) {
        let status = frame.status(target.register)
        if case .missing = self { return CellValue.setMissing(target, frame, row) }
        if target.kind == .text {
            if case .number(let number) = self, number.isNaN { return CellValue.setMissing(target, frame, row) }
            frame.codes(target.register)[row] = code(frame)
            status[row] = 0
        } else if let number = number(as: target.type) {
            frame.numbers(target.register)[row] = number
            status[row] = number.isNaN ? CellStatus.missing : 0
        } else if case .number(let number) = self, number.isNaN {
            CellValue.setMissing(target, frame, row)
        } else {
            frame.numbers(target.register)[row] = Double(code(frame))
            status[row] = CellStatus.unreadable
        }
    }

    /// Leaves nothing of an earlier batch under a missing cell.
    static func setMissing(_ target: InputTarget, _ frame: Frame, _ row: Int) {
        frame.status(target.register)[row] = CellStatus.missing
        if target.kind == .number { frame.numbers(target.register)[row] = 0 } else { frame.codes(target.register)[row] = 0 }
    }

    /// Puts a list into a list input of a frame; missing elements are left out. A list with an element of another type is no value.
    static func storeList(_ items: some Sequence<CellValue>, _ target: InputTarget, _ frame: Frame, _ row: Int) {
        var elements: [Double] = []
        var isReadable = true
        for item in items {
            if case .missing = item { continue }
            if target.elementType == .string {
                elements.append(Double(item.code(frame)))
            } else if let number = item.number(as: target.elementType) {
                if !number.isNaN { elements.append(number) }
            } else {
                isReadable = false
                break
            }
        }
        frame.codes(target.register)[row] = frame.makeList(isReadable ? elements : [])
        frame.status(target.register)[row] = isReadable ? 0 : CellStatus.unreadable
    }
}

/// Where an input of a plan lies, as plain values.
struct InputTarget {
    let register: Int32
    let kind: RegisterKind
    let type: ValueType
    /// Of a list's elements.
    let elementType: ValueType
    /// Whether any result depends on it; others are not filled.
    let isRead: Bool

    init(_ input: InputField, isRead: Bool) {
        register = input.register.index
        kind = input.register.kind
        type = input.type
        elementType = input.elementType ?? input.type
        self.isRead = isRead
    }

    static func all(of plan: Plan) -> [InputTarget] {
        let read = plan.readRegisters
        return plan.program.schema.inputs.map { InputTarget($0, isRead: read.contains($0.register.index)) }
    }
}
