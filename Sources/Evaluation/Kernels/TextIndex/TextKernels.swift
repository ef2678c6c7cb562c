/// Operations on texts, times and collections.
public enum TextKernels {
    static let entries: [KernelEntry] = [
        KernelEntry(TextWords.self), KernelEntry(TextCount.self), KernelEntry(TextMatch.self), KernelEntry(TextFind.self),
        KernelEntry(TextNormalize.self), KernelEntry(ListAggregate.self), KernelEntry(ValueCount.self), KernelEntry(LagNumber.self),
        KernelEntry(LagText.self),
        KernelEntry(DateSince.Days.self), KernelEntry(DateSince.Seconds.self), KernelEntry(SecondsSinceMidnight.self),
        KernelEntry(FormatDateTime.self), KernelEntry(EpochText.self),
    ]
}
