// https://dmg.org/pmml/v4-4-1/GaussianProcess.html

import Evaluation
import ModelTree

extension Compiler {
    /// The covariances of so many instances take minutes to factor.
    private static var instanceLimit: Int { 5_000 }

    func lowerGaussianProcess(_ model: GaussianProcessModel, _ context: ModelContext) throws(CompileError) -> ModelResult {
        let location = model.training.table.location
        let name = context.target.name
        guard let answer = model.training.fields.first(where: { $0.field == name }) else {
            throw CompileError("gaussian-process", "TrainingInstances has no InstanceField for the target", at: location)
        }
        let features = model.training.fields.filter { $0.field != name }
        var inputs: [Register] = []
        for feature in features { inputs.append(try number(feature.field, context, at: location)) }
        let count = model.training.table.rows.count
        guard !features.isEmpty, count > 0 else {
            throw CompileError("gaussian-process", "TrainingInstances has no instances", at: location)
        }
        guard count <= Self.instanceLimit else {
            throw CompileError("gaussian-process", "TrainingInstances has more than \(Self.instanceLimit) instances", at: location)
        }
        let columns = try features.map { (feature) throws(CompileError) in try numbers(of: feature, model.training) }
        let answers = try numbers(of: answer, model.training)
        var instances: [Double] = []
        for row in 0..<count { for column in columns { instances.append(column[row]) } }
        let process = try covariance(model, instances, width: features.count, at: context.model.location)
        guard let factor = choleskyFactor(process, width: features.count, count: count, noise: model.noiseVariance) else {
            throw CompileError("gaussian-process", "the covariances of the training instances are not positive definite", at: context.model.location)
        }
        let weights = solve(factor, answers)
        let isFloat = context.model.isFloat
        let mean = builder.gaussianMean(inputs, process, weights: weights, isFloat: isFloat)
        var result = ModelResult(value: TypedValue(mean, numericType(of: context.target, context)), target: name)
        // The factor is large: a model of many instances carries it only where its own output asks.
        if count <= 1_000 || context.model.output.contains(where: { $0.feature == .standardDeviation }) {
            let deviation = builder.gaussianDeviation(inputs, process, factor: factor, count: count, isFloat: isFloat)
            result.features[.init(.standardDeviation)] = TypedValue(deviation, .double)
        }
        return result
    }

    private func numbers(of field: TrainingInstances.InstanceField, _ training: TrainingInstances) throws(CompileError) -> [Double] {
        guard let column = training.table.columns.firstIndex(of: field.column) else {
            throw CompileError("unknown-column", "the InlineTable has no column \"\(field.column)\"", at: training.table.location)
        }
        var numbers: [Double] = []
        for row in training.table.rows {
            let text = column < row.count ? row[column] ?? "" : ""
            guard let number = Literal.number(text, as: ValueType.double) else {
                throw CompileError.notANumber(text, what: "the training value of \"\(field.field)\"", at: training.table.location)
            }
            numbers.append(number)
        }
        return numbers
    }

    private func covariance(
        _ model: GaussianProcessModel, _ instances: [Double], width: Int, at location: SourceLocation
    ) throws(CompileError) -> GaussianProcess {
        guard model.lambda.count == 1 || model.lambda.count == width else {
            throw CompileError("gaussian-process", "Lambda has \(model.lambda.count) numbers for \(width) features", at: location)
        }
        let lambda = model.lambda.count == width ? model.lambda : [Double](repeating: model.lambda[0], count: width)
        let exponent: Double
        let scales: [Double]
        switch model.kernel {
        case .radialBasis, .ardSquaredExponential: (exponent, scales) = (2, lambda.map { 0.5 / ($0 * $0) })
        case .absoluteExponential: (exponent, scales) = (1, lambda.map { 1 / $0 })
        case .generalizedExponential: (exponent, scales) = (model.degree, lambda.map { reciprocalPower($0, model.degree) })
        }
        return GaussianProcess(gamma: model.gamma, exponent: exponent, scales: scales, instances: instances)
    }
}

/// Rows of L with L·Lᵀ = K + noise · 1, the reciprocals of its diagonal in place of the diagonal; nil if K is not positive definite.
///
/// Eight rows go side by side, so that a row before them is read once for all and their sums need not wait for one another. Every
/// sum is taken in the order of the columns.
private func choleskyFactor(_ process: GaussianProcess, width: Int, count: Int, noise: Double) -> [Double]? {
    typealias Lanes = SIMD8<Double>
    func instance(_ row: Int) -> ArraySlice<Double> { process.instances[row * width..<(row + 1) * width] }
    var factor = [Double](repeating: 0, count: count * (count + 1) / 2)
    // The block's columns so far, a lane for each row.
    var columns = [Lanes](repeating: .zero, count: count)
    for first in stride(from: 0, to: count, by: Lanes.scalarCount) {
        let height = min(Lanes.scalarCount, count - first)
        for column in 0..<first + height {
            var sums = Lanes.zero
            for lane in 0..<height where first + lane >= column {
                sums[lane] = process.covariance(instance(first + lane), instance(column)) + (first + lane == column ? noise : 0)
            }
            let other = column * (column + 1) / 2
            if column < first {
                columns.withUnsafeBufferPointer { columns in
                    factor.withUnsafeBufferPointer { factor in
                        for index in 0..<column { sums -= columns[index] * Lanes(repeating: factor[other &+ index]) }
                    }
                }
                sums *= Lanes(repeating: factor[other + column])
            } else {
                let own = column - first
                for index in 0..<column { sums -= columns[index] * Lanes(repeating: columns[index][own]) }
                guard sums[own] > 0 else { return nil }
                let reciprocal = 1 / sums[own].squareRoot()
                sums *= Lanes(repeating: reciprocal)
                sums[own] = reciprocal
            }
            columns[column] = sums
            for lane in 0..<height where first + lane >= column {
                let row = first + lane
                factor[row * (row + 1) / 2 + column] = sums[lane]
            }
        }
    }
    return factor
}

/// (L·Lᵀ)⁻¹ y
private func solve(_ factor: [Double], _ answers: [Double]) -> [Double] {
    var values = answers
    for row in values.indices {
        let start = row * (row + 1) / 2
        for index in 0..<row { values[row] -= factor[start + index] * values[index] }
        values[row] *= factor[start + row]
    }
    for row in values.indices.reversed() {
        let start = row * (row + 1) / 2
        values[row] *= factor[start + row]
        for index in 0..<row { values[index] -= factor[start + index] * values[row] }
    }
    return values
}
