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
            name: "\(function.name)(\(types))", arguments: values.map(\.register), block: builder.blockID &* 65_536 &+ builder.depth, isFloat: scope.isFloat)
        if let known = expandedFunctions[call] { return known }
        if openFunctions.contains(function.name) { throw CompileError.cyclicFunction(function.name, at: location) }
        // Two calls in each function, with arguments of their own, double the work from function to function.
        if !openFunctions.isEmpty { nestedCalls += 1 }
        guard nestedCalls <= Compiler.mostNestedCalls else {
            throw CompileError(
                "size-limit", "functions that call functions come to more than \(Compiler.mostNestedCalls) calls, each with other arguments", at: location)
        }
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
}
