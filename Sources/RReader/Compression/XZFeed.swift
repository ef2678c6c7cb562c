internal import CLZMA

/// Decompresses xz data.
final class XZFeed: ByteFeed {
    private let input: CompressedInput
    private let stream: UnsafeMutablePointer<lzma_stream>
    /// Several streams one after the other are one file, as R reads it: parallel compressors write one for each piece.
    private var isBetweenStreams = false
    /// What a decompressor may use; R's strongest setting needs 65 MB.
    private static let memory: UInt64 = 1 << 30

    init(_ feed: any ByteFeed) throws(RReadError) {
        input = CompressedInput(feed)
        stream = .allocate(capacity: 1)
        stream.initialize(to: lzma_stream())
        if lzma_stream_decoder(stream, XZFeed.memory, 0) != LZMA_OK {
            stream.deallocate()
            throw RReadError(.outOfMemory, "liblzma could not start")
        }
    }

    deinit {
        lzma_end(stream)
        stream.deallocate()
    }

    func read(into room: UnsafeMutableRawBufferPointer) throws(RReadError) -> Int {
        while true {
            let given = try input.available()
            if isBetweenStreams {
                // What follows the last stream is padding.
                if given.first != 0xFD { return 0 }
                if lzma_stream_decoder(stream, XZFeed.memory, 0) != LZMA_OK { throw RReadError(.outOfMemory, "liblzma could not start") }
                isBetweenStreams = false
            }
            stream.pointee.next_in = UnsafePointer(given.baseAddress?.assumingMemoryBound(to: UInt8.self))
            stream.pointee.avail_in = given.count
            stream.pointee.next_out = room.baseAddress?.assumingMemoryBound(to: UInt8.self)
            stream.pointee.avail_out = room.count
            let status = lzma_code(stream, given.isEmpty ? LZMA_FINISH : LZMA_RUN)
            input.use(given.count - stream.pointee.avail_in)
            switch status {
            case LZMA_OK: break
            case LZMA_STREAM_END: isBetweenStreams = true
            case LZMA_BUF_ERROR: throw RReadError(.compression, "the xz data end too early")
            case LZMA_MEM_ERROR, LZMA_MEMLIMIT_ERROR: throw RReadError(.outOfMemory, "the xz data need more memory than they may have")
            default: throw RReadError(.compression, "the xz data are damaged")
            }
            let produced = room.count - stream.pointee.avail_out
            if produced > 0 { return produced }
            if given.isEmpty, !isBetweenStreams { throw RReadError(.compression, "the xz data end too early") }
        }
    }
}
