internal import CZlib

/// Decompresses gzip data (RFC 1952) of one or several members, piece by piece.
final class GzipInflater {
    // zlib keeps a pointer back to the stream, so it must not move.
    private let stream: UnsafeMutablePointer<z_stream>
    /// True where the data may end: after a complete member.
    private(set) var isBetweenMembers = false

    init() throws {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 15 bits of window, + 16: gzip and nothing else.
        let status = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        if status != Z_OK {
            stream.deallocate()
            throw XMLError(.outOfMemory, "zlib could not start")
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    func inflate(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws -> (consumed: Int, produced: Int) {
        guard let first = input.first, let inputStart = input.baseAddress, let outputStart = output.baseAddress else { return (0, 0) }
        if isBetweenMembers {
            // Zeros pad an archive to a block's length; they end it. Anything else must be a further member.
            if first == 0 { return (input.count, 0) }
            if inflateReset(stream) != Z_OK { throw damaged() }
            isBetweenMembers = false
        }
        let room = UInt32(clamping: output.count)
        let given = UInt32(clamping: input.count)
        stream.pointee.next_in = UnsafeMutablePointer(mutating: inputStart.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = given
        stream.pointee.next_out = outputStart.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = room
        let status = CZlib.inflate(stream, Z_NO_FLUSH)
        switch status {
        case Z_STREAM_END: isBetweenMembers = true
        case Z_OK, Z_BUF_ERROR: break
        default: throw damaged()
        }
        return (Int(given - stream.pointee.avail_in), Int(room - stream.pointee.avail_out))
    }

    private func damaged() -> XMLError {
        let reason = stream.pointee.msg.map { String(cString: $0) } ?? "not gzip data"
        return XMLError(.gzipDamaged, "the gzip data are damaged: \(reason)")
    }
}

/// What the first bytes of a gzip file hold, as far as these can be decompressed: at most 512 bytes of it.
///
/// - Parameter head: the first bytes of a file.
/// - Returns: nil where they are not those of a gzip file.
package func decompressedHead(_ head: [UInt8]) -> [UInt8]? {
    guard head.starts(with: [0x1F, 0x8B]), let inflater = try? GzipInflater() else { return nil }
    var content = [UInt8](repeating: 0, count: 512)
    let produced = try? content.withUnsafeMutableBytes { content in try head.withUnsafeBytes { try inflater.inflate($0, into: content).produced } }
    return Array(content.prefix(produced ?? 0))
}
