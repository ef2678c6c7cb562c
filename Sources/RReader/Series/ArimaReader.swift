import ModelTree

/// `arima` of stats, `Arima` and `auto.arima` of forecast: the state space that the object keeps, a step ahead of its last value.
///
/// https://search.r-project.org/R/refmans/stats/html/KalmanLike.html tells its parts.
enum ArimaReader: ClassReader {
    static let classes = ["Arima", "ARIMA", "forecast_ARIMA"]
    private static let mostStates = 2_000

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        var forecast = SeriesForecast(series: TimeSeriesModel(bestFit: .stateSpaceModel))
        var states = try stateSpace(object)
        let orders = try object.component("arma").integers().map(Int.init)
        guard orders.count == 7, orders.allSatisfy({ $0 >= 0 && $0 < 1 << 20 }) else { throw object.inconsistent("the orders of the ARIMA are no seven numbers") }
        let coefficients = try object.component("coef")
        let numbers = try coefficients.doubles()
        let names = coefficients.names ?? []
        let own = orders[0..<4].reduce(0, +)
        guard names.count == numbers.count, own <= numbers.count else { throw coefficients.inconsistent("\(coefficients.path) does not fit the orders of the ARIMA") }
        for (name, number) in zip(names, numbers).dropFirst(own) {
            switch name {
            case "intercept": states.intercept = number
            case "drift": states.addDrift(number, after: try lastDrift(object))
            default: forecast.regressors.append(.init(field: builder.fields.numberField(name), coefficient: number))
            }
        }
        forecast.series = TimeSeriesModel(bestFit: .stateSpaceModel, stateSpace: states.model)
        forecast.deviations = .ofModel
        forecast.boxCox = try BoxCox(object)
        // forecast() answers with mean and intervals, predict() of stats with pred and se.
        var results = SeriesForecast.Names.forecast
        if !object.inherits("forecast_ARIMA") && !object.inherits("ARIMA") {
            results.point = "pred"
            results.alias = "mean"
        }
        results.deviation = "se"
        return forecast.model(results, builder)
    }

    private static func stateSpace(_ object: RValue) throws(RReadError) -> States {
        let model = try object.component("model")
        let transition = try model.component("T").matrix()
        let size = transition.rows
        guard size > 0, size <= mostStates else { throw model.unsupported("an ARIMA of \(size) states is not supported") }
        let filtered = try model.component("a").doubles()
        let measurement = try model.component("Z").doubles()
        let covariance = try model.component("P").matrix()
        let noise = try model.component("V").matrix()
        guard transition.columns == size, filtered.count == size, measurement.count == size, covariance.rows == size, covariance.columns == size,
            noise.rows == size, noise.columns == size
        else { throw model.inconsistent("the parts of \(model.path) do not fit one another") }
        return States(
            variance: try object.component("sigma2").double(), state: transition.times(filtered), transition: transition.dense, measurement: measurement,
            covariance: transition.sandwich(covariance, plus: noise), noise: noise.dense, observation: try model.optional("h")?.double() ?? 0)
    }

    /// The time of the last value, as drift counts it.
    private static func lastDrift(_ object: RValue) throws(RReadError) -> Double {
        if let regressors = try object.optional("xreg")?.matrix(), let column = regressors.columnNames?.firstIndex(of: "drift"), regressors.rows > 0 {
            return regressors[regressors.rows - 1, column]
        }
        return Double(try object.component("x").count)
    }
}

/// A state space as matrices of rows, which grows by what is not in the object's own.
private struct States {
    var intercept = 0.0
    let variance: Double
    var state: [Double]
    var transition: [[Double]]
    var measurement: [Double]
    var covariance: [[Double]]
    var noise: [[Double]]
    let observation: Double

    init(
        variance: Double, state: [Double], transition: [[Double]], measurement: [Double], covariance: [[Double]], noise: [[Double]], observation: Double
    ) {
        self.variance = variance
        self.state = state
        self.transition = transition
        self.measurement = measurement
        self.covariance = covariance
        self.noise = noise
        self.observation = observation
    }

    /// Two states without noise: the drift so far, and what each step adds to it.
    mutating func addDrift(_ drift: Double, after last: Double) {
        let size = state.count
        func grown(_ matrix: [[Double]]) -> [[Double]] {
            matrix.map { $0 + [0, 0] } + [[Double]](repeating: [Double](repeating: 0, count: size + 2), count: 2)
        }
        (transition, covariance, noise) = (grown(transition), grown(covariance), grown(noise))
        transition[size][size] = 1
        transition[size][size + 1] = 1
        transition[size + 1][size + 1] = 1
        state += [drift * (last + 1), drift]
        measurement += [1, 0]
    }

    var model: StateSpaceModel {
        func matrix(_ rows: [[Double]]) -> Matrix { Matrix(rows: rows.count, columns: rows.first?.count ?? 0, values: rows.flatMap { $0 }) }
        return StateSpaceModel(
            variance: variance, state: state, transition: matrix(transition), measurement: matrix([measurement]), interceptVector: [intercept],
            interceptIsObserved: true, stateCovariance: matrix(covariance), noiseCovariance: matrix(noise),
            observationVariance: matrix([[observation]]))
    }
}

extension RMatrix {
    var dense: [[Double]] { (0..<rows).map(row) }

    func times(_ vector: [Double]) -> [Double] {
        (0..<rows).map { row in (0..<columns).reduce(0) { $0 + self[row, $1] * vector[$1] } }
    }

    /// M · P · Mᵀ + Q of square matrices, over the entries of M that are not 0.
    func sandwich(_ inner: RMatrix, plus noise: RMatrix) -> [[Double]] {
        var half = [[Double]](repeating: [Double](repeating: 0, count: rows), count: rows)
        for row in 0..<rows {
            for at in 0..<rows where self[row, at] != 0 {
                for column in 0..<rows { half[row][column] += self[row, at] * inner[at, column] }
            }
        }
        var result = noise.dense
        for column in 0..<rows {
            for at in 0..<rows where self[column, at] != 0 {
                for row in 0..<rows { result[row][column] += self[column, at] * half[row][at] }
            }
        }
        // What is known exactly has a variance of 0, of which rounding leaves a little less.
        for place in 0..<rows { result[place][place] = max(result[place][place], noise[place, place]) }
        return result
    }
}
