// https://dmg.org/pmml/v4-4-1/NaiveBayes.html
extension Standard {
    static let naiveBayes = Page("NaiveBayes", """
        NaiveBayesModel modelName threshold functionName=%function algorithmName isScorable > Extension MiningSchema Output ModelStats
            ModelExplanation Targets LocalTransformations BayesInputs BayesOutput ModelVerification
        BayesInputs > Extension BayesInput
        BayesInput fieldName > Extension TargetValueStats DerivedField PairCounts
        BayesOutput fieldName > Extension TargetValueCounts
        TargetValueStats > Extension TargetValueStat
        TargetValueStat value > Extension AnyDistribution GaussianDistribution PoissonDistribution UniformDistribution
        PairCounts value > Extension TargetValueCounts
        TargetValueCounts > Extension TargetValueCount
        TargetValueCount value count > Extension
        """)
}
