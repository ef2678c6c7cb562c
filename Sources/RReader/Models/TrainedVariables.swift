import ModelTree

/// The variables that a tree learner numbers, from a formula's terms or, where there are none, from the names alone.
enum TrainedVariables {
    /// - Parameter levels: the levels by variable, in the order of the variables' numbers; no texts for a number.
    ///   - splits: the variable, counted from 0, and the point of each split; asked for where no formula tells the types.
    /// - Returns: the variables, and the response's name where a formula tells it.
    static func read(
        _ object: RValue, levels: RValue, _ builder: DocumentBuilder, splits: () throws(RReadError) -> (variables: [Int], points: [Double])
    ) throws(RReadError) -> (variables: [SplitField], response: String?) {
        if let terms = object.optional("terms") {
            let names = levels.names ?? []
            let frame = try ModelFrame(terms: terms, xlevels: levels, tables: [object.optional("model")], fields: builder.fields)
            var variables: [SplitField] = []
            for name in names { variables.append(try SplitField(try frame.variable(named: name), at: object)) }
            return (variables, frame.response?.name)
        }
        var found: [(name: String, levels: [String]?)] = []
        // Those of a matrix are known from what belongs to its columns.
        let others = try object.optional("xNames")?.strings() ?? object.optional("importance")?.dimensionNames(0) ?? []
        for (index, (stated, value)) in levels.elements.enumerated() {
            guard let name = stated ?? (index < others.count ? others[index] : nil) else { throw levels.inconsistent("\(levels.path) has no names") }
            if case .string = value.object.kind { found.append((name, try value.strings())) } else { found.append((name, nil)) }
        }
        let (which, points) = try splits()
        return (plain(found, logicals: splitAtHalfOnly(which, points), used: Set(which), builder), nil)
    }

    /// Variables of which only the names are known, and the levels of factors.
    ///
    /// Without a formula nothing tells logicals from numbers: what is only ever split at 0.5 is taken for one, which numbers 0 and 1 pass for, too.
    /// What is never split on is no input.
    static func plain(
        _ names: [(name: String, levels: [String]?)], logicals: Set<Int>, used: Set<Int>, _ builder: DocumentBuilder
    ) -> [SplitField] {
        names.enumerated().map { index, variable in
            let known = variable.levels ?? builder.fields.statedLevels(variable.name)
            guard used.contains(index) else { return SplitField(field: variable.name, values: known) }
            if let levels = known {
                builder.fields.declare(variable.name, .factor(levels, isOrdered: false))
                return SplitField(field: variable.name, values: levels)
            }
            let isLogical: Bool
            switch builder.fields.statedType(variable.name) {
            case .logical: isLogical = true
            case nil: isLogical = logicals.contains(index) && !builder.fields.isReplaced(variable.name)
            default: isLogical = false
            }
            if isLogical {
                builder.fields.declare(variable.name, .logical)
                return SplitField(field: variable.name, values: ["false", "true"], firstCode: 0)
            }
            return SplitField(field: builder.fields.numberField(variable.name))
        }
    }

    /// Variables all of whose splits are at 0.5.
    private static func splitAtHalfOnly(_ variables: [Int], _ points: [Double]) -> Set<Int> {
        var halves: Set<Int> = []
        var others: Set<Int> = []
        for (variable, point) in zip(variables, points) where !others.contains(variable) {
            if point == 0.5 { halves.insert(variable) } else { others.insert(variable) }
        }
        return halves.subtracting(others)
    }
}
