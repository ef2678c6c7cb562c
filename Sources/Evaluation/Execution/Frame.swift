/// The working memory of one worker for one plan: every register's column for up to `capacity` rows, allocated once.
///
/// Fill the input registers' columns (values and status), set `count`, call ``run()``, read the results' columns.
/// A frame belongs to one thread at a time; the plan behind it is shared.
public final class Frame {
    /// What it computes.
    public let plan: Plan
    /// The most rows of a batch.
    public let capacity: Int
    /// Rows of the current batch.
    public var count = 0

    private let memory: UnsafeMutableRawPointer
    /// Where the values and the status of each register lie: in `memory`, or where the caller has bound an input.
    private let columns: UnsafeMutablePointer<UnsafeMutableRawPointer>
    private let states: UnsafeMutablePointer<UnsafeMutablePointer<UInt8>>
    private let isInput: [Bool]
    private var bound: [(register: Int32, column: UnsafeMutableRawPointer, state: UnsafeMutablePointer<UInt8>)] = []
    /// One byte per row: not 0 when the row failed.
    public let failed: UnsafeMutablePointer<UInt8>
    let strings: StringPool
    /// Bytes of the texts that functions have made in this batch.
    private var madeBytes = 0
    /// Lists by their index: runs of `listItems`; the first ones are the program's constants.
    var listRanges: [Range<Int>] = []
    /// Elements of all lists: numbers, or string codes as numbers.
    var listItems: [Double] = []
    /// The reasons of the batch's failures, at most one per row.
    public private(set) var failures: [RowFailure] = []
    private var noted: [Int32]
    /// Memory that stateful kernels keep from batch to batch, by the kernel's output register.
    var stateSlots: [Int: AnyObject] = [:]
    let scratch = Scratch()

    /// - Parameters:
    ///   - plan: what to compute.
    ///   - capacity: rows per batch; nil chooses 1,024 or fewer, so that the columns of a large program fit the caches.
    public init(plan: Plan, capacity: Int? = nil) {
        self.plan = plan
        let registers = max(1, plan.program.registerKinds.count)
        let fitting = 16 * 1024 * 1024 / (registers * 9)
        let rows = max(1, capacity ?? min(1024, max(32, fitting)))
        self.capacity = rows
        // Columns start on cache lines; a line more keeps those of many rows from meeting in the same sets of a cache.
        let gap = rows < 512 ? 0 : 64
        let valuesStride = ((rows * 8 + 63) & ~63) + gap
        let statusStride = ((rows + 63) & ~63) + gap
        let size = registers * (valuesStride + statusStride) + statusStride
        memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
        memory.initializeMemory(as: UInt8.self, repeating: 0, count: size)
        let statusBase = (memory + registers * valuesStride).assumingMemoryBound(to: UInt8.self)
        failed = statusBase + registers * statusStride
        columns = .allocate(capacity: registers)
        states = .allocate(capacity: registers)
        for register in 0..<registers {
            columns[register] = memory + register * valuesStride
            states[register] = statusBase + register * statusStride
        }
        var isInput = [Bool](repeating: false, count: registers)
        for input in plan.program.schema.inputs where Int(input.register.index) < registers { isInput[Int(input.register.index)] = true }
        self.isInput = isInput
        strings = StringPool(table: plan.program.pools.strings)
        noted = [Int32](repeating: -1, count: rows)
        fillConstants()
    }

    deinit {
        columns.deallocate()
        states.deallocate()
        memory.deallocate()
    }

    /// The values of a number register.
    @inline(__always)
    public func numbers(_ register: Int32) -> UnsafeMutablePointer<Double> {
        columns[Int(register)].assumingMemoryBound(to: Double.self)
    }

    /// The string codes (text) or list indices (list) of a register.
    @inline(__always)
    public func codes(_ register: Int32) -> UnsafeMutablePointer<Int32> {
        columns[Int(register)].assumingMemoryBound(to: Int32.self)
    }

    /// The status of a register's cells, bits of ``CellStatus``.
    @inline(__always)
    public func status(_ register: Int32) -> UnsafeMutablePointer<UInt8> {
        states[Int(register)]
    }

    /// Takes a number input's column from the caller's memory instead of the frame's own, until the next ``begin()``.
    ///
    /// - Parameters:
    ///   - values: as many numbers as the batch has rows; only read, and to be left alone until ``run()`` has returned.
    ///   - status: bits of ``CellStatus`` for each of them.
    public func bind(_ register: Register, values: UnsafePointer<Double>, status: UnsafePointer<UInt8>) {
        let index = Int(register.index)
        guard register.kind == .number, index >= 0, index < isInput.count, isInput[index] else { return }
        bound.append((register.index, columns[index], states[index]))
        columns[index] = UnsafeMutableRawPointer(mutating: values)
        states[index] = UnsafeMutablePointer(mutating: status)
    }

    /// The UTF-8 bytes of a string code; valid until the next string is interned.
    @inline(__always)
    public func text(_ code: Int32) -> UnsafeBufferPointer<UInt8> { strings.span(code) }

    /// Whether a code is one of the program's own strings, which stay the same from batch to batch.
    public func isPermanent(_ code: Int32) -> Bool { code < strings.firstCode }

    /// The code of a string.
    public func intern(_ text: UnsafeBufferPointer<UInt8>) -> Int32 { strings.intern(text) }

    /// The code of a string, for an input's text register; the same for the same text until the next ``begin()``.
    public func intern(_ text: String) -> Int32 {
        var copy = text
        return copy.withUTF8 { strings.intern($0) }
    }

    /// Bytes of the longest text that a function may make.
    static let longestText = 64 << 20
    /// Bytes that functions may make in a batch: texts that double from field to field would fill any memory with a few hundred rows.
    private static let mostTextOfBatch = 256 << 20

    /// Whether the last run made more texts than a batch may have, so that rows failed which would not alone. Whoever runs several rows
    /// runs them again, fewer at a time: then a row fails for its own texts only. Where rows remember those before, there is no again.
    public var isFull: Bool { madeBytes > Frame.mostTextOfBatch && count > 1 && !plan.program.schema.isStateful }

    /// The code of a text that a function has made for a row; nil, with a note of it, if the text or all of them have become too long.
    func keep(_ text: UnsafeBufferPointer<UInt8>, row: Int) -> Int32? {
        madeBytes += min(text.count, Frame.mostTextOfBatch)
        guard text.count <= Frame.longestText, madeBytes <= Frame.mostTextOfBatch else {
            noteLongText(row)
            return nil
        }
        return strings.intern(text)
    }

    func noteLongText(_ row: Int) {
        note(row: row, RowFailure(
            id: "text-too-long",
            message: "a function makes a text of more than \(Frame.longestText >> 20) MB, or texts of more than \(Frame.mostTextOfBatch >> 20) MB for a row"))
    }

    /// Stores a list and gives its index; elements are numbers, or string codes as numbers.
    public func makeList(_ items: some Sequence<Double>) -> Int32 {
        let start = listItems.count
        listItems.append(contentsOf: items)
        listRanges.append(start..<listItems.count)
        return Int32(truncatingIfNeeded: listRanges.count - 1)
    }

    /// The elements of a list.
    public func list(_ index: Int32) -> ArraySlice<Double> {
        guard index >= 0, Int(index) < listRanges.count else { return [] }
        return listItems[listRanges[Int(index)]]
    }

    /// Starts a batch: forgets the last one's strings, lists and failures.
    public func begin() {
        if !bound.isEmpty {
            for own in bound.reversed() { (columns[Int(own.register)], states[Int(own.register)]) = (own.column, own.state) }
            bound.removeAll(keepingCapacity: true)
        }
        strings.reset()
        madeBytes = 0
        listItems.removeAll(keepingCapacity: true)
        listRanges.removeAll(keepingCapacity: true)
        if !failures.isEmpty {
            for index in 0..<capacity { noted[index] = -1 }
            failures.removeAll(keepingCapacity: true)
        }
        count = 0
    }

    /// Notes why a row may fail; the first reason of a row is the one that is told if it does.
    public func note(row: Int, _ failure: @autoclosure () -> RowFailure) {
        guard row < capacity, noted[row] < 0 else { return }
        noted[row] = Int32(truncatingIfNeeded: failures.count)
        failures.append(failure())
    }

    /// Why a row failed.
    public func failure(of row: Int) -> RowFailure? {
        guard row < capacity, noted[row] >= 0 else { return nil }
        return failures[Int(noted[row])]
    }

    /// Evaluates the batch's `count` rows. Rows that fail are marked in ``failed``; their results mean nothing.
    public func run() {
        for row in 0..<count { failed[row] = 0 }
        plan.run(self)
        for register in plan.resultRegisters {
            let status = status(register)
            for row in 0..<count { failed[row] |= status[row] & CellStatus.failure }
        }
    }

    private func fillConstants() {
        for constant in plan.program.constants {
            let status = status(constant.register)
            for row in 0..<capacity { status[row] = constant.isMissing ? CellStatus.missing : 0 }
            switch plan.program.registerKinds[Int(constant.register)] {
            case .number:
                let values = numbers(constant.register)
                for row in 0..<capacity { values[row] = constant.number }
            case .text, .list:
                let values = codes(constant.register)
                for row in 0..<capacity { values[row] = constant.code }
            }
        }
    }
}

/// Why a row has no result.
public struct RowFailure: Sendable {
    /// Stable id: `not-a-number`, `invalid-value`, `missing-value`, `invalid-result`, …
    public var id: String
    /// The field that caused it, if one did.
    public var field: String?
    /// Its value as text.
    public var value: String?
    /// What is wrong, in words.
    public var message: String

    public init(id: String, field: String? = nil, value: String? = nil, message: String) {
        self.id = id
        self.field = field
        self.value = value
        self.message = message
    }
}
