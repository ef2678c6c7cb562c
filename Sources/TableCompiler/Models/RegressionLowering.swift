// https://dmg.org/pmml/v4-4-1/Regression.html

import Evaluation
import ModelTree

extension Compiler {
    func lowerRegression(_ regression: RegressionModel, _ context: ModelContext) throws(CompileError) -> ModelResult {
        if context.isClassification { return try lowerRegressionClassification(regression, context) }
        guard regression.tables.count == 1, let table = regression.tables.first else {
            throw CompileError(
                "regression-table", "RegressionModel has \(regression.tables.count) RegressionTables, expected one for regression",
                at: regression.tables.last?.location ?? context.model.location)
        }
        let y = try lower(table, context)
        let isFloat = context.model.isFloat
        let value: Register
        switch regression.normalization {
        case .none, .simplemax: value = y
        case .softmax, .logit: value = builder.normalize(y, .logit, isFloat: isFloat)
        case .exp: value = builder.normalize(y, .exp, isFloat: isFloat)
        case .probit: value = builder.normalize(y, .probit, isFloat: isFloat)
        case .cloglog: value = builder.normalize(y, .cloglog, isFloat: isFloat)
        case .loglog: value = builder.normalize(y, .loglog, isFloat: isFloat)
        case .cauchit: value = builder.normalize(y, .cauchit, isFloat: isFloat)
        }
        return ModelResult(value: TypedValue(value, numericType(of: context.target, context)), target: context.target.name)
    }

    private func lowerRegressionClassification(_ regression: RegressionModel, _ context: ModelContext) throws(CompileError) -> ModelResult {
        var tables: [(category: String, table: RegressionTable?)] = []
        for table in regression.tables {
            guard let category = table.targetCategory else {
                throw CompileError.missingAttribute("targetCategory", of: "RegressionTable", because: "classification", at: table.location)
            }
            tables.append((category, table))
        }
        let listed = context.target.values.map(\.value)
        // One category of the target may go without a table: its score is 0. Tables of a model inside another may be of categories of its own.
        let named = tables.map(\.category)
        let unnamed = listed.filter { position(of: $0, in: named, context.target.type) == nil }
        if unnamed.count == 1, tables.count == listed.count - 1 { tables.append((unnamed[0], nil)) }
        let isOrdinal = context.target.opType == .ordinal && Self.cumulative(regression.normalization) != nil
        if isOrdinal {
            // Cumulative probabilities follow the order of the target's values.
            tables.sort { a, b in
                (position(of: a.category, in: listed, context.target.type) ?? .max) < (position(of: b.category, in: listed, context.target.type) ?? .max)
            }
        }
        var scores: [Register] = []
        for entry in tables { scores.append(try entry.table.map { (table) throws(CompileError) in try lower(table, context) } ?? builder.constant(0)) }
        let probabilities = isOrdinal
            ? ordinalProbabilities(scores, regression.normalization, context)
            : categoricalProbabilities(scores, tables.map(\.table), regression.normalization, context)
        let index = builder.highest(probabilities)
        var result = try classified(index, tables.map(\.category), context)
        result.probabilities = probabilities
        result.confidences = probabilities
        return result
    }

    private static func cumulative(_ method: RegressionModel.Normalization) -> Normalization? {
        switch method {
        case .logit: .logit
        case .probit: .probit
        case .cloglog: .cloglog
        case .loglog: .loglog
        case .cauchit: .cauchit
        case .exp: .exp
        case .none, .simplemax, .softmax: nil
        }
    }

    private func categoricalProbabilities(
        _ scores: [Register], _ tables: [RegressionTable?], _ method: RegressionModel.Normalization, _ context: ModelContext
    ) -> [Register] {
        let isFloat = context.model.isFloat
        switch method {
        case .softmax: return builder.softmax(scores, isFloat: isFloat)
        case .simplemax: return builder.shares(scores, isFloat: isFloat)
        case .none:
            if scores.count < 2 { return scores }
            // Of two, a score beyond 0 or 1 is a certainty.
            let others = scores.count > 2 ? scores : scores.map { builder.scale($0, low: 0, high: 1, factor: 1, constant: 0, cast: 0, isFloat: isFloat) }
            return completed(others, at: remainder(of: tables), isFloat)
        case .logit, .probit, .cloglog, .loglog, .cauchit, .exp:
            guard let link = Self.cumulative(method) else { return scores }
            if scores.count == 2, method != .exp {
                let rest = remainder(of: tables)
                return completed(scores.enumerated().map { $0 == rest ? $1 : builder.normalize($1, link, isFloat: isFloat) }, at: rest, isFloat)
            }
            return builder.shares(scores.map { builder.normalize($0, link, isFloat: isFloat) }, isFloat: isFloat)
        }
    }

    /// The category whose probability is what the others leave: the one whose table says nothing, if one alone is such, else the last.
    private func remainder(of tables: [RegressionTable?]) -> Int {
        let empty = tables.indices.filter { isEmpty(tables[$0]) }
        return empty.count == 1 ? empty[0] : tables.count - 1
    }

    private func completed(_ probabilities: [Register], at rest: Int, _ isFloat: Bool) -> [Register] {
        var all = probabilities
        all[rest] = complement(of: probabilities.indices.filter { $0 != rest }.map { probabilities[$0] }, isFloat)
        return all
    }

    private func isEmpty(_ table: RegressionTable?) -> Bool {
        guard let table else { return true }
        return table.intercept == 0 && table.numericPredictors.isEmpty && table.categoricalPredictors.isEmpty && table.predictorTerms.isEmpty
    }

    /// p₁ = F(y₁), pᵢ = F(yᵢ) − F(yᵢ₋₁), and the last category has what is left.
    private func ordinalProbabilities(_ scores: [Register], _ method: RegressionModel.Normalization, _ context: ModelContext) -> [Register] {
        guard let link = Self.cumulative(method), scores.count > 1 else { return scores }
        let isFloat = context.model.isFloat
        let cumulative = scores.dropLast().map { builder.normalize($0, link, isFloat: isFloat) }
        var probabilities: [Register] = [cumulative[0]]
        for index in 1..<cumulative.count {
            probabilities.append(builder.linear(
                intercept: 0, isFloat: isFloat,
                terms: [.power(cumulative[index], exponent: 1, coefficient: 1), .power(cumulative[index - 1], exponent: 1, coefficient: -1)]))
        }
        probabilities.append(complement(of: [cumulative[cumulative.count - 1]], isFloat))
        return probabilities
    }

    private func complement(of values: [Register], _ isFloat: Bool) -> Register {
        builder.linear(intercept: 1, isFloat: isFloat, terms: values.map { .power($0, exponent: 1, coefficient: -1) })
    }

    /// intercept + Σ coefficient · valueᵉˣᵖᵒⁿᵉⁿᵗ + the coefficients of the row's categories + Σ coefficient · product
    private func lower(_ table: RegressionTable, _ context: ModelContext) throws(CompileError) -> Register {
        var terms: [LinearTerm] = []
        for predictor in table.numericPredictors {
            let value = try number(predictor.field, context, at: predictor.location)
            guard Int32(exactly: predictor.exponent) != nil else {
                throw CompileError("out-of-range", "the exponent \(predictor.exponent) is beyond ±2147483647", at: predictor.location)
            }
            terms.append(.power(value, exponent: predictor.exponent, coefficient: predictor.coefficient))
        }
        var run: (value: TypedValue, texts: [String], coefficients: [Double])?
        func close() {
            guard let finished = run else { return }
            run = nil
            if finished.value.isText {
                terms.append(.text(finished.value.register, values: finished.texts, coefficients: finished.coefficients))
                return
            }
            let numbers = finished.texts.map { Literal.number($0, as: finished.value.type) ?? .nan }
            terms.append(.number(finished.value.register, values: numbers, coefficients: finished.coefficients))
        }
        for predictor in table.categoricalPredictors {
            let value = try context.scope.value(of: predictor.field, at: predictor.location, self)
            if run?.value.register != value.register {
                close()
                run = (value, [], [])
            }
            run?.texts.append(predictor.value)
            run?.coefficients.append(predictor.coefficient)
        }
        close()
        for term in table.predictorTerms {
            var factors: [Register] = []
            for field in term.fields { factors.append(try number(field, context, at: term.location)) }
            terms.append(.product(factors, coefficient: term.coefficient))
        }
        return builder.linear(intercept: table.intercept, isFloat: context.model.isFloat, terms: terms)
    }

    /// A field as a number; a text is read as one.
    func number(_ field: String, _ context: ModelContext, at location: SourceLocation) throws(CompileError) -> Register {
        let value = try context.scope.value(of: field, at: location, self)
        return value.isText ? try convert(value, to: .double, at: location).register : value.register
    }
}
