/// Operations of the built-in functions.
enum FunctionKernels {
    static let entries: [KernelEntry] = arithmetic + mathematics + comparisons + logic + texts

    private static let arithmetic: [KernelEntry] = [
        KernelEntry(BinaryKernel<Add>.self), KernelEntry(BinaryKernel<Subtract>.self), KernelEntry(BinaryKernel<Multiply>.self),
        KernelEntry(BinaryKernel<Divide>.self), KernelEntry(BinaryKernel<Power>.self), KernelEntry(BinaryKernel<Modulo>.self),
        KernelEntry(BinaryKernel<Threshold>.self), KernelEntry(BinaryKernel<Hypotenuse>.self), KernelEntry(BinaryKernel<ArcTangent2>.self),
        KernelEntry(FoldKernel<Minimum>.self), KernelEntry(FoldKernel<Maximum>.self), KernelEntry(FoldKernel<Sum>.self),
        KernelEntry(FoldKernel<Product>.self), KernelEntry(FoldKernel<Average>.self), KernelEntry(MedianKernel.self),
    ]

    private static let mathematics: [KernelEntry] = [
        KernelEntry(UnaryKernel<Log10>.self), KernelEntry(UnaryKernel<NaturalLog>.self), KernelEntry(UnaryKernel<Log1Plus>.self),
        KernelEntry(UnaryKernel<SquareRoot>.self), KernelEntry(UnaryKernel<Absolute>.self), KernelEntry(UnaryKernel<Exponential>.self),
        KernelEntry(UnaryKernel<ExponentialMinus1>.self), KernelEntry(UnaryKernel<Floor>.self), KernelEntry(UnaryKernel<Ceiling>.self),
        KernelEntry(UnaryKernel<Round>.self), KernelEntry(UnaryKernel<RoundToEven>.self), KernelEntry(UnaryKernel<LogisticFunction>.self),
        KernelEntry(UnaryKernel<Sine>.self), KernelEntry(UnaryKernel<ArcSine>.self), KernelEntry(UnaryKernel<HyperbolicSine>.self),
        KernelEntry(UnaryKernel<Cosine>.self), KernelEntry(UnaryKernel<ArcCosine>.self), KernelEntry(UnaryKernel<HyperbolicCosine>.self),
        KernelEntry(UnaryKernel<Tangent>.self), KernelEntry(UnaryKernel<ArcTangent>.self), KernelEntry(UnaryKernel<HyperbolicTangent>.self),
        KernelEntry(UnaryKernel<StandardNormalCDF>.self), KernelEntry(UnaryKernel<StandardNormalPDF>.self),
        KernelEntry(UnaryKernel<StandardNormalIDF>.self), KernelEntry(UnaryKernel<ErrorFunction>.self),
        KernelEntry(TernaryKernel<NormalCDF>.self), KernelEntry(TernaryKernel<NormalPDF>.self), KernelEntry(TernaryKernel<NormalIDF>.self),
    ]

    private static let comparisons: [KernelEntry] = [
        KernelEntry(BinaryKernel<IsEqual>.self), KernelEntry(BinaryKernel<IsNotEqual>.self), KernelEntry(BinaryKernel<IsLess>.self),
        KernelEntry(BinaryKernel<IsLessOrEqual>.self), KernelEntry(BinaryKernel<IsGreater>.self), KernelEntry(BinaryKernel<IsGreaterOrEqual>.self),
        KernelEntry(CompareTexts.self), KernelEntry(TextRank.self), KernelEntry(NumberRank.self),
        KernelEntry(TextInSet.self), KernelEntry(NumberInSet.self),
    ]

    private static let logic: [KernelEntry] = [
        KernelEntry(UnaryKernel<Not>.self), KernelEntry(JunctionKernel<FalseDecides>.self), KernelEntry(JunctionKernel<TrueDecides>.self),
        KernelEntry(ParityKernel.self), KernelEntry(SurrogateKernel.self), KernelEntry(StateKernel.self),
        KernelEntry(ChooseNumber.self), KernelEntry(ChooseText.self),
    ]

    private static let texts: [KernelEntry] = [
        KernelEntry(MapText<Uppercase>.self), KernelEntry(MapText<Lowercase>.self), KernelEntry(MapText<TrimBlanks>.self),
        KernelEntry(TextLength.self), KernelEntry(Substring.self), KernelEntry(Concatenation.self),
        KernelEntry(MatchPattern.self), KernelEntry(ReplaceMatches.self), KernelEntry(FormatNumber.self),
    ]
}
