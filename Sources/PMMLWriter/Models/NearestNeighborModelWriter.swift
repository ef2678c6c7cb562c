// https://dmg.org/pmml/v4-4-1/KNN.html
import ModelTree

extension DocumentWriter {
    func writeAttributes(_ neighbors: NearestNeighborModel) {
        out.attribute("numberOfNeighbors", integer: neighbors.numberOfNeighbors)
        if neighbors.continuousScoringMethod != .average { out.attribute("continuousScoringMethod", neighbors.continuousScoringMethod.rawValue) }
        if neighbors.categoricalScoringMethod != .majorityVote { out.attribute("categoricalScoringMethod", neighbors.categoricalScoringMethod.rawValue) }
        out.attribute("instanceIdVariable", neighbors.instanceIdVariable)
        if neighbors.threshold != 0.001 { out.attribute("threshold", number: neighbors.threshold) }
    }

    func write(_ neighbors: NearestNeighborModel) {
        write(neighbors.training)
        write(neighbors.measure)
        out.element("KNNInputs") {
            for input in neighbors.inputs {
                out.element("KNNInput", at: input.location) {
                    out.attribute("field", input.field)
                    if input.fieldWeight != 1 { out.attribute("fieldWeight", number: input.fieldWeight) }
                    out.attribute("compareFunction", input.compareFunction?.rawValue)
                }
            }
        }
    }

    /// `TrainingInstances`
    func write(_ training: TrainingInstances) {
        let names = ColumnNames(training.table.columns)
        out.element("TrainingInstances") {
            if training.isTransformed { out.attribute("isTransformed", flag: true) }
            out.attribute("recordCount", integer: training.table.rows.count)
            out.attribute("fieldCount", integer: training.fields.count)
            out.element("InstanceFields") {
                for field in training.fields {
                    out.element("InstanceField") {
                        out.attribute("field", field.field)
                        let column = names[field.column]
                        if column != field.field { out.attribute("column", column) }
                    }
                }
            }
            write(training.table, names)
        }
    }
}
