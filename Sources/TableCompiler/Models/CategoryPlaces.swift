import Evaluation
import ModelTree

/// Where the categories of a long list are. Whoever looks for one of thousands mostly looks for all of them, one after the other.
struct CategoryPlaces {
    private var list: [String] = []
    private var type = ValueType.string
    private var texts: [ExactText: Int] = [:]
    private var numbers: [Double: Int] = [:]
    /// The list that was asked about last: one that is asked about twice is worth a table, one that grows in between is not.
    private var last: [String].Place?
    /// Fewer are looked through sooner.
    private static let few = 32

    /// The place of a category whose value it is: `1` and `1.0` are one integer.
    mutating func position(of category: String, in categories: [String], _ type: ValueType) -> Int? {
        let own = categories.place
        if own.count > Self.few, type == self.type, own == list.place { return known(category) }
        if own.count > Self.few, own == last {
            note(categories, type)
            return known(category)
        }
        last = own
        if let exact = categories.firstIndex(where: { $0.isExactly(category) }) { return exact }
        guard type.kind == .number, let number = Literal.number(category, as: type) else { return nil }
        return categories.firstIndex { Literal.number($0, as: type) == number }
    }

    private func known(_ category: String) -> Int? {
        if let exact = texts[ExactText(category)] { return exact }
        guard type.kind == .number, let number = Literal.number(category, as: type) else { return nil }
        return numbers[number]
    }

    private mutating func note(_ categories: [String], _ type: ValueType) {
        (list, self.type, texts, numbers) = (categories, type, [:], [:])
        for (place, category) in categories.enumerated() {
            if texts[ExactText(category)] == nil { texts[ExactText(category)] = place }
            if type.kind == .number, let number = Literal.number(category, as: type), numbers[number] == nil { numbers[number] = place }
        }
    }
}
