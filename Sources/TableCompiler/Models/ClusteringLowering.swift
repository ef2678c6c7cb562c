// https://dmg.org/pmml/v4-4-1/ClusteringModel.html

import Evaluation
import ModelTree

extension Compiler {
    func lowerClustering(_ clustering: ClusteringModel, _ context: ModelContext) throws(CompileError) -> ModelResult {
        let fields = try centerFields(clustering, context)
        var centers: [[String]] = []
        for cluster in clustering.clusters { centers.append(try coordinates(cluster, fields.count)) }
        let affinities: [Register]
        if clustering.modelClass == .distributionBased, clustering.clusters.allSatisfy({ $0.covariances != nil }),
            let isRoot = mahalanobisRoot(clustering.measure)
        {
            affinities = try mahalanobis(clustering, fields, centers, isRoot: isRoot, context)
        } else {
            var columns: [ComparedColumn] = []
            var items: [Double] = []
            for (index, field) in fields.enumerated() {
                let column = try compared(field, clustering.measure, texts: { centers.map { $0[index] } }, context)
                for (cluster, center) in zip(clustering.clusters, centers) {
                    items.append(try number(center[index], column, field, at: cluster.location))
                }
                columns.append(column)
            }
            affinities = builder.compare(
                RecordComparison(
                    fields: columns.map(\.field), aggregation: aggregation(clustering.measure), isFloat: context.model.isFloat, items: items))
        }
        let isAscending = clustering.measure.kind == .distance
        let best = builder.ranked(affinities, count: 1, isAscending: isAscending)[0]
        let ranks = try rankedEntities(of: clustering.clusters.count, context)
        let ranked = ranks == 1 ? [best] : [best] + builder.ranked(affinities, count: ranks, isAscending: isAscending).dropFirst()
        let ids = clustering.clusters.enumerated().map { $1.id ?? String($0 + 1) }
        var result = try clustered(best, ids, context)
        let entities = Entities(
            ids: ids, names: clustering.clusters.enumerated().map { $1.name ?? ids[$0] }, ranked: ranked,
            affinity: { [builder] in builder.pick(ranked[$0], of: affinities) })
        try addFeatures(entities, to: &result, context) { affinities[$0] }
        return result
    }

    /// The predicted cluster: its id, as a value of the target's type where it is one.
    func clustered(_ index: Register, _ ids: [String], _ context: ModelContext) throws(CompileError) -> ModelResult {
        if context.target.type.kind == .text || ids.allSatisfy({ Literal.number($0, as: context.target.type) != nil }) {
            return try classified(index, ids, context)
        }
        var result = ModelResult(value: TypedValue(builder.text(at: index, in: ids), .string), target: context.target.name)
        result.categories = ids
        result.categoryIndex = index
        return result
    }

    private func number(_ text: String, _ column: ComparedColumn, _ field: ComparedField, at location: SourceLocation) throws(CompileError) -> Double {
        guard let number = column.number(text), !number.isNaN else {
            throw CompileError("cluster-center", "the center's coordinate \"\(text)\" is no value of field \"\(field.field)\"", at: location)
        }
        return number
    }

    private func coordinates(_ cluster: Cluster, _ count: Int) throws(CompileError) -> [String] {
        guard let center = cluster.center else {
            throw CompileError("cluster-center", "Cluster has no center; clusters that only a Partition describes are not supported", at: cluster.location)
        }
        let length = center.length(forFields: count)
        guard length == count else {
            throw CompileError("cluster-center", "the center has \(length) coordinates for \(count) fields", at: cluster.location)
        }
        return texts(center, length)
    }

    /// The coordinates as a document writes them; their number is to be looked at before.
    private func texts(_ center: ClusterCenter, _ length: Int) -> [String] {
        switch center {
        case .array(let values): values
        case .sparse(let values): values.dense(length).map { NumberPrinting.text($0) }
        }
    }

    /// The fields that are the centers' coordinates, in their order.
    private func centerFields(_ clustering: ClusteringModel, _ context: ModelContext) throws(CompileError) -> [ComparedField] {
        var fields: [ComparedField] = []
        if clustering.centerFields.isEmpty {
            for field in clustering.fields where field.isCenterField { fields.append(compared(field, clustering.measure)) }
        } else {
            let derived = Dictionary(context.model.localTransformations.derivedFields.compactMap { field in field.name.map { ($0, field) } }) { first, _ in first }
            let stated = Dictionary(clustering.fields.map { ($0.field, $0) }) { first, _ in first }
            for name in clustering.centerFields {
                // A coordinate is compared as the ClusteringField of its name says, or of the field that it derives from.
                let source = derived[name].flatMap { self.source(of: $0.expression) }
                let known = stated[name] ?? source.flatMap { stated[$0] }
                var field = known.map { compared($0, clustering.measure) }
                    ?? ComparedField(field: name, weight: 1, function: clustering.measure.compareFunction, location: context.model.location)
                field.field = name
                fields.append(field)
            }
        }
        guard !fields.isEmpty else {
            throw CompileError("center-fields", "no ClusteringField is a center field", at: context.model.location)
        }
        guard let stated = clustering.missingValueWeights else { return fields }
        let (length, all) = (stated.length(forFields: fields.count), clustering.fields.count)
        guard length == fields.count || length == all else {
            throw CompileError(
                "missing-value-weights", "there are \(length) MissingValueWeights for \(fields.count) fields", at: context.model.location)
        }
        var weights: [Double] = []
        for text in texts(stated, length) {
            guard let number = NumberParsing.double(text) else {
                throw CompileError.notANumber(text, what: "missing value weight", at: context.model.location)
            }
            weights.append(number)
        }
        if length != fields.count { weights = zip(clustering.fields, weights).filter { $0.0.isCenterField }.map(\.1) }
        for (index, weight) in zip(fields.indices, weights) { fields[index].missingWeight = weight }
        return fields
    }

    private func compared(_ field: ClusteringField, _ measure: ComparisonMeasure) -> ComparedField {
        ComparedField(
            field: field.field, weight: field.fieldWeight, function: field.compareFunction ?? measure.compareFunction,
            similarityScale: field.similarityScale, comparisons: field.comparisons, location: field.location)
    }

    /// The field that a simple expression is made from.
    private func source(of expression: Expression) -> String? {
        switch expression.kind {
        case .fieldRef(let reference): reference.field
        case .normContinuous(let norm): norm.field
        case .normDiscrete(let norm): norm.field
        case .discretize(let discretize): discretize.field
        default: nil
        }
    }

    // MARK: Distributions

    /// Whether the Mahalanobis distance that takes the measure's place is a root; nil for measures that it does not generalise.
    private func mahalanobisRoot(_ measure: ComparisonMeasure) -> Bool? {
        guard measure.kind == .distance, measure.compareFunction == .absDiff else { return nil }
        switch measure.metric {
        case .euclidean: return true
        case .squaredEuclidean: return false
        default: return nil
        }
    }

    /// Clusters that are distributions with a center and covariances: the standard gives no formula, so that the measure is
    /// taken in each cluster's own scale.
    private func mahalanobis(
        _ clustering: ClusteringModel, _ fields: [ComparedField], _ centers: [[String]], isRoot: Bool, _ context: ModelContext
    ) throws(CompileError) -> [Register] {
        var columns: [ComparedColumn] = []
        for field in fields { columns.append(try compared(field, clustering.measure, texts: { [] }, context)) }
        var numbers: [Double] = []
        var inverses: [Double] = []
        for (cluster, center) in zip(clustering.clusters, centers) {
            for (index, text) in center.enumerated() {
                numbers.append(try number(text, columns[index], fields[index], at: cluster.location))
            }
            guard let matrix = cluster.covariances, matrix.rows == fields.count, matrix.columns == fields.count,
                let inverse = matrix.inverse
            else {
                throw CompileError(
                    "covariances", "Covariances must be an invertible matrix of \(fields.count) rows and columns", at: cluster.location)
            }
            inverses += inverse
        }
        return builder.mahalanobis(
            columns.map(\.field.register), centers: numbers, inverses: inverses, missingWeights: fields.map(\.missingWeight),
            isRoot: isRoot, isFloat: context.model.isFloat)
    }
}

extension Matrix {
    /// The inverse, row after row, by elimination with row exchanges; nil if there is none.
    var inverse: [Double]? {
        guard rows == columns, values.count == rows * columns else { return nil }
        let n = rows
        var left = values
        var right = [Double](repeating: 0, count: n * n)
        for at in 0..<n { right[at * n + at] = 1 }
        for pivot in 0..<n {
            guard let best = (pivot..<n).max(by: { left[$0 * n + pivot].magnitude < left[$1 * n + pivot].magnitude }),
                left[best * n + pivot] != 0, left[best * n + pivot].isFinite
            else { return nil }
            if best != pivot {
                for column in 0..<n {
                    left.swapAt(best * n + column, pivot * n + column)
                    right.swapAt(best * n + column, pivot * n + column)
                }
            }
            let scale = left[pivot * n + pivot]
            for column in 0..<n {
                left[pivot * n + column] /= scale
                right[pivot * n + column] /= scale
            }
            for row in 0..<n where row != pivot {
                let factor = left[row * n + pivot]
                if factor == 0 { continue }
                for column in 0..<n {
                    left[row * n + column] -= factor * left[pivot * n + column]
                    right[row * n + column] -= factor * right[pivot * n + column]
                }
            }
        }
        return right
    }
}
