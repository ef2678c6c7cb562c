/// Operations of the built-in functions.
enum FunctionKernels {
    static let entries: [KernelEntry] = []
}
