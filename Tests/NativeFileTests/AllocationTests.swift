#if canImport(Glibc)
    import Evaluation
    import Glibc
    import Pommel
    import Testing

    /// Scoring makes no objects per row, and keeps nothing from batch to batch.
    @Suite(.serialized) struct AllocationTests {
        private static let models = [
            "hello", "cases/tree-missing-none-returnNullPrediction", "cases/tree-set-strings", "cases/regression-softmax",
            "cases/sklearn-forest-diabetes", "cases/sklearn-boosting-cancer",
        ]
        private let rows = 256
        private let batches = 100

        /// The counter itself counts.
        @Test func counterCounts() throws {
            let found = try #require(AllocationCounter.count { for index in 1...50 { keep(Array(repeating: index, count: index)) } })
            #expect(found >= 50)
        }

        @Test(arguments: models)
        func steadyState(_ folder: String) throws {
            let model = try Model(path: packageFolder + "/fixtures/\(folder)/model.pmml")
            let frame = Frame(plan: Plan(model.program), capacity: rows)
            let inputs = model.schema.inputs.map { ($0.register, text: $0.values.first ?? "") }
            func score() {
                frame.begin()
                frame.count = rows
                for (position, input) in inputs.enumerated() { fill(frame, input.0, input.text, position) }
                frame.run()
            }
            for _ in 0..<3 { score() }
            let made = try #require(AllocationCounter.count { for _ in 0..<batches { score() } })
            // A kernel may make a handful of objects for a batch, whatever the number of its rows.
            #expect(made < batches * rows / 4, "\(made) objects for \(batches) batches of \(rows) rows")
            let large = Frame(plan: Plan(model.program), capacity: rows * 8)
            func scoreLarge() {
                large.begin()
                large.count = rows * 8
                for (position, input) in inputs.enumerated() { fill(large, input.0, input.text, position) }
                large.run()
            }
            for _ in 0..<3 { scoreLarge() }
            let madeOfLarge = try #require(AllocationCounter.count { for _ in 0..<batches { scoreLarge() } })
            // Eight times the rows, and not one object more.
            #expect(madeOfLarge == made)
        }

        private func fill(_ frame: Frame, _ register: Register, _ text: String, _ position: Int) {
            let status = frame.status(register.index)
            for row in 0..<frame.count { status[row] = (row + position) % 5 == 4 ? CellStatus.missing : 0 }
            if register.kind == .text {
                let code = frame.intern(text)
                for row in 0..<frame.count { frame.codes(register.index)[row] = code }
            } else {
                for row in 0..<frame.count { frame.numbers(register.index)[row] = Double((row * 7 + position * 3) % 11) / 2 }
            }
        }

        @inline(never) private func keep(_ values: [Int]) { _ = values.count }
    }
#endif
