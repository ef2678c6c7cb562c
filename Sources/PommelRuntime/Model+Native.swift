#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import Evaluation

extension Model {
    /// Opens a `.pommel` file by mapping it into memory.
    ///
    /// - Throws: ``PommelError`` with the section and offset at which the file is wrong.
    public convenience init(nativeFile path: String) throws(PommelError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw PommelError(
                id: "file-unreadable", message: "cannot read the model: \(String(cString: strerror(errno)))", place: .init(file: path))
        }
        defer { close(descriptor) }
        let program = try Model.translating(path) { () throws(FormatError) in try Program(mapping: descriptor) }
        self.init(name: path, program: program, warnings: [], isNative: true)
    }

    /// Opens the bytes of a `.pommel` file, which are copied.
    ///
    /// - Parameter name: what stands for the file in messages.
    public convenience init(nativeBytes bytes: [UInt8], name: String = "memory") throws(PommelError) {
        let program = try Model.translating(name) { () throws(FormatError) in try Program(bytes: bytes) }
        self.init(name: name, program: program, warnings: [], isNative: true)
    }

    /// Runs work on a native file, whose errors are told as this library's.
    package static func translating<Result>(
        _ name: String, _ open: () throws(FormatError) -> Result
    ) throws(PommelError) -> Result {
        do {
            return try open()
        } catch {
            throw PommelError(
                id: error.id, message: error.message, place: .init(file: name, section: error.section, offset: error.offset))
        }
    }
}
