import Evaluation
import ModelTree

extension Compiler {
    /// The register that the caller fills for a field of the DataDictionary, made when the field is first needed.
    func rawInput(_ field: DataField, usage: String) -> TypedValue {
        if let known = rawInputs[field.name] { return known }
        let type = field.dataType.valueType
        let isCollection = collectionFields.contains(field.name)
        let register = builder.inputRegister(isCollection ? .list : type.kind)
        var value = TypedValue(register, type, field.opType.operational, elementType: isCollection ? type : nil)
        if field.opType == .ordinal { value.order = field.values.order }
        if !isCollection { value.register = datesCounted(register, field.dataType) }
        rawInputs[field.name] = value
        builder.schema.inputs.append(InputField(
            name: field.name, displayName: field.displayName, type: type, opType: field.opType.operational, usage: usage,
            register: register, elementType: isCollection ? type : nil,
            values: field.values.validTexts,
            missingValues: field.values.filter { $0.property == .missing }.map(\.value),
            intervals: field.intervals.map(\.text), isRequired: usage == "active" || usage == "order" || usage == "group"))
        return value
    }
}

extension Interval {
    /// `[0, 100)`
    var text: String {
        let left = leftMargin.map { "\(closure.includesLeft ? "[" : "(")\(NumberPrinting.text($0))" } ?? "(-INF"
        let right = rightMargin.map { "\(NumberPrinting.text($0))\(closure.includesRight ? "]" : ")")" } ?? "INF)"
        return "\(left), \(right)"
    }
}

/// Fields whose value is a collection: those that an Aggregate takes together, and transactions of items.
enum CollectionFields {
    static func of(_ document: Document) -> Set<String> {
        var found: Set<String> = []
        visit(document.transformations, &found)
        for model in document.models { visit(model, &found) }
        return found
    }

    private static func visit(_ transformations: Transformations, _ found: inout Set<String>) {
        for field in transformations.derivedFields { visit(field.expression, &found) }
        for function in transformations.functions { visit(function.body, &found) }
    }

    private static func visit(_ model: Model, _ found: inout Set<String>) {
        visit(model.localTransformations, &found)
        for output in model.output { if let expression = output.expression { visit(expression, &found) } }
        switch model.kind {
        case .mining(let mining): for segment in mining.segments { visit(segment.model, &found) }
        case .anomalyDetection(let anomaly): visit(anomaly.model, &found)
        case .association(let association): found.formUnion(transactionFields(model, association.items))
        case .scorecard(let scorecard):
            for attribute in scorecard.characteristics.flatMap(\.attributes) {
                if case .expression(let expression) = attribute.partialScore { visit(expression, &found) }
            }
        case .sequence(let sequence): found.formUnion(transactionFields(model, sequence.items))
        default: break
        }
    }

    /// Fields that hold all items of a transaction: the active field, or any of several if a group field tells transactions apart.
    private static func transactionFields(_ model: Model, _ items: [Item]) -> [String] {
        let active = model.miningSchema.itemFields.map(\.name)
        if model.miningSchema.fields.contains(where: { $0.usageType == .group }) { return active }
        return active.count == 1 && !items.contains { $0.field != nil } ? active : []
    }

    private static func visit(_ expression: Expression, _ found: inout Set<String>) {
        switch expression.kind {
        case .aggregate(let aggregate): found.insert(aggregate.field)
        case .apply(let apply): for argument in apply.arguments { visit(argument, &found) }
        case .textIndex(let index): visit(index.term, &found)
        default: break
        }
    }
}

extension MiningSchema {
    /// The fields of a model of items: the active ones. Documents of PMML 3 may have one predicted field in their place, as what a
    /// transaction consists of is also what is predicted.
    var itemFields: [MiningField] {
        let active = fields.filter { $0.usageType == .active }
        let predicted = fields.filter { $0.usageType == .target }
        return active.isEmpty && predicted.count == 1 ? predicted : active
    }
}
