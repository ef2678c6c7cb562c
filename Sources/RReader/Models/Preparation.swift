import ModelTree

/// A [preProcess](https://topepo.github.io/caret/pre-processing.html) of caret: what is done to columns of numbers before a model sees them.
///
/// Columns change in caret's order, whatever the order of the list of methods: Box–Cox and its kin, centering, scaling, ranges, medians for
/// missing values, components, spatial sign.
struct Preparation {
    private let object: RValue
    private let methods: RValue
    private let fields: FieldTable
    private var columns: [String: Expression] = [:]
    /// Names of `columns`, in the order of their first use.
    private var order: [String] = []

    private static let known: Set<String> = [
        "BoxCox", "YeoJohnson", "expoTrans", "invHyperbolicSine", "center", "scale", "range", "medianImpute", "pca", "ica", "spatialSign", "ignore",
        "remove", "conditionalX", "zv", "nzv", "corr",
    ]

    private init(_ object: RValue, _ fields: FieldTable) throws(RReadError) {
        self.object = object
        self.fields = fields
        methods = try object.component("method")
        if let other = methods.names?.first(where: { !Preparation.known.contains($0) }) { throw methods.unsupported("the preparation \(other) is not supported") }
    }

    /// Puts fields in the place of the columns that a model will ask for.
    static func apply(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) {
        for (name, field) in try prepared(object, builder) { builder.fields.replace(name, with: field) }
    }

    /// The prepared columns, with the fields that hold them.
    static func prepared(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> [(name: String, field: String)] {
        var preparation = try Preparation(object, builder.fields)
        try preparation.transform()
        try preparation.standardize()
        try preparation.impute()
        try preparation.rotate()
        try preparation.project()
        return preparation.order.map { ($0, preparation.field($0)) }
    }

    // MARK: columns

    private mutating func change(_ name: String, _ step: (Expression) -> Expression) {
        let present = columns[name] ?? .field(fields.numberField(name))
        if columns[name] == nil { order.append(name) }
        columns[name] = step(present)
    }

    /// A field that holds a column as it is now.
    ///
    /// - Parameter stage: what has been done so far.
    private func field(_ name: String, _ stage: String = "all") -> String {
        guard let expression = columns[name] else { return fields.numberField(name) }
        return fields.number("preProcess(\(name))", expression, key: "prepared \(name)\u{0}\(object.path)\u{0}\(stage)")
    }

    private func chosen(_ method: String) throws(RReadError) -> [String] { try methods.optional(method)?.strings() ?? [] }

    // MARK: steps

    /// Transformations of one column by a parameter of its own.
    private mutating func transform() throws(RReadError) {
        for method in ["BoxCox", "YeoJohnson", "expoTrans", "invHyperbolicSine"] { for name in try chosen(method) { change(name) { $0 } } }
        for name in try chosen("BoxCox") {
            guard let found = object.optional("bc")?.optional(name), let lambda = try found.component("lambda").doubles().first, !lambda.isNaN else { continue }
            let fudge = try found.optional("fudge")?.double() ?? 0.2
            // Near 0 and 1 it is taken for them.
            if lambda.magnitude < fudge { change(name) { .call("ln", $0) } }
            else if (lambda - 1).magnitude >= fudge { change(name) { (.call("pow", $0, .number(lambda)) - .number(1)) / .number(lambda) } }
        }
        let powers = object.optional("yj")
        for name in try chosen("YeoJohnson") {
            guard let powers, let lambda = try Preparation.parameter(powers, name) else { continue }
            change(name) { Preparation.yeoJohnson($0, lambda) }
        }
        for name in try chosen("expoTrans") {
            guard let lambda = try object.optional("et")?.optional(name)?.component("lambda").doubles().first, !lambda.isNaN, lambda != 0 else { continue }
            change(name) { (.call("exp", .number(lambda) * $0) - .number(1)) / .number(lambda) }
        }
        for name in try chosen("invHyperbolicSine") {
            change(name) { .call("ln", $0 + .call("sqrt", $0 * $0 + .number(1))) }
        }
    }

    /// A number by name, in a vector or in a list of objects with a `lambda`; nil for NA.
    private static func parameter(_ value: RValue, _ name: String) throws(RReadError) -> Double? {
        if let found = value.optional(name) { return try (found.optional("lambda") ?? found).doubles().first.flatMap { $0.isNaN ? nil : $0 } }
        if case .list = value.object.kind { return nil }
        guard let index = value.names?.firstIndex(of: name) else { return nil }
        let numbers = try value.doubles()
        return index < numbers.count && !numbers[index].isNaN ? numbers[index] : nil
    }

    /// [Yeo and Johnson's](https://en.wikipedia.org/wiki/Power_transform) powers; those within 0.001 of 0 and 2 are logarithms.
    static func yeoJohnson(_ x: Expression, _ lambda: Double) -> Expression {
        let one = Expression.number(1)
        let above = lambda.magnitude < 0.001 ? Expression.call("ln1p", x) : (.call("pow", x + one, .number(lambda)) - one) / .number(lambda)
        let mirrored = one - x
        let power = 2 - lambda
        let below = power.magnitude < 0.001
            ? Expression.number(0) - .call("ln1p", .number(0) - x) : (one - .call("pow", mirrored, .number(power))) / .number(power)
        return .call("if", .call("greaterOrEqual", x, .number(0)), above, below)
    }

    private mutating func standardize() throws(RReadError) {
        if methods.optional("center") != nil, let means = object.optional("mean") {
            for (name, mean) in try Preparation.numbers(means) { change(name) { $0 - .number(mean) } }
        }
        if methods.optional("scale") != nil, let deviations = object.optional("std") {
            for (name, deviation) in try Preparation.numbers(deviations) { change(name) { $0 / .number(deviation) } }
        }
        if methods.optional("range") != nil {
            let ranges = try object.component("ranges").matrix()
            let bounds = try object.optional("rangeBounds")?.doubles() ?? [0, 1]
            guard ranges.rows == 2, let names = ranges.columnNames, bounds.count == 2 else { throw object.inconsistent("the ranges are no two rows") }
            for (index, name) in names.enumerated() {
                let (low, high) = (ranges[0, index], ranges[1, index])
                change(name) { ($0 - .number(low)) / .number(high - low) * .number(bounds[1] - bounds[0]) + .number(bounds[0]) }
            }
        }
    }

    private mutating func impute() throws(RReadError) {
        guard methods.optional("medianImpute") != nil else { return }
        for (name, median) in try Preparation.numbers(try object.component("median")) {
            change(name) { .call("if", .call("isMissing", $0), .number(median), $0) }
        }
    }

    /// Principal or independent components in the place of their columns.
    private mutating func rotate() throws(RReadError) {
        if methods.optional("pca") != nil {
            let rotation = try object.component("rotation").matrix()
            try replace(try chosen("pca"), rotation, rotation.columnNames ?? (0..<rotation.columns).map { "PC\($0 + 1)" }, at: object)
        }
        guard methods.optional("ica") != nil else { return }
        let ica = try object.component("ica")
        if try ica.optional("row.norm")?.bool() ?? false { throw ica.unsupported("independent components of rows with a norm are not supported") }
        let (whitening, unmixing) = (try ica.component("K").matrix(), try ica.component("W").matrix())
        guard whitening.columns == unmixing.rows else { throw ica.inconsistent("the matrices of \(ica.path) do not fit") }
        var values: [Double] = []
        for column in 0..<unmixing.columns {
            for row in 0..<whitening.rows {
                values.append((0..<unmixing.rows).reduce(0) { $0 + whitening[row, $1] * unmixing[$1, column] })
            }
        }
        let product = RMatrix(rows: whitening.rows, columns: unmixing.columns, values: values, rowNames: nil, columnNames: nil)
        try replace(try chosen("ica"), product, (0..<product.columns).map { "ICA\($0 + 1)" }, at: ica)
    }

    private mutating func replace(_ names: [String], _ rotation: RMatrix, _ components: [String], at place: RValue) throws(RReadError) {
        let names = rotation.rowNames ?? names
        guard names.count == rotation.rows, components.count == rotation.columns else {
            throw place.inconsistent("\(place.path) turns \(rotation.rows) columns, of which \(names.count) have names")
        }
        let sources = names.map { Expression.field(field($0, place.path)) }
        for name in names {
            columns[name] = nil
            order.removeAll { $0 == name }
        }
        for (index, name) in components.enumerated() {
            columns[name] = .total(zip(sources, rotation.column(index)).map { $0 * .number($1) })
            order.append(name)
        }
    }

    /// Rows of columns divided by their length.
    private mutating func project() throws(RReadError) {
        let names = try chosen("spatialSign")
        if names.isEmpty { return }
        if methods.optional("pca") != nil || methods.optional("ica") != nil { throw methods.unsupported("the spatial sign of components is not supported") }
        let sources = names.map { Expression.field(field($0, "spatialSign")) }
        let squares = Expression.total(sources.map { $0 * $0 })
        let length = Expression.field(fields.number("preProcess(length)", .call("sqrt", squares), key: "spatial sign \(object.path)"))
        for (name, source) in zip(names, sources) { change(name) { _ in source / length } }
    }

    private static func numbers(_ value: RValue) throws(RReadError) -> [(String, Double)] {
        let numbers = try value.doubles()
        guard let names = value.names, names.count == numbers.count else { throw value.inconsistent("\(value.path) has no names") }
        return Array(zip(names, numbers))
    }
}
