import Evaluation

/// Scores one record at a time, with working memory of its own; one thread at a time may use it.
public final class Scorer {
    private let frame: Frame
    private let inputs: [InputField]
    private let results: [ResultField]
    private let inputCells: [Cell]
    private let resultCells: [Cell]
    private var cells = Cells()

    /// Where a field's value lies, apart from its name, so that looking at it counts no references.
    private struct Cell {
        var register: Int32
        var kind: RegisterKind
        var type: ValueType
    }

    /// - Parameter plan: which results to compute.
    public init(_ plan: Plan) {
        frame = Frame(plan: plan, capacity: 1)
        let read = plan.readRegisters
        inputs = plan.program.schema.inputs.filter { read.contains($0.register.index) }
        results = plan.results
        inputCells = inputs.map { Cell(register: $0.register.index, kind: $0.register.kind, type: $0.type) }
        resultCells = results.map { Cell(register: $0.register.index, kind: $0.register.kind, type: $0.type) }
    }

    /// The names of the inputs, in the order in which ``score(_:into:)`` takes their values.
    public var inputNames: [String] { inputs.map(\.name) }
    /// The names of the results, in the order in which ``score(_:into:)`` gives them.
    public var resultNames: [String] { results.map(\.name) }

    /// The results for one record, by name. Fields that the record does not name are missing.
    ///
    /// - Throws: ``PommelError`` with the field and value when there is no result.
    public func score(_ record: [String: Value]) throws(PommelError) -> [String: Value] {
        frame.begin()
        frame.count = 1
        for input in inputs { cells.fill(frame, input, row: 0, record[input.name] ?? .missing) }
        frame.run()
        guard frame.failed[0] == 0 else { throw cells.failure(frame, row: 0) }
        var values: [String: Value] = [:]
        values.reserveCapacity(results.count)
        for result in results { values[result.name] = cells.value(frame, result, row: 0) }
        return values
    }

    /// The results for one record given by position: the fastest way, which allocates nothing where inputs are numbers, truth values
    /// and texts that the model knows.
    ///
    /// - Parameters:
    ///   - record: a value for each of ``inputNames``; those that it is too short for are missing.
    ///   - values: gets a value for each of ``resultNames``. It is left as it was when the record has no result.
    /// - Throws: ``PommelError`` with the field and value when there is no result.
    public func score(_ record: [Value], into values: inout [Value]) throws(PommelError) {
        frame.begin()
        frame.count = 1
        for index in inputCells.indices {
            let cell = inputCells[index]
            if index < record.count, cell.kind == .number, cell.type == .double, case .number(let number) = record[index] {
                frame.numbers(cell.register)[0] = number
                frame.status(cell.register)[0] = number.isNaN ? CellStatus.missing : 0
            } else {
                cells.fill(frame, inputs[index], row: 0, index < record.count ? record[index] : .missing)
            }
        }
        frame.run()
        guard frame.failed[0] == 0 else { throw cells.failure(frame, row: 0) }
        if values.count != resultCells.count { values = [Value](repeating: .missing, count: resultCells.count) }
        for index in resultCells.indices {
            let cell = resultCells[index]
            if frame.status(cell.register)[0] & CellStatus.missing != 0 {
                values[index] = .missing
            } else if cell.kind == .number {
                values[index] = Value(frame.numbers(cell.register)[0], of: cell.type)
            } else {
                values[index] = cells.value(frame, results[index], row: 0)
            }
        }
    }
}
