// https://dmg.org/pmml/v4-4-1/Scorecard.html
extension Standard {
    static let scorecard = Page("Scorecard", """
        Scorecard modelName functionName=%function algorithmName initialScore useReasonCodes reasonCodeAlgorithm=pointsAbove|pointsBelow
            baselineScore baselineMethod=max|min|mean|neutral|other isScorable > Extension MiningSchema Output ModelStats ModelExplanation
            Targets LocalTransformations Characteristics ModelVerification
        Characteristics > Extension Characteristic
        Characteristic name reasonCode baselineScore > Extension Attribute
        Attribute reasonCode partialScore > Extension %predicates ComplexPartialScore
        ComplexPartialScore > Extension %expressions
        """)
}
