/// A variable of a model frame, by the fields that hold it.
struct Variable {
    enum Kind {
        /// Numbers: one field, or the columns of a matrix with what R adds to the name for each.
        case numbers([(suffix: String, field: String)])
        /// `values[i]` of the field stands for `levels[i]`.
        case categorical(Categorical)
    }
    struct Categorical {
        var field: String
        var levels: [String]
        var values: [String]
        var isOrdered: Bool
        var isLogical: Bool
        /// Whether the field may hold a value that stands for no level without the row being refused for it.
        var isOpen: Bool
    }
    /// The variable as R writes it, `log(x)`.
    var name: String
    var kind: Kind

    /// The field of a variable that is one column of numbers; nil for others.
    var numberField: String? {
        if case .numbers(let columns) = kind, columns.count == 1 { return columns[0].field }
        return nil
    }
    var categorical: Categorical? {
        if case .categorical(let found) = kind { return found }
        return nil
    }
}
