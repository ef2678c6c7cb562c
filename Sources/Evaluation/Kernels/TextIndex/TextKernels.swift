/// Operations on texts, times and collections.
enum TextKernels {
    static let entries: [KernelEntry] = []
}
