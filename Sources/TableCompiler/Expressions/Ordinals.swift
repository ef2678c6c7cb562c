import Evaluation
import ModelTree

/// The orders of ordinal fields that are at hand: a field of thousands of values is mostly compared with all of them, one after the other.
struct Ordinals {
    private struct Value: Hashable {
        var register: Register
        var type: ValueType
        var block: Int
    }
    private var ranks: [Value: (order: [String], register: Register)] = [:]
    private var order: [String] = []
    private var type = ValueType.string
    private var places: [CategoryKey: Int] = [:]

    /// The register that has the value's place in an order, if it has been emitted.
    func rank(of value: TypedValue, in order: [String], block: Int) -> Register? {
        guard let known = ranks[Value(register: value.register, type: value.type, block: block)], known.order.place == order.place else { return nil }
        return known.register
    }

    mutating func note(_ rank: Register, rankOf value: TypedValue, in order: [String], block: Int) {
        ranks[Value(register: value.register, type: value.type, block: block)] = (order, rank)
    }

    /// The place of a literal in an order; nil if it is none of its values.
    mutating func place(of text: String, in order: [String], _ type: ValueType) -> Int? {
        if order.place != self.order.place || type != self.type {
            (self.order, self.type) = (order, type)
            places = Dictionary(order.enumerated().map { (CategoryKey($1, type), $0) }) { first, _ in first }
        }
        // A number is its value alone: what means none is in no order of numbers.
        if type.kind == .number, Literal.number(text, as: type).map(\.isNaN) ?? true { return nil }
        return places[CategoryKey(text, type)]
    }
}
