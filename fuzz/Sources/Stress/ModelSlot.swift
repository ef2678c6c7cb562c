import Foundation
import Pommel

/// A place where a service keeps its current model, which may be replaced at any time; with records, and what one thread makes of them.
final class ModelSlot: @unchecked Sendable {
    private let lock = NSLock()
    private var model: Model
    private let document: String
    private let native: String
    let records: [[String: Value]]
    let expected: [String]

    var current: Model {
        lock.lock()
        defer { lock.unlock() }
        return model
    }

    private init(document: String, native: String) throws {
        self.document = document
        self.native = native
        model = try Model(path: document)
        // What a model that looks back says of a record depends on the records before it.
        if model.schema.isStateful { throw CocoaError(.featureUnsupported) }
        try model.save(to: native)
        records = (0..<12).map { [model] in Self.record($0, model) }
        expected = records.map { [model] in Self.outcome(model, $0) }
    }

    /// A model of each kind: every fifteenth case, save those that look back and those without a document of that name.
    static func all(in folder: String, scratch: String) throws -> [ModelSlot] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        return try stride(from: 0, to: names.count, by: 15).compactMap { index in
            let document = "\(folder)/\(names[index])/model.pmml"
            guard FileManager.default.fileExists(atPath: document) else { return nil }
            do {
                return try ModelSlot(document: document, native: "\(scratch)/\(names[index]).pommel")
            } catch CocoaError.featureUnsupported {
                return nil
            }
        }
    }

    /// Puts a model of the same file in place of the current one: from the document, or from a native file that is itself replaced.
    func replace(turn: Int) throws {
        if turn % 3 == 0 { try current.save(to: native) }
        let fresh = try Model(path: turn % 2 == 0 ? native : document)
        lock.lock()
        model = fresh
        lock.unlock()
    }

    /// Every result, numbers as their bits; or the error's id.
    static func outcome(_ model: Model, _ record: [String: Value]) -> String {
        do throws(PommelError) {
            return try model.score(record).sorted { $0.key < $1.key }.map { "\($0.key)=\(bits($0.value))" }.joined(separator: " ")
        } catch {
            return error.id
        }
    }

    private static func bits(_ value: Value) -> String {
        switch value {
        case .number(let number): String(number.bitPattern, radix: 16)
        case .list(let items): items.map(bits).joined(separator: ",")
        default: value.description
        }
    }

    private static func record(_ turn: Int, _ model: Model) -> [String: Value] {
        var record: [String: Value] = [:]
        for (position, input) in model.schema.inputs.enumerated() where (turn + position) % 7 != 6 {
            let texts = input.values.isEmpty ? ["a", "2020-02-29", "3", "some words"] : input.values
            let isText = input.register.kind != .number || !input.values.isEmpty
            record[input.name] = isText ? .string(texts[(turn + position) % texts.count]) : .number(Double((turn * 7 + position * 3) % 11) / 2 - 1)
        }
        return record
    }
}
