// https://dmg.org/pmml/v4-4-1/GeneralStructure.html#xsdGroup_MODEL-ELEMENT
import ModelTree

extension DocumentWriter {
    /// Writes a model element: what all kinds share, around the content of its own kind.
    func write(_ model: Model) {
        models.append(model)
        types.open(model.localTransformations.derivedFields)
        out.element(model.kind.elementName, at: model.location) {
            writeAttributes(model)
            if model.isFloat { out.extend("x-mathContext", "float") }
            if case .generalRegression(let regression) = model.kind, regression.linkFunction == .cauchit { out.extend("x-linkFunction", "cauchit") }
            if !model.kind.mayHaveOutput, !model.output.isEmpty { extend("x-Output") { write(model.output, of: model) } }
            if case .timeSeries(let series) = model.kind {
                for one in series.series where one.points.isEmpty { extend("x-TimeSeries") { write(one) } }
            }
            write(model.miningSchema)
            if model.kind.mayHaveOutput { write(model.output, of: model) }
            writeTargets(model)
            writeLocal(model.localTransformations.derivedFields)
            writeContent(model)
            if !model.kind.endsWithContent { writeVerification(model) }
        }
        types.close()
        models.removeLast()
    }

    /// An `Extension` around elements for which the schema has no place.
    private func extend(_ name: String, _ content: () -> Void) {
        out.element("Extension") {
            out.attribute("name", name)
            content()
        }
    }

    private func writeAttributes(_ model: Model) {
        out.attribute("modelName", model.modelName)
        out.attribute("functionName", model.functionName.rawValue)
        out.attribute("algorithmName", model.algorithmName)
        if !model.isScorable { out.attribute("isScorable", flag: false) }
        writeKindAttributes(model)
    }

    private func writeTargets(_ model: Model) {
        if model.targets.isEmpty { return }
        if !model.kind.mayHaveTargets {
            return out.problem(.unwritableModel, "\(model.kind.elementName) can have no Targets")
        }
        write(model.targets, of: model)
    }

    func writeVerification(_ model: Model) {
        if let verification = model.verification, out.knows(child: "ModelVerification") { write(verification) }
    }

    /// Attributes of one kind of model.
    private func writeKindAttributes(_ model: Model) {
        switch model.kind {
        case .tree(let tree): writeAttributes(tree)
        case .regression(let regression): writeAttributes(regression)
        case .generalRegression(let regression): writeAttributes(regression)
        case .anomalyDetection(let anomaly): writeAttributes(anomaly)
        case .association(let association): writeAttributes(association)
        case .scorecard(let scorecard): writeAttributes(scorecard)
        case .naiveBayes(let bayes): out.attribute("threshold", number: bayes.threshold(in: version))
        case .neuralNetwork(let network): writeAttributes(network)
        case .supportVectorMachine(let machine): writeAttributes(machine)
        case .clustering(let clustering): writeAttributes(clustering)
        case .nearestNeighbor(let neighbors): writeAttributes(neighbors)
        case .text(let text): writeAttributes(text)
        case .timeSeries(let series): out.attribute("bestFit", series.bestFit.rawValue)
        case .mining, .baseline, .sequence, .ruleSet, .bayesianNetwork, .gaussianProcess: break
        }
    }

    private func writeContent(_ model: Model) {
        switch model.kind {
        case .tree(let tree): write(tree)
        case .regression(let regression): for table in regression.tables { write(table) }
        case .generalRegression(let regression): write(regression)
        case .mining(let mining): write(mining, of: model)
        case .timeSeries(let series): write(series)
        case .anomalyDetection(let anomaly):
            writeVerification(model)
            write(anomaly)
        case .association(let association): write(association)
        case .baseline(let baseline): write(baseline)
        case .sequence(let sequence): write(sequence)
        case .text(let text): write(text)
        case .scorecard(let scorecard): write(scorecard)
        case .ruleSet(let ruleSet): write(ruleSet)
        case .naiveBayes(let bayes): write(bayes)
        case .bayesianNetwork(let network): write(network)
        case .neuralNetwork(let network): write(network)
        case .supportVectorMachine(let machine): write(machine, of: model)
        case .clustering(let clustering): write(clustering, of: model)
        case .nearestNeighbor(let neighbors): write(neighbors)
        case .gaussianProcess(let process): write(process)
        }
    }
}

extension ModelKind {
    var elementName: StaticString {
        switch self {
        case .tree: "TreeModel"
        case .regression: "RegressionModel"
        case .generalRegression: "GeneralRegressionModel"
        case .mining: "MiningModel"
        case .timeSeries: "TimeSeriesModel"
        case .anomalyDetection: "AnomalyDetectionModel"
        case .association: "AssociationModel"
        case .baseline: "BaselineModel"
        case .sequence: "SequenceModel"
        case .text: "TextModel"
        case .scorecard: "Scorecard"
        case .ruleSet: "RuleSetModel"
        case .naiveBayes: "NaiveBayesModel"
        case .bayesianNetwork: "BayesianNetworkModel"
        case .neuralNetwork: "NeuralNetwork"
        case .supportVectorMachine: "SupportVectorMachineModel"
        case .clustering: "ClusteringModel"
        case .nearestNeighbor: "NearestNeighborModel"
        case .gaussianProcess: "GaussianProcessModel"
        }
    }

    /// Every element but SequenceModel has Output.
    fileprivate var mayHaveOutput: Bool {
        if case .sequence = self { return false }
        return true
    }

    fileprivate var mayHaveTargets: Bool {
        switch self {
        case .sequence, .anomalyDetection, .timeSeries, .clustering, .association: false
        default: true
        }
    }

    /// Whether nothing may follow the content: SequenceModel has no ModelVerification, AnomalyDetectionModel has it before.
    fileprivate var endsWithContent: Bool {
        switch self {
        case .sequence, .anomalyDetection: true
        default: false
        }
    }
}
