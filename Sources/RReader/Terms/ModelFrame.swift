import ModelTree

/// The variables of a model's formula: what R's `model.frame` makes of new data.
final class ModelFrame {
    let fields: FieldTable
    /// The formula's terms with their attributes.
    let terms: RValue
    private var classes: [String: String]
    private var levels: [String: [String]]
    /// Variables to which NA is a level of its own.
    private var missingLevels: Set<String> = []
    /// Data frames in which the model keeps data: they tell the types of what only stands inside of calls.
    private let tables: [RValue]
    let columns: [String]
    /// What the columns of a model matrix tell of a factor whose levels the object does not keep.
    private var told: [String: ToldLevels] = [:]
    /// What the package rms keeps of each variable.
    var rms: [String: RmsVariable] = [:]
    /// As R writes them; the response, if there is one, among them.
    let names: [String]
    private let expressions: [RValue]
    /// Position of the response in `names`.
    let responseIndex: Int?
    private var made: [Int: Variable] = [:]
    private var open: Set<Int> = []

    /// - Parameters:
    ///   - xlevels: levels of factors and texts, by variable.
    ///   - tables: data frames of the object (`model`, `data`).
    ///   - columns: names of a model matrix, which tell levels where nothing else does.
    ///   - full: terms of a formula of which this is a part, and which keep for both what fitting has fixed.
    init(
        terms: RValue, xlevels: RValue?, tables: [RValue?] = [], columns: [String] = [], full: RValue? = nil, fields: FieldTable
    ) throws(RReadError) {
        self.terms = terms
        self.fields = fields
        self.tables = tables.compactMap { $0 }
        var classes: [String: String] = [:]
        if let found = terms.attribute("dataClasses") ?? full?.attribute("dataClasses"), let names = found.names {
            for (name, text) in zip(names, try found.strings()) { classes[name] = text }
        }
        self.classes = classes
        var levels: [String: [String]] = [:]
        var missing: Set<String> = []
        for (name, value) in xlevels?.elements ?? [] {
            // Tree learners write 0 for a variable that has none.
            guard let name, case .string(let texts) = value.object.kind else { continue }
            levels[name] = try value.strings()
            if texts.contains(nil), !texts.contains("NA") { missing.insert(name) }
        }
        self.levels = levels
        missingLevels = missing
        self.columns = columns
        guard let variables = terms.attribute("variables") else { throw RReadError(.missingComponent, "\(terms.path) has no attribute variables", path: terms.path) }
        let written = variables.elements.dropFirst().map(\.value)
        var prepared = terms.attribute("predvars")?.elements.dropFirst().map(\.value) ?? Array(written)
        if let full, let others = full.attribute("variables"), let made = full.attribute("predvars") {
            var known: [String: RValue] = [:]
            for (variable, expression) in zip(others.elements, made.elements) { known[variable.value.deparsed] = expression.value }
            prepared = written.map { known[$0.deparsed] ?? $0 }
        }
        expressions = prepared
        guard expressions.count == written.count else { throw terms.inconsistent("predvars and variables differ in number") }
        let response = try terms.attribute("response")?.integer() ?? 0
        responseIndex = response >= 1 && response <= written.count ? response - 1 : nil
        // R's own texts of the variables are the row names of `factors`, the names of `dataClasses`, or have to be made.
        let classNames = terms.attribute("dataClasses")?.names.flatMap { $0.count >= written.count ? Array($0.prefix(written.count)) : nil }
        if let rows = terms.attribute("factors")?.dimensionNames(0), rows.count == written.count {
            names = rows
            // Classes and levels have another text where a formula holds a vector with names: `factors` leaves those names out.
            for (name, other) in zip(rows, classNames ?? []) where name != other {
                if classes[name] == nil { self.classes[name] = classes[other] }
                if levels[name] == nil { self.levels[name] = levels[other] }
            }
        } else {
            names = classNames ?? written.map(\.deparsed)
        }
        if let responseIndex { fields.reserve(names[responseIndex]) }
    }

    /// The frame of expressions that stand in no formula with terms, as in models that name parameters and data alike.
    ///
    /// - Parameters:
    ///   - origin: the place for messages.
    ///   - classes: types of the data by name; those that are not stated are numbers.
    init(of origin: RValue, classes: [String: String], levels: [String: [String]] = [:], fields: FieldTable) {
        (terms, self.fields, self.classes, self.levels) = (origin, fields, classes, levels)
        (tables, columns, names, expressions, responseIndex) = ([], [], [], [], nil)
    }

    /// The response as R writes it, and what it is made of.
    var response: (name: String, expression: RValue)? { responseIndex.map { (names[$0], expressions[$0]) } }

    /// The levels of the response, as far as the object keeps them.
    var responseLevels: [String]? {
        guard let response else { return nil }
        for table in tables {
            if let column = table.optional(response.name), let found = column.levels { return found }
        }
        return nil
    }

    /// Whether a variable is made by a call, and is no column of the data by itself.
    func isCall(_ index: Int) -> Bool {
        guard expressions.indices.contains(index), case .symbol = expressions[index].object.kind else { return true }
        return false
    }

    /// Whether the object tells the type of a column of the data.
    func knowsType(of name: String) -> Bool {
        classes[name] != nil || levels[name] != nil || tables.contains { $0.optional(name) != nil }
    }

    /// The values of a variable, as R writes it, in the data that the model was fitted to; nil where the object keeps none.
    func fittedValues(_ name: String) -> [Double]? { tables.lazy.compactMap { try? $0.optional(name)?.doubles() }.first }

    func dataClass(of name: String) -> String? { classes[name] }
    var variableCount: Int { names.count }

    func variable(named name: String) throws(RReadError) -> Variable {
        // A name that is no word has backticks in a formula, and none among the columns.
        guard let index = names.firstIndex(of: name) ?? names.firstIndex(of: "`\(name)`") else {
            throw RReadError(.inconsistent, "\(terms.path) has no variable \(name)", path: terms.path)
        }
        return try variable(index)
    }

    /// The variable at a position, with its fields declared or derived.
    func variable(_ index: Int) throws(RReadError) -> Variable {
        if let known = made[index] { return known }
        let name = names[index]
        // A variable may be made of others, but not of itself.
        guard open.insert(index).inserted else { throw terms.inconsistent("the variable \(name) is made of itself") }
        defer { open.remove(index) }
        let compiler = FormulaCompiler(self, variable: name)
        let value: FormulaValue
        if case .symbol = expressions[index].object.kind, rms[name]?.assumption == "scored" { value = try compiler.scores(name) } else {
            value = try compiler.compile(expressions[index])
        }
        let result = Variable(name: name, kind: try kind(of: value, name))
        made[index] = result
        return result
    }

    private func kind(of value: FormulaValue, _ name: String) throws(RReadError) -> Variable.Kind {
        let isOrdered = classes[name] == "ordered"
        switch value {
        case .number(let expression): return .numbers([("", fields.number(name, expression))])
        case .columns(let columns):
            return .numbers(columns.map { ($0.suffix, fields.number(name + $0.suffix, $0.value)) })
        case .logical(let expression):
            var field = name
            if case .fieldRef(let found) = expression.kind { field = found.field } else {
                field = fields.derive(name, key: "logical \(name)", .categorical, .boolean) { expression }
            }
            return .categorical(.init(field: field, levels: ["FALSE", "TRUE"], values: ["false", "true"], isOrdered: false, isLogical: true, isOpen: false))
        case .text(let expression, let own):
            guard let levels = levels[name] ?? own else { throw terms.inconsistent("the levels of \(name) are not known: state them before the model is saved, in fit$xlevels, or of a randomForest in fit$forest$xlevels$\(name) <- levels(data$\(name))") }
            if missingLevels.contains(name) {
                let field = fields.derive("\(name) or NA", key: "NA \(name)", .categorical, .string) {
                    .call("if", .call("isMissing", expression), .text("NA"), expression)
                }
                return .categorical(.init(field: field, levels: levels, values: levels, isOrdered: isOrdered, isLogical: false, isOpen: true))
            }
            var isOpen = true
            let field: String
            if case .fieldRef(let found) = expression.kind {
                field = found.field
                if case .factor = fields.type(of: field) { isOpen = false }
            } else {
                field = fields.derive(name, key: "text \(name)", .categorical, .string) { expression }
            }
            return .categorical(.init(field: field, levels: levels, values: levels, isOrdered: isOrdered, isLogical: false, isOpen: isOpen))
        case .levels(let field, let found, let values):
            guard let wanted = levels[name], wanted != found else {
                return .categorical(.init(field: field, levels: found, values: values, isOrdered: isOrdered, isLogical: false, isOpen: true))
            }
            let matched = wanted.compactMap { level in found.firstIndex(of: level).map { values[$0] } }
            guard matched.count == wanted.count else { throw terms.inconsistent("the levels of \(name) are not those of its formula") }
            return .categorical(.init(field: field, levels: wanted, values: matched, isOrdered: isOrdered, isLogical: false, isOpen: true))
        }
    }

    /// States levels of a variable that stand elsewhere in the object than R's own classes have them.
    func state(levels texts: [String], of name: String) { levels[name] = texts }
    func state(class text: String, of name: String) { classes[name] = text }

    func state(told levels: ToldLevels, of name: String) { told[name] = levels }
    func toldLevels(_ name: String) -> ToldLevels? { told[name] }
    /// The expression whose values a variable holds.
    func expression(_ index: Int) -> RValue { expressions[index] }

    /// Levels that the object states for a variable.
    func statedLevels(_ name: String) -> [String]? { levels[name] }

    /// A symbol of the formula as a field of the data.
    ///
    /// - Parameter isText: whether its use asks for a text, where nothing else tells the type.
    func field(_ name: String, isText: Bool) throws(RReadError) -> FormulaValue {
        let column = tables.lazy.compactMap { $0.optional(name) }.first
        var stated = classes[name]
        if stated == nil, let column {
            if column.levels != nil { stated = column.inherits("ordered") ? "ordered" : "factor" } else {
                switch column.object.kind {
                case .string: stated = "character"
                case .logical: stated = "logical"
                default: stated = "numeric"
                }
            }
        }
        if stated == nil, levels[name] != nil { stated = "factor" }
        switch stated ?? (isText ? "character" : "numeric") {
        case "factor", "ordered":
            guard let found = levels[name] ?? column?.levels else {
                fields.declare(name, .text)
                if let known = told[name] { return known.text(.field(name)) }
                let told = columns.filter { $0.hasPrefix(name) && !$0.contains(":") }.map { String($0.dropFirst(name.count)) }
                // The level that has no column is any other text.
                return .text(.field(name), levels: told.isEmpty ? nil : [""] + told)
            }
            fields.declare(name, .factor(found, isOrdered: stated == "ordered"))
            return .text(.field(name), levels: found)
        case "character":
            if let found = levels[name] { fields.declare(name, .factor(found, isOrdered: false)) } else { fields.declare(name, .text) }
            if levels[name] == nil, let known = told[name] { return known.text(.field(name)) }
            return .text(.field(name), levels: levels[name])
        case "logical":
            fields.declare(name, .logical)
            return .logical(.field(name))
        case let other where other.hasPrefix("nmatrix"):
            // R numbers columns without names, as a data frame made of the matrix does.
            let count = Int(other.dropFirst("nmatrix.".count)) ?? 0
            guard let names = column?.dimensionNames(1) ?? (count > 0 && count <= 100_000 ? (1...count).map(String.init) : nil) else {
                throw terms.unsupportedTerm("\(name) is a matrix whose columns have no names")
            }
            for one in names { fields.declare("\(name).\(one)", .number) }
            return .columns(names.map { ($0, .field("\(name).\($0)")) })
        default: return .number(.field(fields.numberField(name)))
        }
    }
}
