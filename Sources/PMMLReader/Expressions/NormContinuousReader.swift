// https://dmg.org/pmml/v4-4-1/Transformations.html#xsdElement_NormContinuous
import ModelTree

/// `NormContinuous`
final class NormContinuousReader: ExpressionReader {
    private var norm: NormContinuous
    /// The order of the points, known from the second one on.
    private var isDescending: Bool?

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping ReceiveExpression) throws {
        norm = NormContinuous(
            field: try attributes.requiredString(.field), mapMissingTo: try attributes.number(.mapMissingTo),
            outliers: try attributes.choice(.outliers) ?? .asIs, points: [])
        super.init(document, receive)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        guard element == .linearNorm else { return nil }
        let orig = try attributes.requiredNumber(.orig)
        if !orig.isFinite { throw document.error(.outOfRange("\(orig)", in: "LinearNorm@orig", expected: "a finite number")) }
        // Points in descending order mean the same line; any other order means none.
        if let last = norm.points.last?.orig, !(isDescending ?? (orig < last) ? orig < last : orig > last) {
            throw document.error(.outOfRange("\(orig)", in: "LinearNorm@orig", expected: "\(isDescending == true ? "less" : "greater") than the one before, \(last)"))
        } else if let last = norm.points.last?.orig, isDescending == nil {
            isDescending = orig < last
            if orig < last { document.warn(.spelling, "LinearNorm elements are in descending order of orig, and read in ascending order") }
        }
        norm.points.append((orig: orig, norm: try attributes.requiredNumber(.norm)))
        return .leaf
    }

    override func kind() throws -> Expression.Kind {
        if norm.points.count < 2 { throw problem(.missingElement("two LinearNorm or more", in: name)) }
        if isDescending == true { norm.points.reverse() }
        return .normContinuous(norm)
    }
}
