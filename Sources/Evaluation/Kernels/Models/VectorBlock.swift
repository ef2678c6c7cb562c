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
            for lane in 0..<width { cell[lane] = isFloat ? Double(Float(column[lane])) : column[lane] }
            for lane in width..<lanes { cell[lane] = 0 }
        }
    }

    /// Scalar products of the eight rows with each vector of a matrix.
    static func products(
        _ cells: UnsafeMutablePointer<Double>, _ vectors: UnsafePointer<Double>, count: Int, length: Int,
        into results: UnsafeMutablePointer<Double>
    ) {
        let rows = UnsafeMutableRawPointer(cells).assumingMemoryBound(to: Lanes.self)
        let target = UnsafeMutableRawPointer(results).assumingMemoryBound(to: Lanes.self)
        var at = 0
        while at &+ 1 < count {
            let (first, second) = (vectors + at &* length, vectors + (at &+ 1) &* length)
            var (a, b) = (Lanes.zero, Lanes.zero)
            for index in 0..<length {
                let value = rows[index]
                a += value * Lanes(repeating: first[index])
                b += value * Lanes(repeating: second[index])
            }
            target[at] = a
            target[at &+ 1] = b
            at &+= 2
        }
        if at < count {
            let vector = vectors + at &* length
            var sum = Lanes.zero
            for index in 0..<length { sum += rows[index] * Lanes(repeating: vector[index]) }
            target[at] = sum
        }
    }

    /// Squared Euclidean distances of the eight rows from each vector of a matrix.
    static func squaredDistances(
        _ cells: UnsafeMutablePointer<Double>, _ vectors: UnsafePointer<Double>, count: Int, length: Int,
        into results: UnsafeMutablePointer<Double>
    ) {
        let rows = UnsafeMutableRawPointer(cells).assumingMemoryBound(to: Lanes.self)
        let target = UnsafeMutableRawPointer(results).assumingMemoryBound(to: Lanes.self)
        for at in 0..<count {
            let vector = vectors + at &* length
            var sum = Lanes.zero
            for index in 0..<length {
                let difference = rows[index] - Lanes(repeating: vector[index])
                sum += difference * difference
            }
            target[at] = sum
        }
    }

    /// Rounds to binary32.
    static func narrow(_ values: UnsafeMutablePointer<Double>, _ count: Int) {
        for index in 0..<count { values[index] = Double(Float(values[index])) }
    }
}
