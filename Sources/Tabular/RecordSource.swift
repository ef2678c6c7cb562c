#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Cuts a stream of bytes into chunks of whole records, so that workers can take them apart at the same time.
///
/// A record ends at a line break outside quotes. A quote opens a cell only at its start, as RFC 4180 has it; anywhere else it is
/// text. JSON Lines has no line breaks inside a record.
final class RecordSource {
    private let source: ByteSource
    private let delimiter: UInt8
    private let hasQuotes: Bool
    private let limits: TableLimits
    /// Bytes after the last whole record of the chunk before.
    private var carry: [UInt8] = []
    private var line = 1
    private var isFirst = true
    private var isAtEnd = false
    /// Bytes to gather for the next chunk. The first ones are small, so that every worker soon has one.
    private var goal: Int

    init(_ source: ByteSource, format: TableFormat, limits: TableLimits) {
        self.source = source
        var limits = limits
        // Cells count their bytes in 32 bits.
        limits.recordBytes = min(max(limits.recordBytes, 4), Int(Int32.max))
        limits.chunkBytes = min(max(limits.chunkBytes, 4), limits.recordBytes)
        self.limits = limits
        goal = min(limits.chunkBytes, 1 << 15)
        switch format {
        case .delimited(let delimiter):
            self.delimiter = delimiter
            hasQuotes = true
        case .jsonLines:
            delimiter = 0
            hasQuotes = false
        }
    }

    /// Whether all of the data has been given out.
    var isExhausted: Bool { isAtEnd && carry.isEmpty }

    /// Fills a chunk with the next records; false at the end of the data.
    func next(_ chunk: Chunk) throws(DataError) -> Bool {
        chunk.count = 0
        chunk.start = 0
        chunk.line = line
        // Room at least for what tells the kinds of files apart.
        var limit = max(goal, carry.count, OtherKind.headBytes)
        goal = min(goal * 2, limits.chunkBytes)
        chunk.reserve(limit)
        carry.withUnsafeBufferPointer { bytes in
            if let base = bytes.baseAddress { chunk.base.update(from: base, count: bytes.count) }
        }
        chunk.count = carry.count
        carry.removeAll(keepingCapacity: true)
        if isFirst {
            isFirst = false
            try skipByteOrderMark(chunk, limit)
        }

        var scanner = BoundaryScanner(delimiter: delimiter, hasQuotes: hasQuotes)
        scanner.scan(chunk.base, to: chunk.count)
        while !isAtEnd {
            if scanner.boundary > 0 && (chunk.count >= limit || !source.hasMoreAtHand()) { break }
            if chunk.count >= limit {
                if limit >= limits.recordBytes {
                    throw DataError(
                        id: scanner.isInQuotes ? "row-unterminated-quote" : "row-too-long",
                        message: "a row is longer than \(limits.recordBytes) bytes"
                            + (scanner.isInQuotes ? "; is a quote left open?" : ""),
                        line: line)
                }
                limit = min(limit * 2, limits.recordBytes)
                chunk.reserve(limit)
            }
            let count = try source.read(into: chunk.base + chunk.count, capacity: limit - chunk.count)
            if count == 0 { isAtEnd = true }
            chunk.count += count
            scanner.scan(chunk.base, to: chunk.count)
        }
        if chunk.count == 0 { return false }
        if !isAtEnd || scanner.boundary == chunk.count {
            carry.append(
                contentsOf: UnsafeBufferPointer(start: chunk.base + scanner.boundary, count: chunk.count - scanner.boundary))
            chunk.count = scanner.boundary
        }
        line += Self.lineBreaks(UnsafeBufferPointer(start: chunk.base, count: chunk.count))
        return true
    }

    private func skipByteOrderMark(_ chunk: Chunk, _ limit: Int) throws(DataError) {
        // Not beyond the first line, after which whoever writes to a pipe may wait for an answer.
        while chunk.count < OtherKind.headBytes && !isAtEnd && !OtherKind.hasLineBreak(UnsafeBufferPointer(start: chunk.base, count: chunk.count)) {
            let count = try source.read(into: chunk.base + chunk.count, capacity: limit - chunk.count)
            if count == 0 { isAtEnd = true }
            chunk.count += count
        }
        let base = chunk.base
        if chunk.count >= 3 && base[0] == 0xEF && base[1] == 0xBB && base[2] == 0xBF {
            chunk.count -= 3
            memmove(base, base + 3, chunk.count)
        } else if chunk.count >= 2 && ((base[0] == 0xFF && base[1] == 0xFE) || (base[0] == 0xFE && base[1] == 0xFF)) {
            throw DataError(id: "encoding", message: "the table is UTF-16; save it as UTF-8", line: 1)
        } else if let problem = OtherKind.problem(UnsafeBufferPointer(start: base, count: chunk.count)) {
            throw problem
        }
    }

    /// Line breaks are LF, CR LF and a lone CR.
    static func lineBreaks(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        guard let base = bytes.baseAddress else { return 0 }
        var count = 0
        var p = UnsafeRawPointer(base)
        let end = p + bytes.count
        while let found = memchr(p, 10, end - p) {
            count &+= 1
            p = UnsafeRawPointer(found) + 1
        }
        if memchr(base, 13, bytes.count) != nil {
            for index in 0..<bytes.count where base[index] == 13 {
                if index &+ 1 == bytes.count || base[index &+ 1] != 10 { count &+= 1 }
            }
        }
        return count
    }
}

/// Finds the last line break outside quotes, over bytes that arrive bit by bit.
struct BoundaryScanner {
    private enum State { case outside, inside, quoteInside }
    private let delimiter: UInt8
    private let hasQuotes: Bool
    private var state = State.outside
    private var position = 0
    /// The offset after the last line break outside quotes; 0 when there is none.
    private(set) var boundary = 0

    init(delimiter: UInt8, hasQuotes: Bool) {
        self.delimiter = delimiter
        self.hasQuotes = hasQuotes
    }

    var isInQuotes: Bool { state == .inside }

    /// Goes on to `end`; the bytes from 0 start at a record.
    mutating func scan(_ base: UnsafeMutablePointer<UInt8>, to end: Int) {
        while position < end {
            switch state {
            case .quoteInside:
                if base[position] == UInt8(ascii: "\"") {
                    position &+= 1
                    state = .inside
                } else {
                    state = .outside
                }
            case .inside:
                guard let quote = Self.quote(base, position, end) else {
                    position = end
                    return
                }
                position = quote &+ 1
                state = .quoteInside
            case .outside:
                let quote = hasQuotes ? Self.quote(base, position, end) : nil
                findBreak(base, from: position, to: quote ?? end, end)
                guard let quote else {
                    position = end
                    return
                }
                position = quote &+ 1
                if quote == 0 { state = .inside } else {
                    let before = base[quote &- 1]
                    if before == delimiter || before == 10 || before == 13 { state = .inside }
                }
            }
        }
    }

    private mutating func findBreak(_ base: UnsafeMutablePointer<UInt8>, from start: Int, to limit: Int, _ end: Int) {
        // A CR that was the last byte before may turn out to stand alone.
        var index = limit
        let lowest = start > 0 ? start &- 1 : 0
        while index > lowest {
            index &-= 1
            let byte = base[index]
            if byte == 10 || (byte == 13 && index &+ 1 < end && base[index &+ 1] != 10) {
                boundary = max(boundary, index &+ 1)
                return
            }
        }
    }

    private static func quote(_ base: UnsafeMutablePointer<UInt8>, _ start: Int, _ end: Int) -> Int? {
        memchr(base + start, 34, end - start).map { UnsafeMutableRawPointer($0) - UnsafeMutableRawPointer(base) }
    }
}
