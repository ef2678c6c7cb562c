#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import Pommel

/// Standard output and standard error.
enum Console {
    /// Writes text and a line break to standard output.
    static func say(_ text: String) throws(CommandFailure) {
        var line = text + "\n"
        guard line.withUTF8({ write($0, to: 1) }) else {
            throw .unwritable(PommelError(
                id: errno == EPIPE ? "pipe-closed" : "file-write", message: "cannot write: \(String(cString: strerror(errno)))",
                place: .init(file: "-")))
        }
    }

    /// Writes text and a line break to standard error; nothing can be done if that fails.
    static func note(_ text: String) { raw(text + "\n") }

    /// Writes text to standard error as it is.
    static func raw(_ text: String) {
        var text = text
        _ = text.withUTF8 { write($0, to: 2) }
    }

    static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

    private static func write(_ bytes: UnsafeBufferPointer<UInt8>, to descriptor: Int32) -> Bool {
        guard let base = bytes.baseAddress else { return true }
        var offset = 0
        while offset < bytes.count {
            #if canImport(Glibc)
            let count = Glibc.write(descriptor, base + offset, bytes.count - offset)
            #elseif canImport(Musl)
            let count = Musl.write(descriptor, base + offset, bytes.count - offset)
            #else
            let count = Darwin.write(descriptor, base + offset, bytes.count - offset)
            #endif
            if count > 0 { offset += count } else if count < 0 && errno != EINTR { return false }
        }
        return true
    }
}
