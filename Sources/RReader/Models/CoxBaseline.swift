#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import ModelTree

/// The cumulative baseline hazard of a `coxph`, which the object does not keep, but which follows from its `y` and `linear.predictors`:
/// the estimate that belongs to its way with ties. https://search.r-project.org/R/refmans/survival/html/survfit.coxph.html
struct CoxBaseline {
    private struct Subject {
        var start: Double
        var stop: Double
        var isEvent: Bool
        var weight: Double
        var risk: Double
        var stratum: Int
    }
    private let subjects: [Subject]
    private let isEfron: Bool
    private let isCounting: Bool

    /// nil for an object without its `y` or of another kind of censoring.
    init?(_ object: RValue, strata: CoxStrata?) throws(RReadError) {
        guard let y = object.optional("y"), let predictors = try object.optional("linear.predictors")?.doubles() else { return nil }
        let type = try y.attribute("type")?.string()
        guard type == "right" || type == "counting" else { return nil }
        let isCounting = type == "counting"
        self.isCounting = isCounting
        let table = try y.matrix()
        guard table.columns == (isCounting ? 3 : 2), table.rows == predictors.count, strata.map({ $0.codes.count == table.rows }) ?? true else { return nil }
        let weights = try object.optional("weights")?.doubles() ?? [Double](repeating: 1, count: table.rows)
        guard weights.count == table.rows, table.values.allSatisfy(\.isFinite) else { return nil }
        isEfron = try object.optional("method")?.string() == "efron"
        let shift = isCounting ? 1 : 0
        subjects = (0..<table.rows).map { row in
            Subject(
                start: isCounting ? table[row, 0] : -.infinity, stop: table[row, shift], isEvent: table[row, shift + 1] == 1, weight: weights[row],
                risk: exp(predictors[row]), stratum: strata?.codes[row] ?? 0)
        }
    }

    /// Times at which the hazard rises, and its height from then on.
    func steps(_ stratum: Int) -> [(time: Double, height: Double)] {
        let own = subjects.filter { $0.stratum == stratum }.sorted { $0.stop > $1.stop }
        // From the latest time back, so that who is at risk is a running sum: those that stop later, less those that have not started yet.
        let starts = own.map { ($0.start, $0.weight * $0.risk) }.sorted { $0.0 > $1.0 }
        var rises: [(time: Double, rise: Double)] = []
        var atRisk = 0.0
        var notStarted = 0.0
        var started = 0
        var index = 0
        while index < own.count {
            let time = own[index].stop
            var (count, weight, risk) = (0.0, 0.0, 0.0)
            while index < own.count, own[index].stop == time {
                let subject = own[index]
                atRisk += subject.weight * subject.risk
                if subject.isEvent {
                    count += 1
                    weight += subject.weight
                    risk += subject.weight * subject.risk
                }
                index += 1
            }
            while started < starts.count, starts[started].0 >= time {
                notStarted += starts[started].1
                started += 1
            }
            guard count > 0 else { continue }
            let set = atRisk - notStarted
            if isEfron, count > 1 {
                var sum = 0.0
                for tie in 0..<Int(count) { sum += weight / count / (set - Double(tie) / count * risk) }
                rises.append((time, sum))
            } else {
                rises.append((time, weight / set))
            }
        }
        var height = 0.0
        return rises.reversed().map { rise in
            height += rise.rise
            return (rise.time, height)
        }
    }

    /// The hazard that a row has accumulated, of the times that the response of the formula names.
    func hazard(_ frame: ModelFrame, _ strata: CoxStrata?) throws(RReadError) -> Expression? {
        guard let response = frame.response, let call = Call(response.expression), call.function == "Surv", call.arguments.count >= (isCounting ? 2 : 1),
            call.arguments.allSatisfy({ $0.name == nil || ["time", "time2", "event"].contains($0.name) })
        else { return nil }
        let compiler = FormulaCompiler(frame, variable: response.name)
        var times: [String] = []
        for argument in call.arguments.prefix(isCounting ? 2 : 1) {
            times.append(frame.fields.number(argument.value.deparsed, try compiler.number(argument.value)))
        }
        func height(_ time: String) -> Expression {
            let functions = (strata?.labels ?? [""]).indices.map { stratum -> Expression in
                let name = "baseline hazard at \(time)" + (strata.map { " of \($0.labels[stratum])" } ?? "")
                return .field(frame.fields.derive(name, key: name, .continuous, .double) { step(time, steps(stratum)) })
            }
            return strata?.choice { functions[$0] } ?? functions[0]
        }
        return isCounting ? height(times[1]) - height(times[0]) : height(times[0])
    }

    private func step(_ field: String, _ steps: [(time: Double, height: Double)]) -> Expression {
        var bins: [(interval: Interval, value: String)] = []
        let ends = steps.dropFirst().map { Optional($0.time) } + [nil]
        if let first = steps.first { bins.append((Interval(closure: .openOpen, leftMargin: nil, rightMargin: first.time), "0")) }
        for (step, end) in zip(steps, ends) { bins.append((Interval(closure: .closedOpen, leftMargin: step.time, rightMargin: end), "\(step.height)")) }
        if bins.isEmpty { return .number(0) }
        return Expression(.discretize(Discretize(field: field, dataType: .double, bins: bins)))
    }
}
