import ModelTree

/// A `preProcess` of caret, kept with a model: what is done to the data before the model sees them.
enum Preparation {
    static func apply(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) {
        let methods = try object.component("method")
        var fields: [String: Expression] = [:]
        var order: [String] = []
        func change(_ name: String, _ step: (Expression) -> Expression) {
            if fields[name] == nil {
                order.append(name)
                builder.fields.declare(name, .number)
            }
            fields[name] = step(fields[name] ?? .field(name))
        }
        let known = ["center", "scale", "range", "medianImpute", "ignore", "remove"]
        if let other = methods.names?.first(where: { !known.contains($0) }) { throw methods.unsupported("the preparation \(other) is not supported") }
        // In caret's order, whatever the order of the list.
        if methods.optional("center") != nil {
            for (name, mean) in try numbers(object.component("mean")) { change(name) { $0 - .number(mean) } }
        }
        if methods.optional("scale") != nil {
            for (name, deviation) in try numbers(object.component("std")) { change(name) { $0 / .number(deviation) } }
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
        if methods.optional("medianImpute") != nil {
            for (name, median) in try numbers(object.component("median")) {
                change(name) { .call("if", .call("isMissing", $0), .number(median), $0) }
            }
        }
        for name in order {
            guard let expression = fields[name] else { continue }
            builder.fields.replace(name, with: builder.fields.number("preProcess(\(name))", expression))
        }
    }

    private static func numbers(_ value: RValue) throws(RReadError) -> [(String, Double)] {
        let numbers = try value.doubles()
        guard let names = value.names, names.count == numbers.count else { throw value.inconsistent("\(value.path) has no names") }
        return Array(zip(names, numbers))
    }
}
