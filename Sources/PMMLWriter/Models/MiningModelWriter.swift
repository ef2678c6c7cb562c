// https://dmg.org/pmml/v4-4-1/MultipleModels.html
import ModelTree

extension DocumentWriter {
    /// A Segmentation; before it was there, or could be a chain, trees and regressions one after another.
    func write(_ mining: MiningModel, of model: Model) {
        let isSilent = mining.missingPredictionTreatment == .continue || mining.isMissingAnyway
        if mining.method == .modelChain, version < .v4_1, isSilent, mining.segments.allSatisfy({ $0.isEmbeddable(in: model) }) {
            for segment in mining.segments { writeEmbedded(segment.model) }
            return
        }
        out.element("Segmentation") {
            let isMultiChain = mining.method == .multiModelChain
            out.attribute("multipleModelMethod", (isMultiChain ? .modelChain : mining.method).rawValue)
            if version >= .v4_4 ? mining.missingPredictionTreatment != .continue : !isSilent {
                out.attribute("missingPredictionTreatment", mining.missingPredictionTreatment.rawValue)
            }
            if mining.missingThreshold != 1 { out.attribute("missingThreshold", share: mining.missingThreshold) }
            if isMultiChain { out.extend("x-multipleModelMethod", mining.method.rawValue) }
            for segment in mining.segments { write(segment) }
        }
    }

    private func write(_ segment: Segment) {
        out.element("Segment", at: segment.location) {
            out.attribute("id", segment.id)
            if segment.weight != 1 { out.attribute("weight", number: segment.weight) }
            write(segment.predicate)
            write(segment.model)
        }
        // A chain's later segments read what earlier ones have made.
        for field in segment.model.output { if let type = field.dataType ?? types.type(of: field, segment.model) { types.define(field.name, type) } }
    }
}

extension MiningModel {
    /// Whether a missing prediction of a segment leads to a missing result even if nothing is said of it.
    fileprivate var isMissingAnyway: Bool {
        guard missingPredictionTreatment == .returnMissing else { return false }
        switch method {
        case .majorityVote, .weightedMajorityVote, .multiModelChain, .selectAll: return false
        case .modelChain: return lastReadsAll
        case .average, .weightedAverage, .median, .weightedMedian, .max, .sum, .weightedSum, .selectFirst: return true
        }
    }

    /// Whether the last segment is a regression over the predictions of all others, so that it misses what one of them does.
    private var lastReadsAll: Bool {
        guard let last = segments.last, case .always = last.predicate, case .regression(let regression) = last.model.kind else { return false }
        let read = regression.decisiveFields(for: last.model.functionName)
        let replaced = Set(last.model.miningSchema.fields.filter { $0.missingValueReplacement != nil }.map(\.name))
        let derived = Set(last.model.localTransformations.derivedFields.compactMap(\.name))
        return segments.dropLast().allSatisfy { segment in
            guard case .always = segment.predicate else { return false }
            return segment.model.output.contains { field in
                field.feature == .predictedValue && field.rank == 1 && field.segmentId == nil && field.targetField == nil
                    && read.contains(field.name) && !replaced.contains(field.name) && !derived.contains(field.name)
            }
        }
    }
}

extension RegressionModel {
    /// The fields without which the model has no result.
    fileprivate func decisiveFields(for function: MiningFunction) -> Set<String> {
        let decisive: ArraySlice<RegressionTable>
        switch normalization {
        case _ where function == .regression: decisive = tables.prefix(1)
        case .softmax, .simplemax: decisive = tables[...]
        // Of two categories the second has what the first leaves.
        case .logit, .probit, .cloglog, .loglog, .cauchit: decisive = tables.count == 2 ? tables.prefix(1) : []
        case .none, .exp: decisive = []
        }
        return Set(decisive.flatMap { $0.numericPredictors.map(\.field) + $0.predictorTerms.flatMap(\.fields) })
    }
}

extension Segment {
    /// Whether the segment says no more than a model without a mining schema can: it takes the outer model's fields as they
    /// are, and what came before it.
    fileprivate func isEmbeddable(in outer: Model) -> Bool {
        guard case .always = predicate, model.isScorable, model.verification == nil else { return false }
        switch model.kind {
        case .tree, .regression: break
        default: return false
        }
        func targets(_ model: Model) -> [String] { model.miningSchema.fields.filter { $0.usageType == .target }.map(\.name) }
        if targets(model) != targets(outer) { return false }
        let known = Dictionary(outer.miningSchema.fields.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        return model.miningSchema.fields.allSatisfy { field in
            let isPlain = field.outliers == .asIs && field.missingValueReplacement == nil && field.missingValueTreatment != .returnInvalid
                && (field.invalidValueTreatment == .asIs || field.invalidValueTreatment == .returnInvalid)
            guard let above = known[field.name] else { return isPlain && field.usageType == .active }
            return isPlain && above.usageType == field.usageType && (field.opType == nil || field.opType == above.opType)
        }
    }
}
