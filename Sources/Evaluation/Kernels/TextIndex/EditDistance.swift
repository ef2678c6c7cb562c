/// Edit (Levenshtein) distance: how many characters must be added, left out or replaced to make one text of the other.
enum EditDistance {
    /// The characters of a text.
    static func scalars(_ text: some Collection<UInt8>) -> [UInt32] {
        String(decoding: text, as: UTF8.self).unicodeScalars.map(\.value)
    }

    /// The distance of two words, or `limit + 1` if it is more than `limit`.
    static func between(_ a: [UInt32], _ b: [UInt32], limit: Int) -> Int {
        if abs(a.count - b.count) > limit { return limit + 1 }
        if a.isEmpty { return b.count }
        if b.isEmpty { return a.count }
        var row = Array(0...b.count)
        for i in 1...a.count {
            var diagonal = row[0]
            row[0] = i
            var best = i
            for j in 1...b.count {
                let above = row[j]
                row[j] = min(diagonal + (a[i - 1] == b[j - 1] ? 0 : 1), min(above, row[j - 1]) + 1)
                diagonal = above
                best = min(best, row[j])
            }
            if best > limit { return limit + 1 }
        }
        return min(row[b.count], limit + 1)
    }

    /// The distances at which `term` occurs inside `text`, one for each occurrence within `limit`.
    ///
    /// An occurrence is where the distance to the best stretch that ends there is smallest among its neighbours.
    static func occurrences(of term: [UInt32], in text: [UInt32], limit: Int) -> [Int] {
        if term.isEmpty { return [] }
        var row = Array(0...term.count)
        var found: [Int] = []
        var last = term.count
        var isFalling = false
        for character in text {
            var diagonal = row[0]
            for j in 1...term.count {
                let above = row[j]
                row[j] = min(diagonal + (character == term[j - 1] ? 0 : 1), min(above, row[j - 1]) + 1)
                diagonal = above
            }
            let distance = row[term.count]
            if distance > last, isFalling {
                if last <= limit { found.append(last) }
                isFalling = false
            } else if distance < last {
                isFalling = true
            }
            last = distance
        }
        if isFalling, last <= limit { found.append(last) }
        return found
    }
}
