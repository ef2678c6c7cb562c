/// Where a piece of a document stands: what every message about it names.
///
/// `path` is an index into ``ElementPaths``, so that a location costs twelve bytes however deep its element lies.
public struct SourceLocation: Sendable, Hashable {
    /// Line of the start tag, counted from 1; 0 when the model did not come from a text.
    public var line: UInt32
    /// Column of the start tag, counted from 1; 0 when unknown.
    public var column: UInt32
    /// The element's path, as an index into the document's ``ElementPaths``.
    public var path: UInt32

    public init(line: UInt32, column: UInt32, path: UInt32) {
        self.line = line
        self.column = column
        self.path = path
    }

    /// The location of something that no text holds.
    public static let none = SourceLocation(line: 0, column: 0, path: 0)
}

/// The element paths of a document (`/PMML/TreeModel/Node`), each stored once as a link to its parent and a name.
public struct ElementPaths: Sendable {
    private var parents: [UInt32] = [0]
    private var names: [String] = [""]
    private var known: [Key: UInt32] = [:]

    private struct Key: Hashable {
        var parent: UInt32
        var name: String
    }

    public init() {}

    /// The path of `name` below `parent`; 0 is the root above all elements.
    public mutating func child(of parent: UInt32, named name: String) -> UInt32 {
        let key = Key(parent: parent, name: name)
        if let found = known[key] { return found }
        let made = UInt32(truncatingIfNeeded: names.count)
        parents.append(parent)
        names.append(name)
        known[key] = made
        return made
    }

    /// The path as text, `/PMML/TreeModel/Node`. A path deeper than 64 elements is shortened in its middle.
    public func text(_ path: UInt32) -> String {
        var steps: [String] = []
        var at = path
        while at != 0, Int(at) < names.count {
            steps.append(names[Int(at)])
            at = parents[Int(at)]
        }
        steps.reverse()
        if steps.count > 64 { steps = steps.prefix(32) + ["…"] + steps.suffix(31) }
        return steps.reduce(into: "") { $0 += "/" + $1 }
    }
}

/// A remark about a document that does not stop it from being used.
public struct Diagnostic: Sendable {
    public enum Severity: String, Sendable, CaseIterable { case note, warning, error }
    /// Stable name of the kind of remark, for scripts.
    public var id: String
    public var severity: Severity
    public var message: String
    public var location: SourceLocation
    /// What mends it, where that can be said of this very place.
    public var fix: String?

    public init(id: String, severity: Severity, message: String, location: SourceLocation, fix: String? = nil) {
        self.fix = fix
        self.id = id
        self.severity = severity
        self.message = message
        self.location = location
    }
}
