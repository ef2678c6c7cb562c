// https://dmg.org/pmml/v4-4-1/TreeModel.html#predicates
import ModelTree

typealias ReceivePredicate = (Predicate) throws -> Void

extension ElementReader {
    /// Reads a child that is a predicate; nil when it is none.
    func predicate(_ element: Element, _ attributes: Attributes, _ receive: @escaping ReceivePredicate) throws -> Reading? {
        switch element {
        case .true: try receive(.always)
        case .false: try receive(.never)
        case .simplePredicate: try receive(.simple(try simplePredicate(attributes)))
        case .simpleSetPredicate: return .reader(try SimpleSetPredicateReader(document, attributes, receive))
        case .compoundPredicate: return .reader(try CompoundPredicateReader(document, attributes, receive))
        default: return nil
        }
        return .leaf
    }

    /// Reads a child that is the one predicate of its parent.
    func solePredicate(
        _ element: Element, _ attributes: Attributes, isRepeated: Bool, _ receive: @escaping ReceivePredicate
    ) throws -> Reading? {
        let reading = try predicate(element, attributes, receive)
        if reading != nil { try once(isRepeated, "predicate") }
        return reading
    }

    private func simplePredicate(_ attributes: Attributes) throws -> SimplePredicate {
        let predicate = SimplePredicate(
            field: try attributes.requiredString(.field), op: try attributes.requiredChoice(.operator),
            value: try attributes.string(.value), location: document.here())
        if predicate.value == nil, predicate.op != .isMissing, predicate.op != .isNotMissing {
            throw attributes.missingAttribute(.value)
        }
        return predicate
    }
}

/// `SimpleSetPredicate`
final class SimpleSetPredicateReader: ElementReader {
    private enum Membership: String, CaseIterable { case isIn, isNotIn }
    private let field: String
    private let membership: Membership
    private var values: [String]?
    private let receive: ReceivePredicate

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping ReceivePredicate) throws {
        self.receive = receive
        field = try attributes.requiredString(.field)
        membership = try attributes.requiredChoice(.booleanOperator)
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        guard element == .array else { return nil }
        try once(values != nil)
        return .reader(try StringArrayReader(document, attributes) { [unowned self] in values = $0 })
    }

    override func end() throws {
        try receive(
            .set(
                SimpleSetPredicate(
                    field: field, isIn: membership == .isIn, values: try required(values, "an Array"), location: place)))
    }
}

/// `CompoundPredicate`
final class CompoundPredicateReader: ElementReader {
    private let booleanOperator: BooleanOperator
    private var predicates: [Predicate] = []
    private let receive: ReceivePredicate

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping ReceivePredicate) throws {
        self.receive = receive
        booleanOperator = try attributes.requiredChoice(.booleanOperator)
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        try predicate(element, attributes) { [unowned self] in predicates.append($0) }
    }

    override func end() throws {
        if predicates.isEmpty { throw problem(.missingElement("a predicate", in: name)) }
        if predicates.count == 1 { document.warn(.predicateCount, "a CompoundPredicate holds one predicate, which stands for itself", at: place) }
        try receive(.compound(booleanOperator, predicates, place))
    }
}
