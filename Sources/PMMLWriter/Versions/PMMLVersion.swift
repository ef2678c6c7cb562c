// https://dmg.org/pmml/v4-4-1/Changes.html

/// The versions of PMML that can be written.
public enum PMMLVersion: String, Sendable, CaseIterable, Comparable {
    /// PMML 3.2.
    case v3_2 = "3.2"
    /// PMML 4.0.
    case v4_0 = "4.0"
    /// PMML 4.1.
    case v4_1 = "4.1"
    /// PMML 4.2.
    case v4_2 = "4.2"
    /// PMML 4.3.
    case v4_3 = "4.3"
    /// PMML 4.4.
    case v4_4 = "4.4"
    /// PMML 4.4.1.
    case v4_4_1 = "4.4.1"

    /// The namespace of the version's schema; 4.4.1 corrects 4.4 and has its namespace.
    var namespace: String {
        let numbers = rawValue.split(separator: ".").prefix(2).joined(separator: "_")
        return "http://www.dmg.org/PMML-\(numbers)"
    }

    public static func < (a: PMMLVersion, b: PMMLVersion) -> Bool { a.rank < b.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
