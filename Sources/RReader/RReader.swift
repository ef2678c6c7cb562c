public import ModelTree

/// Reads models that R has saved with `saveRDS` or `save`. Nothing in the file is run.
public enum RReader {
    /// Whether bytes begin as a saved object does, compressed or not; a beginning of some hundred bytes is enough.
    public static func recognizes(_ head: [UInt8]) -> Bool {
        switch Compression(head: head) {
        case .none: return FileHeader.isSaved(head)
        case .gzip:
            // PMML may be compressed with gzip, too.
            guard let feed = try? GzipFeed(MemoryFeed(head)) else { return false }
            var first = [UInt8](repeating: 0, count: 5)
            var filled = 0
            while filled < first.count {
                guard let got = try? first.filling(from: filled, feed.read(into:)), got > 0 else { break }
                filled += got
            }
            return FileHeader.isSaved(first[..<filled])
        case .bzip2, .xz: return true
        }
    }

    /// Reads all objects of a file.
    public static func objects(path: String, limits: RLimits = RLimits()) throws(RReadError) -> RFile {
        let feed = try FileFeed(path: path)
        return try Unserializer.read(try ByteStream.open(feed, storedSize: feed.size, limits), limits)
    }

    /// Reads all objects of a file held in memory.
    public static func objects(bytes: [UInt8], limits: RLimits = RLimits()) throws(RReadError) -> RFile {
        try Unserializer.read(try ByteStream.open(MemoryFeed(bytes), storedSize: bytes.count, limits), limits)
    }

    /// Makes a document of the model in a file.
    ///
    /// - Parameters:
    ///   - objectName: the object to take from a file of `save`, or the element from a list; nil takes the only model.
    ///   - arguments: arguments of R's `predict`, by their names.
    ///   - name: the document's name.
    public static func document(
        _ file: RFile, objectName: String? = nil, arguments: [String: String] = [:], name: String
    ) throws(RReadError) -> Document {
        let object = try ModelChoice.choose(file, objectName)
        let builder = DocumentBuilder(arguments: PredictArguments(arguments))
        let model = try ClassRegistry.model(object, builder)
        try builder.arguments.checkUse(by: object)
        return builder.document(model, name: name, writer: file.writer)
    }
}

/// Which object of a file is meant.
enum ModelChoice {
    static func choose(_ file: RFile, _ name: String?) throws(RReadError) -> RValue {
        let roots = file.objects.map { RValue($0.value, path: $0.name ?? "object", in: file) }
        if let name { return try named(name, file, roots) }
        if roots.count == 1, file.objects[0].name == nil { return roots[0] }
        let models = roots.filter { ClassRegistry.reader(of: $0) != nil }
        if models.count == 1 { return models[0] }
        if models.count > 1 {
            throw RReadError(.severalObjects, "the file holds several models: \(models.map(\.path).joined(separator: ", ")); --object must name one")
        }
        if roots.count == 1 { return roots[0] }
        let found = zip(roots, file.objects).map { "\($1.name ?? "") (\($0.classes.first ?? "no class"))" }
        throw RReadError(.noModel, "none of the file's objects is a model that is supported: \(found.joined(separator: ", "))")
    }

    /// An element by its name, or by its position as `[[2]]`.
    private static func element(_ value: RValue, _ step: String) -> RValue? {
        if step.hasPrefix("[["), step.hasSuffix("]]"), let position = Int(step.dropFirst(2).dropLast(2)), position > 0 {
            let all = value.elements
            return all.indices.contains(position - 1) ? all[position - 1].value : nil
        }
        return value.optional(step)
    }

    /// `fit`, or `models$fit` inside of a list.
    private static func named(_ name: String, _ file: RFile, _ roots: [RValue]) throws(RReadError) -> RValue {
        let isUnnamed = file.objects.count == 1 && file.objects[0].name == nil
        if let root = roots.first(where: { !isUnnamed && $0.path == name }) { return root }
        var steps = name.split(separator: "$", omittingEmptySubsequences: true).map(String.init)[...]
        var current: RValue?
        if isUnnamed { current = roots[0] } else if let first = steps.popFirst() { current = roots.first { $0.path == first } }
        for step in steps { current = current.flatMap { element($0, step) } }
        guard let current else {
            let names = isUnnamed ? roots[0].names ?? [] : roots.map(\.path)
            throw RReadError(.unknownObject, "the file holds no object named \"\(name)\", but \(names.prefix(20).joined(separator: ", "))")
        }
        return current
    }
}
