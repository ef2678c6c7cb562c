import ModelTree
import RReader

extension PommelRuntime.Model {
    /// Reads a model that R has saved.
    static func readR(path: String, _ options: OpenOptions) throws(PommelError) -> Document {
        do throws(RReadError) {
            return try document(try RReader.objects(path: path, limits: options.limits.ofR), path, options)
        } catch {
            throw PommelError(error, file: path)
        }
    }

    static func readR(bytes: [UInt8], name: String, _ options: OpenOptions) throws(PommelError) -> Document {
        do throws(RReadError) {
            return try document(try RReader.objects(bytes: bytes, limits: options.limits.ofR), name, options)
        } catch {
            throw PommelError(error, file: name)
        }
    }

    private static func document(_ file: RFile, _ name: String, _ options: OpenOptions) throws(RReadError) -> Document {
        try RReader.document(file, objectName: options.objectName, arguments: options.predictArguments, name: name)
    }
}

extension PommelError {
    init(_ error: RReadError, file: String) {
        let within = error.path.isEmpty || error.message.contains(error.path) ? "" : " (in \(error.path))"
        self.init(
            id: error.id, message: error.message + within,
            place: Place(file: file, path: error.path.isEmpty ? nil : error.path, offset: error.offset))
    }
}
