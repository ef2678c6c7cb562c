import Evaluation

extension Model {
    /// Scores the rows of a table that lies in columns.
    ///
    /// A field without a column is missing in every row; columns that the model does not know are ignored. Rows are scored in their order, which
    /// models that remember earlier rows (`Lag`) depend on.
    ///
    /// - Parameters:
    ///   - columns: by the fields' names, all with as many rows.
    ///   - fields: the results, derived fields or inputs to give; nil takes the target and every output.
    /// - Returns: a column for each of the fields, and the rows that have no result.
    /// - Throws: ``PommelError`` with id `column-length` when columns differ in length, and `unknown-field` for a result that the model does not know.
    public func score(columns: [String: Column], fields: [String]? = nil) throws(PommelError) -> ScoredTable {
        let plan = try plan(fields: fields)
        let rows = try Model.rows(of: columns)
        let frame = Frame(plan: plan)
        let needed = plan.readRegisters
        let inputs = schema.inputs.filter { needed.contains($0.register.index) }
        var cells = Cells()
        var results = plan.results.map { ColumnBuilder($0, rows: rows) }
        var failures: [ScoredTable.Failure] = []
        var start = 0
        var most = frame.capacity
        while start < rows {
            frame.begin()
            frame.count = min(most, rows - start)
            for input in inputs { Model.fill(frame, input, columns[input.name], from: start, cells) }
            frame.run()
            if frame.isFull {
                most = frame.count / 2
                continue
            }
            for row in 0..<frame.count where frame.failed[row] != 0 {
                failures.append(.init(row: start + row, error: cells.failure(frame, row: row)))
            }
            for index in results.indices { results[index].append(frame, &cells) }
            start += frame.count
        }
        return ScoredTable(count: rows, names: plan.results.map(\.name), columns: results.map(\.column), failures: failures)
    }

    /// The rows that all columns have.
    private static func rows(of columns: [String: Column]) throws(PommelError) -> Int {
        guard let longest = columns.max(by: { ($0.value.count, $1.key) < ($1.value.count, $0.key) }) else { return 0 }
        if let other = columns.filter({ $0.value.count != longest.value.count }).min(by: { $0.key < $1.key }) {
            throw PommelError(
                id: "column-length",
                message: "the column has \(other.value.count) rows, and column \"\(longest.key)\" has \(longest.value.count)",
                place: .init(file: "table", field: other.key))
        }
        return longest.value.count
    }

    private static func fill(_ frame: Frame, _ input: InputField, _ column: Column?, from start: Int, _ cells: Cells) {
        let register = input.register.index
        let status = frame.status(register)
        guard let column else {
            for row in 0..<frame.count { status[row] = CellStatus.missing }
            return
        }
        guard case .numbers(let numbers) = column, input.register.kind == .number, input.type == .double else {
            for row in 0..<frame.count { cells.fill(frame, input, row: row, column[start + row]) }
            return
        }
        let values = frame.numbers(register)
        for row in 0..<frame.count {
            values[row] = numbers[start + row]
            status[row] = numbers[start + row].isNaN ? CellStatus.missing : 0
        }
    }
}
