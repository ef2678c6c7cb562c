// https://dmg.org/pmml/v4-4-1/GeneralRegression.html

import Evaluation
import ModelTree

extension Compiler {
    func lowerGeneralRegression(_ regression: GeneralRegressionModel, _ context: ModelContext) throws(CompileError) -> ModelResult {
        let design = try GeneralRegressionDesign(regression, context, self)
        switch (regression.modelType, context.model.functionName) {
        case (.CoxRegression, .regression): return try lowerCox(regression, design, context)
        case (.multinomialLogistic, .classification), (.regression, .classification), (.generalLinear, .classification),
            (.generalizedLinear, .classification):
            return try lowerCategories(regression, design, context)
        case (.ordinalMultinomial, .classification): return try lowerOrdinal(regression, design, context)
        case (.regression, .regression), (.generalLinear, .regression), (.generalizedLinear, .regression):
            return try lowerMean(regression, design, context)
        case (let type, let function):
            throw CompileError(
                "model-function", "a GeneralRegressionModel of modelType \"\(type.rawValue)\" has functionName \"\(function.rawValue)\"",
                at: context.model.location)
        }
    }

    /// The link between mean and linear predictor, and its parameter.
    private func link(_ regression: GeneralRegressionModel, _ context: ModelContext) throws(CompileError) -> (InverseLink, Double) {
        guard regression.modelType == .generalizedLinear else { return (.identity, 0) }
        guard let function = regression.linkFunction else {
            throw CompileError("link-function", "GeneralRegressionModel of modelType \"generalizedLinear\" needs the attribute linkFunction", at: context.model.location)
        }
        func parameter(_ value: Double?, _ attribute: String) throws(CompileError) -> Double {
            if let value { return value }
            throw CompileError("link-parameter", "linkFunction \"\(function.rawValue)\" needs the attribute \(attribute)", at: context.model.location)
        }
        switch function {
        case .identity: return (.identity, 0)
        case .log: return (.log, 0)
        case .logc: return (.logc, 0)
        case .logit: return (.logit, 0)
        case .probit: return (.probit, 0)
        case .cloglog: return (.cloglog, 0)
        case .loglog: return (.loglog, 0)
        case .cauchit: return (.cauchit, 0)
        case .negbin: return (.negbin, try parameter(regression.distParameter, "distParameter"))
        case .oddspower: return (.oddspower, try parameter(regression.linkParameter, "linkParameter"))
        case .power: return (.power, try parameter(regression.linkParameter, "linkParameter"))
        }
    }

    private func quantity(_ quantity: GeneralRegressionModel.Quantity, _ context: ModelContext) throws(CompileError) -> Register? {
        if let field = quantity.field { return try number(field, context, at: context.model.location) }
        return quantity.value.map { builder.constant($0) }
    }

    private func difference(_ a: Register, _ b: Register, _ isFloat: Bool) -> Register {
        builder.linear(intercept: 0, isFloat: isFloat, terms: [.power(a, exponent: 1, coefficient: 1), .power(b, exponent: 1, coefficient: -1)])
    }

    /// What the values leave of 1.
    private func remainder(of values: [Register], _ isFloat: Bool) -> Register {
        builder.linear(intercept: 1, isFloat: isFloat, terms: values.map { .power($0, exponent: 1, coefficient: -1) })
    }

    // MARK: A number

    /// μ = F(xβ + offset) · trials
    private func lowerMean(
        _ regression: GeneralRegressionModel, _ design: GeneralRegressionDesign, _ context: ModelContext
    ) throws(CompileError) -> ModelResult {
        let (link, parameter) = try link(regression, context)
        var seen: String?
        for cell in regression.coefficients {
            guard let category = cell.targetCategory else { continue }
            if let seen, seen != category {
                throw CompileError("target-category", "a regression has coefficients of several target categories", at: context.model.location)
            }
            seen = category
        }
        let isFloat = context.model.isFloat
        let predictor = try design.predictors(
            [(seen, regression.coefficients.map { ($0.parameter, $0.beta) })], offset: try quantity(regression.offset, context))[0]
        let trials = try quantity(regression.trials, context)
        func scaled(_ value: Register) -> Register {
            trials.map { builder.linear(intercept: 0, isFloat: isFloat, terms: [.product([value, $0], coefficient: 1)]) } ?? value
        }
        let mean = link == .identity ? predictor : builder.mean(predictor, link, parameter: parameter, isFloat: isFloat)
        let type = numericType(of: context.target, context)
        var result = ModelResult(value: TypedValue(scaled(mean), type), target: context.target.name)
        if !regression.covariances.isEmpty, context.model.output.contains(where: { $0.feature == .standardError }) {
            let slope = link == .identity ? builder.constant(1) : builder.slope(predictor, link, parameter: parameter)
            let errors = try GeneralRegressionErrors(regression, design, categories: [seen], context, self)
            result.features[.init(.standardError)] = TypedValue(scaled(errors.error([0: [slope]])), .double)
        }
        return result
    }

    // MARK: Categories

    /// The categories that have coefficients of their own, in the document's order.
    private func equationCategories(_ regression: GeneralRegressionModel, _ context: ModelContext) -> [String] {
        var categories = CategoryList([], context.target.type)
        for cell in regression.coefficients { if let category = cell.targetCategory { categories.add(category) } }
        return categories.values
    }

    /// For each category its own coefficients and those of all, in the document's order.
    private func equations(
        _ categories: [String], _ regression: GeneralRegressionModel, _ context: ModelContext
    ) throws(CompileError) -> [GeneralRegressionDesign.Equation] {
        let common = regression.coefficients.count { $0.targetCategory == nil }
        try CompileError.refuseLarge(
            common, times: categories.count, most: 25_000_000, at: context.model.location,
            "\(common) coefficients of all \(categories.count) categories are more than 25 million")
        var equations: [GeneralRegressionDesign.Equation] = categories.map { ($0, []) }
        var places = Dictionary(categories.enumerated().map { (ExactText($0.element), $0.offset) }) { first, _ in first }
        for cell in regression.coefficients {
            guard let category = cell.targetCategory else {
                for place in equations.indices { equations[place].coefficients.append((cell.parameter, cell.beta)) }
                continue
            }
            if places[ExactText(category)] == nil { places[ExactText(category)] = position(of: category, in: categories, context.target.type) ?? -1 }
            if let place = places[ExactText(category)], place >= 0 { equations[place].coefficients.append((cell.parameter, cell.beta)) }
        }
        return equations
    }

    /// pₖ from a softmax with the reference category's predictor at 0, or Fₖ with the reference category taking what is left.
    private func lowerCategories(
        _ regression: GeneralRegressionModel, _ design: GeneralRegressionDesign, _ context: ModelContext
    ) throws(CompileError) -> ModelResult {
        let type = context.target.type
        let listed = context.target.values.map(\.value)
        var equations = equationCategories(regression, context)
        var reference = regression.targetReferenceCategory
        if equations.isEmpty {
            // Coefficients without a category are those of the one that is not the reference.
            let last = reference ?? listed.last
            equations = listed.filter { category in last.map { position(of: $0, in: [category], type) == nil } ?? true }
            reference = last
        }
        let without = listed.filter { position(of: $0, in: equations, type) == nil }
        if let stated = reference, position(of: stated, in: equations, type) != nil { reference = nil }
        if reference == nil, regression.targetReferenceCategory == nil { reference = without.last }
        var all = CategoryList(listed, type)
        for category in equations + (reference.map { [$0] } ?? []) { all.add(category) }
        let categories = all.values
        guard categories.count >= 2, !equations.isEmpty else {
            throw CompileError(
                "target-category", "GeneralRegressionModel tells of fewer than two categories; its target lists none and targetReferenceCategory is absent",
                at: context.model.location)
        }
        let predictors = try design.predictors(try self.equations(equations, regression, context), offset: try quantity(regression.offset, context))
        let isFloat = context.model.isFloat
        let isLogistic = regression.modelType == .multinomialLogistic
        let (link, parameter) = try link(regression, context)
        let shares = isLogistic || link == .identity ? predictors : predictors.map { builder.mean($0, link, parameter: parameter, isFloat: isFloat) }
        var values: [Register] = []
        for category in categories {
            if let place = position(of: category, in: equations, type) {
                values.append(shares[place])
            } else if let reference, position(of: reference, in: [category], type) != nil {
                values.append(isLogistic ? builder.constant(0) : remainder(of: shares, isFloat))
            } else {
                // A listed category that the model never saw.
                values.append(builder.constant(isLogistic ? -.infinity : 0))
            }
        }
        let probabilities = isLogistic ? builder.softmax(values, isFloat: isFloat) : values
        var result = try chosen(probabilities, categories, context)
        try addErrors(of: categories, equations, regression, design, to: &result, context) { category in
            let own = position(of: category, in: equations, type)
            if isLogistic {
                let at = position(of: category, in: categories, type) ?? 0
                return Dictionary(uniqueKeysWithValues: equations.indices.map { place in
                    let other = position(of: equations[place], in: categories, type) ?? 0
                    // ∂pₖ/∂ηⱼ = pₖ (δₖⱼ − pⱼ)
                    let rest = builder.linear(
                        intercept: place == own ? 1 : 0, isFloat: false, terms: [.power(probabilities[other], exponent: 1, coefficient: -1)])
                    return (place, [probabilities[at], rest])
                })
            }
            func slope(_ place: Int) -> Register { builder.slope(predictors[place], link, parameter: parameter) }
            if let own { return [own: [slope(own)]] }
            guard let reference, position(of: reference, in: [category], type) != nil else { return [:] }
            // What the others leave changes against them; the sign means nothing to an error.
            return Dictionary(uniqueKeysWithValues: equations.indices.map { ($0, [slope($0)]) })
        }
        return result
    }

    /// P(category ≤ k) = F(xβₖ + offset), in the order of the target's values; the last category takes what is left.
    private func lowerOrdinal(
        _ regression: GeneralRegressionModel, _ design: GeneralRegressionDesign, _ context: ModelContext
    ) throws(CompileError) -> ModelResult {
        let link: InverseLink
        switch regression.cumulativeLink {
        case .logit: link = .logit
        case .probit: link = .probit
        case .cloglog: link = .cloglog
        case .loglog: link = .loglog
        case .cauchit: link = .cauchit
        case nil:
            throw CompileError("link-function", "GeneralRegressionModel of modelType \"ordinalMultinomial\" needs the attribute cumulativeLink", at: context.model.location)
        }
        let type = context.target.type
        let equations = equationCategories(regression, context)
        var categories = context.target.values.map(\.value)
        if categories.isEmpty {
            categories = equations
            if let last = regression.targetReferenceCategory, position(of: last, in: categories, type) == nil { categories.append(last) }
        }
        guard categories.count >= 2 else {
            throw CompileError("target-category", "an ordinal GeneralRegressionModel tells of fewer than two categories", at: context.model.location)
        }
        let thresholds = categories.dropLast()
        for category in thresholds where position(of: category, in: equations, type) == nil {
            throw CompileError("target-category", "category \"\(category)\" of an ordinal GeneralRegressionModel has no coefficient", at: context.model.location)
        }
        let isFloat = context.model.isFloat
        let predictors = try design.predictors(self.equations(Array(thresholds), regression, context), offset: try quantity(regression.offset, context))
        let cumulative = predictors.map { builder.mean($0, link, parameter: 0, isFloat: isFloat) }
        var probabilities = [cumulative[0]]
        for index in cumulative.indices.dropFirst() { probabilities.append(difference(cumulative[index], cumulative[index - 1], isFloat)) }
        probabilities.append(remainder(of: [cumulative[cumulative.count - 1]], isFloat))
        var result = try chosen(probabilities, categories, context)
        try addErrors(of: categories, Array(thresholds), regression, design, to: &result, context) { category in
            let place = position(of: category, in: categories, type) ?? 0
            var slopes: [Int: [Register]] = [:]
            if place < predictors.count { slopes[place] = [builder.slope(predictors[place], link, parameter: 0)] }
            if place > 0 { slopes[place - 1] = [builder.slope(predictors[place - 1], link, parameter: 0), builder.constant(-1)] }
            return slopes
        }
        return result
    }

    private func chosen(_ probabilities: [Register], _ categories: [String], _ context: ModelContext) throws(CompileError) -> ModelResult {
        var result = try classified(builder.highest(probabilities), categories, context)
        result.probabilities = probabilities
        result.confidences = probabilities
        return result
    }

    // MARK: Survival

    /// The cumulative hazard H₀(t) · exp(xβ + offset − sβ), s being the parameters' reference points.
    private func lowerCox(
        _ regression: GeneralRegressionModel, _ design: GeneralRegressionDesign, _ context: ModelContext
    ) throws(CompileError) -> ModelResult {
        guard let endTime = regression.endTimeVariable else {
            throw CompileError("end-time", "GeneralRegressionModel of modelType \"CoxRegression\" needs the attribute endTimeVariable", at: context.model.location)
        }
        guard let baseline = regression.baseline, !baseline.tables.isEmpty else {
            throw CompileError("baseline-hazard", "GeneralRegressionModel of modelType \"CoxRegression\" needs BaseCumHazardTables", at: context.model.location)
        }
        let hazard = builder.baselineHazard(
            at: try number(endTime, context, at: context.model.location), stratum: try stratum(regression, baseline, context),
            baseline.tables.map { table in
                let steps = table.steps.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
                return HazardTable(maxTime: table.maxTime ?? .infinity, times: steps.map(\.time), hazards: steps.map(\.hazard))
            })
        var points: [String: Double] = [:]
        for parameter in regression.parameters { points[parameter.name] = parameter.referencePoint }
        let reference = regression.coefficients.reduce(0) { $0 + $1.beta * (points[$1.parameter] ?? 0) }
        let isFloat = context.model.isFloat
        let predictor = try design.predictors(
            [(nil, regression.coefficients.map { ($0.parameter, $0.beta) })], offset: try quantity(regression.offset, context))[0]
        let centered = builder.linear(intercept: -reference, isFloat: isFloat, terms: [.power(predictor, exponent: 1, coefficient: 1)])
        let risk = builder.mean(centered, .log, parameter: 0, isFloat: isFloat)
        let value = builder.linear(intercept: 0, isFloat: isFloat, terms: [.product([hazard, risk], coefficient: 1)])
        return ModelResult(value: TypedValue(value, numericType(of: context.target, context)), target: context.target.name)
    }

    /// The index of the row's table, if there are several.
    private func stratum(
        _ regression: GeneralRegressionModel, _ baseline: GeneralRegressionModel.Baseline, _ context: ModelContext
    ) throws(CompileError) -> Register? {
        let names = baseline.tables.compactMap(\.stratum)
        guard !names.isEmpty else { return nil }
        guard let field = regression.baselineStrataVariable else {
            throw CompileError("baseline-hazard", "BaseCumHazardTables has strata, but the attribute baselineStrataVariable is absent", at: context.model.location)
        }
        let value = try context.scope.value(of: field, at: context.model.location, self)
        if value.isText { return builder.index(of: value.register, in: names) }
        var numbers: [Double] = []
        for name in names {
            guard let number = Literal.number(name, as: value.type) else {
                throw CompileError.notANumber(name, what: "a stratum of \"\(field)\"", at: context.model.location)
            }
            numbers.append(number)
        }
        return builder.index(of: value.register, in: numbers)
    }
}
