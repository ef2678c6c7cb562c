// https://dmg.org/pmml/v4-4-1/Taxonomy.html
extension Standard {
    static let taxonomy = Page("Taxonomy", """
        Taxonomy name > Extension ChildParent
        ChildParent childField parentField parentLevelField isRecursive=no|yes > Extension FieldColumnPair TableLocator InlineTable
        TableLocator > Extension
        InlineTable > Extension row
        row > *
        """)
}
