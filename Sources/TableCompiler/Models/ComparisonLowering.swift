// https://dmg.org/pmml/v4-4-1/ClusteringModel.html#xsdElement_ComparisonMeasure

import Evaluation
import ModelTree

/// A field that records are compared by, as the document describes it.
struct ComparedField {
    var field: String
    var weight: Double
    var missingWeight = 1.0
    var function: ComparisonMeasure.CompareFunction
    var similarityScale: Double?
    var comparisons: Matrix?
    var location: SourceLocation
}

/// A compared field as lowered: the record's side, and how to read the other side's values.
struct ComparedColumn {
    var field: RecordComparison.Field
    /// The number that stands for a value as the document writes it; nil if it is no value of the field.
    var number: (String) -> Double?
}

extension Compiler {
    func aggregation(_ measure: ComparisonMeasure) -> ComparisonAggregation {
        switch measure.metric {
        case .euclidean: .squares(isRoot: true)
        case .squaredEuclidean: .squares(isRoot: false)
        case .chebychev: .maximum
        case .cityBlock: .sum
        case .minkowski(let power): .power(power)
        case .simpleMatching: .binary(c: [1, 0, 0, 1], d: [1, 1, 1, 1])
        case .jaccard: .binary(c: [1, 0, 0, 0], d: [1, 1, 1, 0])
        case .tanimoto: .binary(c: [1, 0, 0, 1], d: [1, 2, 2, 1])
        case .binarySimilarity(let p): .binary(c: [p.c11, p.c10, p.c01, p.c00], d: [p.d11, p.d10, p.d01, p.d00])
        }
    }

    /// - Parameter texts: the values on the other side, for fields that are compared as texts.
    func compared(
        _ field: ComparedField, _ measure: ComparisonMeasure, texts: () -> [String], _ context: ModelContext
    ) throws(CompileError) -> ComparedColumn {
        let value = try context.scope.value(of: field.field, at: field.location, self)
        func column(_ register: Register, _ comparison: FieldComparison, _ number: @escaping (String) -> Double?) -> ComparedColumn {
            ComparedColumn(
                field: RecordComparison.Field(
                    register: register, weight: field.weight, missingWeight: field.missingWeight, comparison: comparison),
                number: number)
        }
        if case .binary = aggregation(measure) {
            let register = value.isText ? try convert(value, to: .double, at: field.location).register : value.register
            return column(register, .equal) { Literal.number($0, as: value.isText ? .double : value.type) }
        }
        if let cyclic = context.scope.dataField(field.field), cyclic.isCyclic, field.function == .absDiff || field.function == .gaussSim {
            throw CompileError.unsupportedAttribute("isCyclic=\"1\"", "the distance between values of a cyclic field is not known", at: cyclic.location)
        }
        let comparison: FieldComparison
        switch field.function {
        case .absDiff: comparison = .absDiff
        case .gaussSim:
            guard let scale = field.similarityScale, scale != 0 else {
                throw CompileError(
                    "similarity-scale", "compareFunction of field \"\(field.field)\" is \"gaussSim\", which needs a similarityScale", at: field.location)
            }
            comparison = .gaussSim(scale: scale)
        case .delta: comparison = .delta
        case .equal: comparison = .equal
        case .table: return try table(field, value, context, column)
        }
        if value.isText, field.function == .delta || field.function == .equal {
            // Positions among the other side's texts: what is none of them differs from all.
            var positions: [ExactText: Double] = [:]
            var known: [String] = []
            for text in texts() where positions[ExactText(text)] == nil {
                positions[ExactText(text)] = Double(known.count)
                known.append(text)
            }
            let found = positions
            return column(builder.index(of: value.register, in: known), comparison) { found[ExactText($0)] }
        }
        let number = value.isText ? try convert(value, to: .double, at: field.location) : value
        return column(number.register, comparison) { Literal.number($0, as: number.type) }
    }

    /// `table`: rows and columns follow the order of the field's values or intervals.
    private func table(
        _ field: ComparedField, _ value: TypedValue, _ context: ModelContext,
        _ column: (Register, FieldComparison, @escaping (String) -> Double?) -> ComparedColumn
    ) throws(CompileError) -> ComparedColumn {
        guard let matrix = field.comparisons, matrix.rows == matrix.columns, matrix.rows > 0 else {
            throw CompileError(
                "comparisons", "compareFunction of field \"\(field.field)\" is \"table\", which needs Comparisons with a square Matrix", at: field.location)
        }
        let dataField = context.scope.dataField(field.field)
        let listed = (dataField?.values ?? context.scope.derivedField(field.field)?.values ?? []).validTexts
        let comparison = FieldComparison.table(matrix.values)
        if listed.isEmpty, let intervals = dataField?.intervals, !intervals.isEmpty, !value.isText {
            guard intervals.count == matrix.rows else {
                throw CompileError(
                    "comparisons",
                    "the Comparisons of field \"\(field.field)\" have \(matrix.rows) rows, but the field has \(intervals.count) intervals", at: field.location)
            }
            let position = intervalPosition(of: value.register, in: intervals)
            return column(position, comparison) { text in
                guard let number = Literal.number(text, as: value.type) else { return nil }
                return intervals.firstIndex { $0.contains(number) }.map(Double.init)
            }
        }
        guard listed.count == matrix.rows else {
            throw CompileError(
                "comparisons",
                "the Comparisons of field \"\(field.field)\" have \(matrix.rows) rows, but the field lists \(listed.count) values", at: field.location)
        }
        let register: Register
        if value.isText {
            register = builder.index(of: value.register, in: listed)
        } else {
            register = builder.index(of: value.register, in: listed.map { Literal.number($0, as: value.type) ?? .nan })
        }
        return column(register, comparison) { [self] text in
            if let at = position(of: text, in: listed, value.type) { return Double(at) }
            // An array of numbers cannot name a text, but can say which it is, counting from 1.
            guard value.isText, let number = NumberParsing.double(text), number >= 1, number <= Double(listed.count) else { return nil }
            return number.rounded() - 1
        }
    }
}

extension Compiler {
    /// The position of the interval that a number lies in; out of range for one that lies in none.
    private func intervalPosition(of number: Register, in intervals: [Interval]) -> Register {
        builder.emit("number.interval", .number) {
            $0.register(number)
            $0.numbers(intervals.map { $0.leftMargin ?? -.infinity })
            $0.numbers(intervals.map { $0.rightMargin ?? .infinity })
            $0.integers(intervals.map {
                ($0.closure.includesLeft || $0.leftMargin == nil ? 1 : 0) + ($0.closure.includesRight || $0.rightMargin == nil ? 2 : 0)
            })
        }
    }
}

extension Interval {
    func contains(_ value: Double) -> Bool {
        if let left = leftMargin, closure.includesLeft ? value < left : value <= left { return false }
        if let right = rightMargin, closure.includesRight ? value > right : value >= right { return false }
        return !value.isNaN
    }
}
