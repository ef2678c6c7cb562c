/// One way in which a document can be wrong: an id that never changes, and a message.
struct ReadProblem {
    let id: ReadErrorID
    let message: String
}

/// The ids of all errors of the reader itself; those of XML are in `XMLError.ID`.
enum ReadErrorID: String, CaseIterable {
    case notPMML = "not-pmml"
    case unsupportedVersion = "unsupported-version"
    case unsupportedElement = "unsupported-element"
    case unsupportedModel = "unsupported-model"
    case unsupportedAttribute = "unsupported-attribute"
    case missingAttribute = "missing-attribute"
    case missingElement = "missing-element"
    case repeatedElement = "repeated-element"
    case badNumber = "bad-number"
    case badInteger = "bad-integer"
    case badBoolean = "bad-boolean"
    case badValue = "bad-value"
    case outOfRange = "out-of-range"
    case badArray = "bad-array"
    case nestingLimit = "nesting-limit"
    case sizeLimit = "size-limit"
    case entityReference = "xml-entity-reference"
}

/// The ids by which scripts know the reader's errors.
public enum ReadErrorCatalogue {
    public static let ids: [String] = ReadErrorID.allCases.map(\.rawValue)
}

extension ReadProblem {
    static func notPMML(root: String) -> ReadProblem {
        ReadProblem(id: .notPMML, message: "the root element is \(quoted(root)), not PMML")
    }
    static func unsupportedVersion(_ version: String) -> ReadProblem {
        ReadProblem(id: .unsupportedVersion, message: "PMML version \(quoted(version)) is not one of 2.0 to 4.4.1")
    }
    static func unsupportedElement(_ element: String, in parent: String) -> ReadProblem {
        ReadProblem(id: .unsupportedElement, message: "element \(quoted(element)) is not supported inside \(parent)")
    }
    static func unsupportedModel(_ element: String) -> ReadProblem {
        ReadProblem(id: .unsupportedModel, message: "models of the kind \(element) are not supported")
    }
    static func unsupportedAttribute(_ found: String, in place: String, because reason: String) -> ReadProblem {
        ReadProblem(id: .unsupportedAttribute, message: "\(place) is \(quoted(found)), which is not supported: \(reason)")
    }
    static func missingAttribute(_ attribute: String, of element: String) -> ReadProblem {
        ReadProblem(id: .missingAttribute, message: "\(element) needs the attribute \(attribute)")
    }
    static func missingElement(_ expected: String, in parent: String) -> ReadProblem {
        ReadProblem(id: .missingElement, message: "\(parent) needs \(expected)")
    }
    static func repeatedElement(_ element: String, in parent: String) -> ReadProblem {
        ReadProblem(id: .repeatedElement, message: "\(parent) has more than one \(element)")
    }
    static func badNumber(_ found: String, in place: String) -> ReadProblem {
        ReadProblem(id: .badNumber, message: "\(place) is \(quoted(found)), which is not a number")
    }
    static func badInteger(_ found: String, in place: String) -> ReadProblem {
        ReadProblem(id: .badInteger, message: "\(place) is \(quoted(found)), which is not an integer")
    }
    static func badBoolean(_ found: String, in place: String) -> ReadProblem {
        ReadProblem(id: .badBoolean, message: "\(place) is \(quoted(found)), which is neither true nor false")
    }
    static func badValue(_ found: String, in place: String, expected: [String]) -> ReadProblem {
        let choice = expected.isEmpty ? "" : "; expected one of \(expected.joined(separator: ", "))"
        return ReadProblem(id: .badValue, message: "\(place) is \(quoted(found))\(choice)")
    }
    static func outOfRange(_ found: String, in place: String, expected: String) -> ReadProblem {
        ReadProblem(id: .outOfRange, message: "\(place) is \(found), but must be \(expected)")
    }
    static func badArray(_ reason: String, of element: String = "array") -> ReadProblem {
        ReadProblem(id: .badArray, message: "the \(element) \(reason)")
    }
    static func nestingLimit(_ limit: Int) -> ReadProblem {
        ReadProblem(id: .nestingLimit, message: "more than \(limit) expressions, predicates or models inside one another")
    }
    static func treeLimit() -> ReadProblem {
        ReadProblem(id: .sizeLimit, message: "the tree has more nodes or text than one tree can hold")
    }
    static func cellLimit(_ limit: Int) -> ReadProblem {
        ReadProblem(id: .sizeLimit, message: "tables, matrices and sparse arrays have more than \(limit) cells that the document only implies")
    }
    static func embeddingLimit() -> ReadProblem {
        ReadProblem(id: .sizeLimit, message: "the model embeds too many models with too many fields")
    }
    static func entityReference(in place: String) -> ReadProblem {
        ReadProblem(id: .entityReference, message: "\(place) holds an entity reference; entities of a document type are never expanded")
    }

    /// Text of the document for a message: in quotes, cut when long, control characters replaced.
    private static func quoted(_ text: String) -> String {
        var shown = ""
        for (index, scalar) in text.unicodeScalars.enumerated() {
            if index == 60 {
                shown += "…"
                break
            }
            shown.unicodeScalars.append(scalar.value < 32 ? "\u{FFFD}" : scalar)
        }
        return "'\(shown)'"
    }
}
