/// The ids by which scripts know why a row has no result, each with its meaning. Ids never change their meaning.
///
/// A failure is told only if a result of the row depends on the cell that failed.
public enum RowFailureCatalogue {
    public static let entries: [(id: String, meaning: String)] = [
        ("hidden-continuous-node", "a Bayesian network's continuous node is missing, so that nothing can be inferred from it"),
        ("integer-range", "an integer beyond ±(2⁵³ − 1), which would be rounded"),
        ("invalid-result", "a function has no value for its arguments, and `invalidValueTreatment` is `returnInvalid`"),
        ("invalid-value", "a value is not a valid value of its field, and `invalidValueTreatment` is `returnInvalid`"),
        ("missing-value", "a value is missing, and `missingValueTreatment` is `returnInvalid`"),
        ("normalization-endless", "a recursive text normalization does not come to an end"),
        ("not-a-boolean", "a text or number that should be a boolean is not"),
        ("not-a-date", "a text that should be a date, time or dateTime is not"),
        ("not-a-number", "a text that should be a number is not"),
        ("not-a-value", "a cell is not a value of its field's type"),
        ("regex-limit", "a regular expression takes too many steps on a text"),
        ("text-too-long", "a function makes a text of more than 64 MB, or texts of more than 256 MB for a row"),
    ]

    public static let ids: [String] = entries.map(\.id)
}
