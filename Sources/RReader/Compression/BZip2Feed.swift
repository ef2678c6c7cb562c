internal import CBZip2

/// Decompresses bzip2 data.
final class BZip2Feed: ByteFeed {
    private let input: CompressedInput
    private let stream: UnsafeMutablePointer<bz_stream>
    /// Several streams one after the other are one file, as R reads it: parallel compressors write one for each piece.
    private var isBetweenStreams = false

    init(_ feed: any ByteFeed) throws(RReadError) {
        input = CompressedInput(feed)
        stream = .allocate(capacity: 1)
        stream.initialize(to: bz_stream())
        if BZ2_bzDecompressInit(stream, 0, 0) != BZ_OK {
            stream.deallocate()
            throw RReadError(.outOfMemory, "libbz2 could not start")
        }
    }

    deinit {
        BZ2_bzDecompressEnd(stream)
        stream.deallocate()
    }

    func read(into room: UnsafeMutableRawBufferPointer) throws(RReadError) -> Int {
        while true {
            let given = try input.available()
            if given.isEmpty {
                if isBetweenStreams { return 0 }
                throw RReadError(.compression, "the bzip2 data end too early")
            }
            if isBetweenStreams {
                // What follows the last stream is padding.
                if given.first != UInt8(ascii: "B") { return 0 }
                BZ2_bzDecompressEnd(stream)
                stream.pointee = bz_stream()
                if BZ2_bzDecompressInit(stream, 0, 0) != BZ_OK { throw RReadError(.outOfMemory, "libbz2 could not start") }
                isBetweenStreams = false
            }
            let count = UInt32(clamping: given.count)
            let free = UInt32(clamping: room.count)
            stream.pointee.next_in = given.baseAddress?.assumingMemoryBound(to: CChar.self)
            stream.pointee.avail_in = count
            stream.pointee.next_out = room.baseAddress?.assumingMemoryBound(to: CChar.self)
            stream.pointee.avail_out = free
            let status = BZ2_bzDecompress(stream)
            input.use(Int(count - stream.pointee.avail_in))
            switch status {
            case BZ_OK: break
            case BZ_STREAM_END: isBetweenStreams = true
            case BZ_MEM_ERROR: throw RReadError(.outOfMemory, "libbz2 got no memory")
            default: throw RReadError(.compression, "the bzip2 data are damaged")
            }
            let produced = Int(free - stream.pointee.avail_out)
            if produced > 0 { return produced }
        }
    }
}
