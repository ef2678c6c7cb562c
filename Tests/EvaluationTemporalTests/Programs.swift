import Testing

@testable import Evaluation

/// Builds a program of a few operations and runs it, for tests of single operations.
struct Bench {
    let builder = ProgramBuilder()
    private var inputs: [Register] = []
    private var capacity: Int?

    init(capacity: Int? = nil) { self.capacity = capacity }

    mutating func input(_ kind: RegisterKind) -> Register {
        let register = builder.inputRegister(kind)
        inputs.append(register)
        builder.schema.inputs.append(InputField(
            name: "i\(inputs.count)", type: kind == .text ? .string : .double, opType: .continuous, usage: "active", register: register,
            elementType: kind == .list ? .double : nil))
        return register
    }

    func frame(_ results: [Register]) throws -> Frame {
        for (index, result) in results.enumerated() {
            builder.schema.results.append(ResultField(
                name: "r\(index)", type: result.kind == .text ? .string : .double, opType: .continuous, role: .output,
                feature: "transformedValue", register: result))
        }
        return Frame(plan: Plan(try Program(image: builder.finish())), capacity: capacity)
    }
}

extension Frame {
    func fill(_ register: Register, _ texts: [String?]) {
        for (row, text) in texts.enumerated() {
            codes(register.index)[row] = text.map { intern($0) } ?? 0
            status(register.index)[row] = text == nil ? CellStatus.missing : 0
        }
        count = texts.count
    }

    func fill(_ register: Register, _ values: [Double?]) {
        for (row, value) in values.enumerated() {
            numbers(register.index)[row] = value ?? 0
            status(register.index)[row] = value == nil ? CellStatus.missing : 0
        }
        count = values.count
    }

    func numberColumn(_ register: Register) -> [Double?] {
        (0..<count).map { status(register.index)[$0] & CellStatus.missing == 0 ? numbers(register.index)[$0] : nil }
    }

    func textColumn(_ register: Register) -> [String?] {
        (0..<count).map {
            status(register.index)[$0] & CellStatus.missing == 0 ? String(decoding: text(codes(register.index)[$0]), as: UTF8.self) : nil
        }
    }
}
