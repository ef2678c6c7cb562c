/// `list.collect`: a list of those values that are not missing, in order; missing if there are none.
struct CollectKernel: Kernel {
    static let name = "list.collect"
    private let out: Int32
    private let kind: RegisterKind
    private let inputs: [Int32]

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.list)
        kind = try reader.flag() ? .text : .number
        inputs = try reader.inputs(kind)
    }

    func run(_ frame: Frame) {
        let (out, outStatus) = (frame.codes(out), frame.status(out))
        let items = frame.scratch.numbers(0, inputs.count + 1)
        for row in 0..<frame.count {
            var count = 0
            var failure: UInt8 = 0
            for register in inputs {
                let status = frame.status(register)[row]
                failure |= status & CellStatus.failure
                if status & CellStatus.missing != 0 { continue }
                items[count] = kind == .number ? frame.numbers(register)[row] : Double(frame.codes(register)[row])
                count += 1
            }
            out[row] = frame.makeList(UnsafeBufferPointer(start: items, count: count))
            outStatus[row] = failure != 0 ? CellStatus.failed : count == 0 ? CellStatus.missing : 0
        }
    }
}

extension ProgramBuilder {
    /// The values of one row as a list.
    public func collect(_ values: [Register]) -> Register {
        emit(CollectKernel.name, .list) {
            $0.flag(values.first?.kind == .text)
            $0.registers(values)
        }
    }

    /// A weighted combination of the segments' numbers.
    ///
    /// - Parameter segments: the predicate's register (nil: always), the weight, and the prediction.
    public func combine(
        _ segments: [(active: Register?, weight: Double, value: Register)], _ method: Combination, isFloat: Bool,
        missing: MissingMember, threshold: Double
    ) -> Register {
        emit(CombineKernel.name, .number) { writer in
            writer.int(method.rawValue)
            writer.flag(isFloat)
            writer.int(missing.rawValue)
            writer.number(threshold)
            writer.segments(segments)
        }
    }

    /// The weighted share of votes of each of `classes` classes; a segment's value is the index of its class.
    public func vote(
        _ segments: [(active: Register?, weight: Double, value: Register)], classes: Int, missing: MissingMember, threshold: Double
    ) -> [Register] {
        emit(VoteKernel.name, [RegisterKind](repeating: .number, count: classes), countFirst: true) { writer in
            writer.int(missing.rawValue)
            writer.number(threshold)
            writer.segments(segments)
        }
    }
}

extension OperandWriter {
    fileprivate mutating func segments(_ segments: [(active: Register?, weight: Double, value: Register)]) {
        int(segments.count)
        for segment in segments {
            optional(segment.active)
            number(segment.weight)
            register(segment.value)
        }
    }
}
