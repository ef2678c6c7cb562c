#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A file that is written under a temporary name beside its place and takes its own name only when it is complete.
///
/// A pipe or device is written to directly: there is nothing to rename.
package final class OutputFile {
    /// The name that the caller gave.
    package let path: String
    /// Where to write.
    package let descriptor: Int32
    /// The file as it is called until it is complete; nil for a pipe or device.
    private var temporary: String?
    private let target: String
    /// Whether what is written has gone, and cannot be taken back.
    package var isDirect: Bool { temporary == nil }
    private var isOpen = true

    package init(path: String) throws(PommelError) {
        self.path = path
        var status = stat()
        let exists = stat(path, &status) == 0
        if exists && status.st_mode & S_IFMT != S_IFREG {
            target = path
            descriptor = open(path, O_WRONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw OutputFile.failure(path) }
            return
        }
        guard let resolved = OutputFile.resolved(path) else { throw OutputFile.failure(path) }
        target = resolved
        var name = Array(OutputFile.template(target).utf8CString)
        let (opened, made, problem) = TemporaryFiles.uninterrupted {
            let opened = mkstemp(&name)
            let problem = errno
            let made = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
            if opened >= 0 { TemporaryFiles.add(made) }
            return (opened, made, problem)
        }
        descriptor = opened
        guard opened >= 0 else {
            errno = problem
            throw OutputFile.failure(path)
        }
        temporary = made
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        // mkstemp makes a file for its owner alone; this one is to have the rights of any new or replaced file.
        let mask = umask(0)
        umask(mask)
        fchmod(descriptor, exists ? status.st_mode & 0o7777 : 0o666 & ~mask)
    }

    deinit {
        if isOpen { close(descriptor) }
        if let temporary {
            unlink(temporary)
            TemporaryFiles.remove(temporary)
        }
    }

    package func write(_ bytes: UnsafeRawBufferPointer) throws(PommelError) {
        guard let base = bytes.baseAddress else { return }
        var offset = 0
        while offset < bytes.count {
            // Linux takes no more than 2 GB at a time.
            let count = systemWrite(descriptor, base + offset, min(bytes.count - offset, 1 << 30))
            if count > 0 {
                offset += count
            } else if count < 0 && errno != EINTR {
                throw OutputFile.failure(path)
            }
        }
    }

    /// Gives the complete file its name.
    package func commit() throws(PommelError) {
        guard isOpen else { return }
        isOpen = false
        guard close(descriptor) == 0 else { throw OutputFile.failure(path) }
        if let temporary {
            guard rename(temporary, target) == 0 else { throw OutputFile.failure(path) }
            TemporaryFiles.remove(temporary)
            self.temporary = nil
        }
    }

    /// What the file is called until it is complete. A name has 255 bytes at most, so the end of a long one has no place in it.
    private static func template(_ target: String) -> String {
        let start = target.lastIndex(of: "/").map { target.index(after: $0) } ?? target.startIndex
        var name = target[start...]
        if name.utf8.count <= 255 { while name.utf8.count > 248 { name.removeLast() } }
        return target[..<start] + name + ".XXXXXX"
    }

    /// The file behind symbolic links, so that the link stays and its file is replaced, or made; nil, and `errno`, for a circle of links.
    package static func resolved(_ path: String) -> String? {
        if let found = realpath(path, nil) {
            defer { free(found) }
            return String(cString: found)
        }
        if errno == ELOOP { return nil }
        var place = path
        var target = [CChar](repeating: 0, count: Int(PATH_MAX))
        // The kernel follows 40 links at most.
        for _ in 0..<40 {
            let length = readlink(place, &target, target.count)
            if length < 0 { return place }
            guard let name = String(validating: target.prefix(length), as: UTF8.self) else {
                errno = EILSEQ
                return nil
            }
            let folder = place.lastIndex(of: "/").map { place[...$0] } ?? ""
            place = name.hasPrefix("/") ? name : folder + name
        }
        errno = ELOOP
        return nil
    }

    private static func failure(_ path: String) -> PommelError {
        PommelError(
            id: errno == EPIPE ? "pipe-closed" : "file-write", message: "cannot write: \(String(cString: strerror(errno)))",
            place: .init(file: path))
    }
}

private func systemWrite(_ descriptor: Int32, _ base: UnsafeRawPointer, _ count: Int) -> Int {
    #if canImport(Glibc)
    Glibc.write(descriptor, base, count)
    #elseif canImport(Musl)
    Musl.write(descriptor, base, count)
    #else
    Darwin.write(descriptor, base, count)
    #endif
}
