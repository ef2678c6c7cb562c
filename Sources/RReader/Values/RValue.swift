/// A view of an object that knows the way to it, so that what is missing or of another type is named with its place.
struct RValue: Sendable {
    let object: RObject
    /// `fit$forest$treemap`
    let path: String
    let file: RFile

    init(_ object: RObject, path: String, in file: RFile) {
        self.object = object
        self.path = path
        self.file = file
    }

    // MARK: errors

    func wrongType(_ expected: String) -> RReadError {
        RReadError(.componentType, "\(path) is \(typeName), expected \(expected)", path: path)
    }
    func inconsistent(_ message: String) -> RReadError { RReadError(.inconsistent, message, path: path) }
    func unsupported(_ message: String) -> RReadError { RReadError(.unsupportedFeature, message, path: path) }
    func unsupportedTerm(_ message: String) -> RReadError { RReadError(.unsupportedTerm, message, path: path) }
    private func missing(_ what: String) -> RReadError { RReadError(.missingComponent, "\(path) has no \(what)", path: path) }

    private var typeName: String {
        switch object.kind {
        case .null: "NULL"
        case .symbol(let name): "the symbol \(name)"
        case .pairlist: "a pairlist"
        case .language: "a call"
        case .environment, .global: "an environment"
        case .closure, .builtin, .byteCode: "a function"
        case .promise: "a promise"
        case .logical: "logical"
        case .integer: "integer"
        case .double: "numeric"
        case .complex: "complex"
        case .string: "character"
        case .raw: "raw"
        case .list: "a list"
        case .expression: "an expression"
        case .s4: "an S4 object"
        case .pointer: "a pointer"
        }
    }

    // MARK: parts

    var isNull: Bool {
        if case .null = object.kind { return true }
        return false
    }

    private func at(_ object: RObject, _ step: String) -> RValue { RValue(object, path: path + step, in: file) }

    /// The elements of a list, pairlist, call or environment, with their names.
    var elements: [(name: String?, value: RValue)] {
        switch object.kind {
        case .list(let values), .expression(let values):
            let names = self.names
            return values.enumerated().map { index, value in
                let name = names.flatMap { index < $0.count && !$0[index].isEmpty ? $0[index] : nil }
                return (name, at(value, name.map { "$" + $0 } ?? "[[\(index + 1)]]"))
            }
        case .pairlist(let cells), .language(let cells):
            return cells.enumerated().map { index, cell in (cell.name, at(cell.value, cell.name.map { "$" + $0 } ?? "[[\(index + 1)]]")) }
        case .environment(let index):
            guard file.environments.indices.contains(index) else { return [] }
            return file.environments[index].variables.map { ($0.name, at($0.value, "$" + ($0.name ?? ""))) }
        default: return []
        }
    }

    /// A list's element by name; nil if it is not there or NULL.
    func optional(_ name: String) -> RValue? {
        switch object.kind {
        case .list(let values):
            guard let index = names?.firstIndex(of: name), index < values.count else { return nil }
            let found = at(values[index], "$" + name)
            return found.isNull ? nil : found
        default:
            guard let found = elements.first(where: { $0.name == name })?.value, !found.isNull else { return nil }
            return found
        }
    }

    /// A list's element by name.
    func component(_ name: String) throws(RReadError) -> RValue {
        guard let found = optional(name) else { throw missing("component \(name)") }
        return found
    }

    func attribute(_ name: String) -> RValue? {
        let attributes: [RObject.Argument]
        if case .environment(let index) = object.kind, file.environments.indices.contains(index) {
            attributes = file.environments[index].attributes
        } else {
            attributes = object.attributes
        }
        guard let found = attributes.first(where: { $0.name == name })?.value else { return nil }
        // How S4 writes a slot that is NULL.
        if case .symbol("\u{1}NULL\u{1}") = found.kind { return nil }
        return RValue(found, path: "\(path)@\(name)", in: file)
    }

    /// An attribute that must be there; an S4 object's slots are its attributes.
    func slot(_ name: String) throws(RReadError) -> RValue {
        guard let found = attribute(name) else { throw missing("slot \(name)") }
        return found
    }

    /// The elements of a list.
    func list() throws(RReadError) -> [RValue] {
        guard case .list = object.kind else { throw wrongType("a list") }
        return elements.map(\.value)
    }

    var count: Int {
        switch object.kind {
        case .logical(let values), .integer(let values): values.count
        case .double(let values): values.count
        case .complex(let values): values.count / 2
        case .string(let values): values.count
        case .raw(let values): values.count
        case .list(let values), .expression(let values): values.count
        case .pairlist(let cells), .language(let cells): cells.count
        case .null: 0
        default: 1
        }
    }

    // MARK: what attributes say

    /// The class attribute, the most special class first; empty where there is none.
    var classes: [String] { attribute("class").flatMap { try? $0.strings() } ?? [] }
    func inherits(_ name: String) -> Bool { classes.contains(name) }

    var names: [String]? {
        if case .pairlist(let cells) = object.kind { return cells.map { $0.name ?? "" } }
        return attribute("names").flatMap { value in
            if case .string(let texts) = value.object.kind { return texts.map { $0 ?? "NA" } }
            return nil
        }
    }

    /// The levels of a factor; nil for what is none.
    var levels: [String]? { attribute("levels").flatMap { try? $0.strings() } }

    var dimensions: [Int]? { attribute("dim").flatMap { try? $0.integers().map(Int.init) } }

    /// The names along a dimension counted from 0.
    func dimensionNames(_ dimension: Int) -> [String]? {
        guard let lists = attribute("dimnames").flatMap({ try? $0.list() }), dimension < lists.count, !lists[dimension].isNull else { return nil }
        return try? lists[dimension].strings()
    }

    /// A data frame's row names; numbers where R abbreviates them.
    var rowNames: [String]? {
        guard let value = attribute("row.names") else { return nil }
        if case .integer(let numbers) = value.object.kind {
            if numbers.count == 2, numbers[0] == RObject.missingInteger {
                // No more rows than the columns have, whatever two numbers say.
                let count = elements.first.map { min($0.value.count, Int(numbers[1].magnitude)) } ?? 0
                return (0..<count).map { String($0 + 1) }
            }
            return numbers.map(String.init)
        }
        return try? value.strings()
    }
}
