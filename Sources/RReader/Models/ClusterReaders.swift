import ModelTree

/// `kmeans`, and an `hclust` to which the centers of its clusters have been added: the nearest center.
///
/// [kmeans](https://stat.ethz.ch/R-manual/R-devel/library/stats/html/kmeans.html)
enum KmeansReader: ClassReader {
    static let classes = ["kmeans", "hclust"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        try Centers.model(try object.component("centers"), .squaredEuclidean, builder)
    }
}

/// `pam` and `clara` of cluster: the nearest medoid by the metric of the call.
///
/// [pam.object](https://stat.ethz.ch/R-manual/R-devel/library/cluster/html/pam.object.html)
enum PamReader: ClassReader {
    static let classes = ["pam", "clara"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let medoids = try object.component("medoids")
        guard medoids.dimensions != nil else {
            throw medoids.unsupported("the medoids of a \(object.classes.first ?? "pam") of dissimilarities are no places")
        }
        if let value = object.optional("call")?.optional("stand"), (try? value.bool()) != false {
            throw object.unsupported("a \(object.classes.first ?? "pam") of standardised data keeps no means and deviations")
        }
        var metric = ComparisonMeasure.Metric.euclidean
        if let value = object.optional("call")?.optional("metric") {
            switch try? value.string() {
            case "euclidean"?: metric = .euclidean
            case "manhattan"?: metric = .cityBlock
            case let other: throw value.unsupported("the metric \(other ?? value.deparsed) is not supported")
            }
        }
        return try Centers.model(medoids, metric, builder)
    }
}

/// A clustering model of a matrix of centers, one to a row.
enum Centers {
    static func model(_ value: RValue, _ metric: ComparisonMeasure.Metric, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let matrix = try value.matrix()
        guard let names = matrix.columnNames, names.count == matrix.columns, matrix.columns > 0, matrix.rows > 0 else {
            throw value.inconsistent("\(value.path) has no column names")
        }
        let fields = names.map { ClusteringField(field: builder.fields.numberField($0)) }
        let ids = (1...matrix.rows).map(String.init)
        let clusters = ids.enumerated().map { row, id in Cluster(id: id, name: id, center: .array(matrix.row(row).map { "\($0)" })) }
        var output = [OutputField(name: "cluster", opType: .categorical, dataType: .string, feature: .predictedValue)]
        output += ids.map { OutputField(name: "affinity(\($0))", opType: .continuous, dataType: .double, feature: .affinity, value: $0) }
        let clustering = ClusteringModel(
            modelClass: .centerBased, measure: ComparisonMeasure(kind: .distance, compareFunction: .absDiff, metric: metric), fields: fields, clusters: clusters)
        return builder.model(.clustering(clustering), element: "ClusteringModel", .clustering, target: nil, output: output)
    }
}
