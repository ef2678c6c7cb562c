import ModelTree
import PMMLWriter

extension ModelDocument {
    /// Writes the document as PMML. It appears under its name only when it is complete; a name that ends in `.gz` gets a
    /// compressed one.
    ///
    /// - Parameters:
    ///   - path: the file to write; it is replaced when all of it has been written.
    ///   - version: what the version lacks is rewritten into what it has, as far as the scores stay the same to the bit.
    /// - Returns: everything that keeps the document from being said in that version, with its place in the source; nothing has
    ///   been written unless this is empty.
    /// - Throws: ``PommelError`` when the file cannot be written.
    public func writePMML(to path: String, version: PMMLVersion = .v4_4_1) throws(PommelError) -> [PommelError] {
        try BigStack.run { () throws(PommelError) in
            let file = try OutputFile(path: path)
            // What goes to a pipe cannot be taken back.
            if file.isDirect {
                let blockers = PMMLWriter.problems(of: document, version: version)
                if !blockers.isEmpty { return errors(blockers) }
            }
            let blockers: [Diagnostic]
            if path.hasSuffix(".gz") {
                let deflater = GzipDeflater()
                blockers = try write(version) { bytes throws(PommelError) in
                    try deflater.add(bytes) { piece throws(PommelError) in try file.write(piece) }
                }
                if blockers.isEmpty { try deflater.finish { piece throws(PommelError) in try file.write(piece) } }
            } else {
                blockers = try write(version) { bytes throws(PommelError) in try file.write(bytes) }
            }
            if blockers.isEmpty { try file.commit() }
            return errors(blockers)
        }
    }

    /// The document as PMML.
    ///
    /// - Throws: the first of what keeps the document from being said in that version.
    public func pmml(version: PMMLVersion = .v4_4_1) throws(PommelError) -> [UInt8] {
        try BigStack.run { () throws(PommelError) in
            var bytes: [UInt8] = []
            let blockers = try write(version) { piece throws(PommelError) in bytes += piece }
            if let first = errors(blockers).first { throw first }
            return bytes
        }
    }

    /// Everything that keeps the document from being said in a version, with its place in the source.
    public func blockers(of version: PMMLVersion) -> [PommelError] {
        let found = try? BigStack.run { () throws(PommelError) in errors(PMMLWriter.problems(of: document, version: version)) }
        return found ?? []
    }

    private func write(
        _ version: PMMLVersion, _ sink: @escaping (UnsafeRawBufferPointer) throws(PommelError) -> Void
    ) throws(PommelError) -> [Diagnostic] {
        do {
            try PMMLWriter.write(document, version: version) { try sink(UnsafeRawBufferPointer($0)) }
            return []
        } catch let error as PMMLWriteError {
            return error.problems
        } catch let error as PommelError {
            throw error
        } catch {
            throw PommelError(id: "file-write", message: "\(error)", place: .init(file: name))
        }
    }

    private func errors(_ problems: [Diagnostic]) -> [PommelError] {
        problems.map {
            PommelError(id: $0.id, message: $0.message, place: PommelError.Place($0.location, document.paths, file: name))
        }
    }

    /// The document as a gzip file, for a native file to hold; nil when PMML cannot say all of it.
    func source() throws(PommelError) -> [UInt8]? {
        try BigStack.run { () throws(PommelError) in
            let deflater = GzipDeflater()
            var compressed: [UInt8] = []
            let blockers = try write(.v4_4_1) { bytes throws(PommelError) in
                try deflater.add(bytes) { piece throws(PommelError) in compressed += piece }
            }
            try deflater.finish { piece throws(PommelError) in compressed += piece }
            return blockers.isEmpty ? compressed : nil
        }
    }
}
