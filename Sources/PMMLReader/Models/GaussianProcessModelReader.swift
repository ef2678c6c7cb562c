// https://dmg.org/pmml/v4-4-1/GaussianProcess.html
import ModelTree

/// `GaussianProcessModel`
final class GaussianProcessModelReader: ModelReader {
    private struct KernelPart {
        var kernel: GaussianProcessModel.Kernel
        var gamma: Double
        var noiseVariance: Double
        var degree: Double
        var lambda: [Double]
    }
    private var part: KernelPart?
    private var training: TrainingInstances?

    override init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping ReceiveModel) throws {
        // How the parameters were found.
        attributes.ignore(.optimizer)
        try super.init(document, attributes, receive)
    }

    override func content(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .radialBasisKernel, .ardSquaredExponentialKernel, .absoluteExponentialKernel, .generalizedExponentialKernel:
            guard let kernel = GaussianProcessModel.Kernel(rawValue: element.rawValue) else { return nil }
            try once(part != nil, "kernel")
            attributes.ignore(.description)
            part = KernelPart(
                kernel: kernel, gamma: try attributes.number(.gamma) ?? 1, noiseVariance: try attributes.number(.noiseVariance) ?? 1,
                degree: kernel == .generalizedExponential ? try attributes.number(.degree) ?? 1 : 1,
                lambda: kernel == .radialBasis ? [try attributes.number(.lambda) ?? 1] : [])
            return kernel == .radialBasis ? .leaf : .inPlace
        case .lambda: return part == nil ? nil : .inPlace
        case .array where part != nil && training == nil:
            return .reader(try NumberArrayReader(document, attributes) { [unowned self] in part?.lambda = $0 })
        case .trainingInstances:
            try once(training != nil)
            return .reader(try TrainingInstancesReader(document, attributes) { [unowned self] in training = $0 })
        default: return nil
        }
    }

    override func kind() throws -> ModelKind {
        let part = try required(part, "a kernel")
        return .gaussianProcess(
            GaussianProcessModel(
                kernel: part.kernel, gamma: part.gamma, noiseVariance: part.noiseVariance, degree: part.degree,
                lambda: part.lambda.isEmpty ? [1] : part.lambda, training: try required(training, "TrainingInstances")))
    }
}
