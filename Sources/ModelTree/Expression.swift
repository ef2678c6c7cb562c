// https://dmg.org/pmml/v4-4-1/Transformations.html and https://dmg.org/pmml/v4-4-1/Functions.html

/// A PMML expression and where it stands.
public struct Expression: Sendable {
    public indirect enum Kind: Sendable {
        /// `<Constant dataType="double">0.5</Constant>`
        case constant(Constant)
        /// `<FieldRef field="age" mapMissingTo="0"/>`
        case fieldRef(FieldRef)
        /// `<NormContinuous field="age"><LinearNorm orig="0" norm="0"/>…</NormContinuous>`
        case normContinuous(NormContinuous)
        /// `<NormDiscrete field="color" value="red"/>`
        case normDiscrete(NormDiscrete)
        /// `<Discretize field="age"><DiscretizeBin binValue="young">…</DiscretizeBin></Discretize>`
        case discretize(Discretize)
        /// `<MapValues outputColumn="out"><FieldColumnPair …/><InlineTable>…</InlineTable></MapValues>`
        case mapValues(MapValues)
        /// `<TextIndex textField="text">expression</TextIndex>`
        case textIndex(TextIndex)
        /// `<Aggregate field="amount" function="sum" groupField="id"/>`
        case aggregate(Aggregate)
        /// `<Lag field="price" n="1"/>`
        case lag(Lag)
        /// `<Apply function="+">…</Apply>`
        case apply(Apply)
    }
    public var kind: Kind
    public var location: SourceLocation

    public init(_ kind: Kind, location: SourceLocation = .none) {
        self.kind = kind
        self.location = location
    }
}

public struct Constant: Sendable {
    /// nil: the type follows from the text.
    public var dataType: DataType?
    public var value: String
    /// `missing="true"`: the constant is a missing value.
    public var isMissing: Bool
    public init(dataType: DataType? = nil, value: String, isMissing: Bool = false) {
        self.dataType = dataType
        self.value = value
        self.isMissing = isMissing
    }
}

public struct FieldRef: Sendable {
    public var field: String
    public var mapMissingTo: String?
    public init(field: String, mapMissingTo: String? = nil) {
        self.field = field
        self.mapMissingTo = mapMissingTo
    }
}

public enum NormOutliers: String, Sendable, CaseIterable { case asIs, asMissingValues, asExtremeValues }

public struct NormContinuous: Sendable {
    public var field: String
    public var mapMissingTo: Double?
    public var outliers: NormOutliers
    /// The `LinearNorm` points (orig, norm), in document order; at least two.
    public var points: [(orig: Double, norm: Double)]
    public init(field: String, mapMissingTo: Double? = nil, outliers: NormOutliers = .asIs, points: [(orig: Double, norm: Double)]) {
        self.field = field
        self.mapMissingTo = mapMissingTo
        self.outliers = outliers
        self.points = points
    }
}

public struct NormDiscrete: Sendable {
    public enum Method: String, Sendable, CaseIterable {
        /// 1 for the value itself.
        case indicator
        /// 1 for the value and those above it in the order of the field; until 3.1.
        case thermometer
    }
    public var field: String
    public var value: String
    public var mapMissingTo: Double?
    public var method: Method
    public init(field: String, value: String, mapMissingTo: Double? = nil, method: Method = .indicator) {
        self.field = field
        self.value = value
        self.mapMissingTo = mapMissingTo
        self.method = method
    }
}

public struct Discretize: Sendable {
    public var field: String
    public var mapMissingTo: String?
    public var defaultValue: String?
    public var dataType: DataType?
    public var bins: [(interval: Interval, value: String)]
    public init(field: String, mapMissingTo: String? = nil, defaultValue: String? = nil, dataType: DataType? = nil, bins: [(interval: Interval, value: String)]) {
        self.field = field
        self.mapMissingTo = mapMissingTo
        self.defaultValue = defaultValue
        self.dataType = dataType
        self.bins = bins
    }
}

public struct MapValues: Sendable {
    public var mapMissingTo: String?
    public var defaultValue: String?
    public var outputColumn: String
    public var dataType: DataType?
    public var pairs: [(field: String, column: String)]
    public var table: InlineTable
    public init(mapMissingTo: String? = nil, defaultValue: String? = nil, outputColumn: String, dataType: DataType? = nil, pairs: [(field: String, column: String)], table: InlineTable) {
        self.mapMissingTo = mapMissingTo
        self.defaultValue = defaultValue
        self.outputColumn = outputColumn
        self.dataType = dataType
        self.pairs = pairs
        self.table = table
    }
}

public struct TextIndex: Sendable {
    public enum LocalTermWeights: String, Sendable, CaseIterable {
        case termFrequency, binary, logarithmic, augmentedNormalizedTermFrequency
    }
    public enum CountHits: String, Sendable, CaseIterable { case allHits, bestHits }
    public var textField: String
    public var localTermWeights: LocalTermWeights
    public var isCaseSensitive: Bool
    public var maxLevenshteinDistance: Int
    public var countHits: CountHits
    public var wordSeparatorCharacterRE: String
    /// `x-wordRE`, vendor markup: a pattern that matches the words themselves.
    public var wordRE: String?
    public var tokenize: Bool
    public var normalizations: [TextIndexNormalization]
    public var term: Expression

    public init(
        textField: String, localTermWeights: LocalTermWeights = .termFrequency, isCaseSensitive: Bool = false,
        maxLevenshteinDistance: Int = 0, countHits: CountHits = .allHits, wordSeparatorCharacterRE: String = "\\s+",
        wordRE: String? = nil, tokenize: Bool = true, normalizations: [TextIndexNormalization] = [], term: Expression
    ) {
        self.textField = textField
        self.localTermWeights = localTermWeights
        self.isCaseSensitive = isCaseSensitive
        self.maxLevenshteinDistance = maxLevenshteinDistance
        self.countHits = countHits
        self.wordSeparatorCharacterRE = wordSeparatorCharacterRE
        self.wordRE = wordRE
        self.tokenize = tokenize
        self.normalizations = normalizations
        self.term = term
    }
}

public struct TextIndexNormalization: Sendable {
    public var inField: String
    public var outField: String
    public var regexField: String
    public var recursive: Bool
    /// nil: as the TextIndex says.
    public var isCaseSensitive: Bool?
    public var maxLevenshteinDistance: Int?
    public var wordSeparatorCharacterRE: String?
    public var wordRE: String?
    public var tokenize: Bool?
    public var table: InlineTable
    public init(
        inField: String = "string", outField: String = "stem", regexField: String = "regex", recursive: Bool = false,
        isCaseSensitive: Bool? = nil, maxLevenshteinDistance: Int? = nil, wordSeparatorCharacterRE: String? = nil,
        wordRE: String? = nil, tokenize: Bool? = nil, table: InlineTable
    ) {
        self.inField = inField
        self.outField = outField
        self.regexField = regexField
        self.recursive = recursive
        self.isCaseSensitive = isCaseSensitive
        self.maxLevenshteinDistance = maxLevenshteinDistance
        self.wordSeparatorCharacterRE = wordSeparatorCharacterRE
        self.wordRE = wordRE
        self.tokenize = tokenize
        self.table = table
    }
}

public enum AggregateFunction: String, Sendable, CaseIterable { case count, sum, average, min, max, multiset }

public struct Aggregate: Sendable {
    public var field: String
    public var function: AggregateFunction
    public var groupField: String?
    public var sqlWhere: String?
    public init(field: String, function: AggregateFunction, groupField: String? = nil, sqlWhere: String? = nil) {
        self.field = field
        self.function = function
        self.groupField = groupField
        self.sqlWhere = sqlWhere
    }
}

public enum LagAggregate: String, Sendable, CaseIterable { case none, avg, max, median, min, product, sum, stddev }

public struct Lag: Sendable {
    public var field: String
    public var n: Int
    public var aggregate: LagAggregate
    /// Names of the `BlockIndicator` fields.
    public var blockIndicators: [String]
    public init(field: String, n: Int = 1, aggregate: LagAggregate = .none, blockIndicators: [String] = []) {
        self.field = field
        self.n = n
        self.aggregate = aggregate
        self.blockIndicators = blockIndicators
    }
}

public enum ApplyInvalidValueTreatment: String, Sendable, CaseIterable { case returnInvalid, asIs, asMissing }

public struct Apply: Sendable {
    public var function: String
    public var mapMissingTo: String?
    public var defaultValue: String?
    public var invalidValueTreatment: ApplyInvalidValueTreatment
    public var arguments: [Expression]
    public init(
        function: String, mapMissingTo: String? = nil, defaultValue: String? = nil,
        invalidValueTreatment: ApplyInvalidValueTreatment = .returnInvalid, arguments: [Expression]
    ) {
        self.function = function
        self.mapMissingTo = mapMissingTo
        self.defaultValue = defaultValue
        self.invalidValueTreatment = invalidValueTreatment
        self.arguments = arguments
    }
}
