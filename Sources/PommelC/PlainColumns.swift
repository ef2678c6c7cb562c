import CPommel
import DecimalText
import Evaluation
import Pommel

/// The results of plain columns, as C reads them.
final class PlainResults {
    private let columns: [Column]

    /// Texts have their place in `bytes` by row.
    struct Column {
        var name: UnsafeMutableBufferPointer<CChar>
        var numbers: UnsafeMutableBufferPointer<Double>?
        var bytes: UnsafeMutableBufferPointer<UInt8>?
        var ends: [Int] = []
        var isPresent: [Bool] = []
    }

    init(_ outcome: TableScorer.Outcome) { columns = outcome.columns.map(PlainResults.column) + PlainResults.errors(outcome) }

    deinit {
        for column in columns {
            column.name.deallocate()
            column.numbers?.deallocate()
            column.bytes?.deallocate()
        }
    }

    private static func errors(_ outcome: TableScorer.Outcome) -> [Column] {
        guard let name = outcome.errorColumn else { return [] }
        var text = ByteWriter()
        var column = Column(name: copy(name))
        for row in 0..<outcome.rows {
            if let error = outcome.errors[row] { text.append(error) }
            column.isPresent.append(outcome.errors[row] != nil)
            column.ends.append(text.count)
        }
        column.bytes = copy(text)
        return [column]
    }

    private static func column(_ result: ResultColumn) -> Column {
        var column = Column(name: copy(result.name))
        if result.kind == .number {
            let type = ResultType(result.type)
            let numbers = UnsafeMutableBufferPointer<Double>.allocate(capacity: max(1, result.rows))
            for row in 0..<result.rows {
                let value = result.isPresent[row] != 0 ? result.values.map { type.load($0, row) } : nil
                numbers.initializeElement(at: row, to: value ?? .nan)
            }
            column.numbers = numbers
            return column
        }
        var text = ByteWriter()
        column.isPresent = (0..<result.rows).map { result.isPresent[$0] != 0 }
        for part in result.parts { append(part, result, &text, &column.ends) }
        column.bytes = copy(text)
        return column
    }

    /// Texts as they are, and lists as JSON arrays.
    private static func append(_ part: ResultColumn.Part, _ result: ResultColumn, _ text: inout ByteWriter, _ ends: inout [Int]) {
        guard result.kind == .list else {
            let start = text.count
            part.bytes.withBytes { text.append($0) }
            var end = start
            for length in part.lengths {
                end += length
                ends.append(end)
            }
            return
        }
        var (item, byte) = (0, 0)
        for length in part.lengths {
            var items: [JSON] = []
            for _ in 0..<length {
                if result.type == .string {
                    let count = part.itemLengths[item]
                    items.append(.string(part.bytes.withBytes { String(decoding: $0[byte..<byte + count], as: UTF8.self) }))
                    byte += count
                } else {
                    items.append(JSON(Value(part.items[item], of: result.type)))
                }
                item += 1
            }
            text.append(JSON.array(items).printed())
            ends.append(text.count)
        }
    }

    private static func copy(_ text: borrowing ByteWriter) -> UnsafeMutableBufferPointer<UInt8> {
        let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(1, text.count))
        text.withBytes { _ = copy.initialize(from: $0) }
        return copy
    }

    private static func copy(_ text: String) -> UnsafeMutableBufferPointer<CChar> {
        let bytes = text.utf8CString
        let copy = UnsafeMutableBufferPointer<CChar>.allocate(capacity: bytes.count)
        _ = copy.initialize(from: bytes)
        return copy
    }

    var count: Int { columns.count }

    func column(_ index: Int) -> Column? { columns.indices.contains(index) ? columns[index] : nil }
}

extension ResultType {
    /// A value as a number: days of dates, seconds of times.
    func load(_ values: UnsafeMutableRawPointer, _ row: Int) -> Double {
        switch self {
        case .float64: values.load(fromByteOffset: row * 8, as: Double.self)
        case .float32: Double(values.load(fromByteOffset: row * 4, as: Float.self))
        case .int64: Double(values.load(fromByteOffset: row * 8, as: Int64.self))
        case .boolean: Double(values.load(fromByteOffset: row, as: UInt8.self))
        case .date32: Double(values.load(fromByteOffset: row * 4, as: Int32.self))
        case .time64, .timestamp: Double(values.load(fromByteOffset: row * 8, as: Int64.self)) / 1e6
        case .text: .nan
        }
    }
}

@_cdecl("pommel_score_columns")
public func pommelScoreColumns(
    _ model: OpaquePointer?, _ columns: UnsafeRawPointer?, _ count: Int, _ rows: Int, _ threads: UInt32, _ flags: UInt32,
    _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> OpaquePointer? {
    guard let model = Handle.get(model, as: ModelHandle.self), rows >= 0, count == 0 || columns != nil else {
        ErrorHandle.store(.argument("there is no model, or there are no columns"), in: error)
        return nil
    }
    var bound: [ArrowColumn] = []
    for index in 0..<max(0, count) {
        guard let column = columns?.assumingMemoryBound(to: pommel_column.self)[index], let name = column.name else { continue }
        let isNumbers = column.numbers != nil
        let values = column.numbers.map { UnsafeRawPointer($0) } ?? column.texts.map { UnsafeRawPointer($0) }
        guard values != nil || rows == 0 else {
            ErrorHandle.store(.argument("column \(index) has neither numbers nor texts"), in: error)
            return nil
        }
        bound.append(ArrowColumn(name: String(cString: name), isNumbers ? .float64 : .pointers, values, length: rows))
    }
    do throws(TableScorer.Failure) {
        return Handle.make(PlainResults(try model.score(bound, rows: rows, threads: threads, flags: flags)))
    } catch let failure {
        ErrorHandle.store(failure.error, row: failure.row, in: error)
        return nil
    }
}

@_cdecl("pommel_results_count")
public func pommelResultsCount(_ results: OpaquePointer?) -> Int { Handle.get(results, as: PlainResults.self)?.count ?? 0 }

@_cdecl("pommel_results_name")
public func pommelResultsName(_ results: OpaquePointer?, _ column: Int) -> UnsafePointer<CChar>? {
    (Handle.get(results, as: PlainResults.self)?.column(column)?.name.baseAddress).map { UnsafePointer($0) }
}

@_cdecl("pommel_results_numbers")
public func pommelResultsNumbers(_ results: OpaquePointer?, _ column: Int) -> UnsafePointer<Double>? {
    (Handle.get(results, as: PlainResults.self)?.column(column)?.numbers?.baseAddress).map { UnsafePointer($0) }
}

@_cdecl("pommel_results_text")
public func pommelResultsText(
    _ results: OpaquePointer?, _ column: Int, _ row: Int, _ length: UnsafeMutablePointer<Int>?
) -> UnsafeRawPointer? {
    guard let column = Handle.get(results, as: PlainResults.self)?.column(column), let bytes = column.bytes?.baseAddress,
        column.ends.indices.contains(row), column.isPresent[row]
    else { return nil }
    let start = row == 0 ? 0 : column.ends[row - 1]
    length?.pointee = column.ends[row] - start
    return UnsafeRawPointer(bytes + start)
}

@_cdecl("pommel_results_free")
public func pommelResultsFree(_ results: OpaquePointer?) { Handle.free(results, as: PlainResults.self) }
