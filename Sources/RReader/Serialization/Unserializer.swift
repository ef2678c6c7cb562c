/// Reads R's serialisation, item by item. R Internals, section 1.8.
///
/// Items follow one another with no lengths over them, so everything is read, and what no model needs becomes a mark. Objects that the
/// stream refers to again are kept in a table; environments are numbered, so that no object here holds itself.
final class Unserializer {
    let input: ScalarInput
    var texts = TextTable()
    var environments: [REnvironment] = []
    /// Numbers of all sequences that the file abbreviates.
    var sequenceLength = 0
    /// Symbols, environments, pointers: what REFSXP counts from 1.
    private var references: [RObject] = []
    private var depth = 0
    private let limits: RLimits
    /// The steps to the item that is being read.
    private var path: [PathStep] = []

    enum PathStep {
        case name(String)
        case position(Int)
        case attribute(String)
    }

    init(_ input: ScalarInput, _ limits: RLimits) {
        self.input = input
        self.limits = limits
    }

    /// Reads a file to its end.
    static func read(_ stream: ByteStream, _ limits: RLimits) throws(RReadError) -> RFile {
        let (header, input) = try FileHeader.read(stream)
        let reader = Unserializer(input, limits)
        var file = RFile()
        file.version = header.version
        file.writer = header.writer
        let root = try reader.located { () throws(RReadError) in try reader.item() }
        try stream.finish()
        if header.isWorkspace {
            switch root.kind {
            case .pairlist(let objects): file.objects = objects
            case .null: break
            default: throw RReadError(.format, "the file of `save` holds no list of objects")
            }
        } else {
            file.objects = [RObject.Argument(nil, root)]
        }
        file.environments = reader.environments
        return file
    }

    /// Adds the place inside the object to an error.
    private func located(_ read: () throws(RReadError) -> RObject) throws(RReadError) -> RObject {
        do throws(RReadError) {
            return try read()
        } catch {
            throw RReadError(error.kind, error.message, offset: error.offset ?? input.stream.offset, path: pathText())
        }
    }

    private func pathText() -> String {
        let shown = path.count > 24 ? Array(path.prefix(12)) + Array(path.suffix(12)) : path
        return shown.reduce(into: "") { text, step in
            switch step {
            case .name(let name): text += text.isEmpty ? name : "$" + name
            case .position(let index): text += "[[\(index + 1)]]"
            case .attribute(let name): text += "@" + name
            }
        }
    }

    /// Reads what lies below a step; the step stays on the path if that fails.
    func within<Result>(_ step: PathStep, _ read: () throws(RReadError) -> Result) throws(RReadError) -> Result {
        path.append(step)
        let result = try read()
        path.removeLast()
        return result
    }

    func item() throws(RReadError) -> RObject {
        let flags = ItemFlags(word: UInt32(bitPattern: try input.integer()))
        guard let type = ItemType(rawValue: flags.code) else { throw input.damaged("\(flags.code) is not a type of R") }
        return try nested { () throws(RReadError) in try item(type, flags) }
    }

    /// Goes one level down.
    func nested(_ read: () throws(RReadError) -> RObject) throws(RReadError) -> RObject {
        depth += 1
        defer { depth -= 1 }
        if depth > limits.depth { throw RReadError(.depthLimit, "more than \(limits.depth) objects inside one another", offset: input.stream.offset) }
        return try read()
    }

    private func item(_ type: ItemType, _ flags: ItemFlags) throws(RReadError) -> RObject {
        switch type {
        case .null, .nilValue: return .null
        case .globalEnvironment: return RObject(.global(.globalEnvironment))
        case .baseEnvironment, .baseNamespace: return RObject(.global(.baseEnvironment))
        case .emptyEnvironment: return RObject(.global(.emptyEnvironment))
        case .missingArgument: return RObject(.global(.missingArgument))
        case .unbound: return RObject(.global(.unbound))
        case .reference: return try reference(flags)
        case .symbol: return remember(RObject(.symbol(try symbolName())))
        case .namespace: return remember(RObject(.global(.namespace(try firstText()))))
        case .package: return remember(RObject(.global(.package(try firstText()))))
        case .persistent: return remember(RObject(.global(.persistent(try firstText()))))
        case .environment: return try environment()
        case .pairlist, .language, .closure, .promise, .dots, .attributedList, .attributedLanguage: return try cells(type, flags)
        case .externalPointer:
            let made = remember(RObject(.pointer))
            _ = try item()
            _ = try item()
            _ = try attributes(flags)
            return made
        case .weakReference:
            let made = remember(RObject(.pointer))
            _ = try attributes(flags)
            return made
        case .special, .builtin:
            let count = try input.length()
            guard count < 1 << 16 else { throw input.damaged("a function's name has \(count) bytes") }
            return RObject(.builtin(texts.text(try input.text(count), levels: 0)))
        case .characters: return RObject(.string([try characters(flags)]))
        case .alternative: return try alternative()
        case .byteCode: return RObject(.byteCode(try byteCode()), attributes: try attributes(flags))
        case .byteCodeReference, .byteCodeDefinition: throw input.damaged("a part of byte code stands outside of it")
        default:
            let kind = try vector(type)
            return RObject(kind, attributes: try attributes(flags))
        }
    }

    private func vector(_ type: ItemType) throws(RReadError) -> RObject.Kind {
        if type == .s4 { return .s4 }
        let count = try input.length()
        switch type {
        case .logical: return .logical(try input.integers(count))
        case .integer: return .integer(try input.integers(count))
        case .double: return .double(try input.doubles(count))
        case .complex:
            guard count < 1 << 40 else { throw input.damaged("a length is too large") }
            return .complex(try input.doubles(2 * count))
        case .raw: return .raw(try input.raw(count))
        case .string:
            var values: [String?] = []
            values.reserveCapacity(min(count, 1 << 16))
            for _ in 0..<count {
                let flags = ItemFlags(word: UInt32(bitPattern: try input.integer()))
                guard flags.code == ItemType.characters.rawValue else { throw input.damaged("an element of texts is none") }
                values.append(try characters(flags))
            }
            return .string(values)
        default:
            var values: [RObject] = []
            values.reserveCapacity(min(count, 1 << 16))
            for index in 0..<count { values.append(try within(.position(index)) { () throws(RReadError) in try item() }) }
            return type == .list ? .list(values) : .expression(values)
        }
    }

    /// A CHARSXP after its flags; nil is NA.
    private func characters(_ flags: ItemFlags) throws(RReadError) -> String? {
        let count = try input.integer()
        if count == -1 { return nil }
        guard count >= 0 else { throw input.damaged("\(count) is not a length") }
        let text = texts.text(try input.text(Int(count)), levels: flags.levels)
        if flags.hasAttributes { _ = try item() }
        return text
    }

    private func symbolName() throws(RReadError) -> String {
        guard case .string(let texts) = try item().kind, texts.count == 1 else { throw input.damaged("a symbol has no name") }
        return (texts[0] ?? "NA")
    }

    /// The first of the texts that name a package or namespace.
    private func firstText() throws(RReadError) -> String {
        guard try input.integer() == 0 else { throw input.damaged("names of texts in a reference") }
        let count = try input.length()
        var first = ""
        for index in 0..<count {
            guard case .string(let texts) = try item().kind else { throw input.damaged("a reference has no name") }
            if index == 0 { first = texts.first.flatMap { $0 } ?? "" }
        }
        return first
    }

    private func remember(_ object: RObject) -> RObject {
        references.append(object)
        return object
    }

    private func reference(_ flags: ItemFlags) throws(RReadError) -> RObject {
        let index = flags.packedIndex != 0 ? flags.packedIndex : Int(try input.integer())
        guard index >= 1, index <= references.count else { throw input.damaged("reference \(index) of \(references.count)") }
        return references[index - 1]
    }

    private func environment() throws(RReadError) -> RObject {
        _ = try input.integer()
        let position = environments.count
        environments.append(REnvironment())
        let made = remember(RObject(.environment(position)))
        let enclosure = try item()
        let frame = try item()
        let table = try item()
        let attributes = try item()
        var variables: [RObject.Argument] = []
        if case .pairlist(let cells) = frame.kind { variables += cells }
        if case .list(let chains) = table.kind {
            for case .pairlist(let cells) in chains.map(\.kind) { variables += cells }
        }
        environments[position].enclosure = enclosure
        environments[position].variables = variables
        if case .pairlist(let cells) = attributes.kind { environments[position].attributes = cells }
        return made
    }

    /// A chain of cells, however long, without going down for each.
    private func cells(_ type: ItemType, _ flags: ItemFlags) throws(RReadError) -> RObject {
        var cells: [RObject.Argument] = []
        var attributes: [RObject.Argument] = []
        var type = type
        var flags = flags
        if type == .closure || type == .promise {
            if flags.hasAttributes { attributes = list(try item()) }
            let environment = flags.hasTag ? try item() : .null
            let first = try item()
            let second = try item()
            if type == .promise {
                // A promise that has been kept is its value.
                if case .global(.unbound) = first.kind { return RObject(.promise(expression: second), attributes: attributes) }
                return first
            }
            return RObject(.closure(formals: first, body: second, environment: environment), attributes: attributes)
        }
        let isCall = type == .language || type == .attributedLanguage
        while true {
            if flags.hasAttributes || type == .attributedList || type == .attributedLanguage {
                let found = list(try item())
                if cells.isEmpty { attributes = found }
            }
            let tag = flags.hasTag ? try item() : .null
            var name: String?
            if case .symbol(let text) = tag.kind { name = text }
            let position = cells.count
            let value = try within(name.map { .name($0) } ?? .position(position)) { () throws(RReadError) in try item() }
            cells.append(RObject.Argument(name, value))
            flags = ItemFlags(word: UInt32(bitPattern: try input.integer()))
            guard let next = ItemType(rawValue: flags.code) else { throw input.damaged("\(flags.code) is not a type of R") }
            if next == .nilValue || next == .null { break }
            guard next == .pairlist || next == .language || next == .attributedList || next == .attributedLanguage || next == .dots else {
                // A dotted pair, which no model has; what ends it is dropped.
                _ = try item(next, flags)
                break
            }
            type = next
        }
        return RObject(isCall ? .language(cells) : .pairlist(cells), attributes: attributes)
    }

    func list(_ object: RObject) -> [RObject.Argument] {
        if case .pairlist(let cells) = object.kind { return cells }
        return []
    }

    private func attributes(_ flags: ItemFlags) throws(RReadError) -> [RObject.Argument] {
        flags.hasAttributes ? list(try item()) : []
    }
}
