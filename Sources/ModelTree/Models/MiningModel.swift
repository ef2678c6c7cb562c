// https://dmg.org/pmml/v4-4-1/MultipleModels.html

public struct MiningModel: Sendable {
    public enum MultipleModelMethod: String, Sendable, CaseIterable {
        case majorityVote, weightedMajorityVote, average, weightedAverage, median, weightedMedian, max, sum, weightedSum
        case selectFirst, selectAll, modelChain
        /// Vendor markup of sklearn2pmml: every segment contributes its own target.
        case multiModelChain = "x-multiModelChain"
    }
    public enum MissingPredictionTreatment: String, Sendable, CaseIterable {
        case returnMissing, skipSegment
        case `continue`
    }
    public var method: MultipleModelMethod
    public var missingPredictionTreatment: MissingPredictionTreatment
    /// Between 0 and 1: the share (by weight) of missing predictions above which the result is missing.
    public var missingThreshold: Double
    public var segments: [Segment]
    public init(
        method: MultipleModelMethod, missingPredictionTreatment: MissingPredictionTreatment = .continue,
        missingThreshold: Double = 1, segments: [Segment]
    ) {
        self.method = method
        self.missingPredictionTreatment = missingPredictionTreatment
        self.missingThreshold = missingThreshold
        self.segments = segments
    }
}

public struct Segment: Sendable {
    public var id: String?
    public var weight: Double
    public var predicate: Predicate
    public var model: Model
    public var location: SourceLocation
    public init(id: String?, weight: Double = 1, predicate: Predicate, model: Model, location: SourceLocation = .none) {
        self.id = id
        self.weight = weight
        self.predicate = predicate
        self.model = model
        self.location = location
    }
}
