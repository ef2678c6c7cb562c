#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import Pommel

/// A folder with a model, an input table, the expected results, and `case.json`, which says where they come from.
public struct ConformanceCase: Sendable, Hashable, CustomStringConvertible {
    public let folder: String
    /// The folder's own name.
    public let name: String
    public let model: String
    public let input: String
    public let expected: String
    /// The model's element, `MiningModel/TreeModel`, or its class in R, as `case.json` says.
    public let element: String?
    /// What made the model, as `case.json` says.
    public let producer: String?
    public let tolerance: Tolerance
    /// The texts that stand for a missing value in the tables.
    public let missing: [String]
    /// The object of an R file that is meant, if `case.json` names one.
    public let objectName: String?
    /// Arguments of R's `predict`, if `case.json` states them.
    public let predictArguments: [String: String]
    /// What is wrong with `case.json`; such a case fails.
    let problem: String?

    public var description: String { name }

    /// What tells cases apart, however their folders are spelled.
    package var identity: String { (OutputFile.resolved(folder) ?? folder) + "\0" + name }

    /// Reads what a folder holds; nil when it is no case: it lacks two of a model, an input and what is expected.
    public init?(folder: String) {
        let trimmed = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        let files = FileSystem.names(in: trimmed)
        func file(_ stem: String, _ endings: [String]) -> String? {
            endings.first { files.contains("\(stem).\($0)") }.map { "\(trimmed)/\(stem).\($0)" }
        }
        let parts = [
            ("model.pmml", file("model", ["pmml", "pmml.gz", "xml", "pommel", "rds", "RData"])), ("input.csv", file("input", ["csv", "tsv", "jsonl"])),
            ("expected.csv", file("expected", ["csv", "tsv", "jsonl"])),
        ]
        // Suites hold files that are only read, too: a model with nothing beside it is no case.
        if parts.count(where: { $0.1 != nil }) < 2 { return nil }
        self.folder = trimmed
        model = parts[0].1 ?? ""
        input = parts[1].1 ?? ""
        expected = parts[2].1 ?? ""
        name = trimmed.split(separator: "/").last.map(String.init) ?? trimmed
        let bytes = FileSystem.read("\(trimmed)/case.json")
        let about = bytes.flatMap { JSON($0) }
        element = about?["model"]?.text ?? about?["r_class"]?.text ?? about?["r_class"]?.items?.first?.text
        producer = about?["producer"]?.text
        objectName = about?["object"]?.text ?? about?["serialization"]?.text.flatMap(RCaseTexts.objectName)
        predictArguments = RCaseTexts.arguments(about)
        // A case that says nothing that can be read must not pass by the usual tolerance, nor by one that anything keeps.
        let stated = Tolerance(about?["tolerance"])
        tolerance = stated ?? .usual
        if let lacking = parts.first(where: { $0.1 == nil }) {
            problem = "\(trimmed) has no \(lacking.0), or one in another format"
        } else if files.contains("case.json"), about?.isObject != true {
            problem = "\(trimmed)/case.json \(bytes == nil ? "cannot be read" : about == nil ? "is not JSON" : "is no JSON object")"
        } else if stated == nil {
            problem = "\(trimmed)/case.json: a tolerance is a number from 0 on, and a relative one below 1"
        } else {
            problem = nil
        }
        missing = [""]
    }

    /// A case of a suite, of which no `case.json` tells more. Such suites write `NA` or `N/A` for a missing value, too.
    init(folder: String, name: String, model: String, input: String, expected: String) {
        self.folder = folder
        self.name = name
        self.model = model
        self.input = input
        self.expected = expected
        element = nil
        producer = nil
        objectName = nil
        predictArguments = [:]
        problem = nil
        tolerance = .usual
        missing = ["", "NA", "N/A"]
    }

    /// The cases in a folder: the folder itself, the suite that it is, or its folders at any depth, in the order of their names.
    public static func discover(in folder: String) -> [ConformanceCase] {
        if let single = ConformanceCase(folder: folder) { return [single] }
        if let suite = CaseSuite.cases(in: folder) { return suite }
        return FileSystem.names(in: folder).sorted().flatMap { name -> [ConformanceCase] in
            let path = "\(folder)/\(name)"
            return FileSystem.isFolder(path) ? discover(in: path) : []
        }
    }
}

/// How far a number may lie from what is expected: `max(absolute, relative · |expected|)`.
public struct Tolerance: Sendable, Hashable {
    public var relative: Double
    public var absolute: Double
    /// For cases that name none: what scores in binary32, printed with seven digits, can keep.
    public static let usual = Tolerance(relative: 1e-6, absolute: 1e-9)
    public init(relative: Double, absolute: Double) {
        self.relative = relative
        self.absolute = absolute
    }

    /// What `case.json` says, where it says something; nil when it is no tolerance.
    init?(_ stated: JSON?) {
        self = .usual
        if let stated, !stated.isObject { return nil }
        for (name, path) in [("relative", \Tolerance.relative), ("absolute", \.absolute)] {
            guard let value = stated?[name] else { continue }
            // Within as much as the value itself lies everything, or nearly.
            guard let number = value.double, number >= 0, number < (name == "relative" ? 1 : .infinity) else { return nil }
            self[keyPath: path] = number
        }
    }
}

/// Files and folders, without Foundation.
public enum FileSystem {
    /// The names in a folder; none when it cannot be read.
    public static func names(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    public static func isFolder(_ path: String) -> Bool {
        // A link to a folder is not followed, so that no walk goes in circles.
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The bytes of a file; nil when it cannot be read.
    public static func read(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "rb") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&part, 1, part.count, file)
            if count == 0 { return ferror(file) == 0 ? bytes : nil }
            bytes.append(contentsOf: part[..<count])
        }
    }
}
