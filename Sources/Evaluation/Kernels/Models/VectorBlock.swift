// https://dmg.org/pmml/v4-4-1/SupportVectorMachine.html

/// Eight rows of numbers side by side: component i of all of them at `cells + 8 · i`.
struct VectorBlock {
    typealias Lanes = SIMD8<Double>
    static let lanes = 8

    /// Copies up to eight rows of the input columns; lanes without a row are 0.
    @inline(__always)
    static func load(
        _ inputs: [Int32], _ frame: Frame, start: Int, width: Int, isFloat: Bool, into cells: UnsafeMutablePointer<Double>
    ) {
        for (index, register) in inputs.enumerated() {
            let column = frame.numbers(register) + start
            let cell = cells + index &* lanes
            load(column, width, into: cell)
            if isFloat { narrow(cell, lanes) }
        }
    }

    /// Copies up to eight numbers of a column; lanes without a row are 0.
    @inline(__always)
    static func load(_ column: UnsafePointer<Double>, _ width: Int, into cell: UnsafeMutablePointer<Double>) {
        if width == lanes {
            let whole = UnsafeRawPointer(column).loadUnaligned(as: Lanes.self)
            UnsafeMutableRawPointer(cell).storeBytes(of: whole, as: Lanes.self)
        } else {
            for lane in 0..<lanes { cell[lane] = lane < width ? column[lane] : 0 }
        }
    }

    /// Copies the first of eight numbers into a column.
    @inline(__always)
    static func store(_ cell: UnsafePointer<Double>, _ width: Int, into column: UnsafeMutablePointer<Double>) {
        if width == lanes {
            let whole = UnsafeRawPointer(cell).loadUnaligned(as: Lanes.self)
            UnsafeMutableRawPointer(column).storeBytes(of: whole, as: Lanes.self)
        } else {
            for lane in 0..<width { column[lane] = cell[lane] }
        }
    }

    /// Rounds to binary32.
    static func narrow(_ values: UnsafeMutablePointer<Double>, _ count: Int) {
        for index in 0..<count { values[index] = Double(Float(values[index])) }
    }
}
