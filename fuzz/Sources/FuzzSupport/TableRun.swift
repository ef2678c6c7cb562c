import Evaluation
import PMMLReader
import TableCompiler
import Tabular

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Reads a table twice, in chunks of a few bytes and in large ones, and asks that all of it be the same.
public struct TableRun: Sendable {
    private let program: Program
    private let nothing = open("/dev/null", O_WRONLY | O_CLOEXEC)

    public init() {
        do {
            program = try Program(image: try TableCompiler.compile(try PMMLReader.read(bytes: Array(Self.model.utf8))).image)
        } catch {
            fatalError("the model of the table targets is refused: \(error)")
        }
    }

    public func check(_ bytes: [UInt8], _ format: TableFormat) {
        let small = read(bytes, format, chunkBytes: 4)
        let large = read(bytes, format, chunkBytes: 1 << 18)
        require(small == large, "chunks of 4 bytes: \(small.suffix(6)); in one: \(large.suffix(6))")
        write(bytes, format)
    }

    /// All rows, as texts to compare.
    private func read(_ bytes: [UInt8], _ format: TableFormat, chunkBytes: Int) -> [String] {
        var found: [String] = []
        var limits = TableLimits()
        limits.chunkBytes = chunkBytes
        do throws(DataError) {
            let reader = try TableReader(ByteSource(bytes: bytes), format: format, limits: limits)
            let plan = Plan(program)
            let rows = reader.rows(reader.bind(plan), into: Frame(plan: plan, capacity: 4))
            while try rows.fill() > 0 {
                let problems = Dictionary(rows.problems.map { ($0.row, $0.error.id) }) { first, _ in first }
                rows.frame.run()
                for row in 0..<rows.frame.count {
                    found.append("\(rows.line(of: row)) \(problems[row] ?? "") \(rows.frame.failed[row]) " + values(rows.frame, row))
                }
            }
        } catch {
            found.append(error.id)
        }
        return found
    }

    private func values(_ frame: Frame, _ row: Int) -> String {
        if frame.failed[row] != 0 { return "" }
        return program.schema.results.map { result in
            let register = result.register.index
            if frame.status(register)[row] & CellStatus.missing != 0 { return "-" }
            switch result.register.kind {
            case .number: return String(frame.numbers(register)[row].bitPattern, radix: 16)
            case .text: return String(decoding: frame.text(frame.codes(register)[row]), as: UTF8.self)
            case .list: return "\(Array(frame.list(frame.codes(register)[row])))"
            }
        }.joined(separator: " ")
    }

    /// The whole pipeline, rows appended to what was read, into nothing.
    private func write(_ bytes: [UInt8], _ format: TableFormat) {
        do throws(DataError) {
            let reader = try TableReader(ByteSource(bytes: bytes), format: format)
            let plan = Plan(program)
            let writer = try TableWriter(.jsonLines, results: plan.results, appendingTo: reader)
            _ = try ScoringPipeline(plan, from: reader, to: ByteSink(descriptor: nothing), with: writer).run()
        } catch {}
    }

    /// A field of every type, each given back as it was read.
    private static let model: String = {
        let types = ["double", "float", "integer", "string", "boolean", "date", "time", "dateTime"]
        func each(_ text: (String) -> String) -> String { types.map(text).joined() }
        return """
            <PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><Header/><DataDictionary>
            \(each { "<DataField name=\"\($0)\" dataType=\"\($0)\" optype=\"\(["string", "boolean"].contains($0) ? "categorical" : "continuous")\"/>" })
            </DataDictionary><RegressionModel functionName="regression"><MiningSchema>
            \(each { "<MiningField name=\"\($0)\" invalidValueTreatment=\"asMissing\"/>" })</MiningSchema><Output>
            \(each { "<OutputField name=\"of \($0)\" feature=\"transformedValue\" dataType=\"\($0)\" optype=\"\(["string", "boolean"].contains($0) ? "categorical" : "continuous")\"><FieldRef field=\"\($0)\"/></OutputField>" })
            </Output><RegressionTable intercept="1"><NumericPredictor name="double" coefficient="2"/></RegressionTable></RegressionModel></PMML>
            """
    }()
}
