// https://dmg.org/pmml/v4-4-1/Statistics.html
extension Standard {
    static let statistics = Page("Statistics", """
        ModelStats > Extension UnivariateStats MultivariateStats
        UnivariateStats field weighted=0|1 > Extension Counts NumericInfo DiscrStats ContStats Anova
        Counts totalFreq missingFreq invalidFreq cardinality > Extension
        NumericInfo minimum maximum mean standardDeviation median interQuartileRange > Extension Quantile
        Quantile quantileLimit quantileValue > Extension
        DiscrStats modalValue > Extension Array
        ContStats totalValuesSum totalSquaresSum > Extension Interval Array
        MultivariateStats targetCategory > Extension MultivariateStat
        MultivariateStat name category exponent isIntercept importance stdError tValue chiSquareValue fStatistic dF pValueAlpha
            pValueInitial pValueFinal confidenceLevel confidenceLowerBound confidenceUpperBound > Extension
        Anova target > Extension AnovaRow
        AnovaRow type=Model|Error|Total sumOfSquares degreesOfFreedom meanOfSquares fValue pValue > Extension
        Partition name size > Extension PartitionFieldStats
        PartitionFieldStats field weighted=0|1 > Extension Counts NumericInfo Array
        """)
}
