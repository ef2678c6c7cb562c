import ModelTree
import PMMLReader
import TableCompiler
import Testing

/// Documents that no reader makes, as a program may that builds the tree itself: they are refused, too.
@Suite struct DocumentByHandTests {
    private func read(_ name: String) throws -> Document { try PMMLReader.read(path: packageFolder + "/fixtures/cases/\(name)/model.pmml") }

    private func refusal(_ document: Document) -> CompileError? { #expect(throws: CompileError.self) { try TableCompiler.compile(document) } }

    @Test func comparisonWithNothing() throws {
        var document = try read("corner-segmentation-transformations")
        guard case .mining(var mining) = document.models[0].kind else { throw Unexpected() }
        mining.segments[0].predicate = .simple(SimplePredicate(field: "x", op: .lessThan, value: nil))
        document.models[0].kind = .mining(mining)
        let error = refusal(document)
        #expect(error?.id == "missing-attribute" && error?.message.contains("SimplePredicate") == true)
    }

    @Test func seriesWithoutItsMethod() throws {
        var document = try read("corner-series-end")
        guard case .timeSeries(var series) = document.models[0].kind else { throw Unexpected() }
        (series.smoothing, series.arima, series.garch, series.stateSpace) = (nil, nil, nil, nil)
        document.models[0].kind = .timeSeries(series)
        let error = refusal(document)
        #expect(error?.id == "time-series" && error?.message.hasPrefix("TimeSeriesModel does not have what its bestFit") == true)
    }

    @Test func statesWithoutTransition() throws {
        var document = try read("series-states")
        guard case .timeSeries(var series) = document.models[0].kind else { throw Unexpected() }
        series.stateSpace?.transition = nil
        document.models[0].kind = .timeSeries(series)
        #expect(refusal(document)?.message == "StateSpaceModel has no matrix that fits its state")
    }

    private struct Unexpected: Error {}
}
