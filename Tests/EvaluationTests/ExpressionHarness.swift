import ModelTree

@testable import Evaluation
@testable import TableCompiler

/// A cell of a test's column.
enum TestCell: Equatable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, ExpressibleByBooleanLiteral {
    case number(Double)
    case text(String)
    case missing
    /// A value that is invalid but kept.
    case invalid(Double)
    case failure

    init(floatLiteral value: Double) { self = .number(value) }
    init(integerLiteral value: Int) { self = .number(Double(value)) }
    init(stringLiteral value: String) { self = .text(value) }
    init(booleanLiteral value: Bool) { self = .number(value ? 1 : 0) }

    /// Equal up to the last bits of a number.
    func isClose(to other: TestCell) -> Bool {
        guard case .number(let a) = self, case .number(let b) = other else { return self == other }
        return a == b || (a.isNaN && b.isNaN) || (a - b).magnitude <= 2e-15 * max(1, b.magnitude)
    }
}

/// A field of a test: its type and its values, one per row.
struct TestField {
    var name: String
    var type: ValueType
    var cells: [TestCell]
    var order: [String]?
    init(_ name: String, _ type: ValueType, _ cells: [TestCell], order: [String]? = nil) {
        self.name = name
        self.type = type
        self.cells = cells
        self.order = order
    }
}

/// Compiles one expression over some fields, runs it and gives its column.
struct TestRun {
    var cells: [TestCell] = []
    var type = ValueType.double
    var failures: [String] = []

    init(
        _ fields: [TestField], functions: [DefineFunction] = [], isFloat: Bool = false,
        _ body: (Compiler, Scope) throws(CompileError) -> TypedValue
    ) throws {
        let compiler = Compiler(Document(name: "test", transformations: Transformations(functions: functions)))
        let scope = Scope(.model, parent: nil, blockDepth: 0, isFloat: isFloat)
        var inputs: [Register] = []
        for field in fields {
            let register = compiler.builder.inputRegister(field.type.kind)
            inputs.append(register)
            scope.define(field.name, TypedValue(register, field.type, order: field.order))
            compiler.builder.schema.inputs.append(
                InputField(name: field.name, type: field.type, opType: .continuous, usage: "active", register: register))
        }
        let value = try body(compiler, scope)
        type = value.type
        compiler.builder.schema.results = [
            ResultField(name: "result", type: value.type, opType: value.opType, role: .output, feature: "transformedValue", register: value.register)
        ]
        let program = try Program(image: compiler.builder.finish())
        let frame = Frame(plan: Plan(program), capacity: 64)
        frame.begin()
        frame.count = fields.map(\.cells.count).max() ?? 1
        for (field, register) in zip(fields, inputs) {
            for (row, cell) in field.cells.enumerated() {
                frame.status(register.index)[row] = 0
                switch cell {
                case .number(let number): frame.numbers(register.index)[row] = number
                case .text(let text): frame.codes(register.index)[row] = frame.intern(text)
                case .missing: frame.status(register.index)[row] = CellStatus.missing
                case .invalid(let number):
                    frame.numbers(register.index)[row] = number
                    frame.status(register.index)[row] = CellStatus.invalid
                case .failure: frame.status(register.index)[row] = CellStatus.failed
                }
            }
        }
        frame.run()
        for row in 0..<frame.count {
            let status = frame.status(value.register.index)[row]
            if status & CellStatus.failure != 0 {
                cells.append(.failure)
                failures.append(frame.failure(of: row)?.id ?? "")
            } else if status & CellStatus.missing != 0 {
                cells.append(.missing)
            } else if value.register.kind == .text {
                cells.append(.text(String(decoding: frame.text(frame.codes(value.register.index)[row]), as: UTF8.self)))
            } else {
                cells.append(.number(frame.numbers(value.register.index)[row]))
            }
        }
    }
}

extension Expression {
    static func field(_ name: String, mapMissingTo: String? = nil) -> Expression {
        Expression(.fieldRef(FieldRef(field: name, mapMissingTo: mapMissingTo)))
    }
    static func constant(_ value: String, _ type: DataType? = nil) -> Expression {
        Expression(.constant(Constant(dataType: type, value: value)))
    }
    static func apply(
        _ function: String, _ arguments: Expression..., mapMissingTo: String? = nil, defaultValue: String? = nil,
        invalid: ApplyInvalidValueTreatment = .returnInvalid
    ) -> Expression {
        Expression(.apply(Apply(
            function: function, mapMissingTo: mapMissingTo, defaultValue: defaultValue, invalidValueTreatment: invalid, arguments: arguments)))
    }
}

/// The column of an expression.
func evaluate(_ expression: Expression, _ fields: TestField..., functions: [DefineFunction] = [], isFloat: Bool = false) throws -> [TestCell] {
    try TestRun(fields, functions: functions, isFloat: isFloat) { compiler, scope throws(CompileError) in
        try compiler.lower(expression, in: scope)
    }.cells
}

func isClose(_ found: [TestCell], _ expected: [TestCell]) -> Bool {
    found.count == expected.count && zip(found, expected).allSatisfy { $0.isClose(to: $1) }
}
