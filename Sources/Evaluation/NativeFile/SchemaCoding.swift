/// The section `schema`: what a model says of itself, as a stream of words; writing and reading side by side.
enum SchemaCoding {
    static func write(_ schema: Schema, to writer: inout OperandWriter) {
        writer.int(schema.properties.count)
        for property in schema.properties {
            writer.string(property.name)
            writer.string(property.value)
        }
        writer.flag(schema.isStateful)
        writer.int(schema.inputs.count)
        for input in schema.inputs { write(input, to: &writer) }
        writer.int(schema.results.count)
        for result in schema.results { write(result, to: &writer) }
        writer.int(schema.structure.count)
        for line in schema.structure {
            writer.int(line.depth)
            writer.string(line.text)
        }
        writer.codes(schema.vendorMarkup)
        let verification = schema.verification ?? VerificationTable()
        writer.int(verification.fields.count)
        for field in verification.fields {
            writer.string(field.name)
            writer.number(field.precision)
            writer.number(field.zeroThreshold)
        }
        writer.int(verification.rows.count)
        for row in verification.rows { for cell in row { writer.optional(cell) } }
    }

    static func read(
        image: ProgramImage, pools: Pools, kinds: [RegisterKind], defined: inout [Bool]
    ) throws(FormatError) -> Schema {
        let words = try image.slab("schema", as: Int32.self)
        var reader = OperandReader(words: words, range: 0..<words.count, pools: pools, kinds: kinds, defined: defined, section: "schema")
        var schema = Schema()
        // No list can have more items than there are words.
        let most = words.count
        for _ in 0..<(try reader.int(in: 0...most)) {
            schema.properties.append((try reader.string(), try reader.string()))
        }
        schema.isStateful = try reader.flag()
        for _ in 0..<(try reader.int(in: 0...most)) {
            let input = try readInput(&reader)
            guard !defined[Int(input.register.index)] else { throw reader.error("register-order", "two inputs fill one register") }
            defined[Int(input.register.index)] = true
            schema.inputs.append(input)
        }
        for _ in 0..<(try reader.int(in: 0...most)) { schema.results.append(try readResult(&reader)) }
        for _ in 0..<(try reader.int(in: 0...most)) {
            schema.structure.append(StructureLine(depth: try reader.int(in: 0...100_000), text: try reader.string()))
        }
        schema.vendorMarkup = try reader.codes().array.map(pools.strings.string)
        var verification = VerificationTable()
        for _ in 0..<(try reader.int(in: 0...most)) {
            verification.fields.append(VerificationTable.Field(
                name: try reader.string(), precision: try reader.number(), zeroThreshold: try reader.number()))
        }
        for _ in 0..<(try reader.int(in: 0...most)) {
            var row: [String?] = []
            for _ in verification.fields { row.append(try reader.optionalString()) }
            verification.rows.append(row)
        }
        if !verification.fields.isEmpty { schema.verification = verification }
        try reader.finish()
        return schema
    }

    private static func write(_ input: InputField, to writer: inout OperandWriter) {
        writer.string(input.name)
        writer.optional(input.displayName)
        writer.int(Int(input.type.rawValue))
        writer.int(Int(input.opType.rawValue))
        writer.string(input.usage)
        writer.register(input.register)
        writer.int(input.elementType.map { Int($0.rawValue) } ?? -1)
        writer.codes(input.values)
        writer.codes(input.missingValues)
        writer.codes(input.intervals)
        writer.flag(input.isRequired)
    }

    private static func readInput(_ reader: inout OperandReader) throws(FormatError) -> InputField {
        InputField(
            name: try reader.string(), displayName: try reader.optionalString(), type: try type(&reader),
            opType: try opType(&reader), usage: try reader.string(), register: try register(&reader),
            elementType: try optionalType(&reader), values: try reader.codes().array.map(reader.pools.strings.string),
            missingValues: try reader.codes().array.map(reader.pools.strings.string),
            intervals: try reader.codes().array.map(reader.pools.strings.string), isRequired: try reader.flag())
    }

    private static func write(_ result: ResultField, to writer: inout OperandWriter) {
        writer.string(result.name)
        writer.optional(result.displayName)
        writer.int(Int(result.type.rawValue))
        writer.int(Int(result.opType.rawValue))
        writer.int(Int(result.role.rawValue))
        writer.string(result.feature)
        writer.optional(result.value)
        writer.register(result.register)
        writer.int(result.elementType.map { Int($0.rawValue) } ?? -1)
        writer.flag(result.isDefault)
    }

    private static func readResult(_ reader: inout OperandReader) throws(FormatError) -> ResultField {
        let name = try reader.string()
        let displayName = try reader.optionalString()
        let type = try type(&reader)
        let opType = try opType(&reader)
        guard let role = ResultField.Role(rawValue: UInt8(try reader.int(in: 0...2))) else { throw reader.error("operand-range", "unknown role") }
        return ResultField(
            name: name, displayName: displayName, type: type, opType: opType, role: role, feature: try reader.string(),
            value: try reader.optionalString(), register: try register(&reader), elementType: try optionalType(&reader),
            isDefault: try reader.flag())
    }

    private static func type(_ reader: inout OperandReader) throws(FormatError) -> ValueType {
        guard let type = ValueType(rawValue: UInt8(try reader.int(in: 0...255))) else { throw reader.error("operand-range", "unknown data type") }
        return type
    }

    private static func optionalType(_ reader: inout OperandReader) throws(FormatError) -> ValueType? {
        let value = try reader.int(in: -1...255)
        if value < 0 { return nil }
        guard let type = ValueType(rawValue: UInt8(value)) else { throw reader.error("operand-range", "unknown data type") }
        return type
    }

    private static func opType(_ reader: inout OperandReader) throws(FormatError) -> OperationalType {
        guard let type = OperationalType(rawValue: UInt8(try reader.int(in: 0...2))) else { throw reader.error("operand-range", "unknown optype") }
        return type
    }

    private static func register(_ reader: inout OperandReader) throws(FormatError) -> Register { try reader.anyRegister() }
}
