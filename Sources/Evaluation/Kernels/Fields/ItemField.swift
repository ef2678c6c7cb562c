// https://dmg.org/pmml/v4-4-1/MiningSchema.html

/// `field.items`: a MiningField's treatments of a field whose value is a collection, item by item.
///
/// An item that is missing stays in the collection as a missing one, which aggregates and rules pass over; a collection that is missing
/// is, where missing values are replaced, the replacement alone.
struct ItemFieldKernel: Kernel {
    static let name = "field.items"
    private let out: Int32
    private let input: Int32
    private let field: String
    private let isText: Bool
    private let invalid: FieldTreatment.Invalid
    private let checksValidity: Bool
    private let requiresValue: Bool
    /// NaN: missing values are not replaced.
    private let missingReplacement: Double
    private let invalidReplacement: Double
    private let rules: NumberRules
    private let outliers: FieldTreatment.Outliers
    private let low: Double
    private let high: Double

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.list)
        input = try reader.input(.list)
        field = try reader.string()
        isText = try reader.flag()
        invalid = try reader.invalidTreatment()
        checksValidity = try reader.flag()
        requiresValue = try reader.flag()
        missingReplacement = try reader.number()
        invalidReplacement = try reader.number()
        if isText {
            for code in [missingReplacement, invalidReplacement] where !code.isNaN {
                guard let code = Int(exactly: code), code >= 0, code < reader.pools.strings.count else { throw reader.error("pool-range", "there is no string \(code)") }
            }
        }
        rules = try NumberRules(from: &reader)
        outliers = try reader.outlierTreatment()
        low = try reader.number()
        high = try reader.number()
    }

    func run(_ frame: Frame) {
        let (lists, status) = (frame.codes(input), frame.status(input))
        let (result, resultStatus) = (frame.codes(out), frame.status(out))
        for row in 0..<frame.count {
            resultStatus[row] = status[row]
            result[row] = lists[row]
            if status[row] & CellStatus.failure != 0 { continue }
            // A list with an item of another type is an invalid value as a whole.
            if checksValidity, status[row] == CellStatus.unreadable {
                switch invalid {
                case .returnInvalid, .asIs:
                    fail(row, .notAValue(field, nil, frame), frame, resultStatus)
                    continue
                case .asValue:
                    result[row] = frame.makeList(CollectionOfOne(limited(invalidReplacement)))
                    resultStatus[row] = 0
                    continue
                case .asMissing: resultStatus[row] = CellStatus.missing
                }
            }
            if status[row] & CellStatus.missing != 0 {
                if requiresValue { fail(row, .init(id: "missing-value", field: field, value: nil, message: "missing value"), frame, resultStatus) }
                else if !missingReplacement.isNaN {
                    result[row] = frame.makeList(CollectionOfOne(missingReplacement))
                    resultStatus[row] = 0
                }
                continue
            }
            let items = frame.list(lists[row])
            let kept = frame.scratch.numbers(0, items.count)
            var isChanged = false
            for (place, item) in items.enumerated() {
                guard let value = treated(item) else {
                    fail(row, .invalid(field, text(item, frame), frame), frame, resultStatus)
                    break
                }
                kept[place] = value
                isChanged = isChanged || value.bitPattern != item.bitPattern
            }
            if isChanged, resultStatus[row] & CellStatus.failure == 0 {
                result[row] = frame.makeList(UnsafeBufferPointer(start: kept, count: items.count))
            }
        }
    }

    /// What becomes of an item; NaN is a missing one, nil an invalid one that fails the row.
    private func treated(_ item: Double) -> Double? {
        if item.isNaN || rules.isMissing(item) { return missingReplacement }
        if checksValidity, !rules.isValid(item) {
            switch invalid {
            case .returnInvalid: return nil
            case .asMissing: return missingReplacement
            case .asValue: return limited(invalidReplacement)
            case .asIs: break
            }
        }
        return limited(item)
    }

    private func limited(_ value: Double) -> Double {
        switch outliers {
        case .asIs: value
        case .asMissing: value < low || value > high ? missingReplacement : value
        case .asExtreme: value < low ? low : value > high ? high : value
        }
    }

    private func text(_ item: Double, _ frame: Frame) -> String {
        isText ? Int32(exactly: item).map { String(decoding: frame.text($0), as: UTF8.self) } ?? "" : NumberPrinting.text(item)
    }

    private func fail(_ row: Int, _ failure: RowFailure, _ frame: Frame, _ status: UnsafeMutablePointer<UInt8>) {
        status[row] = CellStatus.failed
        frame.note(row: row, failure)
    }
}

extension ProgramBuilder {
    /// The register of a collection after its field's treatment.
    public func treatItems(_ value: Register, _ treatment: FieldTreatment, isText: Bool) -> Register {
        emit(ItemFieldKernel.name, .list) { writer in
            func code(_ text: String?) -> Double { text.map { Double(writer.pools.intern($0)) } ?? .nan }
            func codes(_ texts: [String]) -> [Double] { Set(texts.map { code($0) }).sorted() }
            writer.register(value)
            writer.string(treatment.field)
            writer.flag(isText)
            writer.int(treatment.invalid.rawValue)
            writer.flag(treatment.checksValidity)
            writer.flag(treatment.requiresValue)
            writer.number(isText ? code(treatment.missingReplacementText) : treatment.missingReplacement ?? .nan)
            writer.number(isText ? code(treatment.invalidReplacementText) : treatment.invalidReplacement ?? .nan)
            for (texts, numbers) in [
                (treatment.validTexts, treatment.validNumbers), (treatment.invalidTexts, treatment.invalidNumbers),
                (treatment.missingTexts, treatment.missingNumbers),
            ] { writer.numbers(isText ? codes(texts) : Set(numbers).sorted()) }
            writer.numbers(treatment.intervals)
            writer.int(treatment.outliers.rawValue)
            writer.number(treatment.low)
            writer.number(treatment.high)
        }
    }
}
