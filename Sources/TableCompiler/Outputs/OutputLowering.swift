// https://dmg.org/pmml/v4-4-1/Output.html

import Evaluation
import ModelTree

extension Compiler {
    /// Lowers a model's OutputFields in document order; each may read those before it.
    func lowerOutputs(_ result: ModelResult, _ context: ModelContext) throws(CompileError) -> ModelResult {
        var result = result
        // Within Output the target's name stands for what was predicted, not for what may have been observed.
        if let target = result.target, result.value.elementType == nil, context.scope.isUndefined(target) { context.scope.define(target, result.value) }
        var names = Dictionary(result.outputs.enumerated().map { ($1.field.name, $0) }) { _, last in last }
        var replaced: Set<Int> = []
        for field in context.model.output {
            let lowered = try attempt { () throws(CompileError) in
                let value = try nested(at: field.location) { () throws(CompileError) in try output(field, result, context) }
                guard let dataType = field.dataType, value.elementType == nil else { return value }
                return try convert(value, as: dataType, at: field.location)
            }
            var value: TypedValue
            if let lowered {
                value = lowered
            } else {
                let type = field.dataType?.valueType ?? .double
                value = TypedValue(builder.missing(type.kind), type)
            }
            if let opType = field.opType { value.opType = opType.operational }
            if !field.values.isEmpty, field.opType == .ordinal { value.order = field.values.map(\.value) }
            context.scope.define(field.name, value)
            if let earlier = names.updateValue(result.outputs.count, forKey: field.name) { replaced.insert(earlier) }
            result.outputs.append((field, value))
        }
        if !replaced.isEmpty { result.outputs = result.outputs.indices.filter { !replaced.contains($0) }.map { result.outputs[$0] } }
        return result
    }

    private func output(_ field: OutputField, _ own: ModelResult, _ context: ModelContext) throws(CompileError) -> TypedValue {
        if own.isStandIn, field.expression == nil { return own.value }
        let result = try source(of: field, own, context)
        if let rules = result.rules, let feature = ruleFeature(of: field) { return try lowerRuleOutput(feature, field, rules) }
        if let found = result.features[.ranked(field.feature, field.rank)] { return found }
        switch field.feature {
        case .predictedValue:
            if field.rank > 1, !result.probabilities.isEmpty { return try ranked(field, result, context) }
            // The entity with a rank, as its id.
            if field.rank > 1, context.model.functionName == .clustering, let found = result.features[.init(.entityId, rank: field.rank)] { return found }
            if field.rank > 1 {
                throw CompileError("output-rank", "OutputField \"\(field.name)\" has rank \(field.rank), expected 1: this \(context.model.element) predicts one value", at: field.location)
            }
            return result.value
        case .predictedDisplayValue: return try displayValue(result, field, context)
        case .transformedValue, .decision:
            guard let expression = field.expression else {
                throw CompileError.missingElement("an expression for feature \"\(field.feature.rawValue)\"", in: "OutputField \"\(field.name)\"", at: field.location)
            }
            return try lower(expression, in: context.scope)
        case .probability: return try classNumber(result.probabilities, field, result, context)
        case .confidence:
            if let found = result.features[.init(.confidence, field.value)] ?? result.features[.init(.confidence)] { return found }
            return try classNumber(result.confidences, field, result, context)
        case .residual: return try residual(field, result, context)
        case .warning: return TypedValue(builder.missing(.text), .string)
        case .report: return TypedValue(builder.missing(.text), .string)
        default:
            if let found = feature(field, result) { return found }
            throw CompileError.featureUnavailable(field.feature.rawValue, context.model.element, at: field.location)
        }
    }

    /// What the model says of the entity that the output names by value or by rank; else of the first one.
    private func feature(_ field: OutputField, _ result: ModelResult) -> TypedValue? {
        let named = field.value.flatMap { result.features[.init(field.feature, $0)] }
        // A model around the one that has the entities does not know each of them.
        let isOfEntity = [.affinity, .clusterAffinity, .entityAffinity].contains(field.feature)
        if isOfEntity, field.value != nil, named == nil { return nil }
        return named ?? result.features[.init(field.feature, rank: field.rank)] ?? result.features[.init(field.feature)]
    }

    /// The result that an output speaks of: the model's own, a segment's, or that of another target.
    private func source(of field: OutputField, _ own: ModelResult, _ context: ModelContext) throws(CompileError) -> ModelResult {
        if let id = field.segmentId {
            guard let found = own.segments[id] else {
                throw CompileError.unknownSegment(id, of: field.name, at: field.location)
            }
            return found
        }
        if let target = field.targetField, target != own.target, let other = own.others.first(where: { $0.target == target }) { return other }
        return own
    }

    /// Refuses many outputs that each have a table of all classes.
    private func refuseLarge(_ classes: Int, _ field: OutputField) throws(CompileError) {
        classOutputs += 1
        try CompileError.refuseLarge(
            classOutputs, times: classes, few: 50, most: 5_000_000, at: field.location,
            "\(classes) classes times \(classOutputs) outputs that look at all of them are more than 5 million")
    }

    private func ranked(_ field: OutputField, _ result: ModelResult, _ context: ModelContext) throws(CompileError) -> TypedValue {
        try refuseLarge(result.probabilities.count, field)
        guard field.rank <= result.probabilities.count else { return TypedValue(builder.missing(result.value.register.kind), result.value.type) }
        return try classified(builder.highest(result.probabilities, rank: field.rank), result.categories, context).value
    }

    /// The number of the category that `field` names, of the predicted one if it names none, or of the one with its rank.
    private func classNumber(_ numbers: [Register], _ field: OutputField, _ result: ModelResult, _ context: ModelContext) throws(CompileError) -> TypedValue {
        guard !numbers.isEmpty, let index = result.categoryIndex else {
            throw CompileError.featureUnavailable(field.feature.rawValue, context.model.element, at: field.location)
        }
        if let category = field.value {
            guard let at = position(of: category, in: result.categories, result.value.type), at < numbers.count else {
                warn("unknown-category", "OutputField \"\(field.name)\" names category \"\(category)\", which the model does not have", at: field.location)
                let isPresent = builder.emit("value.present", .number, index)
                return TypedValue(builder.masked(builder.constant(0), where: isPresent), .double)
            }
            return TypedValue(numbers[at], .double)
        }
        if field.rank > 1 {
            try refuseLarge(numbers.count, field)
            guard field.rank <= numbers.count else { return TypedValue(builder.missing(.number), .double) }
            return TypedValue(builder.pick(builder.highest(numbers, rank: field.rank), of: numbers), .double)
        }
        return TypedValue(builder.pick(index, of: numbers), .double)
    }

    /// TargetValue's displayValue, else that of the DataField's Value, else the value itself.
    private func displayValue(_ result: ModelResult, _ field: OutputField, _ context: ModelContext) throws(CompileError) -> TypedValue {
        if let found = feature(field, result) { return found }
        let name = result.target
        let target = context.model.targets.first { $0.field == nil || $0.field == name }
        guard let index = result.categoryIndex else { return try convert(result.value, to: .string, at: field.location) }
        try refuseLarge(result.categories.count, field)
        let type = result.value.type
        // Of several values that are one the first counts, also if it says nothing.
        let stated = Dictionary((target?.values ?? []).compactMap { value in value.value.map { (CategoryKey($0, type), value.displayValue) } }) { first, _ in first }
        let listed = Dictionary(context.target.values.map { (CategoryKey($0.value, type), $0.displayValue) }) { first, _ in first }
        let texts = result.categories.map { category in
            let key = CategoryKey(category, type)
            return stated[key].flatMap { $0 } ?? listed[key].flatMap { $0 } ?? category
        }
        return TypedValue(builder.text(at: index, in: texts), .string)
    }

    /// Observed minus predicted; for a category, 1 or 0 for what was observed, minus its probability.
    private func residual(_ field: OutputField, _ result: ModelResult, _ context: ModelContext) throws(CompileError) -> TypedValue {
        guard let name = result.target, let dataField = context.scope.dataField(name) else {
            throw CompileError.featureUnavailable(field.feature.rawValue, context.model.element, at: field.location)
        }
        let observed = rawInput(dataField, usage: "target")
        if result.categoryIndex == nil {
            guard !observed.isText, result.value.register.kind == .number else {
                throw CompileError.featureUnavailable(field.feature.rawValue, context.model.element, at: field.location)
            }
            return TypedValue(difference(observed.register, result.value.register), .double)
        }
        guard !result.probabilities.isEmpty else { throw CompileError.featureUnavailable(field.feature.rawValue, context.model.element, at: field.location) }
        try refuseLarge(result.categories.count, field)
        let index: Register
        if observed.isText {
            index = builder.index(of: observed.register, in: result.categories)
        } else {
            index = builder.index(of: observed.register, in: result.categories.map { Literal.number($0, as: observed.type) ?? .nan })
        }
        if let category = field.value {
            guard let at = position(of: category, in: result.categories, result.value.type) else {
                throw CompileError.featureUnavailable(field.feature.rawValue, context.model.element, at: field.location)
            }
            let isObserved = builder.number(at: index, in: result.categories.indices.map { $0 == at ? 1 : 0 })
            return TypedValue(difference(isObserved, result.probabilities[at]), .double)
        }
        return TypedValue(difference(builder.constant(1), builder.pick(index, of: result.probabilities)), .double)
    }

    private func difference(_ a: Register, _ b: Register) -> Register {
        builder.linear(intercept: 0, isFloat: false, terms: [.power(a, exponent: 1, coefficient: 1), .power(b, exponent: 1, coefficient: -1)])
    }
}
