import ModelTree

extension ModelLint {
    /// What a model says of the fields that it takes and of its targets.
    static func checkSchema(_ model: Model, _ findings: inout Findings) {
        let fields = model.miningSchema.fields
        let active = Set(fields.filter { $0.usageType == .active }.map(\.name))
        let predicts = model.functionName == .regression || model.functionName == .classification
        for field in fields {
            if predicts, field.usageType == .target, active.contains(field.name) {
                findings.add(.targetAsInput, "field \"\(field.name)\" is the target and an active field, too", at: field.location)
            }
            if field.outliers == .asIs { continue }
            if field.lowValue == nil, field.highValue == nil {
                findings.add(.missingLimits, "the outliers of field \"\(field.name)\" are treated, but neither lowValue nor highValue says which those are", at: field.location)
            } else if let low = field.lowValue, let high = field.highValue, low > high {
                findings.add(.emptyInterval, "lowValue \(low.short) of field \"\(field.name)\" is above its highValue \(high.short)", at: field.location)
            }
        }
        for target in model.targets {
            if let low = target.min, let high = target.max, low > high {
                findings.add(.emptyInterval, "min \(low.short) of the target is above its max \(high.short)", at: target.location)
            }
        }
    }

    /// Weights by which no mean can be taken.
    static func checkWeights(_ mining: MiningModel, _ findings: inout Findings) {
        guard [.weightedAverage, .weightedMedian, .weightedMajorityVote].contains(mining.method), let first = mining.segments.first else { return }
        if let wrong = mining.segments.first(where: { !($0.weight >= 0 && $0.weight < .infinity) }) {
            findings.add(.segmentWeight, "the weight of a Segment is \(wrong.weight)", at: wrong.location)
        } else if mining.segments.allSatisfy({ $0.weight == 0 }) {
            findings.add(.segmentWeight, "the weights of all Segments are 0", at: first.location)
        }
    }
}
