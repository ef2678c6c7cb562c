import Evaluation
import ModelTree

// https://dmg.org/pmml/v4-4-1/Transformations.html#xsdElement_Aggregate and #xsdElement_Lag

extension Compiler {
    /// Lowers an Aggregate. A row is one group: of the elements of a collection, or of its own single value.
    func lowerAggregate(_ aggregate: Aggregate, at location: SourceLocation, in scope: Scope) throws(CompileError) -> TypedValue {
        if aggregate.sqlWhere != nil {
            throw CompileError.unsupportedAttribute("sqlWhere", "an SQL condition cannot be evaluated on a row", at: location)
        }
        let field = try scope.value(of: aggregate.field, at: location, self)
        let isList = field.register.kind == .list
        let element = isList ? field.elementType ?? .double : field.type
        let isNumeric = element.kind == .number
        let function: ListAggregation
        let type: ValueType
        switch aggregate.function {
        case .multiset:
            // The collection is the multiset of its elements.
            return field
        case .count: (function, type) = (.count, .integer)
        case .sum: (function, type) = (.sum, element)
        case .average: (function, type) = (.average, element == .integer || !element.isNumeric ? .double : element)
        case .min: (function, type) = (.min, element)
        case .max: (function, type) = (.max, element)
        }
        if !isNumeric, function != .count {
            throw CompileError.typeMismatch(
                "field \"\(aggregate.field)\" of the Aggregate \(aggregate.function.rawValue)", found: element.name, expected: "a number", at: location)
        }
        guard isList else {
            // The sum, average, smallest and largest of one value are the value.
            let own = function == .count ? builder.emit("value.count", .number) { $0.register(field.register) } : field.register
            var value = TypedValue(own, type, .continuous)
            value.mayFail = field.mayFail
            return value
        }
        let register = builder.emit("list.aggregate", .number) {
            $0.register(field.register)
            $0.int(function.rawValue)
        }
        var value = TypedValue(register, type, .continuous)
        value.mayFail = field.mayFail
        return value
    }

    /// Lowers a Lag, which makes the program one that must see its rows in order.
    func lowerLag(_ lag: Lag, at location: SourceLocation, in scope: Scope) throws(CompileError) -> TypedValue {
        let field = try scope.value(of: lag.field, at: location, self)
        guard field.register.kind != .list else {
            throw CompileError.typeMismatch("field \"\(lag.field)\" of Lag", found: "a collection", expected: "a value", at: location)
        }
        let summary = lag.aggregate.summary
        // Every row looks at all values that it sums up.
        let most = summary == .none ? 10_000_000 : 100_000
        guard (1...most).contains(lag.n) else {
            throw CompileError.outOfRange("n of Lag", lag.n, "1 to \(most)", at: location)
        }
        if summary != .none, field.isText {
            throw CompileError.typeMismatch("field \"\(lag.field)\" of Lag aggregate \(lag.aggregate.rawValue)", found: "string", expected: "a number", at: location)
        }
        var blocks: [Register] = []
        for name in lag.blockIndicators { blocks.append(try scope.value(of: name, at: location, self).register) }
        builder.schema.isStateful = true
        let register = builder.emit(field.isText ? "lag.text" : "lag.number", field.register.kind) {
            $0.register(field.register)
            $0.int(lag.n)
            $0.int(summary.rawValue)
            $0.registers(blocks)
        }
        var type = field.type
        switch summary {
        case .average, .median, .standardDeviation: if type == .integer { type = .double }
        case .none, .max, .min, .product, .sum: break
        }
        return TypedValue(register, type, summary == .none ? field.opType : .continuous, order: summary == .none ? field.order : nil)
    }
}

extension LagAggregate {
    var summary: LagSummary {
        switch self {
        case .none: .none
        case .avg: .average
        case .max: .max
        case .median: .median
        case .min: .min
        case .product: .product
        case .sum: .sum
        case .stddev: .standardDeviation
        }
    }
}
