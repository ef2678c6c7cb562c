// https://dmg.org/pmml/v4-4-1/BuiltinFunctions.html#dateDaysSinceYear and the functions that follow it there.
// What no calendar holds (a time of day has no year) gives a missing value.

extension OperandReader {
    /// A register and the type that says what its numbers count.
    mutating func temporal() throws(FormatError) -> (register: Int32, type: ValueType) {
        let register = try input(.number)
        guard let type = ValueType(rawValue: UInt8(try int(in: 0...255))) else { throw error("operand-range", "there is no such type") }
        return (register, type)
    }
}

extension Temporal {
    /// Seconds since 1970-01-01T00:00:00 of a value of a type; a time of day belongs to no day and has none.
    @inline(__always)
    static func seconds(_ value: Double, of type: ValueType) -> Double {
        switch type {
        case .date, .days: return value * secondsPerDay
        case .time: return .nan
        default: return value
        }
    }
}

/// `temporal.daysSinceYear` and `temporal.secondsSinceYear`: what has passed since a year began.
enum DateSince {
    struct Days: Kernel {
        static let name = "temporal.daysSinceYear"
        let operands: Operands
        init(from reader: inout OperandReader) throws(FormatError) { operands = try Operands(from: &reader) }
        func run(_ frame: Frame) { operands.run(frame, unit: Temporal.secondsPerDay) }
    }

    struct Seconds: Kernel {
        static let name = "temporal.secondsSinceYear"
        let operands: Operands
        init(from reader: inout OperandReader) throws(FormatError) { operands = try Operands(from: &reader) }
        func run(_ frame: Frame) { operands.run(frame, unit: 1) }
    }

    struct Operands {
        let output: Int32
        let moment: (register: Int32, type: ValueType)
        let year: Int32
    
        init(from reader: inout OperandReader) throws(FormatError) {
            output = try reader.output(.number)
            moment = try reader.temporal()
            year = try reader.input(.number)
            }

        @inline(__always)
        func run(_ frame: Frame, unit: Double) {
            let values = frame.numbers(output)
            let status = frame.status(output)
            let (moments, momentStatus) = (frame.numbers(moment.register), frame.status(moment.register))
            let (years, yearStatus) = (frame.numbers(year), frame.status(year))
            // Years seldom change from row to row.
            var known = Double.nan
            var epoch = Double.nan
            for row in 0..<frame.count {
                status[row] = (momentStatus[row] | yearStatus[row]) & CellStatus.failed
                values[row] = 0
                if status[row] & CellStatus.missing != 0 { continue }
                if years[row] != known {
                    known = years[row]
                    epoch = Int(exactly: known).map { Temporal.epochDays($0) * Temporal.secondsPerDay } ?? .nan
                }
                let passed = ((Temporal.seconds(moments[row], of: moment.type) - epoch) / unit).rounded(.down)
                values[row] = passed
                if passed.isNaN { status[row] = CellStatus.missing }
            }
        }
    }
}

/// `temporal.secondsSinceMidnight`: seconds since the day began.
struct SecondsSinceMidnight: Kernel {
    static let name = "temporal.secondsSinceMidnight"
    let output: Int32
    let moment: (register: Int32, type: ValueType)

    init(from reader: inout OperandReader) throws(FormatError) {
        output = try reader.output(.number)
        moment = try reader.temporal()
    }

    func run(_ frame: Frame) {
        let values = frame.numbers(output)
        let status = frame.status(output)
        let (moments, inStatus) = (frame.numbers(moment.register), frame.status(moment.register))
        let isDate = moment.type == .date || moment.type == .days
        let isTime = moment.type == .time
        for row in 0..<frame.count {
            status[row] = inStatus[row] & CellStatus.failed
            let whole = moments[row].rounded(.down)
            if isDate {
                values[row] = 0
            } else if isTime {
                values[row] = whole
            } else {
                values[row] = whole - (whole / Temporal.secondsPerDay).rounded(.down) * Temporal.secondsPerDay
            }
        }
    }
}

/// `temporal.format`: a point in time as text.
struct FormatDateTime: Kernel {
    static let name = "temporal.format"
    let output: Int32
    let moment: (register: Int32, type: ValueType)
    let pattern: Int32

    init(from reader: inout OperandReader) throws(FormatError) {
        output = try reader.output(.text)
        moment = try reader.temporal()
        pattern = try reader.input(.text)
    }

    func run(_ frame: Frame) {
        let texts = frame.codes(output)
        let status = frame.status(output)
        let (moments, momentStatus) = (frame.numbers(moment.register), frame.status(moment.register))
        let (patterns, patternStatus) = (frame.codes(pattern), frame.status(pattern))
        var writer = ByteWriter()
        for row in 0..<frame.count {
            status[row] = (momentStatus[row] | patternStatus[row]) & CellStatus.failed
            texts[row] = 0
            if status[row] & CellStatus.missing != 0 { continue }
            let found: Moment? =
                switch moment.type {
                case .date, .days: Moment(date: moments[row])
                default: Moment(dateTime: moments[row])
                }
            writer.removeAll()
            guard let found else {
                status[row] = CellStatus.missing
                continue
            }
            found.format(frame.text(patterns[row]), into: &writer)
            if let made = writer.withBytes({ frame.keep($0, row: row) }) { texts[row] = made } else { status[row] = CellStatus.failed }
        }
    }
}
