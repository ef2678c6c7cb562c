import Testing

@testable import Evaluation

/// An instruction with operands that no compiler writes, and what must come of loading its program.
struct ForgedOperands: Sendable, CustomTestStringConvertible {
    let name: String
    /// nil: they do no harm, and the program runs.
    let id: String?
    /// Emits the instruction; a number and a text are there to be read.
    let emit: @Sendable (ProgramBuilder, _ x: Register, _ s: Register) -> Register

    var testDescription: String { name }

    init(_ name: String, _ id: String?, _ emit: @escaping @Sendable (ProgramBuilder, _ x: Register, _ s: Register) -> Register) {
        (self.name, self.id, self.emit) = (name, id, emit)
    }

    static let all: [ForgedOperands] = machines + forecasts + trees + texts + [
        ForgedOperands("a block ends that did not begin", "block-end") { builder, x, _ in
            _ = builder.emit(BlockMarker.end, [], countFirst: false) { _ in }
            return x
        },
        ForgedOperands("an item outside its field's table", "operand-range") { builder, x, _ in
            builder.emit("cluster.compare", [.number, .number], countFirst: true) {
                $0.flag(false)
                $0.int(2)
                $0.numbers([])
                $0.int(1)
                $0.register(x)
                for number in [1.0, 1.0] { $0.number(number) }
                $0.int(4)
                $0.number(1)
                $0.numbers([0, 1, 1, 0])
                $0.numbers([0, 2])
            }[0]
        },
        ForgedOperands("an index beyond the lists", nil) { builder, x, _ in builder.element(pick(x, builder), 1) },
    ]

    private static func pick(_ index: Register, _ builder: ProgramBuilder) -> Register {
        builder.emit("list.pick", .list) {
            $0.register(index)
            $0.integers([0, 0])
            $0.flag(true)
            $0.codes([])
            $0.numbers([])
        }
    }

    private static let machines = [
        ForgedOperands("a kernel function that there is not", "operand-range") { builder, x, _ in
            builder.emit("machine.values", [.number], countFirst: true) {
                $0.registers([x])
                $0.flag(false)
                $0.int(99)
            }[0]
        },
        ForgedOperands("a machine without votes", "operand-range") { builder, x, _ in
            builder.emit("machine.votes", [.number], countFirst: true) {
                $0.registers([x])
                $0.numbers([])
                $0.integers([])
                $0.integers([])
                $0.flag(false)
            }[0]
        },
    ]

    private static let forecasts = [
        ForgedOperands("a regressor with fewer values than the series' coefficients", "operand-range") { builder, x, _ in
            regressed(TransferForecast(numerator: [1], denominator: [], history: [1], past: [], future: .constant, transformation: 0), [1, 2, 3], x, builder)
        },
        ForgedOperands("a regressor without a numerator", "operand-range") { builder, x, _ in
            regressed(TransferForecast(numerator: [], denominator: [], history: [1], past: [1, 1], future: .constant, transformation: 0), [1, 2], x, builder)
        },
    ]

    private static func regressed(_ regressor: TransferForecast, _ coefficients: [Double], _ x: Register, _ builder: ProgramBuilder) -> Register {
        var method = RecurrenceForecast(
            constant: 0, coefficients: [0.5], history: [1], additions: [], errorCoefficients: [], effects: [], rmse: 1)
        method.regressors = [regressor]
        method.regressorCoefficients = coefficients
        return builder.forecast(x, field: nil, .recurrence(method)).mean
    }

    private static let trees = [
        ForgedOperands("small trees: an exit for no node", "tree-nodes") { builder, x, _ in
            forest("forest.sum.masks", x, builder) {
                $0.bytes([])
                $0.integers([0])
                $0.integers([])
                $0.integers([1])
            }
        },
        ForgedOperands("large trees that cover nothing", "tree-roots") { builder, x, _ in
            forest("forest.sum.rows", x, builder) {
                $0.int(0)
                $0.bytes([])
                for _ in 0..<4 { $0.integers([]) }
            }
        },
        ForgedOperands("large trees without columns", "tree-nodes") { builder, x, _ in
            forest("forest.sum.rows", x, builder) {
                $0.int(0)
                $0.bytes([])
                $0.integers([0])
                for _ in 0..<3 { $0.integers([]) }
            }
        },
        ForgedOperands("a tree that spreads rows, without amounts", "tree-nodes") { builder, x, _ in
            builder.emit(TreeWeighKernel.name, [.number, .number], countFirst: true) {
                $0.flag(false)
                $0.flag(false)
                $0.registers([x])
                $0.integers([-1, -1, 2, 0])
                $0.numbers([1, 1])
                $0.numbers([])
            }[0]
        },
    ]

    private static func forest(_ name: String, _ x: Register, _ builder: ProgramBuilder, _ table: (inout OperandWriter) -> Void) -> Register {
        builder.emit(name, .number) {
            $0.number(0)
            $0.flag(false)
            $0.flag(false)
            $0.int(0)
            $0.number(0)
            $0.numbers([])
            $0.numbers([.nan])
            TreePlanes.encode([], numbers: [], sets: [], features: [x], &$0)
            table(&$0)
        }
    }

    private static let texts = [
        ForgedOperands("a pattern that is none", "pattern") { builder, _, s in
            builder.emit("text.matches", .number) {
                $0.register(s)
                $0.register(builder.constant("("))
                $0.optional("(")
            }
        },
        ForgedOperands("words cut by a separator that is no pattern", "pattern") { builder, _, s in
            count(builder.emit("text.words", .list) {
                $0.register(s)
                $0.string("(")
                $0.optional(nil as String?)
                $0.flag(false)
            }, builder)
        },
        ForgedOperands("words of a register that holds none", nil) { builder, x, _ in count(pick(x, builder), builder) },
        ForgedOperands("a text normalized by words that no pattern cuts", "pattern") { builder, _, s in normalized(s, separator: "(", rules: [], builder) },
        ForgedOperands("a text normalized by a pattern that is none", "pattern") { builder, _, s in
            normalized(s, separator: " ", rules: ["(", "x", "regex"], builder)
        },
    ]

    private static func count(_ words: Register, _ builder: ProgramBuilder) -> Register {
        builder.emit("text.count", .number) {
            $0.register(words)
            $0.int(0)
            $0.codes(["a"])
        }
    }

    private static func normalized(_ s: Register, separator: String, rules: [String], _ builder: ProgramBuilder) -> Register {
        let text = builder.emit("text.normalize", .text) {
            $0.register(s)
            $0.string(separator)
            $0.optional(nil as String?)
            for _ in 0..<3 { $0.flag(false) }
            $0.int(0)
            $0.int(1)
            $0.codes(rules)
        }
        return builder.emit("value.present", .number) { $0.register(text) }
    }
}

@Suite struct OperandTests {
    @Test(arguments: ForgedOperands.all)
    func forged(_ operands: ForgedOperands) {
        let builder = ProgramBuilder()
        let (x, s) = (builder.inputRegister(.number), builder.inputRegister(.text))
        builder.schema.inputs = [
            InputField(name: "x", type: .double, opType: .continuous, usage: "active", register: x),
            InputField(name: "s", type: .string, opType: .categorical, usage: "active", register: s),
        ]
        let result = operands.emit(builder, x, s)
        builder.schema.results = [ResultField(name: "y", type: .double, opType: .continuous, role: .output, feature: "transformedValue", register: result)]
        let outcome = Outcome(builder)
        if let id = operands.id { #expect(outcome == .error(id)) } else { #expect(!outcome.isError) }
    }

    @Test func namesAreDifferent() { #expect(Set(ForgedOperands.all.map(\.name)).count == ForgedOperands.all.count) }
}
