internal import CZlib

/// Compresses bytes into one gzip member (RFC 1952), piece by piece.
final class GzipDeflater {
    typealias Sink = (UnsafeRawBufferPointer) throws(PommelError) -> Void

    // zlib keeps a pointer back to the stream, so it must not move.
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private let isReady: Bool
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)

    init() {
        stream.initialize(to: z_stream())
        // 15 bits of window, + 16: with a gzip header.
        isReady = deflateInit2_(
            stream, Self.level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    }

    /// A little quicker than the default, for documents may be large.
    private static let level: Int32 = 4

    deinit {
        if isReady { deflateEnd(stream) }
        stream.deallocate()
        buffer.deallocate()
    }

    func add(_ bytes: UnsafeRawBufferPointer, _ sink: Sink) throws(PommelError) {
        guard let base = bytes.baseAddress else { return }
        var offset = 0
        while offset < bytes.count {
            let count = min(bytes.count - offset, 1 << 30)
            stream.pointee.next_in = UnsafeMutableRawPointer(mutating: base + offset).assumingMemoryBound(to: UInt8.self)
            stream.pointee.avail_in = UInt32(count)
            try drain(Z_NO_FLUSH, sink)
            offset += count
        }
    }

    func finish(_ sink: Sink) throws(PommelError) {
        stream.pointee.avail_in = 0
        try drain(Z_FINISH, sink)
    }

    private func drain(_ flush: Int32, _ sink: Sink) throws(PommelError) {
        guard isReady, let base = buffer.baseAddress else { throw memoryError() }
        repeat {
            stream.pointee.next_out = base.assumingMemoryBound(to: UInt8.self)
            stream.pointee.avail_out = UInt32(buffer.count)
            if deflate(stream, flush) == Z_STREAM_ERROR { throw memoryError() }
            let made = buffer.count - Int(stream.pointee.avail_out)
            if made > 0 { try sink(UnsafeRawBufferPointer(start: base, count: made)) }
        } while stream.pointee.avail_out == 0
    }

    private func memoryError() -> PommelError {
        PommelError(id: "file-write", message: "cannot compress: no memory", place: .init(file: "-"))
    }
}
