internal import CZlib

/// Decompresses gzip data (RFC 1952) of one or several members.
final class GzipFeed: ByteFeed {
    private let input: CompressedInput
    // zlib keeps a pointer back to the stream, so it must not move.
    private let stream: UnsafeMutablePointer<z_stream>
    private var isBetweenMembers = false

    init(_ feed: any ByteFeed) throws(RReadError) {
        input = CompressedInput(feed)
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 15 bits of window, + 16: gzip and nothing else.
        if inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) != Z_OK {
            stream.deallocate()
            throw RReadError(.outOfMemory, "zlib could not start")
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    func read(into room: UnsafeMutableRawBufferPointer) throws(RReadError) -> Int {
        while true {
            let given = try input.available()
            if given.isEmpty {
                if isBetweenMembers { return 0 }
                throw RReadError(.compression, "the gzip data end too early")
            }
            if isBetweenMembers {
                // What follows the last member is padding.
                if given.first != 0x1F { return 0 }
                inflateReset(stream)
                isBetweenMembers = false
            }
            let count = UInt32(clamping: given.count)
            let free = UInt32(clamping: room.count)
            stream.pointee.next_in = given.baseAddress?.assumingMemoryBound(to: UInt8.self)
            stream.pointee.avail_in = count
            stream.pointee.next_out = room.baseAddress?.assumingMemoryBound(to: UInt8.self)
            stream.pointee.avail_out = free
            let status = inflate(stream, Z_NO_FLUSH)
            input.use(Int(count - stream.pointee.avail_in))
            switch status {
            case Z_STREAM_END: isBetweenMembers = true
            case Z_OK, Z_BUF_ERROR: break
            default:
                let reason = stream.pointee.msg.map { String(cString: $0) } ?? "not gzip data"
                throw RReadError(.compression, "the gzip data are damaged: \(reason)")
            }
            let produced = Int(free - stream.pointee.avail_out)
            if produced > 0 { return produced }
        }
    }
}
