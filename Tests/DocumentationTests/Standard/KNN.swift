// https://dmg.org/pmml/v4-4-1/KNN.html
extension Standard {
    static let knn = Page("KNN", """
        NearestNeighborModel modelName functionName=%function algorithmName numberOfNeighbors
            continuousScoringMethod=median|average|weightedAverage categoricalScoringMethod=majorityVote|weightedMajorityVote instanceIdVariable
            threshold isScorable > Extension MiningSchema Output ModelStats ModelExplanation Targets LocalTransformations TrainingInstances
            ComparisonMeasure KNNInputs ModelVerification
        TrainingInstances isTransformed recordCount fieldCount > Extension InstanceFields TableLocator InlineTable
        InstanceFields > Extension InstanceField
        InstanceField field column > Extension
        KNNInputs > Extension KNNInput
        KNNInput field fieldWeight compareFunction=%comparison > Extension
        """)
}
