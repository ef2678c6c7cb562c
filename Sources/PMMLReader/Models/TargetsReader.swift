// https://dmg.org/pmml/v4-4-1/Targets.html
import ModelTree

/// `Targets`
final class TargetsReader: ElementReader {
    private var targets: [Target] = []
    private let receive: ([Target]) -> Void

    init(_ document: DocumentReader, _ receive: @escaping ([Target]) -> Void) {
        self.receive = receive
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        guard element == .target else { return nil }
        return .reader(try TargetReader(document, attributes) { [unowned self] in targets.append($0) })
    }

    override func end() throws { receive(targets) }
}

/// `Target`
final class TargetReader: ElementReader {
    private var target: Target
    private let receive: (Target) -> Void

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping (Target) -> Void) throws {
        self.receive = receive
        target = Target(
            field: try attributes.string(.field), opType: try attributes.choice(.optype),
            castInteger: try attributes.choice(.castInteger), min: try attributes.number(.min), max: try attributes.number(.max),
            rescaleConstant: try attributes.number(.rescaleConstant) ?? 0,
            rescaleFactor: try attributes.number(.rescaleFactor) ?? 1)
        super.init(document)
        target.location = place
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        guard element == .targetValue else { return nil }
        target.values.append(
            TargetValue(
                value: try attributes.string(.value), displayValue: try attributes.string(.displayValue),
                priorProbability: try attributes.number(.priorProbability), defaultValue: try attributes.number(.defaultValue)))
        return .leaf
    }

    override func end() throws { receive(target) }
}
