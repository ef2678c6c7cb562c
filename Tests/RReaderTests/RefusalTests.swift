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

    /// Calls that have no meaning for one row, or of which the object keeps too little.
    @Test(arguments: [
        ("paste", [RObject(.symbol("x")), RObject(.double([1]))], "only texts can be pasted"),
        ("cut", [RObject(.symbol("x")), RObject(.double([3]))], "cut() into a number of intervals whose ends are not known"),
        ("cut", [RObject(.symbol("x"))], "cut() without breaks"),
        ("revalue", [RObject(.double([1])), RObject(.string(["b"]))], "revalue() of numbers is not supported"),
        ("poly", [], "poly() of several variables is not supported"),
        ("+", [RObject(.symbol("x")), RObject(.double([1, 2]))], "a vector stands where one number should"),
        ("&", [RObject(.symbol("x")), RObject(.logical([1, 0]))], "a vector stands where one value should"),
        ("cut", [RObject(.symbol("x")), RObject(.symbol("ends"))], "ends is no constant"),
        ("%in%", [RObject(.symbol("x")), RObject(.language([.init(nil, RObject(.symbol("f"))), .init(nil, RObject(.symbol("x")))]))], "f(x) is no constant"),
        ("scored", [RObject(.symbol("x"))], "what scored() computed from the data is not kept"),
        ("round", [], "round() lacks an argument"),
    ])
    func calls(_ function: String, _ arguments: [RObject], _ message: String) {
        let object = RObject(.language([.init(nil, RObject(.symbol(function)))] + arguments.map { .init(nil, $0) }))
        let error = #expect(throws: RReadError.self) { try RReader.document(linearModel(object, named: "v"), name: "fit") }
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "nothing")")
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

    @Test func unknownArgument() {
        let file = linearModel(RObject(.symbol("x")), named: "x")
        let error = #expect(throws: RReadError.self) { try RReader.document(file, arguments: ["s": "0.1"], name: "fit") }
        #expect(error?.kind == .unknownArgument && error?.message == "the class lm has no argument s here")
    }

    @Test func unknownClassAndObject() throws {
        var file = linearModel(RObject(.symbol("x")), named: "x")
        let other = #expect(throws: RReadError.self) { try RReader.document(file, objectName: "other", name: "file") }
        #expect(other?.kind == .unknownObject)
        file.objects.append(.init("second", file.objects[0].value))
        let several = #expect(throws: RReadError.self) { try RReader.document(file, name: "file") }
        #expect(several?.kind == .severalObjects)
        #expect(try RReader.document(file, objectName: "second", name: "file").models.count == 1)
        // A model inside of a list, by its name and by its position.
        let model = file.objects[0].value
        let list = RObject(.list([RObject(.double([1])), model]), attributes: [.init("names", RObject(.string(["number", "model"])))])
        for name in ["both$model", "both$[[2]]"] {
            var inside = RFile()
            inside.objects = [.init("both", list)]
            #expect(try RReader.document(inside, objectName: name, name: "file").models.count == 1)
        }
        for name in ["both$[[3]]", "both$[[0]]", "both$other", "other$model", "$"] {
            var inside = RFile()
            inside.objects = [.init("both", list)]
            let missing = #expect(throws: RReadError.self) { try RReader.document(inside, objectName: name, name: "file") }
            #expect(missing?.kind == .unknownObject && missing?.message.hasSuffix("but both") == true)
        }
        // A list without names, and objects of which none is a model.
        var unnamed = RFile()
        unnamed.objects = [.init(nil, RObject(.list([RObject(.double([1])), model])))]
        let position = #expect(throws: RReadError.self) { try RReader.document(unnamed, name: "file") }
        #expect(position?.message == "the list has no names for the models in it: --object '[[2]]' takes one of them")
        #expect(try RReader.document(unnamed, objectName: "[[2]]", name: "file").models.count == 1)
        var others = RFile()
        others.objects = [.init("x", RObject(.double([1])))]
        let other1 = #expect(throws: RReadError.self) { try RReader.document(others, name: "file") }
        #expect(other1?.kind == .unsupportedClass)
        others.objects.append(.init("f", RObject(.integer([1]), attributes: [.init("class", RObject(.string(["factor"])))])))
        let none = #expect(throws: RReadError.self) { try RReader.document(others, name: "file") }
        #expect(none?.kind == .noModel && none?.message == "none of the file's objects is a model that is supported: x (no class), f (factor)")

        file.objects = [.init(nil, RObject(.list([]), attributes: [.init("class", RObject(.string(["strange"])))]))]
        let strange = #expect(throws: RReadError.self) { try RReader.document(file, name: "file") }
        #expect(strange?.kind == .unsupportedClass)
        #expect(strange?.message.contains("strange") == true)
    }
}
