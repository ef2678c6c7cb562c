import Evaluation

/// Scores one record at a time, with working memory of its own; one thread at a time may use it.
public final class Scorer {
    private let frame: Frame
    private let inputs: [InputField]
    private let results: [ResultField]
    private let inputCells: [Cell]
    private let resultCells: [Cell]
    /// The program's own strings as they have been asked for, by code.
    private var texts: [Int32: String] = [:]

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
        for input in inputs { fill(input, record[input.name] ?? .missing) }
        frame.run()
        guard frame.failed[0] == 0 else { throw failure() }
        var values: [String: Value] = [:]
        values.reserveCapacity(results.count)
        for result in results { values[result.name] = value(of: result) }
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
                fill(inputs[index], index < record.count ? record[index] : .missing)
            }
        }
        frame.run()
        guard frame.failed[0] == 0 else { throw failure() }
        if values.count != resultCells.count { values = [Value](repeating: .missing, count: resultCells.count) }
        for index in resultCells.indices {
            let cell = resultCells[index]
            if frame.status(cell.register)[0] & CellStatus.missing != 0 {
                values[index] = .missing
            } else if cell.kind == .number {
                values[index] = Value(frame.numbers(cell.register)[0], of: cell.type)
            } else {
                values[index] = value(of: results[index])
            }
        }
    }

    /// Why the record has no result.
    private func failure() -> PommelError {
        let failure = frame.failure(of: 0)
        return PommelError(
            id: failure?.id ?? "row-failed", message: failure?.message ?? "the record has no result",
            place: .init(file: "record", field: failure?.field, value: failure?.value))
    }

    private func fill(_ input: InputField, _ value: Value) {
        let register = input.register.index
        let status = frame.status(register)
        status[0] = 0
        if value == .missing || isNaN(value) {
            status[0] = CellStatus.missing
            return
        }
        switch input.register.kind {
        case .number:
            if let number = value.number(as: input.type) {
                if number.isNaN { status[0] = CellStatus.missing }
                frame.numbers(register)[0] = number
            } else {
                status[0] = CellStatus.unreadable
                frame.numbers(register)[0] = Double(frame.intern(value.description))
            }
        case .text:
            if case .string(let text) = value {
                frame.codes(register)[0] = frame.intern(text)
            } else {
                frame.codes(register)[0] = frame.intern(value.description)
            }
        case .list: fillList(input, value)
        }
    }

    private func fillList(_ input: InputField, _ value: Value) {
        guard case .list(let items) = value else { return fillList(input, .list([value])) }
        let type = input.elementType ?? input.type
        var elements: [Double] = []
        elements.reserveCapacity(items.count)
        for item in items where item != .missing {
            guard let element = type == .string ? Double(frame.intern(item.description)) : item.number(as: type) else {
                frame.status(input.register.index)[0] = CellStatus.unreadable
                frame.codes(input.register.index)[0] = frame.makeList([])
                return
            }
            elements.append(element)
        }
        frame.codes(input.register.index)[0] = frame.makeList(elements)
    }

    private func isNaN(_ value: Value) -> Bool {
        if case .number(let number) = value { return number.isNaN }
        return false
    }

    private func value(of result: ResultField) -> Value {
        let register = result.register.index
        if frame.status(register)[0] & CellStatus.missing != 0 { return .missing }
        switch result.register.kind {
        case .number: return Value(frame.numbers(register)[0], of: result.type)
        case .text: return .string(text(frame.codes(register)[0]))
        case .list:
            let type = result.elementType ?? result.type
            return .list(frame.list(frame.codes(register)[0]).map { item in
                if type != .string { return Value(item, of: type) }
                return Int32(exactly: item).map { .string(text($0)) } ?? .missing
            })
        }
    }

    private func text(_ code: Int32) -> String {
        if let known = texts[code] { return known }
        let made = String(decoding: frame.text(code), as: UTF8.self)
        if frame.isPermanent(code), texts.count < 10_000 { texts[code] = made }
        return made
    }
}
