/// Which parts of a document some model's scores depend on, as a compiler has found it.
public struct FieldUsage: Sendable {
    /// MiningFields whose prepared values something has asked for, by their places.
    public var miningFields: Set<SourceLocation> = []
    /// DerivedFields that have been computed for something other than themselves, by their places.
    public var derivedFields: Set<SourceLocation> = []
    /// DataFields that are read from outside.
    public var dataFields: Set<String> = []
    /// Functions of the document that have been called.
    public var functions: Set<String> = []
    public init() {}

    public mutating func formUnion(_ other: FieldUsage) {
        miningFields.formUnion(other.miningFields)
        derivedFields.formUnion(other.derivedFields)
        dataFields.formUnion(other.dataFields)
        functions.formUnion(other.functions)
    }
}
