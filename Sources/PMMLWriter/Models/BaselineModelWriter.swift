// https://dmg.org/pmml/v4-4-1/BaselineModel.html
import ModelTree

extension DocumentWriter {
    func write(_ baseline: BaselineModel) {
        out.element("TestDistributions", at: baseline.location) {
            out.attribute("field", baseline.field)
            out.attribute("testStatistic", baseline.statistic.rawValue)
            if baseline.resetValue != 0 { out.attribute("resetValue", number: baseline.resetValue) }
            if baseline.windowSize != 0 { out.attribute("windowSize", integer: baseline.windowSize) }
            out.attribute("weightField", baseline.weightField)
            out.attribute("normalizationScheme", baseline.normalizationScheme)
            out.element("Baseline") { write(baseline.baseline) }
            if let alternate = baseline.alternate { out.element("Alternate") { write(alternate) } }
        }
    }

    private func write(_ distribution: BaselineModel.Distribution) {
        switch distribution {
        case .continuous(let continuous): write(continuous)
        case .counts(let counts): out.element("CountTable") { write(counts[...], depth: 0) }
        case .fields(let fields): for field in fields { write(FieldRef(field: field)) }
        }
    }

    /// Counts whose first `depth` values are those of the elements around them.
    private func write(_ counts: ArraySlice<FieldValueCount>, depth: Int) {
        var rest = counts
        while let first = rest.first {
            guard depth < first.values.count else { return }
            let (field, value) = first.values[depth]
            if depth == first.values.count - 1 {
                out.element("FieldValueCount") {
                    out.attribute("field", field)
                    out.attribute("value", value)
                    out.attribute("count", number: first.count)
                }
                rest = rest.dropFirst()
                continue
            }
            let group = rest.prefix { $0.values.count > depth + 1 && $0.values[depth] == (field, value) }
            out.element("FieldValue") {
                out.attribute("field", field)
                out.attribute("value", value)
                write(group, depth: depth + 1)
            }
            rest = rest.dropFirst(group.count)
        }
    }
}
