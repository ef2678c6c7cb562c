import ModelTree

/// `mvr` of pls (`plsr`, `pcr`, `cppls`): the response by as many components as were fitted, and by fewer.
///
/// [predict.mvr](https://rdrr.io/cran/pls/man/predict.mvr.html)
enum MvrReader: ClassReader {
    static let classes = ["mvr"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let coefficients = try object.component("coefficients")
        let numbers = try coefficients.doubles()
        guard let size = coefficients.dimensions, size.count == 3, size.allSatisfy({ $0 > 0 && $0 < 1 << 24 }), size[0] * size[1] < 1 << 30,
            size[0] * size[1] * size[2] == numbers.count
        else { throw coefficients.inconsistent("\(coefficients.path) is no array of columns, responses and components") }
        let (width, responses, components) = (size[0], size[1], size[2])
        let terms = try object.component("terms")
        let frame = try ModelFrame(terms: terms, xlevels: object.optional("xlevels"), tables: [object.optional("model")], fields: builder.fields)
        var design = try Design(frame, contrasts: object.optional("contrasts"))
        design.removeIntercept()
        var rows = coefficients.dimensionNames(0)
        // The columns of a matrix that is the only term go by their own names.
        if let labels = try terms.attribute("term.labels")?.strings(), labels.count == 1, rows?.first.map({ labels[0] + $0 }) == design.columns.first?.name {
            rows = rows?.map { labels[0] + $0 }
        }
        try design.check(rows, count: width, path: coefficients.path)
        let centers = try vector(object, "Xmeans", width) ?? [Double](repeating: 0, count: width)
        let means = try vector(object, "Ymeans", responses) ?? [Double](repeating: 0, count: responses)
        var scales = [Double](repeating: 1, count: width)
        if let scale = object.optional("scale") {
            if case .logical = scale.object.kind {} else { scales = try vector(object, "scale", width) ?? scales }
        }
        func table(_ response: Int, _ component: Int) -> RegressionTable {
            let start = (component * responses + response) * width
            // The means are those of scaled columns.
            let shift = (0..<width).reduce(means[response]) { $0 - numbers[start + $1] * centers[$1] }
            var table = design.table((0..<width).map { numbers[start + $0] / scales[$0] }, withOffsets: false)
            table.intercept += shift
            return table
        }
        let names = coefficients.dimensionNames(1) ?? []
        let counts = coefficients.dimensionNames(2) ?? (1...components).map { "\($0) comps" }
        var models: [Model] = []
        for response in 0..<responses {
            let name = response < names.count ? names[response] : frame.response?.name ?? "Y\(response + 1)"
            for component in 0..<components {
                let label = component < counts.count ? counts[component] : "\(component + 1) comps"
                models.append(builder.regression([table(response, component)], target: builder.addTarget(responses == 1 ? label : "\(name).\(label)")))
            }
            // Its name is not "Y" for a response that is one column.
            models.append(builder.regression([table(response, components - 1)], target: builder.addTarget(name)))
        }
        return builder.chain(models, .regression, target: nil)
    }

    private static func vector(_ object: RValue, _ name: String, _ count: Int) throws(RReadError) -> [Double]? {
        guard let value = object.optional(name) else { return nil }
        let numbers = try value.doubles()
        guard numbers.count == count else { throw value.inconsistent("\(value.path) has \(numbers.count) numbers, the coefficients \(count)") }
        return numbers
    }
}
