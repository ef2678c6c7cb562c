import ModelTree

/// Makes a model of the objects of an R class. One file in this folder for each.
protocol ClassReader {
    /// The class names that it knows.
    static var classes: [String] { get }

    /// - Parameter builder: takes the fields and the target that are found on the way.
    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model
}

enum ClassRegistry {
    static var readers: [any ClassReader.Type] {
        [
            LinearModelReader.self,
            GeneralizedLinearModelReader.self,
            RpartReader.self,
            RandomForestReader.self,
            RangerReader.self,
            GbmReader.self,
            NnetReader.self,
            NaiveBayesReader.self,
            SvmReader.self,
            KsvmReader.self,
            GlmnetReader.self,
            CoxReader.self,
            SurvregReader.self,
            PolrReader.self,
            LdaReader.self,
            QdaReader.self,
            KmeansReader.self,
            PamReader.self,
            PrincipalComponentReader.self,
            MvrReader.self,
            EarthReader.self,
            RmsReader.self,
            CountMixtureReader.self,
            ElmReader.self,
            ApolloReader.self,
            NlsReader.self,
            MclustReader.self,
            NeighborsReader.self,
            NeuralnetReader.self,
            ArimaReader.self,
            EtsReader.self,
            HoltWintersReader.self,
            ForecastReader.self,
            PreProcessReader.self,
            TrainReader.self,
            WrappedModelReader.self,
            CaretEnsembleReader.self,
            BaggingReader.self,
            AdabagReader.self,
            AdaReader.self,
            XGBoostReader.self,
            LightGBMReader.self,
            IsolationForestReader.self,
            BinaryTreeReader.self,
            PartyForestReader.self,
            PartyTreeReader.self,
            SimplePartyReader.self,
            PartykitForestReader.self,
        ]
    }

    /// Classes that inherit from those above and predict in their own way.
    private static let strangers: Set<String> = ["gam", "Gam", "rms", "Glm", "bigglm", "svyglm", "brglm", "logistf", "ordinalNet", "densityMclust"]

    /// The reader of an object: that of the most special of its classes.
    static func reader(of object: RValue) -> (any ClassReader.Type)? {
        for name in object.classes {
            if strangers.contains(name) { return nil }
            // A tree of clusters says nothing of new data, unless centers were added to it.
            if name == "hclust", object.optional("centers") == nil { return nil }
            if let found = readers.first(where: { $0.classes.contains(name) }) { return found }
        }
        return ModelListReader.isList(object) ? ModelListReader.self : nil
    }

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        guard let reader = reader(of: object) else {
            let classes = object.classes
            if classes.isEmpty, case .list = object.object.kind {
                let inside = object.elements.filter { !$0.value.classes.isEmpty && self.reader(of: $0.value) != nil }
                if let first = inside.first {
                    throw RReadError(
                        .unsupportedClass,
                        "the list has no names for the models in it: --object '[[\(object.elements.firstIndex { $0.value.path == first.value.path }.map { $0 + 1 } ?? 1)]]' takes one of them",
                        path: object.path)
                }
            }
            let what = classes.isEmpty ? "an object without a class" : "an object of class \(classes.map { "\"\($0)\"" }.joined(separator: ", "))"
            throw RReadError(.unsupportedClass, "\(what) is not supported", path: object.path)
        }
        try builder.enter(object)
        defer { builder.leave() }
        if let preparation = object.optional("preProcess"), !object.inherits("train") { try Preparation.apply(preparation, builder) }
        return try reader.model(object, builder)
    }
}
