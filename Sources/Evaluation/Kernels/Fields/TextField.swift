// https://dmg.org/pmml/v4-4-1/MiningSchema.html

/// `field.text`: a MiningField's treatments of a string field.
struct TextFieldKernel: Kernel {
    static let name = "field.text"
    private let out: Int32
    private let input: Int32
    private let field: String
    private let invalid: FieldTreatment.Invalid
    private let checksValidity: Bool
    private let requiresValue: Bool
    private let missingReplacement: Int32
    private let invalidReplacement: Int32
    private let marks: CodeTable<Mark>

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.text)
        input = try reader.input(.text)
        field = try reader.string()
        invalid = try reader.invalidTreatment()
        checksValidity = try reader.flag()
        requiresValue = try reader.flag()
        missingReplacement = try reader.optionalCode()
        invalidReplacement = try reader.optionalCode()
        let (validValues, invalidValues, missing) = (try reader.codes(), try reader.codes(), try reader.codes())
        // Of two marks for a code the first counts.
        var pairs = missing.array.map { (code: $0, value: Mark.missing) }
        if checksValidity {
            pairs += invalidValues.array.map { ($0, Mark.invalid) } + validValues.array.map { ($0, Mark.valid) }
        }
        marks = CodeTable(pairs, other: checksValidity && validValues.count > 0 ? .invalid : .valid)
    }

    private enum Mark: UInt8, BitwiseCopyable { case valid, invalid, missing }

    func run(_ frame: Frame) {
        let (values, status) = (frame.codes(input), frame.status(input))
        let (result, resultStatus) = (frame.codes(out), frame.status(out))
        for row in 0..<frame.count {
            let value = values[row]
            let state = status[row]
            let mark = marks[value]
            if state & CellStatus.failure != 0 {
                resultStatus[row] = CellStatus.failed
                continue
            }
            // An array where one text should be.
            let isUnreadable = checksValidity && state == CellStatus.unreadable
            var isMissing = !isUnreadable && (state & CellStatus.missing != 0 || mark == .missing)
            if isUnreadable || (!isMissing && mark == .invalid) {
                switch invalid {
                case .returnInvalid:
                    resultStatus[row] = CellStatus.failed
                    let text = String(decoding: frame.text(value), as: UTF8.self)
                    frame.note(row: row, isUnreadable ? .notAValue(field, text, frame) : .invalid(field, text, frame))
                    continue
                case .asMissing: isMissing = true
                case .asValue:
                    result[row] = max(0, invalidReplacement)
                    resultStatus[row] = invalidReplacement < 0 ? CellStatus.missing : 0
                    continue
                case .asIs where isUnreadable:
                    frame.note(row: row, .notAValue(field, nil, frame))
                    resultStatus[row] = CellStatus.failed
                    continue
                case .asIs:
                    result[row] = value
                    resultStatus[row] = CellStatus.invalid
                    continue
                }
            }
            if !isMissing {
                result[row] = value
                resultStatus[row] = state & CellStatus.invalid
            } else if requiresValue {
                frame.note(row: row, RowFailure(id: "missing-value", field: field, value: nil, message: "missing value"))
                resultStatus[row] = CellStatus.failed
            } else {
                result[row] = max(0, missingReplacement)
                resultStatus[row] = missingReplacement < 0 ? CellStatus.missing : 0
            }
        }
    }
}
