// https://dmg.org/pmml/v4-4-1/BuiltinFunctions.html
import DecimalText
import ModelTree

/// Expressions in the words of older versions. What comes out has the same value to the last bit; where there is no such
/// thing the expression stays, and the writer tells that the version lacks it.
extension DocumentWriter {
    func respelled(_ expression: Expression) -> Expression {
        if version >= .v4_4 || version < .v4_0 { return expression }
        let location = expression.location
        switch expression.kind {
        case .constant(let constant): return respelled(constant, location) ?? expression
        case .fieldRef(let reference): return respelled(reference, location) ?? expression
        case .apply(let apply): return respelled(apply, location) ?? expression
        default: return expression
        }
    }

    /// 1 from a value on, else 0: until 3.1 a method of NormDiscrete. A number is at or beyond it in an interval, an ordinal value
    /// stands at or after it in the field's list.
    func writeThermometer(_ norm: NormDiscrete) {
        guard let field = document.dataDictionary.fields.first(where: { $0.name == norm.field }) else {
            return out.problem(.unwritableModel, "NormDiscrete@method=\"thermometer\" is not in PMML since 3.2, and \"\(norm.field)\" is no DataField")
        }
        let missing = norm.mapMissingTo.map { NumberPrinting.text($0) }
        let values = field.values.validTexts
        if field.opType == .ordinal, let start = values.firstIndex(of: norm.value) {
            thermometerRows += values.count
            if thermometerRows > 1_000_000 {
                return out.problem(.unwritableModel, "NormDiscrete@method=\"thermometer\" is not in PMML since 3.2, and the tables in place of all that there are have more than a million rows")
            }
            let table = InlineTable(
                columns: ["value", "norm"], rows: values.indices.map { [values[$0], $0 >= start ? "1" : "0"] }, location: .none)
            let map = MapValues(mapMissingTo: missing, outputColumn: "norm", dataType: .double, pairs: [(field: norm.field, column: "value")], table: table)
            write(Expression(.mapValues(map), location: out.place))
        } else if let start = Double(norm.value) {
            let bin = (interval: Interval(closure: .closedOpen, leftMargin: start, rightMargin: nil), value: "1")
            let discretize = Discretize(field: norm.field, mapMissingTo: missing, defaultValue: "0", dataType: .double, bins: [bin])
            write(Expression(.discretize(discretize), location: out.place))
        } else {
            out.problem(.unwritableModel, "NormDiscrete@method=\"thermometer\" is not in PMML since 3.2, and the values of \"\(norm.field)\" have no order")
        }
    }

    /// Before 4.4 no constant was missing, but `if` without an else was.
    private func respelled(_ constant: Constant, _ location: SourceLocation) -> Expression? {
        guard constant.isMissing, let type = constant.dataType else { return nil }
        let value: String
        switch type {
        case .string: value = ""
        case .boolean: value = "false"
        case .integer, .float, .double: value = "0"
        default: return nil
        }
        let call = Call(location)
        return call("if", [
            call("equal", [call.constant("0", .integer), call.constant("1", .integer)]), call.constant(value, type),
        ])
    }

    /// Before 4.1 a FieldRef could not fill in for a missing value.
    private func respelled(_ reference: FieldRef, _ location: SourceLocation) -> Expression? {
        guard version < .v4_1, let value = reference.mapMissingTo, let type = types[reference.field] else { return nil }
        let call = Call(location)
        let plain = Expression(.fieldRef(FieldRef(field: reference.field)), location: location)
        return call("if", [call("isMissing", [plain]), call.constant(value, type), plain])
    }

    private func respelled(_ apply: Apply, _ location: SourceLocation) -> Expression? {
        let call = Call(location)
        if version < .v4_2, let value = apply.defaultValue {
            var plain = apply
            plain.defaultValue = nil
            let result = Expression(.apply(plain), location: location)
            guard let type = types.type(of: result), size(of: result) <= Self.mostRepeated else { return nil }
            return call("if", [call("isMissing", [result]), call.constant(value, type), result])
        }
        if version < .v4_1, let value = apply.mapMissingTo, apply.function != "if", apply.arguments.allSatisfy(isSimple) {
            var plain = apply
            plain.mapMissingTo = nil
            let result = Expression(.apply(plain), location: location)
            guard let type = types.type(of: result) else { return nil }
            let missing = apply.arguments.map { call("isMissing", [$0]) }
            return call("if", [missing.count == 1 ? missing[0] : call("or", missing), call.constant(value, type), result])
        }
        if apply.mapMissingTo != nil || apply.defaultValue != nil || apply.invalidValueTreatment != .returnInvalid { return nil }
        switch apply.function {
        case "isValid" where canOnlyBeMissing(apply): return call("isNotMissing", apply.arguments)
        case "isNotValid" where canOnlyBeMissing(apply): return call("isMissing", apply.arguments)
        case "modulo": return modulo(apply, call)
        case "product" where version < .v4_1: return product(apply, call)
        default: return nil
        }
    }

    /// The remainder of integers, which are exact in binary64 as far as a model can hold them.
    private func modulo(_ apply: Apply, _ call: Call) -> Expression? {
        guard apply.arguments.count == 2, apply.arguments.allSatisfy({ types.type(of: $0) == .integer && isSimple($0) }) else { return nil }
        let (x, y) = (apply.arguments[0], apply.arguments[1])
        return call("-", [x, call("*", [y, call("floor", [call("/", [x, y])])])])
    }

    /// A product leaves missing factors out, which multiplication does not; without any factor it is missing.
    private func product(_ apply: Apply, _ call: Call) -> Expression? {
        guard !apply.arguments.isEmpty, apply.arguments.allSatisfy({ isSimple($0) && types.type(of: $0) != nil }) else { return nil }
        let factors = apply.arguments.map { argument in
            call("if", [call("isMissing", [argument]), call.constant("1", types.type(of: argument) ?? .double), argument])
        }
        let all = factors.dropFirst().reduce(factors[0]) { call("*", [$0, $1]) }
        let present = apply.arguments.map { call("isNotMissing", [$0]) }
        return call("if", [present.count == 1 ? present[0] : call("or", present), all])
    }

    /// Whether an argument without a valid value has none at all: only a field can keep an invalid one.
    private func canOnlyBeMissing(_ apply: Apply) -> Bool {
        guard apply.arguments.count == 1, case .fieldRef(let reference) = apply.arguments[0].kind else { return false }
        let fields = models.flatMap(\.miningSchema.fields).filter { $0.name == reference.field }
        return !fields.isEmpty && fields.allSatisfy { $0.invalidValueTreatment != .asIs }
    }

    /// So small that it may be written twice.
    private func isSimple(_ expression: Expression) -> Bool {
        switch expression.kind {
        case .constant, .fieldRef: true
        default: false
        }
    }

    /// How many expressions there will be once each that is written twice has been.
    private func size(of expression: Expression) -> Int {
        guard case .apply(let apply) = expression.kind else { return 1 }
        let own = apply.arguments.reduce(1) { min($0 + size(of: $1), Self.mostRepeated + 1) }
        return apply.defaultValue == nil ? own : own * 2
    }

    /// Expressions inside one another may each be written twice, so that they must be small.
    private static let mostRepeated = 500
}

/// Makes calls at a place.
private struct Call {
    let location: SourceLocation
    init(_ location: SourceLocation) { self.location = location }

    func callAsFunction(_ function: String, _ arguments: [Expression]) -> Expression {
        Expression(.apply(Apply(function: function, arguments: arguments)), location: location)
    }

    func constant(_ value: String, _ type: DataType) -> Expression {
        let type = type == .integer && Int(value) == nil ? .double : type
        return Expression(.constant(Constant(dataType: type, value: value)), location: location)
    }
}
