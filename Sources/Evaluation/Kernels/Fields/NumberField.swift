// https://dmg.org/pmml/v4-4-1/MiningSchema.html

/// `field.number`: a MiningField's treatments of a number field.
struct NumberFieldKernel: Kernel {
    static let name = "field.number"
    private let out: Int32
    private let input: Int32
    private let field: String
    private let invalid: FieldTreatment.Invalid
    private let checksValidity: Bool
    private let requiresValue: Bool
    private let missingReplacement: Double?
    private let invalidReplacement: Double?
    private let rules: NumberRules
    private let outliers: FieldTreatment.Outliers
    private let low: Double
    private let high: Double

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        input = try reader.input(.number)
        field = try reader.string()
        invalid = try reader.invalidTreatment()
        checksValidity = try reader.flag()
        requiresValue = try reader.flag()
        let replacesMissing = try reader.flag()
        let missing = try reader.number()
        missingReplacement = replacesMissing ? missing : nil
        let replacesInvalid = try reader.flag()
        let replacement = try reader.number()
        invalidReplacement = replacesInvalid ? replacement : nil
        rules = try NumberRules(from: &reader)
        outliers = try reader.outlierTreatment()
        low = try reader.number()
        high = try reader.number()
    }

    func run(_ frame: Frame) {
        let (values, status) = (frame.numbers(input), frame.status(input))
        let (result, resultStatus) = (frame.numbers(out), frame.status(out))
        if onlyReplaces, isReadable(status, frame.count) {
            let replacement = missingReplacement ?? 0
            let missing = missingReplacement == nil ? CellStatus.missing : 0
            for row in 0..<frame.count { result[row] = status[row] & CellStatus.missing == 0 ? values[row] : replacement }
            for row in 0..<frame.count { resultStatus[row] = status[row] & missing }
            return
        }
        for row in 0..<frame.count {
            var value = values[row]
            let state = status[row]
            let isUnreadable = state == CellStatus.unreadable
            if !isUnreadable, state & CellStatus.missing != 0 || rules.isMissing(value) {
                setMissing(row, state, frame, result, resultStatus)
                continue
            }
            var kept: UInt8 = state & CellStatus.invalid
            if checksValidity, isUnreadable || !rules.isValid(value) {
                switch invalid {
                case .returnInvalid:
                    fail(row, value, isUnreadable, frame, resultStatus)
                    continue
                case .asMissing:
                    setMissing(row, 0, frame, result, resultStatus)
                    continue
                case .asValue:
                    value = invalidReplacement ?? 0
                case .asIs:
                    if isUnreadable {
                        fail(row, value, true, frame, resultStatus)
                        continue
                    }
                    kept = CellStatus.invalid
                }
            }
            switch outliers {
            case .asIs: break
            case .asMissing:
                if value < low || value > high {
                    setMissing(row, 0, frame, result, resultStatus)
                    continue
                }
            case .asExtreme: value = value < low ? low : value > high ? high : value
            }
            result[row] = value
            resultStatus[row] = kept
        }
    }

    /// Whether the treatment leaves every readable value as it is.
    private var onlyReplaces: Bool {
        outliers == .asIs && !requiresValue && rules.isEmpty
    }

    /// Whether all cells are either valid or missing.
    private func isReadable(_ status: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        var seen: UInt8 = 0
        for row in 0..<count { seen |= status[row] }
        return seen & ~CellStatus.missing == 0
    }

    @inline(__always)
    private func setMissing(
        _ row: Int, _ state: UInt8, _ frame: Frame, _ result: UnsafeMutablePointer<Double>, _ resultStatus: UnsafeMutablePointer<UInt8>
    ) {
        if state & CellStatus.failure != 0 {
            resultStatus[row] = CellStatus.failed
        } else if requiresValue {
            frame.note(row: row, RowFailure(id: "missing-value", field: field, value: nil, message: "missing value"))
            resultStatus[row] = CellStatus.failed
        } else if let missingReplacement {
            result[row] = missingReplacement
            resultStatus[row] = 0
        } else {
            result[row] = 0
            resultStatus[row] = CellStatus.missing
        }
    }

    private func fail(_ row: Int, _ value: Double, _ isUnreadable: Bool, _ frame: Frame, _ resultStatus: UnsafeMutablePointer<UInt8>) {
        resultStatus[row] = CellStatus.failed
        frame.note(row: row, isUnreadable ? .unreadable(field, code: value, frame) : .invalid(field, NumberPrinting.text(value), frame))
    }
}

extension RowFailure {
    /// A cell whose text is no number (or truth value, or date); `code` is what the register held.
    static func unreadable(_ field: String, code: Double, _ frame: Frame) -> RowFailure {
        let text = Int32(exactly: code).map { String(decoding: frame.text($0), as: UTF8.self) }
        // Looked up only when a row fails, so that the kernels need not carry the type.
        switch frame.plan.program.schema.inputs.first(where: { $0.name == field })?.type {
        case .boolean: return RowFailure(id: "not-a-boolean", field: field, value: text, message: "not a truth value; expected true or false, or 1 or 0")
        case .date: return RowFailure(id: "not-a-date", field: field, value: text, message: "not a date (YYYY-MM-DD)")
        case .time: return RowFailure(id: "not-a-date", field: field, value: text, message: "not a time (hh:mm:ss)")
        case .dateTime: return RowFailure(id: "not-a-date", field: field, value: text, message: "not a date and time (YYYY-MM-DDThh:mm:ss)")
        case .integer where text.map({ NumberParsing.double($0) != nil }) ?? false:
            return RowFailure(id: "integer-range", field: field, value: text, message: "not within ±9007199254740991, where integers are held exactly")
        default: return RowFailure(id: "not-a-number", field: field, value: text, message: notANumber(text))
        }
    }

    private static func notANumber(_ text: String?) -> String {
        guard let text else { return "not a number" }
        let points = text.replacingCommas
        if let points, NumberParsing.double(points) != nil { return "not a number; write a decimal point: \(points)" }
        let bare = text.filter { !",' _".contains($0) }
        if bare != text, NumberParsing.double(bare) != nil { return "not a number; write no separators: \(bare)" }
        let number = bare.filter { !"$€£¥%".contains($0) }
        if number != bare, NumberParsing.double(number) != nil { return "not a number; write it without \(bare.contains("%") ? "a percent sign, as the share or the percentage that the model was trained with" : "a currency sign: \(number)")" }
        return "not a number"
    }

    /// A cell of a field of texts or lists that is none; to be noted by who fills the column, where it knows the value.
    public static func notAValue(_ field: String, _ value: String?, _ frame: Frame) -> RowFailure {
        let input = frame.plan.program.schema.inputs.first { $0.name == field }
        let type = input.map { $0.elementType.map { ", a list of \($0.name)" } ?? ", \($0.type.name)" } ?? ""
        return RowFailure(id: "not-a-value", field: field, value: value, message: "not a value of the field's type" + type)
    }

    static func invalid(_ field: String, _ value: String, _ frame: Frame) -> RowFailure {
        RowFailure(id: "invalid-value", field: field, value: value, message: "not a valid value of this field" + valid(field, value, frame))
    }

    /// What the field may hold, as far as it is listed.
    private static func valid(_ field: String, _ value: String, _ frame: Frame) -> String {
        guard let input = frame.plan.program.schema.inputs.first(where: { $0.name == field }) else { return "" }
        if !input.values.isEmpty {
            let shown = input.values.prefix(8).map { "\"\($0)\"" }.joined(separator: ", ")
            let rest = input.values.count > 8 ? " and \(input.values.count - 8) more" : ""
            return "; expected \(shown)\(rest)" + (input.values.count <= 50 ? NearestName.hint(value, among: input.values) : "")
        }
        if input.intervals.isEmpty { return "" }
        return "; expected a number in " + input.intervals.prefix(4).joined(separator: " or ")
    }
}

extension String {
    /// The text with its one comma as a decimal point, and no points before it; nil where that is not what it looks like.
    fileprivate var replacingCommas: String? {
        let parts = split(separator: ",", omittingEmptySubsequences: false)
        // `1,000.5` and `1,000` have a comma for thousands.
        guard parts.count == 2, !parts[1].contains("."), parts[1].count != 3 || parts[0].contains(".") else { return nil }
        return parts[0].filter { $0 != "." } + "." + parts[1]
    }
}
