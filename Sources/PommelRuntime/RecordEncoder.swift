/// Turns a struct into a record: its coding keys are the fields' names.
///
/// Numbers, truth values, texts, optionals of these, enumerations with such raw values, and arrays of any of them are values; nothing else is.
struct RecordEncoder: Encoder {
    let codingPath: [any CodingKey]
    let userInfo: [CodingUserInfoKey: Any] = [:]
    private let sink: Sink

    /// What has been encoded so far at one place; an encoder and its containers share it.
    private final class Sink {
        var fields: [String: Value]?
        var items: [Value]?
        var value: Value?
        /// Something has fields or items where only a value may be.
        var isNested = false
    }

    /// The record that a struct is.
    static func record(_ source: some Encodable) throws -> [String: Value] {
        let encoder = RecordEncoder(codingPath: [], sink: Sink())
        try source.encode(to: encoder)
        guard let fields = encoder.sink.fields, !encoder.sink.isNested else {
            throw encoder.mistake(source, "a record must have fields by name, and each field one value or an array")
        }
        return fields
    }

    /// The value that a field, or an item of an array, is.
    private static func value(_ source: some Encodable, at path: [any CodingKey]) throws -> Value {
        let encoder = RecordEncoder(codingPath: path, sink: Sink())
        try source.encode(to: encoder)
        if let items = encoder.sink.items, !encoder.sink.isNested { return .list(items) }
        guard encoder.sink.fields == nil, !encoder.sink.isNested, let value = encoder.sink.value else {
            throw encoder.mistake(source, "a field's value must be a number, a truth value, a text, or an array of these")
        }
        return value
    }

    private func mistake(_ source: some Encodable, _ what: String) -> EncodingError {
        .invalidValue(source, .init(codingPath: codingPath, debugDescription: what))
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if sink.fields == nil { sink.fields = [:] }
        return KeyedEncodingContainer(Fields<Key>(encoder: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if sink.items == nil { sink.items = [] }
        return Items(encoder: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { Single(encoder: self) }

    /// An encoder for what must not be there; what it is given is refused in the end.
    private func nested() -> RecordEncoder {
        sink.isNested = true
        return RecordEncoder(codingPath: codingPath, sink: Sink())
    }

    private struct Fields<Key: CodingKey>: KeyedEncodingContainerProtocol {
        let encoder: RecordEncoder
        var codingPath: [any CodingKey] { encoder.codingPath }

        func encodeNil(forKey key: Key) { encoder.sink.fields?[key.stringValue] = .missing }
        func encode(_ value: some Encodable, forKey key: Key) throws {
            encoder.sink.fields?[key.stringValue] = try RecordEncoder.value(value, at: codingPath + [key])
        }
        func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) -> KeyedEncodingContainer<Nested> {
            encoder.nested().container(keyedBy: type)
        }
        func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { encoder.nested().unkeyedContainer() }
        func superEncoder() -> any Encoder { encoder }
        func superEncoder(forKey key: Key) -> any Encoder { encoder.nested() }
    }

    private struct Items: UnkeyedEncodingContainer {
        let encoder: RecordEncoder
        var codingPath: [any CodingKey] { encoder.codingPath }
        var count: Int { encoder.sink.items?.count ?? 0 }

        func encodeNil() { encoder.sink.items?.append(.missing) }
        func encode(_ value: some Encodable) throws {
            let item = try RecordEncoder.value(value, at: codingPath)
            if case .list = item { throw encoder.mistake(value, "an array's items must be numbers, truth values or texts") }
            encoder.sink.items?.append(item)
        }
        func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
            encoder.nested().container(keyedBy: type)
        }
        func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoder.nested().unkeyedContainer() }
        func superEncoder() -> any Encoder { encoder.nested() }
    }

    private struct Single: SingleValueEncodingContainer {
        let encoder: RecordEncoder
        var codingPath: [any CodingKey] { encoder.codingPath }

        func encodeNil() { encoder.sink.value = .missing }
        func encode(_ value: some Encodable) throws {
            switch value {
            case let flag as Bool: encoder.sink.value = .boolean(flag)
            case let number as Double: encoder.sink.value = .number(number)
            case let number as Float: encoder.sink.value = .number(Double(number))
            case let number as any BinaryInteger: encoder.sink.value = exactly(number)
            case let text as String: encoder.sink.value = .string(text)
            default: try value.encode(to: encoder)
            }
        }

        /// A whole number; as text where a `Double` would round it, so that the field decides.
        private func exactly(_ number: some BinaryInteger) -> Value {
            Double(exactly: number).map(Value.number) ?? .string(String(number))
        }
    }
}
