// https://dmg.org/pmml/v4-4-1/DataDictionary.html
import ModelTree

/// `DataDictionary`
final class DataDictionaryReader: ElementReader {
    private var dictionary = DataDictionary()
    private let declaredCount: Int?
    private let receive: (DataDictionary) -> Void

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping (DataDictionary) -> Void) throws {
        self.receive = receive
        declaredCount = attributes.informationalInteger(.numberOfFields)
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .dataField:
            return .reader(try DataFieldReader(document, attributes) { [unowned self] in
                dictionary.fields.append($0)
            })
        default: return nil
        }
    }

    override func end() throws {
        if let declaredCount, declaredCount != dictionary.fields.count {
            document.warn(.fieldCount, "numberOfFields is \(declaredCount), but there are \(dictionary.fields.count) fields", at: place)
        }
        receive(dictionary)
    }
}

/// `DataField`
final class DataFieldReader: ElementReader {
    private var field: DataField
    private let receive: (DataField) -> Void

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping (DataField) -> Void) throws {
        self.receive = receive
        let name = try attributes.requiredString(.name)
        let opType: OpType = try attributes.requiredChoice(.optype)
        var dataType: DataType? = try attributes.choice(.dataType)
        // Required since 3.1; before 2.1 there was none.
        if dataType == nil, document.version.isBefore(3, 1) { dataType = opType == .continuous ? .double : .string }
        guard let dataType else { throw attributes.missingAttribute(.dataType) }
        field = DataField(
            name: name, displayName: attributes.informationalString(.displayName), opType: opType, dataType: dataType,
            isCyclic: try attributes.flag(.isCyclic) ?? false)
        // The kind of a `binary` field's content; no other has one.
        attributes.ignore(.taxonomy, .mimeType)
        super.init(document)
        field.location = place
    }

    override func extend(_ name: String, _ value: String) throws {
        if name == "x-dataType", let type = DataType(rawValue: value) { field.dataType = type }
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .value: field.values.append(try fieldValue(attributes))
        case .interval: field.intervals.append(try interval(attributes))
        default: return nil
        }
        return .leaf
    }

    override func end() throws { receive(field) }
}

extension ElementReader {
    /// `Value`
    func fieldValue(_ attributes: Attributes) throws -> FieldValue {
        FieldValue(
            value: try attributes.requiredString(.value), displayValue: try attributes.string(.displayValue),
            property: try attributes.choice(.property) ?? .valid)
    }

    /// `Interval`
    func interval(_ attributes: Attributes) throws -> Interval {
        let closure: Interval.Closure = try attributes.requiredChoice(.closure)
        let left = try attributes.number(.leftMargin)
        let right = try attributes.number(.rightMargin)
        if let left, let right, left > right {
            throw document.error(.outOfRange("\(left)", in: "Interval@leftMargin", expected: "at most the right margin, \(right)"))
        }
        return Interval(closure: closure, leftMargin: left, rightMargin: right)
    }
}
