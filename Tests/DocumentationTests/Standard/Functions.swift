// https://dmg.org/pmml/v4-4-1/Functions.html
extension Standard {
    static let functions = Page("Functions", """
        DefineFunction name optype=%optype dataType=%dataType > Extension ParameterField %expressions
        ParameterField name optype=%optype dataType=%dataType displayName
        Apply function mapMissingTo defaultValue invalidValueTreatment=%invalidTreatment > Extension %expressions
        """)
}
