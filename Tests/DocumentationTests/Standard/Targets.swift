// https://dmg.org/pmml/v4-4-1/Targets.html
extension Standard {
    static let targets = Page("Targets", """
        Targets > Extension Target
        Target field optype=%optype castInteger=round|ceiling|floor min max rescaleConstant rescaleFactor > Extension TargetValue
        TargetValue value displayValue priorProbability defaultValue > Extension Partition
        """)
}
