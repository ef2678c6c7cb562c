import ModelTree

extension InlineTable {
    /// Where each column is, for whoever looks for many of them.
    var columnPlaces: [String: Int] { Dictionary(columns.enumerated().map { ($0.element, $0.offset) }) { first, _ in first } }
}
