// https://dmg.org/pmml/v4-4-1/Transformations.html and https://dmg.org/pmml/v4-4-1/Functions.html
import ModelTree

/// `TransformationDictionary` and `LocalTransformations`
final class TransformationsReader: ElementReader {
    private var transformations = Transformations()
    private let receive: (Transformations) -> Void

    init(_ document: DocumentReader, _ receive: @escaping (Transformations) -> Void) {
        self.receive = receive
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .derivedField:
            return .reader(try DerivedFieldReader(document, attributes) { [unowned self] in
                transformations.derivedFields.append($0)
            })
        case .defineFunction:
            return .reader(try DefineFunctionReader(document, attributes) { [unowned self] in
                transformations.functions.append($0)
            })
        default: return nil
        }
    }

    override func end() throws { receive(transformations) }
}

/// `DerivedField`
final class DerivedFieldReader: ElementReader {
    private let fieldName: String?
    private let displayName: String?
    private let opType: OpType?
    private var dataType: DataType?
    private var expression: Expression?
    private var values: [FieldValue] = []
    private let receive: (DerivedField) throws -> Void

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping (DerivedField) throws -> Void) throws {
        self.receive = receive
        fieldName = try attributes.string(.name)
        displayName = attributes.informationalString(.displayName)
        try attributes.refuse(.datasetName, .trainingBackend, .architectureName, because: "the standard does not say what it does to the field")
        // Both are required since 3.1; before, what the expression gives says it.
        let mayLackTypes = document.version.isBefore(3, 1)
        opType = mayLackTypes ? try attributes.choice(.optype) : try attributes.requiredChoice(.optype)
        if let dataType: DataType = try attributes.choice(.dataType) {
            self.dataType = dataType
        } else {
            dataType = opType.map { $0 == .continuous ? .double : .string }
            // Left out by some producers.
            if !mayLackTypes, let dataType {
                document.warn(.missingDataType, "a DerivedField has no dataType; \(dataType.rawValue) is assumed")
            }
        }
        super.init(document)
    }

    override func extend(_ name: String, _ value: String) throws {
        if name == "x-dataType", let type = DataType(rawValue: value) { dataType = type }
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .value:
            values.append(try fieldValue(attributes))
            return .leaf
        case .interval:
            // Before 3.1 it described the field's range.
            attributes.ignore(.closure, .leftMargin, .rightMargin)
            return .leaf
        default:
            return try soleExpression(element, attributes, isRepeated: expression != nil) { [unowned self] in expression = $0 }
        }
    }

    override func end() throws {
        let expression = try required(expression, "an expression")
        let isContinuous = opType.map { $0 == .continuous } ?? dataType.map { $0 != .string } ?? expression.givesNumber
        try receive(
            DerivedField(
                name: fieldName, displayName: displayName, opType: opType ?? (isContinuous ? .continuous : .categorical),
                dataType: dataType ?? (isContinuous ? .double : .string), expression: expression, values: values, location: place))
    }
}

/// `DefineFunction`
final class DefineFunctionReader: ElementReader {
    private let functionName: String
    private let opType: OpType
    private let dataType: DataType?
    private var parameters: [DefineFunction.Parameter] = []
    private var body: Expression?
    private let receive: (DefineFunction) -> Void

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping (DefineFunction) -> Void) throws {
        self.receive = receive
        functionName = try attributes.requiredString(.name)
        // What a function computes, the types of its data tell.
        opType = attributes.informationalChoice(.optype) ?? .continuous
        dataType = try attributes.choice(.dataType)
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        if element == .parameterField {
            parameters.append(
                DefineFunction.Parameter(
                    name: try attributes.requiredString(.name), opType: attributes.informationalChoice(.optype),
                    dataType: try attributes.choice(.dataType), displayName: attributes.informationalString(.displayName)))
            return .leaf
        }
        return try soleExpression(element, attributes, isRepeated: body != nil) { [unowned self] in body = $0 }
    }

    override func end() throws {
        receive(
            DefineFunction(
                name: functionName, opType: opType, dataType: dataType, parameters: parameters,
                body: try required(body, "an expression"), location: place))
    }
}
