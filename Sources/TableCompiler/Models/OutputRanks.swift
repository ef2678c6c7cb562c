import ModelTree

/// The ranks that outputs ask for, anywhere in a document: a model need not tell of others.
enum OutputRanks {
    static func of(_ document: Document) -> Set<Int> {
        var found: Set<Int> = []
        for model in document.models { visit(model, &found) }
        return found
    }

    private static func visit(_ model: Model, _ found: inout Set<Int>) {
        for output in model.output { found.insert(output.rank) }
        switch model.kind {
        case .mining(let mining): for segment in mining.segments { visit(segment.model, &found) }
        case .anomalyDetection(let anomaly): visit(anomaly.model, &found)
        default: break
        }
    }
}
