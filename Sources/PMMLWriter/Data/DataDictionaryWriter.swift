// https://dmg.org/pmml/v4-4-1/DataDictionary.html
import ModelTree

extension DocumentWriter {
    func write(_ dictionary: DataDictionary) {
        out.element("DataDictionary") {
            out.attribute("numberOfFields", integer: dictionary.fields.count)
            for field in dictionary.fields { write(field) }
        }
    }

    private func write(_ field: DataField) {
        out.element("DataField", at: field.location) {
            out.attribute("name", field.name)
            out.attribute("displayName", field.displayName)
            out.attribute("optype", field.opType.rawValue)
            write(dataType: field.dataType)
            if field.isCyclic { out.attribute("isCyclic", "1") }
            extend(dataType: field.dataType)
            if !field.intervals.isEmpty, !field.values.isEmpty { out.requires("Interval and Value together") }
            for interval in field.intervals { write(interval) }
            for value in field.values { write(value) }
        }
    }

    /// `dataType`, as far as the standard has the type; an extension tells the others.
    func write(dataType: DataType?) {
        out.attribute("dataType", dataType.map { $0.isStandard ? $0.rawValue : "integer" })
    }

    /// Tells a type that the standard lacks; the element must have no children yet.
    func extend(dataType: DataType?) {
        if let dataType, !dataType.isStandard { out.extend("x-dataType", dataType.rawValue) }
    }

    /// `dataType` of an element that can have no extension.
    func write(plainDataType dataType: DataType?) {
        if let dataType, !dataType.isStandard {
            out.problem(.unwritableModel, "\(out.elementName)@dataType=\"\(dataType.rawValue)\" is not a type of the standard")
        }
        out.attribute("dataType", dataType?.rawValue)
    }

    func write(_ value: FieldValue) {
        out.element("Value") {
            out.attribute("value", value.value)
            out.attribute("displayValue", value.displayValue)
            if value.property != .valid { out.attribute("property", value.property.rawValue) }
        }
    }

    func write(_ interval: Interval) {
        out.element("Interval") {
            out.attribute("closure", interval.closure.rawValue)
            out.attribute("leftMargin", number: interval.leftMargin)
            out.attribute("rightMargin", number: interval.rightMargin)
        }
    }
}

extension DataType {
    /// Whether the schemas have it; the epochs after 1980 are vendor markup.
    var isStandard: Bool {
        switch self {
        case .dateDaysSince1990, .dateDaysSince2000, .dateDaysSince2010, .dateDaysSince2020, .dateTimeSecondsSince1990,
            .dateTimeSecondsSince2000, .dateTimeSecondsSince2010, .dateTimeSecondsSince2020:
            false
        default: true
        }
    }
}
