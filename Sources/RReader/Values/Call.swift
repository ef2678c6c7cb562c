/// A call of a formula: the function's name without its package, and the arguments.
struct Call {
    let function: String
    let arguments: [(name: String?, value: RValue)]
    let value: RValue

    /// nil for what is no call of a named function.
    init?(_ value: RValue) {
        guard case .language(let cells) = value.object.kind, let head = cells.first else { return nil }
        switch head.value.kind {
        case .symbol(let name): function = name
        case .language(let parts):
            // package::function
            guard parts.count == 3, case .symbol(let mark) = parts[0].value.kind, mark == "::" || mark == ":::",
                case .symbol(let name) = parts[2].value.kind
            else { return nil }
            function = name
        default: return nil
        }
        arguments = Array(value.elements.dropFirst())
        self.value = value
    }

    /// Arguments matched to parameters as R does it: by exact name, by the beginning of a name, then by position.
    func matched(_ parameters: [String]) throws(RReadError) -> [String: RValue] {
        var found: [String: RValue] = [:]
        var rest: [(name: String?, value: RValue)] = []
        for argument in arguments {
            if let name = argument.name, parameters.contains(name) { found[name] = argument.value } else { rest.append(argument) }
        }
        var unnamed: [RValue] = []
        for argument in rest {
            guard let name = argument.name else {
                unnamed.append(argument.value)
                continue
            }
            let candidates = parameters.filter { $0.hasPrefix(name) && found[$0] == nil }
            guard candidates.count == 1 else { throw value.unsupportedTerm("\(function)() has an argument \(name) that is not supported") }
            found[candidates[0]] = argument.value
        }
        var open = parameters.filter { found[$0] == nil }[...]
        for argument in unnamed {
            guard let next = open.popFirst() else { throw value.unsupportedTerm("\(function)() has more arguments than are supported") }
            found[next] = argument
        }
        return found
    }
}
