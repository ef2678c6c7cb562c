/// What is wrong with a native file: which section, at which element, and what.
public struct FormatError: Error, Sendable {
    /// Stable id of the kind of error.
    public var id: String
    public var message: String
    /// The section's name; `header` and `directory` for those parts.
    public var section: String
    /// Byte offset in the file, or the index of the word in a stream of words.
    public var offset: Int

    public init(id: String, message: String, section: String, offset: Int) {
        self.id = id
        self.message = message
        self.section = section
        self.offset = offset
    }
}
