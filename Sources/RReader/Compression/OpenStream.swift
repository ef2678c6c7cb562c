/// How large a saved object may be. The defaults let every real model through and bound what a hostile file can cost.
public struct RLimits: Sendable {
    /// Bytes after decompression.
    public var bytes = 16_000_000_000
    /// Bytes after decompression for each byte that is stored, above the first 100 million: a bomb is no model.
    public var expansion = 400
    /// Objects inside one another.
    public var depth = 4_096

    public init() {}

    func bytes(stored: Int?) -> Int {
        guard let stored else { return bytes }
        return min(bytes, 100_000_000 + expansion * stored)
    }
}

/// The compressions that R's `save` and `saveRDS` know.
enum Compression {
    case none, gzip, bzip2, xz

    init(head: some Collection<UInt8>) {
        if head.starts(with: [0x1F, 0x8B]) {
            self = .gzip
        } else if head.starts(with: Array("BZh".utf8)) {
            self = .bzip2
        } else if head.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) {
            self = .xz
        } else {
            self = .none
        }
    }
}

extension ByteStream {
    /// The decompressed bytes of a feed, whatever it is compressed with.
    static func open(_ feed: any ByteFeed, storedSize: Int?, _ limits: RLimits) throws(RReadError) -> ByteStream {
        let peeked = try PeekedFeed(feed, peeking: 6)
        let compression = Compression(head: peeked.head)
        let content: any ByteFeed =
            switch compression {
            case .none: peeked
            case .gzip: try GzipFeed(peeked)
            case .bzip2: try BZip2Feed(peeked)
            case .xz: try XZFeed(peeked)
            }
        return ByteStream(content, storedSize: storedSize, isCompressed: compression != .none, limit: limits.bytes(stored: storedSize))
    }
}
