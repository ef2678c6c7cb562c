// https://dmg.org/pmml/v4-4-1/BaselineModel.html
import ModelTree

/// `BaselineModel`
final class BaselineModelReader: ModelReader {
    private var baseline: BaselineModel?

    override func content(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        guard element == .testDistributions else { return nil }
        try once(baseline != nil)
        return .reader(try TestDistributionsReader(document, attributes) { [unowned self] in baseline = $0 })
    }

    override func kind() throws -> ModelKind { .baseline(try required(baseline, "TestDistributions")) }
}

/// `TestDistributions`
final class TestDistributionsReader: ElementReader {
    private let field: String
    private let statistic: BaselineModel.TestStatistic
    private let resetValue: Double
    private let windowSize: Int
    private let weightField: String?
    private let normalizationScheme: String?
    private var baseline: BaselineModel.Distribution?
    private var alternate: BaselineModel.Distribution?
    private let receive: (BaselineModel) -> Void

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping (BaselineModel) -> Void) throws {
        self.receive = receive
        field = try attributes.requiredString(.field)
        statistic = try attributes.requiredChoice(.testStatistic)
        resetValue = try attributes.number(.resetValue) ?? 0
        windowSize = try attributes.integer(.windowSize, atLeast: 0) ?? 0
        weightField = try attributes.string(.weightField)
        normalizationScheme = try attributes.string(.normalizationScheme)
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .baseline:
            try once(baseline != nil)
            return .reader(DistributionReader(document, needsDensity: false) { [unowned self] in baseline = $0 })
        case .alternate:
            try once(alternate != nil)
            return .reader(DistributionReader(document, needsDensity: true) { [unowned self] in alternate = $0 })
        default: return nil
        }
    }

    override func end() throws {
        receive(
            BaselineModel(
                field: field, statistic: statistic, resetValue: resetValue, windowSize: windowSize, weightField: weightField,
                normalizationScheme: normalizationScheme, baseline: try required(baseline, "a Baseline"), alternate: alternate, location: place))
    }
}

/// `Baseline`, `Alternate`
final class DistributionReader: ElementReader {
    private let needsDensity: Bool
    private var found: BaselineModel.Distribution?
    private let receive: (BaselineModel.Distribution) -> Void

    /// - Parameter needsDensity: whether its densities are asked for, which AnyDistribution does not have.
    init(_ document: DocumentReader, needsDensity: Bool, _ receive: @escaping (BaselineModel.Distribution) -> Void) {
        self.needsDensity = needsDensity
        self.receive = receive
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        if element == .fieldRef {
            let field = try fieldRef(attributes).field
            if case .fields(let fields) = found {
                found = .fields(fields + [field])
            } else {
                try once(found != nil, "distribution")
                found = .fields([field])
            }
            return .leaf
        }
        let distribution: ContinuousDistribution
        switch element {
        case .anyDistribution where !needsDensity:
            distribution = .any(mean: try attributes.requiredNumber(.mean), variance: try attributes.requiredNumber(.variance))
        case .gaussianDistribution:
            distribution = .gaussian(mean: try attributes.requiredNumber(.mean), variance: try attributes.requiredNumber(.variance))
        case .poissonDistribution: distribution = .poisson(mean: try attributes.requiredNumber(.mean))
        case .uniformDistribution:
            distribution = .uniform(lower: try attributes.requiredNumber(.lower), upper: try attributes.requiredNumber(.upper))
        case .countTable, .normalizedCountTable:
            try once(found != nil, "distribution")
            // The size of the sample is the sum of the counts.
            attributes.ignore(.sample)
            return .reader(CountTableReader(document, under: []) { [unowned self] in found = .counts($0) })
        default: return nil
        }
        try once(found != nil, "distribution")
        found = .continuous(distribution)
        return .leaf
    }

    override func end() throws { receive(try required(found, "a distribution")) }
}

/// `CountTable`, `NormalizedCountTable`, and `FieldValue` inside them.
final class CountTableReader: ElementReader {
    private let outer: [(field: String, value: String)]
    private var counts: [FieldValueCount] = []
    private let receive: ([FieldValueCount]) -> Void

    init(_ document: DocumentReader, under outer: [(field: String, value: String)], _ receive: @escaping ([FieldValueCount]) -> Void) {
        self.outer = outer
        self.receive = receive
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        guard element == .fieldValue || element == .fieldValueCount else { return nil }
        let values = outer + [(field: try attributes.requiredString(.field), value: try attributes.requiredString(.value))]
        if element == .fieldValue {
            return .reader(CountTableReader(document, under: values) { [unowned self] in counts += $0 })
        }
        counts.append(FieldValueCount(values: values, count: try attributes.requiredNumber(.count)))
        return .leaf
    }

    override func end() throws { receive(counts) }
}
