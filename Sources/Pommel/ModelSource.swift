#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import Evaluation
import RReader

/// Where a model's bytes come from, once it is known whether they are PMML, native, or an object of R's.
enum ModelSource {
    /// A native file, open for mapping.
    case native(descriptor: Int32)
    case nativeBytes([UInt8])
    case document(path: String)
    case documentBytes([UInt8])
    case saved(path: String)
    case savedBytes([UInt8])

    /// Whether R saved it.
    var isSaved: Bool {
        switch self {
        case .saved, .savedBytes: true
        case .native, .nativeBytes, .document, .documentBytes: false
        }
    }

    /// Looks at the first bytes of a file; what cannot be read twice (a pipe, standard input as `-`) is read whole.
    ///
    /// The caller closes the descriptor of ``native(descriptor:)``.
    static func open(path: String) throws(PommelError) -> ModelSource {
        if path == "-" { return try judged(try readAll(0, path), path) }
        #if canImport(Glibc)
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        #elseif canImport(Musl)
        let descriptor = Musl.open(path, O_RDONLY | O_CLOEXEC)
        #else
        let descriptor = Darwin.open(path, O_RDONLY | O_CLOEXEC)
        #endif
        guard descriptor >= 0 else { throw unreadable(path) }
        var status = stat()
        let isFile = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        if !isFile {
            defer { close(descriptor) }
            return try judged(try readAll(descriptor, path), path)
        }
        var head = [UInt8](repeating: 0, count: 512)
        let count = head.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        head.removeLast(head.count - max(0, count))
        if head.count >= 8, head.withUnsafeBytes({ ProgramImage.isNative($0) }) { return .native(descriptor: descriptor) }
        close(descriptor)
        if RReader.recognizes(head) { return .saved(path: path) }
        try refuse(head, path)
        try refuseSaved(head, path)
        return .document(path: path)
    }

    private static func refuse(_ head: [UInt8], _ name: String) throws(PommelError) {
        guard let what = OtherFile.description(head) else { return }
        throw PommelError(id: "not-a-model", message: "the file is no model but \(what)", place: .init(file: name))
    }

    /// A file that is called as those of R are, and begins neither as one of them nor as a document.
    private static func refuseSaved(_ head: [UInt8], _ name: String) throws(PommelError) {
        let end = name.lowercased()
        guard [".rds", ".rda", ".rdata"].contains(where: { end.hasSuffix($0) }), !head.contains(UInt8(ascii: "<")), head.first != 0x1f else { return }
        let what = head.isEmpty ? "the file is empty" : "the file does not begin as one of R's does"
        throw PommelError(id: RErrorID.format.rawValue, message: "\(what): saveRDS() and save() write such files", place: .init(file: name))
    }

    /// Gives back the descriptor of ``native(descriptor:)`` where only the kind of source was asked for.
    static func discard(_ descriptor: Int32) { _ = close(descriptor) }

    /// Tells bytes in memory apart.
    static func of(_ bytes: [UInt8]) -> ModelSource {
        if bytes.withUnsafeBytes({ ProgramImage.isNative($0) }) { return .nativeBytes(bytes) }
        return RReader.recognizes(Array(bytes.prefix(512))) ? .savedBytes(bytes) : .documentBytes(bytes)
    }

    static func readAll(_ descriptor: Int32, _ name: String) throws(PommelError) -> [UInt8] {
        var bytes: [UInt8] = []
        let step = 1 << 16
        while true {
            let start = bytes.count
            bytes.reserveCapacity(start + step)
            var count = 0
            bytes.append(contentsOf: repeatElement(0, count: step))
            repeat {
                count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress.map { $0 + start }, step) }
            } while count < 0 && errno == EINTR
            if count < 0 { throw unreadable(name) }
            bytes.removeLast(step - count)
            if count == 0 { return bytes }
        }
    }

    /// As ``of(_:)``, refusing what is no model.
    private static func judged(_ bytes: [UInt8], _ name: String) throws(PommelError) -> ModelSource {
        let source = of(bytes)
        if case .documentBytes = source { try refuse(Array(bytes.prefix(512)), name) }
        return source
    }

    private static func unreadable(_ path: String) -> PommelError {
        PommelError(id: "file-unreadable", message: "cannot read the model: \(String(cString: strerror(errno)))", place: .init(file: path))
    }
}
