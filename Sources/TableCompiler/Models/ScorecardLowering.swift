// https://dmg.org/pmml/v4-4-1/Scorecard.html

import Evaluation
import ModelTree

extension Compiler {
    /// initialScore + the points of each characteristic. A characteristic without a true attribute leaves the row without a score.
    func lowerScorecard(_ scorecard: Scorecard, _ context: ModelContext) throws(CompileError) -> ModelResult {
        var points: [Register] = []
        var attributes: [Register] = []
        for characteristic in scorecard.characteristics {
            var conditions: [Register] = []
            for attribute in characteristic.attributes { conditions.append(try lower(attribute.predicate, in: context.scope).register) }
            let first = builder.firstTrue(conditions)
            attributes.append(first)
            points.append(try partialScore(of: characteristic, first, context))
        }
        let sum = builder.linear(
            intercept: scorecard.initialScore, isFloat: context.model.isFloat,
            terms: points.map { .power($0, exponent: 1, coefficient: 1) })
        var result = ModelResult(value: TypedValue(sum, numericType(of: context.target, context)), target: context.target.name)
        try addReasonCodes(scorecard, points, attributes, to: &result, context)
        return result
    }

    private func partialScore(
        of characteristic: Scorecard.Characteristic, _ first: Register, _ context: ModelContext
    ) throws(CompileError) -> Register {
        var numbers: [Double] = []
        for attribute in characteristic.attributes {
            if case .number(let number) = attribute.partialScore { numbers.append(number) }
        }
        if numbers.count == characteristic.attributes.count { return builder.number(at: first, in: numbers) }
        var values: [Register] = []
        for attribute in characteristic.attributes {
            switch attribute.partialScore {
            case .number(let number): values.append(builder.constant(number))
            case .expression(let expression):
                values.append(try numeric(lower(expression, in: context.scope, expecting: .double), at: attribute.location).register)
            }
        }
        return builder.pick(first, of: values)
    }

    /// Reason codes by rank, as far as the document tells what they need; an output that asks for them makes it an error if not.
    private func addReasonCodes(
        _ scorecard: Scorecard, _ points: [Register], _ attributes: [Register], to result: inout ModelResult, _ context: ModelContext
    ) throws(CompileError) {
        let asked = context.model.output.filter { $0.feature == .reasonCode && $0.segmentId == nil }
        guard scorecard.usesReasonCodes else {
            if let output = asked.first {
                warn("reason-codes", "the Scorecard says useReasonCodes=\"false\"; OutputField \"\(output.name)\" is empty", at: output.location)
            }
            for output in asked { result.features[.ranked(.reasonCode, output.rank)] = TypedValue(builder.missing(.text), .string) }
            return
        }
        var characteristics: [(points: Register, attribute: Register, baseline: Double, codes: [String])] = []
        for (index, characteristic) in scorecard.characteristics.enumerated() {
            guard let baseline = characteristic.baselineScore ?? scorecard.baselineScore else {
                if asked.isEmpty { return }
                throw CompileError("baseline-score", "Characteristic \"\(characteristic.name ?? "")\" has no baselineScore, which reason codes need", at: characteristic.location)
            }
            var codes: [String] = []
            for attribute in characteristic.attributes {
                guard let code = attribute.reasonCode ?? characteristic.reasonCode else {
                    if asked.isEmpty { return }
                    throw CompileError("reason-code", "neither this Attribute nor its Characteristic has a reasonCode", at: attribute.location)
                }
                codes.append(code)
            }
            characteristics.append((points[index], attributes[index], baseline, codes))
        }
        // A segment's reasons may be asked for from outside.
        let ranks = max(asked.map(\.rank).max() ?? 0, min(characteristics.count, 20))
        guard ranks >= 1, ranks <= 10_000 else { return }
        let codes = builder.reasonCodes(characteristics, ranks: ranks, pointsBelow: scorecard.reasonCodeAlgorithm == .pointsBelow)
        for (index, code) in codes.enumerated() { result.features[.ranked(.reasonCode, index + 1)] = TypedValue(code, .string) }
    }
}

extension ModelResult.FeatureKey {
    /// The feature of the result with a rank, 1 being the first.
    static func ranked(_ feature: ResultFeature, _ rank: Int) -> Self { Self(feature, "rank \(rank)") }
}
