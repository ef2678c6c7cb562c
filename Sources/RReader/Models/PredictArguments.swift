/// Arguments of R's `predict` that the caller states, as texts.
final class PredictArguments {
    private let texts: [String: String]
    private var used: Set<String> = []

    init(_ texts: [String: String]) { self.texts = texts }

    /// An argument's text; nil if it is not stated.
    func text(_ name: String) -> String? {
        used.insert(name)
        return texts[name]
    }

    /// An argument's numbers, with commas between them.
    func numbers(_ name: String, at object: RValue) throws(RReadError) -> [Double]? {
        guard let text = text(name) else { return nil }
        var numbers: [Double] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let number = Double(String(part)), number.isFinite else {
                throw RReadError(.unknownArgument, "the argument \(name) is \"\(text)\", expected numbers", path: object.path)
            }
            numbers.append(number)
        }
        return numbers
    }

    /// Refuses arguments that no reader has asked for.
    func checkUse(by object: RValue) throws(RReadError) {
        guard let name = texts.keys.filter({ !used.contains($0) }).min() else { return }
        throw RReadError(.unknownArgument, "the class \(object.classes.first ?? "list") has no argument \(name) here", path: object.path)
    }
}
