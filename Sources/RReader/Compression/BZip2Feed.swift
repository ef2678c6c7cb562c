internal import CBZip2

/// Decompresses bzip2 data.
final class BZip2Feed: ByteFeed {
    private let input: CompressedInput
    private let stream: UnsafeMutablePointer<bz_stream>
    private var isFinished = false

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
        while !isFinished {
            let given = try input.available()
            if given.isEmpty { throw RReadError(.compression, "the bzip2 data end too early") }
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
            case BZ_STREAM_END: isFinished = true
            case BZ_MEM_ERROR: throw RReadError(.outOfMemory, "libbz2 got no memory")
            default: throw RReadError(.compression, "the bzip2 data are damaged")
            }
            let produced = Int(free - stream.pointee.avail_out)
            if produced > 0 { return produced }
        }
        return 0
    }
}
