import Evaluation
import ModelTree

// https://dmg.org/pmml/v4-4-1/Transformations.html

extension Compiler {
    /// The value of a derived field: its expression, cast to the field's type.
    func lower(_ field: DerivedField, in scope: Scope) throws(CompileError) -> TypedValue {
        let type = field.dataType.valueType
        let found = try lower(field.expression, in: scope, expecting: type)
        if found.register.kind == .list { return found }
        var value = try convert(found, as: field.dataType, at: field.location)
        value.opType = field.opType.operational
        value.order = field.opType == .ordinal ? field.values.order ?? value.order : nil
        return value
    }

    /// The value of an expression, of the type that follows from it.
    func lower(_ expression: Expression, in scope: Scope) throws(CompileError) -> TypedValue {
        try lower(expression, in: scope, expecting: nil)
    }

    /// - Parameter expected: the type to which the value will be cast; tables without a dataType are read as that.
    func lower(_ expression: Expression, in scope: Scope, expecting expected: ValueType?) throws(CompileError) -> TypedValue {
        let location = expression.location
        return try nested(at: location) { () throws(CompileError) in
            switch expression.kind {
            case .constant(let constant): return try lower(constant, expecting: expected, at: location)
            case .fieldRef(let reference): return try lower(reference, at: location, in: scope)
            case .normContinuous(let norm): return try lower(norm, at: location, in: scope)
            case .normDiscrete(let norm): return try lower(norm, at: location, in: scope)
            case .discretize(let discretize): return try lower(discretize, expecting: expected, at: location, in: scope)
            case .mapValues(let map): return try lower(map, expecting: expected, at: location, in: scope)
            case .textIndex(let index): return try lowerTextIndex(index, at: location, in: scope)
            case .aggregate(let aggregate): return try lowerAggregate(aggregate, at: location, in: scope)
            case .lag(let lag): return try lowerLag(lag, at: location, in: scope)
            case .apply(let apply): return try lower(apply, expecting: expected, at: location, in: scope)
            }
        }
    }

    private func lower(_ constant: Constant, expecting expected: ValueType?, at location: SourceLocation) throws(CompileError) -> TypedValue {
        let type: ValueType
        if let declared = constant.dataType {
            type = declared.valueType
        } else if constant.isMissing {
            type = expected ?? .double
        } else if let expected, expected == .string {
            type = .string
        } else {
            type = Literal.inferredType(constant.value)
        }
        if constant.isMissing { return TypedValue(builder.missing(type.kind), type) }
        if let declared = constant.dataType, type == .days || type == .seconds, let number = Literal.number(constant.value, as: declared) {
            return TypedValue(builder.constant(number), type)
        }
        return try self.constant(constant.value, as: type, at: location)
    }

    private func lower(_ reference: FieldRef, at location: SourceLocation, in scope: Scope) throws(CompileError) -> TypedValue {
        let value = try scope.value(of: reference.field, at: location, self)
        guard let text = reference.mapMissingTo, value.register.kind != .list else { return value }
        return orElse(value, try constant(text, as: literalType(text, value.type), at: location))
    }

    /// The value as one of a type of the document; dates and times are counted from the type's epoch, if it has one.
    func convert(_ value: TypedValue, as type: DataType, at location: SourceLocation) throws(CompileError) -> TypedValue {
        try convert(counted(value, type), to: type.valueType, at: location)
    }

    /// A date or time counted from the epoch of a type such as `dateDaysSince[1960]`.
    private func counted(_ value: TypedValue, _ type: DataType) throws(CompileError) -> TypedValue {
        guard let year = type.epochYear else { return value }
        let isDays = type.valueType == .days
        var moment = value
        switch value.type {
        case .date, .dateTime: moment = try convert(value, to: isDays ? .date : .dateTime, at: .none)
        case .string: moment = try convert(value, to: isDays ? .date : .dateTime, at: .none)
        default: return value
        }
        let epoch = Temporal.epochDays(year) * (isDays ? 1 : Temporal.secondsPerDay)
        moment.register = builder.emit("number.-", .number) {
            $0.register(moment.register)
            $0.register(builder.constant(epoch))
            $0.flag(false)
        }
        moment.type = type.valueType
        return moment
    }
}
