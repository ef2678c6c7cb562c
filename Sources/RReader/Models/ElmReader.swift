import ModelTree

/// `elm` of elmNNRcpp: a network with one hidden layer of weights drawn by chance, and a linear output.
///
/// [elm_train](https://rdrr.io/cran/elmNNRcpp/man/elm_train.html)
enum ElmReader: ClassReader {
    static let classes = ["elm"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        guard let formula = object.optional("formula") else { throw object.unsupported("an elm made without a formula keeps no names of its inputs") }
        if let isRegression = object.optional("is_regression"), !(try isRegression.bool()) {
            throw object.unsupported("an elm that is no regression is not supported")
        }
        let frame = try ModelFrame(terms: formula, xlevels: object.optional("xlevels"), tables: [object.optional("model")], fields: builder.fields)
        var design = try Design(frame, contrasts: object.optional("contrasts"))
        design.removeIntercept()
        let weights = try object.component("inpweight").matrix()
        let biases = try object.component("biashid").doubles()
        let ends = try object.component("outweight").matrix()
        guard weights.rows == biases.count, ends.rows == weights.rows, ends.columns == 1, weights.rows > 0 else {
            throw object.inconsistent("the weights of the elm are of \(weights.rows) and of \(ends.rows) hidden units, and \(ends.columns) outputs")
        }
        try design.check(weights.columnNames, count: weights.columns, path: object.path)
        let activation = try activation(object.component("actfun"))
        builder.setTarget(frame.response?.name)
        let inputs = design.columns.map { design.field($0) }.enumerated().map { index, field in
            NeuralNetwork.Input(id: "i\(index + 1)", field: DerivedField(name: nil, opType: .continuous, dataType: .double, expression: .field(field)))
        }
        var hidden = NeuralNetwork.Layer(normalization: .none)
        let sources = (0..<weights.columns).map(Int32.init)
        for unit in biases.indices { hidden.append("h\(unit + 1)", activation, biases[unit], sources, weights.row(unit)) }
        var last = NeuralNetwork.Layer(normalization: .none)
        last.append("o1", .identity, 0, biases.indices.map { Int32(weights.columns + $0) }, ends.column(0))
        let outputs = builder.target.map { target in
            [NeuralNetwork.Output(
                node: weights.columns + weights.rows,
                field: DerivedField(name: nil, opType: .continuous, dataType: .double, expression: .field(target.name)))]
        }
        return builder.model(
            .neuralNetwork(NeuralNetwork(inputs: inputs, layers: [hidden, last], outputs: outputs ?? [])), element: "NeuralNetwork", .regression,
            target: builder.target)
    }

    private static func activation(_ name: RValue) throws(RReadError) -> NeuralNetwork.Activation {
        switch try name.string() {
        case "purelin": return .identity
        case "sig": return .logistic
        case "tansig": return .tanh
        case "sin": return .sine
        case "radbas": return .gauss
        case "relu", "poslin": return .rectifier
        case let other: throw name.unsupported("an elm with the activation function \(other) is not supported")
        }
    }
}
