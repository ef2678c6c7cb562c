import ModelTree

extension ModelLint {
    /// Mappings that leave values out or name them twice, and values that cannot be. Expressions may nest deeply, so that those still to be looked at are kept in a list.
    static func checkExpression(_ expression: Expression, _ scope: FieldScope, _ findings: inout Findings) {
        var open = [expression]
        while let next = open.popLast() {
            switch next.kind {
            case .mapValues(let map):
                checkRows(map, next.location, &findings)
                if map.defaultValue == nil {
                    findings.add(.missingDefaultValue, "MapValues has no defaultValue; what its table does not list has no value", at: next.location)
                }
            case .discretize(let discretize):
                if let empty = discretize.bins.first(where: { $0.interval.isEmpty }) {
                    findings.add(.emptyInterval, "the interval of bin \"\(empty.value)\" holds no number", at: next.location)
                }
                checkBins(discretize, next.location, &findings)
                if discretize.defaultValue == nil, let gap = gap(discretize.bins.map(\.interval)) {
                    findings.add(.missingDefaultValue, "Discretize has no defaultValue, and no bin for \(gap)", at: next.location)
                }
            case .apply(let apply):
                checkArguments(apply, scope, &findings)
                open += apply.arguments
            case .normDiscrete(let norm): checkValue(norm.value, of: norm.field, in: "NormDiscrete", scope, next.location, &findings)
            case .textIndex(let index): open.append(index.term)
            case .constant, .fieldRef, .normContinuous, .aggregate, .lag: break
            }
        }
    }

    /// The first numbers that are in none of the intervals, as text; nil if there are none.
    static func gap(_ intervals: [Interval]) -> String? {
        let sorted = intervals.filter { !$0.isEmpty }.sorted { ($0.low, $0.closure.includesLeft ? 0 : 1) < ($1.low, $1.closure.includesLeft ? 0 : 1) }
        var (end, isInside) = (-Double.infinity, true)
        for (index, interval) in sorted.enumerated() {
            if index == 0, interval.low > -.infinity { return "numbers below \(interval.low.short)" }
            if interval.low > end { return "numbers between \(end.short) and \(interval.low.short)" }
            if index > 0, interval.low == end, !isInside, !interval.closure.includesLeft { return "the number \(end.short)" }
            let inside = interval.closure.includesRight
            if interval.high > end || index == 0 { (end, isInside) = (interval.high, inside) } else if interval.high == end { isInside = isInside || inside }
        }
        if sorted.isEmpty { return "any number" }
        return end < .infinity ? "numbers above \(end.short)" : nil
    }
}

extension Interval {
    var low: Double { leftMargin ?? -.infinity }
    var high: Double { rightMargin ?? .infinity }
    var isEmpty: Bool { low > high || (low == high && !(closure.includesLeft && closure.includesRight)) }
}
