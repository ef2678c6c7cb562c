/// What is wrong with a table, or with one of its rows.
public struct DataError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Stable id of the kind of error.
    public var id: String
    public var message: String
    /// The physical line on which the row starts, from 1; 0 when the error is not about a line.
    public var line: Int
    /// The field or column concerned.
    public var field: String?
    /// The offending text, cut short when long.
    public var value: String?

    public init(id: String, message: String, line: Int = 0, field: String? = nil, value: String? = nil) {
        self.id = id
        self.message = message
        self.line = line
        self.field = field
        self.value = value
    }

    public var description: String {
        var text = line > 0 ? "line \(line): " : ""
        if let field { text += "\(field): " }
        text += message
        if let value { text += " '\(value)'" }
        return text + " [\(id)]"
    }

    /// Text for a message: at most 80 characters' worth of bytes.
    static func excerpt(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        let shown = String(decoding: bytes.prefix(80), as: UTF8.self)
        return bytes.count > 80 ? shown + "…" : shown
    }
}

/// What can be wrong with the form of one row.
enum RowProblem: UInt8 {
    case none = 0
    case cellCount, unterminatedQuote, textAfterQuote
    case notAnObject, badJSON, nestedObject, nestedArray, tooManyKeys

    var id: String {
        switch self {
        case .none: ""
        case .cellCount: "row-cell-count"
        case .unterminatedQuote: "row-unterminated-quote"
        case .textAfterQuote: "row-text-after-quote"
        case .notAnObject: "row-not-an-object"
        case .badJSON: "row-bad-json"
        case .nestedObject: "row-nested-object"
        case .nestedArray: "row-nested-array"
        case .tooManyKeys: "row-too-many-keys"
        }
    }

    func message(found: Int, expected: Int) -> String {
        switch self {
        case .none: ""
        case .cellCount: "the row has \(found) cells where the header has \(expected)"
            + (found > expected ? "; a text with a delimiter in it stands in double quotes" : "; write every cell, even an empty one")
        case .unterminatedQuote: "a quoted cell is not closed before the end of the data; a quote inside of it is written twice"
        case .textAfterQuote: "text follows a closing quote; a quote inside a quoted cell is written twice"
        case .notAnObject: "the line is not a JSON object; JSON Lines has one object on each line"
        case .badJSON: "the line is not well-formed JSON (byte \(found) of the line); names and texts stand in double quotes, each object on one line"
        case .nestedObject: "an object cannot be a field's value (byte \(found) of the line)"
        case .nestedArray: "an array inside an array cannot be a field's value (byte \(found) of the line)"
        case .tooManyKeys: "the object has more than \(expected) keys"
        }
    }
}
