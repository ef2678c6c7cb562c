import Conformance
import Foundation
import PMMLWriter
import Pommel

/// What became of a document that was written in a version and read again.
enum ConversionOutcome: Equatable {
    /// Valid as far as its schema is there, and its results are the same to the byte.
    case same
    /// The markup that the version lacks.
    case blocked([String])
    case broken(String)
}

extension ConformanceCase {
    /// Writes the case's document in some versions, reads it again and compares the results; nothing for a document that cannot
    /// be scored.
    func convert(to versions: [PMMLVersion]) -> [(version: PMMLVersion, outcome: ConversionOutcome)] {
        guard let original = try? Model(path: model) else { return [] }
        do {
            let document = try ModelDocument(path: model)
            let wanted = try score(original).text
            return versions.map { version in
                do {
                    return (version, try outcome(document, version, wanted))
                } catch {
                    return (version, .broken("\(error)"))
                }
            }
        } catch {
            return versions.map { ($0, .broken("\(error)")) }
        }
    }

    private func outcome(_ document: ModelDocument, _ version: PMMLVersion, _ wanted: [UInt8]) throws -> ConversionOutcome {
        let blockers = document.blockers(of: version)
        if !blockers.isEmpty {
            return blockers.allSatisfy { $0.place.line ?? 0 > 0 && $0.place.path != nil }
                ? .blocked(Set(blockers.map(\.message)).sorted()) : .broken("a message without a place: \(blockers)")
        }
        let bytes = try document.pmml(version: version)
        if let complaint = Schema.known[version]?.complaint(about: bytes) { return .broken("not valid: \(complaint)") }
        let converted = try Model(bytes: bytes, name: "\(name) in \(version.rawValue)")
        return try score(converted).text == wanted ? .same : .broken("the results differ")
    }
}
