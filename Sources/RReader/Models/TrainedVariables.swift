import ModelTree

/// The variables that a tree learner numbers, from a formula's terms or, where there are none, from the names alone.
enum TrainedVariables {
    /// - Parameter levels: the levels by variable, in the order of the variables' numbers; no texts for a number.
    ///   - halves: the variables, counted from 0, that are only ever split at 0.5; asked for where no formula tells the types.
    /// - Returns: the variables, and the response's name where a formula tells it.
    static func read(
        _ object: RValue, levels: RValue, _ builder: DocumentBuilder, halves: () throws(RReadError) -> Set<Int>
    ) throws(RReadError) -> (variables: [SplitField], response: String?) {
        if let terms = object.optional("terms") {
            let names = levels.names ?? []
            let frame = try ModelFrame(terms: terms, xlevels: levels, tables: [object.optional("model")], fields: builder.fields)
            var variables: [SplitField] = []
            for name in names { variables.append(try SplitField(try frame.variable(named: name), at: object)) }
            return (variables, frame.response?.name)
        }
        var found: [(name: String, levels: [String]?)] = []
        for (name, value) in levels.elements {
            guard let name else { throw levels.inconsistent("\(levels.path) has no names") }
            if case .string = value.object.kind { found.append((name, try value.strings())) } else { found.append((name, nil)) }
        }
        return (plain(found, logicals: try halves(), builder), nil)
    }

    /// Variables of which only the names are known, and the levels of factors.
    ///
    /// Without a formula nothing tells logicals from numbers: what is only ever split at 0.5 is taken for one, which numbers 0 and 1 pass for, too.
    static func plain(_ names: [(name: String, levels: [String]?)], logicals: Set<Int>, _ builder: DocumentBuilder) -> [SplitField] {
        names.enumerated().map { index, variable in
            if let levels = variable.levels {
                builder.fields.declare(variable.name, .factor(levels, isOrdered: false))
                return SplitField(field: variable.name, values: levels)
            }
            if logicals.contains(index) {
                builder.fields.declare(variable.name, .logical)
                return SplitField(field: variable.name, values: ["false", "true"], firstCode: 0)
            }
            return SplitField(field: builder.fields.numberField(variable.name))
        }
    }

    /// Variables, counted from 0, all of whose splits are at 0.5, and that have some.
    static func splitAtHalfOnly(variables: [Int32], firstVariable: Int32, points: [Double]) -> Set<Int> {
        var halves: Set<Int32> = []
        var others: Set<Int32> = []
        for (variable, point) in zip(variables, points) where variable >= firstVariable && !others.contains(variable) {
            if point == 0.5 { halves.insert(variable) } else if point != 0 { others.insert(variable) }
        }
        return Set(halves.subtracting(others).map { Int($0 - firstVariable) })
    }
}
