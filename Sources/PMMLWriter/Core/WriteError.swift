import ModelTree

/// The ids of what can keep a model from being written.
enum WriteErrorID: String, CaseIterable {
    case newerMarkup = "newer-markup"
    case unwritableModel = "unwritable-model"
    case unwritableText = "unwritable-text"

    var meaning: String {
        switch self {
        case .newerMarkup: "the model says something that the version asked for cannot say"
        case .unwritableText: "a text holds a character that XML cannot hold, or an array cannot"
        case .unwritableModel: "the model has a part that no element of PMML can hold"
        }
    }
}

/// The ids by which scripts know the writer's errors.
public enum WriteErrorCatalogue {
    public static let entries: [(id: String, meaning: String)] = WriteErrorID.allCases.map { ($0.rawValue, $0.meaning) }
}

/// Why a document cannot be written in a version: everything that stands in the way, in the order of the document.
public struct PMMLWriteError: Error, Sendable {
    public var problems: [Diagnostic]
}
