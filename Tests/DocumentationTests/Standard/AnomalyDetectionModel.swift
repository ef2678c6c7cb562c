// https://dmg.org/pmml/v4-4-1/AnomalyDetectionModel.html
extension Standard {
    static let anomalyDetectionModel = Page("AnomalyDetectionModel", """
        AnomalyDetectionModel modelName algorithmName functionName=%function algorithmType=iforest|ocsvm|clusterMeanDist|other
            sampleDataSize isScorable > Extension MiningSchema Output LocalTransformations ModelVerification %models MeanClusterDistances
        MeanClusterDistances > Extension Array
        """)
}
