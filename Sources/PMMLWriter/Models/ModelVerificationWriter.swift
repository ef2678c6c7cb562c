// https://dmg.org/pmml/v4-4-1/ModelVerification.html
import ModelTree

extension DocumentWriter {
    func write(_ verification: ModelVerification) {
        let names = ColumnNames(verification.table.columns)
        out.element("ModelVerification") {
            out.attribute("recordCount", integer: verification.table.rows.count)
            out.attribute("fieldCount", integer: verification.fields.count)
            out.element("VerificationFields") {
                for field in verification.fields {
                    out.element("VerificationField") {
                        out.attribute("field", field.field)
                        let column = names[field.column]
                        if column != field.field { out.attribute("column", column) }
                        if field.precision != 1e-6 { out.attribute("precision", number: field.precision) }
                        if field.zeroThreshold != 1e-16 { out.attribute("zeroThreshold", number: field.zeroThreshold) }
                    }
                }
            }
            write(verification.table, names)
        }
    }
}
