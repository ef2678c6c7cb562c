// https://dmg.org/pmml/v4-4-1/Sequence.html
extension Standard {
    static let sequence = Page("Sequence", """
        SequenceModel modelName functionName=%function algorithmName numberOfTransactions maxNumberOfItemsPerTransaction
            avgNumberOfItemsPerTransaction numberOfTransactionGroups maxNumberOfTAsPerTAGroup avgNumberOfTAsPerTAGroup isScorable > Extension
            MiningSchema ModelStats LocalTransformations Constraints Item Itemset SetPredicate Sequence SequenceRule
        Constraints minimumNumberOfItems maximumNumberOfItems minimumNumberOfAntecedentItems maximumNumberOfAntecedentItems
            minimumNumberOfConsequentItems maximumNumberOfConsequentItems minimumSupport minimumConfidence minimumLift minimumTotalSequenceTime
            maximumTotalSequenceTime minimumItemsetSeparationTime maximumItemsetSeparationTime minimumAntConsSeparationTime
            maximumAntConsSeparationTime > Extension
        SetPredicate id field operator > Extension Array
        Delimiter delimiter=sameTimeWindow|acrossTimeWindows gap=true|false|unknown > Extension
        Time min max mean standardDeviation > Extension
        Sequence id numberOfSets occurrence support > Extension SetReference Delimiter Time
        SetReference setId > Extension
        SequenceRule id numberOfSets occurrence support confidence lift > Extension AntecedentSequence Delimiter Time ConsequentSequence
        SequenceReference seqId > Extension
        AntecedentSequence > Extension SequenceReference Time
        ConsequentSequence > Extension SequenceReference Time
        """)
}
