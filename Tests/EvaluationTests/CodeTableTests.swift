import Testing

@testable import Evaluation

/// Codes near one another are a table, codes far apart are searched; both say the same.
@Suite struct CodeTableTests {
    @Test(arguments: [[0, 1, 2, 5], [7], [0, 1_000, 70_000, 1_000_000], [3, 4, 90_000], []] as [[Int32]])
    func everyCodeAndItsNeighbours(_ codes: [Int32]) {
        let table = CodeTable(codes.map { ($0, Double($0) + 0.5) }, other: -1)
        for code in codes.flatMap({ [$0 - 1, $0, $0 + 1] }) + [-1, 0, .max] {
            #expect(table[code] == (codes.contains(code) ? Double(code) + 0.5 : -1), "\(code) in \(codes)")
        }
    }

    /// Of equal codes the first counts.
    @Test(arguments: [[5, 5, 6], [5, 5, 5, 1_000_000]] as [[Int32]])
    func equalCodes(_ codes: [Int32]) {
        let table = CodeTable(codes.enumerated().map { ($1, $0) }, other: -1)
        for code in codes { #expect(table[code] == codes.firstIndex(of: code)) }
    }
}
