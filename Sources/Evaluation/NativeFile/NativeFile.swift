#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension Program {
    /// Maps a `.pommel` file and verifies it.
    ///
    /// - Parameter descriptor: an open file; it may be closed afterwards.
    /// - Throws: ``FormatError``.
    public convenience init(mapping descriptor: Int32) throws(FormatError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw FormatError(id: "file-map", message: "the file's size cannot be read", section: "header", offset: 0)
        }
        try self.init(image: try ProgramImage(mapping: descriptor, size: Int(status.st_size)))
    }
}
