/// What a model says of the rows of a table.
public struct ScoredTable: Sendable {
    /// A row that has no result.
    public struct Failure: Sendable {
        /// The row, counted from 0.
        public let row: Int
        /// Why: with the field and its value.
        public let error: PommelError
    }

    /// The rows.
    public let count: Int
    /// The results' names, in their order.
    public let names: [String]
    /// The results, one for each of ``names``; rows of ``failures`` are missing in all of them.
    public let columns: [Column]
    /// The rows that have no result, in their order.
    public let failures: [Failure]

    /// The results of a name; nil when there are none.
    public subscript(_ name: String) -> Column? { names.firstIndex(of: name).map { columns[$0] } }
}
