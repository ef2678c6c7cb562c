import Pommel

/// The outcomes of many cases, counted by model element.
public struct ConformanceReport: Sendable {
    public let outcomes: [CaseOutcome]
    public init(_ outcomes: [CaseOutcome]) { self.outcomes = outcomes }

    public var passed: Int { outcomes.count { $0.passed } }

    /// Cases and passes by the outermost model element, in the order of their names.
    public var byElement: [(element: String, passed: Int, total: Int)] {
        counted { $0.element.split(separator: "/").first }.map { ($0.key, $0.passed, $0.total) }
    }

    /// Cases and passes by the first word of what made the model: the tool, without its version.
    public var byProducer: [(producer: String, passed: Int, total: Int)] {
        counted { $0.producer.split { $0 == " " || $0 == "," }.first }.map { ($0.key, $0.passed, $0.total) }
    }

    private func counted(_ key: (CaseOutcome) -> Substring?) -> [(key: String, passed: Int, total: Int)] {
        var counts: [String: (passed: Int, total: Int)] = [:]
        for outcome in outcomes {
            let name = key(outcome).map(String.init) ?? "?"
            counts[name, default: (0, 0)].total += 1
            if outcome.passed { counts[name, default: (0, 0)].passed += 1 }
        }
        return counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value.passed, $0.value.total) }
    }

    /// Lines for people: each failure, the counts, and `passed/total` last.
    public func text(_ expected: ExpectedFailures = ExpectedFailures()) -> String {
        var lines = outcomes.compactMap { expected.complaint(about: $0) }
        lines += byElement.map { "\($0.element): \($0.passed)/\($0.total)" }
        lines += byProducer.map { "\($0.producer): \($0.passed)/\($0.total)" }
        return (lines + ["\(passed)/\(outcomes.count)"]).joined(separator: "\n")
    }

    package var json: JSON {
        JSON.members([
            "passed": .int(passed), "total": .int(outcomes.count),
            "elements": .array(byElement.map {
                JSON.members(["element": .string($0.element), "passed": .int($0.passed), "total": .int($0.total)])
            }),
            "producers": .array(byProducer.map {
                JSON.members(["producer": .string($0.producer), "passed": .int($0.passed), "total": .int($0.total)])
            }),
            "cases": .array(outcomes.map {
                JSON.members([
                    "case": .string($0.name), "element": .string($0.element), "producer": .string($0.producer),
                    "passed": .boolean($0.passed),
                    "reason": $0.reason.map(JSON.string),
                ])
            }),
        ])
    }
}

/// Cases that are known to fail, one name to a line; `#` starts a remark. The list must be exact: a case that fails and is not listed
/// is an error, and so is a listed case that passes.
public struct ExpectedFailures: Sendable {
    public let names: Set<String>

    /// No case is expected to fail.
    public init() { names = [] }

    /// - Parameter path: a file that need not exist.
    public init(path: String) { self.init(text: String(decoding: FileSystem.read(path) ?? [], as: UTF8.self)) }

    public init(text: String) {
        names = Set(text.split(whereSeparator: \.isNewline).compactMap { line in
            let name = line.prefix { $0 != "#" && $0 != " " && $0 != "\t" }
            return name.isEmpty ? nil : String(name)
        })
    }

    /// The listed names that no case has, in order.
    public func unknown(among cases: [String]) -> [String] { names.subtracting(cases).sorted() }

    /// What is wrong with an outcome in the light of the list; nil when it is as expected.
    public func complaint(about outcome: CaseOutcome) -> String? {
        if let reason = outcome.reason { return names.contains(outcome.name) ? nil : "\(outcome.name): \(reason)" }
        return names.contains(outcome.name) ? "\(outcome.name) passes: take it off the list of expected failures" : nil
    }
}
