#if canImport(Glibc)
    import CAllocationCount
    import Evaluation
    import Pommel
    import Testing

    /// Scoring allocates nothing per row once a frame has seen a batch. A build without optimisation makes closures that an optimised one does not, so
    /// this holds for `swift test -c release`; fixtures/bench/allocations.py counts the same in the command as it is shipped.
    @Suite(.enabled(if: allocation_count_is_optimized() != 0)) struct AllocationTests {
        private static let models = [
            "hello", "cases/tree-missing-none-returnNullPrediction", "cases/tree-set-strings", "cases/regression-softmax",
            "cases/sklearn-forest-diabetes", "cases/sklearn-boosting-cancer",
        ]

        /// The counter itself counts.
        @Test func counterCounts() {
            allocation_count_begin()
            for index in 1...50 { keep(Array(repeating: index, count: index)) }
            #expect(allocation_count_end() >= 50)
        }

        @Test(arguments: models)
        func steadyState(_ folder: String) throws {
            let model = try Model(path: packageFolder + "/fixtures/\(folder)/model.pmml")
            // Eight times the rows, and not one allocation more: those that a kernel makes for a batch are few.
            let small = allocations(model, rows: 256)
            #expect(allocations(model, rows: 2_048) == small)
            #expect(small <= 100 * 64)
        }

        /// Calls of malloc for 100 batches, after three that warm the frame up.
        private func allocations(_ model: Model, rows: Int) -> Int {
            let frame = Frame(plan: Plan(model.program), capacity: rows)
            let inputs = model.schema.inputs
            func fill() {
                frame.begin()
                frame.count = rows
                for (position, input) in inputs.enumerated() {
                    let (register, status) = (input.register, frame.status(input.register.index))
                    for row in 0..<rows { status[row] = (row + position) % 5 == 4 ? CellStatus.missing : 0 }
                    if register.kind == .text {
                        let code = frame.intern(input.values.first ?? "")
                        for row in 0..<rows { frame.codes(register.index)[row] = code }
                    } else {
                        for row in 0..<rows { frame.numbers(register.index)[row] = Double((row * 7 + position * 3) % 11) / 2 }
                    }
                }
            }
            for _ in 0..<3 {
                fill()
                frame.run()
            }
            var calls = 0
            for _ in 0..<100 {
                fill()
                allocation_count_begin()
                frame.run()
                calls += allocation_count_end()
            }
            return calls
        }

        @inline(never) private func keep(_ values: [Int]) { _ = values.count }
    }
#endif
