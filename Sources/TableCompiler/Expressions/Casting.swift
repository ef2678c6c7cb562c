import Evaluation
import ModelTree

// Values of one type as values of another. https://dmg.org/pmml/v4-4-1/DataDictionary.html#xsdType_DATATYPE

extension Compiler {
    /// The value as another type: text is the shortest that reads back, an integer is the nearest (a half goes up), a boolean
    /// is 1 or 0. Texts that mean no value of the type fail their rows.
    func convert(_ value: TypedValue, to type: ValueType, at location: SourceLocation) throws(CompileError) -> TypedValue {
        if value.type == type || value.register.kind == .list { return value }
        var result = value
        result.type = type
        result.order = value.order
        if builder.isMissing(value.register) {
            result.register = builder.missing(type.kind)
            return result
        }
        if value.isText {
            result.mayFail = true
            switch type {
            case .string: break
            case .date, .time, .dateTime, .days, .seconds:
                result.register = builder.emit("text.temporal", .number) {
                    $0.register(value.register)
                    $0.int(Int(type.rawValue))
                }
            case .double, .float, .integer, .boolean:
                let target = type == .double ? 0 : type == .float ? 1 : type == .integer ? 2 : 3
                result.register = number(ofText: value.register, target: target, isLenient: false)
            }
            return result
        }
        switch type {
        case .string: result.register = text(of: value)
        case .float: result.register = narrow(value.register, 0)
        case .integer: result.register = value.type == .boolean || value.type == .days || value.type == .date ? value.register : narrow(value.register, 1)
        case .boolean:
            result.register = narrow(value.register, 2)
            result.mayFail = true
        case .date:
            result.register = value.type == .dateTime ? scaled(value.register, by: 1 / Temporal.secondsPerDay, floors: true) : value.register
        case .dateTime:
            result.register = value.type == .date ? scaled(value.register, by: Temporal.secondsPerDay, floors: false) : value.register
        case .time:
            result.register = value.type == .dateTime
                ? builder.emit("number.modulo", .number) {
                    $0.register(value.register)
                    $0.register(builder.constant(Temporal.secondsPerDay))
                    $0.int(InvalidTreatment.asIs.rawValue)
                    $0.flag(false)
                }
                : value.register
        case .double, .days, .seconds: break
        }
        return result
    }

    /// A literal of the document as a column.
    func constant(_ text: String, as type: ValueType, at location: SourceLocation) throws(CompileError) -> TypedValue {
        if type == .string { return TypedValue(builder.constant(text), .string) }
        guard let number = Literal.number(text, as: type) else { throw CompileError.notALiteral(text, of: type, at: location) }
        return TypedValue(builder.constant(number), type)
    }

    /// The value as a number, for arithmetic: text is parsed, everything else is a number already.
    func numeric(_ value: TypedValue, at location: SourceLocation) throws(CompileError) -> TypedValue {
        guard value.register.kind != .list else {
            throw CompileError.typeMismatch("the value", found: "a collection", expected: "a single value", at: location)
        }
        return value.isText ? try convert(value, to: .double, at: location) : value
    }

    /// Texts as numbers; with `isLenient` other texts are NaN, which equals nothing.
    func number(ofText register: Register, target: Int, isLenient: Bool) -> Register {
        builder.emit("text.number", .number) {
            $0.register(register)
            $0.int(target)
            $0.flag(isLenient)
        }
    }

    private func text(of value: TypedValue) -> Register {
        switch value.type {
        case .date, .time, .dateTime:
            builder.emit("temporal.text", .text) {
                $0.register(value.register)
                $0.int(Int(value.type.rawValue))
            }
        default:
            builder.emit("number.text", .text) {
                $0.register(value.register)
                $0.int(value.type == .boolean ? 2 : value.type == .float ? 1 : 0)
            }
        }
    }

    private func narrow(_ register: Register, _ target: Int) -> Register {
        if let known = builder.constantNumber(register) {
            switch target {
            case 0: return builder.constant(Double(Float(known)))
            case 1 where known == known.rounded(): return register
            case 2 where known == 0 || known == 1: return register
            default: break
            }
        }
        return builder.emit("number.narrow", .number) {
            $0.register(register)
            $0.int(target)
        }
    }

    private func scaled(_ register: Register, by factor: Double, floors: Bool) -> Register {
        let product = builder.emit("number.*", .number) {
            $0.register(register)
            $0.register(builder.constant(factor))
            $0.flag(false)
        }
        guard floors else { return product }
        return builder.emit("number.floor", .number) {
            $0.register(product)
            $0.flag(false)
        }
    }

    /// `value`, or `other` where it is missing.
    func orElse(_ value: TypedValue, _ other: TypedValue) -> TypedValue {
        var result = value
        result.register = builder.emit(value.isText ? "text.orElse" : "number.orElse", value.register.kind) {
            $0.register(value.register)
            $0.register(other.register)
        }
        return result
    }

    /// `value`, or `text` where one of `arguments` is missing: `mapMissingTo`.
    func replacing(
        _ value: TypedValue, whereMissing arguments: [TypedValue], by text: String?, at location: SourceLocation
    ) throws(CompileError) -> TypedValue {
        guard let text else { return value }
        let other = try constant(text, as: literalType(text, value.type), at: location)
        let condition = builder.emit("cell.anyMissing", .number) {
            $0.registers(arguments.map(\.register))
        }
        return choose(condition, other, value, type: value.type)
    }

    /// The type in which a replacement for a value of some type is read: a fraction may replace an integer.
    func literalType(_ text: String, _ type: ValueType) -> ValueType { type == .integer ? .double : type }

    func choose(_ condition: Register, _ yes: TypedValue, _ no: TypedValue, type: ValueType) -> TypedValue {
        var result = TypedValue(
            builder.emit(type == .string ? "text.if" : "number.if", type.kind) {
                $0.register(condition)
                $0.register(yes.register)
                $0.register(no.register)
            }, type)
        result.mayFail = yes.mayFail || no.mayFail
        return result
    }
}
