import Evaluation
import ModelTree

/// The classes of a model: the target's listed values, then those that only its parts name, each once.
struct CategoryList {
    private(set) var values: [String]
    private let type: ValueType
    private var texts: Set<ExactText>
    private var numbers: Set<Double>

    init(_ target: TargetField) { self.init(target.values.map(\.value), target.type) }

    init(_ values: [String], _ type: ValueType) {
        (self.values, self.type) = (values, type)
        texts = Set(values.map(ExactText.init))
        numbers = Set(values.compactMap { Self.number($0, type) })
    }

    mutating func add(_ category: String) {
        guard texts.insert(ExactText(category)).inserted else { return }
        if let number = Self.number(category, type), !numbers.insert(number).inserted { return }
        values.append(category)
    }

    /// `1` and `1.0` are one integer.
    private static func number(_ text: String, _ type: ValueType) -> Double? { type.kind == .number ? Literal.number(text, as: type) : nil }
}
