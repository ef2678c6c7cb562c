import ModelTree
import Testing

@testable import RReader

/// What is not supported is refused by name, with the place in the object.
@Suite struct RefusalTests {
    /// `fit <- lm(y ~ CALL)` as data, with only what its reader asks for.
    private func linearModel(_ variable: RObject, named name: String) -> RFile {
        func text(_ values: String...) -> RObject { RObject(.string(values)) }
        func attribute(_ name: String, _ value: RObject) -> RObject.Argument { .init(name, value) }
        let variables = RObject(.language([.init(nil, RObject(.symbol("list"))), .init(nil, RObject(.symbol("y"))), .init(nil, variable)]))
        let names = RObject(.list([text("y", name), text(name)]))
        let factors = RObject(.integer([0, 1]), attributes: [attribute("dim", RObject(.integer([2, 1]))), attribute("dimnames", names)])
        let terms = RObject(
            .language([.init(nil, RObject(.symbol("~"))), .init(nil, RObject(.symbol("y"))), .init(nil, variable)]),
            attributes: [
                attribute("variables", variables), attribute("factors", factors), attribute("intercept", RObject(.integer([1]))),
                attribute("response", RObject(.integer([1]))),
            ])
        let coefficients = RObject(.double([1, 2]), attributes: [attribute("names", text("(Intercept)", name))])
        let fit = RObject(
            .list([coefficients, terms]), attributes: [attribute("names", text("coefficients", "terms")), attribute("class", text("lm"))])
        var file = RFile()
        file.objects = [.init("fit", fit)]
        return file
    }

    private func call(_ function: String, _ arguments: RObject...) -> RObject {
        RObject(.language([.init(nil, RObject(.symbol(function)))] + arguments.map { .init(nil, $0) }))
    }

    @Test func aFormulaIsRead() throws {
        let document = try RReader.document(linearModel(call("log", RObject(.symbol("x"))), named: "log(x)"), name: "fit")
        #expect(document.dataDictionary.fields.map(\.name) == ["x", "y"])
        #expect(document.transformations.derivedFields.map(\.name) == ["log(x)"])
    }

    @Test func unknownFunction() {
        let error = #expect(throws: RReadError.self) {
            try RReader.document(linearModel(call("mystery", RObject(.symbol("x"))), named: "mystery(x)"), name: "fit")
        }
        #expect(error?.kind == .unsupportedTerm)
        #expect(error?.message.contains("mystery()") == true)
        #expect(error?.path.hasPrefix("fit$terms") == true)
    }

    /// A function that would do harm if it were run is only a name.
    @Test func nothingIsRun() {
        let error = #expect(throws: RReadError.self) {
            try RReader.document(linearModel(call("system", RObject(.string(["touch here"]))), named: "system(x)"), name: "fit")
        }
        #expect(error?.kind == .unsupportedTerm)
    }

    @Test func coefficientsThatDoNotFit() {
        var file = linearModel(RObject(.symbol("x")), named: "x")
        let fit = file.objects[0].value
        guard case .list(let parts) = fit.kind else { return }
        let three = RObject(.double([1, 2, 3]))
        file.objects[0].value = RObject(.list([three, parts[1]]), attributes: fit.attributes)
        let error = #expect(throws: RReadError.self) { try RReader.document(file, name: "fit") }
        #expect(error?.kind == .inconsistent)
    }

    @Test func deepFormula() {
        let deep = (0..<1_000).reduce(RObject(.symbol("x"))) { inner, _ in call("(", inner) }
        let error = #expect(throws: RReadError.self) { try RReader.document(linearModel(deep, named: "deep"), name: "fit") }
        #expect(error?.kind == .depthLimit)
    }

    @Test func unknownClassAndObject() throws {
        var file = linearModel(RObject(.symbol("x")), named: "x")
        let other = #expect(throws: RReadError.self) { try RReader.document(file, objectName: "other", name: "file") }
        #expect(other?.kind == .unknownObject)
        file.objects.append(.init("second", file.objects[0].value))
        let several = #expect(throws: RReadError.self) { try RReader.document(file, name: "file") }
        #expect(several?.kind == .severalObjects)
        #expect(try RReader.document(file, objectName: "second", name: "file").models.count == 1)
        file.objects = [.init(nil, RObject(.list([]), attributes: [.init("class", RObject(.string(["strange"])))]))]
        let strange = #expect(throws: RReadError.self) { try RReader.document(file, name: "file") }
        #expect(strange?.kind == .unsupportedClass)
        #expect(strange?.message.contains("strange") == true)
    }
}
