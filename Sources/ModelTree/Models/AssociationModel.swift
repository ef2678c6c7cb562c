// https://dmg.org/pmml/v4-4-1/AssociationRules.html

public struct AssociationModel: Sendable {
    public var items: [Item]
    public var itemsets: [Itemset]
    public var rules: [AssociationRule]
    /// What the mining was told, where the document says so.
    public var numberOfTransactions: Int?
    public var minimumSupport: Double?
    public var minimumConfidence: Double?
    public init(items: [Item] = [], itemsets: [Itemset] = [], rules: [AssociationRule] = []) {
        self.items = items
        self.itemsets = itemsets
        self.rules = rules
    }
}

/// What a transaction may hold.
public struct Item: Sendable {
    public var id: String
    public var value: String
    /// Since 4.4: the field that holds the item, and its category there.
    public var field: String?
    public var category: String?
    /// A name for people.
    public var mappedValue: String?
    /// A price or the like.
    public var weight: Double?
    public init(
        id: String, value: String, field: String? = nil, category: String? = nil, mappedValue: String? = nil, weight: Double? = nil
    ) {
        self.id = id
        self.value = value
        self.field = field
        self.category = category
        self.mappedValue = mappedValue
        self.weight = weight
    }
}

public struct Itemset: Sendable {
    public var id: String
    public var support: Double?
    /// Ids of items.
    public var items: [String]
    public var location: SourceLocation
    public init(id: String, support: Double? = nil, items: [String] = [], location: SourceLocation = .none) {
        self.id = id
        self.support = support
        self.items = items
        self.location = location
    }
}

public struct AssociationRule: Sendable {
    public var id: String?
    /// Ids of itemsets.
    public var antecedent: String
    public var consequent: String
    public var support: Double
    public var confidence: Double
    public var lift: Double?
    public var leverage: Double?
    public var affinity: Double?
    public var location: SourceLocation
    public init(
        id: String? = nil, antecedent: String, consequent: String, support: Double, confidence: Double, lift: Double? = nil,
        leverage: Double? = nil, affinity: Double? = nil, location: SourceLocation = .none
    ) {
        self.id = id
        self.antecedent = antecedent
        self.consequent = consequent
        self.support = support
        self.confidence = confidence
        self.lift = lift
        self.leverage = leverage
        self.affinity = affinity
        self.location = location
    }
}
