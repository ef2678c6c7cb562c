import Evaluation

/// A result's column as it grows, batch by batch.
struct ColumnBuilder {
    private let result: ResultField
    private let form: Form
    private var numbers: [Double] = []
    private var texts: [String?] = []
    private var flags: [Bool?] = []
    private var values: [Value] = []

    init(_ result: ResultField, rows: Int) {
        self.result = result
        form = Form(result)
        switch form {
        case .numbers: numbers.reserveCapacity(rows)
        case .strings: texts.reserveCapacity(rows)
        case .booleans: flags.reserveCapacity(rows)
        case .values: values.reserveCapacity(rows)
        }
    }

    private enum Form {
        case numbers, strings, booleans, values

        init(_ result: ResultField) {
            if result.register.kind == .list {
                self = .values
                return
            }
            self = switch result.type {
            case .boolean: .booleans
            case .string, .date, .time, .dateTime: .strings
            case .integer, .float, .double, .days, .seconds: .numbers
            }
        }
    }

    /// Takes the frame's rows; those that failed are missing.
    mutating func append(_ frame: Frame, _ cells: inout Cells) {
        let register = result.register.index
        let status = frame.status(register)
        for row in 0..<frame.count {
            let isMissing = (status[row] & CellStatus.missing) | frame.failed[row] != 0
            switch form {
            case .numbers: numbers.append(isMissing ? .nan : frame.numbers(register)[row])
            case .booleans: flags.append(isMissing ? nil : frame.numbers(register)[row] != 0)
            case .strings: texts.append(isMissing ? nil : cells.value(frame, result, row: row).description)
            case .values: values.append(isMissing ? .missing : cells.value(frame, result, row: row))
            }
        }
    }

    var column: Column {
        switch form {
        case .numbers: .numbers(numbers)
        case .strings: .strings(texts)
        case .booleans: .booleans(flags)
        case .values: .values(values)
        }
    }
}
