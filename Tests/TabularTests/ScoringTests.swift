import Evaluation
import Testing

@testable import Tabular

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A plan that gives its inputs back as its results.
private func echo(_ fields: [(String, ValueType)], values: [String] = [], lists: Set<String> = []) throws -> Plan {
    let builder = ProgramBuilder()
    for (name, type) in fields {
        let isList = lists.contains(name)
        let register = builder.inputRegister(isList ? .list : type.kind)
        builder.schema.inputs.append(
            InputField(
                name: name, type: type, opType: .continuous, usage: "active", register: register, elementType: isList ? type : nil,
                values: values))
        builder.schema.results.append(
            ResultField(
                name: name, type: type, opType: .continuous, role: .output, feature: "", register: register,
                elementType: isList ? type : nil))
    }
    return Plan(try Program(image: builder.finish()))
}

/// Scores a text through the pipeline, and gives the output, warnings and errors.
private func score(
    _ text: String, _ plan: Plan, from format: TableFormat = .csv, to output: TableFormat = .csv, missing: [String]? = nil,
    append: Bool = false, threads: Int = 1, chunk: Int = 64, stops: Bool = false
) throws -> (output: String, notes: [String], summary: ScoringPipeline.Summary) {
    var limits = TableLimits()
    limits.chunkBytes = chunk
    let reader = try TableReader(
        ByteSource(bytes: Array(text.utf8)), format: format, missing: MissingTokens(missing), limits: limits)
    let writer = try TableWriter(output, results: plan.results, appendingTo: append ? reader : nil)
    var notes: [String] = []
    let (output, summary) = try written { sink in
        try ScoringPipeline(plan, from: reader, to: sink, with: writer, options: .init(threads: threads, stopsAtFailure: stops))
            .run(onWarning: { notes.append($0.description) }, onError: { notes.append($0.description) })
    }
    return (output, notes, summary)
}

/// What is written to a sink, and what comes of it.
private func written<Result>(by write: (ByteSink) throws -> Result) throws -> (text: String, result: Result) {
    var name = Array("/tmp/pommel-tabular-XXXXXX".utf8CString)
    let file = mkstemp(&name)
    try #require(file >= 0)
    defer {
        close(file)
        unlink(name)
    }
    let result = try write(ByteSink(descriptor: file))
    let size = Int(lseek(file, 0, SEEK_END))
    var bytes = [UInt8](repeating: 0, count: size)
    try #require(pread(file, &bytes, size, 0) == size)
    return (String(decoding: bytes, as: UTF8.self), result)
}

@Suite struct ScoringTests {
    /// A header and rows far longer than what is read at first.
    @Test(arguments: [1, 2])
    func wideTables(threads: Int) throws {
        let names = (0..<20_000).map { "column\($0)" }
        let plan = try echo([("column0", .double), ("column19999", .double)])
        let row = names.indices.map { String($0) }.joined(separator: ",")
        let text = ([names.joined(separator: ",")] + [String](repeating: row, count: 5)).joined(separator: "\n") + "\n"
        let scored = try score(text, plan, threads: threads, chunk: 1 << 18)
        #expect(scored.output == "column0,column19999\n" + String(repeating: "0,19999\n", count: 5))
        #expect(scored.notes == [])
    }

    private let plain: [(String, ValueType)] = [("x", .double), ("n", .integer), ("f", .float), ("b", .boolean), ("s", .string)]

    @Test(arguments: [1, 3])
    func types(_ threads: Int) throws {
        let plan = try echo(plain)
        let found = try score(
            "extra,s,b,f,n,x\n,a,TRUE,0.1,3.0,1e400\n,\"q\"\"r, s\",0,,3.5,-0\n,NA,,NaN, ,NA\n", plan, threads: threads)
        #expect(found.output == "x,n,f,b,s\nINF,3,0.1,true,a\n-0,3.5,,false,\"q\"\"r, s\"\n,,,,\n")
        #expect(found.notes == [])
        #expect(found.summary.rows == 3)
    }

    @Test func toJSON() throws {
        let plan = try echo(plain)
        let found = try score("x,n,f,b,s\n-INF,1,0.1,1,é\"\n,,,,\n", plan, to: .jsonLines)
        #expect(
            found.output == """
                {"x":"-INF","n":1,"f":0.1,"b":true,"s":"é\\""}
                {"x":null,"n":null,"f":null,"b":null,"s":null}

                """)
    }

    @Test func fromJSON() throws {
        let plan = try echo(plain)
        let found = try score(
            """
            {"x":1.50,"n":"7","f":true,"b":"false","s":1.50}
            {"s":"NA","x":null,"b":0,"f":""}
            {"s":true,"x":[1],"n":"abc"}
            """, plan, from: .jsonLines, to: .jsonLines)
        #expect(
            found.output == """
                {"x":1.5,"n":7,"f":1,"b":false,"s":"1.5"}
                {"x":null,"n":null,"f":null,"b":false,"s":"NA"}
                {"x":null,"n":null,"f":null,"b":null,"s":"true"}

                """)
    }

    @Test func missingTokens() throws {
        let plan = try echo([("x", .double), ("s", .string)])
        #expect(try score("x,s\n-999,?\n -999.0,\n-99,-999.0\n", plan, missing: ["-999", "?"]).output == "x,s\n,\n,\"\"\n-99,-999.0\n")
        #expect(try score("f\n-0.1\n0.1\n", try echo([("f", .float)]), missing: ["-0.1"]).output == "f\n\"\"\n0.1\n")
        // A text that the field declares as valid is a value.
        let declared = try echo([("s", .string)], values: ["NA", ""])
        #expect(try score("s\nNA\n\n", declared).output == "s\nNA\n\"\"\n")
        #expect(try score("s\nx\nNA\n", try echo([("s", .string)])).output == "s\nx\n\"\"\n")
    }

    @Test func dates() throws {
        let plan = try echo([("d", .date), ("t", .time), ("dt", .dateTime), ("days", .days)])
        let found = try score("d,t,dt,days\n2020-02-29,12:00:00,2020-02-29 01:02:03,17\nx,,,\n", plan)
        #expect(found.output == "d,t,dt,days\n2020-02-29,12:00:00,2020-02-29T01:02:03,17\n,,,\n")
    }

    @Test func lists() throws {
        let plan = try echo([("i", .string), ("v", .double)], lists: ["i", "v"])
        let found = try score(#"{"i":["a","b,c"],"v":[1,2.5]}"# + "\n" + #"{"i":"a","v":[]}"#, plan, from: .jsonLines)
        #expect(found.output == "i,v\n\"[\"\"a\"\",\"\"b,c\"\"]\",\"[1,2.5]\"\n\"[\"\"a\"\"]\",[]\n")
        let again = try score(found.output, plan, to: .jsonLines)
        #expect(again.output == "{\"i\":[\"a\",\"b,c\"],\"v\":[1,2.5]}\n{\"i\":[\"a\"],\"v\":[]}\n")
    }

    /// Cells of a list of numbers, and what they are as one.
    @Test(arguments: [
        ("[1.5, 2]", "[1.5,2]"), ("7", "[7]"), ("[]", "[]"), ("[\"0.1\", null]", "[0.1]"), ("[1.5 2]", ""), ("[1.5,2]]", ""), ("[1,2", ""), ("[x]", ""), ("x", ""),
        ("[[1]]", ""), ("[{}]", ""),
    ], [ValueType.double, .float])
    func listCells(_ cell: (text: String, list: String), _ type: ValueType) throws {
        let plan = try echo([("v", type), ("n", .integer)], lists: ["v"])
        func quoted(_ text: String) -> String { text.isEmpty ? "" : "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\"" }
        let found = try score("v,n\n\(quoted(cell.text)),1\n", plan)
        #expect(found.output == "v,n\n\(cell.list.contains(",") ? quoted(cell.list) : cell.list),1\n")
        // Without a field that judges it, what is unreadable is missing.
        #expect(found.notes == [])
    }

    /// Numbers that are not read on the fast road.
    @Test func quotedNumbers() throws {
        let plan = try echo([("x", .double), ("f", .float)])
        #expect(try score("x,f\n\"0.1\",\"0.1\"\n", plan).output == "x,f\n0.1,0.1\n")
        #expect(try score(#"{"x":"0.1","f":"0.1"}"# + "\n", plan, from: .jsonLines).output == "x,f\n0.1,0.1\n")
        // 2²⁴ + 1 is no binary32 number.
        #expect(try score("x,f\n\"16777217\",\"16777217\"\n", plan).output == "x,f\n16777217,16777216\n")
    }

    /// An array is no text, and no single number.
    @Test func arraysForSingleValues() throws {
        let plan = try echo([("s", .string), ("x", .double)])
        #expect(try score(#"{"s":["a"],"x":[1]}"# + "\n" + #"{"s":"a","x":1}"#, plan, from: .jsonLines).output == "s,x\n,\na,1\n")
    }

    @Test func columns() throws {
        let plan = try echo([("x", .double), ("y", .double)])
        let found = try score("x,x,z\n1,2,3\n", plan)
        #expect(found.output == "x,y\n1,\n")
        #expect(found.notes.count == 2)
        #expect(found.notes.contains { $0.contains("column-missing") && $0.contains("y:") })
        #expect(found.notes.contains { $0.contains("column-duplicate") })
        #expect(try score(" x , y\n1,2\n", plan).output == "x,y\n1,2\n")
        #expect(try score("x, ,y\n1,5,2\n", plan).output == "x,y\n1,2\n")
        #expect(throws: DataError.self) { try score("", plan) }
        #expect(try score("x,y\n", plan).output == "x,y\n")
    }

    /// Rows before one that is too long are written, whichever thread has them.
    @Test(arguments: [1, 3])
    func rowsBeforeTrouble(_ threads: Int) throws {
        let plan = try echo([("x", .double)])
        var limits = TableLimits()
        (limits.chunkBytes, limits.recordBytes) = (64, 100)
        let text = "x\n" + (0..<200).map { "\($0)\n" }.joined() + String(repeating: "1", count: 1_000) + "\n"
        let reader = try TableReader(ByteSource(bytes: Array(text.utf8)), format: .csv, limits: limits)
        let (found, error) = try written { sink in
            let pipeline = try ScoringPipeline(plan, from: reader, to: sink, with: TableWriter(.csv, results: plan.results), options: .init(threads: threads))
            return #expect(throws: DataError.self) { try pipeline.run(onWarning: { _ in }, onError: { _ in }) }
        }
        #expect(error?.id == "row-too-long")
        #expect(found == "x\n" + (0..<200).map { "\($0)\n" }.joined())
    }

    @Test(arguments: [1, 3])
    func badRows(_ threads: Int) throws {
        let plan = try echo([("x", .double), ("y", .double)])
        let text = "x,y\n1,2\n3\n4,5,6\n7,8\n"
        let found = try score(text, plan, threads: threads)
        #expect(found.output == "x,y\n1,2\n,\n,\n7,8\n")
        #expect(found.notes.map { String($0.prefix(6)) } == ["line 3", "line 4"])
        #expect(found.summary.failedRows == 2)
        let stopped = try score(text, plan, threads: threads, stops: true)
        #expect(stopped.output == "x,y\n1,2\n")
        #expect(stopped.summary.isStopped)
        let kept = try score(text, plan, append: true, threads: threads)
        #expect(kept.output == "x,y,x_result,y_result\n1,2,1,2\n3,,,\n4,5,,\n7,8,7,8\n")
        let json = try score(#"{"x":1}"# + "\nnonsense\n", plan, from: .jsonLines, to: .jsonLines, append: true, threads: threads)
        #expect(json.output == "{\"x\":1,\"x_result\":1,\"y\":null}\n{\"x\":null,\"y\":null}\n")
    }

    @Test func appending() throws {
        let plan = try echo([("x", .double)])
        let text = "id,x\n\"a,1\",2\n007,\n"
        #expect(try score(text, plan, append: true).output == "id,x,x_result\n\"a,1\",2,2\n007,,\n")
        #expect(try score(text, plan, to: .tsv, append: true).output == "id\tx\tx_result\na,1\t2\t2\n007\t\t\n")
        #expect(
            try score(text, plan, to: .jsonLines, append: true).output
                == "{\"id\":\"a,1\",\"x\":2,\"x_result\":2}\n{\"id\":\"007\",\"x\":null,\"x_result\":null}\n")
        #expect(throws: DataError.self) { try score("{}", plan, from: .jsonLines, append: true) }
    }

    /// Many chunks over several threads come out in order and count their lines right.
    @Test(arguments: [1, 2, 5])
    func order(_ threads: Int) throws {
        let plan = try echo([("x", .double)])
        var text = "x,y\n"
        var expected = "x\n"
        for row in 0..<20_000 {
            text += row % 100 == 7 ? "\(row),\"line\nbreak\"\n" : row == 15_000 ? "\(row)\n" : "\(row),\n"
            expected += row == 15_000 ? "\"\"\n" : "\(row)\n"
        }
        let found = try score(text, plan, threads: threads, chunk: 1000)
        #expect(found.output == expected)
        // 150 rows before it hold a line break.
        #expect(found.notes.map { String($0.prefix(10)) } == ["line 15152"])
        #expect(found.summary.rows == 20_000)
    }

    /// Text that is not of the field's type is told apart from no text, and kept for the message.
    @Test func unreadable() throws {
        let plan = try echo([("x", .double), ("b", .boolean), ("d", .date)])
        let reader = try TableReader(ByteSource(bytes: Array("x,b,d\n1 000,maybe,\"yester\"\"day\"\n2,1,2020-01-01\n,,".utf8)), format: .csv)
        let frame = Frame(plan: plan)
        let rows = reader.rows(reader.bind(plan), into: frame)
        #expect(try rows.fill() == 3)
        let texts = plan.program.schema.inputs.map { input -> String in
            let register = input.register.index
            #expect(frame.status(register)[0] == CellStatus.unreadable)
            #expect(frame.status(register)[1] == 0)
            #expect(frame.status(register)[2] == CellStatus.missing)
            return String(decoding: frame.text(Int32(frame.numbers(register)[0])), as: UTF8.self)
        }
        #expect(texts == ["1 000", "maybe", "yester\"day"])
    }

    @Test func boundReader() throws {
        let plan = try echo([("x", .double)])
        let reader = try TableReader(ByteSource(bytes: Array("x\n1\n2\n3\n".utf8)), format: .csv)
        let frame = Frame(plan: plan, capacity: 2)
        let rows = reader.rows(reader.bind(plan), into: frame)
        #expect(try rows.fill() == 2)
        #expect(rows.line(of: 1) == 3)
        #expect(try rows.fill() == 1)
        #expect(frame.numbers(plan.program.schema.inputs[0].register.index)[0] == 3)
        #expect(try rows.fill() == 0)
    }
}
