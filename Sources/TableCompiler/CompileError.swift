import Evaluation
import ModelTree

/// Why a document cannot be compiled: a stable id, a message, and the element that causes it.
public struct CompileError: Error, Sendable {
    public var id: String
    public var message: String
    public var location: SourceLocation

    public init(_ id: String, _ message: String, at location: SourceLocation) {
        self.id = id
        self.message = message
        self.location = location
    }

    static func unknownField(_ name: String, at location: SourceLocation, among names: [String] = []) -> CompileError {
        let hint = NearestName.hint(name, among: names)
        return CompileError(
            "unknown-field",
            "field \"\(name)\" is not defined here" + (hint.isEmpty ? "; expected a DataField, DerivedField or OutputField of that name" : hint), at: location)
    }
    static func unknownFunction(_ name: String, at location: SourceLocation) -> CompileError {
        let hint = NearestName.hint(name, among: Builtins.all.map(\.name))
        return CompileError(
            "unknown-function",
            "function \"\(name)\" is not known" + (hint.isEmpty ? "; expected a built-in function or a DefineFunction of that name" : hint), at: location)
    }
    static func cyclicField(_ name: String, at location: SourceLocation) -> CompileError {
        CompileError("cyclic-field", "field \"\(name)\" is defined in terms of itself; expected only fields that do not depend on it", at: location)
    }
    static func cyclicFunction(_ name: String, at location: SourceLocation) -> CompileError {
        CompileError("cyclic-function", "function \"\(name)\" calls itself; expected only functions that do not call it", at: location)
    }
    static func argumentCount(_ name: String, _ found: Int, _ expected: String, at location: SourceLocation) -> CompileError {
        CompileError("argument-count", "\(name) has \(found) \(found == 1 ? "argument" : "arguments"), expected \(expected)", at: location)
    }
    static func typeMismatch(_ what: String, found: String, expected: String, at location: SourceLocation) -> CompileError {
        CompileError("type-mismatch", "\(what) is \(found), expected \(expected)", at: location)
    }
    static func notANumber(_ text: String, what: String, at location: SourceLocation) -> CompileError {
        CompileError("not-a-number", "\(what) is \"\(text)\", expected a number", at: location)
    }
    static func notALiteral(_ text: String, of type: ValueType, at location: SourceLocation) -> CompileError {
        let expected =
            switch type {
            case .boolean: "true or false"
            case .date: "a date that there is, as 2024-01-31"
            case .time: "a time of day, as 13:45:00"
            case .dateTime: "a date and time, as 2024-01-31T13:45:00"
            default: "a number"
            }
        return CompileError("not-a-number", "the \(type.name) value is \"\(text)\", expected \(expected)", at: location)
    }
    static func missingAttribute(_ attribute: String, of element: String, because reason: String, at location: SourceLocation) -> CompileError {
        CompileError("missing-attribute", "\(element) has no \(attribute), which \(reason) needs", at: location)
    }
    static func missingElement(_ expected: String, in element: String, at location: SourceLocation) -> CompileError {
        CompileError("missing-element", "\(element) needs \(expected)", at: location)
    }
    static func outOfRange(_ attribute: String, _ found: Int, _ expected: String, at location: SourceLocation) -> CompileError {
        CompileError("out-of-range", "\(attribute) is \(found), expected \(expected)", at: location)
    }
    static func badPattern(_ pattern: String, of what: String, _ problem: String, at location: SourceLocation) -> CompileError {
        CompileError("bad-pattern", "\(what) is \"\(pattern)\", \(problem)", at: location)
    }
    static func unknownColumn(_ name: String, of columns: [String], at location: SourceLocation) -> CompileError {
        let known = columns.isEmpty ? "it has none" : "expected one of " + columns.prefix(20).joined(separator: ", ")
        return CompileError("unknown-column", "the InlineTable has no column \"\(name)\"; \(known)", at: location)
    }
    static func unknownModel(_ name: String, of names: [String], at location: SourceLocation) -> CompileError {
        let known = names.isEmpty ? "no model has a name" : "expected one of " + names.map { "\"\($0)\"" }.joined(separator: ", ")
        return CompileError("unknown-model", "there is no model named \"\(name)\"; \(known)", at: location)
    }
    static func unknownSegment(_ id: String, of field: String, at location: SourceLocation) -> CompileError {
        CompileError("unknown-segment", "OutputField \"\(field)\" names segment \"\(id)\"; expected the id of a Segment of this model", at: location)
    }
    static func defaultChild(_ name: String, at location: SourceLocation) -> CompileError {
        CompileError("default-child", "defaultChild is \"\(name)\", expected the id of a child of this Node", at: location)
    }
    static func multipleModelMethod(_ method: String, for function: String, at location: SourceLocation) -> CompileError {
        CompileError("multiple-model-method", "multipleModelMethod is \"\(method)\", which is not defined for \(function)", at: location)
    }
    static func noCategories(at location: SourceLocation) -> CompileError {
        CompileError("no-categories", "the target's categories are not known; expected values of the target field or segments that classify", at: location)
    }
    static func unsupportedAttribute(_ attribute: String, _ reason: String, at location: SourceLocation) -> CompileError {
        CompileError("unsupported-attribute", "\(attribute) is not supported: \(reason)", at: location)
    }
    static func noModel(at location: SourceLocation) -> CompileError {
        CompileError("no-model", "the document has neither a model nor derived fields", at: location)
    }
    static func notScorable(_ element: String, at location: SourceLocation) -> CompileError {
        CompileError("not-scorable", "\(element) says isScorable=\"false\", expected a model that can be scored", at: location)
    }
    static func featureUnavailable(_ feature: String, _ element: String, at location: SourceLocation) -> CompileError {
        CompileError("feature-unavailable", "feature \"\(feature)\" is not defined for this \(element)", at: location)
    }
    static func tooDeep(_ what: String, limit: Int? = nil, at location: SourceLocation) -> CompileError {
        CompileError("nesting-limit", "\(what) are nested " + (limit.map { "more than \($0) deep" } ?? "too deeply"), at: location)
    }
}
