// https://dmg.org/pmml/v4-4-1/Transformations.html and https://dmg.org/pmml/v4-4-1/Functions.html
import ModelTree

extension DocumentWriter {
    /// `TransformationDictionary`
    func writeDictionary(_ transformations: Transformations) {
        if transformations.functions.isEmpty && transformations.derivedFields.isEmpty { return }
        out.element("TransformationDictionary") {
            for function in transformations.functions { write(function) }
            for field in transformations.derivedFields { write(field) }
        }
    }

    /// `LocalTransformations`
    func writeLocal(_ fields: [DerivedField]) {
        if fields.isEmpty { return }
        out.element("LocalTransformations") {
            for field in fields { write(field) }
        }
    }

    func write(_ field: DerivedField) {
        out.element("DerivedField", at: field.location) {
            out.attribute("name", field.name)
            out.attribute("displayName", field.displayName)
            out.attribute("optype", field.opType.rawValue)
            write(dataType: field.dataType)
            extend(dataType: field.dataType)
            write(field.expression)
            for value in field.values { write(value) }
        }
    }

    private func write(_ function: DefineFunction) {
        out.element("DefineFunction", at: function.location) {
            out.attribute("name", function.name)
            out.attribute("optype", function.opType.rawValue)
            write(plainDataType: function.dataType)
            types.open([])
            for parameter in function.parameters {
                if let type = parameter.dataType { types.define(parameter.name, type) }
                out.element("ParameterField") {
                    out.attribute("name", parameter.name)
                    out.attribute("optype", parameter.opType?.rawValue)
                    write(plainDataType: parameter.dataType)
                    out.attribute("displayName", parameter.displayName)
                }
            }
            write(function.body)
            types.close()
        }
    }
}
