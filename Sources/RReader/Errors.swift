/// Why a saved R object was refused, and where.
public struct RReadError: Error, Sendable, CustomStringConvertible {
    public let kind: RErrorID
    public let message: String
    /// The byte of the decompressed file at which reading stopped; nil when the file was read and its content is at fault.
    public let offset: Int?
    /// The place inside the object, `fit$forest$treemap`; empty when there is none.
    public let path: String

    public var id: String { kind.rawValue }

    public init(_ kind: RErrorID, _ message: String, offset: Int? = nil, path: String = "") {
        self.kind = kind
        self.message = message
        self.offset = offset
        self.path = path
    }

    /// `message at byte n, in path [id]`
    public var description: String {
        let byte = offset.map { " at byte \($0)" } ?? ""
        let within = path.isEmpty ? "" : " (in \(path))"
        return "\(message)\(byte)\(within) [\(id)]"
    }
}

/// The ids by which scripts know the errors of reading R's saved objects.
public enum RErrorID: String, CaseIterable, Sendable {
    case unreadable = "r-file-unreadable"
    case compression = "r-compression-damaged"
    case truncated = "r-truncated"
    case format = "r-format"
    case version = "r-version"
    case damaged = "r-damaged"
    case depthLimit = "r-depth-limit"
    case sizeLimit = "r-size-limit"
    case outOfMemory = "r-out-of-memory"
    case unknownObject = "r-unknown-object"
    case unknownArgument = "r-unknown-argument"
    case severalObjects = "r-several-objects"
    case noModel = "r-no-model"
    case unsupportedClass = "r-unsupported-class"
    case unsupportedTerm = "r-unsupported-term"
    case unsupportedFeature = "r-unsupported-feature"
    case missingComponent = "r-missing-component"
    case componentType = "r-component-type"
    case inconsistent = "r-inconsistent"
}

/// What the errors mean: a page of the documentation is made from it.
public enum RErrorCatalogue {
    public static let entries: [(id: String, meaning: String)] = RErrorID.allCases.map { ($0.rawValue, meaning($0)) }.sorted { $0.0 < $1.0 }

    private static func meaning(_ id: RErrorID) -> String {
        switch id {
        case .unreadable: "the file cannot be opened or read"
        case .compression: "compressed data (gzip, bzip2 or xz) are damaged"
        case .truncated: "the file ends before the object does"
        case .format: "the bytes are not what `saveRDS` or `save` writes"
        case .version: "the version of R's serialisation is not 2 or 3"
        case .damaged: "an item of the file has a type, length or reference that cannot be"
        case .depthLimit: "objects are nested too deeply"
        case .sizeLimit: "the file is larger, decompressed, than one may be"
        case .outOfMemory: "a decompressor got no memory"
        case .unknownObject: "the file holds no object of the name that was asked for"
        case .unknownArgument: "an argument of `predict` (`--predict`) that the model's class does not have, or that has no such value"
        case .severalObjects: "the file holds several models; `--object` must name one"
        case .noModel: "nothing in the file is a model that could be scored"
        case .unsupportedClass: "models of this class are not supported"
        case .unsupportedTerm: "a formula calls a function, or has a form, that is not supported"
        case .unsupportedFeature: "a model of a supported class has a property that is not supported"
        case .missingComponent: "an object lacks a component, attribute or slot that its class has"
        case .componentType: "a component is not of the type that its class has"
        case .inconsistent: "components of an object contradict one another"
        }
    }
}
