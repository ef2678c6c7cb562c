// https://dmg.org/pmml/v4-4-1/GaussianProcess.html

public struct GaussianProcessModel: Sendable {
    /// The covariance function of two rows; λ has one number, or one for each feature.
    public enum Kernel: String, Sendable, CaseIterable {
        /// γ · exp(−‖x − z‖² / 2λ²)
        case radialBasis = "RadialBasisKernel"
        /// γ · exp(−½ Σ ((xᵢ − zᵢ) / λᵢ)²)
        case ardSquaredExponential = "ARDSquaredExponentialKernel"
        /// γ · exp(−Σ |xᵢ − zᵢ| / λᵢ)
        case absoluteExponential = "AbsoluteExponentialKernel"
        /// γ · exp(−Σ (|xᵢ − zᵢ| / λᵢ)^degree)
        case generalizedExponential = "GeneralizedExponentialKernel"
    }
    public var kernel: Kernel
    public var gamma: Double
    public var noiseVariance: Double
    public var degree: Double
    public var lambda: [Double]
    public var training: TrainingInstances

    public init(
        kernel: Kernel, gamma: Double = 1, noiseVariance: Double = 1, degree: Double = 1, lambda: [Double] = [1], training: TrainingInstances
    ) {
        self.kernel = kernel
        self.gamma = gamma
        self.noiseVariance = noiseVariance
        self.degree = degree
        self.lambda = lambda
        self.training = training
    }
}
