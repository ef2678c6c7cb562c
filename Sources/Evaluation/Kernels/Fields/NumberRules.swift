// https://dmg.org/pmml/v4-4-1/DataDictionary.html

/// Which values of a field are valid, invalid or stand for a missing one: numbers, or string codes as numbers.
struct NumberRules {
    private let validValues: Slab<Double>
    private let invalidValues: Slab<Double>
    private let missingValues: Slab<Double>
    /// Low, high, and 1 or 0 for each end that belongs to the interval.
    private let intervals: Slab<Double>

    init(from reader: inout OperandReader) throws(FormatError) {
        validValues = try reader.numbers()
        invalidValues = try reader.numbers()
        missingValues = try reader.numbers()
        intervals = try reader.numbers()
        guard intervals.count % 4 == 0 else { throw reader.error("operand-range", "an interval is cut off") }
    }

    /// Whether every value is valid.
    var isEmpty: Bool { missingValues.count == 0 && validValues.count == 0 && invalidValues.count == 0 && intervals.count == 0 }

    @inline(__always)
    func isMissing(_ value: Double) -> Bool { Self.contains(missingValues, value) }

    func isValid(_ value: Double) -> Bool {
        if Self.contains(invalidValues, value) { return false }
        if validValues.count == 0, intervals.count == 0 { return true }
        if Self.contains(validValues, value) { return true }
        var index = 0
        while index < intervals.count {
            let (low, high) = (intervals[index], intervals[index + 1])
            let aboveLow = intervals[index + 2] != 0 ? value >= low : value > low
            let belowHigh = intervals[index + 3] != 0 ? value <= high : value < high
            if aboveLow, belowHigh { return true }
            index += 4
        }
        return false
    }

    /// Whether an ascending run holds the value.
    @inline(__always)
    private static func contains(_ sorted: Slab<Double>, _ value: Double) -> Bool {
        var (low, high) = (0, sorted.count)
        while low < high {
            let middle = (low + high) >> 1
            if sorted[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low < sorted.count && sorted[low] == value
    }
}
