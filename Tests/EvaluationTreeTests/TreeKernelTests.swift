import Testing

@testable import Evaluation

/// Every form of a table of trees gives the bits of the plainest walk.
@Suite struct TreeKernelTests {
    static let shapes: [TreeShape] =
        [1, 2, 3, 7, 64, 65, 256, 257, 700].flatMap { leaves in
            TreeShape.Growth.allCases.flatMap { growth in
                TreeShape.Gaps.allCases.map { TreeShape(leaves: leaves, growth: leaves > 300 && growth == .chain ? .random : growth, gaps: $0) }
            }
        }
        + TreeShape.Gaps.allCases.flatMap { gaps in
            [2, 40, 300].map { TreeShape(leaves: $0, gaps: gaps, isPlain: false, trees: 9) }
        }
        + [
            // More cuts than a byte can tell apart, and thresholds that fit binary32.
            TreeShape(leaves: 200, thresholds: 700, trees: 12), TreeShape(leaves: 400, isNarrow: true, thresholds: 2_000),
            TreeShape(leaves: 60, isNarrow: true, thresholds: 255), TreeShape(leaves: 60, thresholds: 254, trees: 40),
            TreeShape(leaves: 300, isNarrow: true, liesBetween: true), TreeShape(leaves: 300, isPlain: false, isNarrow: true),
            TreeShape(leaves: 20, hasHoles: true), TreeShape(leaves: 500, isPlain: false, hasHoles: true), TreeShape(leaves: 30, trees: 1),
        ]

    /// What is combined, and how.
    struct Sum {
        var isFloat = false, isAverage = false, isWeighted = false
        var missing = MissingMember.returnMissing
        var threshold = 0.0
    }
    static let sums = [
        Sum(), Sum(isFloat: true), Sum(isAverage: true, threshold: 0.9), Sum(isFloat: true, isAverage: true, isWeighted: true, missing: .skip, threshold: 0.5),
        Sum(isWeighted: true, missing: .skip, threshold: 1),
    ]

    @Test(arguments: shapes)
    func regression(_ shape: TreeShape) throws {
        var random = TestRandom(state: UInt64(shape.leaves) &* 977 &+ UInt64(shape.trees))
        let trees = RandomTrees(shape, &random)
        let scores = [.nan] + trees.flat.nodes.map { _ in Double.random(in: -1...1, using: &random) }
        let weights = trees.flat.roots.map { _ in Double.random(in: 0.1...2, using: &random) }
        for (sumIndex, sum) in Self.sums.enumerated() {
            for form in TreeForm.allCases {
                let bench = TreeBench(narrow: shape.isNarrow)
                let out = bench.builder.forestSum(
                    trees.flat, inputs: bench.inputs, scores: scores, weights: sum.isWeighted ? weights : [], start: 0.25, isAverage: sum.isAverage,
                    isFloat: sum.isFloat, missing: sum.missing, threshold: sum.threshold, form: form)
                for (rows, gaps) in sumIndex == 0 ? [(1, false), (5, true), (11, false), (64, false), (65, false), (203, true)] : [(77, true)] {
                    let table = TestTable(trees, rows: rows, narrow: shape.isNarrow, gaps: gaps, &random)
                    let frame = try bench.run([out], table)
                    for row in 0..<rows {
                        let wanted = Reference.sum(trees, table.cells[row], scores, sum.isWeighted ? weights : [], sum)
                        let found = Outcome(frame, out, row)
                        #expect(found == wanted, "\(form), row \(row) of \(rows), \(sum)")
                        if found != wanted { return }
                    }
                }
            }
        }
    }

    /// More results than a leaf's bits tell apart: each tree counts its own, or, where that is too many still, the trees take another form.
    @Test(arguments: [(1_000, TreeForm.rows), (300, .rows), (100, .nodes)])
    func resultsOfTheirOwn(_ most: Int, _ form: TreeForm) throws {
        var random = TestRandom(state: 12)
        let trees = RandomTrees(TreeShape(leaves: 150, trees: 5), &random)
        let scores = [.nan] + trees.flat.nodes.map { _ in Double.random(in: -1...1, using: &random) }
        let bench = TreeBench(narrow: false)
        let packing = TreePacking(
            trees.flat, features: bench.inputs.registers, binary32: bench.inputs.binary32, amounts: scores, width: 1, form: .rows, mostResults: most)
        #expect(packing.form == form)
        let out = bench.builder.emit(packing.name("forest.sum"), .number) { writer in
            writer.number(0)
            for _ in 0..<2 { writer.flag(false) }
            writer.int(0)
            writer.number(0)
            writer.numbers([])
            writer.numbers(packing.amounts)
            packing.write(&writer)
        }
        let table = TestTable(trees, rows: 90, narrow: false, gaps: true, &random)
        let frame = try bench.run([out], table)
        for row in 0..<90 { #expect(Outcome(frame, out, row) == Reference.sum(trees, table.cells[row], scores, [], Sum(), start: 0), "row \(row)") }
    }

    @Test(arguments: shapes.enumerated().filter { $0.offset % 3 == 0 }.map(\.element), [1, 2, 5])
    func classification(_ shape: TreeShape, _ classes: Int) throws {
        var random = TestRandom(state: UInt64(shape.leaves) &* 31 &+ UInt64(classes))
        let trees = RandomTrees(shape, &random)
        let amounts = [Double](repeating: .nan, count: classes) + trees.flat.nodes.flatMap { _ in (0..<classes).map { _ in Double.random(in: 0...1, using: &random) } }
        let weights = trees.flat.roots.map { _ in Double.random(in: 0.1...2, using: &random) }
        for sum in Self.sums {
            for form in TreeForm.allCases {
                let bench = TreeBench(narrow: shape.isNarrow)
                let outs = bench.builder.forestClasses(
                    trees.flat, inputs: bench.inputs, amounts: amounts, classes: classes, weights: sum.isWeighted ? weights : [], isFloat: sum.isFloat,
                    missing: sum.missing, threshold: sum.threshold, form: form)
                for (rows, gaps) in [(3, false), (90, true)] {
                    let table = TestTable(trees, rows: rows, narrow: shape.isNarrow, gaps: gaps, &random)
                    let frame = try bench.run(outs, table)
                    for row in 0..<rows {
                        for (index, out) in outs.enumerated() {
                            var average = sum
                            average.isAverage = true
                            let column = [.nan] + trees.flat.nodes.indices.map { amounts[($0 + 1) * classes + index] }
                            let wanted = Reference.sum(trees, table.cells[row], column, sum.isWeighted ? weights : [], average, start: 0)
                            let found = Outcome(frame, out, row)
                            #expect(found == wanted, "\(form), row \(row) of \(rows), class \(index), \(sum)")
                            if found != wanted { return }
                        }
                    }
                }
            }
        }
    }

    /// One tree's tables: the numbers of the leaf that the reference walk comes to.
    @Test(arguments: shapes)
    func answers(_ shape: TreeShape) throws {
        var shape = shape
        shape.trees = 1
        var random = TestRandom(state: UInt64(shape.leaves) &* 13)
        let trees = RandomTrees(shape, &random)
        let tables = (0..<3).map { table in
            [.nan] + trees.flat.nodes.map { _ in table == 1 && random.next() % 4 == 0 ? Double.nan : Double.random(in: -9...9, using: &random) }
        }
        for form in TreeForm.allCases {
            let bench = TreeBench(narrow: shape.isNarrow)
            let outs = bench.builder.treeAnswers(trees.flat, inputs: bench.inputs, tables: tables, form: form)
            for (rows, gaps) in [(1, true), (7, true), (130, false), (131, true)] {
                let table = TestTable(trees, rows: rows, narrow: shape.isNarrow, gaps: gaps, &random)
                let frame = try bench.run(outs, table)
                for row in 0..<rows {
                    for (index, out) in outs.enumerated() {
                        let result = trees.result(tree: 0, table.cells[row])
                        let number = result.map { tables[index][Int($0)] } ?? .nan
                        let wanted = result == nil ? Outcome.failure : number.isNaN ? .missing : Outcome(number)
                        let found = Outcome(frame, out, row)
                        #expect(found == wanted, "\(form), row \(row) of \(rows), table \(index)")
                        if found != wanted { return }
                    }
                }
            }
        }
    }

    /// A block is at most 1,024 rows, and here the last one a single row.
    @Test func rowBehindABlock() throws {
        var random = TestRandom(state: 1_025)
        let trees = RandomTrees(TreeShape(leaves: 300), &random)
        let scores = [.nan] + trees.flat.nodes.map { _ in Double.random(in: -1...1, using: &random) }
        let bench = TreeBench(narrow: false)
        let out = bench.builder.forestSum(
            trees.flat, inputs: bench.inputs, scores: scores, weights: [], start: 0.25, isAverage: false, isFloat: false, missing: .returnMissing, threshold: 0,
            form: .rows)
        let table = TestTable(trees, rows: 1_025, narrow: false, gaps: false, &random)
        let frame = try bench.run([out], table)
        let found = table.cells.indices.map { Outcome(frame, out, $0) }
        #expect(found == table.cells.map { Reference.sum(trees, $0, scores, [], Sum()) })
    }

    /// The forms are what they are said to be: the small trees of a test are not walked by the table that takes anything.
    @Test func formsAreTaken() {
        var random = TestRandom(state: 5)
        func form(_ shape: TreeShape, _ wanted: TreeForm? = nil) -> TreeForm {
            let trees = RandomTrees(shape, &random).flat
            let bench = TreeBench(narrow: false)
            return TreePacking(
                trees, features: bench.inputs.registers, binary32: bench.inputs.binary32, amounts: [.nan] + trees.nodes.map { _ in 1 }, width: 1, form: wanted
            ).form
        }
        #expect(form(TreeShape(leaves: 64)) == .masks)
        #expect(form(TreeShape(leaves: 255, gaps: .jump, isPlain: false)) == .masks)
        #expect(form(TreeShape(leaves: 257)) == .rows)
        #expect(form(TreeShape(leaves: 64), .rows) == .rows)
        #expect(form(TreeShape(leaves: 900), .masks) == .nodes)
    }
}

/// The inputs of a table of random trees.
struct TreeBench {
    let builder = ProgramBuilder()
    let inputs: TreeInputs

    init(narrow: Bool) {
        let builder = builder
        let registers = (0..<RandomTrees.features).map { feature in
            let register = builder.inputRegister(.number)
            builder.schema.inputs.append(InputField(name: "f\(feature)", type: .double, opType: .continuous, usage: "active", register: register))
            return register
        }
        inputs = TreeInputs(registers: registers, binary32: registers.map { _ in narrow })
    }

    func frame(_ results: [Register], capacity: Int) throws -> Frame {
        builder.schema.results = results.enumerated().map {
            ResultField(name: "r\($0)", type: .double, opType: .continuous, role: .output, feature: "transformedValue", register: $1)
        }
        return Frame(plan: Plan(try Program(image: builder.finish())), capacity: capacity)
    }

    func run(_ results: [Register], _ table: TestTable) throws -> Frame {
        let frame = try frame(results, capacity: table.cells.count)
        frame.begin()
        for (row, cells) in table.cells.enumerated() {
            for (feature, cell) in cells.enumerated() {
                frame.numbers(inputs.registers[feature].index)[row] = cell.value
                frame.status(inputs.registers[feature].index)[row] = cell.status
            }
        }
        frame.count = table.cells.count
        frame.run()
        return frame
    }
}

struct TestTable {
    var cells: [[(value: Double, status: UInt8)]]

    init(_ trees: RandomTrees, rows: Int, narrow: Bool, gaps: Bool, _ random: inout TestRandom) {
        cells = []
        for row in 0..<rows {
            // Every fourth row is complete even where there are gaps.
            cells.append((0..<RandomTrees.features).map { trees.cell($0, narrow: narrow, gaps: gaps && row % 4 != 3, &random) })
        }
    }
}

/// One cell of a result, to the last bit.
enum Outcome: Equatable {
    case number(UInt64)
    case missing
    case failure

    init(_ number: Double) { self = .number(number.bitPattern) }

    init(_ frame: Frame, _ register: Register, _ row: Int) {
        let status = frame.status(register.index)[row]
        self = status & CellStatus.failure != 0 ? .failure : status & CellStatus.missing != 0 ? .missing : Outcome(frame.numbers(register.index)[row])
    }
}

/// The sum over trees as https://dmg.org/pmml/v4-4-1/MultipleModels.html defines it, one tree after the other.
enum Reference {
    static func sum(
        _ trees: RandomTrees, _ row: [(value: Double, status: UInt8)], _ scores: [Double], _ weights: [Double], _ sum: TreeKernelTests.Sum, start: Double = 0.25
    ) -> Outcome {
        var (number, present, total, failed) = (start, 0.0, 0.0, false)
        for tree in trees.flat.roots.indices {
            let weight = weights.isEmpty ? 1 : weights[tree]
            total += weight
            guard let result = trees.result(tree: tree, row) else {
                failed = true
                continue
            }
            if result == 0 { continue }
            let score = scores[Int(result)]
            number = sum.isFloat ? Double(Float(number) + Float(weight) * Float(score)) : number + weight * score
            present += weight
        }
        if failed { return .failure }
        if present != total, sum.missing == .returnMissing || present == 0 || (total - present) / total > sum.threshold { return .missing }
        if !sum.isAverage { return Outcome(number) }
        return Outcome(sum.isFloat ? Double(Float(number) / Float(present)) : number / present)
    }
}
