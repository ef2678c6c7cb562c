// https://dmg.org/pmml/v4-4-1/BaselineModel.html
extension Standard {
    static let baselineModel = Page("BaselineModel", """
        BaselineModel modelName functionName=%function algorithmName isScorable > Extension MiningSchema Output ModelStats ModelExplanation
            Targets LocalTransformations TestDistributions ModelVerification
        TestDistributions field testStatistic=zValue|chiSquareIndependence|chiSquareDistribution|CUSUM|scalarProduct resetValue windowSize
            weightField normalizationScheme > Extension Baseline Alternate
        Baseline > AnyDistribution GaussianDistribution PoissonDistribution UniformDistribution CountTable NormalizedCountTable FieldRef
        Alternate > AnyDistribution GaussianDistribution PoissonDistribution UniformDistribution
        AnyDistribution mean variance > Extension
        GaussianDistribution mean variance > Extension
        PoissonDistribution mean > Extension
        UniformDistribution lower upper > Extension
        CountTable sample > Extension FieldValue FieldValueCount
        NormalizedCountTable sample > Extension FieldValue FieldValueCount
        FieldValue field value > Extension FieldValue FieldValueCount
        FieldValueCount field value count > Extension
        """)
}
