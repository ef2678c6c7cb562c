// https://dmg.org/pmml/v4-4-1/MultipleModels.html

import Evaluation
import ModelTree

extension Compiler {
    /// modelChain: each segment may read the outputs of those before it; the last one that takes part has the result.
    /// x-multiModelChain: every segment contributes its own target.
    func lowerChain(_ mining: MiningModel, _ context: ModelContext) throws(CompileError) -> ModelResult {
        let skips = mining.missingPredictionTreatment == .skipSegment
        var lowered: [LoweredSegment] = []
        var segments: [String: ModelResult] = [:]
        let last = mining.segments.lastIndex { isAlways($0.predicate) } ?? 0
        for (index, segment) in mining.segments.enumerated() {
            let isLast = index == mining.segments.count - 1
            // Whether its result may be the chain's, which then asks it for all that the chain is asked for.
            let mayCount = mining.method == .multiModelChain || skips || index >= last
            let demand: Demand = mayCount ? context.demand : []
            let next = try lower(segment, condition: nil, context, demand: demand)
            lowered.append(next)
            record(next, in: &segments)
            for output in next.result.outputs { context.scope.define(output.field.name, output.value) }
            // A later segment may also read the target itself, as predicted so far.
            if !isLast, let target = next.result.target, context.scope.isUndefined(target) { context.scope.define(target, next.result.value) }
        }
        try checkSound(lowered, context)
        let outputs = lowered.flatMap(\.result.outputs)
        if mining.method == .multiModelChain, let first = lowered.first {
            var result = first.result
            result.others = lowered.dropFirst().map { last in
                var other = last.result
                other.outputs = []
                return other
            }
            result.outputs = outputs
            result.segments = segments
            return result
        }
        // From the last segment back: the first one that takes part has the result, missing or not; or, if such are skipped, the first that has one.
        var candidates: [LoweredSegment] = skips ? lowered.reversed() : []
        if !skips {
            var open = mining.missingPredictionTreatment == .returnMissing ? noneLost(lowered) : nil
            for var segment in lowered.reversed() {
                segment.result = segment.result.map { builder.masked($0, where: open) }
                candidates.append(segment)
                guard let active = segment.active else { break }
                open = both(open, not(active))
            }
        }
        var result = try firstActive(candidates, context)
        return finish(&result, lowered, outputs, segments, context)
    }

    /// Whether every segment that takes part has a prediction, as `missingPredictionTreatment="returnMissing"` asks for.
    private func noneLost(_ lowered: [LoweredSegment]) -> Register? {
        let kept = lowered.map { segment in
            let present = builder.emit("value.present", .number, segment.result.value.register)
            return segment.active.map { not(both($0, not(present))) } ?? present
        }
        return kept.reduce(nil) { both($0, $1) }
    }

    /// Names the chain's target: the last segment's if the chain has it as one of its own. Other targets that segments predict come along.
    private func finish(
        _ result: inout ModelResult, _ lowered: [LoweredSegment], _ outputs: [(field: OutputField, value: TypedValue)],
        _ segments: [String: ModelResult], _ context: ModelContext
    ) -> ModelResult {
        let targets = context.model.miningSchema.fields.filter { $0.usageType == .target }.map(\.name)
        if !(result.target.map(targets.contains) ?? false) { result.target = context.target.name ?? result.target }
        result.others = targets.filter { $0 != result.target }.compactMap { name in
            guard var other = lowered.last(where: { $0.result.target == name })?.result else { return nil }
            other.outputs = []
            return other
        }
        result.outputs = outputs
        result.segments = segments
        return result
    }

    /// selectFirst: the result of the first segment whose predicate is true.
    func lowerSelectFirst(_ mining: MiningModel, _ context: ModelContext) throws(CompileError) -> ModelResult {
        if context.isClassification { try refuseLarge(segments: mining.segments.count, classes: context.target.values.count, context) }
        var lowered: [LoweredSegment] = []
        var segments: [String: ModelResult] = [:]
        var open: Register?
        for segment in mining.segments {
            let next = try lower(segment, condition: open, context, demand: context.demand)
            lowered.append(next)
            record(next, in: &segments)
            guard let active = next.active else { break }
            let rest = not(active)
            open = both(open, rest)
            if case .always = segment.predicate { break }
        }
        try checkSound(lowered, context)
        var result = try firstActive(lowered, context)
        result.segments = segments
        result.target = context.target.name ?? result.target
        if context.demand.contains(.entity) {
            let ids = lowered.enumerated().map { index, one in
                builder.masked(builder.constant(one.segment.id ?? String(index + 1)), where: one.active)
            }
            result.features[.init(.entityId)] = TypedValue(builder.coalesce(ids), .string)
        }
        return result
    }

    /// Of results of which at most one is there for a row, the one that is.
    private func firstActive(_ lowered: [LoweredSegment], _ context: ModelContext) throws(CompileError) -> ModelResult {
        guard let first = lowered.first else { throw CompileError.missingElement("a Segment that can apply", in: "Segmentation", at: context.model.location) }
        if lowered.count == 1 { return first.result }
        var result = first.result
        result.value.register = try merged(lowered.map(\.result.value), context)
        // Categories of all segments, in the order in which they appear.
        var all = CategoryList([], context.target.type)
        for one in lowered { for category in one.result.categories { all.add(category) } }
        let categories = all.values
        try refuseLarge(segments: lowered.count, classes: categories.count, context)
        let own = lowered.map { CategoryList($0.result.categories, context.target.type) }
        result.categories = categories
        func aligned(_ values: KeyPath<ModelResult, [Register]>, fill: Double) -> [Register] {
            guard lowered.contains(where: { !$0.result[keyPath: values].isEmpty }) else { return [] }
            return categories.map { category in
                builder.coalesce(zip(lowered, own).map { one, own in
                    guard let at = own.place(of: category), at < one.result[keyPath: values].count else {
                        return one.result.categoryIndex.map { builder.masked(builder.constant(fill), where: builder.emit("value.present", .number, $0)) } ?? builder.missing(.number)
                    }
                    return one.result[keyPath: values][at]
                })
            }
        }
        result.probabilities = aligned(\.probabilities, fill: 0)
        result.confidences = aligned(\.confidences, fill: 0)
        if !categories.isEmpty {
            let indices = lowered.compactMap { one -> Register? in
                guard let index = one.result.categoryIndex else { return nil }
                if one.result.categories == Array(categories.prefix(one.result.categories.count)) { return index }
                return builder.number(at: index, in: one.result.categories.map { Double(all.place(of: $0) ?? 0) })
            }
            result.categoryIndex = builder.coalesce(indices)
        }
        result.features = [:]
        var features: [ModelResult.FeatureKey: [TypedValue]] = [:]
        for one in lowered { for (key, value) in one.result.features { features[key, default: []].append(value) } }
        for one in lowered {
            for (key, value) in one.result.sortedFeatures where result.features[key] == nil {
                var mergedValue = value
                let found = (features[key] ?? []).filter { $0.register.kind == value.register.kind }
                mergedValue.register = builder.coalesce(found.map(\.register))
                result.features[key] = mergedValue
            }
        }
        result.outputs = mergedOutputs(lowered)
        result.others = try firstOthers(lowered, context)
        return result
    }

    /// The same of the models' further targets, each by its name.
    private func firstOthers(_ lowered: [LoweredSegment], _ context: ModelContext) throws(CompileError) -> [ModelResult] {
        var others: [ModelResult] = []
        for name in lowered.flatMap({ $0.result.others.compactMap(\.target) }) where !others.contains(where: { $0.target == name }) {
            let found = lowered.compactMap { one -> LoweredSegment? in
                guard var other = one.result.others.first(where: { $0.target == name }) else { return nil }
                other.others = []
                return LoweredSegment(segment: one.segment, active: one.active, result: other)
            }
            others.append(try firstActive(found, context))
        }
        return others
    }

    /// Outputs of the same name are one output.
    private func mergedOutputs(_ lowered: [LoweredSegment]) -> [(field: OutputField, value: TypedValue)] {
        var order: [String] = []
        var groups: [String: [(field: OutputField, value: TypedValue)]] = [:]
        for one in lowered {
            for output in one.result.outputs {
                if groups[output.field.name] == nil { order.append(output.field.name) }
                groups[output.field.name, default: []].append(output)
            }
        }
        return order.compactMap { name in
            guard let group = groups[name], var first = group.first else { return nil }
            let same = group.filter { $0.value.register.kind == first.value.register.kind }
            first.value.register = builder.coalesce(same.map(\.value.register))
            return first
        }
    }

    private func merged(_ values: [TypedValue], _ context: ModelContext) throws(CompileError) -> Register {
        guard let first = values.first else { return builder.missing(.number) }
        var registers: [Register] = []
        for value in values {
            registers.append(value.register.kind == first.register.kind ? value.register : try convert(value, to: first.type, at: context.model.location).register)
        }
        return builder.coalesce(registers)
    }

    /// selectAll: the list of the predictions of all segments whose predicate is true.
    func lowerSelectAll(_ mining: MiningModel, _ context: ModelContext) throws(CompileError) -> ModelResult {
        var lowered: [LoweredSegment] = []
        var segments: [String: ModelResult] = [:]
        for segment in mining.segments {
            let next = try lower(segment, condition: nil, context, demand: [])
            record(next, in: &segments)
            lowered.append(next)
        }
        try checkSound(lowered, context)
        try refuseCollections(lowered)
        let values = lowered.map(\.result.value)
        let type = values.first?.type ?? .double
        var registers: [Register] = []
        for value in values { registers.append(value.register.kind == type.kind ? value.register : try convert(value, to: type, at: context.model.location).register) }
        let list = builder.collect(registers)
        let kept = mining.missingPredictionTreatment == .returnMissing ? noneLost(lowered) : nil
        var result = ModelResult(
            value: TypedValue(builder.masked(list, where: kept), type, context.target.opType, elementType: type), target: context.target.name)
        result.segments = segments
        return result
    }

    private func isAlways(_ predicate: Predicate) -> Bool {
        if case .always = predicate { return true }
        return false
    }
}

extension ProgramBuilder {
    /// An operation of one register.
    func emit(_ name: String, _ output: RegisterKind, _ operand: Register) -> Register {
        emit(name, output) { $0.register(operand) }
    }
}
