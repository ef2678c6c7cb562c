/// A list of values in ascending order, each with the position that it had before it was sorted.
private struct SortedList<Value: Comparable & BitwiseCopyable>: Sendable {
    private let listed: Slab<Value>
    private let positions: Slab<Int32>

    init(_ listed: Slab<Value>, _ reader: inout OperandReader) throws(FormatError) {
        self.listed = listed
        positions = try reader.integers()
        guard positions.count == listed.count else { throw reader.error("operand-range", "values and positions differ in number") }
    }

    /// The position of a value; -1 for one that is not listed.
    @inline(__always)
    func position(of value: Value) -> Double {
        var (low, high) = (0, listed.count)
        while low < high {
            let middle = (low + high) >> 1
            if listed[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low < listed.count && listed[low] == value ? Double(positions[low]) : -1
    }
}

/// `text.position`: the position of a text in a list, -1 for one that is not in it.
struct TextPositionKernel: Kernel {
    static let name = "text.position"
    private let out: Int32
    private let input: Int32
    private let list: SortedList<Int32>

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        input = try reader.input(.text)
        list = try SortedList(reader.codes(), &reader)
    }

    func run(_ frame: Frame) {
        let (values, status) = (frame.codes(input), frame.status(input))
        let (out, outStatus) = (frame.numbers(out), frame.status(out))
        for row in 0..<frame.count {
            out[row] = list.position(of: values[row])
            outStatus[row] = status[row] & CellStatus.failed
        }
    }
}

/// `number.position`: the position of a number in a list, -1 for one that is not in it.
struct NumberPositionKernel: Kernel {
    static let name = "number.position"
    private let out: Int32
    private let input: Int32
    private let list: SortedList<Double>

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        input = try reader.input(.number)
        list = try SortedList(reader.numbers(), &reader)
    }

    func run(_ frame: Frame) {
        let (values, status) = (frame.numbers(input), frame.status(input))
        let (out, outStatus) = (frame.numbers(out), frame.status(out))
        for row in 0..<frame.count {
            out[row] = list.position(of: values[row])
            outStatus[row] = status[row] & CellStatus.failed
        }
    }
}
