import ModelTree
import Testing

@testable import Evaluation
@testable import TableCompiler

/// https://dmg.org/pmml/v4-4-1/BuiltinFunctions.html
@Suite struct FunctionTests {
    private func unary(_ name: String, _ values: [TestCell], invalid: ApplyInvalidValueTreatment = .returnInvalid) throws -> [TestCell] {
        try evaluate(.apply(name, .field("x"), invalid: invalid), TestField("x", .double, values))
    }
    private func binary(_ name: String, _ type: ValueType, _ a: [TestCell], _ b: [TestCell]) throws -> [TestCell] {
        try evaluate(.apply(name, .field("x"), .field("y")), TestField("x", type, a), TestField("y", type, b))
    }

    @Test func arithmetic() throws {
        #expect(try binary("+", .double, [1, 2.5, .missing, 1], [2, 0.5, 1, .missing]) == [3, 3, .missing, .missing])
        #expect(try binary("-", .double, [2.5], [4]) == [-1.5])
        #expect(try binary("*", .integer, [3], [4]) == [12])
        #expect(try binary("/", .integer, [7], [2]) == [3.5])
    }

    @Test func divisionByZero() throws {
        let x = TestField("x", .double, [1, 0, 4])
        let y = TestField("y", .double, [0, 0, 2])
        let division = { (treatment: ApplyInvalidValueTreatment, standard: String?) in
            Expression.apply("/", .field("x"), .field("y"), defaultValue: standard, invalid: treatment)
        }
        #expect(try evaluate(division(.returnInvalid, nil), x, y) == [.failure, .failure, 2])
        #expect(try evaluate(division(.returnInvalid, "7"), x, y) == [.failure, .failure, 2])
        #expect(try evaluate(division(.asMissing, nil), x, y) == [.missing, .missing, 2])
        #expect(try evaluate(division(.asMissing, "7"), x, y) == [7, 7, 2])
        #expect(isClose(try evaluate(division(.asIs, nil), x, y), [.number(.infinity), .number(.nan), 2]))
    }

    @Test func textsThatGrowTooLong() throws {
        // Two bytes that have no capital of their own become six: 24 MB become 72.
        let long = TestCell.text(String(repeating: "ΐ", count: 12_000_000))
        let run = try TestRun([TestField("x", .string, [long, long, "ß"])]) { compiler, scope throws(CompileError) in
            try compiler.lower(.apply("uppercase", .field("x")), in: scope)
        }
        #expect(run.cells == [.failure, .failure, "SS"])
        #expect(run.failures == ["text-too-long", "text-too-long"])
    }

    @Test func resultTypes() throws {
        func type(_ name: String, _ a: ValueType, _ b: ValueType) throws -> ValueType {
            try TestRun([TestField("x", a, [1]), TestField("y", b, [1])]) { compiler, scope throws(CompileError) in
                try compiler.lower(.apply(name, .field("x"), .field("y")), in: scope)
            }.type
        }
        #expect(try type("+", .integer, .integer) == .integer)
        #expect(try type("/", .integer, .integer) == .double)
        #expect(try type("*", .integer, .float) == .float)
        #expect(try type("-", .float, .double) == .double)
        #expect(try type("equal", .float, .double) == .boolean)
    }

    @Test func floatArithmeticRoundsEachStep() throws {
        let sum = Expression.apply("+", .field("x"), .field("y"))
        let expected = Double(Float(0.1) + Float(0.2))
        #expect(
            try evaluate(sum, TestField("x", .float, [.number(Double(Float(0.1)))]), TestField("y", .float, [.number(Double(Float(0.2)))]))
                == [.number(expected)])
        #expect(try evaluate(sum, TestField("x", .double, [0.1]), TestField("y", .double, [0.2]), isFloat: true) == [.number(expected)])
        #expect(try evaluate(sum, TestField("x", .double, [0.1]), TestField("y", .double, [0.2])) == [.number(0.1 + 0.2)])
    }

    @Test func aggregatesIgnoreMissing() throws {
        let fields = [
            TestField("a", .double, [2.5, .missing, .missing, 1]), TestField("b", .double, [4, 4, .missing, .failure]),
            TestField("c", .double, [1.5, 1, .missing, 1]),
        ]
        func run(_ name: String) throws -> [TestCell] {
            try evaluate(.apply(name, .field("a"), .field("b"), .field("c")), fields[0], fields[1], fields[2])
        }
        #expect(try run("min") == [1.5, 1, .missing, .failure])
        #expect(try run("max") == [4, 4, .missing, .failure])
        #expect(try run("sum") == [8, 5, .missing, .failure])
        #expect(try run("product") == [15, 4, .missing, .failure])
        #expect(isClose(try run("avg"), [.number(8.0 / 3), 2.5, .missing, .failure]))
        #expect(try run("median") == [2.5, 2.5, .missing, .failure])
    }

    @Test func mathematics() throws {
        #expect(isClose(try unary("log10", [1000, 0, -1]), [3, .failure, .failure]))
        #expect(isClose(try unary("ln", [1, 2.718281828459045]), [0, 1]))
        #expect(try unary("sqrt", [9, -1, .missing], invalid: .asMissing) == [3, .missing, .missing])
        #expect(try unary("abs", [-2, 3]) == [2, 3])
        #expect(isClose(try unary("exp", [0, 1]), [1, 2.718281828459045]))
        #expect(try binary("pow", .double, [2, -8, 0], [10, 0.5, -1]) == [1024, .failure, .failure])
        #expect(try binary("threshold", .double, [1, 2, 3], [2, 2, 2]) == [0, 0, 1])
        #expect(try unary("floor", [2.7, -2.2]) == [2, -3])
        #expect(try unary("ceil", [2.2, -2.7]) == [3, -2])
        #expect(try unary("round", [2.5, -2.5, 2.4, 0.49999999999999994]) == [3, -2, 2, 0])
        #expect(try unary("rint", [2.5, 3.5, -1.7, 0.4]) == [2, 4, -2, 0])
        #expect(try binary("modulo", .integer, [11, 9, -10, 10, 5], [3, -7, 3, -3, 0]) == [2, -5, 2, -2, .failure])
        #expect(isClose(try unary("expm1", [1e-10]), [1.00000000005e-10]))
        #expect(isClose(try unary("ln1p", [1e-10]), [9.9999999995e-11]))
        #expect(try binary("hypot", .double, [3], [4]) == [5])
        #expect(try unary("asin", [2]) == [.failure])
        #expect(isClose(try unary("tanh", [0.5]), [0.46211715726000975]))
        #expect(isClose(try unary("expit", [0, 2]), [0.5, 0.8807970779778823]))
    }

    @Test func normalDistribution() throws {
        let parameters = [Expression.constant("1"), Expression.constant("2")]
        func normal(_ name: String, _ values: [TestCell]) throws -> [TestCell] {
            try evaluate(.apply(name, .field("x"), parameters[0], parameters[1]), TestField("x", .double, values))
        }
        #expect(isClose(try normal("normalIDF", [0.1, 0.5, 0.9, 0]), [-1.5631031310892016, 1, 3.5631031310892016, .failure]))
        #expect(isClose(try normal("normalCDF", [1, 3]), [0.5, 0.8413447460685429]))
        #expect(isClose(try normal("normalPDF", [1]), [0.19947114020071635]))
        #expect(isClose(try unary("stdNormalIDF", [0.975, 1e-10]), [1.959963984540054, -6.361340902404056]))
        #expect(isClose(try unary("stdNormalCDF", [-1.96]), [0.024997895148220435]))
        #expect(isClose(try unary("erf", [0.5]), [0.5204998778130465]))
    }

    @Test func missingAndInvalid() throws {
        let cells: [TestCell] = [1, .missing, .invalid(11), .failure]
        #expect(try unary("isMissing", cells) == [false, true, false, .failure])
        #expect(try unary("isNotMissing", cells) == [true, false, true, .failure])
        #expect(try unary("isValid", cells) == [true, false, false, .failure])
        #expect(try unary("isNotValid", cells) == [false, true, true, .failure])
        #expect(try evaluate(.apply("+", .field("x"), .constant("1")), TestField("x", .double, [.invalid(11)])) == [12])
    }

    @Test func mapMissingToAndDefault() throws {
        let (x, y) = (TestField("x", .double, [1, .missing, .failure]), TestField("y", .double, [2, 2, .missing]))
        #expect(try evaluate(.apply("+", .field("x"), .field("y"), mapMissingTo: "-1"), x, y) == [3, -1, .failure])
        #expect(try evaluate(.apply("+", .field("x"), .field("y"), defaultValue: "7"), x, y) == [3, 7, .failure])
        #expect(try evaluate(.apply("+", .field("x", mapMissingTo: "10"), .field("y")), x, y) == [3, 12, .failure])
    }

    @Test func comparisons() throws {
        let (a, b): ([TestCell], [TestCell]) = ([1, 2, 3, .missing], [2, 2, 2, 2])
        #expect(try binary("equal", .double, a, b) == [false, true, false, .missing])
        #expect(try binary("notEqual", .double, a, b) == [true, false, true, .missing])
        #expect(try binary("lessThan", .double, a, b) == [true, false, false, .missing])
        #expect(try binary("lessOrEqual", .double, a, b) == [true, true, false, .missing])
        #expect(try binary("greaterThan", .double, a, b) == [false, false, true, .missing])
        #expect(try binary("greaterOrEqual", .double, a, b) == [false, true, true, .missing])
        #expect(try binary("lessThan", .string, ["a", "B", "ab"], ["b", "a", "a"]) == [true, true, false])
        #expect(try binary("equal", .string, ["a", "A"], ["a", "a"]) == [true, false])
    }

    @Test func literalsHaveTheFieldsType() throws {
        let number = TestField("x", .integer, [1, 2])
        #expect(try evaluate(.apply("equal", .field("x"), .constant("1.0", .string)), number) == [true, false])
        #expect(try evaluate(.apply("equal", .field("x"), .constant("none", .string)), number) == [false, false])
        #expect(try evaluate(.apply("notEqual", .field("x"), .constant("none", .string)), number) == [true, true])
        let text = TestField("x", .string, ["1", "1.0"])
        #expect(try evaluate(.apply("equal", .field("x"), .constant("1")), text) == [true, false])
        #expect(try evaluate(.apply("isIn", .field("x"), .constant("1"), .constant("2")), text) == [true, false])
        #expect(try evaluate(.apply("isNotIn", .field("x"), .constant("1", .string), .constant("5")), number) == [false, true])
        #expect(try evaluate(.apply("equal", .field("x"), .constant("true")), TestField("x", .boolean, [true, false])) == [true, false])
    }

    @Test func ordinalOrder() throws {
        let sizes = TestField("x", .string, ["small", "medium", "large", "huge"], order: ["small", "medium", "large"])
        #expect(try evaluate(.apply("lessThan", .field("x"), .constant("large")), sizes) == [true, true, false, false])
    }

    @Test func logicHasThreeValues() throws {
        let a: [TestCell] = [true, true, true, false, false, .missing]
        let b: [TestCell] = [true, false, .missing, false, .missing, .missing]
        #expect(try binary("and", .boolean, a, b) == [true, false, .missing, false, false, .missing])
        #expect(try binary("or", .boolean, a, b) == [true, true, true, false, .missing, .missing])
        #expect(try evaluate(.apply("not", .field("x")), TestField("x", .boolean, [true, false, .missing])) == [false, true, .missing])
    }

    @Test func ifTakesOneBranch() throws {
        let c = TestField("c", .boolean, [true, false, .missing, true])
        let (x, y) = (TestField("x", .double, [1, .failure, 3, .missing]), TestField("y", .double, [.failure, 20, 30, 40]))
        #expect(try evaluate(.apply("if", .field("c"), .field("x"), .field("y")), c, x, y) == [1, 20, .missing, .missing])
        #expect(try evaluate(.apply("if", .field("c"), .field("x")), c, x) == [1, .missing, .missing, .missing])
        #expect(try evaluate(.apply("if", .field("c"), .constant("yes"), .constant("no")), c) == ["yes", "no", .missing, "yes"])
        #expect(try evaluate(.apply("if", .field("c"), .constant("0.50"), .constant("no")), c) == ["0.50", "no", .missing, "0.50"])
    }

    @Test func texts() throws {
        func text(_ name: String, _ values: [TestCell], _ more: Expression...) throws -> [TestCell] {
            let arguments = [Expression.field("s")] + more
            return try evaluate(Expression(.apply(Apply(function: name, arguments: arguments))), TestField("s", .string, values))
        }
        #expect(try text("uppercase", ["aBc9", "é", .missing]) == ["ABC9", "É", .missing])
        #expect(try text("lowercase", ["aBC9", "É"]) == ["abc9", "é"])
        #expect(try text("stringLength", ["", "äb", .missing]) == [0, 2, .missing])
        #expect(try text("trimBlanks", ["  a b  ", "", "   "]) == ["a b", "", ""])
        #expect(try text("substring", ["aBc9x", "é1", ""], .constant("2"), .constant("3")) == ["Bc9", "1", ""])
        #expect(try text("substring", ["abc"], .constant("0"), .constant("2")) == ["a"])
        #expect(try text("concat", ["a", .missing], .constant("-"), .constant("2")) == ["a-2", .missing])
        #expect(try evaluate(.apply("concat", .field("x"), .constant("m")), TestField("x", .double, [2, 2.5])) == ["2m", "2.5m"])
    }

    @Test func patterns() throws {
        func text(_ values: [TestCell], _ pattern: String, _ replacement: String) throws -> [TestCell] {
            try evaluate(.apply("replace", .field("s"), .constant(pattern), .constant(replacement)), TestField("s", .string, values))
        }
        #expect(try text(["BBBB", "abBa"], "B+", "c") == ["c", "abca"])
        #expect(try text(["john-smith"], "(\\w+)-(\\w+)", "$2, $1 \\$") == ["smith, john $"])
        #expect(try text(["abc", "é"], "x*", "-") == ["-a-b-c-", "-é-"])
        // A group that took no part is empty, also where a later one did.
        #expect(try text(["b", "ab"], "(a)|(b)", "[$1]") == ["[]", "[a][]"])
        // Long texts are searched piece by piece, which changes nothing: not in front of a piece, nor inside a character.
        let long = String(repeating: "é", count: 40_000)
        #expect(try text([.text(long + "x1y" + long)], "(?<=é)x(\\d)y(?=é)", "$1") == [.text(long + "1" + long)])
        #expect(try text([.text(long)], "é+$", "-") == ["-"])
        #expect(try text([.text(long)], "x", "-") == [.text(long)])
        #expect(try text([.text(long)], "$", "!") == [.text(long + "!")])
        let months: [TestCell] = ["January", "February", "March", .missing]
        #expect(try evaluate(.apply("matches", .field("s"), .constant("ar?y")), TestField("s", .string, months)) == [true, true, false, .missing])
        #expect(throws: CompileError.self) { try text(["a"], "(", "") }
    }

    @Test func hostilePatternFailsItsRow() throws {
        let run = try TestRun([TestField("s", .string, [.text(String(repeating: "a", count: 40) + "!"), "aaa"])]) { compiler, scope throws(CompileError) in
            try compiler.lower(.apply("matches", .field("s"), .constant("^(a+)+$")), in: scope)
        }
        #expect(run.cells[1] == true)
        #expect(run.cells[0] == .failure || run.cells[0] == false)
    }

    @Test func numbersAsText() throws {
        func format(_ pattern: String, _ value: TestCell) throws -> [TestCell] {
            try evaluate(.apply("formatNumber", .field("x"), .constant(pattern)), TestField("x", .double, [value]))
        }
        #expect(try format("%3d", 2) == ["  2"])
        #expect(try format("%.2f", 3.14159) == ["3.14"])
        #expect(try format("%05.1f%%", 2.25) == ["002.2%"])
        #expect(try format("no. %s", 2.5) == ["no. 2.5"])
        #expect(throws: CompileError.self) { try format("%n", 2) }
    }

    @Test func wrongCalls() {
        #expect(throws: CompileError.self) { try evaluate(.apply("+", .constant("1"))) }
        #expect(throws: CompileError.self) { try evaluate(.apply("no-such-function", .constant("1"))) }
        #expect(throws: CompileError.self) { try evaluate(.field("nowhere")) }
    }

    @Test func everyRowHasAnOperationThatExists() {
        for builtin in Builtins.all {
            #expect(Builtins.named(builtin.name)?.meaning == builtin.meaning)
            #expect(!builtin.meaning.isEmpty)
            if let operation = builtin.operation { #expect(KernelSet.byName[operation] != nil, "\(operation)") }
        }
    }
}
