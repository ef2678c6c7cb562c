// https://dmg.org/pmml/v4-4-1/Transformations.html#xsdElement_TextIndex
import ModelTree

extension DocumentWriter {
    func write(_ index: TextIndex) {
        out.element("TextIndex") {
            out.attribute("textField", index.textField)
            if index.localTermWeights != .termFrequency { out.attribute("localTermWeights", index.localTermWeights.rawValue) }
            if index.isCaseSensitive { out.attribute("isCaseSensitive", flag: true) }
            if index.maxLevenshteinDistance != 0 { out.attribute("maxLevenshteinDistance", integer: index.maxLevenshteinDistance) }
            if index.countHits != .allHits { out.attribute("countHits", index.countHits.rawValue) }
            // Version 4.4 changed what it is when absent.
            out.attribute("wordSeparatorCharacterRE", index.wordSeparatorCharacterRE)
            if !index.tokenize { out.attribute("tokenize", flag: false) }
            if let word = index.wordRE { out.extend("x-wordRE", word) }
            for normalization in index.normalizations { write(normalization) }
            write(index.term)
        }
    }

    private func write(_ normalization: TextIndexNormalization) {
        let names = ColumnNames(normalization.table.columns)
        out.element("TextIndexNormalization") {
            if names[normalization.inField] != "string" { out.attribute("inField", names[normalization.inField]) }
            if names[normalization.outField] != "stem" { out.attribute("outField", names[normalization.outField]) }
            if names[normalization.regexField] != "regex" { out.attribute("regexField", names[normalization.regexField]) }
            if normalization.recursive { out.attribute("recursive", flag: true) }
            if let flag = normalization.isCaseSensitive { out.attribute("isCaseSensitive", flag: flag) }
            out.attribute("maxLevenshteinDistance", integer: normalization.maxLevenshteinDistance)
            out.attribute("wordSeparatorCharacterRE", normalization.wordSeparatorCharacterRE)
            if let flag = normalization.tokenize { out.attribute("tokenize", flag: flag) }
            if let word = normalization.wordRE { out.extend("x-wordRE", word) }
            write(normalization.table, names)
        }
    }
}
