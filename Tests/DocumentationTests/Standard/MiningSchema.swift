// https://dmg.org/pmml/v4-4-1/MiningSchema.html
extension Standard {
    static let miningSchema = Page("MiningSchema", """
        MiningSchema > Extension MiningField
        MiningField name usageType=active|predicted|target|supplementary|group|order|frequencyWeight|analysisWeight optype=%optype
            importance outliers=%outliers lowValue highValue missingValueReplacement
            missingValueTreatment=asIs|asMean|asMode|asMedian|asValue|returnInvalid invalidValueTreatment=%invalidTreatment
            invalidValueReplacement > Extension
        """)
}
