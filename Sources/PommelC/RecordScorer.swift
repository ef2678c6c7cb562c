import CPommel
import Evaluation
import Pommel

/// Scores one record at a time, with its inputs and outputs as C values. One thread at a time may use it.
final class RecordScorer {
    let inputs: UnsafeMutableBufferPointer<pommel_value>
    let outputs: UnsafeMutableBufferPointer<pommel_value>
    let plan: Plan
    private let frame: Frame
    private let targets: [InputTarget]
    private let sources: [Source]
    /// The codes of the texts of dates and times among the outputs.
    private var dates: [Int32: Int32] = [:]
    /// The JSON of list outputs.
    private var lists = ByteWriter()

    private struct Source {
        let register: Int32
        let kind: RegisterKind
        /// A list's is that of its elements.
        let type: ValueType

        var isTemporal: Bool { kind == .number && type.isTemporal }
    }

    init(_ plan: Plan) {
        self.plan = plan
        frame = Frame(plan: plan, capacity: 1)
        targets = InputTarget.all(of: plan)
        sources = plan.results.map { Source(register: $0.register.index, kind: $0.register.kind, type: $0.register.kind == .list ? $0.elementType ?? $0.type : $0.type) }
        inputs = .allocate(capacity: max(1, targets.count))
        outputs = .allocate(capacity: max(1, sources.count))
        inputs.initialize(repeating: .missing)
        outputs.initialize(repeating: .missing)
    }

    deinit {
        inputs.deallocate()
        outputs.deallocate()
    }

    var inputCount: Int { targets.count }
    var outputCount: Int { sources.count }

    /// Computes the outputs of what the inputs hold.
    ///
    /// - Throws: ``PommelError`` with the field and value when there is no result.
    func score() throws(PommelError) {
        frame.begin()
        frame.count = 1
        for index in targets.indices {
            let target = targets[index]
            guard target.isRead else { continue }
            let value = inputs[index]
            if value.kind == pommel_value.Kind.number, target.kind == .number, target.type == .double {
                frame.numbers(target.register)[0] = value.number
                frame.status(target.register)[0] = value.number.isNaN ? CellStatus.missing : 0
            } else {
                try fill(target, value, index)
            }
        }
        frame.run()
        guard frame.failed[0] == 0 else { throw failure() }
        lists.removeAll()
        // Texts may move while others are made, so dates and times are all written before any is pointed at.
        for source in sources where source.isTemporal && frame.status(source.register)[0] & CellStatus.missing == 0 {
            dates[source.register] = frame.intern(Temporal.text(frame.numbers(source.register)[0], as: source.type))
        }
        for index in sources.indices { outputs[index] = output(sources[index]) }
        if lists.count > 0 { placeLists() }
    }

    private func fill(_ target: InputTarget, _ value: pommel_value, _ index: Int) throws(PommelError) {
        let cell: CellValue
        switch value.kind {
        case pommel_value.Kind.number: cell = .number(value.number)
        case pommel_value.Kind.missing: cell = .missing
        case pommel_value.Kind.boolean: cell = .boolean(value.number != 0)
        case pommel_value.Kind.text: cell = .text(value.bytes)
        case pommel_value.Kind.list:
            guard target.kind == .list, case .array(let items)? = JSON([UInt8](value.bytes)) else {
                let name = plan.program.schema.inputs[index].name
                throw .argument("a list is no JSON array, or the field takes no list", field: name)
            }
            return store(items, target)
        default: throw .argument("a value has the kind \(value.kind), which there is not")
        }
        if target.kind == .list, value.kind != pommel_value.Kind.missing { return CellValue.storeList([cell], target, frame, 0) }
        cell.store(target, frame, 0)
    }

    /// Stores a list, whose texts are kept as long as it takes.
    private func store(_ items: [JSON], _ target: InputTarget) {
        var texts: [UnsafeMutableBufferPointer<UInt8>] = []
        defer { for text in texts { text.deallocate() } }
        let cells = items.map { item -> CellValue in
            switch item {
            case .number(let number): return .number(number)
            case .boolean(let flag): return .boolean(flag)
            case .string(let text):
                let bytes = Array(text.utf8)
                let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
                _ = copy.initialize(from: bytes)
                texts.append(copy)
                return .text(UnsafeBufferPointer(copy))
            case .null, .array, .object: return .missing
            }
        }
        CellValue.storeList(cells, target, frame, 0)
    }

    private func output(_ source: Source) -> pommel_value {
        if frame.status(source.register)[0] & CellStatus.missing != 0 { return .missing }
        switch source.kind {
        case .number:
            let number = frame.numbers(source.register)[0]
            switch source.type {
            case .boolean: return pommel_value(kind: pommel_value.Kind.boolean, number: number)
            case .date, .time, .dateTime: return pommel_value(text: frame.text(dates[source.register] ?? 0))
            default: return pommel_value(kind: pommel_value.Kind.number, number: number)
            }
        case .text: return pommel_value(text: frame.text(frame.codes(source.register)[0]))
        case .list:
            let start = lists.count
            ResultList(frame, source.register, 0, source.type).writeJSON(to: &lists)
            // Its place in memory is known when all lists are written.
            return pommel_value(listAt: start, length: lists.count - start)
        }
    }

    private func placeLists() {
        lists.withBytes { bytes in
            for index in sources.indices where outputs[index].kind == pommel_value.Kind.list {
                let start = Int(outputs[index].number)
                outputs[index].text = bytes.baseAddress.map { UnsafeRawPointer($0 + start).assumingMemoryBound(to: CChar.self) }
            }
        }
    }

    private func failure() -> PommelError { PommelError(frame.failure(of: 0), in: "record") }
}

extension PommelError {
    /// Why a row has no result.
    init(_ failure: RowFailure?, in file: String) {
        self.init(
            id: failure?.id ?? "row-failed", message: failure?.message ?? "the record has no result",
            place: .init(file: file, field: failure?.field, value: failure?.value))
    }
}
