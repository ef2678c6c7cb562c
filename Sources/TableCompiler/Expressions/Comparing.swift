import Evaluation
import ModelTree

// Comparison of values and literals. https://dmg.org/pmml/v4-4-1/TreeModel.html#xsdElement_SimplePredicate

extension Compiler {
    /// Compares a value with a literal, which is read as the value's type: `1` equals `1.0` for a number, not for a string.
    func compare(_ op: Comparison, _ value: TypedValue, literal text: String, at location: SourceLocation) throws(CompileError) -> TypedValue {
        if let order = value.order, op != .equal, op != .notEqual {
            return comparison(op.numbers, rank(value, order), builder.constant(ordinals.place(of: text, in: order, value.type).map(Double.init) ?? .nan))
        }
        if value.isText {
            if op != .equal, op != .notEqual {
                warn("order-of-categories", "\(op.rawValue) compares texts, which have no order; they are compared character by character", at: location)
            }
            return compareTexts(op, value.register, builder.constant(text))
        }
        try refuseList(value, at: location)
        return comparison(op.numbers, value.register, builder.constant(literalNumber(text, value, at: location)))
    }

    /// Compares two values: as numbers if one is a number, otherwise as texts.
    func compare(_ op: Comparison, _ a: TypedValue, _ b: TypedValue, at location: SourceLocation) throws(CompileError) -> TypedValue {
        try refuseList(a, at: location)
        try refuseList(b, at: location)
        if let order = a.order ?? b.order, a.isText == b.isText, op != .equal, op != .notEqual {
            return comparison(op.numbers, rank(a, order), rank(b, order))
        }
        if a.isText && b.isText { return compareTexts(op, a.register, b.register) }
        if a.type != b.type, a.type.isTemporal, b.type.isTemporal {
            throw CompileError.typeMismatch("a value compared with a \(a.type.name)", found: "a \(b.type.name)", expected: "a \(a.type.name)", at: location)
        }
        return comparison(op.numbers, comparable(a, to: b), comparable(b, to: a))
    }

    /// Whether a value is one of some literals, read as the value's type.
    func isIn(_ value: TypedValue, _ literals: [String], negated: Bool, at location: SourceLocation) throws(CompileError) -> TypedValue {
        try refuseList(value, at: location)
        let register: Register
        if value.isText {
            register = builder.emit("text.in", .number) {
                $0.register(value.register)
                $0.codes(literals)
                $0.flag(negated)
            }
        } else {
            var numbers: [Double] = []
            for text in literals { numbers.append(literalNumber(text, value, at: location)) }
            register = builder.emit("number.in", .number) {
                $0.register(value.register)
                $0.numbers(numbers)
                $0.flag(negated)
            }
        }
        return TypedValue(register, .boolean)
    }

    /// Joins conditions.
    func join(_ connective: Connective, _ conditions: [TypedValue]) -> TypedValue {
        if conditions.count == 1, connective != .surrogate { return conditions[0] }
        return TypedValue(builder.emit(connective.operation, .number) { $0.registers(conditions.map(\.register)) }, .boolean)
    }

    func negate(_ condition: TypedValue) -> TypedValue {
        TypedValue(
            builder.emit("number.not", .number) {
                $0.register(condition.register)
                $0.flag(false)
            }, .boolean)
    }

    /// Whether there is a value, or (with `validity`) a valid one; `negated` asks for the opposite.
    func state(_ value: TypedValue, validity: Bool, negated: Bool) -> TypedValue {
        TypedValue(
            builder.emit("cell.has", .number) {
                $0.register(value.register)
                $0.flag(validity)
                $0.flag(negated)
            }, .boolean)
    }

    func refuseList(_ value: TypedValue, at location: SourceLocation) throws(CompileError) {
        if value.register.kind == .list {
            throw CompileError.typeMismatch("the value", found: "a collection", expected: "a single value", at: location)
        }
    }

    /// The literal as a number of the value's type; NaN, which equals nothing, if it means none.
    func literalNumber(_ text: String, _ value: TypedValue, at location: SourceLocation) -> Double {
        if let number = readLiteral(text, as: value.type, at: location) { return number }
        warn("literal-type", "\"\(text)\" is not a \(value.type.name) and never equals the value that it is compared with", at: location)
        return .nan
    }

    /// The literal as a number of a type; nil if it means none. Remarks on what a boolean is compared with, if it is no truth value.
    func readLiteral(_ text: String, as type: ValueType, at location: SourceLocation) -> Double? {
        let number = Literal.number(text, as: type)
        if number != nil, type == .boolean, !["true", "false", "1", "0"].contains(text) {
            let word = text.lowercased()
            warn(
                "literal-type",
                word == "true" || word == "false"
                    ? "\"\(text)\" is compared with a boolean; it is read as \"\(word)\"" : "\"\(text)\" is compared with a boolean, which counts as 1 or 0",
                at: location)
        }
        return number
    }

    private func comparison(_ operation: String, _ a: Register, _ b: Register) -> TypedValue {
        TypedValue(
            builder.emit(operation, .number) {
                $0.register(a)
                $0.register(b)
                $0.flag(false)
            }, .boolean)
    }

    private func compareTexts(_ op: Comparison, _ a: Register, _ b: Register) -> TypedValue {
        TypedValue(
            builder.emit("text.compare", .number) {
                $0.register(a)
                $0.register(b)
                $0.int(op.bits)
            }, .boolean)
    }

    /// A text column as numbers like the other one's.
    private func comparable(_ value: TypedValue, to other: TypedValue) -> Register {
        guard value.isText else { return value.register }
        switch other.type {
        case .date, .time, .dateTime:
            return builder.emit("text.temporal", .number) {
                $0.register(value.register)
                $0.int(Int(other.type.rawValue))
            }
        default:
            return number(ofText: value.register, target: other.type == .boolean ? 3 : 0, isLenient: true)
        }
    }

    /// The value's place in the order of its field.
    private func rank(_ value: TypedValue, _ order: [String]) -> Register {
        if let known = ordinals.rank(of: value, in: order, block: currentBlock) { return known }
        let register: Register
        if value.isText {
            register = builder.emit("text.rank", .number) {
                $0.register(value.register)
                $0.codes(order)
            }
        } else {
            let numbers = order.map { Literal.number($0, as: value.type) ?? .nan }
            register = builder.emit("number.rank", .number) {
                $0.register(value.register)
                $0.numbers(numbers)
            }
        }
        ordinals.note(register, rankOf: value, in: order, block: currentBlock)
        return register
    }
}
