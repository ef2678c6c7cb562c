import ModelTree

/// The levels of a factor as far as the names of a model matrix's columns tell them.
struct ToldLevels {
    /// The levels that have columns, in their order, as the names have them.
    let columns: [String]
    /// Whether one level more, the first, has no column: it is any other value.
    let hasOther: Bool
    /// Whether the names stand for values from which make.names has taken signs.
    let areNames: Bool
    /// Whether the levels are those of numbers.
    let areNumbers: Bool

    /// A text for the level without a column.
    private var other: String { columns.contains("") ? " other" : "" }
    private var levels: [String] { hasOther ? [other] + columns : columns }

    /// The levels of a text.
    func text(_ value: Expression) -> FormulaValue {
        guard areNames else { return .text(value, levels: levels) }
        let name = Expression.call("replace", value, .text("[^\\p{L}\\p{M}0-9._]"), .text("."))
        return .text(.call("if", .call("isIn", [name] + columns.map(Expression.text)), name), levels: levels)
    }

    /// The levels of a number.
    func text(ofNumber value: Expression) -> FormulaValue {
        let last: Expression = hasOther ? .call("if", .call("isNotMissing", value), .text("other")) : .missing
        let names = hasOther ? ["other"] + columns : columns
        let made = columns.reversed().reduce(last) { rest, level in
            .call("if", .call("equal", value, .number(Double(level) ?? .nan)), .text(level), rest)
        }
        return .text(made, levels: names)
    }

    /// Whether a text is a number as R writes one, and make.names has taken nothing from it.
    static func isNumber(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, ("0"..."9").contains(first) || first == "-", let number = Double(text) else { return false }
        return number.isFinite
    }
}
