/// The median of the Kaplan–Meier estimate, as party and partykit answer with it.
///
/// Unlike [quantile.survfit](https://stat.ethz.ch/R-manual/R-devel/library/survival/html/quantile.survfit.html) they take the estimate for a half
/// only where it is exactly that.
enum SurvivalMedian {
    /// - Parameter cases: times, whether the event happened then, and case weights.
    /// - Returns: infinity where the estimate does not fall to a half; nil without cases.
    static func median(_ cases: [(time: Double, event: Bool, weight: Double)]) -> Double? {
        if cases.isEmpty { return nil }
        let sorted = cases.filter { $0.weight > 0 && !$0.time.isNaN }.sorted { $0.time < $1.time }
        var risk = sorted.reduce(0) { $0 + $1.weight }
        var survival = 1.0
        var half: Double?
        var at = 0
        while at < sorted.count {
            let time = sorted[at].time
            var events = 0.0
            var leaving = 0.0
            while at < sorted.count, sorted[at].time == time {
                leaving += sorted[at].weight
                if sorted[at].event { events += sorted[at].weight }
                at += 1
            }
            if events > 0 {
                // Where the estimate is flat at a half, the median is the middle of the flat.
                if let half { return (half + time) / 2 }
                survival *= (risk - events) / risk
                if survival < 0.5 { return time }
                if survival == 0.5 { half = time }
            }
            risk -= leaving
        }
        guard let half, let last = sorted.last else { return .infinity }
        // Flat to the end.
        return (half + last.time) / 2
    }
}

/// `Surv()` objects: times and events by row.
enum SurvivalTimes {
    static func rows(_ value: RValue) throws(RReadError) -> [(time: Double, event: Bool)] {
        let matrix = try value.matrix()
        if let type = try value.attribute("type")?.string(), type != "right" {
            throw value.unsupported("survival times that are not censored on the right (type \(type)) are not supported")
        }
        guard matrix.columns == 2 else { throw value.inconsistent("\(value.path) is no matrix of times and events") }
        return (0..<matrix.rows).map { (matrix[$0, 0], matrix[$0, 1] == 1) }
    }
}
