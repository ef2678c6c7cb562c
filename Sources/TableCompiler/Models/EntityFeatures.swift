// https://dmg.org/pmml/v4-4-1/Output.html#xsdType_RESULT-FEATURE

import Evaluation
import ModelTree

/// What the outputs of models of clusters and neighbors may ask of the entities that such a model chooses from.
struct Entities {
    /// Each entity's id as the document writes it; without one, its position counted from 1.
    var ids: [String]
    /// Each entity's name, or else its id; for predictedDisplayValue.
    var names: [String]
    /// The indices of the best entities, best first.
    var ranked: [Register]
    /// How near the entity with a rank is, counted from 0.
    var affinity: (_ rank: Int) -> Register
}

extension Compiler {
    private static let idFeatures: [ResultFeature] = [.entityId, .clusterId]
    private static let affinityFeatures: [ResultFeature] = [.affinity, .entityAffinity, .clusterAffinity]

    /// How many of a model's entities are to be put in order.
    func rankedEntities(of count: Int, _ context: ModelContext) throws(CompileError) -> Int {
        let ranks = min(context.model.output.reduce(1) { max($0, $1.rank) }, count)
        if ranks > 1_000 { throw CompileError("size-limit", "an output asks for rank \(ranks) of \(count) entities, more than 1000", at: context.model.location) }
        return ranks
    }

    /// Adds ids and affinities by rank, and affinities of the entities that outputs name.
    ///
    /// - Parameter affinity: the affinity of the entity at an index, whatever its rank.
    func addFeatures(
        _ entities: Entities, to result: inout ModelResult, _ context: ModelContext, affinity: (Int) throws(CompileError) -> Register
    ) throws(CompileError) {
        let idsAreNumbers = entities.ids.allSatisfy { NumberParsing.double($0) != nil }
        // Those that are to be numbers, of entities whose ids are none, are positions.
        var positions: Set<ModelResult.FeatureKey> = []
        for output in context.model.output where !idsAreNumbers && Self.idFeatures.contains(output.feature) && output.dataType?.valueType.kind == .number {
            positions.insert(.init(output.feature, rank: output.rank))
        }
        let own = Set(context.model.output.map(\.rank))
        let ranks = own.union(outputRanks.filter { $0 <= entities.ranked.count }).union([1]).sorted()
        try CompileError.refuseLarge(
            ranks.count, times: entities.ids.count, few: 50, most: 5_000_000, at: context.model.location,
            "\(ranks.count) ranks of \(entities.ids.count) entities are more than 5 million texts")
        for rank in ranks where rank >= 1 {
            let index = rank <= entities.ranked.count ? entities.ranked[rank - 1] : builder.missing(.number)
            let near = rank <= entities.ranked.count ? entities.affinity(rank - 1) : builder.missing(.number)
            for feature in Self.idFeatures {
                let value = positions.contains(.init(feature, rank: rank))
                    ? TypedValue(builder.number(at: index, in: entities.ids.indices.map { Double($0 + 1) }), .integer, .categorical)
                    : TypedValue(builder.text(at: index, in: entities.ids), .string)
                result.features[.init(feature, rank: rank)] = value
            }
            result.features[.init(.predictedDisplayValue, rank: rank)] = TypedValue(builder.text(at: index, in: entities.names), .string)
            for feature in Self.affinityFeatures { result.features[.init(feature, rank: rank)] = TypedValue(near, .double) }
        }
        let named = context.model.output.filter { Self.affinityFeatures.contains($0.feature) && $0.value != nil }
        if named.isEmpty { return }
        let places = Dictionary((entities.ids + entities.names).enumerated().map { ($1, $0 % entities.ids.count) }) { first, _ in first }
        for output in named {
            guard let id = output.value else { continue }
            let at = places[id]
            if at == nil {
                warn("unknown-entity", "OutputField \"\(output.name)\" names entity \"\(id)\", which the model does not have", at: output.location)
            }
            let register: Register = if let at { try affinity(at) } else { builder.missing(.number) }
            result.features[.init(output.feature, id)] = TypedValue(register, .double)
        }
    }
}
