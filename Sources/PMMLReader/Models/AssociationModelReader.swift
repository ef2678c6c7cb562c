// https://dmg.org/pmml/v4-4-1/AssociationRules.html
import ModelTree

/// `AssociationModel`
final class AssociationModelReader: ModelReader {
    private var association = AssociationModel()

    override init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping ReceiveModel) throws {
        // What the mining was told and what it found change no score.
        association.numberOfTransactions = attributes.informationalInteger(.numberOfTransactions)
        association.minimumSupport = attributes.informationalNumber(.minimumSupport)
        association.minimumConfidence = attributes.informationalNumber(.minimumConfidence)
        attributes.ignore(
            .maxNumberOfItemsPerTA, .avgNumberOfItemsPerTA, .lengthLimit, .numberOfItems, .numberOfItemsets, .numberOfRules)
        try super.init(document, attributes, receive)
    }

    override func content(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .item:
            association.items.append(try item(attributes))
            return .leaf
        case .itemset:
            return .reader(try ItemsetReader(document, attributes) { [unowned self] in association.itemsets.append($0) })
        case .associationRule:
            association.rules.append(
                AssociationRule(
                    id: try attributes.string(.id), antecedent: try attributes.requiredString(.antecedent),
                    consequent: try attributes.requiredString(.consequent), support: try attributes.requiredNumber(.support),
                    confidence: try attributes.requiredNumber(.confidence), lift: try attributes.number(.lift),
                    leverage: try attributes.number(.leverage), affinity: try attributes.number(.affinity), location: document.here()))
            return .leaf
        default: return nil
        }
    }

    override func kind() throws -> ModelKind { .association(association) }
}

extension ElementReader {
    /// `Item`
    func item(_ attributes: Attributes) throws -> Item {
        Item(
            id: try attributes.requiredString(.id), value: try attributes.requiredString(.value), field: try attributes.string(.field),
            category: try attributes.string(.category), mappedValue: attributes.informationalString(.mappedValue),
            weight: attributes.informationalNumber(.weight))
    }
}

/// `Itemset`
final class ItemsetReader: ElementReader {
    private var itemset: Itemset
    private let receive: (Itemset) -> Void

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping (Itemset) -> Void) throws {
        self.receive = receive
        attributes.ignore(.numberOfItems)
        itemset = Itemset(id: try attributes.requiredString(.id), support: try attributes.number(.support))
        super.init(document)
        itemset.location = place
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        guard element == .itemRef else { return nil }
        itemset.items.append(try attributes.requiredString(.itemRef))
        return .leaf
    }

    override func end() throws { receive(itemset) }
}
