import ModelTree

/// `nn` of neuralnet: a network of any number of hidden layers; the first repetition counts, as with `predict`.
///
/// [neuralnet](https://rdrr.io/cran/neuralnet/man/neuralnet.html)
enum NeuralnetReader: ClassReader {
    static let classes = ["nn"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let lists = try object.component("model.list")
        let variables = try lists.component("variables").strings()
        let responses = try lists.component("response").strings()
        let repetitions = try object.component("weights").list()
        guard let first = repetitions.first else { throw object.unsupported("the network has not converged: it has no weights") }
        var matrices: [RMatrix] = []
        var width = variables.count
        for layer in try first.list() {
            let matrix = try layer.matrix()
            // The first row is the bias.
            guard matrix.rows == width + 1, matrix.columns > 0 else {
                throw layer.inconsistent("\(layer.path) has \(matrix.rows) rows for \(width) units and a bias")
            }
            matrices.append(matrix)
            width = matrix.columns
        }
        guard !matrices.isEmpty, width == responses.count else {
            throw object.inconsistent("the network has \(width) outputs for \(responses.count) responses")
        }
        let hidden = try activation(object.component("act.fct"))
        let isLinear = try object.component("linear.output").bool()
        var last = hidden
        if isLinear { last = .identity } else if let own = object.optional("output.act.fct") { last = try activation(own) }

        let inputs = variables.enumerated().map { index, name in
            NeuralNetwork.Input(
                id: "i\(index + 1)",
                field: DerivedField(name: nil, opType: .continuous, dataType: .double, expression: .field(builder.fields.numberField(name))))
        }
        var layers: [NeuralNetwork.Layer] = []
        var start = 0
        for (index, matrix) in matrices.enumerated() {
            var layer = NeuralNetwork.Layer(normalization: .none)
            let sources = (0..<matrix.rows - 1).map { Int32(truncatingIfNeeded: start + $0) }
            for unit in 0..<matrix.columns {
                // An excluded weight is NA.
                let weights = matrix.column(unit).map { $0.isNaN ? 0 : $0 }
                layer.append("u\(index + 1).\(unit + 1)", index == matrices.count - 1 ? last : hidden, weights[0], sources, Array(weights.dropFirst()))
            }
            layers.append(layer)
            start += matrix.rows - 1
        }
        func network(_ outputs: [NeuralNetwork.Output]) -> ModelKind { .neuralNetwork(NeuralNetwork(inputs: inputs, layers: layers, outputs: outputs)) }
        if let response = factor(object, responses) {
            builder.setTarget(response, classes: responses)
            let outputs = responses.enumerated().map { index, level in
                NeuralNetwork.Output(
                    node: start + index,
                    field: DerivedField(
                        name: nil, opType: .continuous, dataType: .double, expression: Expression(.normDiscrete(NormDiscrete(field: response, value: level)))))
            }
            return builder.model(network(outputs), element: "NeuralNetwork", .classification, target: builder.target, output: Outputs.probabilities(responses))
        }
        let targets = responses.count == 1 ? [] : responses.map { builder.addTarget($0) }
        if responses.count == 1 { builder.setTarget(responses[0]) }
        let outputs = responses.enumerated().map { index, name in
            NeuralNetwork.Output(
                node: start + index, field: DerivedField(name: nil, opType: .continuous, dataType: .double, expression: .field(name)))
        }
        var model = builder.model(network(outputs), element: "NeuralNetwork", .regression, target: builder.target)
        model.miningSchema.fields += targets.map { MiningField(name: $0.name, usageType: .target) }
        return model
    }

    /// The response of the formula, if it is a factor: then the network has an output for each of its levels.
    private static func factor(_ object: RValue, _ responses: [String]) -> String? {
        guard responses.count >= 2, let formula = object.optional("call")?.optional("formula"), let call = Call(formula), call.function == "~",
            let left = call.arguments.first?.value, case .symbol(let name) = left.object.kind, !responses.contains(name)
        else { return nil }
        return name
    }

    private static func activation(_ function: RValue) throws(RReadError) -> NeuralNetwork.Activation {
        let name = try function.attribute("type")?.string()
        switch name {
        case "logistic"?: return .logistic
        case "tanh"?: return .tanh
        case "relu"?, "ReLU"?: return .rectifier
        default: throw function.unsupported("an activation function of the user's own is not supported")
        }
    }
}
