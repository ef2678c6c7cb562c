#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Takes a chunk of delimited text apart, record by record. https://www.rfc-editor.org/rfc/rfc4180
///
/// More than RFC 4180 asks for: any line break (CR LF, LF, CR), any delimiter. An empty line is a row of one empty cell in a
/// table of one column, and nothing at all in a wider one.
struct DelimitedCursor {
    private var position: UnsafePointer<UInt8>
    private let end: UnsafePointer<UInt8>
    private let delimiter: UInt8
    /// The physical line on which the record last read starts, and the one on which the next starts.
    private(set) var line: Int
    private var nextLine: Int
    /// The record last read, without its line break.
    private(set) var record: UnsafeBufferPointer<UInt8>
    /// What is wrong with the record last read.
    private(set) var problem = RowProblem.none

    init(_ bytes: UnsafeBufferPointer<UInt8>, line: Int, delimiter: UInt8) {
        // An empty chunk has no base address: any address will do, as none of it is read.
        position = bytes.baseAddress ?? UnsafePointer(bitPattern: 1) ?? UnsafePointer(StaticString("").utf8Start)
        end = position + bytes.count
        self.delimiter = delimiter
        self.line = line
        nextLine = line
        record = UnsafeBufferPointer(start: nil, count: 0)
    }

    /// Where the next record starts.
    var next: (position: UnsafePointer<UInt8>, line: Int) { (position, nextLine) }

    /// Reads one record; nil at the end of the chunk, else how many cells it has. At most `capacity` cells are stored.
    mutating func read(_ cells: UnsafeMutablePointer<Cell>?, capacity: Int, columns: Int) -> Int? {
        if columns != 1 { skipEmptyLines() }
        if position == end { return nil }
        line = nextLine
        problem = .none
        let delimiter = delimiter
        let words = CellEnds(delimiter)
        let end = end
        let recordStart = position
        var p = position
        var count = 0
        var cell = Cell()
        while true {
            if p < end && p.pointee == 34 {
                p = readQuoted(p + 1, &cell)
            } else {
                let cellStart = p
                var found = false
                while end - p >= 8 {
                    let marks = words.marks(p)
                    if marks != 0 {
                        p += marks.trailingZeroBitCount >> 3
                        found = true
                        break
                    }
                    p += 8
                }
                while !found && p < end {
                    let byte = p.pointee
                    if byte == delimiter || byte == 10 || byte == 13 { break }
                    p += 1
                }
                cell = Cell(.plain, cellStart, p)
            }
            if let cells, count < capacity { cells[count] = cell }
            count &+= 1
            if p == end { break }
            if p.pointee != delimiter { break }
            p += 1
        }
        record = UnsafeBufferPointer(start: recordStart, count: p - recordStart)
        position = afterBreak(p)
        return count
    }

    /// Reads the rest of a quoted cell and whatever follows it up to the delimiter or line break, which is returned.
    private mutating func readQuoted(_ start: UnsafePointer<UInt8>, _ cell: inout Cell) -> UnsafePointer<UInt8> {
        var kind = Cell.Kind.quoted
        var p = start
        while true {
            guard let found = memchr(p, 34, end - p) else {
                problem = .unterminatedQuote
                cell = Cell(kind, start, end)
                return end
            }
            p = UnsafePointer(found.assumingMemoryBound(to: UInt8.self))
            if p + 1 < end && p[1] == 34 {
                kind = .escaped
                p += 2
            } else {
                break
            }
        }
        cell = Cell(kind, start, p)
        var index = start
        while index < p {
            if index.pointee == 10 || (index.pointee == 13 && index[1] != 10) { nextLine &+= 1 }
            index += 1
        }
        p += 1
        let closed = p
        while p < end && p.pointee != delimiter && p.pointee != 10 && p.pointee != 13 { p += 1 }
        if p != closed && problem == .none { problem = .textAfterQuote }
        return p
    }

    /// Steps over a line break, if there is one.
    @inline(__always)
    private mutating func afterBreak(_ p: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
        if p == end { return p }
        nextLine &+= 1
        return p.pointee == 13 && p + 1 < end && p[1] == 10 ? p + 2 : p + 1
    }

    private mutating func skipEmptyLines() {
        while position < end && (position.pointee == 10 || position.pointee == 13) { position = afterBreak(position) }
    }
}

/// Looks for the bytes that end a cell, eight at a time.
private struct CellEnds {
    private let delimiters: UInt64

    @inline(__always)
    init(_ delimiter: UInt8) { delimiters = UInt64(delimiter) &* 0x0101_0101_0101_0101 }

    /// A word whose lowest set bit is in the first byte that is a delimiter or a line break; 0 when there is none.
    @inline(__always)
    func marks(_ p: UnsafePointer<UInt8>) -> UInt64 {
        let word = UInt64(littleEndian: UnsafeRawPointer(p).loadUnaligned(as: UInt64.self))
        return Self.zeros(word ^ delimiters) | Self.zeros(word ^ 0x0A0A_0A0A_0A0A_0A0A) | Self.zeros(word ^ 0x0D0D_0D0D_0D0D_0D0D)
    }

    /// Marks zero bytes; a byte above a zero byte may be marked wrongly, one below it never.
    @inline(__always)
    private static func zeros(_ word: UInt64) -> UInt64 { (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 }
}
