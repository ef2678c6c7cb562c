// https://dmg.org/pmml/v4-4-1/ClusteringModel.html
import ModelTree

extension DocumentWriter {
    func writeAttributes(_ clustering: ClusteringModel) {
        out.attribute("modelClass", clustering.modelClass.rawValue)
        out.attribute("numberOfClusters", integer: clustering.clusters.count)
    }

    func write(_ clustering: ClusteringModel, of model: Model) {
        write(clustering.measure)
        let fields = clustering.fieldsWithCenters(model.localTransformations.derivedFields)
        for field in fields { write(field) }
        let count = fields.count(where: \.isCenterField)
        if let weights = clustering.missingValueWeights { out.element("MissingValueWeights") { write(weights, count) } }
        for (index, cluster) in clustering.clusters.enumerated() { write(cluster, at: index, count) }
    }

    /// `ComparisonMeasure`
    func write(_ measure: ComparisonMeasure) {
        out.element("ComparisonMeasure", at: measure.location) {
            out.attribute("kind", measure.kind.rawValue)
            if measure.compareFunction != .absDiff { out.attribute("compareFunction", measure.compareFunction.rawValue) }
            switch measure.metric {
            case .euclidean: out.element("euclidean")
            case .squaredEuclidean: out.element("squaredEuclidean")
            case .chebychev: out.element("chebychev")
            case .cityBlock: out.element("cityBlock")
            case .minkowski(let p): out.element("minkowski") { out.attribute("p-parameter", number: p) }
            case .simpleMatching: out.element("simpleMatching")
            case .jaccard: out.element("jaccard")
            case .tanimoto: out.element("tanimoto")
            case .binarySimilarity(let parameters): write(parameters)
            }
        }
    }

    private func write(_ parameters: ComparisonMeasure.BinaryParameters) {
        out.element("binarySimilarity") {
            out.attribute("c00-parameter", number: parameters.c00)
            out.attribute("c01-parameter", number: parameters.c01)
            out.attribute("c10-parameter", number: parameters.c10)
            out.attribute("c11-parameter", number: parameters.c11)
            out.attribute("d00-parameter", number: parameters.d00)
            out.attribute("d01-parameter", number: parameters.d01)
            out.attribute("d10-parameter", number: parameters.d10)
            out.attribute("d11-parameter", number: parameters.d11)
        }
    }

    private func write(_ field: ClusteringField) {
        out.element("ClusteringField", at: field.location) {
            out.attribute("field", field.field)
            if !field.isCenterField { out.attribute("isCenterField", flag: false) }
            if field.fieldWeight != 1 { out.attribute("fieldWeight", number: field.fieldWeight) }
            out.attribute("similarityScale", number: field.similarityScale)
            out.attribute("compareFunction", field.compareFunction?.rawValue)
            if let comparisons = field.comparisons { out.element("Comparisons") { write(comparisons) } }
        }
    }

    /// The schema has no sparse arrays here.
    private func write(_ coordinates: ClusterCenter, _ count: Int) {
        switch coordinates {
        case .array(let values): write(strings: values)
        case .sparse(let array): write(numbers: array.dense(array.count ?? count))
        }
    }

    private func write(_ cluster: Cluster, at index: Int, _ count: Int) {
        out.element("Cluster", at: cluster.location) {
            // The number by which a cluster without an id is known anyway.
            if version >= .v4_1 || cluster.id != String(index + 1) { out.attribute("id", cluster.id) }
            out.attribute("name", cluster.name)
            if let size = cluster.size, size >= 0 { out.attribute("size", integer: size) }
            if let map = cluster.kohonenMap {
                out.element("KohonenMap") {
                    for (name, coordinate) in zip(["coord1", "coord2", "coord3"] as [StaticString], map.coordinates) {
                        out.attribute(name, number: coordinate)
                    }
                }
            }
            if let center = cluster.center { write(center, count) }
            if let covariances = cluster.covariances { out.element("Covariances") { write(covariances) } }
        }
    }
}

extension ClusteringModel {
    /// The fields, with those that CenterFields named before 3.2 among them as center fields.
    ///
    /// A center field is compared as the ClusteringField of its name says, or that of the field from which it derives.
    fileprivate func fieldsWithCenters(_ derived: [DerivedField]) -> [ClusteringField] {
        if centerFields.isEmpty { return fields }
        let sources = Dictionary(derived.compactMap { field in field.name.map { ($0, field.expression.sourceField) } }) { first, _ in first }
        let own = Dictionary(fields.map { ($0.field, $0) }) { first, _ in first }
        var found: [ClusteringField] = centerFields.map { name in
            var field = own[name] ?? sources[name].flatMap { $0 }.flatMap { own[$0] } ?? ClusteringField(field: name)
            field.field = name
            field.isCenterField = true
            return field
        }
        let centers = Set(centerFields)
        for var field in fields where !centers.contains(field.field) {
            field.isCenterField = false
            found.append(field)
        }
        return found
    }
}

extension Expression {
    /// The one field of which a simple expression is made.
    fileprivate var sourceField: String? {
        switch kind {
        case .fieldRef(let reference): reference.field
        case .normContinuous(let norm): norm.field
        case .normDiscrete(let norm): norm.field
        case .discretize(let discretize): discretize.field
        default: nil
        }
    }
}
