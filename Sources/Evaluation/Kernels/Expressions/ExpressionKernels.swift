/// Operations of the expression elements and of predicates.
enum ExpressionKernels {
    static let entries: [KernelEntry] = [
        KernelEntry(NumberOrElse.self), KernelEntry(TextOrElse.self), KernelEntry(AnyMissing.self),
        KernelEntry(ForgiveNumber.self), KernelEntry(ForgiveText.self),
        KernelEntry(NarrowNumber.self), KernelEntry(NumberToText.self), KernelEntry(TextToNumber.self),
        KernelEntry(TextToTemporal.self), KernelEntry(TemporalToText.self),
        KernelEntry(PiecewiseLinear.self), KernelEntry(FindInterval.self),
        KernelEntry(PickNumber.self), KernelEntry(PickText.self), KernelEntry(FindRow.self),
    ]
}
