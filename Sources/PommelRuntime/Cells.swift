import Evaluation

/// Values of records in and out of a frame's columns.
struct Cells {
    /// The program's own strings as they have been asked for, by code.
    private var texts: [Int32: String] = [:]
    private static let mostTexts = 10_000

    /// Puts a value into an input's cell.
    func fill(_ frame: Frame, _ input: InputField, row: Int, _ value: Value) {
        let register = input.register.index
        let status = frame.status(register)
        status[row] = 0
        if value.isMissing {
            status[row] = CellStatus.missing
            return
        }
        switch input.register.kind {
        case .number:
            if let number = value.number(as: input.type) {
                if number.isNaN { status[row] = CellStatus.missing }
                frame.numbers(register)[row] = number
            } else {
                status[row] = CellStatus.unreadable
                frame.numbers(register)[row] = Double(frame.intern(value.description))
            }
        case .text:
            switch value {
            case .string(let text): frame.codes(register)[row] = frame.intern(text)
            case .list: refuse(frame, input, row, value, code: frame.intern(value.description))
            default: frame.codes(register)[row] = frame.intern(value.description)
            }
        case .list:
            if case .list(let items) = value {
                fillList(frame, input, row, items)
            } else {
                fillList(frame, input, row, [value])
            }
        }
    }

    private func fillList(_ frame: Frame, _ input: InputField, _ row: Int, _ items: [Value]) {
        let type = input.elementType ?? input.type
        var elements: [Double] = []
        elements.reserveCapacity(items.count)
        for item in items where item != .missing {
            guard let element = type == .string ? Double(frame.intern(item.description)) : item.number(as: type) else {
                return refuse(frame, input, row, .list(items), code: frame.makeList([]))
            }
            elements.append(element)
        }
        frame.codes(input.register.index)[row] = frame.makeList(elements)
    }

    /// There is a value, but not of the field's type. What the model makes of it, and whether the row fails, is for its fields to say.
    private func refuse(_ frame: Frame, _ input: InputField, _ row: Int, _ value: Value, code: Int32) {
        frame.status(input.register.index)[row] = CellStatus.unreadable
        frame.codes(input.register.index)[row] = code
        frame.note(row: row, .notAValue(input.name, value.description, frame))
    }

    /// The value of a result's cell.
    mutating func value(_ frame: Frame, _ result: ResultField, row: Int) -> Value {
        let register = result.register.index
        if frame.status(register)[row] & CellStatus.missing != 0 { return .missing }
        switch result.register.kind {
        case .number: return Value(frame.numbers(register)[row], of: result.type)
        case .text: return .string(text(frame, frame.codes(register)[row]))
        case .list:
            let type = result.elementType ?? result.type
            return .list(frame.list(frame.codes(register)[row]).map { item in
                if type != .string { return Value(item, of: type) }
                return Int32(exactly: item).map { .string(text(frame, $0)) } ?? .missing
            })
        }
    }

    /// The text of a code of the frame's.
    mutating func text(_ frame: Frame, _ code: Int32) -> String {
        if let known = texts[code] { return known }
        let made = String(decoding: frame.text(code), as: UTF8.self)
        if frame.isPermanent(code), texts.count < Self.mostTexts { texts[code] = made }
        return made
    }

    /// Why a row of the frame has no result.
    func failure(_ frame: Frame, row: Int) -> PommelError {
        let failure = frame.failure(of: row)
        return PommelError(
            id: failure?.id ?? "row-failed", message: failure?.message ?? "the record has no result",
            place: .init(file: "record", field: failure?.field, value: failure?.value))
    }
}

extension Value {
    /// Whether it stands for no value: a NaN does, too.
    var isMissing: Bool {
        switch self {
        case .missing: true
        case .number(let number): number.isNaN
        default: false
        }
    }
}
