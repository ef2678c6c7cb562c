extension Model {
    /// Scores a struct, whose coding keys are the fields' names.
    ///
    /// Properties are numbers, truth values, texts, enumerations with such raw values, optionals and arrays of these. Those that the model does not
    /// know are ignored; nil, and fields without a property, are missing.
    ///
    /// - Throws: ``PommelError`` as ``score(_:)-([String:Value])`` does, and with id `record-shape` for a property that is no value.
    public func score(_ record: some Encodable) throws(PommelError) -> [String: Value] {
        try score(Model.record(record))
    }

    /// Scores a struct, and gives the results in another one, whose coding keys are the results' names.
    ///
    /// ```swift
    /// struct Flower: Encodable { var petal_length: Double, petal_width: Double? }
    /// struct Answer: Decodable { var species: String }
    /// let answer = try model.score(Flower(petal_length: 4.7, petal_width: 1.4), as: Answer.self)
    /// ```
    ///
    /// - Throws: ``PommelError`` as ``score(_:)-([String:Value])`` does; with id `record-shape` for a property of the record that is no value, and with
    ///   id `result-shape` where a property of the answer has no result, or one that is missing or of another type.
    public func score<Answer: Decodable>(_ record: some Encodable, as type: Answer.Type) throws(PommelError) -> Answer {
        let results = try score(Model.record(record))
        do {
            return try RecordDecoder.decode(type, results)
        } catch let error as DecodingError {
            throw Model.shape("result-shape", error.context)
        } catch {
            throw PommelError(id: "result-shape", message: "\(error)", place: .init(file: "result"))
        }
    }

    private static func record(_ source: some Encodable) throws(PommelError) -> [String: Value] {
        do {
            return try RecordEncoder.record(source)
        } catch EncodingError.invalidValue(_, let context) {
            throw shape("record-shape", (context.codingPath, context.debugDescription))
        } catch {
            throw PommelError(id: "record-shape", message: "\(error)", place: .init(file: "record"))
        }
    }

    private static func shape(_ id: String, _ context: (path: [any CodingKey], text: String)) -> PommelError {
        PommelError(id: id, message: context.text, place: .init(file: id == "record-shape" ? "record" : "result", field: context.path.first?.stringValue))
    }
}

extension DecodingError {
    /// Where it was, and what was wrong.
    fileprivate var context: (path: [any CodingKey], text: String) {
        switch self {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context): (context.codingPath, context.debugDescription)
        case .keyNotFound(let key, let context): (context.codingPath + [key], context.debugDescription)
        @unknown default: ([], "\(self)")
        }
    }
}
