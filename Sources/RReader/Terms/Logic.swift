import ModelTree

/// Truth values: comparisons, connectives, conditions.
extension FormulaCompiler {
    private static let comparisons = [
        "==": "equal", "!=": "notEqual", "<": "lessThan", "<=": "lessOrEqual", ">": "greaterThan", ">=": "greaterOrEqual",
    ]

    func logic(_ call: Call) throws(RReadError) -> FormulaValue? {
        let arguments = call.arguments.map(\.value)
        if let name = FormulaCompiler.comparisons[call.function], arguments.count == 2 {
            return .logical(try comparison(name, arguments[0], arguments[1]))
        }
        switch call.function {
        case "&", "&&", "|", "||":
            guard arguments.count == 2 else { return nil }
            return .logical(.call(call.function.hasPrefix("&") ? "and" : "or", try truth(arguments[0]), try truth(arguments[1])))
        case "!": return .logical(.call("not", try truth(try argument(call, 0))))
        case "is.na":
            return .logical(.call("isMissing", try any(try argument(call, 0))))
        case "%in%":
            let tested = try argument(call, 0)
            let set = try argument(call, 1)
            let value = try compile(tested, isText: isTexts(set))
            var members: [Expression] = []
            let expression: Expression
            switch value {
            case .number(let found):
                expression = found
                members = try constants(set).map(Expression.number)
            case .text(let found, _):
                expression = found
                members = try constantTexts(set).map { Expression.text($0.text) }
            default: throw tested.unsupportedTerm("\(variable): \(tested.deparsed) %in% … is not supported")
            }
            // NA is in no set; PMML's isIn would be missing.
            return .logical(.call("if", .call("isMissing", expression), .truth(false), .call("isIn", [expression] + members)))
        case "as.logical": return .logical(try truth(try argument(call, 0)))
        case "ifelse":
            let matched = try call.matched(["test", "yes", "no"])
            guard let test = matched["test"], let yes = matched["yes"], let no = matched["no"] else { return nil }
            let condition = try truth(test)
            // Of a column whose type is not told the result tells it.
            let isLogical = isWhole && frame.dataClass(of: variable) == "logical"
            if isLogical { for case .symbol(let name) in [yes.object.kind, no.object.kind] where isOpen(name) && name != "T" && name != "F" { frame.fields.declare(name, .logical) } }
            switch (try compile(yes), try compile(no)) {
            case (.text(let a, let first), .text(let b, let second)):
                let levels = first.flatMap { first in second.map { Set(first + $0).sorted() } }
                return .text(.call("if", condition, a, b), levels: levels)
            case (.logical(let a), .logical(let b)): return .logical(.call("if", condition, a, b))
            case (_, _) where isLogical: return .logical(.call("if", condition, try truth(yes), try truth(no)))
            default: return .number(.call("if", condition, try number(yes), try number(no)))
            }
        default: return nil
        }
    }

    func isTexts(_ value: RValue) -> Bool {
        if case .string = value.object.kind { return true }
        guard let call = Call(value), call.function == "c", let first = call.arguments.first?.value else { return false }
        if case .string = first.object.kind { return true }
        return false
    }

    /// Any value, for functions that only ask whether it is there.
    private func any(_ value: RValue) throws(RReadError) -> Expression {
        // A column of which no more is known may be of any type.
        if case .symbol(let name) = value.object.kind, isOpen(name) {
            frame.fields.declare(name, .any)
            return .field(name)
        }
        switch try compile(value) {
        case .number(let found), .logical(let found), .text(let found, _): return found
        case .levels(let field, _, _): return .field(field)
        case .columns: throw value.unsupportedTerm("\(variable): is.na() of a matrix is not supported")
        }
    }

    private func comparison(_ name: String, _ left: RValue, _ right: RValue) throws(RReadError) -> Expression {
        let isText = isTexts(left) || isTexts(right)
        let (a, b) = (try compile(left, isText: isText), try compile(right, isText: isText))
        switch (a, b) {
        case (.text(let x, _), .text(let y, _)):
            guard name == "equal" || name == "notEqual" else { throw left.unsupportedTerm("\(variable): texts are compared by their order") }
            return .call(name, x, y)
        case (.logical(let x), .logical(let y)) where name == "equal" || name == "notEqual": return .call(name, x, y)
        case (.text(let x, _), .number(let y)), (.number(let y), .text(let x, _)):
            // A factor of number texts compared with a number: R compares texts, and the order of levels is not that of the numbers.
            guard let constant = y.constantNumber, name == "equal" || name == "notEqual" else {
                throw left.unsupportedTerm("\(variable): a text is compared with a number")
            }
            return .call(name, x, .text(NumberTexts.text(constant)))
        case (.levels, _), (_, .levels): throw left.unsupportedTerm("\(variable): a factor that the formula makes is compared")
        default: break
        }
        return .call(name, try number(left), try number(right))
    }
}
