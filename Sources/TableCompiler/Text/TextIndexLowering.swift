import Evaluation
import ModelTree

// https://dmg.org/pmml/v4-4-1/Transformations.html#xsdElement_TextIndex

extension Compiler {
    /// Lowers a TextIndex: the text is normalized and cut into words once for all terms with the same settings, and each term
    /// is looked up in those words.
    func lowerTextIndex(_ index: TextIndex, at location: SourceLocation, in scope: Scope) throws(CompileError) -> TypedValue {
        let given = try scope.value(of: index.textField, at: location, self)
        guard given.register.kind != .list else {
            throw CompileError.typeMismatch("textField \"\(index.textField)\"", found: "a collection", expected: "string", at: location)
        }
        let field = try convert(given, to: .string, at: location)
        let term = try convert(lower(index.term, in: scope, expecting: .string), to: .string, at: index.term.location)
        guard term.isText else {
            throw CompileError.typeMismatch("the term of TextIndex", found: "a collection", expected: "string", at: index.term.location)
        }
        var text = field.register
        for normalization in index.normalizations { text = try normalize(text, normalization, index, at: location) }

        let settings = TextTokenizer.Settings(
            separator: index.wordSeparatorCharacterRE, wordPattern: index.wordRE, isCaseSensitive: index.isCaseSensitive)
        let tokenizer = try tokenizer(settings, at: location)
        let weight = index.localTermWeights.weight
        // Frequencies are whole numbers.
        let type: ValueType = weight == .termFrequency || weight == .binary ? .integer : .double
        let words = index.tokenize || weight == .augmentedNormalizedTermFrequency ? cut(text, settings) : nil
        let limit = min(index.maxLevenshteinDistance, 1_000_000)
        let register: Register
        if !index.tokenize {
            register = builder.emit("text.find", .number) {
                $0.register(text)
                $0.register(term.register)
                $0.optional(words)
                $0.int(weight.rawValue)
                $0.int(limit)
                $0.flag(index.countHits == .bestHits)
                $0.flag(index.isCaseSensitive)
            }
        } else if limit == 0, let constant = builder.constantText(term.register), let words {
            let termWords = tokenizer.words(of: constant)
            register = builder.emit("text.count", .number) {
                $0.register(words)
                $0.int(weight.rawValue)
                $0.codes(termWords)
            }
        } else {
            register = builder.emit("text.match", .number) {
                $0.register(words ?? cut(text, settings))
                $0.register(term.register)
                $0.int(weight.rawValue)
                $0.int(limit)
                $0.flag(index.countHits == .bestHits)
                $0.tokenizer(settings)
            }
        }
        var value = TypedValue(register, type, .continuous)
        // Patterns other than these may give up on a text.
        let isPlain = index.wordRE == nil ? index.wordSeparatorCharacterRE == "\\s+" : index.wordRE == "\\w+"
        value.mayFail = field.mayFail || term.mayFail || !isPlain || !index.normalizations.isEmpty
        return value
    }

    private func cut(_ text: Register, _ settings: TextTokenizer.Settings) -> Register {
        builder.emit("text.words", .list) {
            $0.register(text)
            $0.tokenizer(settings)
        }
    }

    /// The tokenizer of settings, or what is wrong with their pattern.
    private func tokenizer(_ settings: TextTokenizer.Settings, at location: SourceLocation) throws(CompileError) -> TextTokenizer {
        if let known = tokenizers[settings] { return known }
        do throws(TextPattern.Failure) {
            let made = try TextTokenizer(settings)
            tokenizers[settings] = made
            return made
        } catch {
            let name = settings.wordPattern == nil ? "wordSeparatorCharacterRE" : "x-wordRE"
            throw CompileError.badPattern(settings.wordPattern ?? settings.separator, name, error, at: location)
        }
    }
}

extension CompileError {
    static func badPattern(_ pattern: String, _ what: String, _ failure: TextPattern.Failure, at location: SourceLocation) -> CompileError {
        badPattern(pattern, of: what, "expected a regular expression: \(failure.message) at byte \(failure.offset)", at: location)
    }
}

extension TextIndex.LocalTermWeights {
    var weight: TermWeight {
        switch self {
        case .termFrequency: .termFrequency
        case .binary: .binary
        case .logarithmic: .logarithmic
        case .augmentedNormalizedTermFrequency: .augmentedNormalizedTermFrequency
        }
    }
}
