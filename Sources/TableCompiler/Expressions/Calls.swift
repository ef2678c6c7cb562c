import Evaluation
import ModelTree

// https://dmg.org/pmml/v4-4-1/Functions.html#xsdElement_Apply and https://dmg.org/pmml/v4-4-1/BuiltinFunctions.html

extension Compiler {
    func lower(_ apply: Apply, expecting expected: ValueType?, at location: SourceLocation, in scope: Scope) throws(CompileError) -> TypedValue {
        let hints = apply.function == "if" ? expected : nil
        var arguments: [TypedValue] = []
        for (index, argument) in apply.arguments.enumerated() {
            arguments.append(try lower(argument, in: scope, expecting: index > 0 ? hints : nil))
        }
        var value: TypedValue
        var inputs = arguments
        if let function = functions[apply.function] {
            value = try expand(function, arguments, at: location, in: scope)
            if apply.invalidValueTreatment == .asMissing { value = forgiving(value) }
        } else if let builtin = builtin(apply.function, at: location) {
            if arguments.count > 2, builtin.name == "+" || builtin.name == "*" {
                warn("many-arguments", "\(builtin.name) has \(arguments.count) arguments; expected 2", at: location)
                var first = arguments[0]
                for next in arguments[1..<arguments.count - 1] { first = try call(builtin, apply, [first, next], at: location, in: scope) }
                arguments = [first, arguments[arguments.count - 1]]
            }
            guard builtin.argumentCounts.contains(arguments.count) else {
                let counts = builtin.argumentCounts
                let expectation = counts.count == 1 ? "\(counts.lowerBound)" : counts.upperBound > 1000 ? "at least \(counts.lowerBound)" : "\(counts.lowerBound) to \(counts.upperBound)"
                throw CompileError.argumentCount(apply.function, arguments.count, expectation, at: location)
            }
            value = try call(builtin, apply, arguments, at: location, in: scope)
            // Only the chosen branch of a condition is an argument that counts.
            if builtin.name == "if" { inputs = arguments.count == 3 ? [arguments[0], value] : [arguments[0]] }
        } else {
            throw CompileError.unknownFunction(apply.function, at: location)
        }
        value = try replacing(value, whereMissing: inputs, by: apply.mapMissingTo, at: location)
        if let text = apply.defaultValue, value.register.kind != .list {
            value = orElse(value, try constant(text, as: literalType(text, value.type), at: location))
        }
        return value
    }

    /// The built-in function of a name; vendors write `x-` before the names of functions that a version lacks.
    private func builtin(_ name: String, at location: SourceLocation) -> Builtin? {
        guard name.hasPrefix("x-") else {
            if let exact = Builtins.named(name) { return exact }
            guard let meant = Builtins.all.first(where: { $0.name.lowercased() == name.lowercased() }) else { return nil }
            warn("function-case", "function \"\(name)\" is read as \(meant.name)", at: location)
            return meant
        }
        warn("vendor-markup", "function \"\(name)\" is vendor markup that changes scores; it is followed", at: location)
        return Builtins.named(name) ?? Builtins.named(String(name.dropFirst(2)))
    }

    private func forgiving(_ value: TypedValue) -> TypedValue {
        guard value.register.kind != .list else { return value }
        var result = value
        result.register = builder.emit(value.isText ? "text.failureAsMissing" : "number.failureAsMissing", value.register.kind) {
            $0.register(value.register)
        }
        result.mayFail = false
        return result
    }

    private func call(
        _ builtin: Builtin, _ apply: Apply, _ arguments: [TypedValue], at location: SourceLocation, in scope: Scope
    ) throws(CompileError) -> TypedValue {
        switch builtin.name {
        case "isMissing": return state(arguments[0], validity: false, negated: true)
        case "isNotMissing": return state(arguments[0], validity: false, negated: false)
        case "isValid": return state(arguments[0], validity: true, negated: false)
        case "isNotValid": return state(arguments[0], validity: true, negated: true)
        case "if": return try condition(apply, arguments, at: location)
        case "isIn", "isNotIn": return try membership(apply, arguments, negated: builtin.name == "isNotIn", at: location)
        case "matches", "replace": return try pattern(builtin, apply, arguments, at: location)
        default: break
        }
        if let comparison = Comparison(rawValue: builtin.name) { return try compare(comparison, apply, arguments, at: location) }
        if builtin.name == "formatNumber", let text = literal(apply.arguments[1]), NumberPattern(text) == nil {
            throw CompileError.badPattern(text, of: "the pattern of formatNumber", "expected one conversion of a number, such as %d or %.2f", at: location)
        }
        return try generic(builtin, apply, arguments, at: location, in: scope)
    }

    /// Any function whose instruction follows from its row; see ``Builtin``.
    private func generic(
        _ builtin: Builtin, _ apply: Apply, _ arguments: [TypedValue], at location: SourceLocation, in scope: Scope
    ) throws(CompileError) -> TypedValue {
        guard let operation = builtin.operation else { throw CompileError.unknownFunction(builtin.name, at: location) }
        var values: [TypedValue] = []
        for (index, argument) in arguments.enumerated() {
            try refuseList(argument, at: location)
            switch builtin.parameter(index) {
            case .number:
                let value = try numeric(argument, at: location)
                values.append(scope.isFloat && value.type == .double ? try convert(value, to: .float, at: location) : value)
            case .text: values.append(try convert(argument, to: .string, at: location))
            case .boolean: values.append(try convert(argument, to: .boolean, at: location))
            case .temporal: values.append(argument.isText ? try convert(argument, to: .dateTime, at: location) : argument)
            case .any: values.append(argument)
            }
        }
        var type = resultType(builtin.result, values)
        if scope.isFloat, type == .double { type = .float }
        var result = TypedValue(
            builder.emit(operation, type.kind) {
                if builtin.variadic != nil {
                    $0.registers(values.map(\.register))
                } else {
                    for (index, value) in values.enumerated() {
                        $0.register(value.register)
                        if builtin.parameter(index) == .temporal { $0.int(Int(value.type.rawValue)) }
                    }
                }
                if builtin.canBeInvalid { $0.int(treatment(apply.invalidValueTreatment).rawValue) }
                if builtin.roundsToFloat { $0.flag(type == .float) }
            }, type)
        result.mayFail = values.contains { $0.mayFail } || (builtin.canBeInvalid && apply.invalidValueTreatment == .returnInvalid)
        return result
    }

    private func treatment(_ treatment: ApplyInvalidValueTreatment) -> InvalidTreatment {
        switch treatment {
        case .returnInvalid: .returnInvalid
        case .asIs: .asIs
        case .asMissing: .asMissing
        }
    }

    private func resultType(_ rule: Builtin.Result, _ values: [TypedValue]) -> ValueType {
        switch rule {
        case .always(let type): return type
        case .promoted, .common: return promoted(values.map(\.type))
        case .fractional:
            let type = promoted(values.map(\.type))
            return type == .integer ? .double : type
        }
    }

    private func promoted(_ types: [ValueType]) -> ValueType {
        var result = ValueType.integer
        for type in types {
            switch type {
            case .integer, .boolean, .date, .days: break
            case .float: if result == .integer { result = .float }
            case .double, .string, .time, .dateTime, .seconds: return .double
            }
        }
        return result
    }

    // MARK: Functions that are lowered in a way of their own

    /// The text of an argument that is a constant.
    private func literal(_ expression: Expression) -> String? {
        if case .constant(let constant) = expression.kind, !constant.isMissing { return constant.value }
        return nil
    }

    /// The text of a constant that is to be read as the type of the value beside it: any but a declared number beside a text, which
    /// stays a number (`9` equals `"9.0"`).
    private func literal(_ expression: Expression, beside value: TypedValue) -> String? {
        guard let text = literal(expression) else { return nil }
        if value.isText, case .constant(let constant) = expression.kind, let type = constant.dataType?.valueType, type.isNumeric {
            // The order of an ordinal field is that of its texts.
            let isRead = value.order == nil
            warn(
                "literal-type", "a text is compared with the number \(text)" + (isRead ? "; a text that is a number is read as one" : ", which is taken as a text"),
                at: expression.location)
            if isRead { return nil }
        }
        return text
    }

    private func compare(_ op: Comparison, _ apply: Apply, _ arguments: [TypedValue], at location: SourceLocation) throws(CompileError) -> TypedValue {
        let (a, b) = (arguments[0], arguments[1])
        // A literal of another kind is read as the other argument's type.
        if isForeign(b, to: a), let text = literal(apply.arguments[1], beside: a) { return try compare(op, a, literal: text, at: location) }
        if isForeign(a, to: b), let text = literal(apply.arguments[0], beside: b) { return try compare(op.mirrored, b, literal: text, at: location) }
        return try compare(op, a, b, at: location)
    }

    private func isForeign(_ literal: TypedValue, to value: TypedValue) -> Bool {
        value.order != nil || literal.isText != value.isText || (literal.type != value.type && !(literal.type.isNumeric && value.type.isNumeric))
    }

    private func membership(_ apply: Apply, _ arguments: [TypedValue], negated: Bool, at location: SourceLocation) throws(CompileError) -> TypedValue {
        let texts = apply.arguments.dropFirst().map { literal($0, beside: arguments[0]) }
        let known = texts.compactMap { $0 }
        if known.count == texts.count, builder.isConstant(arguments[0].register) == false {
            return try isIn(arguments[0], known, negated: negated, at: location)
        }
        var conditions: [TypedValue] = []
        for (text, argument) in zip(texts, arguments.dropFirst()) {
            if let text {
                conditions.append(try compare(.equal, arguments[0], literal: text, at: location))
            } else {
                conditions.append(try compare(.equal, arguments[0], argument, at: location))
            }
        }
        let found = join(.or, conditions)
        return negated ? negate(found) : found
    }

    private func condition(_ apply: Apply, _ arguments: [TypedValue], at location: SourceLocation) throws(CompileError) -> TypedValue {
        let condition = try convert(arguments[0], to: .boolean, at: location)
        var yes = arguments[1]
        var no = arguments.count > 2 ? arguments[2] : TypedValue(builder.missing(yes.register.kind), yes.type)
        try refuseList(yes, at: location)
        try refuseList(no, at: location)
        let type = builder.isMissing(no.register) ? yes.type : builder.isMissing(yes.register) ? no.type : common(yes.type, no.type)
        // A constant without a type that stands beside a text is that text, not its number printed.
        if type == .string, !yes.isText, let text = literal(apply.arguments[1]) { yes = TypedValue(builder.constant(text), .string) }
        if type == .string, !no.isText, arguments.count > 2, let text = literal(apply.arguments[2]) { no = TypedValue(builder.constant(text), .string) }
        var chosen = choose(condition.register, try convert(yes, to: type, at: location), try convert(no, to: type, at: location), type: type)
        // What is taken from one ordinal field, or not at all, keeps its order.
        if builder.isMissing(no.register) || yes.order == no.order { chosen.order = yes.order }
        return chosen
    }

    private func common(_ a: ValueType, _ b: ValueType) -> ValueType {
        if a == b { return a }
        if a == .string || b == .string { return .string }
        if a == .boolean { return b }
        if b == .boolean { return a }
        return promoted([a, b])
    }

    private func pattern(_ builtin: Builtin, _ apply: Apply, _ arguments: [TypedValue], at location: SourceLocation) throws(CompileError) -> TypedValue {
        let constant = literal(apply.arguments[1])
        if let constant, let problem = TextPattern.problem(constant) {
            throw CompileError.badPattern(constant, of: "the pattern of \(builtin.name)", "expected a regular expression: \(problem)", at: location)
        }
        var texts: [Register] = []
        for argument in arguments { texts.append(try convert(argument, to: .string, at: location).register) }
        if let constant { texts[1] = builder.constant(constant) }
        let isReplacement = builtin.name == "replace"
        var result = TypedValue(
            builder.emit(isReplacement ? "text.replace" : "text.matches", isReplacement ? .text : .number) {
                $0.register(texts[0])
                $0.register(texts[1])
                $0.optional(constant)
                if isReplacement { $0.register(texts[2]) }
            }, isReplacement ? .string : .boolean)
        result.mayFail = true
        return result
    }
}

extension Comparison {
    /// The relation with its sides exchanged.
    fileprivate var mirrored: Comparison {
        switch self {
        case .equal, .notEqual: self
        case .lessThan: .greaterThan
        case .lessOrEqual: .greaterOrEqual
        case .greaterThan: .lessThan
        case .greaterOrEqual: .lessOrEqual
        }
    }
}
