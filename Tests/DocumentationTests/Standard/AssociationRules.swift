// https://dmg.org/pmml/v4-4-1/AssociationRules.html
extension Standard {
    static let associationRules = Page("AssociationRules", """
        AssociationModel modelName functionName=%function algorithmName numberOfTransactions maxNumberOfItemsPerTA avgNumberOfItemsPerTA
            minimumSupport minimumConfidence lengthLimit numberOfItems numberOfItemsets numberOfRules isScorable > Extension MiningSchema Output
            ModelStats LocalTransformations Item Itemset AssociationRule ModelVerification
        Item id value field category mappedValue weight > Extension
        Itemset id support numberOfItems > Extension ItemRef
        ItemRef itemRef > Extension
        AssociationRule antecedent consequent support confidence lift leverage affinity id > Extension
        """)
}
