/// The ids by which scripts know what is wrong with a table or one of its rows, each with its meaning. Ids never change
/// their meaning. A row may also fail with an id of `RowFailureCatalogue`.
public enum DataErrorCatalogue {
    public static let entries: [(id: String, meaning: String)] = [
        ("append-format", "rows of JSON Lines cannot be kept in delimited output"),
        ("columns-missing", "the table has none of the columns that the model reads"),
        ("encoding", "the table, or a text in it, is not UTF-8"),
        ("file-open", "the table or the output cannot be opened"),
        ("file-read", "the table cannot be read any further"),
        ("file-write", "the output cannot be written"),
        ("header-missing", "delimited data lack the header line"),
        ("not-a-table", "the input is compressed, or a file of another kind"),
        ("pipe-closed", "the reader of the output closed it"),
        ("row-bad-json", "a line is not well-formed JSON"),
        ("row-cell-count", "a row has more or fewer cells than the header"),
        ("row-failed", "the row has no result, and no reason is known"),
        ("row-nested-array", "an array within an array stands where a value should"),
        ("row-nested-object", "an object stands where a value should"),
        ("row-not-an-object", "a line of JSON Lines is not an object"),
        ("row-text-after-quote", "text follows a closing quote"),
        ("row-too-long", "a row is longer than rows may be"),
        ("row-too-many-keys", "an object has more keys than objects may have"),
        ("row-unterminated-quote", "a quoted cell is not closed before the end of the data"),
        ("thread-start", "a thread cannot be started"),
        ("too-many-columns", "the header has more columns than tables may have"),
    ]

    public static let ids: [String] = entries.map(\.id)

    /// Ids of the remarks about a table that do not stop it from being scored.
    public static let warnings: [(id: String, meaning: String)] = [
        ("column-duplicate", "a column is in the header more than once; the first is read"),
        ("column-missing", "the table lacks a column that the model reads; its cells count as missing"),
        ("column-renamed", "a result has the name of a column of the input and is written under another"),
    ]
}
