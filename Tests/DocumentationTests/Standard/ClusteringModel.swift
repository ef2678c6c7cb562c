// https://dmg.org/pmml/v4-4-1/ClusteringModel.html
extension Standard {
    static let clusteringModel = Page("ClusteringModel", """
        ClusteringModel modelName functionName=%function algorithmName modelClass=centerBased|distributionBased numberOfClusters isScorable
            > Extension MiningSchema Output ModelStats ModelExplanation LocalTransformations ComparisonMeasure ClusteringField
            MissingValueWeights Cluster ModelVerification
        MissingValueWeights > Extension Array
        Cluster id name size > Extension KohonenMap Array Partition Covariances
        KohonenMap coord1 coord2 coord3 > Extension
        Covariances > Extension Matrix
        ClusteringField field isCenterField=true|false fieldWeight similarityScale compareFunction=%comparison > Extension Comparisons
        Comparisons > Extension Matrix
        ComparisonMeasure kind=distance|similarity compareFunction=%comparison minimum maximum > Extension euclidean squaredEuclidean
            chebychev cityBlock minkowski simpleMatching jaccard tanimoto binarySimilarity
        euclidean > Extension
        squaredEuclidean > Extension
        cityBlock > Extension
        chebychev > Extension
        minkowski p-parameter > Extension
        simpleMatching > Extension
        jaccard > Extension
        tanimoto > Extension
        binarySimilarity c00-parameter c01-parameter c10-parameter c11-parameter d00-parameter d01-parameter d10-parameter d11-parameter >
            Extension
        """)
}
