/// The name that was most likely meant where another one was written.
public enum NearestName {
    /// The candidate that differs least: in capitals, blanks and punctuation alone, or in a third of its characters at most, or in
    /// the order of its letters.
    public static func to(_ name: String, among candidates: some Sequence<String>) -> String? {
        // Nobody mistypes a name as long as this, and working on it takes time.
        guard name.utf8.count <= 200 else { return nil }
        let wanted = plain(name)
        if wanted.isEmpty { return nil }
        // Long lists are hardly typing errors of one another, and each comparison takes time.
        let near = candidates.lazy.prefix(10_000).filter { $0.utf8.count <= 200 && $0 != name }
        if let same = near.first(where: { plain($0) == wanted }) { return same }
        let scalars = Array(wanted.unicodeScalars.map(\.value).prefix(100))
        var best: (name: String, distance: Int)?
        for candidate in near {
            let limit = min(max(1, scalars.count / 3), (best?.distance ?? .max) - 1)
            if limit < 1 || scalars.count < 3 { continue }
            let distance = EditDistance.between(scalars, plain(candidate).unicodeScalars.map(\.value), limit: limit)
            if distance <= limit { best = (candidate, distance) }
        }
        if let best { return best.name }
        // Letters that are exchanged count as two differences, which is more than a third of a short name.
        let letters = wanted.sorted()
        return letters.count < 4 ? nil : near.first { plain($0).first == wanted.first && plain($0).sorted() == letters }
    }

    /// A clause for a message; empty where nothing is near.
    public static func hint(_ name: String, among candidates: some Sequence<String>) -> String {
        to(name, among: candidates).map { "; is \"\($0)\" meant?" } ?? ""
    }

    private static func plain(_ name: String) -> String {
        let kept = name.lowercased().unicodeScalars.filter { !" _-.".unicodeScalars.contains($0) }
        return String(String.UnicodeScalarView(kept))
    }
}
