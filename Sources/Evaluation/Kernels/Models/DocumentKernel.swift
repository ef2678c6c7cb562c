// https://dmg.org/pmml/v4-4-1/Text.html

/// How frequencies of terms become the vector of a document.
public struct TermWeighting: Sendable {
    public var local: TermWeight
    /// One for each term.
    public var global: [Double]
    /// Whether vectors are brought to length 1.
    public var isNormalized: Bool
    public init(local: TermWeight, global: [Double], isNormalized: Bool) {
        self.local = local
        self.global = global
        self.isNormalized = isNormalized
    }

    /// The vector of a document with these frequencies.
    public func weighted(_ frequencies: [Double]) -> [Double] {
        var vector = frequencies
        vector.withUnsafeMutableBufferPointer { vector in
            global.withUnsafeBufferPointer { global in
                guard let values = vector.baseAddress, let weights = global.baseAddress else { return }
                Self.weigh(values, weights, min(vector.count, global.count), local, isNormalized)
            }
        }
        return vector
    }

    @inline(__always)
    static func weigh(_ vector: UnsafeMutablePointer<Double>, _ global: UnsafePointer<Double>, _ terms: Int, _ local: TermWeight, _ isNormalized: Bool) {
        var most = 0.0
        if local == .augmentedNormalizedTermFrequency { for term in 0..<terms { most = max(most, vector[term]) } }
        var squares = 0.0
        for term in 0..<terms {
            let frequency = vector[term]
            let weight: Double = switch local {
            case .termFrequency: frequency
            case .binary: frequency > 0 ? 1 : 0
            case .logarithmic: CMath.logarithm10(1 + frequency)
            case .augmentedNormalizedTermFrequency: frequency > 0 ? 0.5 * (1 + frequency / most) : 0
            }
            vector[term] = weight * global[term]
            squares += vector[term] * vector[term]
        }
        if isNormalized, squares > 0 {
            let length = squares.squareRoot()
            for term in 0..<terms { vector[term] /= length }
        }
    }
}

/// `text.affinities`: how alike a text and each document of a corpus are: the cosine of the angle between their vectors, or
/// the Euclidean distance. Missing if a frequency is.
struct DocumentAffinityKernel: Kernel {
    static let name = "text.affinities"
    private let outputs: [Int32]
    private let inputs: [Int32]
    private let corpus: Slab<Double>
    private let lengths: [Double]
    private let global: Slab<Double>
    private let local: TermWeight
    private let isNormalized: Bool
    private let isDistance: Bool
    private let isFloat: Bool

    init(from reader: inout OperandReader) throws(FormatError) {
        let count = try reader.int(in: 1...10_000_000)
        var outputs: [Int32] = []
        for _ in 0..<count { outputs.append(try reader.output(.number)) }
        self.outputs = outputs
        inputs = try reader.inputs(.number)
        corpus = try reader.numbers()
        global = try reader.numbers()
        guard let local = TermWeight(rawValue: try reader.int(in: 0...3)) else { throw reader.error("operand-range", "there is no such weight") }
        self.local = local
        isNormalized = try reader.flag()
        isDistance = try reader.flag()
        isFloat = try reader.flag()
        let (size, overflow) = inputs.count.multipliedReportingOverflow(by: count)
        guard global.count == inputs.count, !overflow, corpus.count == size else { throw reader.error("operand-range", "documents and terms differ in number") }
        let (terms, numbers) = (inputs.count, corpus)
        lengths = (0..<count).map { document in
            var squares = 0.0
            for term in 0..<terms { squares += numbers[document * terms + term] * numbers[document * terms + term] }
            return squares.squareRoot()
        }
    }

    func run(_ frame: Frame) {
        let terms = inputs.count
        let query = frame.scratch.numbers(0, max(1, terms))
        for row in 0..<frame.count {
            var status: UInt8 = 0
            for (term, register) in inputs.enumerated() {
                status |= frame.status(register)[row] & CellStatus.failed
                query[term] = frame.numbers(register)[row]
            }
            var length = 0.0
            if status == 0 {
                TermWeighting.weigh(query, global.base, terms, local, isNormalized)
                for term in 0..<terms { length += query[term] * query[term] }
                length = length.squareRoot()
            }
            for (document, register) in outputs.enumerated() {
                frame.status(register)[row] = status
                var affinity = 0.0
                if status == 0 {
                    let vector = corpus.base + document * terms
                    if isDistance {
                        for term in 0..<terms { affinity += (query[term] - vector[term]) * (query[term] - vector[term]) }
                        affinity = affinity.squareRoot()
                    } else {
                        for term in 0..<terms { affinity += query[term] * vector[term] }
                        let product = length * lengths[document]
                        affinity = product > 0 ? affinity / product : 0
                    }
                }
                frame.numbers(register)[row] = isFloat ? Double(Float(affinity)) : affinity
            }
        }
    }
}

extension ProgramBuilder {
    /// One number per document of `corpus`, which holds the documents' vectors one after the other.
    public func documentAffinities(_ frequencies: [Register], corpus: [Double], _ weighting: TermWeighting, isDistance: Bool, isFloat: Bool) -> [Register] {
        let documents = frequencies.isEmpty ? 0 : corpus.count / frequencies.count
        return emit(DocumentAffinityKernel.name, [RegisterKind](repeating: .number, count: documents), countFirst: true) {
            $0.registers(frequencies)
            $0.numbers(corpus)
            $0.numbers(weighting.global)
            $0.int(weighting.local.rawValue)
            $0.flag(weighting.isNormalized)
            $0.flag(isDistance)
            $0.flag(isFloat)
        }
    }
}
