// https://dmg.org/pmml/v4-4-1/GeneralStructure.html#xsdGroup_NUM-ARRAY

/// `REAL-SparseArray` or `INT-SparseArray`: the entries that differ from a default.
public struct SparseArray: Sendable {
    /// The array's length, if it is stated.
    public var count: Int?
    /// Positions of the entries, counted from 0.
    public var indices: [Int]
    /// As many as `indices`.
    public var entries: [Double]
    public var defaultValue: Double
    public init(count: Int? = nil, indices: [Int], entries: [Double], defaultValue: Double = 0) {
        self.count = count
        self.indices = indices
        self.entries = entries
        self.defaultValue = defaultValue
    }

    /// The first `length` numbers; entries beyond them are left out.
    public func dense(_ length: Int) -> [Double] {
        var values = [Double](repeating: defaultValue, count: max(0, length))
        for (index, entry) in zip(indices, entries) where index >= 0 && index < values.count { values[index] = entry }
        return values
    }
}
