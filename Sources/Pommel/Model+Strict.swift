import ModelTree

extension PommelRuntime.Model {
    /// Remarks on documents that the standard allows: they are no reason to refuse one.
    private static let allowed: Set<String> = [
        // Of several models the first is meant, unless another is named.
        "several-models"
    ]

    static func isDeparture(_ id: String) -> Bool { !allowed.contains(id) }

    /// Refuses a document that departs from the standard, for the first remark that says so, under the remark's own id.
    static func refuse(departures warnings: [Diagnostic], _ document: Document) throws(PommelError) {
        guard let first = warnings.first(where: { isDeparture($0.id) }) else { return }
        throw PommelError(
            id: first.id, message: first.message, place: PommelError.Place(first.location, document.paths, file: document.name))
    }
}
