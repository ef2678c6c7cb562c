// https://dmg.org/pmml/v4-4-1/Transformations.html#xsdElement_NormContinuous and #xsdElement_NormDiscrete

/// Piecewise linear normalization.
///
/// Operands: out, number, origs (ascending), norms, 0 for outliers as is, 1 as missing, 2 as extreme values.
struct PiecewiseLinear: Kernel {
    static let name = "number.linearNorm"
    let out: Int32, a: Int32
    let origs: Slab<Double>, norms: Slab<Double>
    let outliers: Int

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        a = try reader.input(.number)
        origs = try reader.numbers()
        norms = try reader.numbers()
        outliers = try reader.int(in: 0...2)
        guard origs.count == norms.count, origs.count >= 2 else { throw reader.error("linear-norm", "a normalization needs two points") }
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.numbers(out), frame.status(out))
        let (x, xs) = (frame.numbers(a), frame.status(a))
        let count = frame.count
        let last = origs.count - 1
        for row in 0..<count { status[row] = xs[row] & CellStatus.failed }
        if last == 1 {
            let (a0, b0, width, rise) = (origs[0], norms[0], origs[1] - origs[0], norms[1] - norms[0])
            for row in 0..<count { out[row] = b0 + (x[row] - a0) / width * rise }
        } else {
            for row in 0..<count {
                let value = x[row]
                // The segment whose left end is the last one not above the value.
                var (low, high) = (0, last)
                while high - low > 1 {
                    let middle = (low + high) >> 1
                    if origs[middle] <= value { low = middle } else { high = middle }
                }
                out[row] = norms[low] + (value - origs[low]) / (origs[low + 1] - origs[low]) * (norms[low + 1] - norms[low])
            }
        }
        let (least, greatest) = (origs[0], origs[last])
        switch outliers {
        case 1:
            for row in 0..<count where x[row] < least || x[row] > greatest { status[row] |= CellStatus.missing }
        case 2:
            let (bottom, top) = (norms[0], norms[last])
            for row in 0..<count { out[row] = x[row] < least ? bottom : x[row] > greatest ? top : out[row] }
        default: break
        }
    }
}

/// Which interval a number lies in: the first that holds it, counted from 0, or the number of intervals.
///
/// Operands: out, number, left ends, right ends, closures (bit 0: the left end belongs to it, bit 1: the right one).
struct FindInterval: Kernel {
    static let name = "number.interval"
    let out: Int32, a: Int32
    let lefts: Slab<Double>, rights: Slab<Double>
    let closures: Slab<Int32>
    /// The intervals follow each other without overlap, so that a search by halves finds the only candidates.
    let isSorted: Bool

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        a = try reader.input(.number)
        lefts = try reader.numbers()
        rights = try reader.numbers()
        closures = try reader.integers()
        guard lefts.count == rights.count, lefts.count == closures.count else {
            throw reader.error("interval-ends", "intervals lack an end")
        }
        var isSorted = true
        for index in 1..<max(1, lefts.count) where !(rights[index - 1] <= lefts[index] && lefts[index] <= rights[index]) { isSorted = false }
        if lefts.count > 0, !(lefts[0] <= rights[0]) { isSorted = false }
        self.isSorted = isSorted
    }

    @inline(__always)
    private func contains(_ index: Int, _ value: Double) -> Bool {
        let closure = closures[index]
        return (value > lefts[index] || (closure & 1 != 0 && value == lefts[index]))
            && (value < rights[index] || (closure & 2 != 0 && value == rights[index]))
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.numbers(out), frame.status(out))
        let (x, xs) = (frame.numbers(a), frame.status(a))
        for row in 0..<frame.count {
            status[row] = xs[row] & CellStatus.failed
            if status[row] != 0 { continue }
            let value = x[row]
            var index = 0
            if isSorted {
                // The first interval whose right end is not below the value; only it and those that touch there can hold it.
                var high = lefts.count
                while index < high {
                    let middle = (index + high) >> 1
                    if rights[middle] < value { index = middle + 1 } else { high = middle }
                }
                while index < lefts.count, lefts[index] <= value, !contains(index, value) { index += 1 }
                if index < lefts.count, lefts[index] > value { index = lefts.count }
            } else {
                while index < lefts.count, !contains(index, value) { index += 1 }
            }
            out[row] = Double(index)
        }
    }
}
