import ModelTree

/// The names of results beside the target: those of `predict`'s types, and `probability(level)`.
enum Outputs {
    /// The probability of each class.
    static func probabilities(_ classes: [String]) -> [OutputField] {
        classes.map { OutputField(name: "probability(\($0))", opType: .continuous, dataType: .double, feature: .probability, value: $0) }
    }

    /// The model's own answer, under a name.
    static func predicted(_ name: String, isFinal: Bool = true) -> OutputField {
        OutputField(name: name, opType: .continuous, dataType: .double, feature: .predictedValue, isFinalResult: isFinal)
    }

    /// The level that a classification answers with, under a name.
    static func level(_ name: String) -> OutputField {
        OutputField(name: name, opType: .categorical, dataType: .string, feature: .predictedValue)
    }

    /// Something computed from outputs before it.
    static func computed(_ name: String, _ expression: Expression, isFinal: Bool = true) -> OutputField {
        OutputField(name: name, opType: .continuous, dataType: .double, feature: .transformedValue, isFinalResult: isFinal, expression: expression)
    }

    static func entity(_ name: String) -> OutputField {
        OutputField(name: name, opType: .categorical, dataType: .string, feature: .entityId)
    }
}
