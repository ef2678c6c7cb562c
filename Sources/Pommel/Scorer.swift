import Evaluation

/// Scores one record at a time, with working memory of its own; one thread at a time may use it.
public final class Scorer {
    private let frame: Frame
    private let inputs: [InputField]
    private let results: [ResultField]

    /// - Parameter plan: which results to compute.
    public init(_ plan: Plan) {
        frame = Frame(plan: plan, capacity: 1)
        let read = plan.readRegisters
        inputs = plan.program.schema.inputs.filter { read.contains($0.register.index) }
        results = plan.results
    }

    /// The results for one record, by name. Fields that the record does not name are missing.
    ///
    /// - Throws: ``PommelError`` with the field and value when there is no result.
    public func score(_ record: [String: Value]) throws(PommelError) -> [String: Value] {
        frame.begin()
        frame.count = 1
        for input in inputs { fill(input, record[input.name] ?? .missing) }
        frame.run()
        guard frame.failed[0] == 0 else {
            let failure = frame.failure(of: 0)
            throw PommelError(
                id: failure?.id ?? "row-failed", message: failure?.message ?? "the record has no result",
                place: .init(file: "record", field: failure?.field, value: failure?.value))
        }
        var values: [String: Value] = [:]
        values.reserveCapacity(results.count)
        for result in results { values[result.name] = value(of: result) }
        return values
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
        case .text: frame.codes(register)[0] = frame.intern(value.description)
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

    private func text(_ code: Int32) -> String { String(decoding: frame.text(code), as: UTF8.self) }
}
