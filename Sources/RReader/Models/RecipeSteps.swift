import ModelTree

/// The trained steps of a [recipe](https://recipes.tidymodels.org) that change columns of numbers.
enum RecipeSteps {
    static func apply(_ recipe: RValue, _ builder: DocumentBuilder) throws(RReadError) {
        for step in try recipe.optional("steps")?.list() ?? [] { try apply(step: step, builder) }
    }

    private static func apply(step: RValue, _ builder: DocumentBuilder) throws(RReadError) {
        let kind = step.classes.first ?? "a step without a class"
        // What only changes the data that a model is fitted to.
        if let skip = step.optional("skip"), try skip.bool() { return }
        func change(_ numbers: RValue, _ make: (Expression, Double) -> Expression) throws(RReadError) {
            guard let names = numbers.names else { throw numbers.inconsistent("\(numbers.path) has no names") }
            var values: [Double] = []
            if case .list(let parts) = numbers.object.kind, parts.count == names.count {
                for part in try numbers.list() { values.append(try part.double()) }
            } else {
                values = try numbers.doubles()
            }
            for (name, value) in zip(names, values) where !value.isNaN {
                let made = make(.field(builder.fields.numberField(name)), value)
                builder.fields.replace(name, with: builder.fields.number("\(kind)(\(name))", made, key: "\(step.path)\u{0}\(numbers.path)\u{0}\(name)"))
            }
        }
        switch kind {
        case "step_center": try change(try step.component("means")) { $0 - .number($1) }
        case "step_scale": try change(try step.component("sds")) { $0 / .number($1) }
        case "step_normalize":
            try change(try step.component("means")) { $0 - .number($1) }
            try change(try step.component("sds")) { $0 / .number($1) }
        case "step_impute_mean", "step_meanimpute": try change(try step.component("means")) { .call("if", .call("isMissing", $0), .number($1), $0) }
        case "step_impute_median", "step_medianimpute": try change(try step.component("medians")) { .call("if", .call("isMissing", $0), .number($1), $0) }
        case "step_YeoJohnson": try change(try step.component("lambdas")) { Preparation.yeoJohnson($0, $1) }
        case "step_BoxCox":
            try change(try step.component("lambdas")) { $1.magnitude < 0.001 ? .call("ln", $0) : (.call("pow", $0, .number($1)) - .number(1)) / .number($1) }
        case "step_range": try range(step, builder)
        case "step_log": try logarithm(step, builder)
        case "step_dummy": try indicators(step, builder)
        case "step_pca": try components(step, builder)
        case "step_rm", "step_zv", "step_nzv", "step_corr", "step_select", "step_lincomb": break
        default: throw step.unsupported("the step \(kind) of a recipe is not supported")
        }
    }

    private static func replace(_ name: String, _ step: RValue, _ builder: DocumentBuilder, _ make: (Expression) -> Expression) {
        let made = make(.field(builder.fields.numberField(name)))
        builder.fields.replace(name, with: builder.fields.number("\(step.classes.first ?? "step")(\(name))", made, key: "\(step.path)\u{0}\(name)"))
    }

    private static func range(_ step: RValue, _ builder: DocumentBuilder) throws(RReadError) {
        let (low, high) = (try step.component("min").double(), try step.component("max").double())
        let isClipped = try step.optional("clipping")?.bool() ?? true
        let ranges = try step.component("ranges").matrix()
        guard ranges.rows == 2, let names = ranges.columnNames else { throw step.inconsistent("the ranges of \(step.path) are no two rows") }
        for (index, name) in names.enumerated() {
            let (from, to) = (ranges[0, index], ranges[1, index])
            replace(name, step, builder) { x in
                let value = (x - .number(from)) * .number((high - low) / (to - from)) + .number(low)
                guard isClipped else { return value }
                let upper = Expression.call("if", .call("greaterThan", value, .number(high)), .number(high), value)
                return .call("if", .call("lessThan", value, .number(low)), .number(low), upper)
            }
        }
    }

    private static func logarithm(_ step: RValue, _ builder: DocumentBuilder) throws(RReadError) {
        let (base, offset) = (try step.component("base").double(), try step.optional("offset")?.double() ?? 0)
        if try step.optional("signed")?.bool() ?? false { throw step.unsupported("signed logarithms of a recipe are not supported") }
        for name in try step.component("columns").strings() {
            replace(name, step, builder) { .call("ln", $0 + .number(offset)) / .call("ln", .number(base)) }
        }
    }

    /// A column for each level of a factor but the first, or for each.
    private static func indicators(_ step: RValue, _ builder: DocumentBuilder) throws(RReadError) {
        let isFull = try step.optional("one_hot")?.bool() ?? false
        for (name, terms) in try step.component("levels").elements {
            guard let name, let levels = try terms.attribute("values")?.strings(), !levels.isEmpty else { throw terms.inconsistent("\(terms.path) has no levels") }
            if let classes = try terms.attribute("dataClasses")?.strings(), classes.contains("ordered") {
                throw terms.unsupported("contrasts of an ordered factor in a recipe are not supported")
            }
            builder.fields.declare(name, .factor(levels, isOrdered: false))
            for level in isFull ? levels[...] : levels.dropFirst() {
                let word = SyntacticName.make(level)
                builder.fields.replace("\(name)_\(word)", with: builder.fields.indicator("\(name)_\(word)", name, level))
            }
        }
    }

    private static func components(_ step: RValue, _ builder: DocumentBuilder) throws(RReadError) {
        let result = try step.component("res")
        let rotation = try result.component("rotation").matrix()
        let names = try step.optional("columns")?.strings() ?? rotation.rowNames ?? []
        let wanted = min(rotation.columns, max(0, try step.optional("num_comp")?.integer() ?? rotation.columns))
        let prefix = try step.optional("prefix")?.string() ?? "PC"
        guard names.count == rotation.rows else { throw result.inconsistent("\(result.path) turns \(rotation.rows) columns, of which \(names.count) have names") }
        func parameters(_ name: String, _ other: Double) throws(RReadError) -> [Double] {
            guard let value = result.optional(name), case .double = value.object.kind, value.count == names.count else { return names.map { _ in other } }
            return try value.doubles()
        }
        let (centers, scales) = (try parameters("center", 0), try parameters("scale", 1))
        let columns = names.indices.map { (Expression.field(builder.fields.numberField(names[$0])) - .number(centers[$0])) / .number(scales[$0]) }
        // As many digits as the last one has.
        let digits = String(wanted).count
        for index in 0..<wanted {
            let number = String(index + 1)
            let name = prefix + String(repeating: "0", count: digits - number.count) + number
            let sum = Expression.total(zip(columns, rotation.column(index)).map { $0 * .number($1) })
            builder.fields.replace(name, with: builder.fields.number(name, sum, key: "\(step.path)\u{0}\(name)"))
        }
    }
}
