#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

// https://dmg.org/pmml/v4-4-1/Transformations.html#xsdElement_TextIndex

/// How the number of a term's occurrences in a document becomes its weight; the file stores the raw values.
public enum TermWeight: Int, Sendable, CaseIterable {
    case termFrequency = 0
    case binary = 1
    /// `log10(1 + f)`: the standard says base 10.
    case logarithmic = 2
    /// `0.5 * (binary + f / max f)`, where max f is the highest frequency of any word of the document.
    case augmentedNormalizedTermFrequency = 3

    /// - Parameter highest: the highest frequency of any word of the document; used by the augmented weight only.
    func weight(_ frequency: Int, highest: Int) -> Double {
        switch self {
        case .termFrequency: return Double(frequency)
        case .binary: return frequency > 0 ? 1 : 0
        case .logarithmic: return log10(1 + Double(frequency))
        case .augmentedNormalizedTermFrequency:
            if frequency == 0 { return 0 }
            return 0.5 * (1 + Double(frequency) / Double(max(highest, frequency)))
        }
    }
}
