// https://dmg.org/pmml/v4-4-1/TreeModel.html
extension Standard {
    static let treeModel = Page("TreeModel", """
        TreeModel modelName functionName=%function algorithmName missingValueStrategy=%missingStrategy missingValuePenalty
            noTrueChildStrategy=%noTrueChild splitCharacteristic=binarySplit|multiSplit isScorable > Extension MiningSchema Output ModelStats
            ModelExplanation Targets LocalTransformations Node ModelVerification
        Node id score recordCount defaultChild > Extension %predicates Partition ScoreDistribution Node Regression DecisionTree
        SimplePredicate field operator=equal|notEqual|lessThan|lessOrEqual|greaterThan|greaterOrEqual|isMissing|isNotMissing value >
            Extension
        CompoundPredicate booleanOperator=or|and|xor|surrogate > Extension %predicates
        SimpleSetPredicate field booleanOperator=isIn|isNotIn > Extension Array
        True > Extension
        False > Extension
        ScoreDistribution value recordCount confidence probability > Extension
        """)
}
