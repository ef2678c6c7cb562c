/// Writes operands as 32-bit words, and their bulk data into pools; the mirror image of ``OperandReader``.
///
/// A kernel's file holds its encoding and its `init(from:)` side by side, operand for operand.
public struct OperandWriter {
    var words: [Int32] = []
    let pools: PoolBuilder

    init(pools: PoolBuilder) { self.pools = pools }

    public mutating func int(_ value: Int) { words.append(Int32(truncatingIfNeeded: value)) }
    public mutating func flag(_ value: Bool) { words.append(value ? 1 : 0) }
    public mutating func register(_ value: Register) { words.append(value.index) }
    /// A register that may be absent.
    public mutating func optional(_ value: Register?) { words.append(value?.index ?? -1) }
    public mutating func registers(_ values: [Register]) {
        int(values.count)
        for value in values { register(value) }
    }
    public mutating func number(_ value: Double) { words.append(pools.add(number: value)) }
    public mutating func string(_ value: String) { words.append(pools.intern(value)) }
    public mutating func optional(_ value: String?) { words.append(value.map(pools.intern) ?? -1) }
    public mutating func numbers(_ values: [Double]) { slice(pools.add(numbers: values), values.count) }
    public mutating func integers(_ values: [Int32]) { slice(pools.add(integers: values), values.count) }
    public mutating func bytes(_ values: [UInt8]) { slice(pools.add(bytes: values), values.count) }
    public mutating func codes(_ values: [String]) { integers(pools.intern(values)) }

    /// A run that is in its pool already.
    mutating func slice(_ run: (offset: Int, count: Int)) { slice(run.offset, run.count) }

    private mutating func slice(_ offset: Int, _ count: Int) {
        words.append(Int32(bitPattern: UInt32(truncatingIfNeeded: offset)))
        words.append(Int32(bitPattern: UInt32(truncatingIfNeeded: count)))
    }
}

/// Collects the pools of a program under construction; equal numbers, strings and short runs are stored once.
public final class PoolBuilder {
    private(set) var numbers: [Double] = []
    private(set) var integers: [Int32] = []
    private(set) var bytes: [UInt8] = []
    private(set) var strings: [String] = []
    /// Keyed by bytes: strings that Unicode calls equivalent are different values in PMML.
    private var codes: [[UInt8]: Int32] = [:]
    private var knownNumbers: [UInt64: Int32] = [:]
    private var lastList: [String] = []
    private var lastCodes: [Int32] = []
    // Where runs of a hash lie: equal operands are equal words, so that what is computed once is not computed again.
    private var numberRuns: [Int: [Range<Int>]] = [:]
    private var integerRuns: [Int: [Range<Int>]] = [:]
    private var byteRuns: [Int: [Range<Int>]] = [:]

    func add(number value: Double) -> Int32 {
        if let known = knownNumbers[value.bitPattern] { return known }
        let index = Int32(truncatingIfNeeded: numbers.count)
        numbers.append(value)
        knownNumbers[value.bitPattern] = index
        return index
    }

    func intern(_ text: String) -> Int32 {
        let key = Array(text.utf8)
        if let known = codes[key] { return known }
        let code = Int32(truncatingIfNeeded: strings.count)
        strings.append(text)
        codes[key] = code
        return code
    }

    /// The codes of a list; of the one that was asked for last they are known.
    func intern(_ list: [String]) -> [Int32] {
        if list.place != lastList.place { (lastList, lastCodes) = (list, list.map(intern)) }
        return lastCodes
    }

    func add(numbers values: [Double]) -> Int {
        let run = numbers.count..<numbers.count + values.count
        let known = numberRuns.insert(run, hash: values.bitHash) { numbers[$0].elementsEqual(values) { $0.bitPattern == $1.bitPattern } }
        if let known { return known.lowerBound }
        numbers.append(contentsOf: values)
        return run.lowerBound
    }

    func add(integers values: [Int32]) -> Int {
        let run = integers.count..<integers.count + values.count
        if let known = integerRuns.insert(run, hash: values.bitHash, isEqual: { integers[$0].elementsEqual(values) }) { return known.lowerBound }
        integers.append(contentsOf: values)
        return run.lowerBound
    }

    /// Writes into the pools themselves what is too large to be held twice; nil takes back what was written.
    ///
    /// - Parameters:
    ///   - numbers, bytes: how many there will be at most.
    func large<Result>(numbers count: Int, bytes size: Int, _ write: (inout [Double], inout [UInt8]) -> Result?) -> Result? {
        while bytes.count % 8 != 0 { bytes.append(0) }
        let (firstNumber, firstByte) = (numbers.count, bytes.count)
        numbers.reserveCapacity(firstNumber + count)
        bytes.reserveCapacity(firstByte + size)
        if let result = write(&numbers, &bytes) { return result }
        numbers.removeSubrange(firstNumber...)
        bytes.removeSubrange(firstByte...)
        return nil
    }

    func add(bytes values: [UInt8]) -> Int {
        // Records of up to eight-byte fields are read in place.
        while bytes.count % 8 != 0 { bytes.append(0) }
        let run = bytes.count..<bytes.count + values.count
        if let known = byteRuns.insert(run, hash: values.bitHash, isEqual: { bytes[$0].elementsEqual(values) }) { return known.lowerBound }
        bytes.append(contentsOf: values)
        return run.lowerBound
    }
}

extension [Int: [Range<Int>]] {
    /// Adds a run, unless there is one of its length and content.
    ///
    /// - Returns: the run that is there; nil if this one was added.
    fileprivate mutating func insert(_ run: Range<Int>, hash: Int, isEqual: (Range<Int>) -> Bool) -> Range<Int>? {
        if let known = self[hash]?.first(where: { $0.count == run.count && isEqual($0) }) { return known }
        self[hash, default: []].append(run)
        return nil
    }
}

extension Array where Element: BitwiseCopyable {
    /// Of the elements as they lie in memory.
    fileprivate var bitHash: Int {
        withUnsafeBytes {
            var hasher = Hasher()
            hasher.combine(count)
            hasher.combine(bytes: $0)
            return hasher.finalize()
        }
    }
}
