// https://dmg.org/pmml/v4-4-1/BayesianNetwork.html
extension Standard {
    static let bayesianNetwork = Page("BayesianNetwork", """
        BayesianNetworkModel modelName functionName=%function algorithmName modelType=General|TAN|Markov-blanket
            inferenceMethod=Other|MCMC|Exact isScorable > Extension MiningSchema Output ModelStats ModelExplanation Targets LocalTransformations
            BayesianNetworkNodes ModelVerification
        BayesianNetworkNodes > Extension DiscreteNode ContinuousNode
        DiscreteNode name count > Extension DerivedField DiscreteConditionalProbability ValueProbability
        ContinuousNode name count > Extension DerivedField ContinuousConditionalProbability ContinuousDistribution
        DiscreteConditionalProbability count > Extension ParentValue ValueProbability
        ParentValue parent value > Extension
        ValueProbability value probability > Extension
        ContinuousConditionalProbability count > Extension ParentValue ContinuousDistribution
        ContinuousDistribution > Extension TriangularDistributionForBN NormalDistributionForBN LognormalDistributionForBN
            UniformDistributionForBN
        TriangularDistributionForBN > Extension Mean Lower Upper
        NormalDistributionForBN > Extension Mean Variance
        LognormalDistributionForBN > Extension Mean Variance
        UniformDistributionForBN > Extension Lower Upper
        Mean > Extension %expressions
        Lower > Extension %expressions
        Upper > Extension %expressions
        Variance > Extension %expressions
        """)
}
