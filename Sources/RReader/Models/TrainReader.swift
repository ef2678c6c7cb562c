import ModelTree

/// caret's [train](https://rdrr.io/cran/caret/man/train.html): its `finalModel`, behind the formula's model matrix, the preparation and the
/// recipe that made the columns which the model was fitted to.
enum TrainReader: ClassReader {
    static let classes = ["train", "train.formula", "train.recipe"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        if let bounds = object.optional("control")?.optional("predictionBounds"), try bounds.doubles().contains(where: { $0 != 0 }) {
            throw bounds.unsupported("predictions with bounds are not supported")
        }
        let outer = builder.surroundings
        defer { builder.surroundings = outer }
        builder.surroundings.answersByProbability = true
        return try builder.fields.withOwnPreparation { () throws(RReadError) in try inner(object, builder) }
    }

    private static func inner(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let levels = try classLevels(object)
        let name = try columns(object, builder) ?? responseName(object)
        builder.setTarget(name, classes: levels)
        if let preparation = object.optional("preProcess") { try Preparation.apply(preparation, builder) }
        if let recipe = object.optional("recipe") { try RecipeSteps.apply(recipe, builder) }
        var model = builder.answering(try ClassRegistry.model(try object.component("finalModel"), builder))
        if let target = builder.target, target.name != "predictedValue", !model.output.contains(where: { $0.name == "predictedValue" }) {
            // Under the name of one whose response is not known, too, as that of a model made from x and y is not.
            model.output.append(OutputField(
                name: "predictedValue", opType: target.opType, dataType: target.dataType, feature: .predictedValue))
        }
        return model
    }

    /// The levels of a classification.
    private static func classLevels(_ object: RValue) throws(RReadError) -> [String]? {
        guard try object.component("modelType").string() == "Classification" else { return nil }
        if let levels = object.optional("levels"), case .string = levels.object.kind { return try levels.strings() }
        return object.optional("trainingData")?.optional(".outcome")?.levels
    }

    /// Makes the fields of the model's columns, and gives the response's name where a formula or a recipe tells it.
    private static func columns(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> String? {
        let data = object.optional("ptype") ?? object.optional("trainingData")
        if let terms = object.optional("terms") {
            let frame = try ModelFrame(
                terms: terms, xlevels: object.optional("xlevels"), tables: [object.optional("trainingData"), object.optional("ptype")], fields: builder.fields)
            var design = try Design(frame, contrasts: object.optional("contrasts"))
            design.removeIntercept()
            let names = Set(design.columns.map(\.name))
            for column in design.columns {
                let field = design.field(column)
                builder.fields.replace(column.name, with: field)
                // Learners that make a data frame of the matrix have the columns under names that R takes for such.
                let word = SyntacticName.make(column.name)
                if !names.contains(word) { builder.fields.replace(word, with: field) }
            }
            builder.fields.write(design.columns.map(\.name))
            return frame.response?.name
        }
        let table = (object.optional("trainingData") ?? data)?.elements ?? []
        builder.fields.write(table.compactMap(\.name))
        for (name, column) in table {
            guard let name else { continue }
            if let levels = column.levels { builder.fields.state(name, .factor(levels, isOrdered: column.inherits("ordered"))) } else {
                switch column.object.kind {
                case .logical: builder.fields.state(name, .logical)
                case .string: builder.fields.state(name, .text)
                default: builder.fields.state(name, .number)
                }
            }
        }
        guard let variables = object.optional("recipe")?.optional("var_info") else { return nil }
        let names = try variables.component("variable").strings()
        let roles = try variables.component("role").strings()
        return zip(names, roles).first { $0.1 == "outcome" }?.0
    }

    /// The response as the call names it: `y = iris$Species`.
    private static func responseName(_ object: RValue) -> String? {
        guard let call = object.optional("call").flatMap(Call.init), let y = call.arguments.first(where: { $0.name == "y" })?.value,
            let column = Call(y), let last = column.arguments.last
        else { return nil }
        switch (column.function, last.value.object.kind) {
        case ("$", .symbol(let name)): return name
        case ("[[", .string(let texts)), ("[", .string(let texts)): return texts.count == 1 ? texts[0] : nil
        default: return nil
        }
    }
}
