#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import CPommel
import Evaluation
import Pommel

@_cdecl("pommel_row_new")
public func pommelRowNew(_ model: OpaquePointer?) -> OpaquePointer? {
    guard let model = Handle.get(model, as: ModelHandle.self) else { return nil }
    return Handle.make(RecordScorer(model.plan))
}

@_cdecl("pommel_row_inputs")
public func pommelRowInputs(_ row: OpaquePointer?, _ count: UnsafeMutablePointer<Int>?) -> UnsafeMutableRawPointer? {
    guard let row = Handle.get(row, as: RecordScorer.self) else { return nil }
    count?.pointee = row.inputCount
    return row.inputs.baseAddress.map { UnsafeMutableRawPointer($0) }
}

@_cdecl("pommel_row_outputs")
public func pommelRowOutputs(_ row: OpaquePointer?, _ count: UnsafeMutablePointer<Int>?) -> UnsafeRawPointer? {
    guard let row = Handle.get(row, as: RecordScorer.self) else { return nil }
    count?.pointee = row.outputCount
    return row.outputs.baseAddress.map { UnsafeRawPointer($0) }
}

@_cdecl("pommel_row_score")
public func pommelRowScore(_ row: OpaquePointer?, _ error: UnsafeMutablePointer<OpaquePointer?>?) -> Int32 {
    guard let row = Handle.get(row, as: RecordScorer.self) else {
        ErrorHandle.store(.argument("there is no row"), in: error)
        return -1
    }
    do throws(PommelError) {
        try row.score()
        return 0
    } catch let found {
        ErrorHandle.store(found, in: error)
        return -1
    }
}

@_cdecl("pommel_row_free")
public func pommelRowFree(_ row: OpaquePointer?) { Handle.free(row, as: RecordScorer.self) }

@_cdecl("pommel_score_json")
public func pommelScoreJSON(
    _ model: OpaquePointer?, _ record: UnsafePointer<CChar>?, _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> UnsafeMutablePointer<CChar>? {
    storing(error) { () throws(PommelError) in
        guard let model = Handle.get(model, as: ModelHandle.self), let record else { throw .argument("there is no model or no record") }
        guard case .object(let members)? = JSON([UInt8](UnsafeRawBufferPointer(start: record, count: strlen(record)))) else {
            throw .argument("the record is not a JSON object")
        }
        return strdup(try model.score(members).printed())
    }
}

extension ModelHandle {
    /// Scores a record of JSON's.
    func score(_ members: [JSON.Member]) throws(PommelError) -> JSON {
        var record: [String: Value] = [:]
        for member in members { record[member.name] = Value(member.value) }
        let scorer = scorers.take() ?? Scorer(plan)
        defer { scorers.give(scorer) }
        let values = try scorer.score(record)
        return .object(plan.results.map { JSON.Member(name: $0.name, value: JSON(values[$0.name] ?? .missing)) })
    }
}

extension Value {
    /// What a member of a record means; an object means nothing.
    init(_ json: JSON) {
        switch json {
        case .null, .object: self = .missing
        case .boolean(let flag): self = .boolean(flag)
        case .number(let number): self = .number(number)
        case .string(let text): self = .string(text)
        case .array(let items): self = .list(items.map(Value.init))
        }
    }
}

extension JSON {
    init(_ value: Value) {
        switch value {
        case .missing: self = .null
        case .number(let number): self = .number(number)
        case .boolean(let flag): self = .boolean(flag)
        case .string(let text): self = .string(text)
        case .list(let items): self = .array(items.map(JSON.init))
        }
    }
}
