// https://dmg.org/pmml/v4-4-1/RuleSet.html
extension Standard {
    static let ruleSet = Page("RuleSet", """
        RuleSetModel modelName functionName=%function algorithmName isScorable > Extension MiningSchema Output ModelStats ModelExplanation
            Targets LocalTransformations RuleSet ModelVerification
        RuleSet recordCount nbCorrect defaultScore defaultConfidence > Extension RuleSelectionMethod ScoreDistribution SimpleRule
            CompoundRule
        RuleSelectionMethod criterion=weightedSum|weightedMax|firstHit > Extension
        SimpleRule id score recordCount nbCorrect confidence weight > Extension %predicates ScoreDistribution
        CompoundRule > Extension %predicates SimpleRule CompoundRule
        """)
}
