/// The columns that a table of trees tests.
public struct TreeInputs: Sendable {
    public var registers: [Register]
    /// Per register whether its column holds only binary32 numbers.
    public var binary32: [Bool]

    public init(registers: [Register], binary32: [Bool]) {
        self.registers = registers
        self.binary32 = binary32
    }
}

extension ProgramBuilder {
    /// All trees of a regression ensemble added up or averaged. `scores[0]` belongs to "no result".
    ///
    /// - Parameter form: the form of the table if the trees fit it; nil takes the fastest.
    public func forestSum(
        _ trees: FlatTrees, inputs: TreeInputs, scores: [Double], weights: [Double], start: Double = 0, isAverage: Bool,
        isFloat: Bool, missing: MissingMember, threshold: Double, form: TreeForm? = nil
    ) -> Register {
        let packing = TreePacking(trees, features: inputs.registers, binary32: inputs.binary32, amounts: scores, width: 1, form: form)
        return emit(packing.name("forest.sum"), .number) { writer in
            writer.number(start)
            writer.flag(isFloat)
            writer.flag(isAverage)
            writer.int(missing.rawValue)
            writer.number(threshold)
            writer.numbers(weights)
            writer.numbers(packing.amounts)
            packing.write(&writer)
        }
    }

    /// As above, of a large forest; nil if it does not fit the form.
    public func forestSum(
        _ forest: LargeForest, inputs: TreeInputs, weights: [Double], isAverage: Bool, missing: MissingMember, threshold: Double
    ) -> Register? {
        guard let packing = LargeForestPacking(forest, features: inputs.registers.count, amounts: [.nan], pools: pools) else { return nil }
        return emit("forest.sum" + RowTrees.suffix, .number) { writer in
            writer.number(0)
            writer.flag(false)
            writer.flag(isAverage)
            writer.int(missing.rawValue)
            writer.number(threshold)
            writer.numbers(weights)
            writer.slice(packing.amounts)
            packing.encode(inputs.registers, &writer)
        }
    }

    /// As below, of a large forest; nil if it does not fit the form.
    public func forestClasses(
        _ forest: LargeForest, inputs: TreeInputs, amounts: [Double], classes: Int, weights: [Double], missing: MissingMember, threshold: Double
    ) -> [Register]? {
        guard let packing = LargeForestPacking(forest, features: inputs.registers.count, amounts: amounts, pools: pools) else { return nil }
        return emit("forest.classes" + RowTrees.suffix, [RegisterKind](repeating: .number, count: classes), countFirst: true) { writer in
            writer.flag(false)
            writer.int(missing.rawValue)
            writer.number(threshold)
            writer.numbers(weights)
            writer.slice(packing.amounts)
            packing.encode(inputs.registers, &writer)
        }
    }

    /// The weighted mean of the trees' amounts of each class. The first `classes` amounts belong to "no result".
    ///
    /// - Parameter form: the form of the table if the trees fit it; nil takes the fastest.
    public func forestClasses(
        _ trees: FlatTrees, inputs: TreeInputs, amounts: [Double], classes: Int, weights: [Double], isFloat: Bool,
        missing: MissingMember, threshold: Double, form: TreeForm? = nil
    ) -> [Register] {
        let packing = TreePacking(trees, features: inputs.registers, binary32: inputs.binary32, amounts: amounts, width: classes, form: form)
        return emit(packing.name("forest.classes"), [RegisterKind](repeating: .number, count: classes), countFirst: true) { writer in
            writer.flag(isFloat)
            writer.int(missing.rawValue)
            writer.number(threshold)
            writer.numbers(weights)
            writer.numbers(packing.amounts)
            packing.write(&writer)
        }
    }

    /// One tree: what each of some tables over its results has for the one that a row reaches; NaN means missing. The tables' first
    /// numbers belong to "no result".
    public func treeAnswers(_ tree: FlatTrees, inputs: TreeInputs, tables: [[Double]], form: TreeForm? = nil) -> [Register] {
        var amounts: [Double] = []
        for result in (tables.first ?? []).indices { for table in tables { amounts.append(table[result]) } }
        let packing = TreePacking(tree, features: inputs.registers, binary32: inputs.binary32, amounts: amounts, width: tables.count, form: form)
        return emit(packing.name("tree.answers"), [RegisterKind](repeating: .number, count: tables.count), countFirst: true) { writer in
            writer.numbers(packing.amounts)
            packing.write(&writer)
        }
    }

    /// One tree: the number of the result that a row reaches, and how many default children it took.
    public func treeWalk(_ trees: FlatTrees, features: [Register], resultCount: Int) -> (result: Register, defaultSteps: Register) {
        let registers = emit(TreeWalkKernel.name, [.number, .number]) {
            TreeWalkKernel.encode(&$0, resultCount: resultCount, trees: trees, features: features)
        }
        return (registers[0], registers[1])
    }
}

extension TreePacking {
    /// The operation's name for tables of this form.
    func name(_ operation: String) -> String {
        switch form {
        case .masks: operation + MaskTrees.suffix
        case .rows: operation + RowTrees.suffix
        case .nodes: operation + TreeTable.suffix
        }
    }
}
