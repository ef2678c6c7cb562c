// https://dmg.org/pmml/v4-4-1/AnomalyDetectionModel.html

import Evaluation
import ModelTree

extension Compiler {
    /// The anomaly score is the predicted value.
    ///
    /// - `iforest`: the model inside gives the mean path length E; the score is 2^(−E/c(n)) for samples of n records.
    /// - `clusterMeanDist`: the distance from the nearest centre divided by the mean distance in that cluster.
    /// - `ocsvm`, `other`: the value of the model inside, as it is.
    func lowerAnomalyDetection(_ anomaly: AnomalyDetectionModel, _ context: ModelContext) throws(CompileError) -> ModelResult {
        var demand = context.demand
        if anomaly.algorithmType == .clusterMeanDist { demand.insert(.entity) }
        let inner = try lower(anomaly.model, in: context.scope, active: context.active, outer: nil, demand: demand)
        for output in inner.outputs { context.scope.define(output.field.name, output.value) }
        var result = inner
        switch anomaly.algorithmType {
        case .ocsvm, .other: break
        case .iforest:
            guard let size = anomaly.sampleDataSize, size >= 2 else {
                throw CompileError("sample-data-size", "an isolation forest needs a sampleDataSize of at least 2", at: context.model.location)
            }
            guard inner.value.register.kind == .number else { throw notANumber(anomaly, context) }
            let score = builder.isolationScore(inner.value.register, averagePath: Self.averagePath(size))
            result = plain(score, inner)
        case .clusterMeanDist:
            let found = inner.features[.init(.affinity)] ?? inner.features[.init(.clusterAffinity)] ?? inner.features[.init(.entityAffinity)]
            guard let distance = found, let index = inner.categoryIndex, distance.register.kind == .number else { throw notANumber(anomaly, context) }
            guard anomaly.meanClusterDistances.count == inner.categories.count else {
                throw CompileError(
                    "mean-cluster-distances",
                    "there are \(anomaly.meanClusterDistances.count) MeanClusterDistances for \(inner.categories.count) clusters", at: context.model.location)
            }
            let mean = builder.number(at: index, in: anomaly.meanClusterDistances)
            result = plain(builder.ratio(distance.register, mean), inner)
        }
        result.target = context.target.name
        return result
    }

    /// A number in place of the inner model's value, with what that model tells beside it.
    private func plain(_ score: Register, _ inner: ModelResult) -> ModelResult {
        var result = ModelResult(value: TypedValue(score, .double), target: nil)
        result.features = inner.features
        result.outputs = inner.outputs
        result.segments = inner.segments
        return result
    }

    private func notANumber(_ anomaly: AnomalyDetectionModel, _ context: ModelContext) -> CompileError {
        let needed = anomaly.algorithmType == .iforest ? "a number" : "clusters and the distance from the nearest"
        return CompileError(
            "anomaly-model", "algorithmType \(anomaly.algorithmType.rawValue) needs a model that gives \(needed); this \(anomaly.model.element) does not",
            at: anomaly.model.location)
    }

    /// c(n) = 2·H(n−1) − 2·(n−1)/n, the mean length of an unsuccessful search, with H(i) = ln i + γ; c(2) = 1.
    static func averagePath(_ size: Double) -> Double {
        if size <= 2 { return 1 }
        let euler = 0.57721566490153286
        return 2 * (Logarithm.natural(size - 1) + euler) - 2 * (size - 1) / size
    }
}
