// https://dmg.org/pmml/v4-4-1/Scorecard.html

/// `condition.first`: the index of the first condition that is true; missing if none is.
///
/// A condition that fails before any has held makes the row fail.
struct FirstTrueKernel: Kernel {
    static let name = "condition.first"
    private let out: Int32
    private let conditions: [Int32]

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        conditions = try reader.inputs(.number)
    }

    func run(_ frame: Frame) {
        let (out, outStatus) = (frame.numbers(out), frame.status(out))
        if isKnown(frame) {
            // From the last to the first, so that the first one stays.
            for row in 0..<frame.count { out[row] = -1 }
            for (index, register) in conditions.enumerated().reversed() {
                let (values, number) = (frame.numbers(register), Double(index))
                for row in 0..<frame.count { out[row] = values[row] != 0 ? number : out[row] }
            }
            for row in 0..<frame.count { outStatus[row] = out[row] < 0 ? CellStatus.missing : 0 }
            return
        }
        for row in 0..<frame.count {
            out[row] = 0
            outStatus[row] = CellStatus.missing
        }
        for (index, register) in conditions.enumerated() {
            let (values, status) = (frame.numbers(register), frame.status(register))
            let number = Double(index)
            for row in 0..<frame.count where outStatus[row] == CellStatus.missing {
                if status[row] & CellStatus.missing == 0 {
                    if values[row] != 0 {
                        out[row] = number
                        outStatus[row] = 0
                    }
                } else {
                    outStatus[row] |= status[row] & CellStatus.failure
                }
            }
        }
    }
}

extension FirstTrueKernel {
    /// Whether every condition is either true or false for every row.
    private func isKnown(_ frame: Frame) -> Bool {
        var seen: UInt8 = 0
        for register in conditions {
            let status = frame.status(register)
            for row in 0..<frame.count { seen |= status[row] }
        }
        return seen & CellStatus.failed == 0
    }
}

/// `scorecard.reasons`: the reason codes of a row, the one with the largest difference to its baseline first.
///
/// Differences of characteristics that share a code are added; a code whose difference is negative is left out; of equal
/// differences the one first in the document comes first. Missing where there are no more codes, or no score.
struct ReasonCodesKernel: Kernel {
    static let name = "scorecard.reasons"
    private let outputs: [Int32]
    private let codes: Slab<Int32>
    /// 1: baseline minus points (`pointsBelow`); -1: points minus baseline.
    private let sign: Double
    private let characteristics: [Characteristic]

    private struct Characteristic {
        var points: Int32
        var attribute: Int32
        var baseline: Double
        /// For each attribute the index of its code.
        var codes: Slab<Int32>
    }

    init(from reader: inout OperandReader) throws(FormatError) {
        let ranks = try reader.int(in: 1...100_000)
        var outputs: [Int32] = []
        for _ in 0..<ranks { outputs.append(try reader.output(.text)) }
        self.outputs = outputs
        codes = try reader.codes()
        sign = try reader.flag() ? 1 : -1
        var characteristics: [Characteristic] = []
        for _ in 0..<(try reader.int(in: 0...10_000_000)) {
            let found = Characteristic(
                points: try reader.input(.number), attribute: try reader.input(.number), baseline: try reader.number(),
                codes: try reader.integers())
            for index in 0..<found.codes.count where found.codes[index] < 0 || Int(found.codes[index]) >= codes.count {
                throw reader.error("operand-range", "there is no such reason code")
            }
            characteristics.append(found)
        }
        self.characteristics = characteristics
    }

    func run(_ frame: Frame) {
        let count = codes.count
        // A code's sum, and whether (and how early) the row has it.
        let sums = frame.scratch.numbers(0, count * 2 + characteristics.count + 1)
        let places = sums + count
        // The codes that the row has.
        let present = places + count
        for code in 0..<count { places[code] = .infinity }
        let columns = frame.scratch.pointers(characteristics.count * 2)
        let common = frame.status(outputs[0])
        for row in 0..<frame.count { common[row] = 0 }
        for (place, characteristic) in characteristics.enumerated() {
            columns[2 * place] = frame.numbers(characteristic.points)
            columns[2 * place + 1] = frame.numbers(characteristic.attribute)
            let (a, b) = (frame.status(characteristic.points), frame.status(characteristic.attribute))
            for row in 0..<frame.count { common[row] |= (a[row] | b[row]) & CellStatus.failed }
        }
        for row in 0..<frame.count {
            var presentCount = 0
            let state = common[row]
            for place in 0..<(state == 0 ? characteristics.count : 0) {
                let characteristic = characteristics[place]
                let attribute = columns[2 * place + 1][row]
                guard attribute >= 0, attribute < Double(characteristic.codes.count) else { continue }
                let code = Int(characteristic.codes[Int(attribute)])
                if places[code] == .infinity {
                    places[code] = Double(place)
                    sums[code] = 0
                    present[presentCount] = Double(code)
                    presentCount += 1
                }
                sums[code] += sign * (characteristic.baseline - columns[2 * place][row])
            }
            for register in outputs {
                let (out, outStatus) = (frame.codes(register), frame.status(register))
                if state != 0 {
                    outStatus[row] = state
                    continue
                }
                var best = -1
                for at in 0..<presentCount {
                    let code = Int(present[at])
                    if places[code] == .infinity || !(sums[code] >= 0) { continue }
                    if best < 0 || sums[code] > sums[best] || (sums[code] == sums[best] && places[code] < places[best]) { best = code }
                }
                if best < 0 {
                    outStatus[row] = CellStatus.missing
                } else {
                    out[row] = codes[best]
                    outStatus[row] = 0
                    places[best] = .infinity
                }
            }
            for at in 0..<presentCount { places[Int(present[at])] = .infinity }
        }
    }
}

extension ProgramBuilder {
    /// The index of the first condition that is true.
    public func firstTrue(_ conditions: [Register]) -> Register {
        emit(FirstTrueKernel.name, .number) { $0.registers(conditions) }
    }

    /// One text for each rank.
    ///
    /// - Parameters:
    ///   - characteristics: their points, the index of the attribute that gave them, the baseline, and each attribute's code.
    ///   - pointsBelow: whether falling short of the baseline is the reason.
    public func reasonCodes(
        _ characteristics: [(points: Register, attribute: Register, baseline: Double, codes: [String])], ranks: Int, pointsBelow: Bool
    ) -> [Register] {
        var distinct: [String] = []
        // By their bytes: Swift takes differently composed texts for equal.
        var known: [[UInt8]: Int32] = [:]
        for code in characteristics.flatMap(\.codes) where known[Array(code.utf8)] == nil {
            known[Array(code.utf8)] = Int32(truncatingIfNeeded: distinct.count)
            distinct.append(code)
        }
        return emit(ReasonCodesKernel.name, [RegisterKind](repeating: .text, count: ranks), countFirst: true) { writer in
            writer.codes(distinct)
            writer.flag(pointsBelow)
            writer.int(characteristics.count)
            for characteristic in characteristics {
                writer.register(characteristic.points)
                writer.register(characteristic.attribute)
                writer.number(characteristic.baseline)
                writer.integers(characteristic.codes.map { known[Array($0.utf8)] ?? 0 })
            }
        }
    }
}
