import Evaluation

/// Names for the results that follow the members of a JSON object, which may have members of the same names already.
///
/// The keys of JSON Lines are known row by row only, so each row's are looked at: a result whose name is taken is written as
/// `NAME_result`, or with more of the like. One object serves one worker.
final class ResultNames {
    /// A row that has all of these for one result gets the last of them a second time.
    private static let choices = 4
    /// The possible keys, with their colons: those of the first result, then those of the next.
    private let keys: [[UInt8]]
    private let table: KeyTable
    private let cells: UnsafeMutablePointer<Cell>
    private let maximumKeys: Int

    /// - Parameter names: the results' names, all different.
    init(_ names: [String], maximumKeys: Int) {
        var used = Set(names)
        var candidates: [String] = []
        for name in names {
            candidates.append(name)
            var next = name
            for _ in 1..<Self.choices {
                repeat { next += "_result" } while !used.insert(next).inserted
                candidates.append(next)
            }
        }
        keys = candidates.map { TableWriter.key($0, .jsonLines) }
        table = KeyTable(candidates)
        cells = .allocate(capacity: max(1, candidates.count))
        cells.initialize(repeating: Cell(), count: max(1, candidates.count))
        self.maximumKeys = maximumKeys
    }

    deinit { cells.deallocate() }

    /// Looks at the keys of a row's object; nothing at all has none.
    func fit(_ record: UnsafeBufferPointer<UInt8>) {
        var cursor = JSONLinesCursor(record, line: 1, keys: table, maximumKeys: maximumKeys, readsValues: false)
        if cursor.read(cells, columns: keys.count) == nil { cells.update(repeating: Cell(), count: keys.count) }
    }

    /// The key of a result that the row does not have.
    func key(_ result: Int) -> [UInt8] {
        let first = result * Self.choices
        for choice in first..<first + Self.choices - 1 where cells[choice].kind == .absent { return keys[choice] }
        return keys[first + Self.choices - 1]
    }

    /// Whether the row has a member of the result's own name.
    func isTaken(_ result: Int) -> Bool { cells[result * Self.choices].kind != .absent }
}
