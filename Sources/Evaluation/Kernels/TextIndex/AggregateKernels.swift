// https://dmg.org/pmml/v4-4-1/Transformations.html#xsdElement_Aggregate

/// How the elements of a collection are summed up; the file stores the raw values.
public enum ListAggregation: Int, Sendable {
    case count = 0, sum, average, min, max
}

/// `list.aggregate`: one number from the elements of a list. Elements that are not a number are missing and left out.
///
/// The count of an empty list is 0; of nothing there is no sum, average, smallest or largest.
struct ListAggregate: Kernel {
    static let name = "list.aggregate"
    let output: Int32
    let list: Int32
    let function: ListAggregation

    init(from reader: inout OperandReader) throws(FormatError) {
        output = try reader.output(.number)
        list = try reader.input(.list)
        function = ListAggregation(rawValue: try reader.int(in: 0...4)) ?? .count
    }

    func run(_ frame: Frame) {
        let values = frame.numbers(output)
        let status = frame.status(output)
        let lists = frame.codes(list)
        let inStatus = frame.status(list)
        for row in 0..<frame.count {
            values[row] = 0
            status[row] = inStatus[row] & CellStatus.failed
            if status[row] & CellStatus.missing != 0 { continue }
            var count = 0
            var sum = 0.0
            var least = Double.infinity
            var most = -Double.infinity
            for item in frame.list(lists[row]) where !item.isNaN {
                count += 1
                sum += item
                least = Swift.min(least, item)
                most = Swift.max(most, item)
            }
            if count == 0, function != .count {
                status[row] = CellStatus.missing
                continue
            }
            switch function {
            case .count: values[row] = Double(count)
            case .sum: values[row] = sum
            case .average: values[row] = sum / Double(count)
            case .min: values[row] = least
            case .max: values[row] = most
            }
        }
    }
}

/// `value.count`: 1 for a cell that has a value and 0 for one that is missing: the count of a group of one.
struct ValueCount: Kernel {
    static let name = "value.count"
    let output: Int32
    let input: Register

    init(from reader: inout OperandReader) throws(FormatError) {
        output = try reader.output(.number)
        input = try reader.inputOfAnyKind()
    }

    func run(_ frame: Frame) {
        let values = frame.numbers(output)
        let status = frame.status(output)
        let inStatus = frame.status(input.index)
        for row in 0..<frame.count {
            let isFailed = inStatus[row] & CellStatus.failure != 0
            status[row] = isFailed ? CellStatus.failed : 0
            values[row] = inStatus[row] & CellStatus.missing == 0 ? 1 : 0
        }
    }
}
