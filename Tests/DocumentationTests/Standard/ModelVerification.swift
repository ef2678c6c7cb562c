// https://dmg.org/pmml/v4-4-1/ModelVerification.html
extension Standard {
    static let modelVerification = Page("ModelVerification", """
        ModelVerification recordCount fieldCount > Extension VerificationFields InlineTable
        VerificationFields > Extension VerificationField
        VerificationField field column precision zeroThreshold > Extension
        """)
}
