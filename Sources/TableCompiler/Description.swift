import Evaluation
import ModelTree

extension Compiler {
    /// What the document says of itself, for `inspect` and for every reader of the native file.
    func describe(_ model: Model?) {
        var properties: [(name: String, value: String)] = []
        func add(_ name: String, _ value: String?) { if let value { properties.append((name, value)) } }
        add("element", model?.element ?? "TransformationDictionary")
        add("function", model?.functionName.rawValue)
        add("modelName", model?.modelName)
        add("algorithm", model?.algorithmName)
        add("pmmlVersion", document.version)
        add("application", document.header.applicationName)
        if document.readsByPosition { add("inputs", "by position") }
        add("applicationVersion", document.header.applicationVersion)
        add("copyright", document.header.copyright)
        add("description", document.header.description)
        add("modelVersion", document.header.modelVersion)
        add("timestamp", document.header.timestamp)
        builder.schema.properties = properties
        builder.schema.vendorMarkup = document.vendorMarkup
        if let model { describe(model, depth: 0, label: nil) }
    }

    private func describe(_ model: Model, depth: Int, label: String?) {
        // Large ensembles are told by their first members.
        if builder.schema.structure.count > 1_000 { return }
        let name = model.modelName.map { " \"\($0)\"" } ?? ""
        let prefix = label.map { "\($0): " } ?? ""
        switch model.kind {
        case .tree(let tree):
            let known = tree.digest.map { (nodes: $0.nodeCount, leaves: $0.leafCount) } ?? tree.plainSource?.plainCounts
            let all = known == nil ? tree.realized.nodes.nodes : []
            let nodes = known?.nodes ?? all.count
            let leaves = known?.leaves ?? all.count { $0.firstChild < 0 }
            line(depth, "\(prefix)\(model.element)\(name), \(nodes) nodes, \(leaves) leaves, missingValueStrategy \(tree.missingValueStrategy.rawValue)")
        case .regression(let regression):
            let terms = regression.tables.reduce(0) { $0 + $1.numericPredictors.count + $1.categoricalPredictors.count + $1.predictorTerms.count }
            line(depth, "\(prefix)\(model.element)\(name), \(regression.tables.count) tables, \(terms) terms, normalization \(regression.normalization.rawValue)")
        case .scorecard(let scorecard):
            let attributes = scorecard.characteristics.reduce(0) { $0 + $1.attributes.count }
            line(depth, "\(prefix)\(model.element)\(name), \(scorecard.characteristics.count) characteristics, \(attributes) attributes, reasonCodeAlgorithm \(scorecard.reasonCodeAlgorithm.rawValue), baselineMethod \(scorecard.baselineMethod.rawValue)")
        case .ruleSet(let ruleSet):
            line(depth, "\(prefix)\(model.element)\(name), \(ruleSet.rules.count) rules, criterion \(ruleSet.criteria.first?.rawValue ?? "none")")
        case .naiveBayes(let bayes):
            line(depth, "\(prefix)\(model.element)\(name), \(bayes.inputs.count) inputs, \(bayes.targetCounts.count) classes, threshold \(bayes.threshold)")
        case .bayesianNetwork(let network):
            line(depth, "\(prefix)\(model.element)\(name), \(network.nodes.count) nodes")
        case .generalRegression(let regression):
            line(depth, "\(prefix)\(model.element)\(name), \(regression.modelType.rawValue), \(regression.coefficients.count) coefficients\(regression.linkFunction.map { ", link \($0.rawValue)" } ?? "")")
        case .gaussianProcess(let process):
            line(depth, "\(prefix)\(model.element)\(name), \(process.training.table.rows.count) training instances, \(process.kernel.rawValue)")
        case .supportVectorMachine(let machine):
            line(depth, "\(prefix)\(model.element)\(name), \(machine.machines.count) machines, \(machine.vectors.count) vectors")
        case .neuralNetwork(let network):
            let sizes = ([network.inputs.count] + network.layers.map(\.count)).map(String.init).joined(separator: "-")
            let connections = network.layers.reduce(0) { $0 + $1.weights.count }
            line(depth, "\(prefix)\(model.element)\(name), \(sizes) nodes, \(connections) connections")
        case .clustering(let clustering):
            line(depth, "\(prefix)\(model.element)\(name), \(clustering.clusters.count) clusters, \(clustering.modelClass.rawValue), \(clustering.measure.metric.name)")
        case .nearestNeighbor(let neighbors):
            line(depth, "\(prefix)\(model.element)\(name), \(neighbors.numberOfNeighbors) of \(neighbors.training.table.rows.count) instances, \(neighbors.measure.metric.name)")
        case .mining(let mining):
            line(depth, "\(prefix)\(model.element)\(name), \(mining.method.rawValue) of \(mining.segments.count) segments")
            for (index, segment) in mining.segments.enumerated() {
                if index >= 10 {
                    line(depth + 1, "… and \(mining.segments.count - index) more")
                    break
                }
                describe(segment.model, depth: depth + 1, label: "Segment \(segment.id ?? String(index + 1))")
            }
        case .timeSeries(let series):
            let values = series.series.reduce(0) { $0 + $1.points.count }
            line(depth, "\(prefix)\(model.element)\(name), \(series.bestFit.rawValue), \(values) known values")
        case .anomalyDetection(let anomaly):
            line(depth, "\(prefix)\(model.element)\(name), \(anomaly.algorithmType.rawValue)")
            describe(anomaly.model, depth: depth + 1, label: nil)
        case .association(let association):
            line(depth, "\(prefix)\(model.element)\(name), \(association.items.count) items, \(association.itemsets.count) itemsets, \(association.rules.count) rules")
        case .baseline(let baseline):
            line(depth, "\(prefix)\(model.element)\(name), \(baseline.statistic.rawValue) of \(baseline.field)")
        case .sequence(let sequence):
            line(depth, "\(prefix)\(model.element)\(name), \(sequence.sequences.count) sequences, \(sequence.rules.count) rules")
        case .text(let text):
            line(depth, "\(prefix)\(model.element)\(name), \(text.documents.count) documents, \(text.terms.count) terms, \(text.similarity.rawValue)")
        }
    }

    private func line(_ depth: Int, _ text: String) {
        builder.schema.structure.append(StructureLine(depth: min(depth, 1_000), text: text))
    }
}
