// https://dmg.org/pmml/v4-4-1/MultipleModels.html#xsdType_MISSING-PREDICTION-TREATMENT

/// How an ensemble's member that has no prediction counts.
public enum MissingMember: Int, Sendable {
    /// The ensemble's prediction is missing as well.
    case returnMissing = 0
    /// The member is left out, unless too large a share of the weights would be.
    case skip = 1
    /// In a vote: having no prediction is what the member votes for. It wins with more votes than any class has.
    case candidate = 2
}

/// Whether an ensemble has a prediction when only some of its members have one: the same rule whether the members are trees of one
/// table or models of their own.
struct MissingRule: Sendable {
    let missing: MissingMember
    let threshold: Double

    /// Members are counted, as their weights may be 0; and shares are of the weights' sizes, as those of a sum may be negative.
    ///
    /// - Parameters:
    ///   - lost: how many of the members that take part have no prediction.
    ///   - weighing: the sizes of their weights, added up in order.
    ///   - members: how many take part.
    ///   - total: the sizes of the weights of those.
    ///   - mostVotes: in a vote, the votes for the class that has most.
    @inline(__always)
    func leavesNothing(lost: Double, weighing: Double, members: Double, total: Double, mostVotes: Double = 0) -> Bool {
        if lost == members { return true }
        if lost == 0 { return false }
        switch missing {
        case .returnMissing: return true
        case .skip: return weighing / total > threshold
        case .candidate: return weighing > mostVotes
        }
    }
}

/// The weights of a table's trees; all 1 if none are given.
struct MemberWeights: Sendable {
    private let weights: Slab<Double>
    let count: Double
    /// All weights, added up in order.
    let sum: Double
    /// The sizes of all weights, added up in order.
    let total: Double

    init(_ weights: Slab<Double>, trees: Int) {
        self.weights = weights
        count = Double(trees)
        var (sum, total) = (0.0, 0.0)
        for tree in 0..<trees {
            let weight = weights.count == 0 ? 1 : weights[tree]
            sum += weight
            total += abs(weight)
        }
        self.sum = sum
        self.total = total
    }

    var areOne: Bool { weights.count == 0 }

    @inline(__always)
    subscript(tree: Int) -> Double { weights.count == 0 ? 1 : weights[tree] }
}

/// What is known of the members of each row: which share of them has a prediction.
struct MemberTally {
    private let numbers: UnsafeMutablePointer<Double>
    private let rows: Int

    /// How many numbers a batch of `rows` rows takes.
    static func size(_ rows: Int) -> Int { 3 * rows }

    init(_ numbers: UnsafeMutablePointer<Double>, _ rows: Int) {
        self.numbers = numbers
        self.rows = rows
    }

    /// The weights of the members that have a prediction, added up in order.
    @inline(__always)
    var present: UnsafeMutablePointer<Double> { numbers }
    /// How many members have none.
    @inline(__always)
    var lost: UnsafeMutablePointer<Double> { numbers + rows }
    /// The sizes of their weights.
    @inline(__always)
    var lostWeight: UnsafeMutablePointer<Double> { numbers + 2 &* rows }

    /// The tally of the batch's rows from `row` on.
    @inline(__always)
    func beginning(at row: Int) -> MemberTally { MemberTally(numbers + row, rows) }

    @inline(__always)
    func begin(_ row: Int, present weight: Double = 0) {
        present[row] = weight
        lost[row] = 0
        lostWeight[row] = 0
    }

    @inline(__always)
    func lose(_ row: Int, _ weight: Double) {
        lost[row] += 1
        lostWeight[row] += abs(weight)
    }
}
