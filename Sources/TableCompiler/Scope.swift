import Evaluation
import ModelTree

/// The fields that can be seen from one place of a document. https://dmg.org/pmml/v4-4-1/FieldScope.html
///
/// Derived fields are lowered when they are first asked for, so what nothing uses costs nothing, and may refer to what does not exist.
final class Scope {
    /// Why the scope exists, for its own rules.
    enum Level {
        /// DataDictionary and TransformationDictionary.
        case document
        /// A model's MiningSchema, LocalTransformations and outputs.
        case model
        /// Parameters of a function in its body; nothing else is visible there.
        case function
    }
    let level: Level
    let parent: Scope?
    /// The builder's block in which the scope's fields are computed.
    let blockDepth: Int
    /// Whether arithmetic is in binary32 (`x-mathContext="float"`).
    var isFloat: Bool
    private var values: [String: TypedValue] = [:]
    private var derived: [String: DerivedField] = [:]
    private var inProgress: Set<String> = []
    /// Names that something has asked for, where that is recorded.
    private(set) var asked: Set<String> = []
    /// Results of a segment's model by (segment id, feature…): see ``ModelResult``.
    var segments: [String: ModelResult] = [:]
    /// The DataField behind a mining field, for `isValid`.
    private var dataFields: [String: DataField] = [:]

    init(_ level: Level, parent: Scope?, blockDepth: Int, isFloat: Bool) {
        self.level = level
        self.parent = parent
        self.blockDepth = blockDepth
        self.isFloat = isFloat
    }

    /// The scope of a whole document.
    convenience init(_ basis: DocumentBasis) {
        self.init(.document, parent: nil, blockDepth: 0, isFloat: false)
        (dataFields, derived) = (basis.dataFields, basis.derivedFields)
    }

    /// Whether this very scope has no value of that name yet.
    func isUndefined(_ name: String) -> Bool { values[name] == nil && derived[name] == nil }
    func define(_ name: String, _ value: TypedValue) { values[name] = value }
    func define(_ field: DerivedField) { if let name = field.name { derived[name] = field } }

    /// The DataField of that name, seen from here.
    func dataField(_ name: String) -> DataField? { dataFields[name] ?? parent?.dataField(name) }

    /// Names of the derived fields of this very scope, in no order.
    var derivedNames: [String] { Array(derived.keys) }
    func derivedField(_ name: String) -> DerivedField? { derived[name] ?? parent?.derivedField(name) }

    /// The value of a field, lowering it if that has not been done.
    ///
    /// A field of the TransformationDictionary is computed in the model that asks for it, from that model's own prepared
    /// values: the same expression gives the same registers where nothing differs.
    func value(of name: String, at location: SourceLocation, _ compiler: Compiler) throws(CompileError) -> TypedValue {
        if let known = try lookup(name, at: location, compiler) { return known }
        let unknown = try compiler.standIn(for: .unknownField(name, at: location, among: compiler.takesHint() ? names : []), .double)
        values[name] = unknown
        return unknown
    }

    /// The names of all fields seen from here.
    private var names: [String] { values.keys.sorted() + derived.keys.sorted() + dataFields.keys.sorted() + (parent?.names ?? []) }

    /// As ``value(of:at:_:)``, but nil for a field that does not exist.
    func lookup(_ name: String, at location: SourceLocation, _ compiler: Compiler) throws(CompileError) -> TypedValue? {
        if level == .model, compiler.recordsUsage { asked.insert(name) }
        if let known = values[name] { return known }
        if let field = derived[name], level != .document {
            return try lower(field, name, at: location, compiler, in: self)
        }
        if level == .function { return nil }
        if level == .model, let global = documentField(name), !isShadowed(name) {
            return try lower(global, name, at: location, compiler, in: self)
        }
        if level == .document, let field = derived[name] {
            return try lower(field, name, at: location, compiler, in: self)
        }
        if level == .document {
            guard let field = dataFields[name] else { return nil }
            if compiler.outermostScope != nil, !compiler.isOffering, compiler.rawInputs[name] == nil {
                compiler.warn("not-in-mining-schema", "field \"\(name)\" is used but is no MiningField of the model; it is taken as it comes", at: location)
            }
            return compiler.rawInput(field, usage: "supplementary")
        }
        return try parent?.lookup(name, at: location, compiler)
    }

    /// The field of the TransformationDictionary of that name.
    private func documentField(_ name: String) -> DerivedField? {
        if level == .document { return derived[name] }
        return parent?.documentField(name)
    }

    /// Whether a scope between this one and the document defines the name itself.
    private func isShadowed(_ name: String) -> Bool {
        guard let parent, parent.level != .document else { return false }
        return parent.values[name] != nil && !parent.lowered.contains(name) || parent.derived[name] != nil || parent.isShadowed(name)
    }
    private var lowered: Set<String> = []

    private func lower(
        _ field: DerivedField, _ name: String, at location: SourceLocation, _ compiler: Compiler, in scope: Scope
    ) throws(CompileError) -> TypedValue {
        guard inProgress.insert(name).inserted else { throw CompileError.cyclicField(name, at: field.location) }
        defer { inProgress.remove(name) }
        if compiler.recordsUsage { compiler.usage.derivedFields.insert(field.location) }
        let value: TypedValue
        do {
            value = try compiler.nested(at: field.location) { () throws(CompileError) in
                try compiler.builder.hoisted(to: blockDepth) { () throws(CompileError) in
                    try compiler.lower(field, in: scope)
                }
            }
        } catch {
            value = try compiler.standIn(for: error, field.dataType.valueType)
        }
        values[name] = value
        lowered.insert(name)
        return value
    }
}
