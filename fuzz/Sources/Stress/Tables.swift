import CPommelHeader
import Foundation

/// Tables that are shared among threads: the same bytes and bits as with one, and no race.
enum Tables {
    /// The command's way: chunks that threads take in turn, results in the order of the rows. Its rows are long, so that there are many chunks, and
    /// some fail.
    static func command(_ command: String, _ model: String, scratch: String) throws -> Bool {
        let remark = String(repeating: "r", count: 200)
        var table = "petal_length,petal_width,remark\n"
        for row in 0..<12_000 { table += row % 97 == 0 ? "long,1,x\n" : "\(Double(row % 70) / 10),\(Double(row % 25) / 10),\(remark)\n" }
        try table.write(toFile: scratch + "/table.csv", atomically: false, encoding: .utf8)
        let outputs = try ["1", "8"].map { threads in
            let process = Process()
            process.executableURL = URL(fileURLWithPath: command)
            process.arguments = ["score", model, scratch + "/table.csv", "--append", "--threads", threads, "-q", "-o", scratch + "/out.csv"]
            try process.run()
            process.waitUntilExit()
            // 1: rows failed, as they should; the sanitizer's own status is another.
            guard process.terminationStatus == 1 else { throw CocoaError(.executableLoad) }
            return try Data(contentsOf: URL(fileURLWithPath: scratch + "/out.csv"))
        }
        return outputs[0] == outputs[1] && outputs[0].count > table.utf8.count
    }

    /// The C interface's way, which Python and Spark go as well: ranges of rows of columns that lie in memory.
    static func columns(_ model: String) -> Bool {
        guard let opened = pommel_open(model, nil, nil) else { return false }
        defer { pommel_close(opened) }
        let rows = 50_000
        let lengths = (0..<rows).map { Double($0 % 70) / 10 }
        let widths = (0..<rows).map { Double($0 % 25) / 10 }
        func score(_ threads: UInt32) -> [[UInt64]] {
            lengths.withUnsafeBufferPointer { lengths in
                widths.withUnsafeBufferPointer { widths in
                    "petal_length".withCString { first in
                        "petal_width".withCString { second in
                            let columns = [
                                pommel_column(name: first, numbers: lengths.baseAddress, texts: nil),
                                pommel_column(name: second, numbers: widths.baseAddress, texts: nil),
                            ]
                            guard let results = pommel_score_columns(opened, columns, 2, rows, threads, 0, nil) else { return [] }
                            defer { pommel_results_free(results) }
                            return (0..<pommel_results_count(results)).compactMap { index in
                                pommel_results_numbers(results, index).map { numbers in (0..<rows).map { numbers[$0].bitPattern } }
                            }
                        }
                    }
                }
            }
        }
        let alone = score(1)
        return !alone.isEmpty && score(8) == alone
    }
}
