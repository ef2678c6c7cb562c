// https://dmg.org/pmml/v4-4-1/Output.html
extension Standard {
    static let output = Page("Output", """
        Output > Extension OutputField
        OutputField name displayName optype=%optype dataType=%dataType targetField feature=%feature value numTopCategories
            ruleFeature=antecedent|consequent|rule|ruleId|confidence|support|lift|leverage|affinity
            algorithm=recommendation|exclusiveRecommendation|ruleAssociation rank rankBasis=confidence|support|lift|leverage|affinity
            rankOrder=descending|ascending isMultiValued segmentId isFinalResult > Extension Decisions %expressions Value
        Decisions businessProblem description > Extension Decision
        Decision value displayValue description > Extension
        """)
}
