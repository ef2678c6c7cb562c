#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

import Pommel

/// Whether two paths lead to one regular file, whatever they are called.
enum SameFile {
    /// Whether two files would be one when they are written: by another spelling, or through a link, though neither is there yet.
    static func wouldBeSame(_ a: String, _ b: String) -> Bool {
        if isSame(a, b) { return true }
        guard let first = place(a), let second = place(b) else { return false }
        return first == second && !isSpecial(first)
    }

    /// The path of a file that may not be there, in the folder's own spelling.
    private static func place(_ path: String) -> String? {
        guard let target = OutputFile.resolved(path) else { return nil }
        let start = target.lastIndex(of: "/").map { target.index(after: $0) } ?? target.startIndex
        let folder = start == target.startIndex ? "." : String(target[..<start])
        guard let found = realpath(folder, nil) else { return nil }
        defer { free(found) }
        return String(cString: found) + "/" + target[start...]
    }

    /// A pipe or device takes more than one output.
    private static func isSpecial(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
    }

    /// Whether two files that are there are one.
    ///
    /// - Parameter b: `-` is what standard input is read from.
    static func isSame(_ a: String, _ b: String) -> Bool {
        var (first, second) = (stat(), stat())
        guard stat(a, &first) == 0, (b == "-" ? fstat(0, &second) : stat(b, &second)) == 0 else { return false }
        return first.st_mode & S_IFMT == S_IFREG && first.st_dev == second.st_dev && first.st_ino == second.st_ino
    }
}
