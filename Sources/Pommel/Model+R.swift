import ModelTree
import RReader

extension Model {
    /// Reads a model that R has saved.
    static func readR(path: String, _ options: OpenOptions) throws(PommelError) -> Document {
        do throws(RReadError) {
            return try RReader.document(try RReader.objects(path: path, limits: options.limits.ofR), objectName: options.objectName, name: path)
        } catch {
            throw PommelError(error, file: path)
        }
    }

    static func readR(bytes: [UInt8], _ options: OpenOptions, name: String) throws(PommelError) -> Document {
        do throws(RReadError) {
            return try RReader.document(try RReader.objects(bytes: bytes, limits: options.limits.ofR), objectName: options.objectName, name: name)
        } catch {
            throw PommelError(error, file: name)
        }
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
