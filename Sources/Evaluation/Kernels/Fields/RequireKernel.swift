/// `rows.require`: fails the rows in which a field is unreadable or a failure, whether or not a result depends on it.
struct RequireKernel: EffectKernel {
    static let name = "rows.require"
    private let active: Int32
    private let fields: [(name: String, register: Register)]

    init(from reader: inout OperandReader) throws(FormatError) {
        active = try reader.optionalInput(.number) ?? -1
        var fields: [(name: String, register: Register)] = []
        for _ in 0..<(try reader.int(in: 0...100_000_000)) { fields.append((try reader.string(), try reader.inputOfAnyKind())) }
        self.fields = fields
    }

    func run(_ frame: Frame) {
        for field in fields {
            let status = frame.status(field.register.index)
            var seen: UInt8 = 0
            for row in 0..<frame.count { seen |= status[row] }
            if seen & (CellStatus.failure | CellStatus.invalid) == 0 { continue }
            for row in 0..<frame.count where status[row] & CellStatus.failure != 0 || status[row] == CellStatus.unreadable {
                if active >= 0, frame.status(active)[row] & CellStatus.missing != 0 || frame.numbers(active)[row] == 0 { continue }
                if status[row] == CellStatus.unreadable {
                    let isNumber = field.register.kind == .number
                    frame.note(
                        row: row, isNumber ? .unreadable(field.name, code: frame.numbers(field.register.index)[row], frame) : .notAValue(field.name, nil, frame))
                }
                frame.failed[row] = CellStatus.failure
            }
        }
    }
}
