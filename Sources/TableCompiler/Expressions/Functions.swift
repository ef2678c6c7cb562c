import Evaluation
import ModelTree

// https://dmg.org/pmml/v4-4-1/Functions.html#xsdElement_DefineFunction

extension Compiler {
    /// The value of a call to a function of the document: its body over the arguments.
    func expand(_ function: DefineFunction, _ arguments: [TypedValue], at location: SourceLocation, in scope: Scope) throws(CompileError) -> TypedValue {
        guard arguments.count == function.parameters.count else {
            throw CompileError.argumentCount(function.name, arguments.count, "\(function.parameters.count)", at: location)
        }
        if recordsUsage { usage.functions.insert(function.name) }
        var values: [TypedValue] = []
        for (parameter, argument) in zip(function.parameters, arguments) {
            var value = argument
            if let type = parameter.dataType { value = try convert(argument, as: type, at: location) }
            if let opType = parameter.opType { value.opType = opType.operational }
            values.append(value)
        }
        // What was computed in one block, or at another depth of it, may not be there elsewhere.
        let types = values.map { "\($0.type.rawValue)" }.joined(separator: ",")
        let call = FunctionCall(
            name: "\(function.name)(\(types))", arguments: values.map(\.register), block: currentBlock, isFloat: scope.isFloat)
        if let known = expandedFunctions[call] { return known }
        if openFunctions.contains(function.name) { throw CompileError.cyclicFunction(function.name, at: location) }
        try count(function, at: location)
        openFunctions.append(function.name)
        defer { openFunctions.removeLast() }

        let body = Scope(.function, parent: nil, blockDepth: scope.blockDepth, isFloat: scope.isFloat)
        for (parameter, value) in zip(function.parameters, values) { body.define(parameter.name, value) }
        var result = try lower(function.body, in: body, expecting: function.dataType?.valueType)
        if let type = function.dataType { result = try convert(result, as: type, at: location) }
        result.opType = function.opType.operational
        expandedFunctions[call] = result
        return result
    }

    /// Two calls in each function, with arguments of their own, double the work from function to function, and every call has a table of its own.
    private func count(_ function: DefineFunction, at location: SourceLocation) throws(CompileError) {
        let tables: Int
        if let known = functionTables[function.name] {
            tables = known
        } else {
            tables = function.body.cellCount / 100
            functionTables[function.name] = tables
        }
        nestedCalls += (openFunctions.isEmpty ? 0 : 1) + tables
        guard nestedCalls <= Compiler.mostNestedCalls else {
            throw CompileError(
                "size-limit",
                "calls inside functions, each with other arguments, come to more than \(Compiler.mostNestedCalls), a hundred cells of a function's tables counting as one",
                at: location)
        }
    }
}

extension Expression {
    /// Cells of all tables in it.
    fileprivate var cellCount: Int {
        var (open, count) = ([self], 0)
        while let next = open.popLast() {
            switch next.kind {
            case .mapValues(let map): count += map.table.rows.count * map.table.columns.count
            case .discretize(let discretize): count += discretize.bins.count
            case .normContinuous(let norm): count += norm.points.count
            case .textIndex(let index):
                for normalization in index.normalizations { count += normalization.table.rows.count * normalization.table.columns.count }
                open.append(index.term)
            case .apply(let apply):
                count += apply.arguments.count
                open += apply.arguments
            case .constant, .fieldRef, .normDiscrete, .aggregate, .lag: break
            }
        }
        return count
    }
}
