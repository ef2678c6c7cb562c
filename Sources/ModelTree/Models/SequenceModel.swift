// https://dmg.org/pmml/v4-4-1/Sequence.html

public struct SequenceModel: Sendable {
    public var items: [Item]
    public var itemsets: [Itemset]
    public var predicates: [SetPredicate]
    public var sequences: [ItemSequence]
    public var rules: [SequenceRule]
    public var constraints: Constraints
    public init(
        items: [Item] = [], itemsets: [Itemset] = [], predicates: [SetPredicate] = [], sequences: [ItemSequence] = [],
        rules: [SequenceRule] = [], constraints: Constraints = Constraints()
    ) {
        self.items = items
        self.itemsets = itemsets
        self.predicates = predicates
        self.sequences = sequences
        self.rules = rules
        self.constraints = constraints
    }

    /// The times between sets that the rules are about, in the unit of the order field.
    public struct Constraints: Sendable {
        public var totalTime: ClosedRange<Double> = 0 ... .infinity
        public var itemsetSeparation: ClosedRange<Double> = 0 ... .infinity
        public var ruleSeparation: ClosedRange<Double> = 0 ... .infinity
        public init() {}
    }
}

/// What a transaction's field must hold, at least.
public struct SetPredicate: Sendable {
    public var id: String
    public var field: String
    public var values: [String]
    public init(id: String, field: String, values: [String]) {
        self.id = id
        self.field = field
        self.values = values
    }
}

/// How a set follows the one before it.
public struct Delimiter: Sendable {
    public enum Window: String, Sendable, CaseIterable { case sameTimeWindow, acrossTimeWindows }
    public enum Gap: String, Sendable, CaseIterable {
        case yes = "true"
        case no = "false"
        case unknown
    }
    public var window: Window
    /// Whether there are further sets between the two.
    public var gap: Gap
    public init(window: Window, gap: Gap) {
        self.window = window
        self.gap = gap
    }
}

/// `Sequence`: sets one after the other.
public struct ItemSequence: Sendable {
    public var id: String
    /// Ids of itemsets or set predicates; the first has no delimiter.
    public var sets: [(delimiter: Delimiter?, id: String)]
    public var support: Double?
    public var location: SourceLocation
    public init(id: String, sets: [(delimiter: Delimiter?, id: String)] = [], support: Double? = nil, location: SourceLocation = .none) {
        self.id = id
        self.sets = sets
        self.support = support
        self.location = location
    }
}

public struct SequenceRule: Sendable {
    public var id: String
    /// Ids of sequences.
    public var antecedent: String
    public var consequent: String
    public var delimiter: Delimiter
    public var support: Double
    public var confidence: Double
    public var lift: Double?
    /// How often the rule's sequences were found.
    public var occurrence: Int?
    public var location: SourceLocation
    public init(
        id: String, antecedent: String, consequent: String, delimiter: Delimiter, support: Double, confidence: Double, lift: Double? = nil,
        occurrence: Int? = nil, location: SourceLocation = .none
    ) {
        self.id = id
        self.antecedent = antecedent
        self.consequent = consequent
        self.delimiter = delimiter
        self.support = support
        self.confidence = confidence
        self.lift = lift
        self.occurrence = occurrence
        self.location = location
    }
}
