// https://dmg.org/pmml/v4-4-1/TreeModel.html#predicates
import ModelTree

extension DocumentWriter {
    func write(_ predicate: Predicate) {
        switch predicate {
        case .always: out.element("True")
        case .never: out.element("False")
        case .simple(let simple):
            out.element("SimplePredicate", at: simple.location) {
                out.attribute("field", simple.field)
                out.attribute("operator", simple.op.rawValue)
                out.attribute("value", simple.value)
            }
        case .set(let set):
            out.element("SimpleSetPredicate", at: set.location) {
                out.attribute("field", set.field)
                out.attribute("booleanOperator", set.isIn ? "isIn" : "isNotIn")
                write(strings: set.values)
            }
        case .compound(let booleanOperator, let predicates, let location):
            // The schema asks for two or more; one means itself.
            if predicates.count == 1 { return write(predicates[0]) }
            out.element("CompoundPredicate", at: location) {
                out.attribute("booleanOperator", booleanOperator.rawValue)
                for predicate in predicates { write(predicate) }
            }
        }
    }
}
