/// Takes a chunk of JSON Lines apart, one object per line. https://www.rfc-editor.org/rfc/rfc8259
///
/// A field's value is a string, number, truth value, null or an array of those. `NaN`, `Infinity` and `-Infinity` are read as
/// numbers, since several writers produce them. Only the cells of bound keys are stored; of a key that is written
/// twice the last value counts. Empty lines are nothing.
struct JSONLinesCursor {
    private var position: UnsafePointer<UInt8>
    private let end: UnsafePointer<UInt8>
    private let keys: KeyTable
    private let maximumKeys: Int
    /// Whether the cells hold the values; else they only tell which keys there are.
    private let readsValues: Bool
    /// The physical line of the record last read.
    private(set) var line: Int
    private var nextLine: Int
    /// The record last read, without blanks around it.
    private(set) var record: UnsafeBufferPointer<UInt8>
    private(set) var problem = RowProblem.none
    /// The byte of the line, from 1, at which the problem is.
    private(set) var problemOffset = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>, line: Int, keys: KeyTable, maximumKeys: Int, readsValues: Bool = true) {
        position = bytes.baseAddress ?? UnsafePointer(bitPattern: 1) ?? UnsafePointer(StaticString("").utf8Start)
        end = position + bytes.count
        self.keys = keys
        self.maximumKeys = maximumKeys
        self.readsValues = readsValues
        self.line = line
        nextLine = line
        record = UnsafeBufferPointer(start: nil, count: 0)
    }

    /// Reads one object into `cells`, one for each bound key; nil at the end of the chunk, else the number of its keys.
    mutating func read(_ cells: UnsafeMutablePointer<Cell>, columns: Int) -> Int? {
        var start = position
        var limit = start
        while true {
            if position == end { return nil }
            line = nextLine
            start = position
            limit = start
            while limit < end && limit.pointee != 10 && limit.pointee != 13 { limit += 1 }
            position = limit
            if limit < end {
                nextLine &+= 1
                position += limit.pointee == 13 && limit + 1 < end && limit[1] == 10 ? 2 : 1
            }
            let lineStart = start
            JSONText.skipBlanks(&start, limit)
            if start < limit {
                while limit > start && (limit - 1).pointee <= 32 { limit -= 1 }
                record = UnsafeBufferPointer(start: start, count: limit - start)
                for index in 0..<columns { cells[index] = Cell() }
                problem = .none
                var p = start
                let count = readObject(&p, limit, cells)
                if problem != .none { problemOffset = p - lineStart + 1 }
                return count
            }
        }
    }

    private mutating func readObject(
        _ p: inout UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>, _ cells: UnsafeMutablePointer<Cell>
    ) -> Int {
        if p.pointee != UInt8(ascii: "{") {
            problem = .notAnObject
            return 0
        }
        p += 1
        var count = 0
        JSONText.skipBlanks(&p, limit)
        if p < limit && p.pointee == UInt8(ascii: "}") {
            p += 1
        } else {
            while true {
                JSONText.skipBlanks(&p, limit)
                guard p < limit, p.pointee == 34, let key = JSONText.string(&p, limit) else {
                    problem = .badJSON
                    return count
                }
                JSONText.skipBlanks(&p, limit)
                guard p < limit, p.pointee == UInt8(ascii: ":") else {
                    problem = .badJSON
                    return count
                }
                p += 1
                JSONText.skipBlanks(&p, limit)
                if count >= maximumKeys {
                    problem = .tooManyKeys
                    return count
                }
                let slot = keys.slot(of: key, ordinal: count)
                count &+= 1
                if slot < 0 || !readsValues {
                    if slot >= 0 { cells[slot] = Cell(.plain, p, p) }
                    guard skip(&p, limit) else { return count }
                } else {
                    guard let value = value(&p, limit) else { return count }
                    cells[slot] = value
                }
                JSONText.skipBlanks(&p, limit)
                if p < limit && p.pointee == UInt8(ascii: ",") {
                    p += 1
                } else if p < limit && p.pointee == UInt8(ascii: "}") {
                    p += 1
                    break
                } else {
                    problem = .badJSON
                    return count
                }
            }
        }
        if p != limit { problem = .badJSON }
        return count
    }

    private mutating func value(_ p: inout UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>) -> Cell? {
        if p < limit && p.pointee == UInt8(ascii: "{") {
            problem = .nestedObject
            return nil
        }
        if p == limit || p.pointee != UInt8(ascii: "[") {
            guard let cell = JSONText.scalar(&p, limit) else {
                problem = .badJSON
                return nil
            }
            return cell
        }
        let start = p
        var elements = JSONText.Elements(&p)
        while true {
            switch elements.next(&p, limit) {
            case .element: continue
            case .end: return Cell(.array, start, p)
            case .malformed:
                problem =
                    p < limit && p.pointee == UInt8(ascii: "{") ? .nestedObject
                    : p < limit && p.pointee == UInt8(ascii: "[") ? .nestedArray : .badJSON
                return nil
            }
        }
    }

    /// Passes over a value that nobody asked for, whatever is nested in it.
    private mutating func skip(_ p: inout UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>) -> Bool {
        var depth = 0
        repeat {
            JSONText.skipBlanks(&p, limit)
            guard p < limit else { break }
            switch p.pointee {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth &+= 1
                p += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth &-= 1
                p += 1
            case UInt8(ascii: ","), UInt8(ascii: ":"):
                if depth == 0 {
                    problem = .badJSON
                    return false
                }
                p += 1
            default:
                guard JSONText.scalar(&p, limit) != nil else {
                    problem = .badJSON
                    return false
                }
            }
            if depth <= 0 { return depth == 0 || fail() }
        } while true
        return fail()
    }

    private mutating func fail() -> Bool {
        problem = .badJSON
        return false
    }
}
