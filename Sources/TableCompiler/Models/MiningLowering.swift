// https://dmg.org/pmml/v4-4-1/MultipleModels.html

import Evaluation
import ModelTree

/// A segment as lowered.
struct LoweredSegment {
    var segment: Segment
    /// The condition under which the segment takes part; nil: always.
    var active: Register?
    var result: ModelResult
}

extension Compiler {
    func lowerMining(_ mining: MiningModel, _ context: ModelContext) throws(CompileError) -> ModelResult {
        guard !mining.segments.isEmpty else { throw CompileError.missingElement("a Segment", in: "Segmentation", at: context.model.location) }
        switch mining.method {
        case .modelChain, .multiModelChain: return try lowerChain(mining, context)
        case .selectFirst: return try lowerSelectFirst(mining, context)
        case .selectAll: return try lowerSelectAll(mining, context)
        case .majorityVote, .weightedMajorityVote, .average, .weightedAverage, .median, .weightedMedian, .max, .sum, .weightedSum:
            if let forest = try attempt({ () throws(CompileError) in try lowerForest(mining, context) }) ?? nil { return forest }
            return try lowerEnsemble(mining, context)
        }
    }

    /// Lowers a segment's model under its predicate, and under `condition` where one is given.
    ///
    /// Outside the segment its results are missing where it does not take part.
    func lower(
        _ segment: Segment, condition: Register?, _ context: ModelContext, demand: Demand
    ) throws(CompileError) -> LoweredSegment {
        try attempt { () throws(CompileError) in try lowerWhole(segment, condition: condition, context, demand: demand) }
            ?? LoweredSegment(segment: segment, active: nil, result: standIn(for: context.target))
    }

    private func lowerWhole(
        _ segment: Segment, condition: Register?, _ context: ModelContext, demand: Demand
    ) throws(CompileError) -> LoweredSegment {
        let asked = demand.union(segment.id.flatMap { context.segmentDemands[$0] } ?? [])
        var active = condition
        if case .always = segment.predicate {} else {
            let holds = try lower(segment.predicate, in: context.scope).register
            active = both(active, holds)
        }
        guard let active else {
            let result = try lower(segment.model, in: context.scope, active: context.active, outer: context.target, demand: asked)
            return LoweredSegment(segment: segment, active: nil, result: result)
        }
        let everywhere = both(context.active, active)
        let result = try builder.block(if: everywhere) { () throws(CompileError) in
            try lower(segment.model, in: context.scope, active: everywhere, outer: context.target, demand: asked)
        }
        return LoweredSegment(segment: segment, active: active, result: result.map { builder.masked($0, where: active) })
    }

    /// 1 where both conditions are true, else 0; the second alone where there is no first.
    func both(_ a: Register?, _ b: Register) -> Register {
        guard let a else { return b }
        return builder.emit("condition.both", .number) {
            $0.register(a)
            $0.register(b)
        }
    }

    /// 1 where the condition is not true (false or unknown), else 0.
    func not(_ a: Register) -> Register { builder.emit("condition.not", .number) { $0.register(a) } }

    /// Makes a segment's results available under its id.
    func record(_ lowered: LoweredSegment, in result: inout [String: ModelResult]) {
        if let id = lowered.segment.id { result[id] = lowered.result }
    }
}
