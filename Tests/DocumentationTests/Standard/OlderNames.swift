/// What versions before 4.4 had and 4.4.1 has no more; it is read where it changes a score.
enum OlderNames {
    static let elements: Set<String> = ["CenterFields", "RBFNeuron", "Trend"]
    static let attributes: Set<String> = [
        "Level@quadraticSmoothedValue", "Level@cubicSmoothedValue", "Neuron@activationFunction", "NormDiscrete@method", "NumericPredictor@mean",
        "SequenceModel@lengthLimit", "SequenceModel@maximumTime", "SequenceModel@minimumConfidence", "SequenceModel@minimumSupport",
        "SequenceModel@minimumTime", "SequenceModel@numberOfItems", "SequenceModel@numberOfRules", "SequenceModel@numberOfSequences",
        "SequenceModel@numberOfSets", "SequenceModel@timeWindowWidth", "SupportVectorMachineModel@alternateBinaryTargetCategory",
    ]
}
