import ModelTree

/// The statements of an apollo model's `apollo_probabilities`, followed as data: assignments of expressions and lists, and one call of a
/// choice model.
///
/// [Apollo manual](https://www.apollochoicemodelling.com/manual.html)
struct ApolloProgram {
    /// What a name stands for.
    enum Value {
        case number(Expression)
        case list([(name: String, value: Value)])
        case texts([String])
        /// `c(car = 1, bus = 2)`
        case codes([(name: String, value: Double)])

        subscript(name: String) -> Value? {
            if case .list(let entries) = self { return entries.last { $0.name == name }?.value }
            return nil
        }
    }

    private(set) var function: String?
    private(set) var settings: Value = .list([])
    private(set) var choice: String?
    private var values: [String: Value] = [:]
    /// Those of the values that are numbers, as expressions take them.
    private var bindings: [String: FormulaValue] = [:]
    private let frame: ModelFrame
    private static let maximumStatements = 5_000
    private static let closing: Set<String> = ["apollo_panelProd", "apollo_prepareProb"]
    private static let opening: Set<String> = ["apollo_attach", "on.exit", "apollo_detach", "return"]

    init(_ body: RValue, estimates: [(String, Double)], frame: ModelFrame) throws(RReadError) {
        self.frame = frame
        for (name, estimate) in estimates { set(name, .number(.number(estimate))) }
        guard case .language(let cells) = body.object.kind, case .symbol("{")? = cells.first?.value.kind else {
            throw body.unsupported("the model's apollo_probabilities is no function of statements")
        }
        if cells.count > ApolloProgram.maximumStatements { throw body.unsupported("an apollo model of more than \(ApolloProgram.maximumStatements) statements") }
        for statement in body.elements.dropFirst().map(\.value) { try run(statement) }
    }

    private mutating func set(_ name: String, _ value: Value) {
        values[name] = value
        if case .number(let expression) = value { bindings[name] = .number(expression) } else { bindings[name] = nil }
    }

    private mutating func run(_ statement: RValue) throws(RReadError) {
        guard let call = Call(statement) else {
            // A name alone, as the last one, is an answer.
            if case .symbol = statement.object.kind { return }
            throw statement.unsupported("the statement \(statement.deparsed) of apollo_probabilities is not supported")
        }
        if ApolloProgram.opening.contains(call.function) { return }
        guard call.function == "=" || call.function == "<-", call.arguments.count == 2 else {
            throw statement.unsupported("the statement \(call.function)() of apollo_probabilities is not supported")
        }
        let (place, source) = (call.arguments[0].value, call.arguments[1].value)
        if let made = Call(source), made.function.hasPrefix("apollo_") {
            if ApolloProgram.closing.contains(made.function) { return }
            guard function == nil else { throw statement.unsupported("a choice model of several components is not supported") }
            function = made.function
            guard let first = made.arguments.first else { throw statement.inconsistent("\(made.function)() has no settings") }
            settings = try evaluate(first.value, "settings")
            return
        }
        switch place.object.kind {
        case .symbol(let name): set(name, try evaluate(source, name))
        default:
            // V[["car"]] = …, V$car = …
            guard let target = Call(place), target.function == "[[" || target.function == "$", target.arguments.count == 2,
                case .symbol(let list) = target.arguments[0].value.object.kind, case .list(var entries)? = values[list]
            else { throw statement.unsupported("the assignment to \(place.deparsed) is not supported") }
            let name = try target.arguments[1].value.string()
            entries.removeAll { $0.name == name }
            entries.append((name, try evaluate(source, "\(list) \(name)")))
            set(list, .list(entries))
        }
    }

    /// - Parameter name: what a derived field is to be called.
    private mutating func evaluate(_ value: RValue, _ name: String) throws(RReadError) -> Value {
        if case .symbol(let other) = value.object.kind, let known = values[other] { return known }
        if case .string = value.object.kind { return .texts(try value.strings()) }
        if let call = Call(value) {
            switch call.function {
            case "list":
                var entries: [(String, Value)] = []
                for argument in call.arguments {
                    let label = argument.name ?? ""
                    if label == "choiceVar", case .symbol(let column) = argument.value.object.kind { choice = column } else {
                        entries.append((label, try evaluate(argument.value, "\(name) \(label)")))
                    }
                }
                return .list(entries)
            case "c":
                if call.arguments.allSatisfy({ if case .string = $0.value.object.kind { true } else { false } }) {
                    return .texts(try call.arguments.map { (argument) throws(RReadError) in try argument.value.string() })
                }
                return .codes(try call.arguments.map { (argument) throws(RReadError) in (argument.name ?? "", try argument.value.double()) })
            case "[[", "$":
                if call.arguments.count == 2, case .symbol(let list) = call.arguments[0].value.object.kind, let known = values[list],
                    let found = known[try call.arguments[1].value.string()]
                { return found }
            default: break
            }
        }
        let expression = try FormulaCompiler(frame, variable: name, bindings: bindings).number(value)
        if expression.constantNumber != nil { return .number(expression) }
        return .number(.field(frame.fields.derive(name, key: "apollo \(frame.fields.derived.count)", .continuous, .double) { expression }))
    }
}
