/// Operations of the model kinds.
enum ModelKernels {
    static let entries: [KernelEntry] = [
        KernelEntry(TreeWalkKernel.self), KernelEntry(TreeWeighKernel.self), KernelEntry(TableNumberKernel.self),
        KernelEntry(TableTextKernel.self),
        KernelEntry(TreeAnswersKernel<TreeTable>.self), KernelEntry(TreeAnswersKernel<MaskTrees>.self), KernelEntry(TreeAnswersKernel<RowTrees>.self),
        KernelEntry(ForestSumKernel<TreeTable>.self), KernelEntry(ForestSumKernel<MaskTrees>.self), KernelEntry(ForestSumKernel<RowTrees>.self),
        KernelEntry(ForestClassesKernel<TreeTable>.self), KernelEntry(ForestClassesKernel<MaskTrees>.self), KernelEntry(ForestClassesKernel<RowTrees>.self),
        KernelEntry(LinearKernel.self), KernelEntry(DesignKernel.self), KernelEntry(LinkKernel.self),
        KernelEntry(QuadraticKernel.self), KernelEntry(BaselineHazardKernel.self), KernelEntry(NormalizeKernel.self), KernelEntry(SoftmaxKernel.self),
        KernelEntry(ShareKernel.self), KernelEntry(HighestKernel.self), KernelEntry(PickKernel.self), KernelEntry(CollectKernel.self), KernelEntry(CombineKernel.self), KernelEntry(VoteKernel.self),
        KernelEntry(ForecastKernel.self), KernelEntry(ForecastBandKernel.self),
        KernelEntry(IsolationKernel.self), KernelEntry(RatioKernel.self), KernelEntry(FiredRulesKernel.self),
        KernelEntry(ListElementKernel.self), KernelEntry(PickListKernel.self), KernelEntry(ReplaceListKernel.self),
        KernelEntry(ZValueKernel.self), KernelEntry(CUSUMKernel.self), KernelEntry(CountStatisticKernel.self),
        KernelEntry(IndependenceKernel.self), KernelEntry(DocumentAffinityKernel.self),
        KernelEntry(FirstTrueKernel.self), KernelEntry(ReasonCodesKernel.self), KernelEntry(RuleSelectKernel.self),
        KernelEntry(BayesLikelihoodKernel.self), KernelEntry(NetworkKernel.self), KernelEntry(LogDensityKernel.self),
        KernelEntry(SequenceKernel.self),
        KernelEntry(NeuralKernel.self),
        KernelEntry(MachineKernel.self), KernelEntry(MachineVoteKernel.self),
        KernelEntry(ClusterKernel.self), KernelEntry(MahalanobisKernel.self), KernelEntry(EntityRankKernel.self),
        KernelEntry(NeighborKernel.self), KernelEntry(NeighborVoteKernel.self), KernelEntry(NeighborAverageKernel.self),
        KernelEntry(GaussianKernel<GaussianMean>.self), KernelEntry(GaussianKernel<GaussianDeviation>.self),
    ]
}
