import Evaluation
import ModelTree

/// The classes of a model: the target's listed values, then those that only its parts name, each once.
struct CategoryList {
    private(set) var values: [String]
    private let type: ValueType
    private var texts: [ExactText: Int] = [:]
    private var numbers: [Double: Int] = [:]

    init(_ target: TargetField) { self.init(target.values.map(\.value), target.type) }

    init(_ values: [String], _ type: ValueType) {
        (self.values, self.type) = (values, type)
        for (place, category) in values.enumerated() { note(category, place) }
    }

    mutating func add(_ category: String) { _ = add(placing: category) }

    /// The place of a category, which is added if it is not there.
    mutating func add(placing category: String) -> Int {
        if let known = place(of: category) { return known }
        values.append(category)
        note(category, values.count - 1)
        return values.count - 1
    }

    /// As ``Compiler/position(of:in:_:)``, for a list that grows between two questions.
    func place(of category: String) -> Int? {
        texts[ExactText(category)] ?? Self.number(category, type).flatMap { numbers[$0] }
    }

    private mutating func note(_ category: String, _ place: Int) {
        if texts[ExactText(category)] == nil { texts[ExactText(category)] = place }
        if let number = Self.number(category, type), numbers[number] == nil { numbers[number] = place }
    }

    /// `1` and `1.0` are one integer; NaN is like nothing but its own text.
    private static func number(_ text: String, _ type: ValueType) -> Double? {
        guard type.kind == .number, let number = Literal.number(text, as: type), !number.isNaN else { return nil }
        return number
    }
}
