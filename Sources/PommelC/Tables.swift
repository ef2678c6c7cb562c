import CPommel
import Evaluation
import Pommel

extension ModelHandle {
    /// Scores one chunk.
    ///
    /// - Parameters:
    ///   - scorer: nil lends one that is not in use.
    ///   - flags: as the header has them.
    func score(
        _ schema: ArrowSchema, _ array: ArrowArray, threads: UInt32, flags: UInt32, with scorer: TableScorer? = nil
    ) throws(TableScorer.Failure) -> ExportedColumn {
        let columns = try translating { () throws(ArrowError) in try ArrowColumn.children(schema, array, named: needed) }
        let outcome = try score(columns, rows: Int(array.length), threads: threads, flags: flags, with: scorer)
        return try translating { () throws(ArrowError) in try outcome.exported() }
    }

    /// Scores columns of the same length each.
    func score(
        _ columns: [ArrowColumn], rows: Int, threads: UInt32, flags: UInt32, with scorer: TableScorer? = nil
    ) throws(TableScorer.Failure) -> TableScorer.Outcome {
        // What a model remembers of earlier rows ends with the table, so its memory is never used again.
        let isLent = scorer == nil && !plan.program.schema.isStateful
        let scorer = scorer ?? (isLent ? tables.take() : nil) ?? TableScorer(plan)
        defer { if isLent { tables.give(scorer) } }
        return try scorer.score(columns, rows: rows, request(threads, flags))
    }

    /// The results' types, without data.
    func resultTypes(flags: UInt32) -> ExportedColumn {
        var table = ExportedColumn(name: "", format: "+s", children: plan.results.map(ResultColumn.type))
        if let errorColumn = errorColumn(flags) { table.children.append(ExportedColumn(name: errorColumn, format: "u")) }
        return table
    }

    /// The name of the column of errors; nil if none is asked for.
    private func errorColumn(_ flags: UInt32) -> String? {
        guard flags & UInt32(POMMEL_ERROR_COLUMN) != 0 else { return nil }
        var name = "error"
        while plan.results.contains(where: { $0.name == name }) { name += "_" }
        return name
    }

    private func request(_ threads: UInt32, _ flags: UInt32) -> TableScorer.Request {
        let errorColumn = errorColumn(flags)
        return TableScorer.Request(
            threads: Int(threads), keepsFailedRows: errorColumn != nil || flags & UInt32(POMMEL_KEEP_FAILED_ROWS) != 0, errorColumn: errorColumn)
    }

    private func translating<Result>(_ body: () throws(ArrowError) -> Result) throws(TableScorer.Failure) -> Result {
        do throws(ArrowError) {
            return try body()
        } catch {
            throw TableScorer.Failure(
                error: PommelError(id: error.id, message: error.message, place: .init(file: "table", field: error.field)), row: nil)
        }
    }
}

extension ArrowColumn {
    /// The columns of a table that are needed; others may be of any type.
    static func children(_ schema: ArrowSchema, _ array: ArrowArray, named names: Set<String>) throws(ArrowError) -> [ArrowColumn] {
        guard schema.format.map({ String(cString: $0) }) == "+s", schema.n_children == array.n_children, array.offset >= 0, array.length >= 0 else {
            throw ArrowError(id: "arrow-table", message: "a table is given as a struct array, with a child for each column")
        }
        var columns: [ArrowColumn] = []
        for index in 0..<Int(schema.n_children) {
            guard let type = schema.children?[index]?.pointee, let child = array.children?[index]?.pointee else {
                throw ArrowError(id: "arrow-table", message: "a column of the table is NULL")
            }
            guard let name = type.name, names.contains(String(cString: name)) else { continue }
            columns.append(try ArrowColumn(type, child, offset: Int(array.offset), length: Int(array.length)))
        }
        return columns
    }
}

@_cdecl("pommel_score_arrow")
public func pommelScoreArrow(
    _ model: OpaquePointer?, _ schema: UnsafeRawPointer?, _ array: UnsafeRawPointer?, _ threads: UInt32, _ flags: UInt32,
    _ schemaOut: UnsafeMutableRawPointer?, _ arrayOut: UnsafeMutableRawPointer?, _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
    guard let model = Handle.get(model, as: ModelHandle.self), let schema, let array, let schemaOut, let arrayOut else {
        ErrorHandle.store(.argument("a pointer is NULL"), in: error)
        return -1
    }
    do throws(TableScorer.Failure) {
        let table = try model.score(
            schema.assumingMemoryBound(to: ArrowSchema.self).pointee, array.assumingMemoryBound(to: ArrowArray.self).pointee, threads: threads,
            flags: flags)
        schemaOut.assumingMemoryBound(to: ArrowSchema.self).initialize(to: table.schema(isNullable: false))
        arrayOut.assumingMemoryBound(to: ArrowArray.self).initialize(to: table.array())
        return 0
    } catch let failure {
        ErrorHandle.store(failure.error, row: failure.row, in: error)
        return -1
    }
}

@_cdecl("pommel_arrow_schema")
public func pommelArrowSchema(_ model: OpaquePointer?, _ flags: UInt32, _ schemaOut: UnsafeMutableRawPointer?) -> Int32 {
    guard let model = Handle.get(model, as: ModelHandle.self), let schemaOut else { return -1 }
    schemaOut.assumingMemoryBound(to: ArrowSchema.self).initialize(to: model.resultTypes(flags: flags).schema(isNullable: false))
    return 0
}
