extension RValue {
    /// The source text of a call, near enough to R's to name things with.
    var deparsed: String { Deparse.text(object, 0) }
}

private enum Deparse {
    private static let binary: Set<String> = [
        "+", "-", "*", "/", "^", "==", "!=", "<", ">", "<=", ">=", "&", "|", "&&", "||", "~", ":", "%%", "%/%", "%in%", "::", ":::", "$", "@",
    ]
    private static let tight: Set<String> = ["^", ":", "::", ":::", "$", "@"]

    static func text(_ object: RObject, _ depth: Int) -> String {
        if depth > 64 { return "…" }
        switch object.kind {
        case .null: return "NULL"
        case .symbol(let name): return name
        case .double(let values): return vector(values.map(NumberTexts.text), object)
        case .integer(let values): return vector(values.map { $0 == RObject.missingInteger ? "NA" : "\($0)L" }, object)
        case .logical(let values): return vector(values.map { $0 == 0 ? "FALSE" : $0 == 1 ? "TRUE" : "NA" }, object)
        case .string(let values): return vector(values.map { $0.map { "\"\($0)\"" } ?? "NA" }, object)
        case .list(let values): return "list(" + values.map { text($0, depth + 1) }.joined(separator: ", ") + ")"
        case .language(let cells): return call(cells, depth)
        default: return "<object>"
        }
    }

    private static func vector(_ items: [String], _ object: RObject) -> String {
        items.count == 1 ? items[0] : "c(" + items.joined(separator: ", ") + ")"
    }

    private static func call(_ cells: [RObject.Argument], _ depth: Int) -> String {
        guard let head = cells.first else { return "" }
        let function = text(head.value, depth + 1)
        let arguments = cells.dropFirst().map { ($0.name.map { $0 + " = " } ?? "") + text($0.value, depth + 1) }
        if function == "(", arguments.count == 1 { return "(" + arguments[0] + ")" }
        if binary.contains(function), arguments.count == 2 {
            return arguments[0] + (tight.contains(function) ? function : " \(function) ") + arguments[1]
        }
        if ["-", "+", "!", "~"].contains(function), arguments.count == 1 { return function + arguments[0] }
        return function + "(" + arguments.joined(separator: ", ") + ")"
    }
}
