import ModelTree

/// `svm` of e1071: libsvm's machines.
enum SvmReader: ClassReader {
    static let classes = ["svm"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        if try object.optional("sparse")?.bool() ?? false { throw object.unsupported("an svm of a sparse matrix is not supported") }
        let matrix = try object.component("SV").matrix()
        let scaled = try object.component("scaled").integers().map { $0 != 0 }
        let (columns, response) = try SupportVectors.columns(terms: object.optional("terms"), vectors: matrix, scaled: scaled, builder, at: object)
        let fields = try SupportVectors.scaledFields(columns, scaled, object.optional("x.scale"), builder)
        let machine = SupportVectors(fields: fields, kernel: .plain(try kernel(object)), builder: builder)
        let vectors = (0..<matrix.rows).map(matrix.row)
        let coefficients = try object.component("coefs").matrix()
        let rho = try object.component("rho").doubles()
        guard coefficients.rows == matrix.rows, let first = rho.first, coefficients.columns > 0 else { throw object.inconsistent("the svm has \(coefficients.rows) coefficients for \(matrix.rows) vectors") }
        switch try object.component("type").integer() {
        case 0, 1: return try classification(object, machine, vectors, coefficients, rho, response, builder)
        // What predict() answers is TRUE for what is like the data; JPMML's converter calls that answer `outlier`.
        case 2: return machine.oneClass(vectors, coefficients.column(0), bias: -first, names: ["inlier", "outlier"])
        case 3, 4:
            builder.setTarget(response)
            var targets: [Target] = []
            if let scale = object.optional("y.scale") {
                targets = [Target(
                    field: builder.target?.name, rescaleConstant: try scale.component("scaled:center").double(), rescaleFactor: try scale.component("scaled:scale").double())]
            }
            return machine.decision(vectors, coefficients.column(0), bias: -first, target: builder.target, targets: targets)
        case let type: throw object.unsupported("an svm of the type \(type) is not supported")
        }
    }

    private static func kernel(_ object: RValue) throws(RReadError) -> SupportVectorMachineModel.Kernel {
        let gamma = try object.component("gamma").double()
        let offset = try object.component("coef0").double()
        switch try object.component("kernel").integer() {
        case 0: return .linear
        case 1: return .polynomial(gamma: gamma, coef0: offset, degree: try object.component("degree").double())
        case 2: return .radialBasis(gamma: gamma)
        case 3: return .sigmoid(gamma: gamma, coef0: offset)
        case let other: throw object.unsupported("an svm with kernel \(other) is not supported")
        }
    }

    /// Vectors stand class by class; each has a coefficient for each of the other classes.
    private static func classification(
        _ object: RValue, _ machine: SupportVectors, _ vectors: [[Double]], _ coefficients: RMatrix, _ rho: [Double], _ response: String?,
        _ builder: DocumentBuilder
    ) throws(RReadError) -> Model {
        let levels = try object.component("levels").strings()
        let labels = try object.component("labels").integers().map { Int($0) - 1 }
        let counts = try object.component("nSV").integers().map(Int.init)
        let classes = labels.compactMap { levels.indices.contains($0) ? levels[$0] : nil }
        guard classes.count == labels.count, counts.count == classes.count, counts.allSatisfy({ $0 >= 0 && $0 <= vectors.count }),
            counts.reduce(0, +) == vectors.count, coefficients.columns == classes.count - 1, rho.count == classes.count * (classes.count - 1) / 2
        else { throw object.inconsistent("the machines of the svm do not fit its \(levels.count) classes") }
        builder.setTarget(response, classes: levels)
        let starts = counts.indices.map { counts[..<$0].reduce(0, +) }
        var models: [Model] = []
        var decisions: [(name: String, above: String, below: String)] = []
        for i in classes.indices {
            for j in classes.indices where j > i {
                let rows = Array(starts[i]..<starts[i] + counts[i]) + Array(starts[j]..<starts[j] + counts[j])
                let weights = rows.map { $0 < starts[i] + counts[i] && $0 >= starts[i] ? coefficients[$0, j - 1] : coefficients[$0, i] }
                let name = "\(classes[i])/\(classes[j])"
                models.append(machine.decision(rows.map { vectors[$0] }, weights, bias: -rho[models.count], output: [Outputs.predicted(name)]))
                decisions.append((name, classes[i], classes[j]))
            }
        }
        var curves: [SupportVectors.LogisticCurve] = []
        if let slopes = try object.optional("probA")?.doubles(), let intercepts = try object.optional("probB")?.doubles() {
            curves = zip(slopes, intercepts).map { .init(slope: $0, intercept: $1) }
        }
        return machine.votes(classes, decisions, models: models, curve: try machine.curve(curves, classes: classes.count, at: object))
    }
}
