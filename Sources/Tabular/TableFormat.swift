/// How rows are written down: delimited text (RFC 4180) or JSON Lines.
public enum TableFormat: Sendable, Equatable {
    /// Cells between delimiters, with a header row; quoted as RFC 4180 says.
    case delimited(by: UInt8)
    /// One JSON object per line.
    case jsonLines

    /// Comma-separated values.
    public static let csv = TableFormat.delimited(by: UInt8(ascii: ","))
    /// Tab-separated values; a cell that holds a tab, quote or line break is quoted as in CSV.
    public static let tsv = TableFormat.delimited(by: UInt8(ascii: "\t"))

    /// The format that a file name ending stands for: `csv`, `tsv`, `tab`, `jsonl`, `ndjson`, `json`; nil for others.
    public init?(pathExtension: String) {
        switch pathExtension.lowercased() {
        case "csv": self = .csv
        case "tsv", "tab": self = .tsv
        case "jsonl", "ndjson", "json": self = .jsonLines
        default: return nil
        }
    }

    /// The format that a path's ending stands for; nil when it has none that is known.
    public init?(path: String) {
        let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        guard let dot = name.lastIndex(of: ".") else { return nil }
        self.init(pathExtension: String(name[name.index(after: dot)...]))
    }
}

/// What a table may use at most; input is not trusted.
public struct TableLimits: Sendable {
    /// Bytes in one record, line breaks inside quotes included.
    public var recordBytes = 1 << 30
    /// Columns of delimited text, or keys of one JSON object.
    public var columns = 1_000_000
    /// Bytes read and handed to a worker at a time.
    public var chunkBytes = 1 << 18
    public init() {}
}
