// https://dmg.org/pmml/v4-4-1/NaiveBayes.html
import ModelTree

/// `NaiveBayesModel`
final class NaiveBayesModelReader: ModelReader {
    private var bayes: NaiveBayesModel
    private var hasOutput = false

    override init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping ReceiveModel) throws {
        bayes = NaiveBayesModel(threshold: try attributes.requiredNumber(.threshold))
        try super.init(document, attributes, receive)
    }

    override func content(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .bayesInputs:
            try once(!bayes.inputs.isEmpty)
            return .reader(BayesInputsReader(document) { [unowned self] in bayes.inputs = $0 })
        case .bayesOutput:
            try once(hasOutput)
            hasOutput = true
            bayes.targetField = try attributes.string(.fieldName)
            return .reader(BayesOutputReader(document) { [unowned self] in bayes.targetCounts = $0 })
        default: return nil
        }
    }

    override func kind() throws -> ModelKind {
        if bayes.inputs.isEmpty { throw problem(.missingElement("BayesInputs", in: name)) }
        if bayes.targetCounts.isEmpty { throw problem(.missingElement("BayesOutput", in: name)) }
        return .naiveBayes(bayes)
    }
}

/// `BayesInputs`. Before 4.2 had TargetValueStats, producers wrote continuous inputs inside `Extension`.
final class BayesInputsReader: ElementReader {
    private var inputs: [NaiveBayesModel.Input] = []
    /// Inputs in extensions that say at which place they belong, counted from 0.
    private var placed: [(position: Int, input: NaiveBayesModel.Input)] = []
    private var position: Int?
    private var isInExtension = false
    private let receive: ([NaiveBayesModel.Input]) -> Void
    override var looksIntoExtensions: Bool { !isInExtension }

    init(_ document: DocumentReader, _ receive: @escaping ([NaiveBayesModel.Input]) -> Void) {
        self.receive = receive
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .bayesInput:
            if isInExtension { warnOfExtension() }
            return .reader(try BayesInputReader(document, attributes, isExtension: isInExtension) { [unowned self] in
                if let position, isInExtension { placed.append((position, $0)) } else { inputs.append($0) }
            })
        case .extension:
            let isPlaced = attributes.informationalString(.name) == "x-position"
            position = isPlaced ? attributes.informationalInteger(.value) : nil
            attributes.ignore(.extender, .value)
            isInExtension = true
            return .inPlace
        default: return isInExtension ? .skip : nil
        }
    }

    override func end(of element: Element) throws { isInExtension = false }

    /// Puts the placed inputs among the others as if one was inserted after the other, those at lower places first.
    private func insertPlaced() {
        if placed.isEmpty { return }
        let sorted = placed.sorted { $0.position < $1.position }
        var places = [NaiveBayesModel.Input?](repeating: nil, count: inputs.count + sorted.count)
        // From the last, which stays where it is put: one before it has the first place from its own on that is free. The lowest stands last here.
        var free: [Int] = []
        var unseen = places.count
        for (number, one) in sorted.enumerated().reversed() {
            let start = max(0, min(one.position, inputs.count + number))
            while unseen > start {
                unseen -= 1
                free.append(unseen)
            }
            places[free.removeLast()] = one.input
        }
        var others = inputs.makeIterator()
        inputs = places.compactMap { $0 ?? others.next() }
    }

    override func end() throws {
        insertPlaced()
        if inputs.isEmpty { throw problem(.missingElement("a BayesInput", in: name)) }
        receive(inputs)
    }
}

extension ElementReader {
    fileprivate func warnOfExtension() {
        document.warn(.vendorMarkup, "\(document.currentElementName) inside Extension is vendor markup that changes scores; it is followed")
    }
}

/// `BayesInput`
final class BayesInputReader: ElementReader {
    private let field: String
    private var isExtension: Bool
    private var derivedField: DerivedField?
    private var pairs: [NaiveBayesModel.PairCounts] = []
    private var statistics: [NaiveBayesModel.TargetValueStat]?
    private var isInExtension = false
    private let receive: (NaiveBayesModel.Input) -> Void
    override var looksIntoExtensions: Bool { !isInExtension }

    init(
        _ document: DocumentReader, _ attributes: Attributes, isExtension: Bool, _ receive: @escaping (NaiveBayesModel.Input) -> Void
    ) throws {
        self.receive = receive
        self.isExtension = isExtension
        field = try attributes.requiredString(.fieldName)
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .derivedField:
            try once(derivedField != nil)
            return .reader(try DerivedFieldReader(document, attributes) { [unowned self] in derivedField = $0 })
        // Version 2 had the bins without a DerivedField around them.
        case .discretize:
            try once(derivedField != nil)
            return try expression(element, attributes) { [unowned self] in
                derivedField = DerivedField(name: nil, opType: .categorical, dataType: .string, expression: $0, location: place)
            }
        case .pairCounts:
            let value = try attributes.requiredString(.value)
            return .reader(BayesOutputReader(document) { [unowned self] in
                pairs.append(NaiveBayesModel.PairCounts(value: value, counts: $0))
            })
        case .targetValueStats:
            try once(statistics != nil)
            if isInExtension {
                warnOfExtension()
                isExtension = true
            }
            return .reader(TargetValueStatsReader(document) { [unowned self] in statistics = $0 })
        case .extension:
            attributes.ignore(.extender, .name, .value)
            isInExtension = true
            return .inPlace
        default: return isInExtension ? .skip : nil
        }
    }

    override func end(of element: Element) throws { isInExtension = false }

    override func end() throws {
        let content: NaiveBayesModel.Input.Content
        if let statistics {
            if !pairs.isEmpty { throw problem(.repeatedElement("PairCounts or TargetValueStats", in: name)) }
            content = .statistics(statistics)
        } else {
            if pairs.isEmpty { throw problem(.missingElement("PairCounts or TargetValueStats", in: name)) }
            content = .counts(pairs)
        }
        receive(NaiveBayesModel.Input(field: field, derivedField: derivedField, content: content, isExtension: isExtension, location: place))
    }
}

/// `BayesOutput` and `PairCounts`: one `TargetValueCounts`.
final class BayesOutputReader: ElementReader {
    private var counts: [NaiveBayesModel.TargetValueCount] = []
    private var isOpen = false
    private let receive: ([NaiveBayesModel.TargetValueCount]) -> Void

    init(_ document: DocumentReader, _ receive: @escaping ([NaiveBayesModel.TargetValueCount]) -> Void) {
        self.receive = receive
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .targetValueCounts where !isOpen:
            try once(!counts.isEmpty)
            isOpen = true
            return .inPlace
        case .targetValueCount where isOpen:
            counts.append(
                NaiveBayesModel.TargetValueCount(
                    value: try attributes.requiredString(.value), count: try attributes.requiredNumber(.count)))
            return .leaf
        default: return nil
        }
    }

    override func end(of element: Element) throws { isOpen = false }

    override func end() throws {
        if counts.isEmpty { throw problem(.missingElement("a TargetValueCount", in: name)) }
        receive(counts)
    }
}

/// `TargetValueStats`
final class TargetValueStatsReader: ElementReader {
    private var statistics: [NaiveBayesModel.TargetValueStat] = []
    private var value: String?
    private var distribution: NaiveBayesModel.Distribution?
    private let receive: ([NaiveBayesModel.TargetValueStat]) -> Void

    init(_ document: DocumentReader, _ receive: @escaping ([NaiveBayesModel.TargetValueStat]) -> Void) {
        self.receive = receive
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        guard value != nil else {
            guard element == .targetValueStat else { return nil }
            value = try attributes.requiredString(.value)
            return .inPlace
        }
        let found: NaiveBayesModel.Distribution
        switch element {
        case .anyDistribution: found = .any(mean: try attributes.requiredNumber(.mean), variance: try attributes.requiredNumber(.variance))
        case .gaussianDistribution:
            found = .gaussian(mean: try attributes.requiredNumber(.mean), variance: try attributes.requiredNumber(.variance))
        case .poissonDistribution: found = .poisson(mean: try attributes.requiredNumber(.mean))
        case .uniformDistribution: found = .uniform(lower: try attributes.requiredNumber(.lower), upper: try attributes.requiredNumber(.upper))
        default: return nil
        }
        try once(distribution != nil, "distribution")
        distribution = found
        return .leaf
    }

    override func end(of element: Element) throws {
        guard let value else { return }
        statistics.append(
            NaiveBayesModel.TargetValueStat(value: value, distribution: try required(distribution, "a distribution")))
        self.value = nil
        distribution = nil
    }

    override func end() throws {
        if statistics.isEmpty { throw problem(.missingElement("a TargetValueStat", in: name)) }
        receive(statistics)
    }
}
