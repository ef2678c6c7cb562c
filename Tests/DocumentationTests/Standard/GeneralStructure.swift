// https://dmg.org/pmml/v4-4-1/GeneralStructure.html
extension Standard {
    static let generalStructure = Page("GeneralStructure", """
        PMML version > Header MiningBuildTask DataDictionary TransformationDictionary %models Extension
        MiningBuildTask > Extension
        Extension extender name value > *
        Array n type=int|real|string
        INT-SparseArray n defaultValue > Indices INT-Entries
        REAL-SparseArray n defaultValue > Indices REAL-Entries
        Indices
        INT-Entries
        REAL-Entries
        Matrix kind=diagonal|symmetric|any nbRows nbCols diagDefault offDiagDefault > Array MatCell
        MatCell row col
        """)
}
