import Evaluation

/// Scores rows made up from a program's own schema, and gives all that comes out as bits.
public enum ProgramRun {
    /// Larger programs are left alone: a fuzzer looks for mistakes, not for work.
    public static let mostRegisters = 20_000

    @discardableResult
    public static func scores(_ program: Program, rows: Int = 6) -> [UInt64] {
        if program.schema.inputs.count + program.schema.results.count > mostRegisters { return [] }
        let frame = Frame(plan: Plan(program, results: Array(program.schema.results.indices)), capacity: 8)
        var bits: [UInt64] = []
        for batch in 0..<2 {
            frame.begin()
            frame.count = rows
            for (position, input) in program.schema.inputs.enumerated() {
                for row in 0..<rows { fill(frame, input, turn: row + batch * 5 + position, row) }
            }
            frame.run()
            for row in 0..<rows where frame.failed[row] == 0 {
                for result in program.schema.results { append(result, row, frame, to: &bits) }
            }
        }
        return bits
    }

    private static func append(_ result: ResultField, _ row: Int, _ frame: Frame, to bits: inout [UInt64]) {
        let register = result.register.index
        let status = frame.status(register)[row]
        bits.append(UInt64(status))
        if status & CellStatus.missing != 0 { return }
        switch result.register.kind {
        case .number: bits.append(frame.numbers(register)[row].bitPattern)
        case .text: bits.append(frame.text(frame.codes(register)[row]).reduce(7) { $0 &* 31 &+ UInt64($1) })
        case .list: bits += frame.list(frame.codes(register)[row]).map(\.bitPattern)
        }
    }

    private static func fill(_ frame: Frame, _ input: InputField, turn: Int, _ row: Int) {
        let register = input.register.index
        frame.status(register)[row] = turn % 7 == 6 ? CellStatus.missing : 0
        let texts = input.values.isEmpty ? ["a", "2020-02-29", "3", "some words of text"] : input.values
        let text = texts[turn % texts.count]
        switch input.register.kind {
        case .number: frame.numbers(register)[row] = turn % 11 == 9 ? .infinity : Double(turn * 7 % 11) / 2 - 1
        case .text: frame.codes(register)[row] = frame.intern(text)
        case .list:
            let items = input.elementType == .string ? [Double(frame.intern(text))] : [1, 2.5, Double(turn)]
            frame.codes(register)[row] = frame.makeList(items)
        }
    }
}
