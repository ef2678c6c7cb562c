import ModelTree

/// The trained steps of a [recipe](https://recipes.tidymodels.org) that change columns of numbers.
enum RecipeSteps {
    static func apply(_ recipe: RValue, _ builder: DocumentBuilder) throws(RReadError) {
        for step in try recipe.optional("steps")?.list() ?? [] { try apply(step: step, builder) }
    }

    private static func apply(step: RValue, _ builder: DocumentBuilder) throws(RReadError) {
        let kind = step.classes.first ?? "a step without a class"
        // What only changes the data that a model is fitted to.
        if let skip = step.optional("skip"), try skip.bool() { return }
        func change(_ numbers: RValue, _ make: (Expression, Double) -> Expression) throws(RReadError) {
            guard let names = numbers.names else { throw numbers.inconsistent("\(numbers.path) has no names") }
            var values: [Double] = []
            if case .list(let parts) = numbers.object.kind, parts.count == names.count {
                for part in try numbers.list() { values.append(try part.double()) }
            } else {
                values = try numbers.doubles()
            }
            for (name, value) in zip(names, values) where !value.isNaN {
                let made = make(.field(builder.fields.numberField(name)), value)
                builder.fields.replace(name, with: builder.fields.number("\(kind)(\(name))", made, key: "\(step.path)\u{0}\(numbers.path)\u{0}\(name)"))
            }
        }
        switch kind {
        case "step_center": try change(try step.component("means")) { $0 - .number($1) }
        case "step_scale":
            let factor = try step.optional("factor")?.double() ?? 1
            try change(try step.component("sds")) { $0 / .number($1 * factor) }
        case "step_normalize":
            try change(try step.component("means")) { $0 - .number($1) }
            try change(try step.component("sds")) { $0 / .number($1) }
        case "step_impute_mean", "step_meanimpute": try change(try step.component("means")) { .call("if", .call("isMissing", $0), .number($1), $0) }
        case "step_impute_median", "step_medianimpute": try change(try step.component("medians")) { .call("if", .call("isMissing", $0), .number($1), $0) }
        case "step_YeoJohnson": try change(try step.component("lambdas")) { Preparation.yeoJohnson($0, $1) }
        case "step_BoxCox":
            try change(try step.component("lambdas")) { $1.magnitude < 0.001 ? .call("ln", $0) : (.call("pow", $0, .number($1)) - .number(1)) / .number($1) }
        case "step_rm", "step_zv", "step_nzv", "step_corr", "step_select", "step_lincomb": break
        default: throw step.unsupported("the step \(kind) of a recipe is not supported")
        }
    }
}
