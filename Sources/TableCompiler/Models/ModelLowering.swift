import Evaluation
import ModelTree

/// What a model's lowering needs to know of its surroundings.
struct ModelContext {
    let model: Model
    let scope: Scope
    let target: TargetField
    /// The condition under which the model applies; nil: always.
    let active: Register?
    let demand: Demand
    /// What the model's outputs want of its segments, by their ids.
    var segmentDemands: [String: Demand] = [:]

    /// Whether it predicts one of several categories; clusters are such.
    var isClassification: Bool { model.functionName == .classification || model.functionName == .clustering }
}

extension Compiler {
    /// Lowers a model element: fields, content, targets, outputs.
    ///
    /// - Parameters:
    ///   - outer: the target of the model around it, which an inner model without one predicts.
    ///   - demand: what the surroundings want beside the value.
    func lower(
        _ model: Model, in parent: Scope, active: Register?, outer: TargetField?, demand: Demand, isOutermost: Bool = false
    ) throws(CompileError) -> ModelResult {
        try nested(at: model.location) { () throws(CompileError) in
            try model.kind.checkFunction(of: model)
            let scope = try openScope(model, in: parent, active: active, isOutermost: isOutermost)
            defer { noteUsage(of: model, scope) }
            let target = targetField(of: model, in: parent, outer: outer)
            let context = ModelContext(
                model: model, scope: scope, target: target, active: active, demand: demand.union(.of(model.output)),
                segmentDemands: Demand.bySegment(model.output))
            guard var result = try attempt({ () throws(CompileError) in try lowerContent(of: model, context) }) else {
                return try lowerOutputs(standIn(for: target), context)
            }
            result = try attempt { () throws(CompileError) in try applyTargets(result, context) } ?? result
            return try lowerOutputs(result, context)
        }
    }

    /// Which of a model's fields its content or outputs have asked for.
    func noteUsage(of model: Model, _ scope: Scope) {
        guard recordsUsage else { return }
        for field in model.miningSchema.fields where scope.asked.contains(field.name) { usage.miningFields.insert(field.location) }
    }

    private func lowerContent(of model: Model, _ context: ModelContext) throws(CompileError) -> ModelResult {
        switch model.kind {
        case .tree(let tree): try lowerTree(tree, context)
        case .regression(let regression): try lowerRegression(regression, context)
        case .generalRegression(let regression): try lowerGeneralRegression(regression, context)
        case .mining(let mining): try lowerMining(mining, context)
        case .timeSeries(let series): try lowerTimeSeries(series, context)
        case .anomalyDetection(let anomaly): try lowerAnomalyDetection(anomaly, context)
        case .association(let association): try lowerAssociation(association, context)
        case .baseline(let baseline): try lowerBaseline(baseline, context)
        case .sequence(let sequence): try lowerSequence(sequence, context)
        case .text(let text): try lowerText(text, context)
        case .scorecard(let scorecard): try lowerScorecard(scorecard, context)
        case .ruleSet(let ruleSet): try lowerRuleSet(ruleSet, context)
        case .naiveBayes(let bayes): try lowerNaiveBayes(bayes, context)
        case .bayesianNetwork(let network): try lowerBayesianNetwork(network, context)
        case .neuralNetwork(let network): try lowerNeuralNetwork(network, context)
        case .supportVectorMachine(let machine): try lowerSupportVectorMachine(machine, context)
        case .clustering(let clustering): try lowerClustering(clustering, context)
        case .nearestNeighbor(let neighbors): try lowerNearestNeighbor(neighbors, context)
        case .gaussianProcess(let process): try lowerGaussianProcess(process, context)
        }
    }

    /// The field that a model predicts: its MiningField of usage `target`, or what its Targets or attributes name.
    private func targetField(of model: Model, in parent: Scope, outer: TargetField?) -> TargetField {
        var name = model.miningSchema.fields.first { $0.usageType == .target }?.name
        // What an association model predicts has no name; a predicted field in place of an active one is its input.
        if case .association = model.kind, model.miningSchema.itemFields.contains(where: { $0.name == name }) { name = nil }
        if name == nil, case .regression(let regression) = model.kind { name = regression.targetFieldName }
        if name == nil, case .naiveBayes(let bayes) = model.kind { name = bayes.targetField }
        if name == nil, case .generalRegression(let regression) = model.kind { name = regression.targetVariableName }
        if name == nil, let first = model.targets.first?.field { name = first }
        // A Target's own type of operation comes before the MiningField's, and that before the field's.
        let stated = model.targets.first { $0.field == nil || $0.field == name }?.opType ?? model.miningSchema.fields.first { $0.name == name }?.opType
        if let name, let field = parent.dataField(name) {
            return TargetField(
                name: name, type: field.dataType.valueType, opType: (stated ?? field.opType).operational,
                values: field.values.filter { $0.property == .valid })
        }
        if let name, let field = parent.derivedField(name) {
            return TargetField(name: name, type: field.dataType.valueType, opType: (stated ?? field.opType).operational, values: field.values)
        }
        if name == nil, model.functionName == .classification, let outer, outer.opType != .continuous {
            return TargetField(name: nil, type: outer.type, opType: outer.opType, values: outer.values)
        }
        let isClassification = model.functionName == .classification || model.functionName == .clustering
        return TargetField(name: name, type: isClassification ? .string : .double, opType: isClassification ? .categorical : .continuous, values: [])
    }

    /// The type of a predicted number: the target's, if that is a number's.
    func numericType(of target: TargetField, _ context: ModelContext) -> ValueType {
        if context.model.isFloat, target.name == nil { return .float }
        return target.type.kind == .number && target.type != .boolean ? target.type : .double
    }

    /// The result of a classification: the category at `index`, as a value of the target's type.
    func classified(_ index: Register, _ categories: [String], _ context: ModelContext) throws(CompileError) -> ModelResult {
        let target = context.target
        let value: TypedValue
        if target.type.kind == .text {
            value = TypedValue(builder.text(at: index, in: categories), .string, target.opType)
        } else {
            var numbers: [Double] = []
            for category in categories {
                guard let number = Literal.number(category, as: target.type) else {
                    throw CompileError.typeMismatch(
                        "category \"\(category)\"", found: "no \(target.type.name)", expected: "a value of target \"\(target.name ?? "")\"",
                        at: context.model.location)
                }
                numbers.append(number)
            }
            value = TypedValue(builder.number(at: index, in: numbers), target.type, target.opType)
        }
        var result = ModelResult(value: value, target: target.name)
        result.categories = categories
        result.categoryIndex = index
        return result
    }

    /// The position of `category` in `categories`, comparing as values of the target's type (`1` and `1.0` are one integer).
    func position(of category: String, in categories: [String], _ type: ValueType) -> Int? {
        categoryPlaces.position(of: category, in: categories, type)
    }
}
