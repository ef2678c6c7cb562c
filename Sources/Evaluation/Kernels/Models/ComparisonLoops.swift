// The loops of comparisons: one value against a run of values, for one field at a time. Each combination of field
// comparison, aggregation and precision is a loop of its own, made from the small generic pieces below.

/// The memory of a run of comparisons: results, and what of the fields' weights was seen. Binary measures count in four runs.
struct ComparisonRun {
    var count: Int
    var results: UnsafeMutablePointer<Double>
    var seen: UnsafeMutablePointer<Double>
    /// Four runs of `count` numbers for the counts of binary measures.
    var counts: UnsafeMutablePointer<Double>
}

extension BoundComparison {
    /// Starts a run. `base` is the weight of the fields that are surely present on both sides.
    @inline(__always)
    func start(_ run: ComparisonRun, base: Double) {
        for at in 0..<run.count {
            run.results[at] = aggregation == 3 ? -.infinity : 0
            run.seen[at] = base
        }
        if aggregation == 5 { for at in 0..<run.count * 4 { run.counts[at] = 0 } }
    }

    /// Adds one field: `fixed` against `values`, some of which may be missing if `mayMiss`.
    ///
    /// - Parameter isRecord: whether `fixed` is the record's value, and `values` are the items', or the other way round.
    func add(_ field: Field, _ values: UnsafePointer<Double>, _ fixed: Double, mayMiss: Bool, isRecord: Bool, _ run: ComparisonRun) {
        if aggregation == 5 { return count(field, values, fixed, mayMiss: mayMiss, isRecord: isRecord, run) }
        switch field.function {
        case 0: aggregate(AbsoluteDifference(), field, values, fixed, mayMiss, run)
        case 1: aggregate(GaussianSimilarity(factor: -0.693_147_180_559_945_3 / (field.scale * field.scale)), field, values, fixed, mayMiss, run)
        case 2: aggregate(Inequality(), field, values, fixed, mayMiss, run)
        case 3: aggregate(Equality(), field, values, fixed, mayMiss, run)
        default:
            let stride = isRecord ? 1 : field.size
            aggregate(TableLine(base: field.table.base + Int(fixed) * (isRecord ? field.size : 1), stride: stride), field, values, fixed, mayMiss, run)
        }
    }

    private func aggregate<C: ValueComparison>(
        _ compare: C, _ field: Field, _ values: UnsafePointer<Double>, _ fixed: Double, _ mayMiss: Bool, _ run: ComparisonRun
    ) {
        switch (aggregation, isFloat) {
        case (0, false), (1, false): loop(compare, SumOfSquares(), Binary64.self, field, values, fixed, mayMiss, run)
        case (2, false): loop(compare, SumOfDifferences(), Binary64.self, field, values, fixed, mayMiss, run)
        case (3, false): loop(compare, LargestDifference(), Binary64.self, field, values, fixed, mayMiss, run)
        case (0, true), (1, true): loop(compare, SumOfSquares(), Binary32.self, field, values, fixed, mayMiss, run)
        case (2, true): loop(compare, SumOfDifferences(), Binary32.self, field, values, fixed, mayMiss, run)
        case (3, true): loop(compare, LargestDifference(), Binary32.self, field, values, fixed, mayMiss, run)
        case (_, false): loop(compare, SumOfPowers(power: parameters[0]), Binary64.self, field, values, fixed, mayMiss, run)
        case (_, true): loop(compare, SumOfPowers(power: parameters[0]), Binary32.self, field, values, fixed, mayMiss, run)
        }
    }

    @inline(__always)
    private func loop<C: ValueComparison, A: ComparisonSum, P: ComparisonPrecision>(
        _ compare: C, _ aggregate: A, _ precision: P.Type, _ field: Field, _ values: UnsafePointer<Double>, _ fixed: Double,
        _ mayMiss: Bool, _ run: ComparisonRun
    ) {
        let (results, weight) = (run.results, field.weight)
        if !mayMiss {
            for at in 0..<run.count {
                results[at] = aggregate.add(results[at], weight, P.narrowed(compare.compare(values[at], fixed)), precision)
            }
            return
        }
        let (seen, missingWeight) = (run.seen, field.missingWeight)
        for at in 0..<run.count {
            let value = values[at]
            if value != value { continue }
            results[at] = aggregate.add(results[at], weight, P.narrowed(compare.compare(value, fixed)), precision)
            seen[at] += missingWeight
        }
    }

    private func count(
        _ field: Field, _ values: UnsafePointer<Double>, _ fixed: Double, mayMiss: Bool, isRecord: Bool, _ run: ComparisonRun
    ) {
        // Counts a₁₁, a₁₀, a₀₁, a₀₀, the record's digit first.
        let whenOne: Int
        let whenZero: Int
        switch (isRecord, fixed != 0) {
        case (true, true): (whenOne, whenZero) = (0, 1)
        case (true, false): (whenOne, whenZero) = (2, 3)
        case (false, true): (whenOne, whenZero) = (0, 2)
        case (false, false): (whenOne, whenZero) = (1, 3)
        }
        let ones = run.counts + whenOne * run.count
        let zeros = run.counts + whenZero * run.count
        for at in 0..<run.count {
            let value = values[at]
            ones[at] += value == value && value != 0 ? 1 : 0
            zeros[at] += value == 0 ? 1 : 0
        }
        if mayMiss { for at in 0..<run.count { run.seen[at] += values[at] == values[at] ? field.missingWeight : 0 } }
    }

    /// Ends a run: NaN where nothing could be compared.
    func finish(_ run: ComparisonRun, isComplete: Bool) {
        let results = run.results
        if aggregation == 5 {
            let (a11, a10, a01, a00) = (run.counts, run.counts + run.count, run.counts + 2 * run.count, run.counts + 3 * run.count)
            let p = parameters.base
            for at in 0..<run.count {
                let over = p[0] * a11[at] + p[1] * a10[at] + p[2] * a01[at] + p[3] * a00[at]
                let under = p[4] * a11[at] + p[5] * a10[at] + p[6] * a01[at] + p[7] * a00[at]
                results[at] = isFloat ? Double(Float(over) / Float(under)) : over / under
            }
            return
        }
        if !isComplete {
            // What is missing is taken to differ as much as what is there.
            for at in 0..<run.count {
                let seen = run.seen[at]
                if seen != totalWeight { results[at] = seen > 0 ? results[at] * (totalWeight / seen) : .nan }
            }
        }
        if aggregation == 1 { for at in 0..<run.count { results[at] = results[at].squareRoot() } }
        if aggregation == 4 {
            let inverse = 1 / parameters[0]
            for at in 0..<run.count { results[at] = CMath.power(results[at], inverse) }
        }
        if isFloat { for at in 0..<run.count { results[at] = Double(Float(results[at])) } }
    }
}

// MARK: The pieces

private protocol ComparisonPrecision {
    static func narrowed(_ value: Double) -> Double
}
private enum Binary64: ComparisonPrecision {
    @inline(__always) static func narrowed(_ value: Double) -> Double { value }
}
private enum Binary32: ComparisonPrecision {
    @inline(__always) static func narrowed(_ value: Double) -> Double { Double(Float(value)) }
}

private protocol ValueComparison {
    func compare(_ value: Double, _ fixed: Double) -> Double
}
private struct AbsoluteDifference: ValueComparison {
    @inline(__always) func compare(_ value: Double, _ fixed: Double) -> Double { (value - fixed).magnitude }
}
private struct GaussianSimilarity: ValueComparison {
    let factor: Double
    @inline(__always) func compare(_ value: Double, _ fixed: Double) -> Double {
        CMath.exponential(factor * (value - fixed) * (value - fixed))
    }
}
private struct Inequality: ValueComparison {
    @inline(__always) func compare(_ value: Double, _ fixed: Double) -> Double { value == fixed ? 0 : 1 }
}
private struct Equality: ValueComparison {
    @inline(__always) func compare(_ value: Double, _ fixed: Double) -> Double { value == fixed ? 1 : 0 }
}
/// A row or column of a table; positions have been checked.
private struct TableLine: ValueComparison {
    let base: UnsafePointer<Double>
    let stride: Int
    @inline(__always) func compare(_ value: Double, _ fixed: Double) -> Double { base[Int(value) &* stride] }
}

private protocol ComparisonSum {
    func add<P: ComparisonPrecision>(_ sum: Double, _ weight: Double, _ compared: Double, _ precision: P.Type) -> Double
}
private struct SumOfSquares: ComparisonSum {
    @inline(__always) func add<P: ComparisonPrecision>(_ sum: Double, _ weight: Double, _ compared: Double, _: P.Type) -> Double {
        P.narrowed(sum + P.narrowed(weight * P.narrowed(compared * compared)))
    }
}
private struct SumOfDifferences: ComparisonSum {
    @inline(__always) func add<P: ComparisonPrecision>(_ sum: Double, _ weight: Double, _ compared: Double, _: P.Type) -> Double {
        P.narrowed(sum + P.narrowed(weight * compared))
    }
}
private struct LargestDifference: ComparisonSum {
    @inline(__always) func add<P: ComparisonPrecision>(_ sum: Double, _ weight: Double, _ compared: Double, _: P.Type) -> Double {
        let weighted = P.narrowed(weight * compared)
        return weighted > sum ? weighted : sum
    }
}
private struct SumOfPowers: ComparisonSum {
    let power: Double
    @inline(__always) func add<P: ComparisonPrecision>(_ sum: Double, _ weight: Double, _ compared: Double, _: P.Type) -> Double {
        P.narrowed(sum + P.narrowed(weight * P.narrowed(CMath.power(compared, power))))
    }
}
