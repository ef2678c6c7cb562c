// https://dmg.org/pmml/v4-4-1/DataDictionary.html
extension Standard {
    static let dataDictionary = Page("DataDictionary", """
        DataDictionary numberOfFields > Extension DataField Taxonomy
        DataField name displayName optype=%optype dataType=%dataType mimeType taxonomy isCyclic=0|1 > Extension Interval Value
        Value value displayValue property=valid|invalid|missing > Extension
        Interval closure=openClosed|openOpen|closedOpen|closedClosed leftMargin rightMargin > Extension
        """)
}
