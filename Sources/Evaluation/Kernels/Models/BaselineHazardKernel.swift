// https://dmg.org/pmml/v4-4-1/GeneralRegression.html#xsdElement_BaseCumHazardTables

/// The cumulative hazard of one stratum: a step function of time.
public struct HazardTable: Sendable {
    /// After it nothing is known.
    public var maxTime: Double
    /// Ascending.
    public var times: [Double]
    public var hazards: [Double]
    public init(maxTime: Double, times: [Double], hazards: [Double]) {
        self.maxTime = maxTime
        self.times = times
        self.hazards = hazards
    }
}

/// `hazard.baseline`: the hazard at the last step that is not after the row's time, 0 before the first; missing after the stratum's last
/// time, and in a stratum that has no table.
struct BaselineHazardKernel: Kernel {
    static let name = "hazard.baseline"
    private let out: Int32
    private let time: Int32
    private let stratum: Int32?
    private let starts: Slab<Int32>
    private let limits: Slab<Double>
    private let times: Slab<Double>
    private let hazards: Slab<Double>

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        time = try reader.input(.number)
        stratum = try reader.optionalInput(.number)
        starts = try reader.integers()
        limits = try reader.numbers()
        times = try reader.numbers()
        hazards = try reader.numbers()
        guard limits.count >= 1, starts.count == limits.count + 1, times.count == hazards.count, starts[0] == 0,
            Int(starts[limits.count]) == times.count
        else { throw reader.error("table-size", "a table lacks cells") }
        for index in 0..<limits.count where starts[index] > starts[index + 1] { throw reader.error("table-size", "a table ends before it starts") }
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.numbers(out), frame.status(out))
        let (time, state) = (frame.numbers(time), frame.status(time))
        for row in 0..<frame.count { status[row] = state[row] & CellStatus.failed }
        let strata = stratum.map { (frame.numbers($0), frame.status($0)) }
        if let strata { for row in 0..<frame.count { status[row] |= strata.1[row] & CellStatus.failed } }
        let known = Double(limits.count)
        for row in 0..<frame.count {
            out[row] = 0
            if status[row] != 0 { continue }
            let index = strata?.0[row] ?? 0
            guard index >= 0, index < known, time[row] <= limits[Int(index)] else {
                status[row] = CellStatus.missing
                continue
            }
            let start = Int(starts[Int(index)])
            var (low, high) = (start, Int(starts[Int(index) + 1]))
            while low < high {
                let middle = (low + high) >> 1
                if times[middle] <= time[row] { low = middle + 1 } else { high = middle }
            }
            if low > start { out[row] = hazards[low - 1] }
        }
    }
}

extension ProgramBuilder {
    /// - Parameter stratum: the index of each row's table; nil where there is one table.
    public func baselineHazard(at time: Register, stratum: Register?, _ tables: [HazardTable]) -> Register {
        emit(BaselineHazardKernel.name, .number) { writer in
            writer.register(time)
            writer.optional(stratum)
            var starts: [Int32] = [0]
            var sum = 0
            for table in tables {
                sum += table.times.count
                starts.append(Int32(truncatingIfNeeded: sum))
            }
            writer.integers(starts)
            writer.numbers(tables.map(\.maxTime))
            writer.numbers(tables.flatMap(\.times))
            writer.numbers(tables.flatMap(\.hazards))
        }
    }
}
