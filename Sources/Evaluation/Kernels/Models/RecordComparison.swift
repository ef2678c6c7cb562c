// https://dmg.org/pmml/v4-4-1/ClusteringModel.html#xsdElement_ComparisonMeasure

/// How the two values of a field are compared. The results are added up by a ``ComparisonAggregation``.
public enum FieldComparison: Sendable {
    /// |x − y|
    case absDiff
    /// exp(−ln 2 · (x − y)² / scale²)
    case gaussSim(scale: Double)
    /// 0 if they are equal, else 1
    case delta
    /// 1 if they are equal, else 0
    case equal
    /// The number in row x and column y of a square matrix, given row by row; both values are positions counted from 0.
    case table([Double])
}

/// How the comparisons of all fields become one number.
public enum ComparisonAggregation: Sendable {
    /// Σ weight · c², or its square root
    case squares(isRoot: Bool)
    /// Σ weight · c
    case sum
    /// The largest weight · c
    case maximum
    /// (Σ weight · cᵖ)^(1/p)
    case power(Double)
    /// Fields counted by whether they are 1 or 0 on either side: (Σ c·a) / (Σ d·a) with the counts a₁₁, a₁₀, a₀₁, a₀₀.
    case binary(c: [Double], d: [Double])
}

/// A comparison of records with a set of items: cluster centers or training instances.
public struct RecordComparison: Sendable {
    public struct Field: Sendable {
        /// A number register.
        public var register: Register
        public var weight: Double
        /// The field's share in the adjustment for missing values.
        public var missingWeight: Double
        public var comparison: FieldComparison
        public init(register: Register, weight: Double, missingWeight: Double, comparison: FieldComparison) {
            self.register = register
            self.weight = weight
            self.missingWeight = missingWeight
            self.comparison = comparison
        }
    }
    public var fields: [Field]
    public var aggregation: ComparisonAggregation
    public var isFloat: Bool
    /// Field after field, the values of all items; NaN is missing.
    public var items: [Double]
    public init(fields: [Field], aggregation: ComparisonAggregation, isFloat: Bool, items: [Double]) {
        self.fields = fields
        self.aggregation = aggregation
        self.isFloat = isFloat
        self.items = items
    }
}

/// A comparison as a kernel holds it.
struct BoundComparison: Sendable {
    struct Field: Sendable {
        var register: Int32
        var weight: Double
        var missingWeight: Double
        var function: Int
        var scale: Double
        var table: Slab<Double>
        /// Rows and columns of the table.
        var size: Int
        /// Whether an item lacks the field.
        var mayMiss: Bool
    }
    let fields: [Field]
    /// The fields' weights.
    let weights: [Double]
    /// 0 squares, 1 root of squares, 2 sum, 3 maximum, 4 power, 5 binary.
    let aggregation: Int
    /// The power, or the parameters of binary similarity: c₁₁, c₁₀, c₀₁, c₀₀, d₁₁, d₁₀, d₀₁, d₀₀.
    let parameters: Slab<Double>
    let isFloat: Bool
    let itemCount: Int
    let items: Slab<Double>
    let totalWeight: Double

    init(from reader: inout OperandReader) throws(FormatError) {
        isFloat = try reader.flag()
        aggregation = try reader.int(in: 0...5)
        parameters = try reader.numbers()
        guard parameters.count == (aggregation == 4 ? 1 : aggregation == 5 ? 8 : 0) else {
            throw reader.error("operand-range", "the measure has too few or too many parameters")
        }
        let count = try reader.int(in: 1...10_000_000)
        var fields: [Field] = []
        for _ in 0..<count {
            let register = try reader.input(.number)
            let (weight, missingWeight) = (try reader.number(), try reader.number())
            let function = try reader.int(in: 0...4)
            let scale = try reader.number()
            let table = try reader.numbers()
            let size = Int(Double(table.count).squareRoot())
            guard size * size == table.count, function != 4 || size > 0 else { throw reader.error("operand-range", "a table is not square") }
            fields.append(
                Field(
                    register: register, weight: weight, missingWeight: missingWeight, function: function, scale: scale,
                    table: table, size: size, mayMiss: false))
        }
        items = try reader.numbers()
        itemCount = items.count / count
        guard itemCount * count == items.count else { throw reader.error("operand-range", "items differ in their number of fields") }
        for index in fields.indices {
            for item in 0..<itemCount {
                let value = items[index * itemCount + item]
                if value.isNaN {
                    fields[index].mayMiss = true
                } else if fields[index].function == 4, !(value >= 0 && value < Double(fields[index].size)) {
                    throw reader.error("operand-range", "an item is outside its field's table")
                }
            }
        }
        self.fields = fields
        weights = fields.map(\.weight)
        totalWeight = fields.reduce(0) { $0 + $1.missingWeight }
    }

    /// The batch's values, field after field, NaN for missing ones, in scratch memory 0; the rows' failures go to `failures`.
    func prepare(_ frame: Frame, _ failures: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<Double> {
        let rows = frame.count
        let prepared = frame.scratch.numbers(0, rows * fields.count)
        for row in 0..<rows { failures[row] = 0 }
        for (index, field) in fields.enumerated() {
            let (values, status) = (frame.numbers(field.register), frame.status(field.register))
            let column = prepared + index * rows
            for row in 0..<rows {
                failures[row] |= status[row] & CellStatus.failure
                column[row] = status[row] & CellStatus.missing != 0 ? .nan : values[row]
            }
            if field.function == 4 {
                let size = Double(field.size)
                for row in 0..<rows where !(column[row] >= 0 && column[row] < size) { column[row] = .nan }
            } else if isFloat {
                for row in 0..<rows { column[row] = Double(Float(column[row])) }
            }
        }
        return prepared
    }
}

extension OperandWriter {
    mutating func comparison(_ comparison: RecordComparison) {
        flag(comparison.isFloat)
        switch comparison.aggregation {
        case .squares(let isRoot):
            int(isRoot ? 1 : 0)
            numbers([])
        case .sum:
            int(2)
            numbers([])
        case .maximum:
            int(3)
            numbers([])
        case .power(let power):
            int(4)
            numbers([power])
        case .binary(let c, let d):
            int(5)
            numbers(c + d)
        }
        int(comparison.fields.count)
        for field in comparison.fields {
            register(field.register)
            number(field.weight)
            number(field.missingWeight)
            switch field.comparison {
            case .absDiff: function(0)
            case .gaussSim(let scale): function(1, scale: scale)
            case .delta: function(2)
            case .equal: function(3)
            case .table(let table): function(4, table: table)
            }
        }
        numbers(comparison.isFloat ? comparison.items.map { Double(Float($0)) } : comparison.items)
    }

    private mutating func function(_ code: Int, scale: Double = 1, table: [Double] = []) {
        int(code)
        number(scale)
        numbers(table)
    }
}
