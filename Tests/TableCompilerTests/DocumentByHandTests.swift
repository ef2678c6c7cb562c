import ModelTree
import PMMLReader
import TableCompiler
import Testing

/// Documents that no reader makes, as a program may that builds the tree itself: they are refused, too.
@Suite struct DocumentByHandTests {
    /// What the compiler says of the model of a case after a change.
    private func refusal(_ name: String, _ change: (inout ModelKind) throws -> Void) throws -> CompileError? {
        var document = try PMMLReader.read(path: packageFolder + "/fixtures/cases/\(name)/model.pmml")
        try change(&document.models[0].kind)
        return #expect(throws: CompileError.self) { try TableCompiler.compile(document) }
    }

    private func refusal(ofSeries name: String, _ change: (inout TimeSeriesModel) -> Void) throws -> CompileError? {
        try refusal(name) { kind in
            guard case .timeSeries(var series) = kind else { throw Unexpected() }
            change(&series)
            kind = .timeSeries(series)
        }
    }

    @Test func comparisonWithNothing() throws {
        let error = try refusal("corner-segmentation-transformations") { kind in
            guard case .mining(var mining) = kind else { throw Unexpected() }
            mining.segments[0].predicate = .simple(SimplePredicate(field: "x", op: .lessThan, value: nil))
            kind = .mining(mining)
        }
        #expect(error?.id == "missing-attribute" && error?.message.contains("SimplePredicate") == true)
    }

    @Test func seriesWithoutItsMethod() throws {
        let error = try refusal(ofSeries: "corner-series-end") { ($0.smoothing, $0.arima, $0.garch, $0.stateSpace) = (nil, nil, nil, nil) }
        #expect(error?.id == "time-series" && error?.message.hasPrefix("TimeSeriesModel does not have what its bestFit") == true)
    }

    @Test func statesWithoutTransition() throws {
        let error = try refusal(ofSeries: "series-states") { $0.stateSpace?.transition = nil }
        #expect(error?.message == "StateSpaceModel has no matrix that fits its state")
    }

    private struct Unexpected: Error {}
}
