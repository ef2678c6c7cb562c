// https://dmg.org/pmml/v4-4-1/Header.html
extension Standard {
    static let header = Page("Header", """
        Header copyright description modelVersion > Extension Application Annotation Timestamp
        Application name version > Extension
        Annotation > Extension
        Timestamp > Extension
        """)
}
