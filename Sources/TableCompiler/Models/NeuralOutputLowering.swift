// https://dmg.org/pmml/v4-4-1/NeuralNetwork.html#xsdElement_NeuralOutputs

import Evaluation
import ModelTree
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What an output neuron stands for: a field, or one category of it.
struct NeuralResult {
    var node: Int
    var field: String
    var category: String?
    /// Normalizations to undo, the first one first.
    var inverses: [NormContinuous]
}

func naturalLogarithm(_ x: Double) -> Double { log(x) }
func reciprocalPower(_ x: Double, _ exponent: Double) -> Double { pow(x, -exponent) }

extension Compiler {
    /// The output neurons; a network that names none shows its last layer.
    func neuralOutputs(of network: NeuralNetwork, _ context: ModelContext) throws(CompileError) -> [NeuralResult] {
        if !network.outputs.isEmpty {
            var results: [NeuralResult] = []
            for output in network.outputs {
                results.append(try meaning(of: output.field.expression, output.node, [], context, depth: 0))
            }
            return results
        }
        let last = network.layers.last?.count ?? 0
        let first = network.inputs.count + network.layers.reduce(0) { $0 + $1.count } - last
        let field = context.target.name ?? ""
        if !context.isClassification {
            guard last == 1 else {
                throw CompileError("neural-output", "NeuralNetwork has no NeuralOutputs, and \(last) neurons in its last layer", at: context.model.location)
            }
            return [NeuralResult(node: first, field: field, inverses: [])]
        }
        guard last == context.target.values.count, last > 0 else {
            throw CompileError(
                "neural-output", "NeuralNetwork has no NeuralOutputs, and \(last) neurons in its last layer for \(context.target.values.count) categories",
                at: context.model.location)
        }
        return context.target.values.enumerated().map {
            NeuralResult(node: first + $0.offset, field: field, category: $0.element.value, inverses: [])
        }
    }

    /// Reads a NeuralOutput's expression backwards: from the neuron's activation to the field.
    private func meaning(
        of expression: Expression, _ node: Int, _ inverses: [NormContinuous], _ context: ModelContext, depth: Int
    ) throws(CompileError) -> NeuralResult {
        if depth > 100 { throw CompileError.tooDeep("output normalizations", at: expression.location) }
        switch expression.kind {
        case .normDiscrete(let norm):
            return NeuralResult(node: node, field: norm.field, category: norm.value, inverses: inverses)
        case .fieldRef(let reference):
            return try meaning(of: reference.field, node, inverses, context, depth: depth + 1)
        case .normContinuous(let norm):
            return try meaning(of: norm.field, node, inverses + [norm], context, depth: depth + 1)
        default:
            throw CompileError(
                "neural-output", "the expression of a NeuralOutput cannot be undone; expected FieldRef, NormContinuous or NormDiscrete",
                at: expression.location)
        }
    }

    /// A field may itself be derived from the target.
    private func meaning(
        of field: String, _ node: Int, _ inverses: [NormContinuous], _ context: ModelContext, depth: Int
    ) throws(CompileError) -> NeuralResult {
        if field != context.target.name, context.scope.dataField(field) == nil, let derived = context.scope.derivedField(field) {
            return try meaning(of: derived.expression, node, inverses, context, depth: depth)
        }
        return NeuralResult(node: node, field: field, inverses: inverses)
    }

    /// The number whose normalizations gave `activation`.
    func denormalized(_ activation: Register, _ inverses: [NormContinuous]) -> Register {
        inverses.reduce(activation) { value, norm in
            // The points with axes exchanged; where the norm stands still, the first of its numbers counts.
            var points: [(norm: Double, orig: Double)] = []
            for point in norm.points.sorted(by: { $0.norm < $1.norm }) where points.last?.norm != point.norm {
                points.append((point.norm, point.orig))
            }
            guard points.count >= 2 else { return builder.constant(points.first?.orig ?? 0) }
            return builder.emit("number.linearNorm", .number) {
                $0.register(value)
                $0.numbers(points.map(\.norm))
                $0.numbers(points.map(\.orig))
                $0.int(norm.outliers == .asIs ? 0 : norm.outliers == .asMissingValues ? 1 : 2)
            }
        }
    }
}
