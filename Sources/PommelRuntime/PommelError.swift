/// The one error of this library: what is wrong, under a stable id, and where.
///
/// Its text is what the command prints: `model.pmml:12:5: error: TreeModel needs a Node [missing-element]` for a model, and
/// `data.csv:7: field "age" = "abc": not a number [not-a-number]` for a row of data.
public struct PommelError: Error, Sendable, Hashable {
    /// Stable id of the kind of error, for scripts.
    public var id: String
    /// What is wrong, in words.
    public var message: String
    /// Where it is wrong.
    public var place: Place

    /// Where something is wrong; what is not known, or means nothing for the source, is nil.
    public struct Place: Sendable, Hashable {
        /// The file as it was named by the caller; `-` is standard input.
        public var file: String
        /// Line in the text, counted from 1.
        public var line: Int?
        /// Column in the text, counted from 1.
        public var column: Int?
        /// The element's path in the document, `/PMML/TreeModel/Node`, or the component's in an object of R's, `fit$forest`.
        public var path: String?
        /// The section of a native file.
        public var section: String?
        /// The byte, or the word of a stream of words, in the section of a native file; the byte of a saved object, decompressed.
        public var offset: Int?
        /// The field of a row of data, or of a record.
        public var field: String?
        /// The field's value as the data has it.
        public var value: String?

        public init(
            file: String, line: Int? = nil, column: Int? = nil, path: String? = nil, section: String? = nil, offset: Int? = nil,
            field: String? = nil, value: String? = nil
        ) {
            self.file = file
            self.line = line
            self.column = column
            self.path = path
            self.section = section
            self.offset = offset
            self.field = field
            self.value = value
        }

        /// `file:line:column`, `file: section "x", offset n`, or `file: byte n`, as far as it is known.
        public var text: String {
            var text = file.isEmpty ? "''" : file
            if let line {
                text += ":\(line)"
                if let column { text += ":\(column)" }
            }
            if section == nil, let offset { text += ": byte \(offset)" }
            if let section { text += ": section \"\(section)\", offset \(offset ?? 0)" }
            return text
        }
    }

    /// - Parameter message: what happened; of a very long one the middle is left out.
    public init(id: String, message: String, place: Place) {
        self.id = id
        self.message = MessageText.shortened(message)
        self.place = place
    }
}

extension PommelError: CustomStringConvertible {
    public var description: String {
        guard let field = place.field else { return "\(place.text): error: \(message) [\(id)]" }
        let value = place.value.map { " = \"\($0)\"" } ?? ""
        return "\(place.text): field \"\(field)\"\(value): \(message) [\(id)]"
    }
}

/// A remark about a model that does not stop it from being used.
public struct ModelWarning: Sendable, Hashable, CustomStringConvertible {
    /// Stable id of the kind of remark, for scripts.
    public var id: String
    /// What it remarks, in words.
    public var message: String
    /// Where in the model's file.
    public var place: PommelError.Place

    public init(id: String, message: String, place: PommelError.Place) {
        self.id = id
        self.message = MessageText.shortened(message)
        self.place = place
    }

    public var description: String { "\(place.text): warning: \(message) [\(id)]" }
}
