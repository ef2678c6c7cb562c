// https://dmg.org/pmml/v4-4-1/GeneralStructure.html#xsdType_MINING-FUNCTION

import ModelTree

extension ModelKind {
    /// The functions for which the standard says how a model of the kind is scored; nil: any that its parts have.
    private var functions: [MiningFunction]? {
        switch self {
        case .tree, .regression, .generalRegression, .ruleSet, .neuralNetwork, .supportVectorMachine, .bayesianNetwork:
            [.classification, .regression]
        case .mining: nil
        case .nearestNeighbor: [.classification, .regression, .clustering, .mixed]
        case .naiveBayes, .text: [.classification]
        case .scorecard, .baseline, .anomalyDetection, .gaussianProcess: [.regression]
        case .clustering: [.clustering]
        case .association: [.associationRules]
        case .sequence: [.sequences]
        case .timeSeries: [.timeSeries]
        }
    }

    func checkFunction(of model: Model) throws(CompileError) {
        guard let functions, !functions.contains(model.functionName) else { return }
        let expected = functions.map(\.rawValue).joined(separator: ", ")
        throw CompileError(
            "function-name", "functionName is \"\(model.functionName.rawValue)\", which is not defined for \(model.element); expected \(expected)",
            at: model.location)
    }
}
