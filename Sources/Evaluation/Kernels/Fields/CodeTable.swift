/// A value for some string codes, and another one for the rest: a table from the least to the greatest code, unless most of it would be
/// gaps, which are searched instead.
struct CodeTable<Value: BitwiseCopyable & Sendable>: Sendable {
    private let other: Value
    private let first: Int32
    private var table: [Value] = []
    private var codes: [Int32] = []
    private var values: [Value] = []

    /// - Parameter pairs: codes from 0 up; of equal ones the first counts.
    init(_ pairs: [(code: Int32, value: Value)], other: Value) {
        self.other = other
        let sorted = pairs.enumerated().sorted { ($0.element.code, $0.offset) < ($1.element.code, $1.offset) }.map(\.element)
        first = sorted.first?.code ?? 0
        let span = sorted.last.map { Int($0.code) - Int(first) + 1 } ?? 0
        if span <= 64 + 8 * sorted.count {
            table = [Value](repeating: other, count: span)
            for pair in sorted.reversed() { table[Int(pair.code) - Int(first)] = pair.value }
        } else {
            for pair in sorted where pair.code != codes.last {
                codes.append(pair.code)
                values.append(pair.value)
            }
        }
    }

    @inline(__always)
    subscript(_ code: Int32) -> Value {
        let place = Int(code) &- Int(first)
        if place >= 0 && place < table.count { return table[place] }
        return codes.isEmpty ? other : search(code)
    }

    private func search(_ code: Int32) -> Value {
        var (low, high) = (0, codes.count)
        while low < high {
            let middle = (low + high) >> 1
            if codes[middle] < code { low = middle + 1 } else { high = middle }
        }
        return low < codes.count && codes[low] == code ? values[low] : other
    }
}
