// https://dmg.org/pmml/v4-4-1/MiningSchema.html
import ModelTree

/// `MiningSchema`
final class MiningSchemaReader: ElementReader {
    private var schema = MiningSchema()
    /// What each name is used for so far.
    private var names: [String: Set<MiningField.UsageType>] = [:]
    private let receive: (MiningSchema) -> Void

    init(_ document: DocumentReader, _ receive: @escaping (MiningSchema) -> Void) {
        self.receive = receive
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        guard element == .miningField else { return nil }
        let name = try attributes.requiredString(.name)
        let usage = try usageType(attributes)
        let isRepeated = !(names[name, default: []].insert(usage).inserted)
        if isRepeated { document.warn(.duplicateField, "MiningField \"\(name)\" stands twice; the first counts") }
        let field = MiningField(
            name: name,
            usageType: usage,
            opType: try attributes.choice(.optype),
            importance: attributes.informationalNumber(.importance),
            outliers: try attributes.choice(.outliers) ?? .asIs,
            lowValue: try attributes.number(.lowValue),
            highValue: try attributes.number(.highValue),
            missingValueReplacement: try attributes.string(.missingValueReplacement),
            missingValueTreatment: try attributes.choice(.missingValueTreatment),
            invalidValueTreatment: try attributes.choice(.invalidValueTreatment) ?? .returnInvalid,
            invalidValueReplacement: try attributes.string(.invalidValueReplacement),
            location: document.here())
        if !isRepeated { schema.fields.append(field) }
        return .leaf
    }

    /// Versions before 4.1 call a target `predicted`.
    private func usageType(_ attributes: Attributes) throws -> MiningField.UsageType {
        if try attributes.string(.usageType) == "predicted" { return .target }
        return try attributes.choice(.usageType) ?? .active
    }

    override func end() throws { receive(schema) }
}
