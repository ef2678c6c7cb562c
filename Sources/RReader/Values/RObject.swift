/// A value of R as a file holds it: data, never run.
public final class RObject: Sendable {
    public let kind: Kind
    /// In the order of the file.
    public let attributes: [Argument]

    public init(_ kind: Kind, attributes: [Argument] = []) {
        self.kind = kind
        self.attributes = attributes
    }

    public enum Kind: Sendable {
        case null
        case symbol(String)
        case pairlist([Argument])
        /// A call: what is called, then its arguments.
        case language([Argument])
        /// Position in ``RFile/environments``; so that objects that refer to one another in circles are no circles here.
        case environment(Int)
        case closure(formals: RObject, body: RObject, environment: RObject)
        case promise(expression: RObject)
        /// A function of R's own.
        case builtin(String)
        /// Byte code; its source expression.
        case byteCode(RObject)
        /// 0, 1, or `RObject.missingInteger`.
        case logical([Int32])
        case integer([Int32])
        case double([Double])
        /// Real and imaginary parts by turns.
        case complex([Double])
        /// nil is NA.
        case string([String?])
        case raw([UInt8])
        case list([RObject])
        case expression([RObject])
        /// An object that is all attributes.
        case s4
        /// An address or weak reference, which means nothing outside the process that wrote it.
        case pointer
        case global(Global)
    }

    /// Objects that every R process has.
    public enum Global: Sendable, Hashable {
        case globalEnvironment, baseEnvironment, emptyEnvironment, missingArgument, unbound
        case namespace(String), package(String), persistent(String)
    }

    public struct Argument: Sendable {
        public var name: String?
        public var value: RObject
        public init(_ name: String?, _ value: RObject) {
            self.name = name
            self.value = value
        }
    }

    public static let null = RObject(.null)
    /// NA of integers and logicals.
    public static let missingInteger = Int32.min

    /// NA of doubles, which is a NaN of its own.
    public static func isNA(_ value: Double) -> Bool { value.isNaN && UInt32(truncatingIfNeeded: value.bitPattern) == 1954 }
}

/// An environment: names and values, and the environment around it.
public struct REnvironment: Sendable {
    public var variables: [RObject.Argument] = []
    public var attributes: [RObject.Argument] = []
    public var enclosure: RObject = .null
    public init() {}
}

/// What a file of `saveRDS` or `save` holds.
public struct RFile: Sendable {
    /// One unnamed object of `saveRDS`; the named ones of `save`.
    public var objects: [RObject.Argument] = []
    public var environments: [REnvironment] = []
    /// Serialisation version, 2 or 3.
    public var version = 3
    /// The R that wrote the file, `4.2.2`.
    public var writer = ""
    public init() {}
}
