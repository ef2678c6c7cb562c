#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import Evaluation
import RReader
import XMLStream

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
    ///
    /// - Parameter most: the most bytes that are read of what cannot be read twice.
    static func open(path: String, most: Int) throws(PommelError) -> ModelSource {
        if path == "-" { return try stream(0, path, most) }
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
            return try stream(descriptor, path, most)
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
        guard let what = OtherFile.description(head) ?? decompressedHead(head).flatMap(OtherFile.descriptionOfCompressed) else { return }
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

    /// The bytes behind a descriptor, up to its end, or as soon as there are `enough`.
    ///
    /// - Parameters:
    ///   - known: what was read before.
    ///   - most: the most bytes in all.
    static func readAll(
        _ descriptor: Int32, _ name: String, after known: [UInt8] = [], enough: Int = .max, most: Int = .max
    ) throws(PommelError) -> [UInt8] {
        // The array grows by doubling; were it told how much more is coming, all of it would be copied each time.
        var bytes = known
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { room.deallocate() }
        while bytes.count < enough {
            let count = read(descriptor, room.baseAddress, room.count)
            if count < 0 && errno == EINTR { continue }
            if count < 0 { throw unreadable(name) }
            if count == 0 { break }
            bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: room[..<count]))
            if bytes.count > most {
                throw PommelError(id: XMLError.ID.documentSizeLimit.rawValue, message: "the model is larger than \(most) bytes", place: .init(file: name))
            }
        }
        return bytes
    }

    /// Reads a pipe or device, which may never end: what is no model is refused by its first bytes.
    private static func stream(_ descriptor: Int32, _ name: String, _ most: Int) throws(PommelError) -> ModelSource {
        let head = try readAll(descriptor, name, enough: 512, most: most)
        if case .documentBytes = of(head) { try refuse(Array(head.prefix(512)), name) }
        return of(try readAll(descriptor, name, after: head, most: most))
    }

    private static func unreadable(_ path: String) -> PommelError {
        PommelError(id: "file-unreadable", message: "cannot read the model: \(String(cString: strerror(errno)))", place: .init(file: path))
    }
}
