extension Standard {
    /// What versions before 4.4.1 had and it has no more.
    static let older = Page("older versions", """
        CenterFields
        Level quadraticSmoothedValue cubicSmoothedValue
        Neuron activationFunction
        NormDiscrete method
        NumericPredictor mean
        RBFNeuron
        SequenceModel minimumSupport minimumConfidence lengthLimit numberOfItems numberOfSets numberOfSequences numberOfRules
            timeWindowWidth minimumTime maximumTime
        SupportVectorMachineModel alternateBinaryTargetCategory
        Trend
        """)

    static let olderElements: [String: Element] = Dictionary(older.elements.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
}
