/// One thing that a ``Diagnosis`` says of a model.
public struct Finding: Sendable, Hashable {
    /// How bad it is: an error leaves nothing to score, a warning may surprise, a note is only said.
    public enum Severity: String, Sendable, CaseIterable, Comparable {
        /// The model can be used, and means what it says; it is worth knowing all the same.
        case note
        /// The model can be used; it departs from the standard, or hardly means what its author meant.
        case warning
        /// The model cannot be used.
        case error

        public static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }
        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    /// How bad it is.
    public var severity: Severity
    /// Stable id, for scripts.
    public var id: String
    /// What is found, in words.
    public var message: String
    /// Where in the model's file.
    public var place: PommelError.Place
    /// What mends it; nil where that is not known.
    public var fix: String?

    public init(severity: Severity, id: String, message: String, place: PommelError.Place, fix: String? = nil) {
        self.severity = severity
        self.id = id
        self.message = MessageText.shortened(message)
        self.place = place
        self.fix = fix ?? DiagnosticCatalogue.fix(of: id)
    }
}

extension Finding: CustomStringConvertible {
    /// `file:line:column: severity: message [id]`
    public var description: String { "\(place.text): \(severity.rawValue): \(message) [\(id)]" }
}
