import ModelTree

/// Compiles what stands in a formula, R's language as data, to expressions; nothing is run.
struct FormulaCompiler {
    let frame: ModelFrame
    /// The variable that is compiled, as R writes it.
    let variable: String
    private static let maximumDepth = 200
    private var depth = 0
    /// What names stand for that are no columns of the data.
    let bindings: [String: FormulaValue]

    init(_ frame: ModelFrame, variable: String, bindings: [String: FormulaValue] = [:]) {
        self.frame = frame
        self.variable = variable
        self.bindings = bindings
    }

    func compile(_ value: RValue, isText: Bool = false) throws(RReadError) -> FormulaValue {
        var inner = self
        inner.depth += 1
        if depth > FormulaCompiler.maximumDepth { throw RReadError(.depthLimit, "a formula with more than \(FormulaCompiler.maximumDepth) levels", path: value.path) }
        return try inner.compileHere(value, isText)
    }

    private func compileHere(_ value: RValue, _ isText: Bool) throws(RReadError) -> FormulaValue {
        switch value.object.kind {
        case .symbol("pi"): return .number(.number(.pi))
        case .symbol("T"): return .logical(.truth(true))
        case .symbol("F"): return .logical(.truth(false))
        case .symbol(let name):
            if let bound = bindings[name] { return bound }
            return try frame.field(name, isText: isText)
        case .double, .integer:
            guard value.count == 1 else { throw value.unsupportedTerm("\(variable): a vector stands where one number should") }
            let number = try value.double()
            return .number(number.isNaN ? .missing : .number(number))
        case .logical:
            guard value.count == 1 else { throw value.unsupportedTerm("\(variable): a vector stands where one value should") }
            let code = try value.integer()
            return code == Int(RObject.missingInteger) ? .logical(.missing) : .logical(.truth(code != 0))
        case .string: return .text(.text(try value.string()), levels: [try value.string()])
        case .language:
            guard let call = Call(value) else { throw value.unsupportedTerm("\(variable) is a call of something without a name") }
            return try compile(call)
        default: throw value.unsupportedTerm("\(variable) contains something that is no part of a formula")
        }
    }

    private func compile(_ call: Call) throws(RReadError) -> FormulaValue {
        if let made = try arithmetic(call) { return made }
        if let made = try logic(call) { return made }
        if let made = try texts(call) { return made }
        if let made = try basis(call) { return made }
        if let made = try rms(call) { return made }
        if let made = try nonlinear(call) { return made }
        throw call.value.unsupportedTerm("\(variable): the function \(call.function)() is not supported")
    }

    // MARK: arguments

    func number(_ value: RValue) throws(RReadError) -> Expression {
        if let text = characters(value) { return try numberOfText(text) }
        switch try compile(value) {
        case .number(let expression): return expression
        case .logical(let expression): return .call("if", [expression, .number(1), .number(0)])
        case .columns(let columns) where columns.count == 1: return columns[0].value
        case .levels(let field, let levels, let values):
            // as.numeric() of a factor is the position of its level.
            return .field(frame.fields.lookup("as.numeric(\(field))", field, values, levels.indices.map { Double($0 + 1) }))
        case .text(let expression, let levels):
            guard let levels else { break }
            let field = textField(value, expression)
            return .field(frame.fields.lookup("as.numeric(\(field))", field, levels, levels.indices.map { Double($0 + 1) }))
        case .columns: break
        }
        throw value.unsupportedTerm("\(variable): \(value.deparsed) stands where a number should")
    }

    /// What is a character vector for R, or what as.character() makes one of: the number of such a text is what it says, not the position of a level.
    private func characters(_ value: RValue) -> RValue? {
        if case .symbol(let name) = value.object.kind { return frame.dataClass(of: name) == "character" ? value : nil }
        guard let call = Call(value), let first = call.arguments.first?.value else { return nil }
        switch call.function {
        case "as.character": return first
        case "(", "I", "c", "identity", "as.vector": return call.arguments.count == 1 ? characters(first) : nil
        case "paste", "paste0", "toupper", "tolower": return value
        default: return nil
        }
    }

    func truth(_ value: RValue) throws(RReadError) -> Expression {
        switch try compile(value) {
        case .logical(let expression): return expression
        case .number(let expression): return .call("notEqual", expression, .number(0))
        default: throw value.unsupportedTerm("\(variable): \(value.deparsed) stands where TRUE or FALSE should")
        }
    }

    func argument(_ call: Call, _ index: Int) throws(RReadError) -> RValue {
        guard index < call.arguments.count else { throw call.value.unsupportedTerm("\(variable): \(call.function)() lacks an argument") }
        return call.arguments[index].value
    }

    /// The name of a field that holds a text.
    func textField(_ value: RValue, _ expression: Expression) -> String {
        if case .fieldRef(let field) = expression.kind { return field.field }
        return frame.fields.derive(value.deparsed, key: "text \(value.deparsed)", .categorical, .string) { expression }
    }

    /// Whether a name is that of a column of the data whose type nothing tells.
    func isOpen(_ name: String) -> Bool { bindings[name] == nil && !frame.knowsType(of: name) && !frame.fields.isReplaced(name) }

    /// Whether what is compiled is the variable as a whole, and not a part of it.
    var isWhole: Bool { depth == 1 }

    /// The name of a field that holds the expression.
    func field(_ value: RValue, _ expression: Expression) -> String {
        frame.fields.number(value.deparsed, expression)
    }

    /// A vector written as `c(1, 2)`, as a sequence `a:b`, or held in the formula itself.
    func constants(_ value: RValue) throws(RReadError) -> [Double] {
        if let call = Call(value) {
            switch call.function {
            case "c":
                var all: [Double] = []
                for argument in call.arguments { all += try constants(argument.value) }
                return all
            case "-" where call.arguments.count == 1: return try constants(call.arguments[0].value).map { -$0 }
            case "(": return try constants(try argument(call, 0))
            case ":", "seq":
                guard call.arguments.count >= 2 else { break }
                let ends = try constants(call.arguments[0].value) + constants(call.arguments[1].value)
                let step = call.arguments.count > 2 ? try constants(call.arguments[2].value).first ?? 1 : ends.count == 2 && ends[1] < ends[0] ? -1 : 1
                guard ends.count == 2, step != 0, ((ends[1] - ends[0]) / step).magnitude < 1e6 else { break }
                return Array(stride(from: ends[0], through: ends[1] + step * 1e-10, by: step))
            default: break
            }
            throw value.unsupportedTerm("\(variable): \(value.deparsed) is no constant")
        }
        if case .symbol(let name) = value.object.kind {
            if name == "Inf" { return [.infinity] }
            throw value.unsupportedTerm("\(variable): \(name) is no constant")
        }
        return try value.doubles()
    }

    /// Texts written as `c("a", "b")` or held in the formula itself, with their names.
    func constantTexts(_ value: RValue) throws(RReadError) -> [(name: String?, text: String)] {
        if let call = Call(value), call.function == "c" {
            var all: [(String?, String)] = []
            for argument in call.arguments { all.append((argument.name, try argument.value.string())) }
            return all
        }
        let names = value.names
        return try value.strings().enumerated().map { (names?[$0], $1) }
    }
}
