// https://dmg.org/pmml/v4-4-1/MiningSchema.html

/// What a MiningField does with the values of a field, in the standard's order: missing, invalid, outlier.
public struct FieldTreatment: Sendable {
    public enum Invalid: Int, Sendable { case returnInvalid = 0, asIs = 1, asMissing = 2, asValue = 3 }
    public enum Outliers: Int, Sendable { case asIs = 0, asMissing = 1, asExtreme = 2 }

    /// The field's name, for messages.
    public var field: String
    public var invalid: Invalid = .returnInvalid
    /// Whether validity is looked at; a field of an inner model comes checked.
    public var checksValidity = true
    /// A missing value fails the row.
    public var requiresValue = false
    public var outliers: Outliers = .asIs
    public var low = -Double.infinity
    public var high = Double.infinity
    /// Listed values, as numbers (number fields) or strings (text fields).
    public var validNumbers: [Double] = []
    public var invalidNumbers: [Double] = []
    public var missingNumbers: [Double] = []
    public var validTexts: [String] = []
    public var invalidTexts: [String] = []
    public var missingTexts: [String] = []
    /// Closed, half-open or open intervals: low, high, and 1 or 0 for each end that belongs to it.
    public var intervals: [Double] = []
    public var missingReplacement: Double?
    public var invalidReplacement: Double?
    public var missingReplacementText: String?
    public var invalidReplacementText: String?

    public init(field: String) { self.field = field }

    /// Whether every value passes as it is (except unreadable ones).
    public var isIdentity: Bool {
        outliers == .asIs && !requiresValue && missingNumbers.isEmpty && missingTexts.isEmpty && missingReplacement == nil
            && missingReplacementText == nil && (!checksValidity || (hasNoRules && invalid == .returnInvalid))
    }

    private var hasNoRules: Bool {
        validNumbers.isEmpty && invalidNumbers.isEmpty && validTexts.isEmpty && invalidTexts.isEmpty && intervals.isEmpty
    }
}

extension OperandReader {
    mutating func invalidTreatment() throws(FormatError) -> FieldTreatment.Invalid {
        guard let treatment = FieldTreatment.Invalid(rawValue: try int(in: 0...3)) else { throw error("operand-range", "unknown treatment") }
        return treatment
    }

    mutating func outlierTreatment() throws(FormatError) -> FieldTreatment.Outliers {
        guard let treatment = FieldTreatment.Outliers(rawValue: try int(in: 0...2)) else { throw error("operand-range", "unknown treatment") }
        return treatment
    }
}

extension ProgramBuilder {
    /// The register of a field after its treatment.
    public func treat(_ value: Register, _ treatment: FieldTreatment) -> Register {
        emit(value.kind == .text ? TextFieldKernel.name : NumberFieldKernel.name, value.kind) { writer in
            writer.register(value)
            writer.string(treatment.field)
            writer.int(treatment.invalid.rawValue)
            writer.flag(treatment.checksValidity)
            writer.flag(treatment.requiresValue)
            if value.kind == .text {
                writer.optional(treatment.missingReplacementText)
                writer.optional(treatment.invalidReplacementText)
                for listed in [treatment.validTexts, treatment.invalidTexts, treatment.missingTexts] {
                    writer.integers(Set(listed.map { writer.pools.intern($0) }).sorted())
                }
            } else {
                writer.flag(treatment.missingReplacement != nil)
                writer.number(treatment.missingReplacement ?? 0)
                writer.flag(treatment.invalidReplacement != nil)
                writer.number(treatment.invalidReplacement ?? 0)
                for listed in [treatment.validNumbers, treatment.invalidNumbers, treatment.missingNumbers] {
                    writer.numbers(Set(listed).sorted())
                }
                writer.numbers(treatment.intervals)
                writer.int(treatment.outliers.rawValue)
                writer.number(treatment.low)
                writer.number(treatment.high)
            }
        }
    }

    /// Fails every row in which one of `fields` is unreadable or a failure.
    ///
    /// - Parameter active: where given, only rows in which this condition is true.
    public func require(_ fields: [(name: String, register: Register)], where active: Register?) {
        if fields.isEmpty { return }
        emit(RequireKernel.name, []) { writer in
            writer.optional(active)
            writer.int(fields.count)
            for field in fields {
                writer.string(field.name)
                writer.register(field.register)
            }
        }
    }

    /// The value where the condition is true; elsewhere missing.
    public func masked(_ value: Register, where active: Register?) -> Register {
        guard let active else { return value }
        return emit(MaskKernel.name, value.kind) {
            $0.register(active)
            $0.register(value)
        }
    }

    /// The position of each text in `values`, -1 for one that is not listed.
    public func index(of text: Register, in values: [String]) -> Register {
        emit(TextPositionKernel.name, .number) { writer in
            writer.register(text)
            // The kernel searches ascending codes; each is followed by its position.
            let codes = values.map { writer.pools.intern($0) }
            let order = codes.indices.sorted { (codes[$0], $0) < (codes[$1], $1) }
            writer.integers(order.map { codes[$0] })
            writer.integers(order.map { Int32(truncatingIfNeeded: $0) })
        }
    }

    /// The position of each number in `values`, -1 for one that is not listed.
    public func index(of number: Register, in values: [Double]) -> Register {
        emit(NumberPositionKernel.name, .number) { writer in
            writer.register(number)
            let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
            writer.numbers(order.map { values[$0] })
            writer.integers(order.map { Int32(truncatingIfNeeded: $0) })
        }
    }

    /// The first of `values` that is not missing.
    public func coalesce(_ values: [Register]) -> Register {
        guard let first = values.first, values.count > 1 else { return values.first ?? missing(.number) }
        return emit(CoalesceKernel.name, first.kind) { $0.registers(values) }
    }

    /// The text of `texts` at each row's index.
    public func text(at index: Register, in texts: [String]) -> Register {
        emit(TableTextKernel.name, .text) { writer in
            writer.register(index)
            writer.codes(texts)
        }
    }

    /// The text of `texts` at each row's index; nil is missing.
    public func text(at index: Register, inOptional texts: [String?]) -> Register {
        emit(TableTextKernel.name, .text) { writer in
            writer.register(index)
            writer.integers(texts.map { $0.map { writer.pools.intern($0) } ?? -1 })
        }
    }

    /// The number of `numbers` at each row's index; NaN is missing.
    public func number(at index: Register, in numbers: [Double]) -> Register {
        emit(TableNumberKernel.name, .number) { writer in
            writer.register(index)
            writer.numbers(numbers)
        }
    }
}
