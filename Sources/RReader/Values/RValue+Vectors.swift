extension RValue {
    /// Numbers of a numeric, integer or logical vector; NA is NaN.
    func doubles() throws(RReadError) -> [Double] {
        switch object.kind {
        case .double(let values): return values
        case .integer(let values), .logical(let values):
            return values.map { $0 == RObject.missingInteger ? .nan : Double($0) }
        case .null: return []
        default: throw wrongType("numbers")
        }
    }

    /// Integers; a numeric vector will do if its numbers are whole. NA is `RObject.missingInteger`.
    func integers() throws(RReadError) -> [Int32] {
        switch object.kind {
        case .integer(let values), .logical(let values): return values
        case .double(let values):
            var result: [Int32] = []
            result.reserveCapacity(values.count)
            for value in values {
                if value.isNaN {
                    result.append(RObject.missingInteger)
                } else if let number = Int32(exactly: value) {
                    result.append(number)
                } else {
                    throw wrongType("integers")
                }
            }
            return result
        case .null: return []
        default: throw wrongType("integers")
        }
    }

    func double() throws(RReadError) -> Double {
        guard let value = try doubles().first else { throw wrongType("a number") }
        return value
    }

    func integer() throws(RReadError) -> Int {
        guard let value = try integers().first else { throw wrongType("an integer") }
        return Int(value)
    }

    func bool() throws(RReadError) -> Bool {
        if case .symbol(let name) = object.kind, name == "T" || name == "F" { return name == "T" }
        guard let value = try integers().first, value != RObject.missingInteger else { throw wrongType("TRUE or FALSE") }
        return value != 0
    }

    /// Texts; a factor's are those of its levels.
    func strings() throws(RReadError) -> [String] {
        switch object.kind {
        case .string(let texts):
            var result: [String] = []
            result.reserveCapacity(texts.count)
            for text in texts { result.append(text ?? "NA") }
            return result
        case .symbol(let name): return [name]
        case .integer(let codes):
            guard let levels else { return codes.map(String.init) }
            return codes.map { $0 >= 1 && Int($0) <= levels.count ? levels[Int($0) - 1] : "NA" }
        case .double(let values): return values.map(NumberTexts.text)
        case .logical(let values): return values.map { $0 == 0 ? "FALSE" : $0 == 1 ? "TRUE" : "NA" }
        case .null: return []
        default: throw wrongType("texts")
        }
    }

    func string() throws(RReadError) -> String {
        guard let value = try strings().first else { throw wrongType("a text") }
        return value
    }

    /// A matrix of numbers.
    func matrix() throws(RReadError) -> RMatrix {
        guard let dimensions, dimensions.count == 2 else { throw wrongType("a matrix") }
        let values = try doubles()
        let (count, overflow) = dimensions[0].multipliedReportingOverflow(by: dimensions[1])
        guard !overflow, count == values.count, dimensions[0] >= 0 else { throw inconsistent("\(path) has \(values.count) numbers for \(dimensions[0]) × \(dimensions[1])") }
        return RMatrix(
            rows: dimensions[0], columns: dimensions[1], values: values, rowNames: dimensionNames(0), columnNames: dimensionNames(1))
    }
}

/// A matrix of numbers, column after column as R has it.
struct RMatrix {
    let rows: Int
    let columns: Int
    let values: [Double]
    let rowNames: [String]?
    let columnNames: [String]?

    subscript(row: Int, column: Int) -> Double { values[column * rows + row] }
    func column(_ index: Int) -> [Double] { Array(values[index * rows..<(index + 1) * rows]) }
    func row(_ index: Int) -> [Double] { (0..<columns).map { self[index, $0] } }
}
