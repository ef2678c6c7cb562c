import CVectors
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Sums and elementary functions, of the processor's set and of the one for every machine: to the bit what the plain definition gives, or near what the C library gives.
@Suite struct VectorSumTests {
    private let sets = [vector_functions_portable().pointee, vector_functions_best().pointee]

    private static func numbers(_ count: Int, _ random: inout TestRandom) -> [Double] { (0..<count).map { _ in Double.random(in: -2...2, using: &random) } }

    /// Every number of vectors up to more than two tiles, so that what is left over has every size.
    @Test(arguments: 0...9, [0, 1, 3, 8])
    func productsAndDistances(_ count: Int, _ length: Int) {
        var random = TestRandom(state: UInt64(count * 10 + length))
        let (cells, vectors) = (Self.numbers(8 * length, &random) + [0], Self.numbers(count * length, &random) + [0])
        let weights = Self.numbers(length, &random).map(\.magnitude) + [0]
        func each(_ term: (_ cell: Double, _ i: Int, _ component: Double) -> Double) -> [Double] {
            var found: [Double] = []
            for v in 0..<count {
                for lane in 0..<8 {
                    var sum = 0.0
                    for i in 0..<length { sum += term(cells[8 * i + lane], i, vectors[v * length + i]) }
                    found.append(sum)
                }
            }
            found.append(7)
            return found
        }
        for functions in sets {
            var out = [Double](repeating: 7, count: count * 8 + 1)
            functions.products(cells, vectors, count, length, &out)
            #expect(out == each { cell, _, component in cell * component })
            functions.squared_distances(cells, vectors, nil, count, length, &out)
            #expect(out == each { cell, _, component in (cell - component) * (cell - component) })
            functions.squared_distances(cells, vectors, weights, count, length, &out)
            #expect(out == each { cell, i, component in (cell - component) * (cell - component) * weights[i] })
        }
    }

    /// Weights lie in pairs of neurons, a last odd one beside zeros.
    @Test(arguments: 1...9, [1, 2, 5])
    func layers(_ neurons: Int, _ inputs: Int) {
        var random = TestRandom(state: UInt64(neurons * 10 + inputs))
        let (cells, weights, offsets) = (Self.numbers(8 * inputs, &random), Self.numbers(neurons * inputs, &random), Self.numbers(neurons, &random))
        var paired = [Double](repeating: 0, count: (neurons + 1) / 2 * 2 * inputs)
        for neuron in 0..<neurons { for i in 0..<inputs { paired[(neuron / 2 * inputs + i) * 2 + neuron % 2] = weights[neuron * inputs + i] } }
        var wanted: [Double] = []
        for n in 0..<neurons {
            for lane in 0..<8 {
                var sum = offsets[n]
                for i in 0..<inputs { sum += cells[8 * i + lane] * weights[n * inputs + i] }
                wanted.append(sum)
            }
        }
        wanted.append(7)
        for functions in sets {
            var out = [Double](repeating: 7, count: neurons * 8 + 1)
            functions.layer(cells, paired, offsets, inputs, neurons, &out)
            #expect(out == wanted)
        }
    }

    @Test(arguments: [0, 1, 7, 15, 16, 17, 31, 33], [1, 2, 3])
    func sumsOfColumns(_ rows: Int, _ count: Int) {
        var random = TestRandom(state: UInt64(rows * 10 + count))
        let table = (0..<count).map { _ in Self.numbers(rows, &random) + [0] }
        let (coefficients, start) = (Self.numbers(count, &random), Self.numbers(rows, &random) + [7])
        var wanted = start
        for row in 0..<rows { for i in 0..<count { wanted[row] += table[i][row] * coefficients[i] } }
        for functions in sets {
            let columns = table.map { values in UnsafeMutablePointer<Double>.allocate(capacity: rows + 1).filled(values) }
            defer { columns.forEach { $0.deallocate() } }
            var sums = start
            functions.add_columns(columns.map { UnsafePointer($0) }, coefficients, count, rows, &sums)
            #expect(sums == wanted)
        }
    }

    /// Runs of every length up to more than two vectors; both sets give the same bits, and what follows a run stays.
    @Test(arguments: 0...19)
    func elementaryFunctions(_ count: Int) {
        let odd: [Double] = [0, 1, -1, 0.04, -0.06, 3, -3, 15, -25, 25, 700, -700, 709, 710, -746, .infinity, -.infinity, 0.5, -0.5]
        let x = (0..<count).map { odd[($0 + count) % odd.count] }
        let plain: [(Double) -> Double] = [{ exp($0) }, { 1 / (1 + exp(-$0)) }, { tanh($0) }]
        for (index, function) in plain.enumerated() {
            var results: [[Double]] = []
            for functions in sets {
                var values = x + [7]
                [functions.exponential, functions.logistic, functions.tanh][index](&values, count)
                for (value, argument) in zip(values, x) {
                    let wanted = function(argument)
                    // tanh is a quotient of differences where its series ends, at 0.05, which loses four bits.
                    let share = index == 2 && argument.magnitude > 0.05 ? 64e-16 : 4e-16
                    #expect(value == wanted || (value - wanted).magnitude <= share * wanted.magnitude, "function \(index) of \(argument)")
                }
                #expect(values[count] == 7)
                results.append(values)
            }
            #expect(results[0].map(\.bitPattern) == results[1].map(\.bitPattern))
        }
    }

    /// A block is a hit for a row if one of its sixteen estimates is not above the row's limit, whichever it is.
    @Test(arguments: 0..<16)
    func nearBlocks(_ place: Int) {
        let norms = (0..<32).map { Float($0 == 16 + place ? 1 : 5) }
        for functions in sets {
            for (limit, isHit) in [(Float(0.5), false), (1, true), (2, true)] {
                var (estimates, hits) = ([Float](repeating: -1, count: 4 * 32), [UInt8](repeating: 7, count: 8))
                functions.near([Float](repeating: 0, count: 32), norms, 2, 1, [0, 0, 0, 0], [limit, limit, limit, limit], &estimates, &hits)
                let wanted: [UInt8] = isHit ? [0, 1, 0, 1, 0, 1, 0, 1] : [0, 0, 0, 0, 0, 0, 0, 0]
                #expect(hits == wanted)
                #expect(estimates == norms + norms + norms + norms)
            }
        }
    }
}
