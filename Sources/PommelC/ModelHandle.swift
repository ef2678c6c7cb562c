import Evaluation
import Pommel

/// A model and the results that were chosen of it, shared by threads.
final class ModelHandle: Sendable {
    let model: Model
    let plan: Plan
    /// The names of the inputs that results depend on: columns that are worth looking at.
    let needed: Set<String>
    /// Working memory that is not in use.
    let scorers = IdlePool<Scorer>(limit: 16)
    let tables = IdlePool<TableScorer>(limit: 4)

    init(_ model: Model, _ plan: Plan) {
        self.model = model
        self.plan = plan
        let read = plan.readRegisters
        needed = Set(plan.program.schema.inputs.filter { read.contains($0.register.index) }.map(\.name))
    }
}
