import Evaluation
import ModelTree

// https://dmg.org/pmml/v4-4-1/Transformations.html#xsdElement_NormContinuous and the elements that follow it

extension Compiler {
    func lower(_ norm: NormContinuous, at location: SourceLocation, in scope: Scope) throws(CompileError) -> TypedValue {
        let input = try numeric(scope.value(of: norm.field, at: location, self), at: location)
        let points = norm.points.sorted { $0.orig < $1.orig }
        var value = TypedValue(
            builder.emit("number.linearNorm", .number) {
                $0.register(input.register)
                $0.numbers(points.map(\.orig))
                $0.numbers(points.map(\.norm))
                $0.int(norm.outliers == .asIs ? 0 : norm.outliers == .asMissingValues ? 1 : 2)
            }, .double)
        value.mayFail = input.mayFail
        // It replaces missing inputs, not the outliers that were made missing.
        return try replacing(value, whereMissing: [input], by: norm.mapMissingTo)
    }

    func lower(_ norm: NormDiscrete, at location: SourceLocation, in scope: Scope) throws(CompileError) -> TypedValue {
        let input = try scope.value(of: norm.field, at: location, self)
        var value = try compare(norm.method == .thermometer ? .greaterOrEqual : .equal, input, literal: norm.value, at: location)
        value.type = .double
        value.opType = .continuous
        return try replacing(value, whereMissing: [input], by: norm.mapMissingTo)
    }

    func lower(_ discretize: Discretize, expecting expected: ValueType?, at location: SourceLocation, in scope: Scope) throws(CompileError) -> TypedValue {
        let input = try numeric(scope.value(of: discretize.field, at: location, self), at: location)
        let bins = discretize.bins
        let index = builder.emit("number.interval", .number) {
            $0.register(input.register)
            $0.numbers(bins.map { $0.interval.leftMargin ?? -.infinity })
            $0.numbers(bins.map { $0.interval.rightMargin ?? .infinity })
            // An end at infinity belongs to its interval: infinite numbers lie in the outermost bins.
            $0.integers(bins.map {
                ($0.interval.closure.includesLeft || $0.interval.leftMargin == nil ? 1 : 0)
                    + ($0.interval.closure.includesRight || $0.interval.rightMargin == nil ? 2 : 0)
            })
        }
        var cells: [String?] = bins.map(\.value)
        if let text = discretize.defaultValue { cells.append(text) }
        let value = try pick(index, cells, discretize.dataType, expected, also: discretize.mapMissingTo, at: location)
        return try replacing(value, whereMissing: [input], by: discretize.mapMissingTo, at: location)
    }

    func lower(_ map: MapValues, expecting expected: ValueType?, at location: SourceLocation, in scope: Scope) throws(CompileError) -> TypedValue {
        var inputs: [TypedValue] = []
        var columns: [Int] = []
        let places = map.table.columnPlaces
        for pair in map.pairs {
            let input = try scope.value(of: pair.field, at: location, self)
            try refuseList(input, at: location)
            inputs.append(input)
            columns.append(try column(pair.column, of: map.table, places))
        }
        guard !inputs.isEmpty else { throw CompileError.argumentCount("MapValues", 0, "at least one FieldColumnPair", at: location) }
        if inputs.count > 10_000 { throw CompileError("size-limit", "\(inputs.count) FieldColumnPairs are more than 10000", at: location) }
        let output = try column(map.outputColumn, of: map.table, places)
        // Each segment that reads a field comes here again.
        let call = FunctionCall(
            name: "\(location) \(inputs.map { Int($0.type.rawValue) }) \(expected.map { Int($0.rawValue) } ?? -1)", arguments: inputs.map(\.register),
            block: currentBlock, isFloat: scope.isFloat)
        if location != .none, let known = mappedValues[call] { return known }
        // A row without one of its keys fits nothing.
        let rows = map.table.rows.filter { row in columns.allSatisfy { $0 < row.count && row[$0] != nil } }
        let index = builder.emit("cell.find", .number) { writer in
            writer.registers(inputs.map(\.register))
            for (input, column) in zip(inputs, columns) {
                if input.isText {
                    writer.codes(rows.map { $0[column] ?? "" })
                } else {
                    writer.numbers(rows.map { Literal.number($0[column] ?? "", as: input.type) ?? .nan })
                }
            }
        }
        var cells = rows.map { output < $0.count ? $0[output] : nil }
        if let text = map.defaultValue { cells.append(text) }
        let value = try pick(index, cells, map.dataType, expected, also: map.mapMissingTo, at: location)
        let result = try replacing(value, whereMissing: inputs, by: map.mapMissingTo, at: location)
        mappedValues[call] = result
        return result
    }

    private func column(_ name: String, of table: InlineTable, _ places: [String: Int]) throws(CompileError) -> Int {
        if let found = places[name] { return found }
        throw CompileError.unknownColumn(name, of: table.columns, at: table.location)
    }

    /// The cell at an index, as the declared type, or else as the expected one, if every cell can be read so.
    private func pick(
        _ index: Register, _ cells: [String?], _ declared: DataType?, _ expected: ValueType?, also other: String?, at location: SourceLocation
    ) throws(CompileError) -> TypedValue {
        var type = declared?.valueType ?? expected ?? .string
        let read = { [type] (text: String) in declared.map { Literal.number(text, as: $0) } ?? Literal.number(text, as: type) }
        if type != .string {
            let isReadable = { [type] (text: String?) in
                guard let text else { return true }
                guard let number = read(text) else { return false }
                return type != .boolean || number == 0 || number == 1
            }
            if (declared == nil && !isReadable(other)) || !cells.allSatisfy(isReadable) {
                // Producers declare numbers and write names.
                if declared != nil { warn("impossible-value", "the values are not all of the declared type \(type.name); they are taken as text", at: location) }
                type = .string
            }
        }
        let missing: [UInt8] = cells.map { $0 == nil ? 1 : 0 }
        if type == .string {
            return TypedValue(
                builder.emit("text.pick", .text) {
                    $0.register(index)
                    $0.codes(cells.map { $0 ?? "" })
                    $0.bytes(missing)
                }, .string)
        }
        var numbers: [Double] = []
        numbers.reserveCapacity(cells.count)
        for cell in cells {
            guard let cell else {
                numbers.append(0)
                continue
            }
            guard let number = read(cell) else { throw CompileError.notALiteral(cell, of: type, at: location) }
            numbers.append(number)
        }
        return TypedValue(
            builder.emit("number.pick", .number) {
                $0.register(index)
                $0.numbers(numbers)
                $0.bytes(missing)
            }, type)
    }

    private func replacing(_ value: TypedValue, whereMissing arguments: [TypedValue], by number: Double?) throws(CompileError) -> TypedValue {
        guard let number else { return value }
        let condition = builder.emit("cell.anyMissing", .number) { $0.registers(arguments.map(\.register)) }
        return choose(condition, TypedValue(builder.constant(number), .double), value, type: .double)
    }
}
