// What a small device needs to score: `pommel-runtime-example MODEL.pommel field=value …` prints the results of one record.
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import PommelRuntime

/// Scores the record that the arguments give.
func run(_ arguments: [String]) throws(PommelError) {
    guard let path = arguments.first else {
        throw PommelError(id: "usage", message: "usage: pommel-runtime-example MODEL.pommel field=value …", place: .init(file: "command line"))
    }
    let model = try Model(nativeFile: path)
    var record: [String: Value] = [:]
    for argument in arguments.dropFirst() {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2 { record[String(parts[0])] = .string(String(parts[1])) }
    }
    let results = try model.score(record)
    for name in results.keys.sorted() { print("\(name): \(results[name] ?? .missing)") }
}

do throws(PommelError) {
    try run(Array(CommandLine.arguments.dropFirst()))
} catch {
    print(error)
    exit(1)
}
