/// Turns the word streams of an image into constants and steps, checking every operand.
enum ProgramLoader {
    /// The section `constants`: (register, isMissing, value) in turn; a value is a number's index or a string's code.
    static func constants(
        image: ProgramImage, pools: Pools, kinds: [RegisterKind], defined: inout [Bool]
    ) throws(FormatError) -> [Program.ConstantCell] {
        let words = try image.slab("constants", as: Int32.self)
        var reader = OperandReader(words: words, range: 0..<words.count, pools: pools, kinds: kinds, defined: defined, section: "constants")
        var found: [Program.ConstantCell] = []
        for _ in 0..<(words.count / 3) {
            let index = try reader.int(in: 0...max(0, kinds.count - 1))
            guard index < kinds.count, !defined[index] else { throw reader.error("register-order", "register \(index) is written twice") }
            let isMissing = try reader.flag()
            var number = 0.0
            var code: Int32 = 0
            switch kinds[index] {
            case .number: number = try reader.number()
            case .text: code = try reader.code()
            case .list: throw reader.error("register-kind", "a list cannot be constant")
            }
            defined[index] = true
            found.append(Program.ConstantCell(register: Int32(index), number: number, code: code, isMissing: isMissing))
        }
        try reader.finish()
        return found
    }

    /// The section `program`: for each instruction its operation's name (a string code), the number of its words, its words.
    static func steps(
        image: ProgramImage, pools: Pools, kinds: [RegisterKind], defined: [Bool], results: [ResultField]
    ) throws(FormatError) -> [Program.Step] {
        let words = try image.slab("program", as: Int32.self)
        var reader = OperandReader(words: words, range: 0..<0, pools: pools, kinds: kinds, defined: defined, section: "program")
        var steps: [Program.Step] = []
        var openBlocks: [Int] = []
        var position = 0
        var operations: [Int32: KernelEntry] = [:]
        while position < words.count {
            guard position + 2 <= words.count else { throw reader.error("program-short", "an instruction is cut off") }
            let code = words[position]
            let length = Int(words[position + 1])
            guard code >= 0, Int(code) < pools.strings.count else { throw reader.error("pool-range", "there is no string \(code)") }
            guard length >= 0, length <= words.count - position - 2 else { throw reader.error("program-short", "an instruction is cut off") }
            position += 2
            reader.restart(position..<position + length)
            position += length
            let name = pools.strings.string(code)
            switch name {
            case BlockMarker.begin:
                let guarded = try reader.input(.number)
                openBlocks.append(steps.count)
                guard openBlocks.count <= 10_000 else { throw reader.error("block-depth", "blocks are nested too deeply") }
                steps.append(Program.Step(action: .block(guarded: guarded, end: 0), reads: reader.reads, writes: [], hasEffect: false))
            case BlockMarker.end:
                guard let start = openBlocks.popLast(), case .block(let guarded, _) = steps[start].action else {
                    throw reader.error("block-end", "a block ends that did not begin")
                }
                steps[start].action = .block(guarded: guarded, end: steps.count)
            default:
                let entry: KernelEntry
                if let known = operations[code] {
                    entry = known
                } else if let found = KernelSet.byName[name] {
                    entry = found
                    operations[code] = found
                } else {
                    throw reader.error("operation-unknown", "there is no operation \"\(name)\" in this version")
                }
                let kernel = try entry.make(&reader)
                steps.append(Program.Step(
                    action: .kernel(kernel), reads: reader.reads, writes: reader.writes, hasEffect: kernel.hasEffect))
            }
            try reader.finish()
        }
        guard openBlocks.isEmpty else { throw reader.error("block-end", "a block does not end") }
        reader.restart(0..<0)
        for result in results where !reader.isDefined(result.register.index) {
            throw FormatError(
                id: "register-order", message: "nothing writes register \(result.register.index) of result \"\(result.name)\"",
                section: "schema", offset: 0)
        }
        return steps
    }
}

/// A kernel that does more than fill its output registers: it fails rows or keeps state.
protocol EffectKernel: Kernel {}

/// Names of the two instructions that are not operations.
enum BlockMarker {
    static let begin = "block.begin"
    static let end = "block.end"
}
