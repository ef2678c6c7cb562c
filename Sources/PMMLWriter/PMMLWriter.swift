// https://dmg.org/pmml/v4-4-1/GeneralStructure.html
import ModelTree

/// Writes model trees as PMML documents.
public enum PMMLWriter {
    /// Writes a document.
    ///
    /// - Parameters:
    ///   - version: what the version lacks is rewritten into what it has, as far as the scores stay the same.
    ///   - sink: receives the document's bytes in UTF-8, in pieces; the bytes are valid during the call. It has received bytes
    ///     of no use when this throws.
    /// - Throws: ``PMMLWriteError`` with all that the version cannot say; the sink's own error.
    public static func write(
        _ document: Document, version: PMMLVersion = .v4_4_1, to sink: @escaping (UnsafeBufferPointer<UInt8>) throws -> Void
    ) throws {
        let writer = DocumentWriter(document, MarkupWriter(version, sink))
        writer.write()
        if let failure = writer.out.failure { throw failure }
        let problems = writer.out.problems
        if !problems.isEmpty { throw PMMLWriteError(problems: problems) }
    }

    /// All that keeps a document from being written in a version; empty: nothing does.
    public static func problems(of document: Document, version: PMMLVersion) -> [Diagnostic] {
        let writer = DocumentWriter(document, MarkupWriter(version) { _ in })
        writer.write()
        return writer.out.problems
    }
}
