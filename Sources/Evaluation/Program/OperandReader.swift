/// Reads the operands of one instruction, checking each against what the program has; the mirror image of ``OperandWriter``.
///
/// Every register, index, count and slice that comes out of it is in range, so kernels index unchecked.
public struct OperandReader {
    private let words: Slab<Int32>
    private var position: Int
    private var end: Int
    let pools: Pools
    private let kinds: [RegisterKind]
    private var defined: [Bool]
    /// What the instruction at hand has been found to write.
    private var written: [Bool]
    private let section: String
    /// Registers that the instruction reads and writes, in the order of its operands.
    private(set) var reads: [Int32] = []
    private(set) var writes: [Int32] = []

    init(words: Slab<Int32>, range: Range<Int>, pools: Pools, kinds: [RegisterKind], defined: [Bool], section: String) {
        self.words = words
        self.position = range.lowerBound
        self.end = range.upperBound
        self.pools = pools
        self.kinds = kinds
        self.defined = defined
        written = [Bool](repeating: false, count: kinds.count)
        self.section = section
    }

    /// Moves on to the next instruction, keeping what is defined by now.
    mutating func restart(_ range: Range<Int>) {
        for index in writes {
            defined[Int(index)] = true
            written[Int(index)] = false
        }
        reads.removeAll(keepingCapacity: true)
        writes.removeAll(keepingCapacity: true)
        position = range.lowerBound
        end = range.upperBound
    }

    func isDefined(_ index: Int32) -> Bool { index >= 0 && Int(index) < defined.count && defined[Int(index)] }

    public func error(_ id: String, _ message: String) -> FormatError {
        FormatError(id: id, message: message, section: section, offset: position)
    }

    mutating func word() throws(FormatError) -> Int32 {
        guard position < end else { throw error("operands-short", "an operand is missing") }
        defer { position += 1 }
        return words[position]
    }

    /// Fails unless every operand has been read.
    mutating func finish() throws(FormatError) {
        guard position == end else { throw error("operands-long", "operands are left over") }
    }

    /// An integer within `range`.
    public mutating func int(in range: ClosedRange<Int>) throws(FormatError) -> Int {
        let value = Int(try word())
        guard range.contains(value) else {
            throw error("operand-range", "operand \(value) is outside \(range.lowerBound)…\(range.upperBound)")
        }
        return value
    }

    public mutating func flag() throws(FormatError) -> Bool { try int(in: 0...1) == 1 }

    /// A register that an earlier instruction, an input or a constant has filled.
    public mutating func input(_ kind: RegisterKind) throws(FormatError) -> Int32 {
        let index = try word()
        guard index >= 0, Int(index) < kinds.count else { throw error("register-range", "there is no register \(index)") }
        guard kinds[Int(index)] == kind else { throw error("register-kind", "register \(index) does not hold a \(kind)") }
        guard defined[Int(index)] else { throw error("register-order", "register \(index) is read before it is written") }
        reads.append(index)
        return index
    }

    /// A readable register of any kind.
    public mutating func inputOfAnyKind() throws(FormatError) -> Register {
        guard position < end else { throw error("operands-short", "an operand is missing") }
        let index = words[position]
        guard index >= 0, Int(index) < kinds.count else { throw error("register-range", "there is no register \(index)") }
        let kind = kinds[Int(index)]
        return Register(index: try input(kind), kind: kind)
    }

    /// A register of any kind, defined or not.
    mutating func anyRegister() throws(FormatError) -> Register {
        let index = try word()
        guard index >= 0, Int(index) < kinds.count else { throw error("register-range", "there is no register \(index)") }
        return Register(index: index, kind: kinds[Int(index)])
    }

    /// The kind of the register that the next operand names.
    func kindOfNext() throws(FormatError) -> RegisterKind {
        guard position < end else { throw error("operands-short", "an operand is missing") }
        let index = words[position]
        guard index >= 0, Int(index) < kinds.count else { throw error("register-range", "there is no register \(index)") }
        return kinds[Int(index)]
    }

    /// The code of a string, or -1.
    mutating func optionalCode() throws(FormatError) -> Int32 {
        let code = try word()
        guard code >= -1, Int(code) < pools.strings.count else { throw error("pool-range", "there is no string \(code)") }
        return code
    }

    public mutating func optionalInput(_ kind: RegisterKind) throws(FormatError) -> Int32? {
        guard position < end else { throw error("operands-short", "an operand is missing") }
        if words[position] == -1 {
            position += 1
            return nil
        }
        return try input(kind)
    }

    public mutating func inputs(_ kind: RegisterKind) throws(FormatError) -> [Int32] {
        let count = try int(in: 0...kinds.count.addingClamped(1_000_000))
        var found: [Int32] = []
        found.reserveCapacity(min(count, kinds.count))
        for _ in 0..<count { found.append(try input(kind)) }
        return found
    }

    /// A register that this instruction fills; no other may.
    public mutating func output(_ kind: RegisterKind) throws(FormatError) -> Int32 {
        let index = try word()
        guard index >= 0, Int(index) < kinds.count else { throw error("register-range", "there is no register \(index)") }
        guard kinds[Int(index)] == kind else { throw error("register-kind", "register \(index) does not hold a \(kind)") }
        guard !defined[Int(index)], !written[Int(index)] else { throw error("register-order", "register \(index) is written twice") }
        written[Int(index)] = true
        writes.append(index)
        return index
    }

    public mutating func number() throws(FormatError) -> Double {
        let index = try int(in: 0...Int(Int32.max))
        guard index < pools.numbers.count else { throw error("pool-range", "there is no number \(index)") }
        return pools.numbers[index]
    }

    /// The code of a string.
    public mutating func code() throws(FormatError) -> Int32 {
        let code = try word()
        guard code >= 0, Int(code) < pools.strings.count else { throw error("pool-range", "there is no string \(code)") }
        return code
    }

    public mutating func string() throws(FormatError) -> String { pools.strings.string(try code()) }

    public mutating func optionalString() throws(FormatError) -> String? {
        let code = try word()
        if code == -1 { return nil }
        guard code >= 0, Int(code) < pools.strings.count else { throw error("pool-range", "there is no string \(code)") }
        return pools.strings.string(code)
    }

    public mutating func numbers() throws(FormatError) -> Slab<Double> { try slice(pools.numbers, "numbers") }
    public mutating func integers() throws(FormatError) -> Slab<Int32> { try slice(pools.integers, "integers") }
    public mutating func bytes() throws(FormatError) -> Slab<UInt8> { try slice(pools.bytes, "bytes") }

    /// A run of string codes, each in range.
    public mutating func codes() throws(FormatError) -> Slab<Int32> {
        let found = try integers()
        for index in 0..<found.count where found[index] < 0 || Int(found[index]) >= pools.strings.count {
            throw error("pool-range", "there is no string \(found[index])")
        }
        return found
    }

    private mutating func slice<Element>(_ pool: Slab<Element>, _ name: String) throws(FormatError) -> Slab<Element> {
        let offset = Int(UInt32(bitPattern: try word()))
        let count = Int(UInt32(bitPattern: try word()))
        guard offset <= pool.count, count <= pool.count - offset else {
            throw error("pool-range", "the slice \(offset)…+\(count) is outside the pool of \(pool.count) \(name)")
        }
        return Slab(base: pool.base + offset, count: count)
    }
}

extension Int {
    /// The sum, or the largest integer when it would overflow.
    func addingClamped(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
