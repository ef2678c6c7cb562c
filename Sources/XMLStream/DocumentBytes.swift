/// The bytes of a document for the parser: decompressed when the source is compressed, and counted against the limit.
final class DocumentBytes {
    private let raw: RawBytes
    private var inflater: GzipInflater?
    private let limits: XMLLimits
    /// Compressed bytes read so far.
    private var stored = 0
    private let room: UnsafeMutableRawBufferPointer
    private var position = 0
    private var filled = 0
    /// Bytes handed out so far.
    private(set) var total = 0
    /// Whether anything but white space was handed out.
    private(set) var hasContent = false

    init(_ source: XMLSource, limits: XMLLimits) throws {
        raw = try RawBytes(source)
        self.limits = limits
        room = .allocate(byteCount: 1 << 18, alignment: 16)
        // Two bytes decide; a pipe may deliver them one at a time.
        while filled < 2 {
            let count = try raw.read(into: UnsafeMutableRawBufferPointer(rebasing: room[filled...]))
            if count == 0 { break }
            filled += count
        }
        stored = filled
        if filled >= 2, room[0] == 0x1F, room[1] == 0x8B { inflater = try GzipInflater() }
    }

    deinit { room.deallocate() }

    /// Fills the front of `target`; 0 at the end of the document.
    func read(into target: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = try inflater.map { try inflate($0, into: target) } ?? copy(into: target)
        total += count
        if total > limits.documentBytes {
            throw XMLError(.documentSizeLimit, "the document is larger than \(limits.documentBytes) bytes")
        }
        if inflater != nil, total > 100_000_000, (total - 100_000_000) / max(1, limits.expansion) > stored {
            throw XMLError(.documentSizeLimit, "the document is more than \(limits.expansion) times as large as its compressed bytes: a bomb is no model")
        }
        if !hasContent { hasContent = target[..<count].contains { $0 != 32 && $0 != 9 && $0 != 10 && $0 != 13 } }
        return count
    }

    private func refill() throws -> Bool {
        position = 0
        filled = try raw.read(into: room)
        stored &+= filled
        return filled > 0
    }

    private func copy(into target: UnsafeMutableRawBufferPointer) throws -> Int {
        if position == filled, try !refill() { return 0 }
        let count = min(target.count, filled - position)
        target.copyMemory(from: UnsafeRawBufferPointer(rebasing: room[position..<position + count]))
        position += count
        return count
    }

    private func inflate(_ inflater: GzipInflater, into target: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            if position == filled, try !refill() {
                if inflater.isBetweenMembers { return 0 }
                throw XMLError(.gzipTruncated, "the gzip data end too early")
            }
            let step = try inflater.inflate(UnsafeRawBufferPointer(rebasing: room[position..<filled]), into: target)
            position += step.consumed
            if step.produced > 0 { return step.produced }
        }
    }
}
