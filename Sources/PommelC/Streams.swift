#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import CPommel
import Pommel

/// A stream of results: each chunk is scored when it is asked for.
final class ResultStream {
    private let model: ModelHandle
    private let threads: UInt32
    private let flags: UInt32
    private let scorer: TableScorer
    /// Ours until we release it.
    private var source: ArrowArrayStream
    private var schema = ArrowSchema()
    /// Rows of the chunks before.
    private var rows = 0
    private(set) var lastError: ErrorHandle?

    /// Takes over `source`.
    init(_ model: ModelHandle, _ source: ArrowArrayStream, threads: UInt32, flags: UInt32) {
        self.model = model
        self.source = source
        self.threads = threads
        self.flags = flags
        scorer = TableScorer(model.plan)
    }

    deinit {
        schema.release?(&schema)
        source.release?(&source)
    }

    /// The types of the chunks to come.
    func resultSchema() -> ArrowSchema { model.resultTypes(flags: flags).schema(isNullable: false) }

    /// The next chunk, or a released array at the end; nil when it failed.
    func next() -> ArrowArray? {
        guard readSchema() else { return nil }
        var chunk = ArrowArray()
        let code = source.get_next?(&source, &chunk) ?? EINVAL
        guard code == 0 else {
            note(sourceError(code), row: nil)
            return nil
        }
        guard chunk.release != nil else { return ArrowArray() }
        defer { chunk.release?(&chunk) }
        do throws(TableScorer.Failure) {
            let table = try model.score(schema, chunk, threads: threads, flags: flags, with: scorer)
            rows += Int(chunk.length)
            return table.array()
        } catch {
            note(error.error, row: error.row.map { $0 + rows })
            return nil
        }
    }

    private func readSchema() -> Bool {
        if schema.release != nil { return true }
        let code = source.get_schema?(&source, &schema) ?? EINVAL
        if code != 0 { note(sourceError(code), row: nil) }
        return code == 0
    }

    private func note(_ error: PommelError, row: Int?) { lastError = ErrorHandle(error, row: row) }

    private func sourceError(_ code: Int32) -> PommelError {
        let text = source.get_last_error?(&source).map { String(cString: $0) } ?? String(cString: strerror(code))
        return PommelError(id: "arrow-stream", message: "the stream of the table failed: \(text)", place: .init(file: "table"))
    }

    static func get(_ stream: UnsafeMutablePointer<ArrowArrayStream>?) -> ResultStream? {
        guard let data = stream?.pointee.private_data, stream?.pointee.release != nil else { return nil }
        return Unmanaged<ResultStream>.fromOpaque(data).takeUnretainedValue()
    }

    /// The stream as Arrow's structure, which owns it.
    func exported() -> ArrowArrayStream {
        var stream = ArrowArrayStream()
        stream.private_data = Unmanaged.passRetained(self).toOpaque()
        stream.get_schema = { stream, out in
            guard let own = ResultStream.get(stream), let out else { return EINVAL }
            out.initialize(to: own.resultSchema())
            return 0
        }
        stream.get_next = { stream, out in
            guard let own = ResultStream.get(stream), let out, let chunk = own.next() else { return EINVAL }
            out.initialize(to: chunk)
            return 0
        }
        stream.get_last_error = { stream in ResultStream.get(stream)?.lastError?.text(.description) }
        stream.release = { stream in
            guard let stream, stream.pointee.release != nil, let data = stream.pointee.private_data else { return }
            stream.pointee.release = nil
            Unmanaged<ResultStream>.fromOpaque(data).release()
        }
        return stream
    }
}

@_cdecl("pommel_score_stream")
public func pommelScoreStream(
    _ model: OpaquePointer?, _ source: UnsafeMutableRawPointer?, _ threads: UInt32, _ flags: UInt32, _ target: UnsafeMutableRawPointer?,
    _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
    guard let model = Handle.get(model, as: ModelHandle.self), let source, let target else {
        ErrorHandle.store(.argument("a pointer is NULL"), in: error)
        return -1
    }
    let stream = source.assumingMemoryBound(to: ArrowArrayStream.self)
    guard stream.pointee.release != nil else {
        ErrorHandle.store(.argument("the stream has been released"), in: error)
        return -1
    }
    let results = ResultStream(model, stream.pointee, threads: threads, flags: flags)
    stream.pointee.release = nil
    target.assumingMemoryBound(to: ArrowArrayStream.self).initialize(to: results.exported())
    return 0
}

@_cdecl("pommel_stream_error")
public func pommelStreamError(_ stream: UnsafeMutableRawPointer?) -> OpaquePointer? {
    ResultStream.get(stream?.assumingMemoryBound(to: ArrowArrayStream.self))?.lastError.map { Handle.make($0) }
}
