import XMLStream

/// Why a document was refused, and where.
public struct PMMLReadError: Error, Sendable, CustomStringConvertible {
    /// Stable name of the kind of error, for scripts: one of ``ReadErrorCatalogue/ids`` or of ``XMLError/ID``.
    public var id: String
    public var message: String
    /// The file's name as it was given.
    public var file: String
    /// Line and column, counted from 1; 0 when the error has no place in the text.
    public var line: Int
    public var column: Int
    /// The element's path, `/PMML/TreeModel/Node`; empty when the error lies outside all elements.
    public var path: String

    public init(id: String, message: String, file: String, line: Int, column: Int, path: String) {
        self.id = id
        self.message = message
        self.file = file
        self.line = line
        self.column = column
        self.path = path
    }

    /// `file:line:column: error: message [id]`
    public var description: String {
        let place = line > 0 ? "\(file):\(line):\(column)" : file
        let within = path.isEmpty ? "" : " (in \(path))"
        return "\(place): error: \(message)\(within) [\(id)]"
    }
}
