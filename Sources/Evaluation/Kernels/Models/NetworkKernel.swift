// https://dmg.org/pmml/v4-4-1/BayesianNetwork.html

/// `network.infer`: the probabilities of one variable of a Bayesian network, given the values that each row has, exactly.
///
/// Variables are summed out in one order for all rows; a variable with a value takes part with that value alone. What neither
/// has a value nor bears on one that has is left out. A row fails if its answer would need an integral over a continuous
/// node; it has no answer if its values cannot occur together.
struct NetworkKernel: Kernel {
    static let name = "network.infer"
    private let outputs: [Int32]
    private let query: Int
    private let unobserved: Int
    private let nodes: [Node]
    private let plan: EliminationPlan
    /// Where each density factor lies in the working memory.
    private let offsets: [Int]
    private let memory: Int
    /// One more than the most factors of a step.
    private let width: Int

    private struct Node {
        var cardinality: Int
        var evidence: Int32
        var parents: [Int]
        var scope: [Int]
        var table: Slab<Double>?
        var cells: Slab<Int32>?
        var logarithms: [Int32]
    }

    init(from reader: inout OperandReader) throws(FormatError) {
        let count = try reader.int(in: 1...100_000)
        var outputs: [Int32] = []
        for _ in 0..<count { outputs.append(try reader.output(.number)) }
        self.outputs = outputs
        query = try reader.int(in: 0...100_000)
        unobserved = try reader.int(in: -1...100_000)
        var nodes: [Node] = []
        for index in 0..<(try reader.int(in: 1...EliminationPlan.mostNodes)) { nodes.append(try Self.node(&reader, index)) }
        guard query < nodes.count, nodes[query].cardinality == count, unobserved < nodes.count else {
            throw reader.error("operand-range", "the network has no such node")
        }
        for node in nodes {
            var size = 1
            for variable in node.scope {
                guard nodes[variable].cardinality > 0 else { throw reader.error("operand-range", "a table's variable has no values") }
                let (product, overflow) = size.multipliedReportingOverflow(by: nodes[variable].cardinality)
                if overflow { throw reader.error("operand-range", "a table is too large") }
                size = product
            }
            guard node.table.map({ $0.count == size }) ?? true, node.cells.map({ $0.count == size }) ?? true else {
                throw reader.error("operand-range", "a table's size is not that of its variables")
            }
        }
        plan = EliminationPlan(
            cardinalities: nodes.map(\.cardinality), scopes: nodes.map { $0.table == nil && $0.cells == nil ? nil : $0.scope }, query: query)
        width = plan.steps.reduce(0) { max($0, $1.factors.count) } + 1
        guard plan.cost != nil else { throw reader.error("operand-range", "the network is too large for exact inference") }
        var offsets: [Int] = []
        var memory = plan.memory
        for node in nodes {
            offsets.append(memory)
            memory += node.cells?.count ?? 0
        }
        self.offsets = offsets
        self.memory = memory
        self.nodes = nodes
    }

    private static func node(_ reader: inout OperandReader, _ index: Int) throws(FormatError) -> Node {
        var node = Node(cardinality: try reader.int(in: 0...1_000_000), evidence: -1, parents: [], scope: [], table: nil, cells: nil, logarithms: [])
        node.evidence = try reader.optionalInput(.number) ?? -1
        node.parents = try reader.integers().array.map(Int.init)
        node.scope = try reader.integers().array.map(Int.init)
        guard node.parents.allSatisfy({ $0 >= 0 && $0 < index }), node.scope.allSatisfy({ $0 >= 0 && $0 <= index }),
            Set(node.scope).count == node.scope.count
        else { throw reader.error("operand-range", "a node depends on one that comes after it") }
        switch try reader.int(in: 0...2) {
        case 0: node.table = try reader.numbers()
        case 1:
            let cells = try reader.integers()
            node.cells = cells
            node.logarithms = try reader.inputs(.number)
            for cell in 0..<cells.count where cells[cell] < -1 || Int(cells[cell]) >= node.logarithms.count {
                throw reader.error("operand-range", "a density does not exist")
            }
        default: break
        }
        return node
    }

    func run(_ frame: Frame) {
        let state: NetworkState
        if let kept = frame.stateSlots[Int(outputs[0])] as? NetworkState {
            state = kept
        } else {
            state = NetworkState(count: nodes.count, width: width, depth: max(1, plan.steps.reduce(0) { max($0, $1.variables.count) }))
            frame.stateSlots[Int(outputs[0])] = state
        }
        let work = frame.scratch.numbers(0, memory + 1)
        for row in 0..<frame.count {
            let status = infer(frame, row, state, work)
            for register in outputs { frame.status(register)[row] = status }
        }
    }

    private func infer(_ frame: Frame, _ row: Int, _ state: NetworkState, _ work: UnsafeMutablePointer<Double>) -> UInt8 {
        // What the row has.
        var hasUnknown = false
        for index in nodes.indices {
            state.isObserved[index] = false
            state.isRelevant[index] = index == query
            state.isReached[index] = index == query
            state.value[index] = 0
            if nodes[index].evidence < 0 { continue }
            let status = frame.status(nodes[index].evidence)[row]
            if status & CellStatus.failure != 0 { return CellStatus.failed }
            if status & CellStatus.missing != 0 { continue }
            let value = frame.numbers(nodes[index].evidence)[row]
            if nodes[index].cardinality > 0 {
                guard value >= 0, value < Double(nodes[index].cardinality) else { return CellStatus.missing }
                state.value[index] = Int(value)
            }
            state.isObserved[index] = true
            state.isRelevant[index] = true
        }
        // A node bears on the answer if it has a value or one of its descendants has.
        for index in nodes.indices.reversed() where state.isRelevant[index] {
            for parent in nodes[index].parents { state.isRelevant[parent] = true }
        }
        if unobserved >= 0, state.isRelevant[unobserved] { return refuse(frame, row) }
        for index in nodes.indices where state.isRelevant[index] && !state.isObserved[index] && isContinuous(index) { hasUnknown = true }
        if hasUnknown {
            guard reach(state) else { return refuse(frame, row) }
        } else {
            for index in nodes.indices { state.isReached[index] = state.isRelevant[index] }
        }
        for index in nodes.indices { state.isUsed[index] = state.isRelevant[index] && (!hasUnknown || touchesReached(index, state)) }
        for index in nodes.indices where state.isUsed[index] {
            let status = fillDensities(index, frame, row, state, work)
            if status != 0 { return status }
        }
        for step in plan.steps { run(step, state, work) }
        guard let last = plan.steps.last else { return CellStatus.missing }
        let result = work + last.outOffset
        var sum = 0.0
        for value in outputs.indices { sum += result[value] }
        guard sum > 0 else { return CellStatus.missing }
        for (value, register) in outputs.enumerated() { frame.numbers(register)[row] = result[value] / sum }
        return 0
    }

    /// A node without a table: what it is can only be observed.
    private func isContinuous(_ index: Int) -> Bool { nodes[index].cardinality == 0 || (nodes[index].table == nil && nodes[index].cells == nil) }

    private func refuse(_ frame: Frame, _ row: Int) -> UInt8 {
        frame.note(row: row, RowFailure(
            id: "hidden-continuous-node",
            message: "a continuous node without a value bears on the prediction; exact inference needs its value"))
        return CellStatus.failed
    }

    /// Marks the nodes without a value that are tied to the query, through whatever has no value; false if one is continuous.
    private func reach(_ state: NetworkState) -> Bool {
        var isChanged = true
        while isChanged {
            isChanged = false
            for index in nodes.indices where state.isRelevant[index] && touchesReached(index, state) {
                if !state.isObserved[index], !state.isReached[index] {
                    state.isReached[index] = true
                    isChanged = true
                }
                for parent in nodes[index].parents where !state.isObserved[parent] && !state.isReached[parent] {
                    state.isReached[parent] = true
                    isChanged = true
                }
            }
        }
        for index in nodes.indices where state.isReached[index] && isContinuous(index) { return false }
        return true
    }

    private func touchesReached(_ index: Int, _ state: NetworkState) -> Bool {
        if state.isReached[index] { return true }
        for parent in nodes[index].parents where state.isReached[parent] { return true }
        return false
    }

    /// The densities of an observed continuous node, relative to the largest of them.
    private func fillDensities(
        _ index: Int, _ frame: Frame, _ row: Int, _ state: NetworkState, _ work: UnsafeMutablePointer<Double>
    ) -> UInt8 {
        guard let cells = nodes[index].cells else { return 0 }
        let out = work + offsets[index]
        var largest = -Double.infinity
        for cell in 0..<cells.count {
            out[cell] = -.infinity
            let at = Int(cells[cell])
            if at < 0 || !isPossible(cell, nodes[index].scope, state) { continue }
            let register = nodes[index].logarithms[at]
            let status = frame.status(register)[row]
            if status & CellStatus.missing != 0 { return status & CellStatus.failed }
            out[cell] = frame.numbers(register)[row]
            if out[cell] > largest { largest = out[cell] }
        }
        for cell in 0..<cells.count { out[cell] = largest > -.infinity ? CMath.exponential(out[cell] - largest) : 0 }
        return 0
    }

    /// Whether a table's cell agrees with the row's values.
    private func isPossible(_ cell: Int, _ scope: [Int], _ state: NetworkState) -> Bool {
        var rest = cell
        for variable in scope.reversed() {
            let value = rest % nodes[variable].cardinality
            rest /= nodes[variable].cardinality
            if state.isObserved[variable], state.value[variable] != value { return false }
        }
        return true
    }

    /// Multiplies the step's factors and sums over the variable that its result lacks.
    private func run(_ step: EliminationPlan.Step, _ state: NetworkState, _ work: UnsafeMutablePointer<Double>) {
        let out = work + step.outOffset
        for index in 0..<step.outSize { out[index] = 0 }
        // The factors that take part: where each lies, and its strides.
        var count = 0
        for (index, factor) in step.factors.enumerated() {
            if factor >= nodes.count {
                state.factors[count] = UnsafePointer(work + plan.steps[factor - nodes.count].outOffset)
            } else if state.isUsed[factor] {
                state.factors[count] = nodes[factor].table?.base ?? UnsafePointer(work + offsets[factor])
            } else {
                continue
            }
            for (place, stride) in step.strides[index].enumerated() { state.strides[place * width + count] = stride }
            state.places[count] = 0
            count += 1
        }
        for (place, stride) in step.outStrides.enumerated() { state.strides[place * width + count] = stride }
        state.places[count] = 0
        run(step, 0, count, state, out)
        var largest = 0.0
        for index in 0..<step.outSize where out[index] > largest { largest = out[index] }
        // Many small factors must not vanish; what matters is their proportion.
        if largest > 0, largest < 1e-100 { for index in 0..<step.outSize { out[index] /= largest } }
    }

    /// - Parameter count: how many factors take part; their places in the tables, and the result's, are kept for each depth.
    private func run(_ step: EliminationPlan.Step, _ depth: Int, _ count: Int, _ state: NetworkState, _ out: UnsafeMutablePointer<Double>) {
        let variable = step.variables[depth]
        // A variable that does not matter stands still.
        let isFixed = state.isObserved[variable] || !state.isReached[variable]
        let first = isFixed ? state.value[variable] : 0
        let end = isFixed ? first + 1 : nodes[variable].cardinality
        let (places, strides) = (state.places + depth * width, state.strides + depth * width)
        if depth + 1 == step.variables.count {
            for value in first..<end {
                var product = 1.0
                for factor in 0..<count { product *= state.factors[factor][places[factor] + strides[factor] * value] }
                out[places[count] + strides[count] * value] += product
            }
            return
        }
        for value in first..<end {
            for factor in 0...count { places[width + factor] = places[factor] + strides[factor] * value }
            run(step, depth + 1, count, state, out)
        }
    }
}

/// What is known of one row's nodes, and the memory of a step; made once for a frame.
final class NetworkState {
    var isObserved: [Bool]
    var isRelevant: [Bool]
    var isReached: [Bool]
    var isUsed: [Bool]
    var value: [Int]
    let factors: UnsafeMutablePointer<UnsafePointer<Double>>
    let strides: UnsafeMutablePointer<Int>
    let places: UnsafeMutablePointer<Int>

    /// - Parameters:
    ///   - width: one more than the most factors of a step.
    ///   - depth: the most variables of a step.
    init(count: Int, width: Int, depth: Int) {
        isObserved = [Bool](repeating: false, count: count)
        isRelevant = isObserved
        isReached = isObserved
        isUsed = isObserved
        value = [Int](repeating: 0, count: count)
        factors = .allocate(capacity: width)
        strides = .allocate(capacity: width * depth)
        places = .allocate(capacity: width * depth)
    }

    deinit {
        factors.deallocate()
        strides.deallocate()
        places.deallocate()
    }
}
