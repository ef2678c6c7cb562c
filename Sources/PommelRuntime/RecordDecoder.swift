import Evaluation

/// Turns results into a struct: its coding keys are the results' names.
struct RecordDecoder: Decoder {
    let codingPath: [any CodingKey]
    let userInfo: [CodingUserInfoKey: Any] = [:]
    private let content: Content

    private enum Content {
        case fields([String: Value])
        case value(Value)
    }

    /// The struct that holds a record's results.
    static func decode<Result: Decodable>(_ type: Result.Type, _ fields: [String: Value]) throws -> Result {
        try Result(from: RecordDecoder(codingPath: [], content: .fields(fields)))
    }

    private func mistake(_ type: Any.Type, _ what: String) -> DecodingError {
        .typeMismatch(type, .init(codingPath: codingPath, debugDescription: what))
    }

    private func value(for type: Any.Type) throws -> Value {
        guard case .value(let value) = content else { throw mistake(type, "the results are a record, not a \(type)") }
        return value
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .fields(let fields) = content else { throw mistake([String: Value].self, "a result has no fields of its own") }
        return KeyedDecodingContainer(Fields<Key>(decoder: self, fields: fields))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .list(let items) = try value(for: [Value].self) else { throw mistake([Value].self, "the result is not a list") }
        return Items(decoder: self, items: items)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { Single(decoder: self) }

    private func at(_ key: (any CodingKey)?, _ value: Value) -> RecordDecoder {
        RecordDecoder(codingPath: codingPath + [key].compactMap(\.self), content: .value(value))
    }

    private struct Fields<Key: CodingKey>: KeyedDecodingContainerProtocol {
        let decoder: RecordDecoder
        let fields: [String: Value]
        var codingPath: [any CodingKey] { decoder.codingPath }
        var allKeys: [Key] { fields.keys.sorted().compactMap(Key.init(stringValue:)) }

        func contains(_ key: Key) -> Bool { fields[key.stringValue] != nil }
        func decodeNil(forKey key: Key) throws -> Bool { fields[key.stringValue] == .missing }
        func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value { try Value(from: superDecoder(forKey: key)) }
        func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) throws -> KeyedDecodingContainer<Nested> {
            try superDecoder(forKey: key).container(keyedBy: type)
        }
        func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { try superDecoder(forKey: key).unkeyedContainer() }
        func superDecoder() throws -> any Decoder { decoder }
        func superDecoder(forKey key: Key) throws -> any Decoder {
            guard let value = fields[key.stringValue] else {
                let hint = NearestName.hint(key.stringValue, among: Array(fields.keys))
                throw DecodingError.keyNotFound(key, .init(codingPath: codingPath, debugDescription: "the model has no such result\(hint)"))
            }
            return decoder.at(key, value)
        }
    }

    private struct Items: UnkeyedDecodingContainer {
        let decoder: RecordDecoder
        let items: [Value]
        var currentIndex = 0
        var codingPath: [any CodingKey] { decoder.codingPath }
        var count: Int? { items.count }
        var isAtEnd: Bool { currentIndex >= items.count }

        private mutating func next() throws -> RecordDecoder {
            guard !isAtEnd else {
                throw DecodingError.valueNotFound(Value.self, .init(codingPath: codingPath, debugDescription: "the list has \(items.count) items"))
            }
            defer { currentIndex += 1 }
            return decoder.at(nil, items[currentIndex])
        }

        /// No item of a result is missing.
        func decodeNil() -> Bool { false }
        mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try Value(from: next()) }
        mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) throws -> KeyedDecodingContainer<Nested> {
            try next().container(keyedBy: type)
        }
        mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try next().unkeyedContainer() }
        mutating func superDecoder() throws -> any Decoder { try next() }
    }

    private struct Single: SingleValueDecodingContainer {
        let decoder: RecordDecoder
        var codingPath: [any CodingKey] { decoder.codingPath }

        func decodeNil() -> Bool { if case .value(.missing) = decoder.content { true } else { false } }

        func decode<Result: Decodable>(_ type: Result.Type) throws -> Result {
            if case .fields = decoder.content { return try Result(from: decoder) }
            let value = try decoder.value(for: type)
            let found: Any?
            switch type {
            case is Bool.Type: found = value.flag.map { $0 as Any }
            case is Double.Type: found = value.number.map { $0 as Any }
            case is Float.Type: found = value.number.map { Float($0) as Any }
            case is String.Type: found = value.text.map { $0 as Any }
            case let whole as any FixedWidthInteger.Type: found = value.number.flatMap { exactly($0, whole) }
            default: return try Result(from: decoder)
            }
            guard let found = found as? Result else {
                throw decoder.mistake(type, value == .missing ? "the result is missing" : "the result \"\(value)\" is no \(type)")
            }
            return found
        }

        private func exactly(_ number: Double, _ type: (some FixedWidthInteger).Type) -> Any? { type.init(exactly: number).map { $0 as Any } }
    }
}

extension Value {
    fileprivate var flag: Bool? { if case .boolean(let flag) = self { flag } else { nil } }
    fileprivate var number: Double? { if case .number(let number) = self { number } else { nil } }
    fileprivate var text: String? { if case .string(let text) = self { text } else { nil } }
}
