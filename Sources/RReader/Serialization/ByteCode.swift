extension Unserializer {
    /// Byte code: read to know where it ends; what is kept is the expression it was compiled from, its first constant.
    func byteCode() throws(RReadError) -> RObject {
        let count = try input.length()
        guard count < 1 << 24 else { throw input.damaged("byte code with \(count) shared parts") }
        var shared: [Int: RObject] = [:]
        return try code(&shared)
    }

    private func code(_ shared: inout [Int: RObject]) throws(RReadError) -> RObject {
        _ = try item()
        let count = try input.length()
        var first: RObject?
        for _ in 0..<count {
            let type = try input.integer()
            let constant: RObject
            if type == ItemType.byteCode.rawValue {
                constant = try nested { () throws(RReadError) in try code(&shared) }
            } else {
                constant = try part(type, &shared)
            }
            if first == nil { first = constant }
        }
        return first ?? .null
    }

    /// A constant, or a part of one, whose type has been read.
    private func part(_ type: Int32, _ shared: inout [Int: RObject]) throws(RReadError) -> RObject {
        guard let type = UInt8(exactly: type).flatMap(ItemType.init) else { return try item() }
        switch type {
        case .byteCodeReference:
            let index = Int(try input.integer())
            return shared[index] ?? .null
        case .byteCodeDefinition, .language, .pairlist, .attributedLanguage, .attributedList:
            return try nested { () throws(RReadError) in try cells(type, &shared) }
        default: return try item()
        }
    }

    private func cells(_ start: ItemType, _ shared: inout [Int: RObject]) throws(RReadError) -> RObject {
        var type = start
        var cells: [RObject.Argument] = []
        var attributes: [RObject.Argument] = []
        var isCall = false
        var definitions: [Int] = []
        while true {
            if type == .byteCodeDefinition {
                definitions.append(Int(try input.integer()))
                guard let next = UInt8(exactly: try input.integer()).flatMap(ItemType.init) else { throw input.damaged("byte code without a type") }
                type = next
            }
            if cells.isEmpty { isCall = type == .language || type == .attributedLanguage }
            if type == .attributedLanguage || type == .attributedList {
                let found = list(try item())
                if cells.isEmpty { attributes = found }
            }
            var name: String?
            if case .symbol(let text) = try item().kind { name = text }
            cells.append(RObject.Argument(name, try part(try input.integer(), &shared)))
            let next = try input.integer()
            guard let nextType = UInt8(exactly: next).flatMap(ItemType.init),
                [.language, .pairlist, .attributedLanguage, .attributedList, .byteCodeDefinition].contains(nextType)
            else {
                _ = try part(next, &shared)
                break
            }
            type = nextType
        }
        let made = RObject(isCall ? .language(cells) : .pairlist(cells), attributes: attributes)
        for index in definitions { shared[index] = made }
        return made
    }
}
