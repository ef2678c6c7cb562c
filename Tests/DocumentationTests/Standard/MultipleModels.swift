// https://dmg.org/pmml/v4-4-1/MultipleModels.html
extension Standard {
    static let multipleModels = Page("MultipleModels", """
        MiningModel modelName functionName=%function algorithmName isScorable > Extension MiningSchema Output ModelStats ModelExplanation
            Targets LocalTransformations Regression DecisionTree Segmentation ModelVerification
        Segmentation multipleModelMethod=majorityVote| weightedMajorityVote| average| weightedAverage| median| weightedMedian| max| sum|
            weightedSum| selectFirst| selectAll| modelChain missingPredictionTreatment=returnMissing|skipSegment|continue missingThreshold >
            Extension Segment
        Segment id weight > Extension %predicates %models VariableWeight
        VariableWeight field > Extension
        ResultField name displayName optype=%optype dataType=%dataType feature=%feature value > Extension
        Regression modelName functionName=%function algorithmName normalizationMethod=%normalization > Extension Output ModelStats Targets
            LocalTransformations ResultField RegressionTable
        DecisionTree modelName functionName=%function algorithmName missingValueStrategy=%missingStrategy missingValuePenalty
            noTrueChildStrategy=%noTrueChild splitCharacteristic=binarySplit|multiSplit > Extension Output ModelStats Targets
            LocalTransformations ResultField Node
        """)
}
