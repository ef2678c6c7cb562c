// https://dmg.org/pmml/v4-4-1/KNN.html

import Evaluation
import ModelTree

extension Compiler {
    func lowerNearestNeighbor(_ model: NearestNeighborModel, _ context: ModelContext) throws(CompileError) -> ModelResult {
        let table = try TrainingTable(model.training, context)
        let comparison = try trainingComparison(model, table, context)
        let isSimilarity = model.measure.kind == .similarity
        let count = min(model.numberOfNeighbors, table.count)
        if count > 10_000 { throw CompileError("size-limit", "\(count) neighbors are more than 10000", at: context.model.location) }
        let found = builder.neighbors(comparison, count: count, isSimilarity: isSimilarity)
        let neighbors = FoundNeighbors(
            indices: found.indices, affinities: found.affinities, isSimilarity: isSimilarity, isFloat: context.model.isFloat,
            threshold: model.threshold)
        let ids = try instanceIds(model, table, context)
        var results: [ModelResult] = []
        if context.model.functionName != .clustering {
            for field in context.model.miningSchema.fields where field.usageType == .target {
                results.append(try score(field, model, neighbors, table, context))
            }
        }
        var result: ModelResult
        if let first = results.first {
            result = first
            result.others = Array(results.dropFirst())
        } else {
            // Without a target, the nearest instance is the answer.
            result = try clustered(found.indices[0], ids, context)
            result.target = nil
        }
        let entities = Entities(ids: ids, names: ids, ranked: found.indices, affinity: { found.affinities[$0] })
        try addFeatures(entities, to: &result, context) { index in
            var single = comparison
            single.items = comparison.fields.indices.map { comparison.items[$0 * table.count + index] }
            return builder.compare(single)[0]
        }
        if !results.isEmpty {
            // Instances have no names; what a target's values are called is the target's matter.
            result.features = result.features.filter { $0.key.feature != .predictedDisplayValue }
            for index in result.others.indices { result.others[index].features = result.features }
        }
        return result
    }

    private func trainingComparison(
        _ model: NearestNeighborModel, _ table: TrainingTable, _ context: ModelContext
    ) throws(CompileError) -> RecordComparison {
        let inputs = try table.inputs(model.inputs.map(\.field), self, context)
        var fields: [RecordComparison.Field] = []
        var items: [Double] = []
        items.reserveCapacity(model.inputs.count * table.count)
        for input in model.inputs {
            let cells = inputs[input.field] ?? []
            let field = ComparedField(
                field: input.field, weight: input.fieldWeight, function: input.compareFunction ?? model.measure.compareFunction,
                location: input.location)
            let column = try compared(field, model.measure, texts: { cells.compactMap { $0 } }, context)
            for cell in cells {
                let isNumber = try !context.scope.value(of: input.field, at: input.location, self).isText
                guard let cell, !isNumber || cell.contains(where: { !$0.isWhitespace }) else {
                    items.append(.nan)
                    continue
                }
                guard let number = column.number(cell) else {
                    throw CompileError("training-instances", "\"\(cell)\" is no value of input \"\(input.field)\"", at: model.training.table.location)
                }
                items.append(number)
            }
            fields.append(column.field)
        }
        return RecordComparison(fields: fields, aggregation: aggregation(model.measure), isFloat: context.model.isFloat, items: items)
    }

    /// What instanceIdVariable calls the instances; else their positions counted from 1.
    private func instanceIds(_ model: NearestNeighborModel, _ table: TrainingTable, _ context: ModelContext) throws(CompileError) -> [String] {
        guard let name = model.instanceIdVariable else { return (1...table.count).map(String.init) }
        guard let cells = table.cells(name) else {
            throw CompileError("training-field", "instanceIdVariable \"\(name)\" has no InstanceField", at: context.model.location)
        }
        return cells.enumerated().map { $1 ?? String($0 + 1) }
    }

    /// Predicts one target from the neighbors' values of it.
    private func score(
        _ field: MiningField, _ model: NearestNeighborModel, _ neighbors: FoundNeighbors, _ table: TrainingTable, _ outer: ModelContext
    ) throws(CompileError) -> ModelResult {
        guard let cells = table.cells(field.name) else {
            throw CompileError("training-field", "target \"\(field.name)\" has no InstanceField", at: field.location)
        }
        let target: TargetField
        if let known = outer.scope.dataField(field.name) {
            target = TargetField(
                name: field.name, type: known.dataType.valueType, opType: field.opType?.operational ?? known.opType.operational,
                values: known.values.filter { $0.property == .valid })
        } else {
            let isContinuous = outer.model.functionName == .regression
            target = TargetField(name: field.name, type: isContinuous ? .double : .string, opType: isContinuous ? .continuous : .categorical, values: [])
        }
        let context = ModelContext(model: outer.model, scope: outer.scope, target: target, active: outer.active, demand: outer.demand)
        let isContinuous = outer.model.functionName == .regression
            || (outer.model.functionName != .classification && target.opType == .continuous && target.type.kind == .number)
        let result = try isContinuous
            ? average(cells, model, neighbors, context)
            : vote(cells, model, neighbors, context)
        // The first target's Targets are applied with every model's.
        return target.name == outer.target.name ? result : try applyTargets(result, context)
    }

    private func average(
        _ cells: [String?], _ model: NearestNeighborModel, _ neighbors: FoundNeighbors, _ context: ModelContext
    ) throws(CompileError) -> ModelResult {
        let type = numericType(of: context.target, context)
        var values: [Double] = []
        values.reserveCapacity(cells.count)
        for cell in cells {
            guard let number = TrainingTable.number(cell, as: type) else {
                throw CompileError("training-instances", "\"\(cell ?? "")\" is no value of target \"\(context.target.name ?? "")\"", at: model.training.table.location)
            }
            values.append(context.model.isFloat ? Double(Float(number)) : number)
        }
        let value = builder.average(
            neighbors, isWeighted: model.continuousScoringMethod == .weightedAverage,
            isMedian: model.continuousScoringMethod == .median, values: values)
        return ModelResult(value: TypedValue(value, type), target: context.target.name)
    }

    private func vote(
        _ cells: [String?], _ model: NearestNeighborModel, _ neighbors: FoundNeighbors, _ context: ModelContext
    ) throws(CompileError) -> ModelResult {
        var found = CategoryList(context.target)
        var classes: [Int32] = []
        classes.reserveCapacity(cells.count)
        for cell in cells {
            guard let cell, context.target.type.kind == .text || cell.contains(where: { !$0.isWhitespace }) else {
                classes.append(-1)
                continue
            }
            classes.append(Int32(truncatingIfNeeded: found.add(placing: cell)))
        }
        let categories = found.values
        // Of equal votes, the category wins that more instances have; of those, the one with the smallest value.
        var counts = [Int](repeating: 0, count: categories.count)
        for index in classes where index >= 0 { counts[Int(index)] += 1 }
        let numbers = context.target.type.kind == .number ? categories.map { Literal.number($0, as: context.target.type) ?? .infinity } : []
        let order = categories.indices.sorted { a, b in
            if counts[a] != counts[b] { return counts[a] > counts[b] }
            if !numbers.isEmpty { return numbers[a] != numbers[b] ? numbers[a] < numbers[b] : a < b }
            let (x, y) = (categories[a].utf8, categories[b].utf8)
            return x.elementsEqual(y) ? a < b : x.lexicographicallyPrecedes(y)
        }
        var priorities = [Int32](repeating: 0, count: categories.count)
        for (priority, index) in order.enumerated() { priorities[index] = Int32(truncatingIfNeeded: priority) }
        let votes = builder.vote(
            neighbors, isWeighted: model.categoricalScoringMethod == .weightedMajorityVote, classes: classes, priorities: priorities)
        var result = try classified(votes.index, categories, context)
        result.probabilities = votes.shares
        result.confidences = votes.shares
        return result
    }
}
