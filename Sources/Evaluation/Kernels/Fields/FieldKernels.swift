/// Operations on fields as they come in and results as they go out.
enum FieldKernels {
    static let entries: [KernelEntry] = []
}
