import ModelTree

/// `polr` of MASS: ordered classes by cumulative probabilities.
///
/// [polr](https://stat.ethz.ch/R-manual/R-devel/library/MASS/html/polr.html)
enum PolrReader: ClassReader {
    static let classes = ["polr"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let frame = try ModelFrame(
            terms: try object.component("terms"), xlevels: object.optional("xlevels"), tables: [object.optional("model")], fields: builder.fields)
        var design = try Design(frame, contrasts: object.optional("contrasts"))
        design.removeIntercept()
        let levels = try object.component("lev").strings()
        let cuts = try object.component("zeta").doubles()
        guard levels.count >= 2, cuts.count == levels.count - 1 else {
            throw object.inconsistent("the polr has \(cuts.count) cuts between \(levels.count) classes")
        }
        let coefficients = object.optional("coefficients")
        let numbers = try design.aligned(coefficients?.names ?? [], try coefficients?.doubles() ?? [], path: coefficients?.path ?? object.path)
        builder.setTarget(frame.response?.name, classes: levels, isOrdered: true)
        // predict() leaves offsets out.
        let predictor = builder.regression([design.table(numbers, withOffsets: false)], target: nil)
        return builder.cumulative(
            predictor, "linear predictor", isShown: false, cuts: cuts, try normalization(object.component("method")), levels,
            output: Outputs.probabilities(levels))
    }

    private static func normalization(_ method: RValue) throws(RReadError) -> RegressionModel.Normalization {
        switch try method.string() {
        case "logistic": return .logit
        case "probit": return .probit
        case "loglog": return .loglog
        case "cloglog": return .cloglog
        case "cauchit": return .cauchit
        case let other: throw method.unsupported("a polr of the method \(other) is not supported")
        }
    }
}
