#if canImport(Glibc)
    import CAllocationCount
    import Testing

    @testable import Evaluation

    /// No form of a table of trees allocates per batch once its frame has seen one; in an optimised build, as `swift test -c release` makes.
    @Suite(.serialized, .enabled(if: allocation_count_is_optimized() != 0)) struct TreeAllocationTests {
        @Test(arguments: TreeForm.allCases)
        func steadyState(_ form: TreeForm) throws {
            var random = TestRandom(state: 3)
            let shape = TreeShape(leaves: form == .masks ? 60 : 300, gaps: .jump, isPlain: false, trees: 12)
            let trees = RandomTrees(shape, &random)
            let amounts = [.nan, .nan] + trees.flat.nodes.flatMap { _ in [0.25, 0.75] }
            let scores = [.nan] + trees.flat.nodes.map { _ in 0.5 }
            let bench = TreeBench(narrow: false)
            let sum = bench.builder.forestSum(
                trees.flat, inputs: bench.inputs, scores: scores, weights: [], isAverage: true, isFloat: true, missing: .skip, threshold: 1, form: form)
            let classes = bench.builder.forestClasses(
                trees.flat, inputs: bench.inputs, amounts: amounts, classes: 2, weights: [], isFloat: false, missing: .skip, threshold: 1, form: form)
            let frame = try bench.frame([sum] + classes, capacity: 512)
            var counts: [Int] = []
            for rows in [512, 512, 3, 512, 100, 512] {
                frame.begin()
                for (feature, input) in bench.inputs.registers.enumerated() {
                    for row in 0..<rows {
                        let cell = trees.cell(feature, narrow: false, gaps: row % 3 == 0, &random)
                        frame.numbers(input.index)[row] = cell.value
                        frame.status(input.index)[row] = cell.status
                    }
                }
                frame.count = rows
                allocation_count_begin()
                frame.run()
                counts.append(allocation_count_end())
            }
            #expect(counts.dropFirst() == [0, 0, 0, 0, 0], "\(form)")
        }
    }
#endif
