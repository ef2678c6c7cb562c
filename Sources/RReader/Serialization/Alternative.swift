extension Unserializer {
    /// ALTREP: a vector in a form of its own, told by the name of its class.
    func alternative() throws(RReadError) -> RObject {
        let about = try item()
        let state = try item()
        let attributes = list(try item())
        guard case .pairlist(let info) = about.kind, let first = info.first, case .symbol(let name) = first.value.kind else {
            throw input.damaged("a vector of an unnamed class")
        }
        switch name {
        case "compact_intseq":
            let (count, start, step) = try sequence(state)
            return RObject(.integer((0..<count).map { Int32(clamping: start &+ step &* $0) }), attributes: attributes)
        case "compact_realseq":
            let (count, start, step) = try sequence(state)
            return RObject(.double((0..<count).map { Double(start &+ step &* $0) }), attributes: attributes)
        case "deferred_string": return RObject(.string(try deferred(state)), attributes: attributes)
        default:
            // The vector and what is known of it, as a pair or a list.
            var parts: [RObject] = []
            if case .list(let found) = state.kind { parts = found }
            if case .pairlist(let cells) = state.kind { parts = cells.map(\.value) }
            // Packages' own vectors that keep what they are as bytes, XGBoost's boosters among them.
            if case .raw = state.kind { return RObject(state.kind, attributes: attributes) }
            guard name.hasPrefix("wrap_"), let wrapped = parts.first else { throw input.damaged("a vector of the class \(name)") }
            return RObject(wrapped.kind, attributes: attributes.isEmpty ? wrapped.attributes : attributes)
        }
    }

    private func sequence(_ state: RObject) throws(RReadError) -> (count: Int, start: Int, step: Int) {
        guard case .double(let numbers) = state.kind, numbers.count == 3, let count = Int(exactly: numbers[0]), let start = Int(exactly: numbers[1]),
            let step = Int(exactly: numbers[2]), (0...1 << 32).contains(count), step == 1 || step == -1
        else { throw input.damaged("a sequence without its numbers") }
        // A few bytes may stand for a long sequence, but all of a file's together not for any length.
        sequenceLength += count
        if sequenceLength > 200_000_000 { throw RReadError(.sizeLimit, "sequences of \(sequenceLength) numbers", offset: input.stream.offset) }
        return (count, start, step)
    }

    /// Texts that R had not made of their numbers yet.
    private func deferred(_ state: RObject) throws(RReadError) -> [String?] {
        guard case .pairlist(let cells) = state.kind, let source = cells.first?.value else { throw input.damaged("texts without their numbers") }
        switch source.kind {
        case .integer(let values): return values.map { $0 == RObject.missingInteger ? nil : String($0) }
        case .logical(let values): return values.map { $0 == RObject.missingInteger ? nil : $0 == 0 ? "FALSE" : "TRUE" }
        case .double(let values): return values.map { RObject.isNA($0) ? nil : NumberTexts.text($0) }
        default: throw input.damaged("texts without their numbers")
        }
    }
}
