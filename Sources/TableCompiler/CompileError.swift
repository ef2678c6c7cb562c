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

    static func unknownField(_ name: String, at location: SourceLocation) -> CompileError {
        CompileError("unknown-field", "field \"\(name)\" is not defined here; expected a DataField, DerivedField or OutputField of that name", at: location)
    }
    static func unknownFunction(_ name: String, at location: SourceLocation) -> CompileError {
        CompileError("unknown-function", "function \"\(name)\" is neither built in nor defined before its use", at: location)
    }
    static func cyclicField(_ name: String, at location: SourceLocation) -> CompileError {
        CompileError("cyclic-field", "field \"\(name)\" is defined in terms of itself", at: location)
    }
    static func cyclicFunction(_ name: String, at location: SourceLocation) -> CompileError {
        CompileError("cyclic-function", "function \"\(name)\" calls itself", at: location)
    }
    static func argumentCount(_ name: String, _ found: Int, _ expected: String, at location: SourceLocation) -> CompileError {
        CompileError("argument-count", "function \"\(name)\" has \(found) arguments, expected \(expected)", at: location)
    }
    static func typeMismatch(_ what: String, found: String, expected: String, at location: SourceLocation) -> CompileError {
        CompileError("type-mismatch", "\(what) is \(found), expected \(expected)", at: location)
    }
    static func notANumber(_ text: String, what: String, at location: SourceLocation) -> CompileError {
        CompileError("not-a-number", "\(what) \"\(text)\" is not a number", at: location)
    }
    static func noModel(at location: SourceLocation) -> CompileError {
        CompileError("no-model", "the document has no model that can be scored", at: location)
    }
    static func notScorable(_ element: String, at location: SourceLocation) -> CompileError {
        CompileError("not-scorable", "\(element) says isScorable=\"false\"", at: location)
    }
    static func featureUnavailable(_ feature: String, _ element: String, at location: SourceLocation) -> CompileError {
        CompileError("feature-unavailable", "feature \"\(feature)\" is not defined for this \(element)", at: location)
    }
    static func tooDeep(_ what: String, at location: SourceLocation) -> CompileError {
        CompileError("nesting-limit", "\(what) are nested too deeply", at: location)
    }
}
