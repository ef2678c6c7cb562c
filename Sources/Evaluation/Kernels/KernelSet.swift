/// All operations of this version, by the names under which native files store them.
enum KernelSet {
    static let entries: [KernelEntry] =
        FunctionKernels.entries + ExpressionKernels.entries + TextKernels.entries + FieldKernels.entries + ModelKernels.entries

    static let byName: [String: KernelEntry] = Dictionary(entries.map { ($0.name, $0) }) { first, _ in first }
}
