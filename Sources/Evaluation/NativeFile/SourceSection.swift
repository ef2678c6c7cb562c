extension ProgramImage {
    /// The file's bytes with the document that the model was compiled from as a further section, piece by piece in their order.
    ///
    /// - Parameter source: a gzip file.
    func writing<Failure: Error>(
        source: [UInt8], to write: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        let oldDirectory = directoryStart
        let sourceStart = FileLayout.aligned(oldDirectory)
        let newDirectory = FileLayout.aligned(sourceStart + source.count)
        var directory = DirectoryWriter(Array(bytes[oldDirectory...]))
        directory.add(
            FileLayout.source, .uint8, flags: 0, offset: sourceStart, count: source.count, source.withUnsafeBytes { Checksum.of($0) })
        let header = directory.header(fileSize: newDirectory + directory.bytes.count, directoryStart: newDirectory)

        func give(_ bytes: [UInt8]) throws(Failure) {
            try withUnsafeBytes(of: bytes) { (bytes) throws(Failure) in try write(bytes) }
        }
        try give(header)
        try write(UnsafeRawBufferPointer(rebasing: bytes[FileLayout.headerSize..<oldDirectory]))
        try give([UInt8](repeating: 0, count: sourceStart - oldDirectory))
        try give(source)
        try give([UInt8](repeating: 0, count: newDirectory - sourceStart - source.count))
        try give(directory.bytes)
    }
}

/// The bytes of an array, with typed errors.
private func withUnsafeBytes<Failure: Error>(
    of array: [UInt8], _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
) throws(Failure) {
    var failure: Failure?
    array.withUnsafeBytes { bytes in
        do throws(Failure) { try body(bytes) } catch { failure = error }
    }
    if let failure { throw failure }
}
