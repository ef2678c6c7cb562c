/// The instructions of a program that a chosen set of results needs, in order.
public final class Plan: Sendable {
    /// The tables that are run.
    public let program: Program
    /// The results that it computes.
    public let results: [ResultField]
    let resultRegisters: [Int32]
    private let steps: [Program.Step]
    /// The steps as they are run.
    private let actions: [BoundAction]

    /// - Parameter results: indices into `program.schema.results`; nil takes the default ones.
    public convenience init(_ program: Program, results chosen: [Int]? = nil) {
        let all = program.schema.results
        let indices = chosen ?? all.indices.filter { all[$0].isDefault }
        self.init(program, fields: indices.compactMap { all.indices.contains($0) ? all[$0] : nil })
    }

    /// - Parameter fields: what to give; each field's register is one of the program's results or inputs.
    public init(_ program: Program, fields: [ResultField]) {
        self.program = program
        results = fields
        resultRegisters = results.map(\.register.index)
        steps = Plan.live(program, roots: resultRegisters)
        actions = steps.map { step in
            switch step.action {
            case .kernel(let kernel): BoundAction(kernel: Unmanaged.passUnretained(kernel), guarded: 0, end: 0)
            case .block(let guarded, let end): BoundAction(kernel: nil, guarded: guarded, end: end)
            }
        }
    }

    /// Whether the plan reads an input; inputs that it does not read need not be filled.
    public func reads(_ register: Register) -> Bool { needed.contains(register.index) }
    private var needed: Set<Int32> { Set(steps.flatMap(\.reads)).union(resultRegisters) }

    /// Registers read by the plan, computed once by callers that ask for many.
    public var readRegisters: Set<Int32> { needed }

    /// Drops the steps on which no root depends; effects (row failures, state) are roots themselves.
    private static func live(_ program: Program, roots: [Int32]) -> [Program.Step] {
        var wanted = [Bool](repeating: false, count: program.registerKinds.count)
        for root in roots { wanted[Int(root)] = true }
        var kept = [Bool](repeating: false, count: program.steps.count)
        for index in program.steps.indices.reversed() {
            let step = program.steps[index]
            let isLive: Bool
            switch step.action {
            case .kernel: isLive = step.hasEffect || step.writes.contains { wanted[Int($0)] }
            case .block(let guarded, let end):
                isLive = (index + 1..<end).contains { kept[$0] }
                if isLive { wanted[Int(guarded)] = true }
            }
            if isLive {
                kept[index] = true
                for register in step.reads { wanted[Int(register)] = true }
            }
        }
        var newIndex = [Int](repeating: 0, count: program.steps.count + 1)
        for index in program.steps.indices { newIndex[index + 1] = newIndex[index] + (kept[index] ? 1 : 0) }
        return program.steps.indices.compactMap { index in
            guard kept[index] else { return nil }
            var step = program.steps[index]
            if case .block(let guarded, let end) = step.action { step.action = .block(guarded: guarded, end: newIndex[end]) }
            return step
        }
    }

    /// Runs every step over the frame's batch; a block whose guard holds for no row is skipped.
    func run(_ frame: Frame) {
        actions.withUnsafeBufferPointer { actions in
            var index = 0
            while index < actions.count {
                if let kernel = actions[index].kernel {
                    kernel._withUnsafeGuaranteedRef { $0.run(frame) }
                    index &+= 1
                } else {
                    index = Plan.anyActive(frame, actions[index].guarded) ? index &+ 1 : actions[index].end
                }
            }
        }
    }

    /// A kernel, or a block of steps up to `end`. The program keeps the kernels; counting references at each step would cost more than a
    /// small kernel does.
    private struct BoundAction: @unchecked Sendable {
        var kernel: Unmanaged<BoundKernel>?
        var guarded: Int32
        var end: Int
    }

    /// Whether a condition is true for any row of the batch.
    private static func anyActive(_ frame: Frame, _ register: Int32) -> Bool {
        let values = frame.numbers(register)
        let status = frame.status(register)
        for row in 0..<frame.count where status[row] & CellStatus.missing == 0 && values[row] != 0 { return true }
        return false
    }
}
