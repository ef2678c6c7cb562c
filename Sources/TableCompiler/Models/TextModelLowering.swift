// https://dmg.org/pmml/v4-4-1/Text.html

import Evaluation
import ModelTree

extension Compiler {
    /// The prediction is the id of the most similar document; the affinity of each document can be asked for.
    ///
    /// The standard leaves open how the text to compare is given. Here it is one active field with the text itself, whose terms
    /// are counted as TextIndex does; or fields that bear the terms' names and hold their frequencies; or as many active fields as
    /// there are terms, in the terms' order. The corpus holds plain frequencies, which are weighted as the text's are.
    func lowerText(_ text: TextModel, _ context: ModelContext) throws(CompileError) -> ModelResult {
        let frequencies = try termFrequencies(text, context)
        let columns = text.terms.count
        let global = (0..<columns).map { column in
            globalWeight(text.documents.indices.map { text.frequencies.values[$0 * columns + column] }, text.globalTermWeights)
        }
        let weighting = TermWeighting(
            local: text.localTermWeights.weight, global: global, isNormalized: text.documentNormalization == .cosine)
        var corpus: [Double] = []
        for document in text.documents.indices {
            corpus += weighting.weighted(Array(text.frequencies.values[document * columns..<(document + 1) * columns]))
        }
        let isDistance = text.similarity == .euclidean
        let affinities = builder.documentAffinities(frequencies, corpus: corpus, weighting, isDistance: isDistance, isFloat: context.model.isFloat)
        let ranked = builder.ranked(affinities, count: try rankedEntities(of: text.documents.count, context), isAscending: isDistance)
        // Ids are texts, whatever the function of the model.
        let ids = context.target.name != nil ? context : ModelContext(
            model: context.model, scope: context.scope, target: TargetField(name: nil, type: .string, opType: .categorical, values: []),
            active: context.active, demand: context.demand)
        var result = try classified(ranked[0], text.documents, ids)
        let entities = Entities(
            ids: text.documents, names: text.names, ranked: ranked, affinity: { [builder] in builder.pick(ranked[$0], of: affinities) })
        try addFeatures(entities, to: &result, context) { affinities[$0] }
        return result
    }

    private func termFrequencies(_ text: TextModel, _ context: ModelContext) throws(CompileError) -> [Register] {
        let active = context.model.miningSchema.fields.filter { $0.usageType == .active }
        if active.count == 1, let only = active.first, try context.scope.value(of: only.name, at: only.location, self).isText {
            var registers: [Register] = []
            for term in text.terms {
                let index = TextIndex(textField: only.name, term: Expression(.constant(Constant(dataType: .string, value: term)), location: only.location))
                registers.append(try lowerTextIndex(index, at: only.location, in: context.scope).register)
            }
            return registers
        }
        var named: [Register] = []
        for term in text.terms {
            guard let value = try context.scope.lookup(term, at: context.model.location, self), value.register.kind == .number else { break }
            named.append(value.register)
        }
        if named.count == text.terms.count { return named }
        guard active.count == text.terms.count else {
            throw CompileError(
                "text-fields", "the model has \(text.terms.count) terms and \(active.count) active fields; expected one text, or a field for each term",
                at: context.model.location)
        }
        var registers: [Register] = []
        for field in active { registers.append(try number(field.name, context, at: field.location)) }
        return registers
    }

    /// What a term weighs by its frequencies in the corpus.
    private func globalWeight(_ frequencies: [Double], _ method: TextModel.GlobalTermWeights) -> Double {
        let documents = Double(frequencies.count)
        let having = Double(frequencies.count { $0 > 0 })
        switch method {
        case .none: return 1
        case .inverseDocumentFrequency: return having > 0 ? Logarithm.natural(documents / having) : 0
        case .gfidf: return having > 0 ? frequencies.reduce(0, +) / having : 0
        case .normal:
            let squares = frequencies.reduce(0) { $0 + $1 * $1 }
            return squares > 0 ? 1 / squares.squareRoot() : 0
        case .probabilisticInverse: return having > 0 && having < documents ? Logarithm.natural((documents - having) / having) : 0
        }
    }
}
