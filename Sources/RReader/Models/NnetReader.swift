import ModelTree

/// `nnet` and `multinom`: a network with at most one hidden layer.
enum NnetReader: ClassReader {
    static let classes = ["nnet", "multinom"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let network = try Network(object)
        let inputs: NetworkInputs
        var response: String?
        if let terms = object.optional("terms") {
            let frame = try ModelFrame(terms: terms, xlevels: object.optional("xlevels"), tables: [object.optional("model")], fields: builder.fields)
            var design = try Design(frame, contrasts: object.optional("contrasts"))
            if object.inherits("multinom"), !design.offsets.isEmpty {
                throw terms.unsupportedTerm("a multinom with offset() is not supported: its own predict() leaves the offset out")
            }
            // multinom has the intercept as its first input, nnet has biases instead.
            if !object.inherits("multinom") { design.removeIntercept() }
            if let names = try object.optional("coefnames")?.strings() { try design.check(names, count: names.count, path: object.path) }
            inputs = .design(design)
            response = frame.response?.name
        } else {
            // predict() takes the columns of its matrix in their order, whatever they are called.
            builder.readsByPosition = true
            inputs = .numbers((0..<network.inputs).map { builder.fields.numberField("V\($0 + 1)") })
        }
        guard network.inputs == inputs.count else { throw object.inconsistent("the network has \(network.inputs) inputs, the formula \(inputs.count) columns") }
        let levels = try (object.optional("lev") ?? object.optional("lab"))?.strings()
        if let levels, !levels.isEmpty {
            builder.setTarget(response, classes: levels)
            guard network.outputs == (levels.count == 2 ? 1 : levels.count) || network.outputs == levels.count else {
                throw object.inconsistent("the network has \(network.outputs) outputs for \(levels.count) classes")
            }
            return try network.model(inputs, levels, [], builder)
        }
        if network.outputs == 1 {
            builder.setTarget(response ?? "predictedValue")
            return try network.model(inputs, nil, [builder.target].compactMap { $0 }, builder)
        }
        // A matrix of responses, whose names are those of the fitted values' columns.
        let fitted = object.optional("fitted.values")?.dimensionNames(1) ?? []
        let targets = (0..<network.outputs).map { builder.addTarget($0 < fitted.count ? fitted[$0] : "Y\($0 + 1)") }
        guard !network.isSoftmax else { throw object.unsupported("a network whose softmax has several numbers as its answer is not supported") }
        return try network.model(inputs, nil, targets, builder)
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
    let isSoftmax: Bool
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

    // MARK: models

    /// The sums of the hidden units, a regression each, and then what is made of them.
    ///
    /// PMML's logistic activation is none of nnet's, which is 0 and 1 where the sum is beyond ±15; so units are derived fields.
    func model(_ columns: NetworkInputs, _ levels: [String]?, _ targets: [DataField], _ builder: DocumentBuilder) throws(RReadError) -> Model {
        var models: [Model] = []
        for unit in 0..<hidden {
            var sum = builder.regression([try table(1 + inputs + unit, nil, columns)], target: nil)
            sum.output = [Outputs.predicted(sumName(unit), isFinal: false)]
            models.append(sum)
        }
        let units = (0..<hidden).map { Network.unit("hidden unit \($0 + 1)", sumName($0)) }
        let sums = (0..<hidden).map(sumName)
        let isLogistic = 1 + inputs + hidden < firstLinear && !isSoftmax
        guard isLogistic else {
            var tables: [RegressionTable] = []
            for output in 0..<outputs { tables.append(try table(1 + inputs + hidden + output, levels?[output], columns)) }
            models += answers(tables, levels, targets, builder, sums, units)
            return chain(models, levels, builder)
        }
        // The output units, too, are made of their sums.
        for output in 0..<outputs {
            var sum = builder.regression([try table(1 + inputs + hidden + output, nil, columns)], target: nil, uses: sums, local: units)
            sum.output = [Outputs.predicted(sumName(hidden + output), isFinal: false)]
            models.append(sum)
        }
        let ends = (0..<outputs).map { Network.unit("output unit \($0 + 1)", sumName(hidden + $0)) }
        let tables = ends.enumerated().map { output, unit in
            // One output of two classes is the probability of the second.
            RegressionTable(
                intercept: 0, targetCategory: outputs == 1 ? levels?[1] : levels?[output], numericPredictors: [.init(field: unit.name ?? "", coefficient: 1)])
        }
        models += answers(tables, levels, targets, builder, (0..<outputs).map { sumName(hidden + $0) }, ends)
        return chain(models, levels, builder)
    }

    private func sumName(_ unit: Int) -> String { unit < hidden ? "hidden sum \(unit + 1)" : "output sum \(unit - hidden + 1)" }

    private func chain(_ models: [Model], _ levels: [String]?, _ builder: DocumentBuilder) -> Model {
        models.count == 1 ? models[0] : builder.chain(models, levels == nil ? .regression : .classification, target: builder.target)
    }

    /// nnet's logistic unit.
    private static func unit(_ name: String, _ sumName: String) -> DerivedField {
        let sum = Expression.field(sumName)
        let logistic = Expression.number(1) / (.number(1) + .call("exp", .number(0) - sum))
        return DerivedField(name: name, opType: .continuous, dataType: .double, expression: .call(
            "if", .call("lessThan", sum, .number(-15)), .number(0), .call("if", .call("greaterThan", sum, .number(15)), .number(1), logistic)))
    }

    /// A unit's sum: of inputs, and of hidden units.
    private func table(_ unit: Int, _ category: String?, _ columns: NetworkInputs) throws(RReadError) -> RegressionTable {
        let (bias, from, values) = connections(unit)
        var coefficients = [Double](repeating: 0, count: inputs)
        var others: [RegressionTable.NumericPredictor] = []
        for (source, value) in zip(from, values) {
            if source <= inputs { coefficients[source - 1] += value } else {
                guard source < 1 + inputs + hidden, source < unit else { throw object.inconsistent("a unit of the network has a later one as its source") }
                others.append(.init(field: "hidden unit \(source - inputs)", coefficient: value))
            }
        }
        var table = columns.table(coefficients, category)
        table.intercept += bias
        table.numericPredictors += others
        return table
    }

    private func answers(
        _ tables: [RegressionTable], _ levels: [String]?, _ targets: [DataField], _ builder: DocumentBuilder, _ uses: [String], _ units: [DerivedField]
    ) -> [Model] {
        guard let levels else {
            return zip(tables, targets).map { builder.regression([$0], target: $1, uses: uses, local: units) }
        }
        var tables = tables
        if tables.count == 1 { tables.append(RegressionTable(intercept: 0, targetCategory: levels[0])) }
        return [builder.regression(
            tables, isSoftmax ? .softmax : .none, .classification, target: builder.target, uses: uses, output: Outputs.probabilities(levels), local: units)]
    }
}

/// What goes into a network: the columns of a formula's model matrix, or numbers whose names nobody knows.
private enum NetworkInputs {
    case design(Design)
    case numbers([String])

    var count: Int {
        switch self {
        case .design(let design): design.columns.count
        case .numbers(let names): names.count
        }
    }

    func table(_ coefficients: [Double], _ category: String?) -> RegressionTable {
        switch self {
        case .design(let design): return design.table(coefficients, category: category)
        case .numbers(let names):
            let predictors = zip(names, coefficients).filter { $1 != 0 }.map { RegressionTable.NumericPredictor(field: $0, coefficient: $1) }
            return RegressionTable(intercept: 0, targetCategory: category, numericPredictors: predictors)
        }
    }
}
