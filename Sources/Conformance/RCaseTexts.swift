import Pommel

/// What `case.json` says of a model of R in words of its own.
enum RCaseTexts {
    /// The object that is the model: `objects: fit (the model), other (a second lm)`.
    static func objectName(_ serialization: String) -> String? {
        guard let end = position(of: " (the model)", in: serialization) else { return nil }
        let before = serialization[..<end]
        let start = before.lastIndex { $0 == " " || $0 == "," }.map { before.index(after: $0) } ?? before.startIndex
        return start < before.endIndex ? String(before[start...]) : nil
    }

    /// The members of `predict`; or what `columns` says, as `at s = 0.01` or `predict(fit, x, s = c(0.5, 0.1))`.
    static func arguments(_ about: JSON?) -> [String: String] {
        if case .object(let members)? = about?["predict"] {
            var arguments: [String: String] = [:]
            for member in members { arguments[member.name] = member.value.text ?? member.value.double.map { "\($0)" } }
            return arguments
        }
        guard let columns = about?["columns"]?.text, let place = position(of: " s = ", in: columns) else { return [:] }
        var rest = columns[columns.index(place, offsetBy: 5)...]
        if rest.hasPrefix("c(") { rest = rest.dropFirst(2) }
        let numbers = rest.prefix { $0.isNumber || ".,e- ".contains($0) }.filter { $0 != " " }
        return numbers.isEmpty ? [:] : ["s": numbers]
    }

    private static func position(of part: String, in text: String) -> String.Index? {
        text.indices.first { text[$0...].hasPrefix(part) }
    }
}
