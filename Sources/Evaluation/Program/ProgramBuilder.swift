/// Builds a program: allocates registers, collects instructions in blocks, and shares equal ones.
///
/// An instruction equal to one that has surely run before it (in the same block or one around it) is not emitted again;
/// its registers are given back instead. So the lowering may ask for the same thing as often as it likes.
public final class ProgramBuilder {
    public let pools = PoolBuilder()
    public var schema = Schema()
    private var kinds: [RegisterKind] = []
    private var constantWords: [Int32] = []
    private var constants: [ConstantKey: Register] = [:]
    private var blocks: [Block] = [Block()]

    private struct Block {
        var words: [Int32] = []
        var known: [[Int32]: [Register]] = [:]
        var guarded: Register?
    }
    private struct ConstantKey: Hashable {
        var kind: RegisterKind
        var bits: UInt64
        var isMissing: Bool
    }

    public init() {}

    /// How many blocks are open; 0 outside all of them.
    public private(set) var depth = 0
    /// Tells the open blocks apart: what was computed in one block cannot be used in another that does not lie inside it.
    public private(set) var blockID = 0
    private var lastBlockID = 0

    /// A register that the caller fills.
    public func inputRegister(_ kind: RegisterKind) -> Register { allocate(kind) }

    public func constant(_ value: Double) -> Register {
        constant(.number, bits: value.bitPattern, isMissing: false) { $0.number(value) }
    }

    public func constant(_ text: String) -> Register {
        constant(.text, bits: UInt64(bitPattern: Int64(pools.intern(text))), isMissing: false) { $0.string(text) }
    }

    /// A register whose cells are all missing.
    public func missing(_ kind: RegisterKind) -> Register {
        if kind == .text { return constant(.text, bits: 0, isMissing: true) { $0.string("") } }
        return constant(.number, bits: 0, isMissing: true) { $0.number(0) }
    }

    /// The value of a constant number register, or nil.
    public func constantNumber(_ register: Register) -> Double? {
        guard let key = constantKeys[register], key.kind == .number, !key.isMissing else { return nil }
        return Double(bitPattern: key.bits)
    }

    /// The value of a constant text register, or nil.
    public func constantText(_ register: Register) -> String? {
        guard let key = constantKeys[register], key.kind == .text, !key.isMissing, key.bits < UInt64(pools.strings.count) else { return nil }
        return pools.strings[Int(key.bits)]
    }

    public func isConstant(_ register: Register) -> Bool { constantKeys[register] != nil }
    /// Whether the register's cells are all missing.
    public func isMissing(_ register: Register) -> Bool { constantKeys[register]?.isMissing ?? false }
    private var constantKeys: [Register: ConstantKey] = [:]

    private func constant(_ kind: RegisterKind, bits: UInt64, isMissing: Bool, _ value: (inout OperandWriter) -> Void) -> Register {
        let key = ConstantKey(kind: kind, bits: bits, isMissing: isMissing)
        if let known = constants[key] { return known }
        let register = allocate(kind)
        var writer = OperandWriter(pools: pools)
        writer.register(register)
        writer.flag(isMissing)
        value(&writer)
        constantWords += writer.words
        constants[key] = register
        constantKeys[register] = key
        return register
    }

    /// Emits an operation and gives its output registers.
    ///
    /// - Parameters:
    ///   - name: the operation's name.
    ///   - outputs: kinds of its outputs.
    ///   - countFirst: whether the number of outputs is written before them, for operations with a varying number.
    ///   - operands: writes the operands after the outputs, in the order in which the kernel reads them.
    @discardableResult
    public func emit(
        _ name: String, _ outputs: [RegisterKind], countFirst: Bool = false, _ operands: (inout OperandWriter) -> Void
    ) -> [Register] {
        var writer = OperandWriter(pools: pools)
        operands(&writer)
        let key = [pools.intern(name)] + outputs.map { Int32($0.rawValue) } + writer.words
        if !outputs.isEmpty {
            for block in blocks[0...depth].reversed() { if let known = block.known[key] { return known } }
        }
        let registers = outputs.map(allocate)
        let count = countFirst ? [Int32(truncatingIfNeeded: outputs.count)] : []
        append(name, count + registers.map(\.index) + writer.words)
        if !outputs.isEmpty { blocks[depth].known[key] = registers }
        return registers
    }

    /// Emits an operation with one output.
    public func emit(_ name: String, _ output: RegisterKind, _ operands: (inout OperandWriter) -> Void) -> Register {
        emit(name, [output], operands)[0]
    }

    /// Emits the instructions of `body` so that they run only if `condition` is true for some row of the batch.
    ///
    /// Registers that `body` fills must be read outside only together with the condition.
    public func block<Result, Failure: Error>(if condition: Register, _ body: () throws(Failure) -> Result) throws(Failure) -> Result {
        let (saved, savedID) = (depth, blockID)
        depth = blocks.count
        blocks.append(Block(guarded: condition))
        lastBlockID += 1
        blockID = lastBlockID
        defer { (depth, blockID) = (saved, savedID) }
        let result = try body()
        let finished = blocks.removeLast()
        depth = saved
        if !finished.words.isEmpty {
            append(BlockMarker.begin, [condition.index])
            blocks[depth].words += finished.words
            append(BlockMarker.end, [])
        }
        return result
    }

    /// Emits the instructions of `body` into an enclosing block, so that what they compute can be shared by all inside it.
    public func hoisted<Result, Failure: Error>(to level: Int, _ body: () throws(Failure) -> Result) throws(Failure) -> Result {
        let saved = depth
        depth = min(level, depth)
        defer { depth = saved }
        return try body()
    }

    /// The finished image: the bytes of a `.pommel` file.
    public func finish() throws(FormatError) -> ProgramImage {
        var schemaWriter = OperandWriter(pools: pools)
        SchemaCoding.write(schema, to: &schemaWriter)
        let text = StringTable.build(pools.strings)
        var image = ImageWriter()
        image.add("schema", schemaWriter.words)
        image.add("registers", kinds.map { Int32($0.rawValue) })
        image.add("constants", constantWords)
        image.add("program", blocks[0].words)
        image.add("strings", text.bytes)
        image.add("string.offsets", text.offsets)
        image.add("string.slots", text.slots)
        image.add("numbers", pools.numbers)
        image.add("integers", pools.integers)
        image.add("bytes", pools.bytes)
        return try image.finish()
    }

    private func allocate(_ kind: RegisterKind) -> Register {
        kinds.append(kind)
        return Register(index: Int32(truncatingIfNeeded: kinds.count - 1), kind: kind)
    }

    private func append(_ name: String, _ words: [Int32]) {
        blocks[depth].words.append(pools.intern(name))
        blocks[depth].words.append(Int32(truncatingIfNeeded: words.count))
        blocks[depth].words += words
    }
}
