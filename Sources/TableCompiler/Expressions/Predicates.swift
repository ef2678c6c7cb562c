import Evaluation
import ModelTree

// https://dmg.org/pmml/v4-4-1/TreeModel.html#predicates

extension Compiler {
    /// The truth of a predicate: 1, 0, or missing for unknown.
    func lower(_ predicate: Predicate, in scope: Scope) throws(CompileError) -> TypedValue {
        switch predicate {
        case .always: return TypedValue(builder.constant(1), .boolean)
        case .never: return TypedValue(builder.constant(0), .boolean)
        case .simple(let simple): return try lower(simple, in: scope)
        case .set(let set):
            return try isIn(scope.value(of: set.field, at: set.location, self), set.values, negated: !set.isIn, at: set.location)
        case .compound(let op, let parts, let location):
            return try nested(at: location) { () throws(CompileError) in
                var conditions: [TypedValue] = []
                for part in parts { conditions.append(try lower(part, in: scope)) }
                guard !conditions.isEmpty else { throw CompileError.argumentCount("CompoundPredicate", 0, "at least one", at: location) }
                switch op {
                case .and: return join(.and, conditions)
                case .or: return join(.or, conditions)
                case .xor: return join(.xor, conditions)
                case .surrogate: return join(.surrogate, conditions)
                }
            }
        }
    }

    private func lower(_ simple: SimplePredicate, in scope: Scope) throws(CompileError) -> TypedValue {
        let value = try scope.value(of: simple.field, at: simple.location, self)
        let comparison: Comparison
        switch simple.op {
        case .isMissing: return state(value, validity: false, negated: true)
        case .isNotMissing: return state(value, validity: false, negated: false)
        case .equal: comparison = .equal
        case .notEqual: comparison = .notEqual
        case .lessThan: comparison = .lessThan
        case .lessOrEqual: comparison = .lessOrEqual
        case .greaterThan: comparison = .greaterThan
        case .greaterOrEqual: comparison = .greaterOrEqual
        }
        guard let literal = simple.value else {
            throw CompileError.missingAttribute("value", of: "SimplePredicate", because: "operator \"\(simple.op.rawValue)\"", at: simple.location)
        }
        return try compare(comparison, value, literal: literal, at: simple.location)
    }
}
