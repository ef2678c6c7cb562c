// https://dmg.org/pmml/v4-4-1/AnomalyDetectionModel.html

/// A model of any kind whose result is read as how unusual a record is.
public struct AnomalyDetectionModel: Sendable {
    public enum AlgorithmType: String, Sendable, CaseIterable { case iforest, ocsvm, clusterMeanDist, other }
    public var algorithmType: AlgorithmType
    /// Records from which each tree of an isolation forest was grown.
    public var sampleDataSize: Double?
    public var model: Model
    /// The mean distance of each cluster's members from its centre, in the order of the clusters.
    public var meanClusterDistances: [Double]
    public init(algorithmType: AlgorithmType, sampleDataSize: Double? = nil, model: Model, meanClusterDistances: [Double] = []) {
        self.algorithmType = algorithmType
        self.sampleDataSize = sampleDataSize
        self.model = model
        self.meanClusterDistances = meanClusterDistances
    }
}
