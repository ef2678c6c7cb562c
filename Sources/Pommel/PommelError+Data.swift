import Tabular

extension PommelError {
    /// An error of a table, or of one of its rows.
    ///
    /// - Parameter file: the table as the caller named it.
    public init(_ error: DataError, file: String) {
        self.init(
            id: error.id, message: error.message,
            place: Place(file: file, line: error.line > 0 ? error.line : nil, field: error.field, value: error.value))
    }
}

extension ModelWarning {
    /// A remark about a table.
    public init(_ warning: DataError, file: String) {
        let field = warning.field.map { "field \"\($0)\": " } ?? ""
        self.init(
            id: warning.id, message: field + warning.message,
            place: PommelError.Place(file: file, line: warning.line > 0 ? warning.line : nil, field: warning.field))
    }
}
