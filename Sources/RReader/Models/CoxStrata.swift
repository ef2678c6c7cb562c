import ModelTree

/// The strata of a `coxph`: which one each row that it was fitted to belongs to, and how a new row tells its own.
///
/// An object keeps them as `strata` (fitted with `x = TRUE`) or in its `model` (`model = TRUE`).
struct CoxStrata {
    let labels: [String]
    /// By row, counted from 0.
    let codes: [Int]
    private let field: String
    private let values: [Expression]

    /// nil where the object does not keep the strata of its rows, or they are more than one variable.
    init?(_ object: RValue, _ frame: ModelFrame, term: Int) throws(RReadError) {
        guard frame.names.indices.contains(term) else { return nil }
        let name = frame.names[term]
        guard let rows = object.optional("strata") ?? object.optional("model")?.optional(name), let labels = rows.levels else { return nil }
        let variables = frame.terms.attribute("variables")?.elements ?? []
        guard term + 1 < variables.count, let call = Call(variables[term + 1].value), call.function == "strata", call.arguments.count == 1,
            case .symbol(let field) = call.arguments[0].value.object.kind
        else { return nil }
        var codes: [Int] = []
        for code in try rows.integers() {
            guard code >= 1, Int(code) <= labels.count else { throw rows.inconsistent("\(rows.path) has a row without a stratum") }
            codes.append(Int(code) - 1)
        }
        // A number is labelled sex=1, a factor's level is its own label.
        let numbers = labels.compactMap { $0.hasPrefix("\(field)=") ? Double(String($0.dropFirst(field.count + 1))) : nil }
        if numbers.count == labels.count {
            frame.fields.declare(field, .number)
            values = numbers.map { .number($0) }
        } else {
            let prefix = labels.allSatisfy { $0.hasPrefix("\(field)=") } ? field.count + 1 : 0
            let levels = labels.map { String($0.dropFirst(prefix)) }
            frame.fields.declare(field, .factor(levels, isOrdered: false))
            values = levels.map { .text($0) }
        }
        (self.labels, self.codes, self.field) = (labels, codes, field)
    }

    /// A number that a row has only with a stratum.
    func present(_ number: Expression) -> Expression { .call("if", .call("isNotMissing", .field(field)), number) }

    /// What belongs to a new row's stratum.
    func choice(_ ofStratum: (Int) -> Expression) -> Expression {
        labels.indices.reversed().reduce(.missing) { .call("if", .call("equal", .field(field), values[$1]), ofStratum($1), $0) }
    }
}
