import Evaluation
import ModelTree

/// What two categories have in common that are one value: `1` and `1.0` are one integer, texts are their bytes.
enum CategoryKey: Hashable {
    case text(ExactText)
    case number(Double)

    init(_ category: String, _ type: ValueType) {
        if type.kind == .number, let number = Literal.number(category, as: type), !number.isNaN {
            self = .number(number)
        } else {
            self = .text(ExactText(category))
        }
    }
}
