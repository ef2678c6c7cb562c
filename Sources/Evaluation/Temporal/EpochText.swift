// https://dmg.org/pmml/v4-4-1/DataDictionary.html#xsdType_DATATYPE

/// `temporal.epoch`: numbers counted from the first of January of a year, where a date or time may be given instead.
///
/// A column of such a type does not know its epoch, so it takes in only numbers; here the texts that it could not read
/// (``CellStatus/unreadable``) are read as ISO 8601. What is none either stays unreadable.
struct EpochText: Kernel {
    static let name = "temporal.epoch"
    let output: Int32
    let input: Int32
    /// Whether the numbers are days; else seconds.
    let isDays: Bool
    let year: Int

    init(from reader: inout OperandReader) throws(FormatError) {
        output = try reader.output(.number)
        input = try reader.input(.number)
        isDays = try reader.flag()
        year = try reader.int(in: 0...9999)
    }

    func run(_ frame: Frame) {
        let count = frame.count
        let values = frame.numbers(output)
        let status = frame.status(output)
        values.update(from: frame.numbers(input), count: count)
        status.update(from: frame.status(input), count: count)
        for row in 0..<count where status[row] == CellStatus.unreadable {
            guard let code = Int32(exactly: values[row]), code >= 0, code < frame.strings.endCode else { continue }
            let text = frame.text(code)
            guard let number = isDays ? Temporal.days(text, epochYear: year) : Temporal.seconds(text, epochYear: year) else { continue }
            values[row] = number
            status[row] = 0
        }
    }
}
