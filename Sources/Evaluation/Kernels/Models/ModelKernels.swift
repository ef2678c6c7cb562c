/// Operations of the model kinds.
enum ModelKernels {
    static let entries: [KernelEntry] = []
}
