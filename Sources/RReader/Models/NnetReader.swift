import ModelTree

/// `nnet` and `multinom`: a network with at most one hidden layer.
enum NnetReader: ClassReader {
    static let classes = ["nnet", "multinom"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        guard let terms = object.optional("terms") else { throw object.unsupported("a network made without a formula keeps no names of its inputs") }
        let frame = try ModelFrame(terms: terms, xlevels: object.optional("xlevels"), tables: [object.optional("model")], fields: builder.fields)
        var design = try Design(frame, contrasts: object.optional("contrasts"))
        // multinom has the intercept as its first input, nnet has biases instead.
        if !object.inherits("multinom") { design.removeIntercept() }
        let network = try Network(object)
        guard network.inputs == design.columns.count else { throw object.inconsistent("the network has \(network.inputs) inputs, the formula \(design.columns.count) columns") }
        if let names = try object.optional("coefnames")?.strings() { try design.check(names, count: names.count, path: object.path) }
        let levels = try (object.optional("lev") ?? object.optional("lab"))?.strings()
        if let levels, !levels.isEmpty {
            builder.setTarget(frame.response?.name, classes: levels)
            guard network.outputs == (levels.count == 2 ? 1 : levels.count) || network.outputs == levels.count else {
                throw object.inconsistent("the network has \(network.outputs) outputs for \(levels.count) classes")
            }
        } else {
            guard network.outputs == 1 else { throw object.unsupported("a network with several numbers as its answer is not supported") }
            builder.setTarget(frame.response?.name)
        }
        if network.isOneLogistic { return try network.clipped(design, levels, builder) }
        return try network.hidden == 0 ? network.regression(design, levels, builder) : network.model(design, levels, builder)
    }
}

/// The units and connections of a network. Unit 0 is the constant 1, then come inputs, hidden units, outputs.
private struct Network {
    let inputs: Int
    let hidden: Int
    let outputs: Int
    private let starts: [Int]
    private let sources: [Int]
    private let weights: [Double]
    private let isSoftmax: Bool
    /// Units from this on are linear.
    private let firstLinear: Int
    private let object: RValue

    init(_ object: RValue) throws(RReadError) {
        self.object = object
        let sizes = try object.component("n").integers().map(Int.init)
        guard sizes.count == 3, sizes.allSatisfy({ $0 >= 0 && $0 < 1 << 24 }), sizes[2] > 0 else { throw object.inconsistent("the sizes of the network's layers are no three numbers") }
        (inputs, hidden, outputs) = (sizes[0], sizes[1], sizes[2])
        starts = try object.component("nconn").integers().map(Int.init)
        sources = try object.component("conn").integers().map(Int.init)
        weights = try object.component("wts").doubles()
        isSoftmax = try object.component("softmax").bool()
        firstLinear = try object.component("nsunits").integer()
        if try object.optional("censored")?.bool() ?? false { throw object.unsupported("a censored network is not supported") }
        let units = 1 + inputs + hidden + outputs
        guard starts.count == units + 1, sources.count == weights.count, starts.last == sources.count, zip(starts, starts.dropFirst()).allSatisfy({ $0 <= $1 && $0 >= 0 }),
            sources.allSatisfy({ $0 >= 0 && $0 < units })
        else { throw object.inconsistent("the connections of the network do not fit its units") }
    }

    /// Bias and weights of a unit, by source.
    private func connections(_ unit: Int) -> (bias: Double, sources: [Int], weights: [Double]) {
        var bias = 0.0
        var from: [Int] = []
        var values: [Double] = []
        for at in starts[unit]..<starts[unit + 1] {
            if sources[at] == 0 { bias += weights[at] } else {
                from.append(sources[at])
                values.append(weights[at])
            }
        }
        return (bias, from, values)
    }

    /// Whether the answer is one logistic unit's.
    var isOneLogistic: Bool { outputs == 1 && 1 + inputs + hidden < firstLinear && !isSoftmax }

    /// A regression or network that gives what goes into the output unit, and then the unit, which is 0 and 1 beyond ±15 as nnet has it.
    func clipped(_ design: Design, _ levels: [String]?, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        var first = hidden == 0 ? builder.regression([table(0, nil, design)], target: nil) : try model(design, nil, builder, isBare: true)
        first.output = [Outputs.predicted("network sum", isFinal: false)]
        let sum = Expression.field("network sum")
        let logistic = Expression.number(1) / (.number(1) + .call("exp", .number(0) - sum))
        let unit = Expression.call(
            "if", .call("lessThan", sum, .number(-15)), .number(0), .call("if", .call("greaterThan", sum, .number(15)), .number(1), logistic))
        let local = [DerivedField(name: "output unit", opType: .continuous, dataType: .double, expression: unit)]
        let answer = RegressionTable(intercept: 0, targetCategory: levels?[1], numericPredictors: [.init(field: "output unit", coefficient: 1)])
        guard let levels else {
            let last = builder.regression([answer], target: builder.target, uses: ["network sum"], local: local)
            return builder.chain([first, last], .regression, target: builder.target)
        }
        let last = builder.regression(
            [answer, RegressionTable(intercept: 0, targetCategory: levels[0])], .none, .classification, target: builder.target, uses: ["network sum"],
            output: Outputs.probabilities(levels), local: local)
        return builder.chain([first, last], .classification, target: builder.target)
    }

    /// The regression that an output is without hidden units.
    private func table(_ output: Int, _ category: String?, _ design: Design) -> RegressionTable {
        let (bias, from, values) = connections(1 + inputs + output)
        var coefficients = [Double](repeating: 0, count: inputs)
        for (source, value) in zip(from, values) where source >= 1 && source <= inputs { coefficients[source - 1] += value }
        var table = design.table(coefficients, category: category)
        table.intercept += bias
        return table
    }

    /// Without hidden units the outputs are regressions.
    func regression(_ design: Design, _ levels: [String]?, _ builder: DocumentBuilder) -> Model {
        guard let levels else { return builder.regression([table(0, nil, design)], target: builder.target) }
        return builder.regression(
            levels.enumerated().map { table($0, $1, design) }, isSoftmax ? .softmax : .none, .classification, target: builder.target,
            output: Outputs.probabilities(levels))
    }

    /// - Parameter isBare: whether the answer is what goes into the output unit.
    func model(_ design: Design, _ levels: [String]?, _ builder: DocumentBuilder, isBare: Bool = false) throws(RReadError) -> Model {
        let fields = design.columns.map { design.field($0) }
        let inputFields = fields.enumerated().map { index, field in
            NeuralNetwork.Input(id: "i\(index + 1)", field: DerivedField(name: nil, opType: .continuous, dataType: .double, expression: .field(field)))
        }
        func layer(_ units: Range<Int>, _ activation: NeuralNetwork.Activation, _ normalization: NeuralNetwork.Normalization) throws(RReadError) -> NeuralNetwork.Layer {
            var layer = NeuralNetwork.Layer(normalization: normalization)
            for unit in units {
                let (bias, from, values) = connections(unit)
                guard from.allSatisfy({ $0 < units.lowerBound }) else { throw object.inconsistent("a unit of the network has a later one as its source") }
                layer.append("u\(unit)", activation, bias, from.map { Int32($0 - 1) }, values)
            }
            return layer
        }
        let firstOutput = 1 + inputs + hidden
        let isLinear = isBare || firstOutput >= firstLinear
        var layers = [try layer(1 + inputs..<firstOutput, .logistic, .none)]
        layers.append(try layer(firstOutput..<firstOutput + outputs, isLinear ? .identity : .logistic, isSoftmax ? .softmax : .none))
        let firstNode = inputs + hidden
        var ends: [NeuralNetwork.Output] = []
        if let levels, let target = builder.target {
            let nodes = levels.indices.map { firstNode + $0 }
            ends = zip(levels, nodes).map { level, node in
                .init(node: node, field: DerivedField(
                    name: nil, opType: .continuous, dataType: .double, expression: Expression(.normDiscrete(NormDiscrete(field: target.name, value: level)))))
            }
            return builder.model(
                .neuralNetwork(NeuralNetwork(inputs: inputFields, layers: layers, outputs: ends)), element: "NeuralNetwork", .classification,
                target: target, output: Outputs.probabilities(levels))
        }
        let target = isBare ? nil : builder.target
        if let target { ends = [.init(node: firstNode, field: DerivedField(name: nil, opType: .continuous, dataType: .double, expression: .field(target.name)))] }
        return builder.model(
            .neuralNetwork(NeuralNetwork(inputs: inputFields, layers: layers, outputs: ends)), element: "NeuralNetwork", .regression, target: target)
    }
}
