import Evaluation
import Pommel
import Tabular

/// Scores a table with two models, row by row, and tells how far their results lie apart.
struct ConversionCheck {
    /// What was found of one result.
    struct Column {
        var name: String
        /// Rows in which the results are not the same to the last bit.
        var differing = 0
        /// The largest difference of two numbers.
        var largest = 0.0
        /// Whether the converted model gives the result at all.
        var isThere: Bool

        var line: String {
            if !isThere { return "\(name): the converted model does not give it" }
            if differing == 0 { return "\(name): 0" }
            return "\(name): \(NumberPrinting.text(largest)) (\(differing) \(differing == 1 ? "row differs" : "rows differ"))"
        }
    }

    private(set) var columns: [Column]
    private(set) var rows = 0

    var differs: Bool { columns.contains { $0.differing > 0 || !$0.isThere } }

    /// Rows that have no result with the original model.
    private(set) var failedRows = 0

    /// The report: the largest difference of each result.
    var lines: [String] {
        let failed = failedRows == 0 ? "" : ", \(failedRows) without a result"
        return columns.map(\.line) + ["\(rows) \(rows == 1 ? "row" : "rows") compared\(failed)" + (differs ? "" : ": no difference")]
    }

    static func compare(
        _ original: Model, _ converted: Model, table: String, _ missing: MissingTokens
    ) throws(CommandFailure) -> ConversionCheck {
        let known = Set(converted.schema.results.map(\.name) + converted.schema.inputs.map(\.name))
        let (names, left, right) = try reading { () throws(PommelError) in
            let names = try original.plan().results.map(\.name)
            let wanted = names.filter(known.contains)
            return (names, try original.plan(fields: wanted), try converted.plan(fields: wanted))
        }
        var check = ConversionCheck(columns: names.map { Column(name: $0, isThere: known.contains($0)) })
        // Both take as many rows at a time.
        let capacity = min(Frame(plan: left).capacity, Frame(plan: right).capacity)
        try reading(table) { () throws(DataError) in
            let one = try bound(left, table, missing, capacity)
            let other = try bound(right, table, missing, capacity)
            while true {
                let count = try one.fill()
                guard try other.fill() == count, count > 0 else { break }
                check.rows += count
                run(one)
                run(other)
                check.failedRows += (0..<count).count { one.frame.failed[$0] != 0 }
                check.add(one.frame, left.results, other.frame, right.results)
            }
        }
        return check
    }

    private static func bound(_ plan: Plan, _ table: String, _ missing: MissingTokens, _ capacity: Int) throws(DataError) -> BoundReader {
        let reader = try TableReader(try ByteSource(path: table), format: TableFormat(path: table) ?? .csv, missing: missing)
        return reader.rows(try reader.matching(plan), into: Frame(plan: plan, capacity: capacity))
    }

    private static func run(_ rows: BoundReader) {
        rows.frame.run()
        for problem in rows.problems { rows.frame.failed[problem.row] = 1 }
    }

    private mutating func add(_ one: Frame, _ left: [ResultField], _ other: Frame, _ right: [ResultField]) {
        var pair = 0
        for index in columns.indices where columns[index].isThere {
            let (a, b) = (left[pair], right[pair])
            pair += 1
            for row in 0..<one.count {
                let first = Cell(one, a, row)
                let second = Cell(other, b, row)
                if first == second { continue }
                columns[index].differing += 1
                if case .number(let x) = first, case .number(let y) = second {
                    let (x, y) = (Double(bitPattern: x), Double(bitPattern: y))
                    columns[index].largest = max(columns[index].largest, (x - y).magnitude)
                } else {
                    columns[index].largest = .infinity
                }
            }
        }
    }

    /// The result of one row.
    private enum Cell: Equatable {
        case failed, missing
        /// The bits of a number.
        case number(UInt64)
        case text([UInt8])
        case list([Cell])

        init(_ frame: Frame, _ field: ResultField, _ row: Int) {
            let register = field.register.index
            if frame.failed[row] != 0 {
                self = .failed
            } else if frame.status(register)[row] & CellStatus.missing != 0 {
                self = .missing
            } else {
                switch field.register.kind {
                case .number: self = .number(frame.numbers(register)[row].bitPattern)
                case .text: self = .text(Array(frame.text(frame.codes(register)[row])))
                case .list:
                    self = .list(frame.list(frame.codes(register)[row]).map { item in
                        guard field.elementType == .string, let code = Int32(exactly: item) else { return .number(item.bitPattern) }
                        return .text(Array(frame.text(code)))
                    })
                }
            }
        }
    }
}
