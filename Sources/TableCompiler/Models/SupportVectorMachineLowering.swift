// https://dmg.org/pmml/v4-4-1/SupportVectorMachine.html

import Evaluation
import ModelTree

extension Compiler {
    func lowerSupportVectorMachine(_ model: SupportVectorMachineModel, _ context: ModelContext) throws(CompileError) -> ModelResult {
        let values = try machineValues(model, context)
        if !context.isClassification {
            return ModelResult(value: TypedValue(values[0], numericType(of: context.target, context)), target: context.target.name)
        }
        if let pairs = try machinePairs(model, context) { return try voted(values, pairs, model, context) }

        var categories: [String] = []
        for machine in model.machines {
            guard let category = machine.targetCategory else {
                throw CompileError("target-category", "SupportVectorMachine has no targetCategory, which classification needs", at: machine.location)
            }
            categories.append(category)
        }
        // One against all: the lowest value wins, unless maxWins says the highest.
        let ranked = model.maxWins ? values : values.map {
            builder.linear(intercept: 0, isFloat: false, terms: [.power($0, exponent: 1, coefficient: -1)])
        }
        var result = try classified(builder.highest(ranked), categories, context)
        // The standard has no probabilities for these values.
        result.probabilities = categories.map { _ in builder.missing(.number) }
        return result
    }

    /// The two categories between which each machine decides; nil for machines that stand against all.
    private func machinePairs(
        _ model: SupportVectorMachineModel, _ context: ModelContext
    ) throws(CompileError) -> [(target: String, alternate: String)]? {
        let isSingle = model.machines.count == 1
        var pairs: [(String, String)] = []
        for machine in model.machines {
            var alternate = machine.alternateTargetCategory ?? (isSingle ? model.alternateBinaryTargetCategory : nil)
            if alternate == nil, isSingle, context.target.values.count == 2, let target = machine.targetCategory {
                // A single machine decides between the target's two values.
                alternate = context.target.values.first { position(of: $0.value, in: [target], context.target.type) == nil }?.value
            }
            if let target = machine.targetCategory, let alternate { pairs.append((target, alternate)) }
        }
        if pairs.count == model.machines.count, isSingle || model.classificationMethod != .oneAgainstAll {
            // Version 3 had its own attribute for two categories, and no method.
            let isOld = isSingle && model.alternateBinaryTargetCategory != nil && model.machines[0].alternateTargetCategory == nil
            if model.classificationMethod != .oneAgainstOne, !isOld {
                warn(
                    "svm-method", "classificationMethod is not OneAgainstOne, but every machine stands between two categories; it is read as one against one",
                    at: context.model.location)
            }
            return pairs
        }
        if model.classificationMethod == .oneAgainstOne {
            throw CompileError(
                "target-category", "OneAgainstOne needs targetCategory and alternateTargetCategory on every SupportVectorMachine",
                at: context.model.location)
        }
        return nil
    }

    /// The category with the most votes; of several, the one that comes first in the document.
    private func voted(
        _ values: [Register], _ pairs: [(target: String, alternate: String)], _ model: SupportVectorMachineModel, _ context: ModelContext
    ) throws(CompileError) -> ModelResult {
        var found = CategoryList([], context.target.type)
        let targets = pairs.map { (found.add(placing: $0.target), found.add(placing: $0.alternate)) }
        let categories = found.values
        // In version 3 the target's values were near 1, those of the alternate near 0.
        let isOld = model.alternateBinaryTargetCategory != nil && model.machines[0].alternateTargetCategory == nil
        let isUpward = model.maxWins || isOld
        let shares = builder.machineVotes(
            values, thresholds: model.machines.map { $0.threshold ?? model.threshold ?? (isOld ? 0.5 : 0) },
            lower: targets.map { isUpward ? $0.1 : $0.0 }, upper: targets.map { isUpward ? $0.0 : $0.1 }, classes: categories.count,
            isLowerClosed: isUpward)
        var result = try classified(builder.highest(shares), categories, context)
        result.probabilities = shares
        return result
    }

    private func machineValues(_ model: SupportVectorMachineModel, _ context: ModelContext) throws(CompileError) -> [Register] {
        let inputs = try vectorComponents(model, context)
        let width = inputs.count
        var used: [Int: Int32] = [:]
        var vectors: [Double] = []
        var padding = 0
        var machines: [Machine] = []
        let isDirect = model.representation == .coefficients || model.machines.allSatisfy { $0.vectors.isEmpty && !$0.coefficients.isEmpty }
        if isDirect {
            // One coefficient per field: a linear function of the row.
            guard case .linear = model.kernel else {
                throw CompileError("svm-representation", "svmRepresentation=\"Coefficients\" needs the LinearKernelType", at: context.model.location)
            }
            return try model.machines.map { (machine) throws(CompileError) in
                guard machine.coefficients.count == width else { throw mismatch(machine, width) }
                return builder.linear(
                    intercept: machine.absoluteValue, isFloat: context.model.isFloat,
                    terms: zip(inputs, machine.coefficients).map { .power($0, exponent: 1, coefficient: $1) })
            }
        }
        for machine in model.machines {
            guard machine.coefficients.count == machine.vectors.count else { throw mismatch(machine, machine.vectors.count) }
            var numbers: [Int32] = []
            for index in machine.vectors {
                if let known = used[index] {
                    numbers.append(known)
                    continue
                }
                guard index < model.vectors.count, model.vectors[index].count <= width else {
                    throw CompileError("svm-vector", "a VectorInstance has more numbers than there are VectorFields (\(width))", at: machine.location)
                }
                padding += width - model.vectors[index].count
                if padding > 25_000_000 {
                    throw CompileError("size-limit", "VectorInstances shorter than their \(width) fields leave more than 25 million numbers to fill in", at: machine.location)
                }
                let number = Int32(truncatingIfNeeded: used.count)
                used[index] = number
                numbers.append(number)
                vectors += model.vectors[index]
                vectors += [Double](repeating: 0, count: width - model.vectors[index].count)
            }
            machines.append(Machine(vectors: numbers, coefficients: machine.coefficients, constant: machine.absoluteValue))
        }
        let isFloat = context.model.isFloat
        func emit(_ function: MachineFunction, _ gamma: Double, _ coef0: Double, _ degree: Double) -> [Register] {
            builder.machines(
                inputs, function, gamma: gamma, coef0: coef0, degree: degree, vectors: vectors, vectorCount: used.count, machines,
                isFloat: isFloat)
        }
        switch model.kernel {
        case .linear: return emit(.linear, 1, 0, 1)
        case .polynomial(let gamma, let coef0, let degree): return emit(.polynomial, gamma, coef0, degree)
        case .radialBasis(let gamma): return emit(.radialBasis, gamma, 0, 1)
        case .sigmoid(let gamma, let coef0): return emit(.sigmoid, gamma, coef0, 1)
        }
    }

    private func mismatch(_ machine: SupportVectorMachineModel.Machine, _ expected: Int) -> CompileError {
        CompileError("svm-coefficients", "SupportVectorMachine has \(machine.coefficients.count) coefficients, expected \(expected)", at: machine.location)
    }

    /// The numbers that make up a row's vector.
    private func vectorComponents(_ model: SupportVectorMachineModel, _ context: ModelContext) throws(CompileError) -> [Register] {
        guard let fields = model.fields else {
            let active = context.model.miningSchema.fields.filter { $0.usageType == .active }
            return try active.map { (field) throws(CompileError) in try number(field.name, context, at: field.location) }
        }
        return try fields.map { (field) throws(CompileError) in
            switch field {
            case .field(let reference, let location):
                let value = try lower(Expression(.fieldRef(reference), location: location), in: context.scope)
                return try numeric(value, at: location).register
            case .category(let predictor):
                let value = try context.scope.value(of: predictor.field, at: predictor.location, self)
                let term: LinearTerm = value.isText
                    ? .text(value.register, values: [predictor.value], coefficients: [predictor.coefficient])
                    : .number(
                        value.register, values: [Literal.number(predictor.value, as: value.type) ?? .nan], coefficients: [predictor.coefficient])
                return builder.linear(intercept: 0, isFloat: context.model.isFloat, terms: [term])
            }
        }
    }
}
