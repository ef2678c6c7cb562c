import ModelTree

/// `ols`, `lrm` and `orm` of rms, with the knots, levels and scores that their `Design` keeps.
///
/// [predictrms](https://rdrr.io/cran/rms/man/predictrms.html), [predict.lrm](https://rdrr.io/cran/rms/man/predict.lrm.html)
enum RmsReader: ClassReader {
    static let classes = ["ols", "lrm", "orm"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let design = try RmsDesign.read(object, builder)
        let coefficients = try object.component("coefficients")
        let numbers = try coefficients.doubles()
        let intercepts = try object.optional("non.slopes")?.integer() ?? 1
        guard intercepts >= 0, intercepts <= numbers.count else {
            throw coefficients.inconsistent("\(coefficients.path) has \(numbers.count) coefficients, \(intercepts) of them intercepts")
        }
        let slopes = Array(numbers.dropFirst(intercepts))
        let names = try object.component("Design").optional("mmcolnames")?.strings()
        let aligned: [Double]
        if let names { aligned = try design.aligned(names, slopes, path: coefficients.path) } else {
            try design.check(nil, count: slopes.count, path: coefficients.path)
            aligned = slopes
        }
        // predict() leaves offsets out.
        var table = design.table(aligned, withOffsets: false)
        if object.inherits("ols") {
            if intercepts > 0 { table.intercept += numbers[0] }
            builder.setTarget(design.frame.response?.name)
            let predictor = builder.regression([table], target: nil)
            return builder.response(predictor, linkName: "lp", .identity, target: builder.target)
        }
        return try ordinal(object, table, Array(numbers.prefix(intercepts)), design.frame.response?.name, builder)
    }

    /// P(Y ≥ class) = F(intercept of the class + slopes · x). The linear predictor is that of one intercept.
    private static func ordinal(
        _ object: RValue, _ slopes: RegressionTable, _ intercepts: [Double], _ response: String?, _ builder: DocumentBuilder
    ) throws(RReadError) -> Model {
        let frequencies = object.optional("freq")
        var levels = frequencies?.names ?? frequencies?.dimensionNames(0) ?? []
        if levels.isEmpty { levels = try object.optional("yunique")?.strings() ?? [] }
        guard levels.count == intercepts.count + 1, levels.count >= 2 else {
            throw object.inconsistent("the model has \(intercepts.count) intercepts for \(levels.count) classes")
        }
        // predict.lrm takes the first intercept, predict.orm the one that the object names.
        let reference = object.inherits("orm") ? try object.optional("interceptRef")?.integer() ?? 1 : 1
        guard reference >= 1, reference <= intercepts.count else { throw object.inconsistent("the model has no intercept \(reference)") }
        var table = slopes
        table.intercept += intercepts[reference - 1]
        // A number taken as ordered has as many classes as there were numbers: predict() answers with the linear predictor, and so it is here.
        if levels.count > 100 {
            builder.setTarget("lp")
            return builder.regression([table], target: builder.target)
        }
        let links = try links(object)
        builder.setTarget(response, classes: levels, isOrdered: levels.count > 2)
        var predictor = builder.regression([table], target: nil)
        let shifts = intercepts.map { $0 - intercepts[reference - 1] }
        for (level, shift) in zip(levels.dropFirst(), shifts) {
            let sum = shift == 0 ? Expression.field("lp") : .field("lp") + .number(shift)
            predictor.output.append(Outputs.computed(levels.count == 2 ? "fitted" : "y>=\(level)", links.upper.mean(sum)))
        }
        return builder.cumulative(
            predictor, "lp", isShown: true, cuts: shifts.map { -$0 }, links.lower, levels, output: Outputs.probabilities(levels))
    }

    /// F, and the function of which F is the complement: 1 − F(x) = G(−x).
    private static func links(_ object: RValue) throws(RReadError) -> (upper: Link, lower: RegressionModel.Normalization) {
        guard object.inherits("orm"), let family = object.optional("family") else { return (.logit, .logit) }
        switch try family.string() {
        case "logistic": return (.logit, .logit)
        case "probit": return (.probit, .probit)
        case "cauchit": return (.cauchit, .cauchit)
        case "loglog": return (.loglog, .cloglog)
        case "cloglog": return (.cloglog, .loglog)
        case let other: throw family.unsupported("an orm of the family \(other) is not supported")
        }
    }
}

/// The design of a model of rms.
enum RmsDesign {
    static func read(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Design {
        let kept = try object.component("Design")
        let columns = try kept.optional("mmcolnames")?.strings() ?? []
        let frame = try ModelFrame(terms: try object.component("terms"), xlevels: nil, columns: columns, fields: builder.fields)
        let labels = try kept.component("name").strings()
        let assumptions = try kept.component("assume").strings()
        let parameters = kept.optional("parms")
        let offsets = Set(try frame.terms.attribute("offset")?.integers().map { Int($0) - 1 } ?? [])
        // Main effects stand in the order of the variables, interactions after them.
        let mains = frame.names.indices.filter { $0 != frame.responseIndex && !offsets.contains($0) }
        guard mains.count <= labels.count, assumptions.count == labels.count else {
            throw kept.inconsistent("\(kept.path) has \(labels.count) terms for \(mains.count) variables")
        }
        for (position, index) in mains.enumerated() {
            let name = frame.names[index]
            let known = RmsVariable(label: labels[position], assumption: assumptions[position], parameters: parameters?.optional(labels[position]))
            switch known.assumption {
            case "strata", "matrix", "gTrans": throw kept.unsupportedTerm("\(name): the term is a \(known.assumption), which is not supported")
            case "category":
                if let levels = try known.parameters?.strings() { frame.state(levels: levels, of: name) }
            case "asis" where columns.contains(name + "TRUE"): frame.state(class: "logical", of: name)
            default: break
            }
            frame.rms[name] = known
        }
        var design = try Design(frame, contrasts: nil)
        design.removeIntercept()
        return design
    }
}
