#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import Pommel
import Tabular

/// An open input table, and how far it has been read.
final class InputFile {
    let source: ByteSource
    private let descriptor: Int32
    /// The file's size in bytes; nil for pipes.
    let size: Int?

    init(_ name: String) throws(CommandFailure) {
        if name == "-" {
            descriptor = 0
        } else {
            descriptor = open(name, O_RDONLY | O_CLOEXEC)
            if descriptor < 0 {
                throw .unreadable(PommelError(
                    id: "file-open", message: "cannot open the input: \(String(cString: strerror(errno)))", place: .init(file: name)))
            }
        }
        source = ByteSource(descriptor: descriptor, name: name)
        var status = stat()
        let isFile = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        size = isFile ? Int(status.st_size) : nil
    }

    deinit { if descriptor > 0 { close(descriptor) } }

    /// The part of the file that has been read, 0 to 1; nil for pipes.
    var portion: Double? {
        guard let size, size > 0 else { return nil }
        let position = lseek(descriptor, 0, SEEK_CUR)
        return position < 0 ? nil : min(1, Double(position) / Double(size))
    }
}
