import ModelTree

extension ModelLint {
    /// Rows of a table of which only the first can count.
    static func checkRows(_ map: MapValues, _ place: SourceLocation, _ findings: inout Findings) {
        let columns = map.pairs.compactMap { map.table.columns.firstIndex(of: $0.column) }
        guard !columns.isEmpty, columns.count == map.pairs.count else { return }
        var known: Set<[ExactText]> = []
        for row in map.table.rows {
            let key = columns.compactMap { $0 < row.count ? row[$0] : nil }
            if key.count == columns.count, !known.insert(key.map(ExactText.init)).inserted {
                let text = key.map { "\"\($0)\"" }.joined(separator: ", ")
                return findings.add(.duplicateRow, "two rows of MapValues are for \(text); the first counts", at: place)
            }
        }
    }

    /// Bins that hold the same numbers; where they only touch, both ends are hardly meant to be taken apart.
    static func checkBins(_ discretize: Discretize, _ place: SourceLocation, _ findings: inout Findings) {
        let sorted = discretize.bins.map(\.interval).filter { !$0.isEmpty }.sorted { $0.low < $1.low }
        var end = -Double.infinity
        for (index, interval) in sorted.enumerated() {
            if index > 0, interval.low < end {
                return findings.add(.overlappingBins, "two bins hold the numbers from \(interval.low.short) to \(min(end, interval.high).short); the first counts", at: place)
            }
            end = max(end, interval.high)
        }
    }

    /// Functions of the standard that compute with every argument.
    private static let arithmetic: Set<String> = [
        "+", "-", "*", "/", "min", "max", "sum", "avg", "median", "product", "log10", "ln", "ln1p", "exp", "expm1", "sqrt", "abs", "pow", "threshold", "floor",
        "ceil", "round", "rint", "modulo", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh",
    ]

    /// Texts in place of numbers.
    static func checkArguments(_ apply: Apply, _ scope: FieldScope, _ findings: inout Findings) {
        guard arithmetic.contains(apply.function) else { return }
        for argument in apply.arguments {
            switch argument.kind {
            case .constant(let constant) where !constant.isMissing && (constant.dataType ?? .string) == .string && !constant.value.isNumber:
                findings.add(.textAsNumber, "function \"\(apply.function)\" computes with the text \"\(constant.value)\", which is no number", at: argument.location)
            case .fieldRef(let field) where scope.isText(field.field) && scope.isNeverANumber(field.field):
                findings.add(.textAsNumber, "function \"\(apply.function)\" computes with field \"\(field.field)\", none of whose values is a number", at: argument.location)
            default: break
            }
        }
    }
}

extension String {
    fileprivate var isNumber: Bool {
        let text = drop { $0.isWhitespace }
        return Double(text) != nil || ["INF", "-INF", "NaN"].contains(text)
    }
}
