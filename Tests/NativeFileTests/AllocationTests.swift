#if canImport(Glibc)
    import CAllocationCount
    import Evaluation
    import Pommel
    import Testing

    /// Scoring allocates nothing once a frame has seen a few batches.
    @Suite struct AllocationTests {
        /// A case of every model kind, and of what often stands before a model.
        private static let models = [
            "anomaly-cluster-mean-distance", "anomaly-isolation-forest-64", "association-ruleAssociation", "baseline-z-gaussian",
            "bayesian-network-forward", "clustering-euclidean-absdiff", "clustering-table", "gaussian-process-radial-basis",
            "general-regression-binary-logit", "general-regression-cox", "knn-majorityvote", "knn-weightedaverage-3", "mining-model-chain",
            "naive-bayes-counts", "naive-bayes-gaussian", "neural-logistic", "neural-softmax", "regression-softmax", "rule-set-weightedSum",
            "scorecard-points-below", "sequence-rules", "sklearn-boosting-cancer", "sklearn-forest-diabetes", "sklearn-mixed-logistic",
            "svm-one-against-one", "svm-radial-basis", "text-index-n-grams", "text-local-logarithmic", "tree-missing-none-returnNullPrediction",
            "tree-set-strings", "series-arima-exact", "series-smoothing-additive", "xgboost-cancer",
        ]

        /// The counter itself counts.
        @Test func counterCounts() {
            allocation_count_begin()
            for index in 1...50 { keep(Array(repeating: index, count: index)) }
            #expect(allocation_count_end() >= 50)
        }

        @Test(arguments: models)
        func steadyState(_ name: String) throws {
            let model = try Model(path: packageFolder + "/fixtures/cases/\(name)/model.pmml")
            #expect(allocations(model, rows: 256) == 0)
        }

        /// One record by position: nothing is allocated from the values to the values.
        @Test(arguments: ["cases/sklearn-logistic-iris", "cases/sklearn-mixed-logistic", "hello"])
        func oneRow(_ folder: String) throws {
            let model = try Model(path: packageFolder + "/fixtures/\(folder)/model.pmml")
            let scorer = Scorer(try model.plan())
            let record: [Value] = model.schema.inputs.map { input in
                input.register.kind == .text ? .string(input.values.first ?? "") : .number(1.5)
            }
            #expect(scorer.inputNames.count == record.count)
            var results: [Value] = []
            for _ in 0..<3 { try scorer.score(record, into: &results) }
            allocation_count_begin()
            for _ in 0..<100 { try scorer.score(record, into: &results) }
            #expect(allocation_count_end() == 0)
            let named = try scorer.score(Dictionary(uniqueKeysWithValues: zip(scorer.inputNames, record)))
            #expect(zip(scorer.resultNames, results).allSatisfy { named[$0] == $1 })
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
                    } else if register.kind == .list {
                        let element = input.elementType == .string ? Double(frame.intern(input.values.first ?? "")) : 1
                        let list = frame.makeList(CollectionOfOne(element))
                        for row in 0..<rows { frame.codes(register.index)[row] = list }
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
