/// A version of PMML, for what differs between versions. A document without one is taken for the latest.
struct VersionNumber {
    private let major: Int
    private let minor: Int

    init(_ text: String) {
        let numbers = text.split(separator: ".").map { Int($0) ?? 0 }
        major = numbers.first ?? 4
        minor = numbers.count > 1 ? numbers[1] : numbers.isEmpty ? 4 : 0
    }

    func isBefore(_ major: Int, _ minor: Int) -> Bool { (self.major, self.minor) < (major, minor) }
}
