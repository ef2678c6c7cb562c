import Evaluation
import ModelTree

// https://dmg.org/pmml/v4-4-1/Transformations.html#xsdElement_TextIndexNormalization

extension Compiler {
    /// The text after one normalization table. What the table does not say of itself it takes from the TextIndex.
    func normalize(
        _ text: Register, _ normalization: TextIndexNormalization, _ index: TextIndex, at location: SourceLocation
    ) throws(CompileError) -> Register {
        let table = normalization.table
        let place = table.location == .none ? location : table.location
        guard let inColumn = table.columns.firstIndex(of: normalization.inField) else {
            throw CompileError.unknownColumn(normalization.inField, of: table.columns, at: place)
        }
        guard let outColumn = table.columns.firstIndex(of: normalization.outField) else {
            throw CompileError.unknownColumn(normalization.outField, of: table.columns, at: place)
        }
        let regexColumn = table.columns.firstIndex(of: normalization.regexField)
        var rules: [(pattern: String, replacement: String, isRegex: Bool)] = []
        for row in table.rows {
            guard inColumn < row.count, outColumn < row.count, let pattern = row[inColumn] else { continue }
            let flag = regexColumn.flatMap { $0 < row.count ? row[$0] : nil }
            let isRegex = flag == "true" || flag == "1"
            if isRegex {
                do throws(TextPattern.Failure) {
                    _ = try TextPattern(pattern)
                } catch {
                    throw CompileError.badPattern(pattern, normalization.inField, error, at: place)
                }
            }
            rules.append((pattern, row[outColumn] ?? "", isRegex))
        }
        let distance = normalization.maxLevenshteinDistance ?? index.maxLevenshteinDistance
        return builder.emit("text.normalize", .text) {
            $0.register(text)
            $0.string(normalization.wordSeparatorCharacterRE ?? index.wordSeparatorCharacterRE)
            // A separator of its own takes the place of the words' pattern.
            $0.optional(normalization.wordRE ?? (normalization.wordSeparatorCharacterRE == nil ? index.wordRE : nil))
            $0.flag(normalization.isCaseSensitive ?? index.isCaseSensitive)
            $0.flag(normalization.tokenize ?? index.tokenize)
            $0.flag(normalization.recursive)
            $0.int(min(max(distance, 0), 1_000_000))
            $0.normalizationRules(rules)
        }
    }
}
