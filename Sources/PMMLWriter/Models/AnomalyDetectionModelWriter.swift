// https://dmg.org/pmml/v4-4-1/AnomalyDetectionModel.html
import ModelTree

extension DocumentWriter {
    func writeAttributes(_ anomaly: AnomalyDetectionModel) {
        out.attribute("algorithmType", anomaly.algorithmType.rawValue)
        out.attribute("sampleDataSize", number: anomaly.sampleDataSize)
    }

    func write(_ anomaly: AnomalyDetectionModel) {
        write(anomaly.model)
        if !anomaly.meanClusterDistances.isEmpty { out.element("MeanClusterDistances") { write(numbers: anomaly.meanClusterDistances) } }
    }
}
