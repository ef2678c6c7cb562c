// https://dmg.org/pmml/v4-4-1/BaselineModel.html

import Evaluation
import ModelTree

extension Compiler {
    /// The prediction is the test statistic; rows are events in order.
    ///
    /// Where the standard leaves a detail open: the z-value of a window is that of the mean of its events, of which each is as
    /// spread as the baseline; a chi-square statistic is given as such, not as a probability; `normalizationScheme="Independent"`
    /// brings both vectors of a scalar product to length 1.
    func lowerBaseline(_ baseline: BaselineModel, _ context: ModelContext) throws(CompileError) -> ModelResult {
        let register: Register
        if let scheme = baseline.normalizationScheme, baseline.statistic != .scalarProduct || scheme != "Independent" {
            throw CompileError("normalization-scheme", "normalizationScheme \"\(scheme)\" is not one that \(baseline.statistic.rawValue) knows", at: baseline.location)
        }
        if baseline.statistic != .cusum, baseline.windowSize > 10_000_000 {
            throw CompileError.outOfRange("windowSize", baseline.windowSize, "0 to 10000000", at: baseline.location)
        }
        switch baseline.statistic {
        case .zValue: register = try lowerZValue(baseline, context)
        case .cusum: register = try lowerCUSUM(baseline, context)
        case .chiSquareDistribution: register = try lowerCounts(baseline, .chiSquare, context)
        case .scalarProduct:
            register = try lowerCounts(baseline, baseline.normalizationScheme == nil ? .scalarProduct : .cosine, context)
        case .chiSquareIndependence: register = try lowerIndependence(baseline, context)
        }
        return ModelResult(value: TypedValue(register, numericType(of: context.target, context)), target: context.target.name)
    }

    private func lowerZValue(_ baseline: BaselineModel, _ context: ModelContext) throws(CompileError) -> Register {
        guard case .continuous(let distribution) = baseline.baseline else { throw needs("a continuous distribution", baseline) }
        let (mean, variance) = distribution.moments
        guard variance > 0 else { throw needs("a distribution with a variance above 0", baseline) }
        let x = try number(baseline.field, context, at: baseline.location)
        if baseline.windowSize > 1 { builder.schema.isStateful = true }
        return builder.zValue(
            x, active: context.active, mean: mean, deviation: variance.squareRoot(), window: max(1, baseline.windowSize), isFloat: context.model.isFloat)
    }

    private func lowerCUSUM(_ baseline: BaselineModel, _ context: ModelContext) throws(CompileError) -> Register {
        guard case .continuous(let first) = baseline.baseline, let before = first.density,
            case .continuous(let second) = baseline.alternate, let after = second.density
        else { throw needs("a Baseline and an Alternate that are Gaussian, Poisson or uniform distributions", baseline) }
        if baseline.windowSize > 0 { warn("window-size", "CUSUM looks back on all events; windowSize is ignored", at: baseline.location) }
        builder.schema.isStateful = true
        return builder.cusum(
            try number(baseline.field, context, at: baseline.location), active: context.active, before: before, after: after,
            reset: baseline.resetValue, isFloat: context.model.isFloat)
    }

    private func lowerCounts(_ baseline: BaselineModel, _ statistic: CountStatistic, _ context: ModelContext) throws(CompileError) -> Register {
        guard case .counts(let counts) = baseline.baseline, !counts.isEmpty else { throw needs("a CountTable", baseline) }
        var fields: [(name: String, values: [String])] = []
        var places: [String: Int] = [:]
        var seen: [Set<String>] = []
        for count in counts {
            for (field, value) in count.values {
                if let at = places[field] {
                    if seen[at].insert(value).inserted { fields[at].values.append(value) }
                } else {
                    places[field] = fields.count
                    fields.append((field, [value]))
                    seen.append([value])
                }
            }
        }
        var registers: [Register] = []
        var size = 1
        for field in fields {
            let value = try context.scope.value(of: field.name, at: baseline.location, self)
            registers.append(
                value.isText
                    ? builder.index(of: value.register, in: field.values)
                    : builder.index(of: value.register, in: field.values.map { Literal.number($0, as: value.type) ?? .nan }))
            let (product, overflow) = size.multipliedReportingOverflow(by: field.values.count)
            if overflow || product > 1_000_000 { throw needs("at most 1000000 combinations of values", baseline) }
            size = product
        }
        // Combinations in mixed radix, the first field most significant; those that the table does not have count as never seen.
        var cells = [Double](repeating: 0, count: size)
        let positions = fields.map { field in Dictionary(field.values.enumerated().map { (ExactText($0.element), $0.offset) }) { first, _ in first } }
        for count in counts where count.values.count == fields.count {
            var cell = 0
            let stated = Dictionary(count.values.map { ($0.field, $0.value) }) { first, _ in first }
            for (field, positions) in zip(fields, positions) {
                guard let value = stated[field.name], let at = positions[ExactText(value)] else { continue }
                cell = cell * field.values.count + at
            }
            cells[cell] += count.count
        }
        if statistic == .chiSquare {
            let total = cells.reduce(0, +)
            guard total > 0, cells.allSatisfy({ $0 >= 0 }) else { throw needs("counts that are not all 0", baseline) }
            cells = cells.map { $0 / total }
        }
        builder.schema.isStateful = true
        return builder.countStatistic(
            statistic, registers, sizes: fields.map(\.values.count), cells: cells, weight: try weight(baseline, context), active: context.active,
            window: baseline.windowSize)
    }

    private func lowerIndependence(_ baseline: BaselineModel, _ context: ModelContext) throws(CompileError) -> Register {
        guard case .fields(let names) = baseline.baseline, names.count >= 2 else { throw needs("a Baseline of two or more FieldRefs", baseline) }
        if names.count > 1_000 { throw CompileError("size-limit", "\(names.count) fields are more than 1000", at: baseline.location) }
        var fields: [Register] = []
        for name in names {
            let value = try context.scope.value(of: name, at: baseline.location, self)
            if value.register.kind == .list { throw needs("fields that are not collections", baseline) }
            fields.append(value.register)
        }
        builder.schema.isStateful = true
        return builder.independence(fields, weight: try weight(baseline, context), active: context.active, window: baseline.windowSize)
    }

    private func weight(_ baseline: BaselineModel, _ context: ModelContext) throws(CompileError) -> Register? {
        guard let field = baseline.weightField else { return nil }
        return try number(field, context, at: baseline.location)
    }

    private func needs(_ what: String, _ baseline: BaselineModel) -> CompileError {
        CompileError("test-distributions", "testStatistic \(baseline.statistic.rawValue) needs \(what)", at: baseline.location)
    }
}

extension ContinuousDistribution {
    var moments: (mean: Double, variance: Double) {
        switch self {
        case .any(let mean, let variance), .gaussian(let mean, let variance): (mean, variance)
        case .poisson(let mean): (mean, mean)
        case .uniform(let lower, let upper): ((lower + upper) / 2, (upper - lower) * (upper - lower) / 12)
        }
    }

    /// nil if the density is not known, or none.
    var density: Density? {
        switch self {
        case .any: nil
        case .gaussian(let mean, let variance): variance > 0 ? Density(kind: .gaussian, a: mean, b: variance) : nil
        case .poisson(let mean): mean > 0 ? Density(kind: .poisson, a: mean, b: 0) : nil
        case .uniform(let lower, let upper): upper > lower ? Density(kind: .uniform, a: lower, b: upper) : nil
        }
    }
}
