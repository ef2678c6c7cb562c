/// Operations of the expression elements and of predicates.
enum ExpressionKernels {
    static let entries: [KernelEntry] = []
}
