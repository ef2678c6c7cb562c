import ArgumentParser

/// Names between commas; one that holds a comma or a quote stands in double quotes, as a cell of CSV does.
enum NameList {
    /// - Throws: a usage error for a quote that is not closed.
    static func split(_ text: String) throws -> [String] {
        var names: [String] = []
        var name = ""
        var isQuoted = false
        var previous: Character?
        for character in text {
            if character == "\"" {
                // A doubled quote is a quote.
                if !isQuoted && previous == "\"" && !name.isEmpty { name.append("\"") }
                if isQuoted || name.isEmpty || previous == "\"" { isQuoted.toggle() } else { name.append(character) }
            } else if character == "," && !isQuoted {
                names.append(name)
                name = ""
            } else {
                name.append(character)
            }
            previous = character
        }
        if isQuoted { throw ValidationError("--fields \(text): a double quote is not closed") }
        names.append(name)
        return names.filter { !$0.isEmpty }
    }
}
